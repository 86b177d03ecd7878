// Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.util.Optional;

/** One similar face in the face library. */
public final class Duplicate extends Part {
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
}
