// Generated from core/schema/typed by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reply to a {@link DeleteResultRequest}. */
public final class Deletion extends ValueObject {
    private final String requestId;
    private final String transactionId;
    private final Boolean deleted;
    private final String failReason;
    private final Map<String, @Nullable Object> extra;
    private final List<Problem> problems;

    Deletion(WireReader in) {
        requestId = in.text();
        transactionId = in.optionalText();
        deleted = in.optionalFlag();
        failReason = in.optionalText();
        extra = in.map(WireReader::value);
        problems = in.list(Problem::new);
    }

    private Deletion(Builder given) {
        requestId = given.requestId;
        transactionId = given.transactionId;
        deleted = given.deleted;
        failReason = given.failReason;
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

    /** {@code Result.TransactionId}: the service's id of the verification. */
    public Optional<String> transactionId() {
        return Optional.ofNullable(transactionId);
    }

    /** {@code Result.DeleteResult}: it is deleted; this, and not the reply's code, says so. */
    public Optional<Boolean> deleted() {
        return Optional.ofNullable(deleted);
    }

    /** {@code Result.FailReason}: why it is not, such as {@code NEED_QUERY_VERIFY_RESULT}; only a sibling service documents it. NOT_DELETE_REPEATEDLY after a lost reply: the first call did it. */
    public Optional<String> failReason() {
        return Optional.ofNullable(failReason);
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
            .add("transaction_id", transactionId)
            .show("deleted", deleted)
            .add("fail_reason", failReason)
            .add("extra", extra)
            .add("problems", problems);
    }

    /** Makes a {@link Deletion}; what is not given is absent. */
    public static final class Builder {
        private String requestId = "";
        private String transactionId;
        private Boolean deleted;
        private String failReason;
        private Map<String, @Nullable Object> extra = Map.of();
        private List<Problem> problems = List.of();

        private Builder() {}

        /** {@link Deletion#requestId()}. */
        public Builder requestId(String requestId) {
            this.requestId = Objects.requireNonNull(requestId, "requestId");
            return this;
        }

        /** {@link Deletion#transactionId()}. */
        public Builder transactionId(String transactionId) {
            this.transactionId = Objects.requireNonNull(transactionId, "transactionId");
            return this;
        }

        /** {@link Deletion#deleted()}. */
        public Builder deleted(boolean deleted) {
            this.deleted = deleted;
            return this;
        }

        /** {@link Deletion#failReason()}. */
        public Builder failReason(String failReason) {
            this.failReason = Objects.requireNonNull(failReason, "failReason");
            return this;
        }

        /** {@link Deletion#extra()}. */
        public Builder extra(Map<String, ?> extra) {
            this.extra = Values.copy(Objects.requireNonNull(extra, "extra"), Values::copy);
            return this;
        }

        /** {@link Deletion#problems()}. */
        public Builder problems(List<Problem> problems) {
            this.problems = Values.copy(Objects.requireNonNull(problems, "problems"), Objects::requireNonNull);
            return this;
        }

        /** What was given, as one. */
        public Deletion build() {
            return new Deletion(this);
        }
    }
}
