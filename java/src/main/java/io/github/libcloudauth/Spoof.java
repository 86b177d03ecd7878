// Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.util.List;
import java.util.Optional;

/** The check of a document against copies and forgeries. */
public final class Spoof extends Part {
    private final Boolean detected;
    private final List<String> types;

    Spoof(WireReader in) {
        detected = in.optionalFlag();
        types = in.optional(reader -> reader.list(WireReader::text));
    }

    /** {@code spoofResult}: a risk was found; a no also stands for "not checked" where the verification was begun without {@code IdSpoof=Y}. */
    public Optional<Boolean> detected() {
        return Optional.ofNullable(detected);
    }

    /** True for a yes alone: a risk was found; a no also stands for "not checked" where the verification was begun without {@code IdSpoof=Y}. {@link #detected()} tells a no from what was not said. */
    public boolean isDetected() {
        return Boolean.TRUE.equals(detected);
    }

    /** {@code spoofType}: {@code SCREEN_REMARK} (photo of a screen or photo), {@code PHOTO_COPY} (copy), {@code TAMPER} (changed); others as given. */
    public Optional<List<String>> types() {
        return Optional.ofNullable(types);
    }

    @Override
    void describe(Fields out) {
        out.add("detected", detected)
            .add("types", types);
    }
}
