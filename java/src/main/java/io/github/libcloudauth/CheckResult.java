package io.github.libcloudauth;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The outcome of one verification. Nothing in it changes, and nothing of it is shown by {@link #toString()}. */
public final class CheckResult extends Part {
    private final String requestId;
    private final Boolean passed;
    private final String subCode;
    private final Face face;
    private final Document document;
    private final Object source;
    private final Map<String, Object> extra;
    private final List<Problem> problems;

    CheckResult(WireReader in) {
        requestId = in.text();
        passed = in.optionalFlag();
        subCode = in.optionalText();
        face = in.optional(Face::new);
        document = in.optional(Document::new);
        source = in.optional(WireReader::value);
        extra = in.map(WireReader::value);
        problems = in.list(Problem::new);
    }

    /** The service's id of the request; empty where it sent none. */
    public String requestId() {
        return requestId;
    }

    /** {@code Passed}: the verdict. */
    public Optional<Boolean> passed() {
        return Optional.ofNullable(passed);
    }

    /** Whether the person passed. True for a yes alone; {@link #passed()} tells a no from what was not said. */
    public boolean isPassed() {
        return Boolean.TRUE.equals(passed);
    }

    /** {@code SubCode}: why, e.g. {@code 200} or {@code 212}; {@link CloudAuth#explain} tells what it means. */
    public Optional<String> subCode() {
        return Optional.ofNullable(subCode);
    }

    /** {@code ExtFaceInfo}: the face step. */
    public Optional<Face> face() {
        return Optional.ofNullable(face);
    }

    /** {@code ExtIdInfo}: the document step. */
    public Optional<Document> document() {
        return Optional.ofNullable(document);
    }

    /** {@code ExtSourceInfo}: what the authoritative source said, as values of {@link #extra()} are, or its text. */
    public Optional<Object> source() {
        return Optional.ofNullable(source);
    }

    /** Every other field of {@code Result}: {@code Map}, {@code List}, {@code String}, {@code Boolean}, {@code Double}, {@code Long}, {@code BigInteger}
     * or {@code null}. */
    public Map<String, Object> extra() {
        return extra;
    }

    /** What could not be decoded, sorted by path; never thrown. */
    public List<Problem> problems() {
        return problems;
    }

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
        Double score = face == null ? null : face.comparisonScore().orElse(null);
        byte[] arguments = new WireWriter()
            .optionalFlag(passed)
            .optionalText("sub_code", subCode)
            .optionalDouble(score)
            .optionalDouble(minFaceScore)
            .toBytes();
        return Reply.of(Native.decide(arguments)).value(Decision::new);
    }

    /** The result as one line of JSON, the same in every language; images by length and SHA-256. */
    public String canonicalJson() {
        return CanonicalJson.of(this);
    }

    @Override
    void describe(Fields out) {
        out.add("request_id", requestId)
            .add("passed", passed)
            .add("sub_code", subCode)
            .add("face", face)
            .add("document", document)
            .add("source", source)
            .add("extra", extra)
            .add("problems", problems);
    }
}
