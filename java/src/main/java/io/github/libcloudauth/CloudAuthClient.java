package io.github.libcloudauth;

import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Calls ID Verification. Meant to be shared by all threads: make one, keep it, close it at the end.
 *
 * <pre>{@code
 * try (CloudAuthClient client = CloudAuthClient.builder().region("ap-southeast-1").build()) {
 *     CheckResult result = client.checkResult(CheckRequest.builder("biz", "transaction").returnImage(true).build());
 * }
 * }</pre>
 *
 * <p>Calls throw {@link CloudAuthException}, and {@link IllegalStateException} once the client is closed. {@link Thread#interrupt}
 * ends a call that blocks, within a tenth of a second, as kind {@code cancelled}; the thread stays interrupted. Cancelling a
 * future ends its request. What runs after a future runs on a thread kept for that.
 */
public final class CloudAuthClient implements AutoCloseable {
    private final Handle handle;
    private final String endpoint;

    CloudAuthClient(byte[] options) {
        WireReader made = Reply.of(Native.clientNew(options)).value(in -> in);
        handle = new Handle(this, "a CloudAuthClient", made.number(), Native::clientFree);
        endpoint = made.text();
    }

    /** A client with every default: region or endpoint, and keys, from the environment. */
    public static CloudAuthClientBuilder builder() {
        return new CloudAuthClientBuilder();
    }

    /** Where it calls: scheme, host and port. */
    public String endpoint() {
        return endpoint;
    }

    /** Fetches the outcome of one verification. */
    public CheckResult checkResult(CheckRequest request) {
        return checkResult(request, Duration.ZERO);
    }

    /** Fetches the outcome of one verification, within that time; zero for the client's own limit. */
    public CheckResult checkResult(CheckRequest request, Duration timeout) {
        Objects.requireNonNull(request, "request");
        long limit = WireWriter.nanoseconds(Objects.requireNonNull(timeout, "timeout"));
        try {
            return Reply.of(Native.checkResult(handle.number(), request.encoded(), limit)).value(CheckResult::new);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** {@link #checkResult(CheckRequest)}, without a thread that waits. */
    public CompletableFuture<CheckResult> checkResultAsync(CheckRequest request) {
        return checkResultAsync(request, Duration.ZERO);
    }

    /** {@link #checkResult(CheckRequest, Duration)}, without a thread that waits. */
    public CompletableFuture<CheckResult> checkResultAsync(CheckRequest request, Duration timeout) {
        Objects.requireNonNull(request, "request");
        long limit = WireWriter.nanoseconds(Objects.requireNonNull(timeout, "timeout"));
        try {
            return Callbacks.start(
                number -> Native.startCheckResult(handle.number(), request.encoded(), limit, number), CheckResult::new);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** {@link #waitForResult(CheckRequest, WaitOptions)} with every default. */
    public CheckResult waitForResult(CheckRequest request) {
        return waitForResult(request, WaitOptions.defaults());
    }

    /**
     * Fetches the outcome of one verification, again and again until the person has finished, with growing pauses. Each call has
     * the client's own limit.
     *
     * @throws CloudAuthException of kind {@code not_completed} where the time was over first; any other kind ends the wait at once
     */
    public CheckResult waitForResult(CheckRequest request, WaitOptions options) {
        Objects.requireNonNull(request, "request");
        byte[] wait = Objects.requireNonNull(options, "options").encoded();
        try {
            return Reply.of(Native.waitForResult(handle.number(), request.encoded(), wait)).value(CheckResult::new);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** {@link #waitForResult(CheckRequest)}, without a thread that waits. */
    public CompletableFuture<CheckResult> waitForResultAsync(CheckRequest request) {
        return waitForResultAsync(request, WaitOptions.defaults());
    }

    /** {@link #waitForResult(CheckRequest, WaitOptions)}, without a thread that waits. Cancelling the future ends the wait. */
    public CompletableFuture<CheckResult> waitForResultAsync(CheckRequest request, WaitOptions options) {
        Objects.requireNonNull(request, "request");
        byte[] wait = Objects.requireNonNull(options, "options").encoded();
        try {
            return Callbacks.start(
                number -> Native.startWaitForResult(handle.number(), request.encoded(), wait, number), CheckResult::new);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Calls any operation of the API version, e.g. {@code Initialize}, and gives its reply as it came: a map of {@code Map},
     * {@code List}, {@code String}, {@code Boolean}, {@code Long}, {@code BigInteger}, {@code Double} and {@code null}.
     * A call has at most 256 parameters, of 32 MiB together.
     */
    public Map<String, Object> call(String action, Map<String, String> parameters) {
        return call(action, parameters, Duration.ZERO);
    }

    /** {@link #call(String, Map)} within that time; zero for the client's own limit. */
    public Map<String, Object> call(String action, Map<String, String> parameters, Duration timeout) {
        byte[] encoded = encoded(action, parameters);
        long limit = WireWriter.nanoseconds(Objects.requireNonNull(timeout, "timeout"));
        try {
            return Reply.of(Native.call(handle.number(), encoded, limit)).value(in -> in.map(WireReader::value));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** {@link #call(String, Map)}, without a thread that waits. */
    public CompletableFuture<Map<String, Object>> callAsync(String action, Map<String, String> parameters) {
        return callAsync(action, parameters, Duration.ZERO);
    }

    /** {@link #call(String, Map, Duration)}, without a thread that waits. */
    public CompletableFuture<Map<String, Object>> callAsync(String action, Map<String, String> parameters, Duration timeout) {
        byte[] encoded = encoded(action, parameters);
        long limit = WireWriter.nanoseconds(Objects.requireNonNull(timeout, "timeout"));
        try {
            return Callbacks.start(
                number -> Native.startCall(handle.number(), encoded, limit, number), in -> in.map(WireReader::value));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** {@link #checkMany(Iterable, ManyOptions)} with every default. */
    public Stream<CheckOutcome> checkMany(Iterable<CheckRequest> requests) {
        return checkMany(requests, ManyOptions.defaults());
    }

    /**
     * Makes many calls, a bounded number at a time, and gives each outcome as the stream is read. A failed call is an outcome,
     * too. Requests are read as calls become due, so millions of them are fine. Close the stream unless it is read to its end:
     * that ends the calls under way. It is read by one thread at a time.
     */
    public Stream<CheckOutcome> checkMany(Iterable<CheckRequest> requests, ManyOptions options) {
        Objects.requireNonNull(requests, "requests");
        Objects.requireNonNull(options, "options");
        try {
            Outcomes outcomes = new Outcomes(handle.number(), requests.iterator(), options);
            int order = options.ordered ? Spliterator.ORDERED : 0;
            Spliterator<CheckOutcome> each = Spliterators.spliteratorUnknownSize(outcomes, order | Spliterator.NONNULL);
            return StreamSupport.stream(each, false).onClose(outcomes::close);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** What this client has done since it was made. */
    public Stats stats() {
        try {
            return Reply.of(Native.stats(handle.number())).value(Stats::new);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** Lets go of the connections. Calls under way go on; closing it again does nothing. */
    @Override
    public void close() {
        handle.close();
    }

    @Override
    public String toString() {
        return "CloudAuthClient[" + endpoint + "]";
    }

    private static byte[] encoded(String action, Map<String, String> parameters) {
        Objects.requireNonNull(parameters, "parameters");
        WireWriter out = new WireWriter().text("action", Objects.requireNonNull(action, "action"));
        parameters.forEach((name, value) -> {
            Objects.requireNonNull(name, "parameters: a name");
            out.text("parameter", name).text(name, Objects.requireNonNull(value, () -> "parameters: " + name));
        });
        return out.toBytes();
    }
}
