// Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.util.Objects;
import java.util.Optional;

/** One similar face in the face library. */
public final class Duplicate extends ValueObject {
    private final String faceGroupCode;
    private final String faceId;
    private final String merchantUserId;
    private final Double score;

    Duplicate(WireReader in) {
        faceGroupCode = in.optionalText();
        faceId = in.optionalText();
        merchantUserId = in.optionalText();
        score = in.optionalDouble();
    }

    private Duplicate(Builder given) {
        faceGroupCode = given.faceGroupCode;
        faceId = given.faceId;
        merchantUserId = given.merchantUserId;
        score = given.score;
    }

    /** Makes one by hand, for tests. */
    public static Builder builder() {
        return new Builder();
    }

    /** {@code faceGroupCode}: the library. */
    public Optional<String> faceGroupCode() {
        return Optional.ofNullable(faceGroupCode);
    }

    /** {@code faceId}: the face in it. */
    public Optional<String> faceId() {
        return Optional.ofNullable(faceId);
    }

    /** {@code merchantUserId}: the merchant's own id of that person. */
    public Optional<String> merchantUserId() {
        return Optional.ofNullable(merchantUserId);
    }

    /** {@code score}: likeness, 0 to 100. */
    public Optional<Double> score() {
        return Optional.ofNullable(score);
    }

    @Override
    void describe(Fields out) {
        out.add("face_group_code", faceGroupCode)
            .add("face_id", faceId)
            .add("merchant_user_id", merchantUserId)
            .add("score", score);
    }

    /** Makes a {@link Duplicate}; what is not given is absent. */
    public static final class Builder {
        private String faceGroupCode;
        private String faceId;
        private String merchantUserId;
        private Double score;

        private Builder() {}

        /** {@link Duplicate#faceGroupCode()}. */
        public Builder faceGroupCode(String faceGroupCode) {
            this.faceGroupCode = Objects.requireNonNull(faceGroupCode, "faceGroupCode");
            return this;
        }

        /** {@link Duplicate#faceId()}. */
        public Builder faceId(String faceId) {
            this.faceId = Objects.requireNonNull(faceId, "faceId");
            return this;
        }

        /** {@link Duplicate#merchantUserId()}. */
        public Builder merchantUserId(String merchantUserId) {
            this.merchantUserId = Objects.requireNonNull(merchantUserId, "merchantUserId");
            return this;
        }

        /** {@link Duplicate#score()}. */
        public Builder score(double score) {
            this.score = score;
            return this;
        }

        /** What was given, as one. */
        public Duplicate build() {
            return new Duplicate(this);
        }
    }
}
