// Generated from core/schema/typed by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.io.OutputStream;
import java.util.List;

/**
 * Fetches a verification's evidence video into a file, or hands its bytes over as they come. Call it as soon as the person is
 * done: the service deletes the video 30 minutes later, and often there is none.
 */
public final class DownloadVideoRequest extends TypedRequest<Video> {
    private DownloadVideoRequest(Builder given) {
        super("download_video", given);
    }

    /**
     * A request with every default. It is checked when the call is made.
     *
     * @param to the path of the file; it appears there once it is whole, with mode 0600
     */
    public static Builder builder(String to) {
        return new Builder(to);
    }

    /** {@link #builder} and nothing else. */
    public static DownloadVideoRequest of(String to) {
        return builder(to).build();
    }

    /**
     * A request with every default. It is checked when the call is made.
     *
     * @param receiver what gets the bytes in place of a file: in order, as they come, on the download's thread, which
     *     waits until it returns. An error of its own ends the call and is its cause. Where the call fails, it may have part
     *     of the video, and nothing else
     */
    public static Builder builder(OutputStream receiver) {
        return new Builder(receiver);
    }

    /** {@link #builder(OutputStream)} and nothing else. */
    public static DownloadVideoRequest of(OutputStream receiver) {
        return builder(receiver).build();
    }

    @Override
    Video read(WireReader in) {
        return new Video(in);
    }

    /** Makes a {@link DownloadVideoRequest}. */
    public static final class Builder extends TypedRequest.Builder<Builder> {
        private Builder(String to) {
            set("to", "to", to);
        }

        private Builder(OutputStream receiver) {
            setFunction("receiver", "receiver", receiver);
        }

        /**
         * What {@code initialize} gave at the same region or endpoint: its JSON, or the reply as an object. CheckResult is
         * asked where the video is.
         */
        public Builder started(Object started) {
            return setJson("started", "started", started);
        }

        /**
         * A result that has the video's URL, as JSON or as an object. The URL lives 15 minutes; with {@code started} beside
         * it, CheckResult is asked for a new one.
         */
        public Builder result(Object result) {
            return setJson("result", "result", result);
        }

        /** The largest video to take, from 1 to 4294967296; 268435456 (256 MiB) unless given. */
        public Builder maxBytes(long maxBytes) {
            return set("max_bytes", "maxBytes", maxBytes);
        }

        /** Replace a file that is there already; no unless given. */
        public Builder overwrite(boolean overwrite) {
            return set("overwrite", "overwrite", overwrite, "true", "false");
        }

        /**
         * Hears how many bytes have come, and of how many: at most ten times a second, and once all have come, on the
         * download's thread. An error of its own ends the call as kind {@code cancelled} and is its cause.
         */
        public Builder progress(Progress progress) {
            return setFunction("progress", "progress", progress);
        }

        /**
         * Hosts to fetch from beside those below {@code aliyuncs.com}: {@code video.example}, {@code .example} for all below
         * it, or an address. They may be in a private network and have any port.
         */
        public Builder videoHosts(List<String> videoHosts) {
            return set("video_hosts", "videoHosts", videoHosts);
        }

        @Override
        public DownloadVideoRequest build() {
            return new DownloadVideoRequest(this);
        }
    }
}
