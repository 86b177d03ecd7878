package io.github.libcloudauth;

import java.util.Objects;
import java.util.Optional;

/** What a whole result does beside giving its fields. */
abstract class CheckResultBase extends ValueObject {
    /** No field of the result: it is neither compared nor written. */
    private final byte[] raw;

    CheckResultBase() {
        raw = null;
    }

    CheckResultBase(WireReader in) {
        raw = in.optional(WireReader::bytes);
    }

    abstract Optional<Boolean> passed();

    abstract Optional<String> subCode();

    abstract Optional<Face> face();

    /** What to do first, by the SubCode. */
    public Decision decision() {
        return decision(null);
    }

    /**
     * What to do first: as {@link #decision()}, but a review where the face comparison score is below that of the merchant.
     *
     * @param minFaceScore the merchant's own threshold, 0 to 100
     * @throws CloudAuthException of kind {@code invalid_argument}: it is outside that scale, or between 0 and 1
     */
    public Decision decision(double minFaceScore) {
        return decision((Double) minFaceScore);
    }

    private Decision decision(Double minFaceScore) {
        NativeLibrary.require();
        Double score = face().flatMap(Face::comparisonScore).orElse(null);
        byte[] arguments = new WireWriter()
            .optionalFlag(passed().orElse(null))
            .optionalText("sub_code", subCode().orElse(null))
            .optionalDouble(score)
            .optionalDouble(minFaceScore)
            .toBytes();
        return Reply.of(Native.decide(arguments)).value(Decision::new);
    }

    /**
     * Reads what {@link #toJson()} wrote, or its like in another language.
     *
     * @throws CloudAuthException of kind {@code invalid_argument}: it is anything else
     */
    public static CheckResult fromJson(byte[] json) {
        Objects.requireNonNull(json, "json");
        NativeLibrary.require();
        return Reply.of(Native.fromJson(json)).value(CheckResult::new);
    }

    /**
     * The result with its pictures as one line of JSON, UTF-8, for {@link #fromJson} and its likes in every language. It holds
     * all of the person's data: protect it.
     */
    public byte[] toJson() {
        return CanonicalJson.withPictures(this);
    }

    /**
     * The reply's body, byte for byte as it came, where {@link CloudAuthClientBuilder#keepRaw} had the client keep it. The array
     * is the result's own, as that of {@link Image#bytes()} is.
     */
    public Optional<byte[]> raw() {
        return Optional.ofNullable(raw);
    }

    /** The result as one line of JSON, the same in every language; images by length and SHA-256. */
    public String canonicalJson() {
        return CanonicalJson.of(this);
    }
}
