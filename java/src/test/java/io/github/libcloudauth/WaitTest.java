package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.libcloudauth.testing.Emulator;
import io.github.libcloudauth.testing.EmulatorOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Waiting until a person has finished. */
class WaitTest {
    private static final WaitOptions HASTY =
        WaitOptions.defaults().firstPause(Duration.ofMillis(10)).longestPause(Duration.ofMillis(20));

    private static Emulator emulator;
    private static CloudAuthClient client;

    @BeforeAll
    static void open() {
        emulator = Emulator.start();
        client = emulator.client();
    }

    @AfterAll
    static void close() {
        client.close();
        emulator.close();
    }

    /** A verification that nobody has finished. */
    private static CheckRequest begun(CloudAuthClient client) {
        Map<String, Object> reply = client.call("Initialize",
            Map.of("ProductCode", "eKYC_PRO", "MerchantBizId", "demo", "MetaInfo", "{}", "MerchantUserId", "u"));
        return Shared.withImages((String) ((Map<?, ?>) reply.get("Result")).get("TransactionId"));
    }

    private static Kind kind(Throwable error) {
        return ((CloudAuthException) (error instanceof CompletionException ? error.getCause() : error)).kind();
    }

    /** Waits until a client has sent so many requests. */
    private static void awaitRequests(CloudAuthClient client, long count) throws InterruptedException {
        for (int turn = 0; client.stats().requests() < count; turn++) {
            assertTrue(turn < 5_000, "the requests do not come");
            Thread.sleep(2);
        }
    }

    @Test
    void aPersonIsWaitedFor() throws InterruptedException {
        try (CloudAuthClient client = emulator.client()) {
            CheckRequest request = begun(client);
            assertEquals(Kind.NOT_COMPLETED, assertThrows(CloudAuthException.class, () -> client.checkResult(request)).kind());
            CompletableFuture<CheckResult> later = client.waitForResultAsync(request, HASTY);
            awaitRequests(client, 6);
            assertFalse(later.isDone());
            emulator.finish(request.transactionId(), "212");
            CheckResult result = client.waitForResult(request, HASTY);
            assertEquals(Optional.of("212"), result.subCode());
            assertTrue(result.face().flatMap(Face::image).isPresent());
            assertEquals(result.subCode(), later.join().subCode());
            // What is finished is there at once, whatever the pauses.
            assertEquals(result.subCode(), client.waitForResult(request).subCode());
            assertEquals(result.subCode(), client.waitForResultAsync(request).join().subCode());
        }
    }

    @Test
    void aVerificationEndsByItself() {
        EmulatorOptions options = EmulatorOptions.defaults().finishAfter(Duration.ofMillis(300));
        try (Emulator emulator = Emulator.start(options); CloudAuthClient client = emulator.client()) {
            assertEquals(Optional.of(true), client.waitForResult(begun(client), HASTY).passed());
            assertEquals(Optional.of(true), client.waitForResultAsync(begun(client), HASTY).join().passed());
            assertTrue(client.stats().requests() > 6, client.stats().toString());
        }
    }

    @Test
    void theTimeIsOver() {
        // The first pause would be two seconds, and is cut to the time there is.
        WaitOptions options = WaitOptions.defaults().timeout(Duration.ofMillis(500));
        try (CloudAuthClient client = emulator.client()) {
            CheckRequest request = Shared.request("pending1000");
            long began = System.nanoTime();
            assertEquals(Kind.NOT_COMPLETED, assertThrows(CloudAuthException.class, () -> client.waitForResult(request, options)).kind());
            assertEquals(Kind.NOT_COMPLETED,
                kind(assertThrows(CompletionException.class, () -> client.waitForResultAsync(request, options).join())));
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            assertTrue(took >= 1_000 && took < 3_900, took + " ms");
            assertEquals(4, client.stats().requests());
            // Another failure is no reason to wait.
            CheckRequest unknown = Shared.request("errorTransactionIdInvalid");
            assertEquals(Kind.INVALID_REQUEST, assertThrows(CloudAuthException.class, () -> client.waitForResult(unknown)).kind());
            assertEquals(5, client.stats().requests());
        }
    }

