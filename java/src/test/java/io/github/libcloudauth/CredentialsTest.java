package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
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
            assertEquals(20, client.checkMany(Collections.nCopies(20, Shared.request("ekycpro200")))
                .filter(outcome -> outcome.result().isPresent()).count());
        }
        assertEquals(23, asked.get());
    }

    @Test
    void slowProvidersAreAskedSideBySide() {
        try (CloudAuthClient client = with(() -> {
            Thread.sleep(100);
            return KEYS;
        })) {
            long began = System.nanoTime();
            List<CompletableFuture<CheckResult>> calls = IntStream.range(0, 50)
                .mapToObj(call -> client.checkResultAsync(Shared.request("ekycpro200"))).collect(Collectors.toList());
            assertTrue(calls.stream().allMatch(call -> call.join().passed().orElseThrow()));
            // One after the other, they would take five seconds.
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
}
