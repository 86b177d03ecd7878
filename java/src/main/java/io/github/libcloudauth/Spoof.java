package io.github.libcloudauth;

import java.util.List;
import java.util.Optional;

/** Whether the document looks like a copy or a forgery ({@code spoofInfo}). */
public final class Spoof extends Part {
    private final Boolean detected;
    private final List<String> types;

    Spoof(WireReader in) {
        detected = in.optionalFlag();
        types = in.optional(reader -> reader.list(WireReader::text));
    }

    /** {@code spoofResult}: a risk was found. {@code false} may also stand for "not checked"; see the guide. */
    public Optional<Boolean> detected() {
        return Optional.ofNullable(detected);
    }

    /** Whether the document looks like a copy or a forgery. True for a yes alone; {@link #detected()} tells a no from what was not said. */
    public boolean isDetected() {
        return Boolean.TRUE.equals(detected);
    }

    /** {@code spoofType}: {@code SCREEN_REMARK}, {@code PHOTO_COPY}, {@code TAMPER}, or others as given. */
    public Optional<List<String>> types() {
        return Optional.ofNullable(types);
    }

    @Override
    void describe(Fields out) {
        out.add("detected", detected)
            .add("types", types);
    }
}