    @Test
    void optionsAreJudgedAndNullIsTheDefault() {
        for (WaitOptions wrong : List.of(HASTY.firstPause(Duration.ofSeconds(Long.MIN_VALUE)),
            HASTY.longestPause(Duration.ofDays(-1)))) {
            CloudAuthException error = assertThrows(CloudAuthException.class, () -> client.waitForResult(Shared.request("t"), wrong));
            assertTrue(error.getMessage().matches("(firstPause|longestPause): must not be negative"), error.getMessage());
            assertThrows(CompletionException.class, () -> client.waitForResultAsync(Shared.request("t"), wrong).join());
        }
        assertTrue(client.waitForResult(Shared.request("pending3-no1"), HASTY.timeout(null)).passed().isPresent());
        assertTrue(client.waitForResult(Shared.request("pending3-no2"), HASTY.timeout(Duration.ofSeconds(Long.MAX_VALUE))).passed().isPresent());
    }

    /** Finding E7: a time that is over is not waited for, as half an hour would be. */
    @Test
    void aTimeThatIsOverIsNotWaitedFor() {
        for (Duration over : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
            CloudAuthException error = assertThrows(CloudAuthException.class,
                () -> client.waitForResult(Shared.request("pending1000-no9"), WaitOptions.defaults().timeout(over)));
            assertTrue(List.of(Kind.NOT_COMPLETED, Kind.TIMEOUT).contains(error.kind()), error.toString());
        }
    }

    @Test
    void cancellingAFutureEndsTheWait() throws InterruptedException {
        try (CloudAuthClient client = emulator.client()) {
            CompletableFuture<CheckResult> wait = client.waitForResultAsync(Shared.request("pending1000-no1"), HASTY);
            awaitRequests(client, 3);
            assertTrue(wait.cancel(true));
            assertThrows(CancellationException.class, wait::join);
            CompletableFuture<CheckResult> late = client.waitForResultAsync(Shared.request("pending1000-no1"));
            assertThrows(CompletionException.class, late.orTimeout(50, TimeUnit.MILLISECONDS)::join);
            for (int turn = 0; Native.live() > 2; turn++) {
                assertTrue(turn < 1_000, "a wait is still under way");
                Thread.sleep(5);
            }
            long asked = client.stats().requests();
            Thread.sleep(100);
            assertEquals(asked, client.stats().requests(), "nobody asks any more");
        }
    }

    /** In a pause of two seconds, and among calls and pauses that are all shorter than the time between two looks. */
    @Test
    void anInterruptEndsTheWait() throws InterruptedException {
        Duration least = Duration.ofNanos(1);
        for (WaitOptions options : List.of(WaitOptions.defaults(), WaitOptions.defaults().firstPause(least).longestPause(least))) {
            long best = Long.MAX_VALUE;
            for (int turn = 0; turn < 3; turn++) {
                AtomicReference<Throwable> outcome = new AtomicReference<>();
                try (CloudAuthClient client = emulator.client()) {
                    Thread thread = new Thread(() -> {
                        CheckRequest request = Shared.request("pending1000-no" + System.nanoTime());
                        outcome.set(assertThrows(CloudAuthException.class, () -> client.waitForResult(request, options)));
                        assertTrue(Thread.currentThread().isInterrupted());
                    });
                    thread.start();
                    awaitRequests(client, 1);
                    Thread.sleep(20);
                    long began = System.nanoTime();
                    thread.interrupt();
                    thread.join(10_000);
                    best = Math.min(best, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
                    assertEquals(Kind.CANCELLED, kind(outcome.get()));
                }
            }
            assertTrue(best < 100, best + " ms");
        }
    }

    /** Three hundred people are waited for, and not a thread for each. */
    @Test
    void aWaitHoldsNoThread() throws InterruptedException {
        try (CloudAuthClient client = emulator.client()) {
            int before = Thread.getAllStackTraces().size();
            List<CompletableFuture<CheckResult>> waits = IntStream.range(0, 300)
                .mapToObj(person -> client.waitForResultAsync(Shared.request("pending1000-no" + person))).collect(Collectors.toList());
            awaitRequests(client, 300);
            assertTrue(Thread.getAllStackTraces().size() < before + 20);
            waits.forEach(wait -> assertTrue(wait.cancel(false)));
        }
    }
}
