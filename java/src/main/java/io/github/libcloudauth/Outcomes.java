package io.github.libcloudauth;

import java.lang.ref.Reference;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;

/** The outcomes of many calls, for one thread at a time. Requests are read as calls become due. */
final class Outcomes implements Iterator<CheckOutcome>, AutoCloseable {
    /** How often the thread looks whether it was interrupted, while no outcome comes. */
    private static final long LOOK_UP_MILLISECONDS = 50;

    private final Handle handle;
    private final Long number = Callbacks.number();
    private final InFlight calls;
    private final long concurrency;
    private final Iterator<CheckRequest> requests;
    private final Map<Long, CheckRequest> underWay = new HashMap<>();
    private long given;
    private CheckOutcome next;
    private boolean ended;

    Outcomes(long client, InFlight calls, Iterator<CheckRequest> requests, ManyOptions options) {
        this.requests = requests;
        this.calls = calls;
        long timeout = WireWriter.timeLimit(options.timeout);
        calls.begin(number);
        try {
            long[] made = Reply.of(Native.manyNew(client, options.concurrency, options.ordered, timeout, number))
                .value(in -> new long[] {in.number(), in.number()});
            handle = new Handle(this, "the stream of checkMany", made[0], Native::manyFree);
            concurrency = made[1];
        } catch (Throwable refused) {
            calls.end(number);
            throw refused;
        }
    }

    @Override
    public boolean hasNext() {
        if (next == null && !ended) {
            try {
                next = step();
            } catch (RuntimeException | Error thrown) {
                close();
                throw thrown;
            } finally {
                Log.deliver();
                Reference.reachabilityFence(this);
            }
        }
        return next != null;
    }

    @Override
    public CheckOutcome next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        CheckOutcome outcome = next;
        next = null;
        return outcome;
    }

    /** Ends the calls under way. */
    @Override
    public void close() {
        ended = true;
        handle.close();
        calls.end(number);
    }

    private CheckOutcome step() {
        fill();
        while (true) {
            Reply reply = Reply.of(VirtualThreads.block(() -> Native.manyNext(handle.number(), LOOK_UP_MILLISECONDS)));
            if (reply.isEnd()) {
                close();
                return null;
            }
            if (!reply.isWaiting()) {
                return reply.value(this::outcome);
            }
            if (Thread.currentThread().isInterrupted()) {
                throw CloudAuthException.cancelled("the thread was interrupted");
            }
        }
    }

    /** As many requests as the native library will take in its next step, and no more: to it, an empty feed is the end. */
    private void fill() {
        while (underWay.size() < concurrency && requests.hasNext()) {
            CheckRequest request = Objects.requireNonNull(requests.next(), "requests: item " + given);
            Reply.of(Native.manyGive(handle.number(), request.encoded())).check();
            underWay.put(given++, request);
        }
    }

    private CheckOutcome outcome(WireReader in) {
        long position = in.number();
        CheckRequest request = underWay.remove(position);
        try {
            return new CheckOutcome(position, request, Reply.within(in).value(CheckResult::new), null);
        } catch (CloudAuthException error) {
            return new CheckOutcome(position, request, null, error);
        }
    }
}
