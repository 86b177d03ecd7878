package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.libcloudauth.testing.Emulator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Threads beside a call, and what becomes of calls that nobody waits for. */
class ThreadsTest {
    @Test
    void sixteenThreadsShareAClient() throws Exception {
        String[] codes = {"ekycpro200", "ekycpro212", "idocr200", "faceliveness233"};
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try (CloudAuthClient client = Shared.client()) {
            List<Future<Boolean>> calls = IntStream.range(0, 1600).mapToObj(number -> threads.submit(() -> {
                String code = codes[number % codes.length];
                CheckRequest request = CheckRequest.of("demo" + number, code);
                CheckResult result = number % 2 == 0 ? client.checkResult(request) : client.checkResultAsync(request).join();
                return result.subCode().orElseThrow().equals(code.substring(code.length() - 3));
            })).collect(Collectors.toList());
            for (Future<Boolean> call : calls) {
                assertTrue(call.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Milliseconds from an interrupt to the end of what it interrupts, the best of three: the machine may be busy. */
    private static long interruptedAfter(Consumer<CloudAuthClient> wait) throws Exception {
        long best = Long.MAX_VALUE;
        for (int turn = 0; turn < 3; turn++) {
            try (SilentServer silent = new SilentServer(); CloudAuthClient client = silent.client()) {
                AtomicBoolean still = new AtomicBoolean();
                Thread thread = new Thread(() -> {
                    CloudAuthException error = assertThrows(CloudAuthException.class, () -> wait.accept(client));
                    still.set(error.kind() == Kind.CANCELLED && Thread.currentThread().isInterrupted());
                });
                thread.start();
                silent.awaitRequest();
                long began = System.nanoTime();
                thread.interrupt();
                thread.join(10_000);
                best = Math.min(best, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
                assertTrue(still.get(), "cancelled, and still interrupted");
            }
        }
        return best;
    }

    @Test
    void anInterruptEndsACall() throws Exception {
        assertTrue(interruptedAfter(client -> client.checkResult(Shared.request("t"))) < 100);
        assertTrue(interruptedAfter(client -> client.call("Initialize", Map.of())) < 100);
        assertTrue(interruptedAfter(client -> client.checkMany(Collections.nCopies(3, Shared.request("t"))).count()) < 100);
    }

    @Test
    void cancellingAFutureDropsTheRequest() throws Exception {
        List<Consumer<CompletableFuture<CheckResult>>> ways = List.of(
            call -> call.cancel(true),
            call -> call.orTimeout(1, TimeUnit.MILLISECONDS),
            call -> call.completeExceptionally(new IllegalStateException("not any more")));
        for (Consumer<CompletableFuture<CheckResult>> way : ways) {
            try (SilentServer silent = new SilentServer(); CloudAuthClient client = silent.client()) {
                CompletableFuture<CheckResult> call = client.checkResultAsync(Shared.request("t"));
                silent.awaitRequest();
                assertFalse(call.isDone());
                way.accept(call);
                assertTrue(silent.awaitHangUp(5_000));
                assertTrue(call.isCompletedExceptionally());
            }
        }
        try (SilentServer silent = new SilentServer(); CloudAuthClient client = silent.client()) {
            CompletableFuture<CheckResult> call = client.checkResultAsync(Shared.request("t"));
            assertTrue(call.cancel(false));
            assertThrows(CancellationException.class, call::join);
            assertInstanceOf(TimeoutException.class, assertThrows(CompletionException.class,
                () -> client.checkResultAsync(Shared.request("t")).orTimeout(10, TimeUnit.MILLISECONDS).join()).getCause());
        }
        awaitNothingLive();
    }

    private static void awaitNothingLive() throws InterruptedException {
        for (int turn = 0; turn < 500 && Native.live() > 0; turn++) {
            Shared.collect();
        }
        assertEquals(0, Native.live());
    }

    /** What runs after a call may block: others are told of their calls all the same. */
    @Test
    void callbacksThatBlockStallNobody() {
        try (CloudAuthClient client = Shared.client()) {
            CompletableFuture<Void> gate = new CompletableFuture<>();
            List<CompletableFuture<Void>> blocked = IntStream.range(0, 20)
                .mapToObj(call -> client.checkResultAsync(Shared.request("ekycpro200")).thenAccept(result -> block(gate)))
                .collect(Collectors.toList());
            assertTrue(client.checkResultAsync(Shared.request("ekycpro200")).orTimeout(10, TimeUnit.SECONDS).join().passed().orElseThrow());
            gate.complete(null);
            blocked.forEach(CompletableFuture::join);
        }
    }

    /** On a thread of the library's; a future that is done already calls back on the test's own. */
    private static void block(CompletableFuture<Void> gate) {
        if (Thread.currentThread().getName().startsWith("cloudauth-callback-")) {
            gate.join();
        }
    }

    @Test
    void callbacksThatThrowStallNobody() {
        try (CloudAuthClient client = Shared.client()) {
            for (int turn = 0; turn < 50; turn++) {
                client.checkResultAsync(Shared.request("ekycpro200")).thenAccept(result -> {
                    throw new StackOverflowError();
                });
            }
            assertTrue(client.checkResultAsync(Shared.request("ekycpro200")).join().passed().orElseThrow());
        }
    }

    @Test
    void useAfterCloseFromOtherThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int turn = 0; turn < 50; turn++) {
                CloudAuthClient client = Shared.client();
                List<Future<?>> calls = new ArrayList<>();
                for (int call = 0; call < 16; call++) {
                    boolean later = call % 2 == 0;
                    calls.add(threads.submit(() -> {
                        try {
                            for (int again = 0; again < 5; again++) {
                                CheckRequest request = Shared.request("ekycpro200");
                                assertTrue((later ? client.checkResultAsync(request).join() : client.checkResult(request)).passed().orElseThrow());
                            }
                        } catch (IllegalStateException | CompletionException closed) {
                            Throwable cause = later ? closed.getCause() : closed;
                            assertTrue(cause instanceof IllegalStateException && cause.getMessage().contains("closed"), cause.toString());
                        }
                    }));
                }
                Thread.sleep(turn % 5);
                threads.execute(client::close);
                client.close();
                for (Future<?> call : calls) {
                    call.get();
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void theServerDiesInTheMiddleOfCalls() throws Exception {
        Emulator emulator = Emulator.start();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (CloudAuthClient client = emulator.client()) {
            AtomicInteger ended = new AtomicInteger();
            List<Future<Kind>> calls = new ArrayList<>();
            for (int call = 0; call < 8; call++) {
                boolean later = call % 2 == 0;
                calls.add(threads.submit(() -> {
                    while (true) {
                        try {
                            CheckRequest request = Shared.withImages("ekycpro200-256KiB");
                            CheckResult result = later ? client.checkResultAsync(request).join() : client.checkResult(request);
                            ended.incrementAndGet();
                            assertTrue(result.problems().isEmpty());
                        } catch (CompletionException wrapped) {
                            return ((CloudAuthException) wrapped.getCause()).kind();
                        } catch (CloudAuthException error) {
                            return error.kind();
                        }
                    }
                }));
            }
            while (ended.get() < 32) {
                Thread.sleep(5);
            }
            emulator.kill();
            for (Future<Kind> call : calls) {
                Kind kind = call.get(30, TimeUnit.SECONDS);
                assertTrue(kind == Kind.NETWORK || kind == Kind.PROTOCOL, "" + kind);
            }
        } finally {
            threads.shutdownNow();
            emulator.close();
        }
    }

    @Test
    void manyInOrderAndAsTheyCome() {
        List<CheckRequest> requests = IntStream.range(0, 5).boxed()
            .flatMap(turn -> Stream.of("ekycpro200", "idocr212", "errorInternalError", "x y")).map(Shared::request).collect(Collectors.toList());
        try (CloudAuthClient client = Shared.client()) {
            List<CheckOutcome> outcomes = client.checkMany(requests).collect(Collectors.toList());
            assertEquals(IntStream.range(0, 20).asLongStream().boxed().collect(Collectors.toList()),
                outcomes.stream().map(CheckOutcome::position).collect(Collectors.toList()));
            assertEquals(requests, outcomes.stream().map(CheckOutcome::request).collect(Collectors.toList()));
            assertEquals("212", outcomes.get(1).get().subCode().orElseThrow());
            assertEquals(Kind.UNAVAILABLE, outcomes.get(2).error().orElseThrow().kind());
            assertEquals(Kind.INVALID_ARGUMENT, assertThrows(CloudAuthException.class, outcomes.get(3)::get).kind());
            List<Long> asTheyCome = client.checkMany(requests, ManyOptions.defaults().ordered(false).concurrency(3))
                .map(CheckOutcome::position).sorted().collect(Collectors.toList());
            assertEquals(20, asTheyCome.stream().distinct().count());
            assertEquals(0, client.checkMany(List.of()).count());
        }
    }

    @Test
    void manyReadsNoMoreRequestsThanItCalls() throws Exception {
        AtomicInteger read = new AtomicInteger();
        Iterable<CheckRequest> requests = () -> Stream.generate(() -> {
            read.incrementAndGet();
            return Shared.request("ekycpro200");
        }).limit(1000).iterator();
        try (CloudAuthClient client = Shared.client()) {
            for (boolean ordered : new boolean[] {true, false}) {
                read.set(0);
                try (Stream<CheckOutcome> stream = client.checkMany(requests, ManyOptions.defaults().concurrency(4).ordered(ordered))) {
                    Iterator<CheckOutcome> outcomes = stream.iterator();
                    for (int taken = 1; taken < 50; taken++) {
                        outcomes.next();
                        assertTrue(read.get() <= taken + 4, read + " read, " + taken + " taken");
                    }
                }
            }
            assertEquals(1000, client.checkMany(requests).filter(outcome -> outcome.result().isPresent()).count());
        }
        awaitNothingLive();
    }
}
