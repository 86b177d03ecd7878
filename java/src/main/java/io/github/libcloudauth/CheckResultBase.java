package io.github.libcloudauth;

import java.nio.file.Path;
import java.util.List;
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
     * Writes each picture into a new file in the folder, {@code face.jpg}, {@code document-01.jpg}, by names that lead nowhere
     * else, whatever the service calls a page, and gives their paths. The files have mode 0600; the folder is made where it is
     * missing, with mode 0700.
     *
     * @throws CloudAuthException of kind {@code io}, also where there is a file of that name: none is overwritten, and what was
     *     written until then is removed
     */
    public List<Path> saveImages(Path folder) {
        NativeLibrary.require();
        byte[] to = new WireWriter().text("folder", folder.toString()).toBytes();
        return Reply.of(Native.saveImages(toJson(), to)).value(in -> in.list(path -> Path.of(path.text())));
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
