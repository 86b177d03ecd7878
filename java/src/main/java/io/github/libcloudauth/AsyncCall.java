package io.github.libcloudauth;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** A call that does not block, and its future. */
final class AsyncCall<T> extends CompletableFuture<T> implements Callbacks.Pending {
    /** Milliseconds to wait for room on the heap before an outcome is given up. */
    private static final long[] PAUSES = {10, 50, 200};

    private final Long number = Callbacks.number();
    private final Function<WireReader, T> read;
    private final InFlight calls;
    private final Executor executor;
    /** The outcome, once it was fetched. */
    private Object[] message;

    private AsyncCall(Function<WireReader, T> read, InFlight calls, Executor executor) {
        this.read = read;
        this.calls = calls;
        this.executor = executor;
    }

    /** Begins a call under a number, as {@code begin} does. Whatever keeps it from that fails the future. */
    static <T> CompletableFuture<T> start(InFlight calls, Executor executor, Begin begin, Function<WireReader, T> read) {
        AsyncCall<T> call = new AsyncCall<>(read, calls, executor);
        // Cancelled, timed out or completed by the host: nobody waits for the outcome.
        call.whenComplete((result, error) -> call.abandon());
        try {
            calls.begin(call.number);
            if (!Callbacks.expect(call.number, call)) {
                throw Callbacks.noThread();
            }
            Reply.of(begin.under(call.number)).check();
            return call;
        } catch (Throwable refused) {
            call.abandon();
            calls.end(call.number);
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** Makes a call that blocks, on a thread kept for that. It is cancelled with its future, and ends once it has returned. */
    static <T> CompletableFuture<T> make(InFlight calls, Executor executor, Begin blocking, Function<WireReader, T> read) {
        AsyncCall<T> call = new AsyncCall<>(read, calls, executor);
        call.whenComplete((result, error) -> Native.cancel(call.number));
        try {
            calls.begin(call.number);
            VirtualThreads.elsewhere(() -> call.make(blocking));
            return call;
        } catch (Throwable refused) {
            calls.end(call.number);
            return CompletableFuture.failedFuture(refused);
        }
    }

    private void make(Begin blocking) {
        try {
            message = isDone() ? null : blocking.under(number);
        } catch (Throwable refused) {
            completeExceptionally(refused);
        }
        if (message != null) {
            arrived();
        } else {
            calls.end(number);
        }
    }

    interface Begin {
        Object[] under(long number);
    }

    private void abandon() {
        if (Callbacks.forget(number)) {
            calls.end(number);
            Native.cancel(number);
        }
    }

    @Override
    public boolean runsHostCode() {
        return true;
    }

    @Override
    public void arrived() {
        T value = null;
        Throwable failure = null;
        for (int turn = 0; turn <= PAUSES.length; turn++) {
            try {
                message = message == null ? Native.outcome(number) : message;
                value = Reply.of(message).value(read);
                failure = null;
                break;
            } catch (OutOfMemoryError full) {
                failure = full;
                if (turn < PAUSES.length) {
                    Callbacks.pause(PAUSES[turn]);
                }
            } catch (Throwable refused) {
                failure = refused;
                break;
            }
        }
        calls.end(number);
        Log.deliver(number);
        if (executor == null || !handedOver(value, failure)) {
            settle(value, failure);
        }
        if (message == null) {
            Native.discard(number);
        }
        message = null;
    }

    /** False where the executor does not take it: rather than be lost, it is settled on this thread. */
    private boolean handedOver(T value, Throwable failure) {
        try {
            executor.execute(() -> settle(value, failure));
            return true;
        } catch (Throwable refused) {
            Callbacks.complain(refused);
            return false;
        }
    }

    /** Runs what comes after it, too. Where the heap is full, that is not lost either: completing it again goes on with the rest. */
    private void settle(T value, Throwable failure) {
        while (true) {
            try {
                if (failure == null) {
                    complete(value);
                } else {
                    completeExceptionally(failure);
                }
                return;
            } catch (OutOfMemoryError full) {
                Callbacks.pause(PAUSES[0]);
            } catch (Throwable uncaught) {
                Callbacks.complain(uncaught);
                return;
            }
        }
    }
}
