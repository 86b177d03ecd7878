package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.libcloudauth.testing.Emulator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Finding J1: an OutOfMemoryError costs the call that it strikes, and no other. */
class FullHeapTest {
    /** Takes the heap to its last byte while calls are under way; they end, and those after them work. */
    static final class Program {
        private static Object[] taken;

        public static void main(String[] arguments) throws Exception {
            CloudAuthClient client = CloudAuthClient.builder().endpoint(arguments[0])
                .accessKeyId("emulator-key-id").accessKeySecret("emulator-key-secret").build();
            client.checkResultAsync(Shared.request("ekycpro200")).join();
            // Late enough for the heap to be full by then.
            CheckRequest late = Shared.withImages("ekycpro200-64KiB");
            CheckRequest images = Shared.withImages("ekycpro200");
            for (int round = 0; round < 3; round++) {
                List<CompletableFuture<CheckResult>> calls = new ArrayList<>();
                for (int call = 0; call < 20; call++) {
                    calls.add(client.checkResultAsync(late));
                }
                // All that runs while the heap is full is loaded by now.
                LockSupport.parkNanos(1);
                long until = System.nanoTime() + 3_000_000_000L;
                fill();
                long left = until - System.nanoTime();
                LockSupport.parkNanos(left);
                taken = null;
                System.out.println(left > 0 ? "full in time" : "full too late");
                for (CompletableFuture<CheckResult> call : calls) {
                    // With a result, or with the error that kept it from being built.
                    Throwable failure = call.handle((result, error) -> error).get(20, TimeUnit.SECONDS);
                    if (failure != null && !(failure instanceof OutOfMemoryError)) {
                        throw new AssertionError(failure);
                    }
                }
                for (int call = 0; call < 50; call++) {
                    client.checkResultAsync(images).get(20, TimeUnit.SECONDS);
                }
            }
            System.out.println("done");
        }

        private static void fill() {
            for (int size = 1 << 20; size >= 16; size /= 4) {
                try {
                    while (true) {
                        Object[] block = new Object[size / 4];
                        block[0] = taken;
                        taken = block;
                    }
                } catch (OutOfMemoryError full) {
                    // A smaller block may still have room.
                }
            }
        }
    }

    @Test
    void anOutOfMemoryErrorEndsItsCallAlone() throws IOException, InterruptedException {
        try (Emulator emulator = Emulator.start()) {
            emulator.setFaults("latency:delay=2500ms,transaction=ekycpro200-64KiB");
            Jvm.Ended ended = new Jvm().option("-Xmx24m").option("-XX:+UseSerialGC").run(Program.class.getName(), emulator.endpoint());
            assertTrue(ended.out.endsWith("done\n"), ended.toString());
            assertEquals(0, ended.code);
        }
    }
}
