// Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One page or side of a document. */
public final class Page extends ValueObject {
    private final Boolean passed;
    private final Image image;
    private final Map<String, @Nullable Object> fields;
    private final Identity identity;
    private final Spoof spoof;
    private final Map<String, @Nullable Object> extra;

    Page(WireReader in) {
        passed = in.optionalFlag();
        image = in.optional(Image::new);
        fields = in.optional(reader -> reader.map(WireReader::value));
        identity = in.optional(Identity::new);
        spoof = in.optional(Spoof::new);
        extra = in.map(WireReader::value);
    }

    private Page(Builder given) {
        passed = given.passed;
        image = given.image;
        fields = given.fields;
        identity = given.identity;
        spoof = given.spoof;
        extra = given.extra;
    }

    /** Makes one by hand, for tests. */
    public static Builder builder() {
        return new Builder();
    }

    /** {@code ocrIdPassed}: this page was read. */
    public Optional<Boolean> passed() {
        return Optional.ofNullable(passed);
    }

    /** True for a yes alone: this page was read. {@link #passed()} tells a no from what was not said. */
    public boolean isPassed() {
        return Boolean.TRUE.equals(passed);
    }

    /** {@code idImage}: the picture of the page; only where images were asked for. */
    public Optional<Image> image() {
        return Optional.ofNullable(image);
    }

    /** {@code ocrIdInfo}: what was read, by the service's names, values as they are. */
    public Optional<Map<String, @Nullable Object>> fields() {
        return Optional.ofNullable(fields);
    }

    /** {@code ocrIdInfo}: the same in one vocabulary; absent where no field has a place there. */
    public Optional<Identity> identity() {
        return Optional.ofNullable(identity);
    }

    /** {@code spoofInfo}: the check against copies. */
    public Optional<Spoof> spoof() {
        return Optional.ofNullable(spoof);
    }

    /** every other field of the page, by the service's names. */
    public Map<String, @Nullable Object> extra() {
        return extra;
    }

    @Override
    void describe(Fields out) {
        out.add("passed", passed)
            .add("image", image)
            .add("fields", fields)
            .add("identity", identity)
            .add("spoof", spoof)
            .add("extra", extra);
    }

    /** Makes a {@link Page}; what is not given is absent. */
    public static final class Builder {
        private Boolean passed;
        private Image image;
        private Map<String, @Nullable Object> fields;
        private Identity identity;
        private Spoof spoof;
        private Map<String, @Nullable Object> extra = Map.of();

        private Builder() {}

        /** {@link Page#passed()}. */
        public Builder passed(boolean passed) {
            this.passed = passed;
            return this;
        }

        /** {@link Page#image()}. */
        public Builder image(Image image) {
            this.image = Objects.requireNonNull(image, "image");
            return this;
        }

        /** {@link Page#fields()}. */
        public Builder fields(Map<String, ?> fields) {
            this.fields = Values.copy(Objects.requireNonNull(fields, "fields"), Values::copy);
            return this;
        }

        /** {@link Page#identity()}. */
        public Builder identity(Identity identity) {
            this.identity = Objects.requireNonNull(identity, "identity");
            return this;
        }

        /** {@link Page#spoof()}. */
        public Builder spoof(Spoof spoof) {
            this.spoof = Objects.requireNonNull(spoof, "spoof");
            return this;
        }

        /** {@link Page#extra()}. */
        public Builder extra(Map<String, ?> extra) {
            this.extra = Values.copy(Objects.requireNonNull(extra, "extra"), Values::copy);
            return this;
        }

        /** What was given, as one. */
        public Page build() {
            return new Page(this);
        }
    }
}
