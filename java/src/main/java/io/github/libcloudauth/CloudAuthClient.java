package io.github.libcloudauth;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Calls ID Verification. Meant to be shared by all threads: make one, keep it, close it at the end. An interface, so that tests
 * can mock it and programs can wrap it; later versions may add methods.
 *
 * <pre>{@code
 * try (CloudAuthClient client = CloudAuthClient.builder().region("ap-southeast-1").build()) {
 *     CheckResult result = client.checkResult(CheckRequest.builder("biz", "transaction").returnImage(true).build());
 * }
 * }</pre>
 *
 * <p>Calls throw {@link CloudAuthException}, and {@link IllegalStateException} once the client is closed. {@link Thread#interrupt}
 * ends a call that blocks, within a tenth of a second, as kind {@code cancelled}; the thread stays interrupted.
 *
 * <p>Methods that give a future never throw: {@code null}, a closed client and whatever else is wrong fail the future. Cancelling
 * it ends its request. What comes after it runs on a thread kept for that, or by {@link CloudAuthClientBuilder#executor}; after a
 * future that is done already, on the thread that asks for it.
 */
public interface CloudAuthClient extends TypedOperations, AutoCloseable {
    /** A client with every default: region or endpoint, and keys, from the environment. */
    static CloudAuthClient create() {
        return builder().build();
    }

    /** Options of a client. */
    static CloudAuthClientBuilder builder() {
        return new CloudAuthClientBuilder();
    }

    /** Where it calls: scheme, host and port. */
    String endpoint();

    /** Fetches the outcome of one verification. */
    default CheckResult checkResult(CheckRequest request) {
        return checkResult(request, null);
    }

    /**
     * Fetches the outcome of one verification, within that time. Zero and less is a time that is over: the call ends as kind
     * {@code timeout}, and nothing is sent. {@code null} is the client's own limit.
     */
    CheckResult checkResult(CheckRequest request, @Nullable Duration timeout);

    /** {@link #checkResult(CheckRequest)}, without a thread that waits. */
    default CompletableFuture<CheckResult> checkResultAsync(CheckRequest request) {
        return checkResultAsync(request, null);
    }

    /** {@link #checkResult(CheckRequest, Duration)}, without a thread that waits. */
    CompletableFuture<CheckResult> checkResultAsync(CheckRequest request, @Nullable Duration timeout);

    /** {@link #waitForResult(CheckRequest, WaitOptions)} with every default. */
    default CheckResult waitForResult(CheckRequest request) {
        return waitForResult(request, WaitOptions.defaults());
    }

    /**
     * Fetches the outcome of one verification, again and again until the person has finished, with growing pauses. Each call has
     * the client's own limit.
     *
     * @throws CloudAuthException of kind {@code not_completed} where the time was over first; any other kind ends the wait at once
     */
    CheckResult waitForResult(CheckRequest request, WaitOptions options);

    /** {@link #waitForResult(CheckRequest)}, without a thread that waits. */
    default CompletableFuture<CheckResult> waitForResultAsync(CheckRequest request) {
        return waitForResultAsync(request, WaitOptions.defaults());
    }

    /** {@link #waitForResult(CheckRequest, WaitOptions)}, without a thread that waits. Cancelling the future ends the wait. */
    CompletableFuture<CheckResult> waitForResultAsync(CheckRequest request, WaitOptions options);

    /**
     * Calls any operation of the API version, e.g. {@code Initialize}, and gives its reply as it came: a map of {@code Map},
     * {@code List}, {@code String}, {@code Boolean}, {@code Long}, {@code BigInteger}, {@code Double} and {@code null}.
     *
     * @param parameters at most 256, of 32 MiB together: a {@code String}, {@code Number}, {@code Boolean}, {@code List} or
     *     {@code Map} each. Lists and maps are sent as JSON, {@code null} is not sent
     */
    default Map<String, @Nullable Object> call(String action, Map<String, ?> parameters) {
        return call(action, parameters, CallOptions.defaults());
    }

    /** {@link #call(String, Map)} within that time, as {@link #checkResult(CheckRequest, Duration)} takes it. */
    default Map<String, @Nullable Object> call(String action, Map<String, ?> parameters, @Nullable Duration timeout) {
        return call(action, parameters, CallOptions.defaults().timeout(timeout));
    }

    /** {@link #call(String, Map)} with options. */
    Map<String, @Nullable Object> call(String action, Map<String, ?> parameters, CallOptions options);

    /** {@link #call(String, Map)}, without a thread that waits. */
    default CompletableFuture<Map<String, @Nullable Object>> callAsync(String action, Map<String, ?> parameters) {
        return callAsync(action, parameters, CallOptions.defaults());
    }

    /** {@link #call(String, Map, Duration)}, without a thread that waits. */
    default CompletableFuture<Map<String, @Nullable Object>> callAsync(String action, Map<String, ?> parameters, @Nullable Duration timeout) {
        return callAsync(action, parameters, CallOptions.defaults().timeout(timeout));
    }

    /** {@link #call(String, Map, CallOptions)}, without a thread that waits. */
    CompletableFuture<Map<String, @Nullable Object>> callAsync(String action, Map<String, ?> parameters, CallOptions options);

    /** {@link #checkMany(Iterable, ManyOptions)} with every default. */
    default Stream<CheckOutcome> checkMany(Iterable<CheckRequest> requests) {
        return checkMany(requests, ManyOptions.defaults());
    }

    /**
     * Makes many calls, a bounded number at a time, and gives each outcome as the stream is read. A failed call is an outcome,
     * too, and so is a request that is wrong; the outcome's error names it by its position. Requests are read as calls become due,
     * so millions of them are fine: those of a collection on the thread that reads the stream, others on a thread of their own,
     * which a closed stream interrupts. What their source throws is thrown after the outcomes. Close the stream unless it is read to its
     * end: that ends the calls under way. It is read by one thread at a time.
     */
    Stream<CheckOutcome> checkMany(Iterable<CheckRequest> requests, ManyOptions options);

    /**
     * Says that a call is near, such as when a callback comes: opens a connection in the background, unless one is ready, so that the
     * call need not wait for DNS, TCP and TLS. Returns at once. A connection that cannot be made is counted in {@link #stats()}, and
     * has no other effect.
     */
    void connectAhead();

    /** What this client has done since it was made; once closed, what it had done by then. */
    Stats stats();

    /**
     * Takes no further calls, and lets go of the connections. It does not wait: calls under way may go on for ten seconds, and end
     * as kind {@code cancelled} then. Closing it again does nothing.
     */
    @Override
    void close();

    /**
     * Takes no further calls, waits so long at most for those under way, and ends the rest as kind {@code cancelled}, streams of
     * {@link #checkMany} included. An interrupt ends the waiting; the thread stays interrupted.
     *
     * @param timeout zero and less waits for none
     */
    void close(Duration timeout);
}
