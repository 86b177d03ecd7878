// Generated from core/schema/typed by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reply to a {@link VerifyLogRequest}. */
public final class VerifyLog extends ValueObject {
    private final String requestId;
    private final Long verifyStatus;
    private final Boolean passed;
    private final String subCode;
    private final String verifyErrorCode;
    private final String interruptPage;
    private final String interruptPageEn;
    private final List<String> log;
    private final List<String> logEn;
    private final Object statistics;
    private final Object extInfo;
    private final Map<String, @Nullable Object> extra;
    private final List<Problem> problems;

    VerifyLog(WireReader in) {
        requestId = in.text();
        verifyStatus = in.optionalNumber();
        passed = in.optionalFlag();
        subCode = in.optionalText();
        verifyErrorCode = in.optionalText();
        interruptPage = in.optionalText();
        interruptPageEn = in.optionalText();
        log = in.optional(reader -> reader.list(WireReader::text));
        logEn = in.optional(reader -> reader.list(WireReader::text));
        statistics = in.optional(WireReader::value);
        extInfo = in.optional(WireReader::value);
        extra = in.map(WireReader::value);
        problems = in.list(Problem::new);
    }

    private VerifyLog(Builder given) {
        requestId = given.requestId;
        verifyStatus = given.verifyStatus;
        passed = given.passed;
        subCode = given.subCode;
        verifyErrorCode = given.verifyErrorCode;
        interruptPage = given.interruptPage;
        interruptPageEn = given.interruptPageEn;
        log = given.log;
        logEn = given.logEn;
        statistics = given.statistics;
        extInfo = given.extInfo;
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

    /** {@code Result.VerifyStatus}: 0 finished, 1 broken off, 2 not begun. */
    public Optional<Long> verifyStatus() {
        return Optional.ofNullable(verifyStatus);
    }

    /** {@code Result.Passed}: the person passed, as in the result; only {@code checkResult} decides. */
    public Optional<Boolean> passed() {
        return Optional.ofNullable(passed);
    }

    /** {@code Result.SubCode}: the reason behind the verdict, as in the result; {@code explain} knows more. */
    public Optional<String> subCode() {
        return Optional.ofNullable(subCode);
    }

    /** {@code Result.VerifyErrorCode}: why it ended, by the client's codes, such as {@code 1006}: the person left. */
    public Optional<String> verifyErrorCode() {
        return Optional.ofNullable(verifyErrorCode);
    }

    /** {@code Result.InterruptPage}: the last page, in Chinese. */
    public Optional<String> interruptPage() {
        return Optional.ofNullable(interruptPage);
    }

    /** {@code Result.InterruptPageEn}: the last page: LOADING, GUIDE, OCR_SCAN, OCR_RESULT, NFC_INPUT, NFC_READ or FACE. */
    public Optional<String> interruptPageEn() {
        return Optional.ofNullable(interruptPageEn);
    }

    /** {@code Result.LogInfo}: what happened, a line each, in Chinese. */
    public Optional<List<String>> log() {
        return Optional.ofNullable(log);
    }

    /** {@code Result.LogInfoEn}: what happened, a line each, such as {@code 2026-03-01 10:00:00 FACE_ENTER}; no time zone is documented. */
    public Optional<List<String>> logEn() {
        return Optional.ofNullable(logEn);
    }

    /** {@code Result.LogStatisticsInfo}: how often and how long, by the service's names. */
    public Optional<Object> statistics() {
        return Optional.ofNullable(statistics);
    }

    /** {@code Result.ExtInfo}: further data. */
    public Optional<Object> extInfo() {
        return Optional.ofNullable(extInfo);
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
            .show("verify_status", verifyStatus)
            .show("passed", passed)
            .add("sub_code", subCode)
            .add("verify_error_code", verifyErrorCode)
            .add("interrupt_page", interruptPage)
            .add("interrupt_page_en", interruptPageEn)
            .add("log", log)
            .add("log_en", logEn)
            .add("statistics", statistics)
            .add("ext_info", extInfo)
            .add("extra", extra)
            .add("problems", problems);
    }

    /** Makes a {@link VerifyLog}; what is not given is absent. */
    public static final class Builder {
        private String requestId = "";
        private Long verifyStatus;
        private Boolean passed;
        private String subCode;
        private String verifyErrorCode;
        private String interruptPage;
        private String interruptPageEn;
        private List<String> log;
        private List<String> logEn;
        private Object statistics;
        private Object extInfo;
        private Map<String, @Nullable Object> extra = Map.of();
        private List<Problem> problems = List.of();

        private Builder() {}

        /** {@link VerifyLog#requestId()}. */
        public Builder requestId(String requestId) {
            this.requestId = Objects.requireNonNull(requestId, "requestId");
            return this;
        }

        /** {@link VerifyLog#verifyStatus()}. */
        public Builder verifyStatus(long verifyStatus) {
            this.verifyStatus = verifyStatus;
            return this;
        }

        /** {@link VerifyLog#passed()}. */
        public Builder passed(boolean passed) {
            this.passed = passed;
            return this;
        }

        /** {@link VerifyLog#subCode()}. */
        public Builder subCode(String subCode) {
            this.subCode = Objects.requireNonNull(subCode, "subCode");
            return this;
        }

        /** {@link VerifyLog#verifyErrorCode()}. */
        public Builder verifyErrorCode(String verifyErrorCode) {
            this.verifyErrorCode = Objects.requireNonNull(verifyErrorCode, "verifyErrorCode");
            return this;
        }

        /** {@link VerifyLog#interruptPage()}. */
        public Builder interruptPage(String interruptPage) {
            this.interruptPage = Objects.requireNonNull(interruptPage, "interruptPage");
            return this;
        }

        /** {@link VerifyLog#interruptPageEn()}. */
        public Builder interruptPageEn(String interruptPageEn) {
            this.interruptPageEn = Objects.requireNonNull(interruptPageEn, "interruptPageEn");
            return this;
        }

        /** {@link VerifyLog#log()}. */
        public Builder log(List<String> log) {
            this.log = Values.copy(Objects.requireNonNull(log, "log"), Objects::requireNonNull);
            return this;
        }

        /** {@link VerifyLog#logEn()}. */
        public Builder logEn(List<String> logEn) {
            this.logEn = Values.copy(Objects.requireNonNull(logEn, "logEn"), Objects::requireNonNull);
            return this;
        }

        /** {@link VerifyLog#statistics()}. */
        public Builder statistics(Object statistics) {
            this.statistics = Values.copy(Objects.requireNonNull(statistics, "statistics"));
            return this;
        }

        /** {@link VerifyLog#extInfo()}. */
        public Builder extInfo(Object extInfo) {
            this.extInfo = Values.copy(Objects.requireNonNull(extInfo, "extInfo"));
            return this;
        }

        /** {@link VerifyLog#extra()}. */
        public Builder extra(Map<String, ?> extra) {
            this.extra = Values.copy(Objects.requireNonNull(extra, "extra"), Values::copy);
            return this;
        }

        /** {@link VerifyLog#problems()}. */
        public Builder problems(List<Problem> problems) {
            this.problems = Values.copy(Objects.requireNonNull(problems, "problems"), Objects::requireNonNull);
            return this;
        }

        /** What was given, as one. */
        public VerifyLog build() {
            return new VerifyLog(this);
        }
    }
}
