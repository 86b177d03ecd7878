package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Keys from a provider. */
class CredentialsTest {
    private static final Credentials KEYS = Credentials.of("emulator-key-id", "emulator-key-secret");

    private static CloudAuthClient with(CredentialsProvider provider) {
        return CloudAuthClient.builder().endpoint(Shared.emulator().endpoint()).credentials(provider).build();
    }

    private static String refusal(CredentialsProvider provider) {
        try (CloudAuthClient client = with(provider)) {
            CloudAuthException error = assertThrows(CloudAuthException.class, () -> client.checkResult(Shared.request("ekycpro200")));
            assertEquals(Kind.CREDENTIALS, error.kind());
            return error.getMessage();
        }
    }

    @Test
    void aProviderIsAskedBeforeEveryRequest() {
        AtomicInteger asked = new AtomicInteger();
        try (CloudAuthClient client = with(() -> {
            asked.incrementAndGet();
            assertTrue(Thread.currentThread().getName().startsWith("cloudauth-callback-"));
            return KEYS;
        })) {
            for (int call = 0; call < 3; call++) {
                assertTrue(client.checkResult(Shared.request("ekycpro200")).passed().orElseThrow());
            }
            assertEquals(3, asked.get());
            assertEquals(20, client.checkMany(Collections.nCopies(20, Shared.request("ekycpro200")))
                .filter(outcome -> outcome.result().isPresent()).count());
        }
        assertEquals(4, Math.min(asked.get(), 4), "once for each call, unless calls share an answer");
        assertTrue(asked.get() <= 23);
    }

    @Test
    void callsShareASlowProvider() {
        try (CloudAuthClient client = with(() -> {
            Thread.sleep(100);
            return KEYS;
        })) {
            long began = System.nanoTime();
            List<CompletableFuture<CheckResult>> calls = IntStream.range(0, 50)
                .mapToObj(call -> client.checkResultAsync(Shared.request("ekycpro200"))).collect(Collectors.toList());
            assertTrue(calls.stream().allMatch(call -> call.join().passed().orElseThrow()));
            // One after the other, questions of their own would take five seconds.
            assertTrue(Duration.ofNanos(System.nanoTime() - began).toMillis() < 3000);
        }
    }

    @Test
    void whatIsNoCredentials() {
        assertEquals("the credentials provider gave null", refusal(() -> null));
        assertTrue(refusal(() -> Credentials.of("a", "")).startsWith("from the credentials provider, access_key_secret: must not"));
        assertEquals("the credentials provider threw java.lang.IllegalStateException", refusal(() -> {
            throw new IllegalStateException("canary");
        }));
        assertEquals("the credentials provider threw java.lang.StackOverflowError", refusal(() -> {
            throw new StackOverflowError();
        }));
        assertTrue(refusal(() -> Credentials.of("\uD800", "b")).contains("CloudAuthException"));
    }

    /** The kind of finding I5: what a provider throws is the cause, whichever way the call was made, and no text shows it. */
    @Test
    void whatAProviderThrowsIsTheCause() {
        for (Throwable thrown : List.of(new IOException("canary"), new IllegalStateException("canary"), new StackOverflowError("canary"))) {
            try (CloudAuthClient client = with(() -> {
                if (thrown instanceof Error) {
                    throw (Error) thrown;
                }
                throw (Exception) thrown;
            })) {
                CheckRequest request = Shared.request("ekycpro200");
                List<Throwable> errors = new ArrayList<>();
                errors.add(assertThrows(CloudAuthException.class, () -> client.checkResult(request)));
                errors.add(assertThrows(CloudAuthException.class, () -> client.call("KeepaliveIntl", Map.of())));
                IntStream.range(0, 20).mapToObj(call -> client.checkResultAsync(request)).collect(Collectors.toList())
                    .forEach(call -> errors.add(assertThrows(CompletionException.class, call::join).getCause()));
                client.checkMany(Collections.nCopies(20, request)).forEach(outcome -> errors.add(outcome.error().orElseThrow()));
                assertEquals(42, errors.size());
                for (Throwable error : errors) {
                    assertEquals(Kind.CREDENTIALS, ((CloudAuthException) error).kind());
                    assertSame(thrown, error.getCause());
                    assertFalse((error + error.getMessage()).contains("canary"));
                }
            }
        }
    }

