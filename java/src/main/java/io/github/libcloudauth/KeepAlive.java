// Generated from core/schema/typed by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reply to a {@link KeepAliveRequest}. */
public final class KeepAlive extends ValueObject {
    private final String requestId;
    private final String answer;
    private final Map<String, @Nullable Object> extra;
    private final List<Problem> problems;

    KeepAlive(WireReader in) {
        requestId = in.text();
        answer = in.optionalText();
        extra = in.map(WireReader::value);
        problems = in.list(Problem::new);
    }

    private KeepAlive(Builder given) {
        requestId = given.requestId;
        answer = given.answer;
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

    /** {@code Result.Result}: {@code SUCCESS}. */
    public Optional<String> answer() {
        return Optional.ofNullable(answer);
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
            .show("answer", answer)
            .add("extra", extra)
            .add("problems", problems);
    }

    /** Makes a {@link KeepAlive}; what is not given is absent. */
    public static final class Builder {
        private String requestId = "";
        private String answer;
        private Map<String, @Nullable Object> extra = Map.of();
        private List<Problem> problems = List.of();

        private Builder() {}

        /** {@link KeepAlive#requestId()}. */
        public Builder requestId(String requestId) {
            this.requestId = Objects.requireNonNull(requestId, "requestId");
            return this;
        }

        /** {@link KeepAlive#answer()}. */
        public Builder answer(String answer) {
            this.answer = Objects.requireNonNull(answer, "answer");
            return this;
        }

        /** {@link KeepAlive#extra()}. */
        public Builder extra(Map<String, ?> extra) {
            this.extra = Values.copy(Objects.requireNonNull(extra, "extra"), Values::copy);
            return this;
        }

        /** {@link KeepAlive#problems()}. */
        public Builder problems(List<Problem> problems) {
            this.problems = Values.copy(Objects.requireNonNull(problems, "problems"), Objects::requireNonNull);
            return this;
        }

        /** What was given, as one. */
        public KeepAlive build() {
            return new KeepAlive(this);
        }
    }
}
