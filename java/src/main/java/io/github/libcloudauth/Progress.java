package io.github.libcloudauth;

/** Hears how far a download has come. */
@FunctionalInterface
public interface Progress {
    /**
     * So many bytes have come, of so many. It is called on the thread of the download, which waits until it returns: the one that
     * makes the call where that blocks, and else one kept for that.
     *
     * @throws Exception whatever it likes: the download ends, and it is the cause of the {@code CloudAuthException} of kind
     *     {@code cancelled} that the call ends with
     */
    void report(long received, long total) throws Exception;
}
