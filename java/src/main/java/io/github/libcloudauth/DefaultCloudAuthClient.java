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
import org.jspecify.annotations.Nullable;

/** The client that calls by the native library. */
final class DefaultCloudAuthClient implements CloudAuthClient {
    private final Handle handle;
    private final String endpoint;
    private final InFlight calls;
    private final Executor executor;
    /** What it had done when it was closed. */
    private Stats last;

    /** {@code options} are wiped; all others may be {@code null}. */
    DefaultCloudAuthClient(WireWriter options, Source source, Events.Listener listener, Limits limiter, Executor executor) {
        WireReader made = Reply.of(options.<Object[]>handOver(Native::clientNew)).value(in -> in);
        handle = new Handle(this, "a CloudAuthClient", made.number(), Native::clientFree);
        endpoint = made.text();
        calls = new InFlight(source, listener, limiter);
        this.executor = executor;
    }

    @Override
    public String endpoint() {
        return endpoint;
    }

    @Override
    public CheckResult checkResult(CheckRequest request, @Nullable Duration timeout) {
        byte[] encoded = Objects.requireNonNull(request, "request").encoded();
        long limit = WireWriter.timeLimit(timeout);
        return block(number -> Native.checkResult(handle.number(), encoded, limit, number),
            number -> Native.startCheckResult(handle.number(), encoded, limit, number), CheckResult::new);
    }

    @Override
    public CompletableFuture<CheckResult> checkResultAsync(CheckRequest request, @Nullable Duration timeout) {
        return start(number -> {
            byte[] encoded = Objects.requireNonNull(request, "request").encoded();
            return Native.startCheckResult(handle.number(), encoded, WireWriter.timeLimit(timeout), number);
        }, CheckResult::new);
    }

    @Override
    public CheckResult waitForResult(CheckRequest request, WaitOptions options) {
        byte[] encoded = Objects.requireNonNull(request, "request").encoded();
        byte[] wait = Objects.requireNonNull(options, "options").encoded();
        return block(number -> Native.waitForResult(handle.number(), encoded, wait, number),
            number -> Native.startWaitForResult(handle.number(), encoded, wait, number), CheckResult::new);
    }

    @Override
    public CompletableFuture<CheckResult> waitForResultAsync(CheckRequest request, WaitOptions options) {
        return start(number -> {
            byte[] encoded = Objects.requireNonNull(request, "request").encoded();
            byte[] wait = Objects.requireNonNull(options, "options").encoded();
            return Native.startWaitForResult(handle.number(), encoded, wait, number);
        }, CheckResult::new);
    }

    @Override
    public Map<String, @Nullable Object> call(String action, Map<String, ?> parameters, CallOptions options) {
        byte[] encoded = encoded(action, parameters, options);
        long limit = WireWriter.timeLimit(options.timeout);
        return block(number -> Native.call(handle.number(), encoded, limit, number),
            number -> Native.startCall(handle.number(), encoded, limit, number), in -> in.map(WireReader::value));
    }

    @Override
    public CompletableFuture<Map<String, @Nullable Object>> callAsync(String action, Map<String, ?> parameters, CallOptions options) {
        return start(number -> {
            byte[] encoded = encoded(action, parameters, options);
            return Native.startCall(handle.number(), encoded, WireWriter.timeLimit(options.timeout), number);
        }, in -> in.map(WireReader::value));
    }

    @Override
    public <T> T run(TypedRequest<T> request, @Nullable Duration timeout) {
        byte[] encoded = Objects.requireNonNull(request, "request").encoded();
        long limit = WireWriter.timeLimit(timeout);
        AsyncCall.Begin blocking = number -> Native.run(handle.number(), encoded, limit, number);
        Transfer transfer = request.transfer();
        if (transfer == null) {
            return block(blocking, number -> Native.startRun(handle.number(), encoded, limit, number), request::read);
        }
        return transfer(number -> transfer.during(blocking, number), request::read);
    }

    @Override
    public <T> CompletableFuture<T> runAsync(TypedRequest<T> request, @Nullable Duration timeout) {
        Transfer transfer = request == null ? null : request.transfer();
        if (transfer != null) {
            long limit = WireWriter.timeLimit(timeout);
            AsyncCall.Begin blocking = number -> Native.run(handle.number(), request.encoded(), limit, number);
            Log.listen();
            return AsyncCall.make(calls, executor, number -> transfer.during(blocking, number), request::read);
        }
        return start(number -> {
            byte[] encoded = Objects.requireNonNull(request, "request").encoded();
            return Native.startRun(handle.number(), encoded, WireWriter.timeLimit(timeout), number);
        }, in -> request.read(in));
    }

    /** A call that blocks: in native code, or, on a virtual thread, without holding what carries it. */
    private <T> T block(AsyncCall.Begin blocking, AsyncCall.Begin start, Function<WireReader, T> read) {
        Long number = Callbacks.number();
        calls.begin(number);
        Log.listen();
        try {
            Object[] outcome = VirtualThreads.isCurrent() ? VirtualThreads.await(number, start) : null;
            return Reply.of(outcome == null ? blocking.under(number) : outcome).value(read);
        } finally {
            calls.end(number);
            Log.deliver(number);
            Reference.reachabilityFence(this);
        }
    }

    /** A call that blocks and calls the host's code meanwhile: on this thread, unless it is a virtual one. */
    private <T> T transfer(AsyncCall.Begin call, Function<WireReader, T> read) {
        Long number = Callbacks.number();
        calls.begin(number);
        Log.listen();
        try {
            return Reply.of(VirtualThreads.block(number, call)).value(read);
        } finally {
            calls.end(number);
            Log.deliver(number);
            Reference.reachabilityFence(this);
        }
    }

    private <T> CompletableFuture<T> start(AsyncCall.Begin begin, Function<WireReader, T> read) {
        Log.listen();
        try {
            return AsyncCall.start(calls, executor, begin, read);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public Stream<CheckOutcome> checkMany(Iterable<CheckRequest> requests, ManyOptions options) {
        Objects.requireNonNull(requests, "requests");
        Objects.requireNonNull(options, "options");
        Log.listen();
        try {
            Outcomes outcomes = new Outcomes(handle.number(), calls, requests, options);
            int order = options.ordered ? Spliterator.ORDERED : 0;
            Spliterator<CheckOutcome> each = Spliterators.spliteratorUnknownSize(outcomes, order | Spliterator.NONNULL);
            return StreamSupport.stream(each, false).onClose(outcomes::close);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void connectAhead() {
        try {
            Reply.of(Native.connectAhead(handle.number())).check();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
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

    @Override
    public void close() {
        free();
        calls.close();
    }

    @Override
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
