// Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The check of a document against copies and forgeries. */
public final class Spoof extends ValueObject {
    private final Boolean detected;
    private final List<String> types;

    Spoof(WireReader in) {
        detected = in.optionalFlag();
        types = in.optional(reader -> reader.list(WireReader::text));
    }

    private Spoof(Builder given) {
        detected = given.detected;
        types = given.types;
    }

    /** Makes one by hand, for tests. */
    public static Builder builder() {
        return new Builder();
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

    /** Makes a {@link Spoof}; what is not given is absent. */
    public static final class Builder {
        private Boolean detected;
        private List<String> types;

        private Builder() {}

        /** {@link Spoof#detected()}. */
        public Builder detected(boolean detected) {
            this.detected = detected;
            return this;
        }

        /** {@link Spoof#types()}. */
        public Builder types(List<String> types) {
            this.types = Values.copy(Objects.requireNonNull(types, "types"), Objects::requireNonNull);
            return this;
        }

        /** What was given, as one. */
        public Spoof build() {
            return new Spoof(this);
        }
    }
}
