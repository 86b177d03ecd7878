package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.libcloudauth.testing.Emulator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Finding J5: a call that blocks a virtual thread leaves its carrier to others. */
class VirtualThreadsTest {
    /** On two carriers. Prints how it went, and how long 300 calls of 100 ms took. */
    static final class Program {
        private static CloudAuthClient client;

        public static void main(String[] arguments) throws Exception {
            client = CloudAuthClient.builder().endpoint(arguments[0])
                .accessKeyId("emulator-key-id").accessKeySecret("emulator-key-secret").build();
            ExecutorService threads = (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
            leavesRoom(threads, "wait", () -> client.waitForResult(Shared.request("pending1000"),
                WaitOptions.defaults().timeout(Duration.ofMillis(1500))));
            leavesRoom(threads, "many", () -> client.checkMany(Collections.nCopies(60, Shared.request("ekycpro200")),
                ManyOptions.defaults().concurrency(4)).count());
            interrupts(threads);
            client.checkResult(Shared.request("ekycpro200"));
            long began = System.nanoTime();
            List<Future<CheckResult>> calls = new ArrayList<>();
            for (int call = 0; call < 300; call++) {
                calls.add(threads.submit(() -> client.checkResult(Shared.request("ekycpro200"))));
            }
            for (Future<CheckResult> call : calls) {
                call.get().passed().orElseThrow();
            }
            System.out.println(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
            System.exit(0);
        }

        /** Two calls on two carriers, while another thread counts. */
        private static void leavesRoom(ExecutorService threads, String name, Callable<Object> call) throws Exception {
            AtomicLong ticks = new AtomicLong();
            AtomicBoolean over = new AtomicBoolean();
            List<Future<Object>> calls = List.of(threads.submit(call), threads.submit(call));
            threads.submit(() -> {
                while (!over.get()) {
                    Thread.sleep(10);
                    ticks.incrementAndGet();
                }
                return null;
            });
            Thread.sleep(1000);
            boolean room = ticks.get() >= 20;
            for (Future<Object> each : calls) {
                try {
                    each.get();
                } catch (java.util.concurrent.ExecutionException ended) {
                    CloudAuthException error = (CloudAuthException) ended.getCause();
                    room &= error.kind() == Kind.NOT_COMPLETED;
                }
            }
            over.set(true);
            System.out.println(name + " " + room);
        }

        /** As on any thread: cancelled, and still interrupted. */
        private static void interrupts(ExecutorService threads) throws Exception {
            Future<Thread> thread = threads.submit(Thread::currentThread);
            thread.get();
            Thread[] waiting = new Thread[1];
            Future<Boolean> call = threads.submit(() -> {
                waiting[0] = Thread.currentThread();
                try {
                    client.waitForResult(Shared.request("pending1000"));
                    return false;
                } catch (CloudAuthException error) {
                    return error.kind() == Kind.CANCELLED && Thread.currentThread().isInterrupted();
                }
            });
            Thread.sleep(500);
            waiting[0].interrupt();
            System.out.println("interrupt " + call.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void carriersAreLeftToOthers() throws IOException, InterruptedException {
        assumeTrue(Runtime.version().feature() >= 21, "there are no virtual threads");
        try (Emulator emulator = Emulator.start()) {
            emulator.setFaults("latency:delay=100ms");
            Jvm.Ended ended = new Jvm().option("-Djdk.virtualThreadScheduler.parallelism=2").option("-Djdk.virtualThreadScheduler.maxPoolSize=2")
                .run(Program.class.getName(), emulator.endpoint());
            String[] lines = ended.out.split("\n");
            assertEquals("", ended.err);
            assertEquals(List.of("wait true", "many true", "interrupt true"), List.of(lines).subList(0, lines.length - 1), ended.toString());
            // One after the other on two carriers, they take 15 s.
            assertTrue(Long.parseLong(lines[lines.length - 1]) < 5_000, ended.out);
        }
    }
}
