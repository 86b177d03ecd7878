package io.github.libcloudauth;

import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
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
 * ends a call that blocks, within a tenth of a second, as kind {@code cancelled}; the thread stays interrupted.
 *
 * <p>Methods that give a future never throw: {@code null}, a closed client and whatever else is wrong fail the future. Cancelling
 * it ends its request. What comes after it runs on a thread kept for that, or by {@link CloudAuthClientBuilder#executor}; after a
 * future that is done already, on the thread that asks for it.
 */
public final class CloudAuthClient implements AutoCloseable {
    private final Handle handle;
    private final String endpoint;
    private final InFlight calls;
    private final Executor executor;
    /** What it had done when it was closed. */
    private Stats last;

    /** {@code options} are wiped; {@code source} and {@code executor} may be {@code null}. */
    CloudAuthClient(WireWriter options, Source source, Executor executor) {
        WireReader made = Reply.of(options.<Object[]>handOver(Native::clientNew)).value(in -> in);
        handle = new Handle(this, "a CloudAuthClient", made.number(), Native::clientFree);
        endpoint = made.text();
        calls = new InFlight(source);
        this.executor = executor;
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
        return checkResult(request, null);
    }

    /**
     * Fetches the outcome of one verification, within that time. Zero and less is a time that is over: the call ends as kind
     * {@code timeout}, and nothing is sent. {@code null} is the client's own limit.
     */
    public CheckResult checkResult(CheckRequest request, Duration timeout) {
        byte[] encoded = Objects.requireNonNull(request, "request").encoded();
        long limit = WireWriter.timeLimit(timeout);
        return block(number -> Native.checkResult(handle.number(), encoded, limit, number),
            number -> Native.startCheckResult(handle.number(), encoded, limit, number), CheckResult::new);
    }

    /** {@link #checkResult(CheckRequest)}, without a thread that waits. */
    public CompletableFuture<CheckResult> checkResultAsync(CheckRequest request) {
        return checkResultAsync(request, null);
    }

    /** {@link #checkResult(CheckRequest, Duration)}, without a thread that waits. */
    public CompletableFuture<CheckResult> checkResultAsync(CheckRequest request, Duration timeout) {
        return start(number -> {
            byte[] encoded = Objects.requireNonNull(request, "request").encoded();
            return Native.startCheckResult(handle.number(), encoded, WireWriter.timeLimit(timeout), number);
        }, CheckResult::new);
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
        byte[] encoded = Objects.requireNonNull(request, "request").encoded();
        byte[] wait = Objects.requireNonNull(options, "options").encoded();
        return block(number -> Native.waitForResult(handle.number(), encoded, wait, number),
            number -> Native.startWaitForResult(handle.number(), encoded, wait, number), CheckResult::new);
    }

    /** {@link #waitForResult(CheckRequest)}, without a thread that waits. */
    public CompletableFuture<CheckResult> waitForResultAsync(CheckRequest request) {
        return waitForResultAsync(request, WaitOptions.defaults());
    }

    /** {@link #waitForResult(CheckRequest, WaitOptions)}, without a thread that waits. Cancelling the future ends the wait. */
    public CompletableFuture<CheckResult> waitForResultAsync(CheckRequest request, WaitOptions options) {
        return start(number -> {
            byte[] encoded = Objects.requireNonNull(request, "request").encoded();
            byte[] wait = Objects.requireNonNull(options, "options").encoded();
            return Native.startWaitForResult(handle.number(), encoded, wait, number);
        }, CheckResult::new);
    }

    /**
     * Calls any operation of the API version, e.g. {@code Initialize}, and gives its reply as it came: a map of {@code Map},
     * {@code List}, {@code String}, {@code Boolean}, {@code Long}, {@code BigInteger}, {@code Double} and {@code null}.
     *
     * @param parameters at most 256, of 32 MiB together: a {@code String}, {@code Number}, {@code Boolean}, {@code List} or
     *     {@code Map} each. Lists and maps are sent as JSON, {@code null} is not sent
     */
    public Map<String, Object> call(String action, Map<String, ?> parameters) {
        return call(action, parameters, CallOptions.defaults());
    }

    /** {@link #call(String, Map)} within that time, as {@link #checkResult(CheckRequest, Duration)} takes it. */
    public Map<String, Object> call(String action, Map<String, ?> parameters, Duration timeout) {
        return call(action, parameters, CallOptions.defaults().timeout(timeout));
    }

    /** {@link #call(String, Map)} with options. */
    public Map<String, Object> call(String action, Map<String, ?> parameters, CallOptions options) {
        byte[] encoded = encoded(action, parameters, options);
        long limit = WireWriter.timeLimit(options.timeout);
        return block(number -> Native.call(handle.number(), encoded, limit, number),
            number -> Native.startCall(handle.number(), encoded, limit, number), in -> in.map(WireReader::value));
    }

    /** {@link #call(String, Map)}, without a thread that waits. */
    public CompletableFuture<Map<String, Object>> callAsync(String action, Map<String, ?> parameters) {
        return callAsync(action, parameters, CallOptions.defaults());
    }

    /** {@link #call(String, Map, Duration)}, without a thread that waits. */
    public CompletableFuture<Map<String, Object>> callAsync(String action, Map<String, ?> parameters, Duration timeout) {
        return callAsync(action, parameters, CallOptions.defaults().timeout(timeout));
    }

    /** {@link #call(String, Map, CallOptions)}, without a thread that waits. */
    public CompletableFuture<Map<String, Object>> callAsync(String action, Map<String, ?> parameters, CallOptions options) {
        return start(number -> {
            byte[] encoded = encoded(action, parameters, options);
            return Native.startCall(handle.number(), encoded, WireWriter.timeLimit(options.timeout), number);
        }, in -> in.map(WireReader::value));
    }

    /** A call that blocks: in native code, or, on a virtual thread, without holding what carries it. */
    private <T> T block(AsyncCall.Begin blocking, AsyncCall.Begin start, Function<WireReader, T> read) {
        Long number = Callbacks.number();
        calls.begin(number);
        try {
            Object[] outcome = VirtualThreads.isCurrent() ? VirtualThreads.await(number, start) : null;
            return Reply.of(outcome == null ? blocking.under(number) : outcome).value(read);
        } finally {
            calls.end(number);
            Reference.reachabilityFence(this);
        }
    }

    private <T> CompletableFuture<T> start(AsyncCall.Begin begin, Function<WireReader, T> read) {
        try {
            return AsyncCall.start(calls, executor, begin, read);
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
            Outcomes outcomes = new Outcomes(handle.number(), calls, requests.iterator(), options);
            int order = options.ordered ? Spliterator.ORDERED : 0;
            Spliterator<CheckOutcome> each = Spliterators.spliteratorUnknownSize(outcomes, order | Spliterator.NONNULL);
            return StreamSupport.stream(each, false).onClose(outcomes::close);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** What this client has done since it was made; once closed, what it had done by then. */
    public synchronized Stats stats() {
        try {
            return last != null ? last : Reply.of(Native.stats(handle.number())).value(Stats::new);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private synchronized void free() {
        try {
            last = stats();
        } finally {
            handle.close();
        }
    }

    /**
     * Takes no further calls, and lets go of the connections. It does not wait: calls under way may go on for ten seconds, and end
     * as kind {@code cancelled} then. Closing it again does nothing.
     */
    @Override
    public void close() {
        free();
        calls.close();
    }

    /**
     * Takes no further calls, waits so long at most for those under way, and ends the rest as kind {@code cancelled}, streams of
     * {@link #checkMany} included. An interrupt ends the waiting; the thread stays interrupted.
     *
     * @param timeout zero and less waits for none
     */
    public void close(Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        free();
        calls.close(timeout);
    }

    @Override
    public String toString() {
        return "CloudAuthClient[" + endpoint + "]";
    }

    private static byte[] encoded(String action, Map<String, ?> parameters, CallOptions options) {
        Objects.requireNonNull(parameters, "parameters");
        Objects.requireNonNull(options, "options");
        WireWriter out = new WireWriter().text("action", Objects.requireNonNull(action, "action")).flag(options.unchecked);
        parameters.forEach((name, value) ->
            out.text("parameter", Objects.requireNonNull(name, "parameters: a name")).value(name, value));
        return out.toBytes();
    }
}
