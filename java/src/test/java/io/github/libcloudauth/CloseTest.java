package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Finding J11: what is under way when a client is closed. */
class CloseTest {
    private static List<CompletableFuture<CheckResult>> waits(CloudAuthClient client, int count) throws InterruptedException {
        List<CompletableFuture<CheckResult>> waits = new ArrayList<>();
        for (int person = 0; person < count; person++) {
            waits.add(client.waitForResultAsync(Shared.request("pending1000-no" + person)));
        }
        for (int turn = 0; client.stats().requests() < count; turn++) {
            assertTrue(turn < 5000, "the requests do not come");
            Thread.sleep(2);
        }
        return waits;
    }

    private static void areCancelled(List<CompletableFuture<CheckResult>> calls) {
        for (CompletableFuture<CheckResult> call : calls) {
            Throwable cause = assertThrows(CompletionException.class, () -> call.orTimeout(10, TimeUnit.SECONDS).join()).getCause();
            assertEquals(Kind.CANCELLED, ((CloudAuthException) cause).kind());
        }
    }

    private static long millisecondsSince(long began) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    // Finding E8's twin: a closed client threw.
    @Test
    void aClosedClientKeepsItsFigures() {
        CloudAuthClient client = Shared.client();
        client.checkResult(Shared.request("ekycpro200"));
        client.close();
        client.close();
        assertEquals(1, client.stats().succeeded());
    }

    @Test
    void closeWithATimeCancelsWhatRemains() throws InterruptedException {
        CloudAuthClient client = Shared.client();
        List<CompletableFuture<CheckResult>> waits = waits(client, 50);
        long began = System.nanoTime();
        client.close(Duration.ofMillis(300));
        long took = millisecondsSince(began);
        assertTrue(took >= 300 && took < 3_000, took + " ms");
        areCancelled(waits);
        client.close(Duration.ZERO);
        client.close();
    }

    @Test
    void closeWithATimeWaitsNoLongerThanItMust() throws InterruptedException {
        CloudAuthClient client = Shared.client();
        List<CompletableFuture<CheckResult>> calls = new ArrayList<>();
        for (int call = 0; call < 50; call++) {
            calls.add(client.checkResultAsync(Shared.request("ekycpro200")));
        }
        long began = System.nanoTime();
        client.close(Duration.ofSeconds(Long.MAX_VALUE));
        assertTrue(millisecondsSince(began) < 10_000);
        calls.forEach(call -> assertTrue(call.orTimeout(5, TimeUnit.SECONDS).join().passed().orElseThrow()));
    }

    @Test
    void callsThatBlockAndStreamsAreCancelledToo() throws Exception {
        try (SilentServer silent = new SilentServer()) {
            CloudAuthClient client = silent.client();
            List<AtomicReference<Throwable>> outcomes = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            List<Runnable> calls = List.of(() -> client.checkResult(Shared.request("t")), () -> client.waitForResult(Shared.request("t")),
                () -> {
                    try (Stream<CheckOutcome> stream = client.checkMany(Collections.nCopies(3, Shared.request("t")))) {
                        stream.forEach(CheckOutcome::get);
                    }
                });
            for (Runnable call : calls) {
                AtomicReference<Throwable> outcome = new AtomicReference<>();
                Thread thread = new Thread(() -> outcome.set(assertThrows(CloudAuthException.class, call::run)));
                thread.start();
                silent.awaitRequest();
                outcomes.add(outcome);
                threads.add(thread);
            }
            client.close(Duration.ZERO);
            for (Thread thread : threads) {
                thread.join(10_000);
            }
            for (AtomicReference<Throwable> outcome : outcomes) {
                assertEquals(Kind.CANCELLED, ((CloudAuthException) outcome.get()).kind());
            }
        }
    }

    @Test
    void anInterruptEndsTheWaiting() throws InterruptedException {
        CloudAuthClient client = Shared.client();
        List<CompletableFuture<CheckResult>> waits = waits(client, 1);
        Thread.currentThread().interrupt();
        long began = System.nanoTime();
        client.close(Duration.ofMinutes(1));
        assertTrue(Thread.interrupted() && millisecondsSince(began) < 3_000);
        areCancelled(waits);
    }

    /** Without a time: at once, and what is under way has ten seconds. */
    @Test
    void closeAloneGivesTenSeconds() throws InterruptedException {
        CloudAuthClient client = Shared.client();
        List<CompletableFuture<CheckResult>> waits = waits(client, 50);
        CompletableFuture<CheckResult> brief = client.checkResultAsync(Shared.request("ekycpro200"));
        long began = System.nanoTime();
        client.close();
        assertTrue(millisecondsSince(began) < 1_000);
        assertTrue(brief.orTimeout(5, TimeUnit.SECONDS).join().passed().orElseThrow(), "calls under way go on");
        CompletableFuture.allOf(waits.toArray(new CompletableFuture<?>[0])).handle((all, error) -> null).orTimeout(20, TimeUnit.SECONDS).join();
        long took = millisecondsSince(began);
        assertTrue(took >= 9_500 && took < 15_000, took + " ms");
        areCancelled(waits);
    }
}
