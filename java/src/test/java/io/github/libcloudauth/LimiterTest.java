package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A limiter of the program's: the list {@code tests/calls/limiter.json}, which all languages share, and what Java has besides. */
class LimiterTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private static JsonNode cases(String of) throws IOException {
        return new ObjectMapper().readTree(Shared.ROOT.resolve("tests/calls/limiter.json").toFile()).get(of);
    }

    private static final class Sesame extends Exception {
        private static final long serialVersionUID = 1;

        Sesame() {
            super("sesame");
        }
    }

    private static CloudAuthClientBuilder builder() {
        return Shared.emulator().clientBuilder();
    }

    /** Answers as a case says. */
    private static final class Answers implements Limiter {
        final List<String> asked = Collections.synchronizedList(new ArrayList<>());
        private final JsonNode answers;

        Answers(JsonNode one) {
            answers = one.path("answers");
        }

        @Override
        public Duration acquire(String api) throws Exception {
            JsonNode answer = answers.get(Math.min(asked.size(), answers.size() - 1));
            asked.add(api);
            if (answer.isNumber()) {
                return answer.asInt() == 0 ? null : Duration.ofMillis(answer.asInt());
            }
            if (answer.asText().equals("fails")) {
                throw new Sesame();
            }
            Thread.sleep(Integer.parseInt(answer.asText().substring("blocks ".length())));
            return Duration.ZERO;
        }
    }

    private enum Way { BLOCKING, FUTURE, MANY }

    @Test
    void everyCaseOfTheListEndsAsItSays() throws IOException {
        for (JsonNode one : cases("limits")) {
            for (Way way : Way.values()) {
                if (way != Way.MANY || !one.has("action") && !one.has("waits")) {
                    run(one, way);
                }
            }
        }
    }

    private static void run(JsonNode one, Way way) {
        String name = one.get("name").asText() + ", " + way;
        Answers answers = new Answers(one);
        CloudAuthClientBuilder builder = builder().maxAttempts(one.path("max_attempts").asInt(1)).throttleBase(Duration.ofMillis(1))
            .timeout(Duration.ofMillis(one.path("timeout_ms").asLong(LONG.toMillis())));
        if (one.has("answers")) {
            builder.limiter(answers);
        }
        long begun = System.nanoTime();
        try (CloudAuthClient client = builder.build()) {
            CloudAuthException error = failure(client, one, way);
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            List<String> asked = new ArrayList<>();
            one.get("asked").forEach(api -> asked.add(api.asText()));
            assertEquals(asked, answers.asked, name);
            assertEquals(one.get("requests").asLong(), client.stats().requests(), name);
            assertTrue(took >= one.path("at_least_ms").asLong(), name + ": " + took);
            assertEquals(one.path("fails").asText(null), error == null ? null : error.kind().toString(), name + ": " + error);
            if (error != null) {
                assertEquals(one.has("caused"), error.getCause() instanceof Sesame, name);
                assertFalse(one.has("caused") && (error.retryable() || error.getMessage().contains("sesame")), name);
            }
        }
    }

    private static CloudAuthException failure(CloudAuthClient client, JsonNode one, Way way) {
        CheckRequest request = Shared.request(one.path("transaction").asText());
        WaitOptions wait = WaitOptions.defaults().firstPause(Duration.ofMillis(10));
        if (way == Way.MANY) {
            try (Stream<CheckOutcome> outcomes = client.checkMany(List.of(request))) {
                return outcomes.findFirst().orElseThrow().error().orElse(null);
            }
        }
        try {
            if (one.has("action")) {
                String action = one.get("action").asText();
                Object reply = way == Way.BLOCKING ? client.call(action, Map.of()) : client.callAsync(action, Map.of()).join();
            } else if (one.has("waits")) {
                Object result = way == Way.BLOCKING ? client.waitForResult(request, wait) : client.waitForResultAsync(request, wait).join();
            } else {
                Object result = way == Way.BLOCKING ? client.checkResult(request) : client.checkResultAsync(request).join();
            }
            return null;
        } catch (CompletionException wrapped) {
            return (CloudAuthException) wrapped.getCause();
        } catch (CloudAuthException error) {
            return error;
        }
    }

    @Test
    void itGoesBesideNoOtherPace() throws IOException {
        for (JsonNode one : cases("refused")) {
            CloudAuthClientBuilder builder = Shared.at("http://127.0.0.1:1").limiter(api -> null);
            if (one.get("options").has("qps")) {
                builder.qps(5);
            } else {
                builder.quota(one.get("options").get("quota").asText());
            }
            CloudAuthException error = assertThrows(CloudAuthException.class, builder::build);
            assertEquals(one.get("messages").get("java").asText(), error.getMessage());
        }
        assertThrows(NullPointerException.class, () -> CloudAuthClient.builder().limiter(null));
    }

    @Test
    void callersBlockInItOnTheirOwnThreads() throws Exception {
        int callers = 64;
        CyclicBarrier barrier = new CyclicBarrier(callers);
        Set<Thread> asking = ConcurrentHashMap.newKeySet();
        Collection<Thread> threads = new ArrayList<>();
        try (CloudAuthClient client = builder().limiter(api -> {
            asking.add(Thread.currentThread());
            barrier.await(LONG.toSeconds(), TimeUnit.SECONDS);
            return null;
        }).build()) {
            for (int caller = 0; caller < callers; caller++) {
                threads.add(new Thread(() -> client.checkResult(Shared.request("ekycpro200"))));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(callers, client.stats().succeeded());
        }
        assertEquals(Set.copyOf(threads), Set.copyOf(asking));
    }

    @Test
    void oneThatBlocksHoldsUpNothingButItsOwnOperation() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        AtomicInteger inside = new AtomicInteger();
        try (CloudAuthClient client = builder().maxConnections(500).limiter(api -> {
            if (api.equals("CheckResult")) {
                inside.incrementAndGet();
                open.await();
            }
            return null;
        }).build()) {
            List<CompletableFuture<CheckResult>> calls = IntStream.range(0, 200)
                .mapToObj(call -> client.checkResultAsync(Shared.request("ekycpro200"))).collect(Collectors.toList());
            soon(() -> inside.get() == 64);
            client.callAsync("KeepaliveIntl", Map.of()).get(LONG.toSeconds(), TimeUnit.SECONDS);
            client.keepAlive();
            try (CloudAuthClient other = Shared.client()) {
                other.checkResultAsync(Shared.request("ekycpro200")).get(LONG.toSeconds(), TimeUnit.SECONDS);
            }
            assertEquals(64, inside.get());
            open.countDown();
            assertTrue(calls.stream().allMatch(call -> call.join().passed().orElseThrow()));
        }
    }

    private static void soon(BooleanSupplier holds) throws InterruptedException {
        for (int turn = 0; !holds.getAsBoolean(); turn++) {
            assertTrue(turn < 3000);
            Thread.sleep(10);
        }
    }

    /** Of a future that is cancelled, and of a call whose time is over. */
    @Test
    void itsThreadIsInterruptedOnceItsCallHasEnded() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(2);
        try (CloudAuthClient client = builder().limiter(api -> {
            inside.countDown();
            try {
                Thread.sleep(LONG.toMillis());
                return null;
            } catch (InterruptedException signal) {
                interrupted.countDown();
                throw signal;
            }
        }).build()) {
            CompletableFuture<CheckResult> call = client.checkResultAsync(Shared.request("ekycpro200"));
            inside.await();
            call.cancel(true);
            CompletableFuture<CheckResult> late = client.checkResultAsync(Shared.request("ekycpro200"), Duration.ofSeconds(1));
            CompletionException failed = assertThrows(CompletionException.class, late::join);
            assertEquals(Kind.TIMEOUT, ((CloudAuthException) failed.getCause()).kind());
            assertTrue(interrupted.await(LONG.toSeconds(), TimeUnit.SECONDS));
            assertEquals(0, client.stats().requests());
        }
    }

    @Test
    void anInterruptCancelsACallThatBlocksInIt() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        AtomicReference<CloudAuthException> failed = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        try (CloudAuthClient client = builder().limiter(api -> {
            inside.countDown();
            Thread.sleep(LONG.toMillis());
            return null;
        }).build()) {
            Thread caller = new Thread(() -> {
                failed.set(assertThrows(CloudAuthException.class, () -> client.checkResult(Shared.request("ekycpro200"))));
                interrupted.set(Thread.currentThread().isInterrupted());
            });
            caller.start();
            inside.await();
            caller.interrupt();
            caller.join(LONG.toMillis());
            assertEquals(Kind.CANCELLED, failed.get().kind());
            assertTrue(interrupted.get());
            assertEquals(0, client.stats().requests());
        }
    }

    @Test
    void whatIsNoTimeIsRefused() {
        try (CloudAuthClient client = builder().limiter(api -> Duration.ofNanos(-1)).build()) {
            CloudAuthException error = assertThrows(CloudAuthException.class, () -> client.checkResult(Shared.request("ekycpro200")));
            assertEquals(Kind.THROTTLED, error.kind());
            assertEquals("the limiter must give a wait of zero or more, or null", error.getMessage());
            assertNull(error.getCause());
        }
        try (CloudAuthClient client = builder().limiter(api -> {
            throw new StackOverflowError();
        }).build()) {
            CloudAuthException error = assertThrows(CloudAuthException.class, () -> client.checkResult(Shared.request("ekycpro200")));
            assertEquals("the limiter threw java.lang.StackOverflowError", error.getMessage());
            assertInstanceOf(StackOverflowError.class, error.getCause());
        }
    }

    @Test
    void closeWaitsForACallAndNoLongerForItsLimiter() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        CloudAuthClient client = builder().limiter(api -> {
            inside.countDown();
            try {
                Thread.sleep(LONG.toMillis());
                return null;
            } finally {
                ended.countDown();
            }
        }).build();
        CompletableFuture<CheckResult> call = client.checkResultAsync(Shared.request("ekycpro200"));
        inside.await();
        client.close(Duration.ofMillis(100));
        CompletionException failed = assertThrows(CompletionException.class, call::join);
        assertEquals(Kind.CANCELLED, ((CloudAuthException) failed.getCause()).kind());
        assertTrue(ended.await(LONG.toSeconds(), TimeUnit.SECONDS));
    }

    /** One whose limiter leads to its client; nobody closes that. */
    private static final class Shop implements Limiter {
        final CloudAuthClient client = builder().limiter(this).build();

        @Override
        public Duration acquire(String api) {
            return null;
        }
    }

    @Test
    void aClientThatItsLimiterLeadsToIsLetGoOf() throws Exception {
        WeakReference<Shop> gone = used();
        for (int turn = 0; gone.get() != null; turn++) {
            assertTrue(turn < 500);
            System.gc();
            Thread.sleep(10);
        }
    }

    private static WeakReference<Shop> used() {
        Shop shop = new Shop();
        shop.client.checkResult(Shared.request("ekycpro200"));
        shop.client.checkResultAsync(Shared.request("ekycpro200")).join();
        return new WeakReference<>(shop);
    }

    @Test
    void eventsHaveTheWait() {
        List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
        try (CloudAuthClient client = builder().limiter(api -> Duration.ofMillis(50)).onEvent(event -> waits.add(event.permitWait())).build()) {
            client.checkResult(Shared.request("ekycpro200"));
        }
        assertEquals(2, waits.size());
        assertTrue(waits.stream().allMatch(wait -> wait.toMillis() >= 50));
    }
}
