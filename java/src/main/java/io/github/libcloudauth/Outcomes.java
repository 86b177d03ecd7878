package io.github.libcloudauth;

import java.lang.ref.Reference;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The outcomes of many calls, for one thread at a time. */
final class Outcomes implements Iterator<CheckOutcome>, AutoCloseable {
    /** How often the thread looks whether it was interrupted, while no outcome comes. */
    private static final long LOOK_UP_MILLISECONDS = 50;

    private final Handle handle;
    private final Long number = Callbacks.number();
    private final InFlight calls;
    private final Requests requests;
    private CheckOutcome next;
    private boolean ended;

    Outcomes(long client, InFlight calls, Iterable<CheckRequest> requests, ManyOptions options) {
        this.calls = calls;
        long timeout = WireWriter.timeLimit(options.timeout);
        calls.begin(number);
        try {
            long many = Reply.of(Native.manyNew(client, options.concurrency, options.ordered, timeout, number)).value(WireReader::number);
            handle = new Handle(this, "the stream of checkMany", many, Native::manyFree);
            this.requests = new Requests(many, requests);
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
        requests.close();
        calls.end(number);
        Log.deliver(number);
    }

    private CheckOutcome step() {
        requests.read();
        while (true) {
            Reply reply = Reply.of(VirtualThreads.block(() -> Native.manyNext(handle.number(), LOOK_UP_MILLISECONDS)));
            if (reply.isEnd()) {
                close();
                requests.rethrow();
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

    private CheckOutcome outcome(WireReader in) {
        long position = in.number();
        CheckRequest request = requests.answered(position);
        try {
            return new CheckOutcome(position, request, Reply.within(in).value(CheckResult::new), null);
        } catch (CloudAuthException error) {
            return new CheckOutcome(position, request, null, error);
        }
    }
}
