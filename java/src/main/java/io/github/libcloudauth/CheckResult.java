// Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The outcome of one verification. */
public final class CheckResult extends CheckResultBase {
    private final String requestId;
    private final Boolean passed;
    private final String subCode;
    private final Face face;
    private final Document document;
    private final Object source;
    private final Map<String, @Nullable Object> extra;
    private final List<Problem> problems;

    CheckResult(WireReader in) {
        super(in);
        requestId = in.text();
        passed = in.optionalFlag();
        subCode = in.optionalText();
        face = in.optional(Face::new);
        document = in.optional(Document::new);
        source = in.optional(WireReader::value);
        extra = in.map(WireReader::value);
        problems = in.list(Problem::new);
    }

    private CheckResult(Builder given) {
        requestId = given.requestId;
        passed = given.passed;
        subCode = given.subCode;
        face = given.face;
        document = given.document;
        source = given.source;
        extra = given.extra;
        problems = given.problems;
    }

    /** Makes one by hand, for tests. */
    public static Builder builder() {
        return new Builder();
    }

    /** {@code RequestId}: the service's id of this call; empty where it sent none. */
    public String requestId() {
        return requestId;
    }

    /** {@code Result.Passed}: the person passed. */
    public Optional<Boolean> passed() {
        return Optional.ofNullable(passed);
    }

    /** True for a yes alone: the person passed. {@link #passed()} tells a no from what was not said. */
    public boolean isPassed() {
        return Boolean.TRUE.equals(passed);
    }

    /** {@code Result.SubCode}: the reason behind the verdict, such as {@code 200} or {@code 212}; {@code explain} knows more. */
    public Optional<String> subCode() {
        return Optional.ofNullable(subCode);
    }

    /** {@code Result.ExtFaceInfo}: the face step. */
    public Optional<Face> face() {
        return Optional.ofNullable(face);
    }

    /** {@code Result.ExtIdInfo}: the document step. */
    public Optional<Document> document() {
        return Optional.ofNullable(document);
    }

    /** {@code Result.ExtSourceInfo}: the authoritative source's answer: decoded JSON, or the text where it is not JSON. */
    public Optional<Object> source() {
        return Optional.ofNullable(source);
    }

    /** every other field of {@code Result}, JSON text in it decoded. */
    public Map<String, @Nullable Object> extra() {
        return extra;
    }

    /** what could not be decoded; the rest of the result stands. */
    public List<Problem> problems() {
        return problems;
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

    /** Makes a {@link CheckResult}; what is not given is absent. */
    public static final class Builder {
        private String requestId = "";
        private Boolean passed;
        private String subCode;
        private Face face;
        private Document document;
        private Object source;
        private Map<String, @Nullable Object> extra = Map.of();
        private List<Problem> problems = List.of();

        private Builder() {}

        /** {@link CheckResult#requestId()}. */
        public Builder requestId(String requestId) {
            this.requestId = Objects.requireNonNull(requestId, "requestId");
            return this;
        }

        /** {@link CheckResult#passed()}. */
        public Builder passed(boolean passed) {
            this.passed = passed;
            return this;
        }

        /** {@link CheckResult#subCode()}. */
        public Builder subCode(String subCode) {
            this.subCode = Objects.requireNonNull(subCode, "subCode");
            return this;
        }

        /** {@link CheckResult#face()}. */
        public Builder face(Face face) {
            this.face = Objects.requireNonNull(face, "face");
            return this;
        }

        /** {@link CheckResult#document()}. */
        public Builder document(Document document) {
            this.document = Objects.requireNonNull(document, "document");
            return this;
        }

        /** {@link CheckResult#source()}. */
        public Builder source(Object source) {
            this.source = Values.copy(Objects.requireNonNull(source, "source"));
            return this;
        }

        /** {@link CheckResult#extra()}. */
        public Builder extra(Map<String, ?> extra) {
            this.extra = Values.copy(Objects.requireNonNull(extra, "extra"), Values::copy);
            return this;
        }

        /** {@link CheckResult#problems()}. */
        public Builder problems(List<Problem> problems) {
            this.problems = Values.copy(Objects.requireNonNull(problems, "problems"), Objects::requireNonNull);
            return this;
        }

        /** What was given, as one. */
        public CheckResult build() {
            return new CheckResult(this);
        }
    }
}
