package io.github.libcloudauth;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Virtual threads, where the virtual machine has them. One that blocks in native code would hold its carrier. */
final class VirtualThreads {
    /** {@code Thread.isVirtual}; {@code null} before JDK 21. */
    private static final MethodHandle IS_VIRTUAL = isVirtual();

    private VirtualThreads() {}

    private static MethodHandle isVirtual() {
        try {
            return MethodHandles.publicLookup().findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
        } catch (ReflectiveOperationException absent) {
            return null;
        }
    }

    /** Whether this thread is one. */
    static boolean isCurrent() {
        try {
            return IS_VIRTUAL != null && (boolean) IS_VIRTUAL.invokeExact(Thread.currentThread());
        } catch (Throwable refused) {
            return false;
        }
    }

    /**
     * A call that does not block, awaited: its outcome; {@code null} where no thread can be had that would tell of it. An
     * interrupt cancels the call.
     */
    static Object[] await(Long number, AsyncCall.Begin begin) {
        CountDownLatch arrived = new CountDownLatch(1);
        Callbacks.Pending call = new Callbacks.Pending() {
            @Override
            public void arrived() {
                arrived.countDown();
            }

            @Override
            public boolean runsHostCode() {
                return false;
            }
        };
        try {
            if (!Callbacks.expect(number, call)) {
                return null;
            }
            Reply.of(begin.under(number)).check();
            boolean interrupted = false;
            while (true) {
                try {
                    arrived.await();
                    break;
                } catch (InterruptedException signal) {
                    interrupted = true;
                    Native.cancel(number);
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return Native.outcome(number);
        } finally {
            if (Callbacks.forget(number)) {
                Native.cancel(number);
            } else {
                Native.discard(number);
            }
        }
    }

    /** Runs {@code call}, which blocks in native code, on a thread on which it may. An interrupt ends the waiting. */
    static Object[] block(Supplier<Object[]> call) {
        if (!isCurrent()) {
            return call.get();
        }
        try {
            return CompletableFuture.supplyAsync(call, Platform.THREADS).get();
        } catch (InterruptedException signal) {
            Thread.currentThread().interrupt();
            throw CloudAuthException.cancelled("the thread was interrupted");
        } catch (ExecutionException thrown) {
            throw unchecked(thrown.getCause());
        }
    }

    /** Makes a call that blocks in native code, on a thread on which it may. An interrupt cancels it; it is waited for all the same. */
    static Object[] block(Long number, AsyncCall.Begin call) {
        if (!isCurrent()) {
            return call.under(number);
        }
        CompletableFuture<Object[]> outcome = new CompletableFuture<>();
        elsewhere(() -> {
            try {
                outcome.complete(call.under(number));
            } catch (Throwable thrown) {
                outcome.completeExceptionally(thrown);
            }
        });
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return outcome.get();
                } catch (InterruptedException signal) {
                    interrupted = true;
                    Native.cancel(number);
                } catch (ExecutionException thrown) {
                    throw unchecked(thrown.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Runs what blocks in native code. */
    static void elsewhere(Runnable work) {
        try {
            Platform.THREADS.execute(work);
        } catch (OutOfMemoryError none) {
            throw Callbacks.noThread();
        }
    }

    private static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error) {
            throw (Error) thrown;
        }
        return (RuntimeException) thrown;
    }

    /** Threads to block on, which go two seconds after they were last needed. */
    private static final class Platform {
        private static final ExecutorService THREADS = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 2, TimeUnit.SECONDS,
            new SynchronousQueue<>(), work -> CleanThread.of(work, "cloudauth-stream"));
    }
}
