// Generated from core/schema/typed by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.util.List;

/**
 * Fetches a verification's result, pictures and video, and files them in a folder of their own. Call it as soon as the person
 * is done, and as often as you like: it completes what an earlier run left, and sends nothing where the archive is whole.
 */
public final class ArchiveRequest extends TypedRequest<Archive> {
    private ArchiveRequest(Builder given) {
        super("archive", given);
    }

    /**
     * A request with every default. It is checked when the call is made.
     *
     * @param started what {@code initialize} gave at the same region or endpoint: its JSON, or the reply as an object
     * @param into the folder of this archive alone; it is made where it is missing, with mode 0700
     */
    public static Builder builder(Object started, String into) {
        return new Builder(started, into);
    }

    /** {@link #builder} and nothing else. */
    public static ArchiveRequest of(Object started, String into) {
        return builder(started, into).build();
    }

    @Override
    Archive read(WireReader in) {
        return new Archive(in);
    }

    /** Makes a {@link ArchiveRequest}. */
    public static final class Builder extends TypedRequest.Builder<Builder> {
        private Builder(Object started, String into) {
            setJson("started", "started", started);
            set("into", "into", into);
        }

        /** Keep the reply's bytes as {@code raw.json}; yes unless told otherwise. */
        public Builder raw(boolean raw) {
            return set("raw", "raw", raw, "true", "false");
        }

        /** Ask for the pictures; yes unless told otherwise. */
        public Builder images(boolean images) {
            return set("images", "images", images, "true", "false");
        }

        /** Fetch the video, if the result has one; yes unless told otherwise. */
        public Builder video(boolean video) {
            return set("video", "video", video, "true", "false");
        }

        /** The largest video to take, from 1 to 4294967296; 268435456 (256 MiB) unless given. */
        public Builder maxVideoBytes(long maxVideoBytes) {
            return set("max_video_bytes", "maxVideoBytes", maxVideoBytes);
        }

        /** Hosts to fetch the video from beside those below {@code aliyuncs.com}, as for {@code downloadVideo}. */
        public Builder videoHosts(List<String> videoHosts) {
            return set("video_hosts", "videoHosts", videoHosts);
        }

        /**
         * Once the archive is whole, delete at the service: {@code Img} all pictures, {@code Text} all the rest, {@code All}
         * both. It stays where something stands against it, which {@code withheld_for} names. Without it, nothing is deleted.
         */
        public Builder thenDelete(String thenDelete) {
            return set("then_delete", "thenDelete", thenDelete, "Img", "Text", "All");
        }

        /**
         * What does not keep it from being deleted: {@code pending}, the verdict is still to come; {@code no_pictures}, they
         * were not asked for; {@code no_video}, one was offered and is not in the archive; {@code problems}, part of the
         * result could not be decoded.
         */
        public Builder evenSo(List<String> evenSo) {
            return set("even_so", "evenSo", evenSo);
        }

        @Override
        public ArchiveRequest build() {
            return new ArchiveRequest(this);
        }
    }
}
