// Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.util.Objects;

/** One value of a reply that is not what it should be. The rest of the result stands. */
public final class Problem extends ValueObject {
    private final String path;
    private final String reason;
    private final String text;

    Problem(WireReader in) {
        path = in.text();
        reason = in.text();
        text = in.text();
    }

    private Problem(Builder given) {
        path = given.path;
        reason = given.reason;
        text = given.text;
    }

    /** Makes one by hand, for tests. */
    public static Builder builder() {
        return new Builder();
    }

    /** where, from {@code Result} down, in the service's names: {@code ExtFaceInfo.faceImg}, {@code ExtIdInfo.ocrIdInfoData.01.idImage}, {@code Passed}, {@code Result}. */
    public String path() {
        return path;
    }

    /** one of a closed list, such as {@code not base64}. */
    public String reason() {
        return reason;
    }

    /** the value: text as it was, anything else as canonical JSON. Personal data, most often. */
    public String text() {
        return text;
    }

    @Override
    void describe(Fields out) {
        out.add("path", path)
            .add("reason", reason)
            .add("text", text);
    }

    /** Makes a {@link Problem}; what is not given is absent. */
    public static final class Builder {
        private String path = "";
        private String reason = "";
        private String text = "";

        private Builder() {}

        /** {@link Problem#path()}. */
        public Builder path(String path) {
            this.path = Objects.requireNonNull(path, "path");
            return this;
        }

        /** {@link Problem#reason()}. */
        public Builder reason(String reason) {
            this.reason = Objects.requireNonNull(reason, "reason");
            return this;
        }

        /** {@link Problem#text()}. */
        public Builder text(String text) {
            this.text = Objects.requireNonNull(text, "text");
            return this;
        }

        /** What was given, as one. */
        public Problem build() {
            return new Problem(this);
        }
    }
}
