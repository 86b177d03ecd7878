package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every entry of the native library under {@code -Xcheck:jni}, which complains of what is not as the JNI wants it. */
class CheckJniTest {
    static final class Program {
        public static void main(String[] arguments) throws Exception {
            CredentialsProvider provider = () -> Credentials.of("emulator-key-id", "emulator-key-secret");
            try (CloudAuthClient client = CloudAuthClient.builder().endpoint(arguments[0]).credentials(provider).build();
                SilentServer silent = new SilentServer(); CloudAuthClient waiting = silent.client()) {
                for (int turn = 0; turn < 100; turn++) {
                    CheckRequest images = Shared.withImages("ekycpro200");
                    assertEquals(client.checkResult(images).subCode(), client.checkResultAsync(images).join().subCode());
                    assertThrows(CloudAuthException.class, () -> client.checkResult(Shared.request("")));
                }
                List<CompletableFuture<CheckResult>> calls = IntStream.range(0, 200)
                    .mapToObj(call -> client.checkResultAsync(Shared.withImages("ekycpro200"))).collect(Collectors.toList());
                calls.forEach(CompletableFuture::join);
                assertEquals(100, client.checkMany(Collections.nCopies(100, Shared.withImages("idocr200"))).map(CheckOutcome::get).count());
                WaitOptions hasty = WaitOptions.defaults().firstPause(Duration.ofMillis(1)).longestPause(Duration.ofMillis(1));
                assertTrue(client.waitForResult(Shared.withImages("pending5-no101"), hasty).passed().orElseThrow());
                assertTrue(client.waitForResultAsync(Shared.withImages("pending5-no102"), hasty).join().passed().orElseThrow());
                client.call("Initialize", Map.of("ProductCode", "eKYC_PRO", "MerchantBizId", "demo", "MetaInfo", "{}"));
                waiting.checkResultAsync(Shared.request("t")).cancel(true);
                assertThrows(CloudAuthException.class, () -> waiting.checkResult(Shared.request("t"), Duration.ofMillis(200)));
                Thread.currentThread().interrupt();
                assertThrows(CloudAuthException.class, () -> waiting.checkResult(Shared.request("t")));
                assertTrue(Thread.interrupted());
            }
            IllegalStateException thrown = new IllegalStateException();
            CredentialsProvider refusing = () -> {
                throw thrown;
            };
            try (CloudAuthClient client = CloudAuthClient.builder().endpoint(arguments[0]).credentials(refusing).build()) {
                for (int turn = 0; turn < 100; turn++) {
                    CheckRequest request = Shared.request("ekycpro200");
                    assertSame(thrown, assertThrows(CloudAuthException.class, () -> client.checkResult(request)).getCause());
                    assertSame(thrown, client.checkResultAsync(request).handle((result, error) -> error).join().getCause());
                }
            }
            for (java.nio.file.Path one : Shared.caseFolders().subList(0, 100)) {
                try {
                    CloudAuth.decode(Files.readAllBytes(one.resolve("reply.http"))).decision();
                } catch (CloudAuthException error) {
                    assertEquals(Kind.PROTOCOL, error.kind());
                }
            }
            assertTrue(CloudAuth.explain("212").isPresent());
            TimeUnit.MILLISECONDS.sleep(100);
            System.out.println("done");
        }
    }

    @Test
    void nothingToComplainOf() throws IOException, InterruptedException {
        Jvm.Ended ended = new Jvm().option("-Xcheck:jni").run(Program.class.getName(), Shared.emulator().endpoint());
        assertFalse(ended.toString().matches("(?s).*(WARNING|FATAL).*"), ended.toString());
        assertEquals("done\n", ended.out, ended.toString());
        assertEquals("", ended.err);
        assertEquals(0, ended.code);
    }

    /** A result that does not fit the heap costs its call and no other. */
    static final class Narrow {
        public static void main(String[] arguments) {
            byte[][] taken = new byte[1][];
            try (CloudAuthClient client = CloudAuthClient.builder().endpoint(arguments[0])
                .accessKeyId("emulator-key-id").accessKeySecret("emulator-key-secret").build()) {
                CheckRequest images = Shared.withImages("ekycpro200-4MiB");
                taken[0] = new byte[(int) (Runtime.getRuntime().maxMemory() - (6 << 20))];
                assertThrows(OutOfMemoryError.class, () -> client.checkResult(images));
                Throwable later = assertThrows(java.util.concurrent.CompletionException.class, () -> client.checkResultAsync(images).join()).getCause();
                assertTrue(later.getMessage().contains("no room"), later.toString());
                taken[0] = null;
                assertTrue(client.checkResult(images).passed().orElseThrow());
                assertTrue(client.checkResultAsync(images).join().passed().orElseThrow());
            }
            System.out.println("done");
        }
    }

    @Test
    void aFullHeap() throws IOException, InterruptedException {
        Jvm.Ended ended = new Jvm().option("-Xmx24m").option("-Xms24m").option("-XX:+UseSerialGC").option("-XX:NewSize=2m").option("-XX:MaxNewSize=2m")
            .run(Narrow.class.getName(), Shared.emulator().endpoint());
        assertEquals("done\n", ended.out, ended.toString());
    }
}
