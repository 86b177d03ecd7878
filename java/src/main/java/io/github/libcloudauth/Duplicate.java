package io.github.libcloudauth;

import java.util.Optional;

/** A similar face that the library already holds (an element of {@code duplicateFace}). */
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

    /** The library. */
    public Optional<String> faceGroupCode() {
        return Optional.ofNullable(faceGroupCode);
    }

    /** The face in it. */
    public Optional<String> faceId() {
        return Optional.ofNullable(faceId);
    }

    /** The merchant's own id of that person. */
    public Optional<String> merchantUserId() {
        return Optional.ofNullable(merchantUserId);
    }

    /** 0 to 100: similarity. */
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