    /** The kind of finding C7: an error that is gone takes along what stood behind it, and so does a call that nobody waits for. */
    @Test
    void whatAProviderThrewIsNotKept() throws InterruptedException {
        Collection<WeakReference<Throwable>> thrown = new ConcurrentLinkedQueue<>();
        try (CloudAuthClient client = with(() -> {
            Exception exception = new IOException();
            thrown.add(new WeakReference<>(exception));
            throw exception;
        })) {
            for (int call = 0; call < 500; call++) {
                CompletableFuture<CheckResult> given = client.checkResultAsync(Shared.request("ekycpro200"));
                assertThrows(CloudAuthException.class, () -> client.checkResult(Shared.request("ekycpro200")));
                given.cancel(true);
            }
        }
        long kept = thrown.size();
        for (int turn = 0; turn < 100 && kept > 2; turn++) {
            Shared.collect();
            kept = thrown.stream().filter(exception -> exception.get() != null).count();
        }
        // A thread of the virtual machine's may hold the last one that it threw, where no heap dump shows it.
        assertTrue(kept <= 2, kept + " of " + thrown.size());
    }

    @Test
    void theCallDoesNotWaitForEver() {
        CountDownLatch ended = new CountDownLatch(1);
        try (CloudAuthClient client = with(() -> {
            ended.await();
            return KEYS;
        })) {
            CloudAuthException error = assertThrows(CloudAuthException.class,
                () -> client.checkResult(Shared.request("ekycpro200"), Duration.ofMillis(100)));
            assertEquals(Kind.TIMEOUT, error.kind());
            ended.countDown();
            assertTrue(client.checkResult(Shared.request("ekycpro200")).passed().orElseThrow());
        }
    }

    /** A provider that uses the client it belongs to, or another one. */
    @Test
    void aProviderMayMakeCallsItself() {
        try (CloudAuthClient vault = Shared.client(); CloudAuthClient client = with(() -> {
            assertTrue(vault.checkResult(Shared.request("ekycpro200")).passed().orElseThrow());
            return KEYS;
        })) {
            assertTrue(client.checkResult(Shared.request("ekycpro200")).passed().orElseThrow());
            assertTrue(client.checkResultAsync(Shared.request("ekycpro200")).join().passed().orElseThrow());
        }
    }

    /** Finding J6: a provider that hangs holds one thread, whatever calls come, and is interrupted once none waits for it. */
    @Test
    void aHangingProviderHoldsOneThread() throws InterruptedException {
        AtomicInteger interrupted = new AtomicInteger();
        AtomicInteger asking = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch mended = new CountDownLatch(1);
        try (CloudAuthClient client = with(() -> {
            most.accumulateAndGet(asking.incrementAndGet(), Math::max);
            try {
                mended.await();
                return KEYS;
            } catch (InterruptedException signal) {
                interrupted.incrementAndGet();
                throw signal;
            } finally {
                asking.decrementAndGet();
            }
        })) {
            List<CompletableFuture<CheckResult>> calls = IntStream.range(0, 300)
                .mapToObj(call -> client.checkResultAsync(Shared.request("ekycpro200"), Duration.ofMillis(500))).collect(Collectors.toList());
            long threads = CallbackThreadsTest.callbackThreads();
            assertTrue(threads < 20, threads + " threads");
            for (CompletableFuture<CheckResult> call : calls) {
                Throwable cause = assertThrows(CompletionException.class, call::join).getCause();
                assertEquals(Kind.TIMEOUT, ((CloudAuthException) cause).kind(), cause.toString());
            }
            for (int turn = 0; asking.get() > 0; turn++) {
                assertTrue(turn < 1000, "nobody interrupts the provider");
                Thread.sleep(10);
            }
            assertTrue(interrupted.get() > 0);
            assertEquals(1, most.get());
            mended.countDown();
            assertTrue(client.checkResult(Shared.request("ekycpro200")).passed().orElseThrow());
        }
    }

