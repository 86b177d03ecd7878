// Generated from core/schema/typed by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reply to a {@link ArchiveRequest}. */
public final class Archive extends ValueObject {
    private final String requestId;
    private final String outcome;
    private final String folder;
    private final String archivedAt;
    private final String manifestSha256;
    private final Object missing;
    private final Object result;
    private final String deletion;
    private final List<String> withheldFor;
    private final String afterwards;
    private final Object receipt;
    private final Map<String, @Nullable Object> extra;
    private final List<Problem> problems;

    Archive(WireReader in) {
        requestId = in.text();
        outcome = in.optionalText();
        folder = in.optionalText();
        archivedAt = in.optionalText();
        manifestSha256 = in.optionalText();
        missing = in.optional(WireReader::value);
        result = in.optional(WireReader::value);
        deletion = in.optionalText();
        withheldFor = in.optional(reader -> reader.list(WireReader::text));
        afterwards = in.optionalText();
        receipt = in.optional(WireReader::value);
        extra = in.map(WireReader::value);
        problems = in.list(Problem::new);
    }

    private Archive(Builder given) {
        requestId = given.requestId;
        outcome = given.outcome;
        folder = given.folder;
        archivedAt = given.archivedAt;
        manifestSha256 = given.manifestSha256;
        missing = given.missing;
        result = given.result;
        deletion = given.deletion;
        withheldFor = given.withheldFor;
        afterwards = given.afterwards;
        receipt = given.receipt;
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

    /** {@code archived}: this run made the archive whole. {@code unchanged}: it was, and is as it was written. */
    public Optional<String> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** of the archive. */
    public Optional<String> folder() {
        return Optional.ofNullable(folder);
    }

    /** when the archive was whole, in UTC. */
    public Optional<String> archivedAt() {
        return Optional.ofNullable(archivedAt);
    }

    /** of {@code manifest.json}, in 64 hexadecimal digits. Keep it elsewhere: whoever can write to the folder can write another manifest, and has another hash. */
    public Optional<String> manifestSha256() {
        return Optional.ofNullable(manifestSha256);
    }

    /** what is not there, of {@code raw}, {@code face}, {@code document}, {@code video} and {@code verdict}, and why: {@code not_asked}, {@code none_sent}, {@code none_offered}, {@code gone}, {@code too_late}, {@code pending}. */
    public Optional<Object> missing() {
        return Optional.ofNullable(missing);
    }

    /** the result as in {@code result.json}, with length and hash in the place of pictures. */
    public Optional<Object> result() {
        return Optional.ofNullable(result);
    }

    /** {@code deleted}: the service says that it is. {@code refused}: it says that it is not. {@code unknown}: no reply came, and it is not asked for again. {@code withheld}: the service was not asked. */
    public Optional<String> deletion() {
        return Optional.ofNullable(deletion);
    }

    /** what stands against it; {@code evenSo} accepts it. */
    public Optional<List<String>> withheldFor() {
        return Optional.ofNullable(withheldFor);
    }

    /** what CheckResult answered then: {@code absent}, {@code without_pictures}, {@code still_there} or {@code unknown}. Deletion may take the service minutes; a later run asks again. */
    public Optional<String> afterwards() {
        return Optional.ofNullable(afterwards);
    }

    /** what {@code receipt.json} has: each request and each answer, with ids, codes and times. */
    public Optional<Object> receipt() {
        return Optional.ofNullable(receipt);
    }

    /** every other field of {@code Result}, JSON text in it decoded. */
    public Map<String, @Nullable Object> extra() {
        return extra;
    }

    /** what could not be decoded; the rest of the reply stands. */
    public List<Problem> problems() {
        return problems;
    }

    @Override
    void describe(Fields out) {
        out.show("request_id", requestId)
            .show("outcome", outcome)
            .add("folder", folder)
            .show("archived_at", archivedAt)
            .show("manifest_sha256", manifestSha256)
            .add("missing", missing)
            .add("result", result)
            .show("deletion", deletion)
            .show("withheld_for", withheldFor)
            .show("afterwards", afterwards)
            .add("receipt", receipt)
            .add("extra", extra)
            .add("problems", problems);
    }

    /** Makes a {@link Archive}; what is not given is absent. */
    public static final class Builder {
        private String requestId = "";
        private String outcome;
        private String folder;
        private String archivedAt;
        private String manifestSha256;
        private Object missing;
        private Object result;
        private String deletion;
        private List<String> withheldFor;
        private String afterwards;
        private Object receipt;
        private Map<String, @Nullable Object> extra = Map.of();
        private List<Problem> problems = List.of();

        private Builder() {}

        /** {@link Archive#requestId()}. */
        public Builder requestId(String requestId) {
            this.requestId = Objects.requireNonNull(requestId, "requestId");
            return this;
        }

        /** {@link Archive#outcome()}. */
        public Builder outcome(String outcome) {
            this.outcome = Objects.requireNonNull(outcome, "outcome");
            return this;
        }

        /** {@link Archive#folder()}. */
        public Builder folder(String folder) {
            this.folder = Objects.requireNonNull(folder, "folder");
            return this;
        }

        /** {@link Archive#archivedAt()}. */
        public Builder archivedAt(String archivedAt) {
            this.archivedAt = Objects.requireNonNull(archivedAt, "archivedAt");
            return this;
        }

        /** {@link Archive#manifestSha256()}. */
        public Builder manifestSha256(String manifestSha256) {
            this.manifestSha256 = Objects.requireNonNull(manifestSha256, "manifestSha256");
            return this;
        }

        /** {@link Archive#missing()}. */
        public Builder missing(Object missing) {
            this.missing = Values.copy(Objects.requireNonNull(missing, "missing"));
            return this;
        }

        /** {@link Archive#result()}. */
        public Builder result(Object result) {
            this.result = Values.copy(Objects.requireNonNull(result, "result"));
            return this;
        }

        /** {@link Archive#deletion()}. */
        public Builder deletion(String deletion) {
            this.deletion = Objects.requireNonNull(deletion, "deletion");
            return this;
        }

        /** {@link Archive#withheldFor()}. */
        public Builder withheldFor(List<String> withheldFor) {
            this.withheldFor = Values.copy(Objects.requireNonNull(withheldFor, "withheldFor"), Objects::requireNonNull);
            return this;
        }

        /** {@link Archive#afterwards()}. */
        public Builder afterwards(String afterwards) {
            this.afterwards = Objects.requireNonNull(afterwards, "afterwards");
            return this;
        }

        /** {@link Archive#receipt()}. */
        public Builder receipt(Object receipt) {
            this.receipt = Values.copy(Objects.requireNonNull(receipt, "receipt"));
            return this;
        }

        /** {@link Archive#extra()}. */
        public Builder extra(Map<String, ?> extra) {
            this.extra = Values.copy(Objects.requireNonNull(extra, "extra"), Values::copy);
            return this;
        }

        /** {@link Archive#problems()}. */
        public Builder problems(List<Problem> problems) {
            this.problems = Values.copy(Objects.requireNonNull(problems, "problems"), Objects::requireNonNull);
            return this;
        }

        /** What was given, as one. */
        public Archive build() {
            return new Archive(this);
        }
    }
}
