// Generated from core/schema/typed by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reply to a {@link DownloadVideoRequest}. */
public final class Video extends ValueObject {
    private final String requestId;
    private final String outcome;
    private final String path;
    private final Long length;
    private final String sha256;
    private final Map<String, @Nullable Object> extra;
    private final List<Problem> problems;

    Video(WireReader in) {
        requestId = in.text();
        outcome = in.optionalText();
        path = in.optionalText();
        length = in.optionalNumber();
        sha256 = in.optionalText();
        extra = in.map(WireReader::value);
        problems = in.list(Problem::new);
    }

    private Video(Builder given) {
        requestId = given.requestId;
        outcome = given.outcome;
        path = given.path;
        length = given.length;
        sha256 = given.sha256;
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

    /** {@code fetched}: the video is there, whole. {@code none_offered}: the result has no video; the network may have been bad, or none was asked for. {@code gone}: it was there, and is deleted or its URL too old. */
    public Optional<String> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** of the file, where there is one. */
    public Optional<String> path() {
        return Optional.ofNullable(path);
    }

    /** of the video, in bytes. */
    public Optional<Long> length() {
        return Optional.ofNullable(length);
    }

    /** of the video, in 64 hexadecimal digits. */
    public Optional<String> sha256() {
        return Optional.ofNullable(sha256);
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
            .add("path", path)
            .show("length", length)
            .show("sha256", sha256)
            .add("extra", extra)
            .add("problems", problems);
    }

    /** Makes a {@link Video}; what is not given is absent. */
    public static final class Builder {
        private String requestId = "";
        private String outcome;
        private String path;
        private Long length;
        private String sha256;
        private Map<String, @Nullable Object> extra = Map.of();
        private List<Problem> problems = List.of();

        private Builder() {}

        /** {@link Video#requestId()}. */
        public Builder requestId(String requestId) {
            this.requestId = Objects.requireNonNull(requestId, "requestId");
            return this;
        }

        /** {@link Video#outcome()}. */
        public Builder outcome(String outcome) {
            this.outcome = Objects.requireNonNull(outcome, "outcome");
            return this;
        }

        /** {@link Video#path()}. */
        public Builder path(String path) {
            this.path = Objects.requireNonNull(path, "path");
            return this;
        }

        /** {@link Video#length()}. */
        public Builder length(long length) {
            this.length = length;
            return this;
        }

        /** {@link Video#sha256()}. */
        public Builder sha256(String sha256) {
            this.sha256 = Objects.requireNonNull(sha256, "sha256");
            return this;
        }

        /** {@link Video#extra()}. */
        public Builder extra(Map<String, ?> extra) {
            this.extra = Values.copy(Objects.requireNonNull(extra, "extra"), Values::copy);
            return this;
        }

        /** {@link Video#problems()}. */
        public Builder problems(List<Problem> problems) {
            this.problems = Values.copy(Objects.requireNonNull(problems, "problems"), Objects::requireNonNull);
            return this;
        }

        /** What was given, as one. */
        public Video build() {
            return new Video(this);
        }
    }
}
