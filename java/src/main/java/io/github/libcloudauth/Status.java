// Generated from core/schema/typed by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reply to a {@link StatusRequest}. */
public final class Status extends ValueObject {
    private final String requestId;
    private final String state;
    private final String page;
    private final String errorCode;
    private final String reason;
    private final Map<String, @Nullable Object> extra;
    private final List<Problem> problems;

    Status(WireReader in) {
        requestId = in.text();
        state = in.optionalText();
        page = in.optionalText();
        errorCode = in.optionalText();
        reason = in.optionalText();
        extra = in.map(WireReader::value);
        problems = in.list(Problem::new);
    }

    private Status(Builder given) {
        requestId = given.requestId;
        state = given.state;
        page = given.page;
        errorCode = given.errorCode;
        reason = given.reason;
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

    /** {@code not_begun}: the log has no beginning yet; it may be late. {@code in_progress}: the person has not finished. {@code pending}: the verdict is still to come. {@code finished}: the result is there. {@code abandoned}: the person broke off. {@code expired}: the person never began, and the time is over. {@code gone}: the service knows no such transaction, or no longer. {@code unknown}: it cannot be told. */
    public Optional<String> state() {
        return Optional.ofNullable(state);
    }

    /** of an abandoned one, the page where the person stopped, such as {@code OCR_SCAN}, where the log has it. */
    public Optional<String> page() {
        return Optional.ofNullable(page);
    }

    /** of an abandoned one, the client's code, such as {@code 1006}, where the log has it; {@code explain} knows more. */
    public Optional<String> errorCode() {
        return Optional.ofNullable(errorCode);
    }

    /** why this is said of it, in one line. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
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
            .show("state", state)
            .add("page", page)
            .add("error_code", errorCode)
            .show("reason", reason)
            .add("extra", extra)
            .add("problems", problems);
    }

    /** Makes a {@link Status}; what is not given is absent. */
    public static final class Builder {
        private String requestId = "";
        private String state;
        private String page;
        private String errorCode;
        private String reason;
        private Map<String, @Nullable Object> extra = Map.of();
        private List<Problem> problems = List.of();

        private Builder() {}

        /** {@link Status#requestId()}. */
        public Builder requestId(String requestId) {
            this.requestId = Objects.requireNonNull(requestId, "requestId");
            return this;
        }

        /** {@link Status#state()}. */
        public Builder state(String state) {
            this.state = Objects.requireNonNull(state, "state");
            return this;
        }

        /** {@link Status#page()}. */
        public Builder page(String page) {
            this.page = Objects.requireNonNull(page, "page");
            return this;
        }

        /** {@link Status#errorCode()}. */
        public Builder errorCode(String errorCode) {
            this.errorCode = Objects.requireNonNull(errorCode, "errorCode");
            return this;
        }

        /** {@link Status#reason()}. */
        public Builder reason(String reason) {
            this.reason = Objects.requireNonNull(reason, "reason");
            return this;
        }

        /** {@link Status#extra()}. */
        public Builder extra(Map<String, ?> extra) {
            this.extra = Values.copy(Objects.requireNonNull(extra, "extra"), Values::copy);
            return this;
        }

        /** {@link Status#problems()}. */
        public Builder problems(List<Problem> problems) {
            this.problems = Values.copy(Objects.requireNonNull(problems, "problems"), Objects::requireNonNull);
            return this;
        }

        /** What was given, as one. */
        public Status build() {
            return new Status(this);
        }
    }
}
