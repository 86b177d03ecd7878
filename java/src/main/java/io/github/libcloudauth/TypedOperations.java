// Generated from core/schema/typed by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Operations with requests and replies of their own. A {@link CloudAuthClient} has these methods; each makes its call by
 * {@link #run} or {@link #runAsync}.
 */
public interface TypedOperations {
    /**
     * Makes the call of a request, within that time, as {@link CloudAuthClient#checkResult(CheckRequest, Duration)} takes it.
     * {@code null} is the client's own limit.
     */
    <T> T run(TypedRequest<T> request, @Nullable Duration timeout);

    /** {@link #run}, without a thread that waits. */
    <T> CompletableFuture<T> runAsync(TypedRequest<T> request, @Nullable Duration timeout);

    /**
     * Fetches a verification's result, pictures and video, and files them in a folder of their own. Call it as soon as the
     * person is done, and as often as you like: it completes what an earlier run left, and sends nothing where the archive is
     * whole.
     */
    default Archive archive(ArchiveRequest request) {
        return run(request, null);
    }

    /** {@link #archive(ArchiveRequest)}, within that time. */
    default Archive archive(ArchiveRequest request, @Nullable Duration timeout) {
        return run(request, timeout);
    }

    /** {@link #archive(ArchiveRequest)}, without a thread that waits. */
    default CompletableFuture<Archive> archiveAsync(ArchiveRequest request) {
        return runAsync(request, null);
    }

    /** {@link #archive(ArchiveRequest, Duration)}, without a thread that waits. */
    default CompletableFuture<Archive> archiveAsync(ArchiveRequest request, @Nullable Duration timeout) {
        return runAsync(request, timeout);
    }

    /**
     * Deletes what the service keeps of a verification, for good. Store the result first. It is never sent twice: where no
     * reply came, nobody knows whether it was done.
     */
    default Deletion deleteResult(DeleteResultRequest request) {
        return run(request, null);
    }

    /** {@link #deleteResult(DeleteResultRequest)}, within that time. */
    default Deletion deleteResult(DeleteResultRequest request, @Nullable Duration timeout) {
        return run(request, timeout);
    }

    /** {@link #deleteResult(DeleteResultRequest)}, without a thread that waits. */
    default CompletableFuture<Deletion> deleteResultAsync(DeleteResultRequest request) {
        return runAsync(request, null);
    }

    /** {@link #deleteResult(DeleteResultRequest, Duration)}, without a thread that waits. */
    default CompletableFuture<Deletion> deleteResultAsync(DeleteResultRequest request, @Nullable Duration timeout) {
        return runAsync(request, timeout);
    }

    /**
     * Fetches a verification's evidence video into a file, or hands its bytes over as they come. Call it as soon as the
     * person is done: the service deletes the video 30 minutes later, and often there is none.
     */
    default Video downloadVideo(DownloadVideoRequest request) {
        return run(request, null);
    }

    /** {@link #downloadVideo(DownloadVideoRequest)}, within that time. */
    default Video downloadVideo(DownloadVideoRequest request, @Nullable Duration timeout) {
        return run(request, timeout);
    }

    /** {@link #downloadVideo(DownloadVideoRequest)}, without a thread that waits. */
    default CompletableFuture<Video> downloadVideoAsync(DownloadVideoRequest request) {
        return runAsync(request, null);
    }

    /** {@link #downloadVideo(DownloadVideoRequest, Duration)}, without a thread that waits. */
    default CompletableFuture<Video> downloadVideoAsync(DownloadVideoRequest request, @Nullable Duration timeout) {
        return runAsync(request, timeout);
    }

    /**
     * Starts a verification, for one attempt within 30 minutes. Store what it gives before the person is sent on. It is never
     * sent twice: where no reply came, start anew.
     */
    default Started initialize(InitializeRequest request) {
        return run(request, null);
    }

    /** {@link #initialize(InitializeRequest)}, within that time. */
    default Started initialize(InitializeRequest request, @Nullable Duration timeout) {
        return run(request, timeout);
    }

    /** {@link #initialize(InitializeRequest)}, without a thread that waits. */
    default CompletableFuture<Started> initializeAsync(InitializeRequest request) {
        return runAsync(request, null);
    }

    /** {@link #initialize(InitializeRequest, Duration)}, without a thread that waits. */
    default CompletableFuture<Started> initializeAsync(InitializeRequest request, @Nullable Duration timeout) {
        return runAsync(request, timeout);
    }

    /** {@link #keepAlive(KeepAliveRequest)} with nothing but defaults. */
    default KeepAlive keepAlive() {
        return keepAlive(KeepAliveRequest.of());
    }

    /**
     * Does nothing but answer. It keeps a connection ready; the service advises one every 5 seconds where calls are rare.
     */
    default KeepAlive keepAlive(KeepAliveRequest request) {
        return run(request, null);
    }

    /** {@link #keepAlive(KeepAliveRequest)}, within that time. */
    default KeepAlive keepAlive(KeepAliveRequest request, @Nullable Duration timeout) {
        return run(request, timeout);
    }

    /** {@link #keepAlive(KeepAliveRequest)}, without a thread that waits. */
    default CompletableFuture<KeepAlive> keepAliveAsync(KeepAliveRequest request) {
        return runAsync(request, null);
    }

    /** {@link #keepAlive(KeepAliveRequest, Duration)}, without a thread that waits. */
    default CompletableFuture<KeepAlive> keepAliveAsync(KeepAliveRequest request, @Nullable Duration timeout) {
        return runAsync(request, timeout);
    }

    /**
     * Says where a verification stands, by CheckResult. Where that leaves it open, CheckVerifyLog is asked as well, within
     * the same call.
     */
    default Status status(StatusRequest request) {
        return run(request, null);
    }

    /** {@link #status(StatusRequest)}, within that time. */
    default Status status(StatusRequest request, @Nullable Duration timeout) {
        return run(request, timeout);
    }

    /** {@link #status(StatusRequest)}, without a thread that waits. */
    default CompletableFuture<Status> statusAsync(StatusRequest request) {
        return runAsync(request, null);
    }

    /** {@link #status(StatusRequest, Duration)}, without a thread that waits. */
    default CompletableFuture<Status> statusAsync(StatusRequest request, @Nullable Duration timeout) {
        return runAsync(request, timeout);
    }

    /**
     * Fetches what the end user did. The service has it about 30 minutes after the start, for 30 days, and only for products
     * with a client.
     */
    default VerifyLog verifyLog(VerifyLogRequest request) {
        return run(request, null);
    }

    /** {@link #verifyLog(VerifyLogRequest)}, within that time. */
    default VerifyLog verifyLog(VerifyLogRequest request, @Nullable Duration timeout) {
        return run(request, timeout);
    }

    /** {@link #verifyLog(VerifyLogRequest)}, without a thread that waits. */
    default CompletableFuture<VerifyLog> verifyLogAsync(VerifyLogRequest request) {
        return runAsync(request, null);
    }

    /** {@link #verifyLog(VerifyLogRequest, Duration)}, without a thread that waits. */
    default CompletableFuture<VerifyLog> verifyLogAsync(VerifyLogRequest request, @Nullable Duration timeout) {
        return runAsync(request, timeout);
    }
}