    /** Finding J6: deaf to interrupts, it still holds no more than its one thread, though the library gives up and asks again. */
    @Test
    void aDeafProviderHoldsOneThread() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger most = new AtomicInteger();
        CredentialsProvider provider = () -> {
            most.incrementAndGet();
            while (never.getCount() > 0) {
                try {
                    never.await();
                } catch (InterruptedException deaf) {
                    // On it goes.
                }
            }
            return KEYS;
        };
        CloudAuthClientBuilder builder = CloudAuthClient.builder().endpoint(Shared.emulator().endpoint()).timeout(Duration.ofMillis(500));
        try (CloudAuthClient other = Shared.client(); CloudAuthClient client = builder.credentials(provider).build()) {
            for (int call = 0; call < 40; call++) {
                assertThrows(CloudAuthException.class, () -> client.checkResult(Shared.request("ekycpro200"), Duration.ofMillis(30)));
            }
            assertEquals(1, most.get());
            assertTrue(other.checkResultAsync(Shared.request("ekycpro200")).join().passed().orElseThrow(), "others go on");
            never.countDown();
            assertTrue(client.checkResult(Shared.request("ekycpro200"), Duration.ofSeconds(20)).passed().orElseThrow());
        }
    }

    /** Finding J6: one that calls by the client it gives keys to would wait for itself. */
    @Test
    void aRecursiveProviderIsRefused() {
        AtomicReference<CloudAuthClient> itself = new AtomicReference<>();
        AtomicReference<Throwable> refused = new AtomicReference<>();
        for (boolean later : new boolean[] {false, true}) {
            try (CloudAuthClient client = with(() -> {
                CheckRequest request = Shared.request("ekycpro200");
                try {
                    CheckResult ignored = later ? itself.get().checkResultAsync(request).join() : itself.get().checkResult(request);
                } catch (CompletionException | CloudAuthException thrown) {
                    refused.set(later ? thrown.getCause() : thrown);
                }
                throw new IllegalStateException();
            })) {
                itself.set(client);
                long began = System.nanoTime();
                assertThrows(CloudAuthException.class, () -> client.checkResult(Shared.request("ekycpro200"), Duration.ofSeconds(20)));
                assertTrue(Duration.ofNanos(System.nanoTime() - began).toSeconds() < 10);
                assertTrue(refused.get().getMessage().startsWith("the credentials provider calls by the client that asks it"), refused.get().toString());
            }
        }
    }

    /** The kind of finding C5: a provider that knows its client keeps neither it nor its descriptors. */
    @Test
    void aProviderThatKnowsItsClientIsCollected() throws InterruptedException {
        Logger logger = Logger.getLogger("io.github.libcloudauth");
        logger.setUseParentHandlers(false);
        WeakReference<CloudAuthClient> forgotten = forgotten();
        for (int turn = 0; turn < 100 && forgotten.get() != null; turn++) {
            Shared.collect();
        }
        logger.setUseParentHandlers(true);
        assertNull(forgotten.get(), "the client is still there");
    }

    private static WeakReference<CloudAuthClient> forgotten() {
        CloudAuthClient[] itself = new CloudAuthClient[1];
        itself[0] = with(() -> itself[0] == null ? null : KEYS);
        assertTrue(itself[0].checkResult(Shared.request("ekycpro200")).passed().orElseThrow());
        return new WeakReference<>(itself[0]);
    }

    /** Finding C4: the system properties of the official SDK for Java, which it reads before the environment. */
    static final class Properties {
        public static void main(String[] arguments) {
            try (CloudAuthClient client = CloudAuthClient.builder().endpoint(arguments[0]).build()) {
                System.out.println(client.checkResult(CheckRequest.of("demo", "ekycpro200")).passed().orElseThrow());
            } catch (CloudAuthException error) {
                System.out.println(error.kind() + ": " + error.getMessage());
            }
        }
    }

    private static String byProperties(String... options) throws IOException, InterruptedException {
        Jvm jvm = new Jvm().environment(Map.of("ALIBABA_CLOUD_ACCESS_KEY_ID", "other-id", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "other-secret"));
        for (String option : options) {
            jvm.option("-Dalibabacloud." + option);
        }
        return jvm.run(Properties.class.getName(), Shared.emulator().endpoint()).out.strip();
    }

    @Test
    void systemPropertiesGoBeforeTheEnvironment() throws IOException, InterruptedException {
        assertTrue(byProperties().startsWith("authentication: "));
        assertEquals("true", byProperties("accessKeyId=emulator-key-id", "accessKeyIdSecret=emulator-key-secret"));
        assertEquals("true", byProperties("accessKeyId=emulator-key-id", "accessKeySecret=emulator-key-secret"));
        // The emulator expects no token.
        assertTrue(byProperties("accessKeyId=emulator-key-id", "accessKeySecret=emulator-key-secret", "sessionToken=t").startsWith("authentication: "));
        assertEquals("credentials: no credentials: the system property alibabacloud.accessKeyId is set, and alibabacloud.accessKeyIdSecret is not;"
            + " set both or neither", byProperties("accessKeyId=emulator-key-id"));
        assertEquals("credentials: no credentials: the system property alibabacloud.accessKeyIdSecret is set, and alibabacloud.accessKeyId is not;"
            + " set both or neither", byProperties("accessKeySecret=emulator-key-secret", "accessKeyId="));
    }
}
