package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finding J3: the operating system refuses threads; every future ends all the same, once. */
class NoThreadsTest {
    /** Takes all threads that the user may have, and calls. */
    static final class Program {
        public static void main(String[] arguments) throws Exception {
            CloudAuthClient client = CloudAuthClient.builder().endpoint(arguments[0])
                .accessKeyId("emulator-key-id").accessKeySecret("emulator-key-secret").build();
            client.checkResultAsync(CheckRequest.of("demo", "ekycpro200")).join();
            List<Thread> taken = takeThreads();
            System.out.println(taken.size() < 1000 ? "refused" : "no limit");
            AtomicInteger ended = new AtomicInteger();
            List<CompletableFuture<?>> calls = new ArrayList<>();
            for (int call = 0; call < 400; call++) {
                calls.add(client.checkResultAsync(CheckRequest.of("demo", "ekycpro200")).handle((result, error) -> {
                    LockSupport.parkNanos(1_000_000);
                    return ended.incrementAndGet();
                }));
            }
            CompletableFuture.allOf(calls.toArray(new CompletableFuture<?>[0])).get(30, TimeUnit.SECONDS);
            System.out.println(ended.get());
            CompletableFuture<CheckResult> waiting = client.waitForResultAsync(CheckRequest.of("demo", "pending1000"));
            String said = "";
            for (int turn = 0; turn < 5 && !said.startsWith("the operating system refused"); turn++) {
                // One thread is left for the callbacks, and goes on for that call.
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3));
                taken.addAll(takeThreads());
                said = provider(arguments[0]);
            }
            waiting.cancel(true);
            System.out.println(said);
            taken.forEach(Thread::interrupt);
            for (Thread thread : taken) {
                thread.join();
            }
            System.out.println(client.checkResultAsync(CheckRequest.of("demo", "ekycpro200")).get(30, TimeUnit.SECONDS).passed().get());
            System.exit(0);
        }

        /** A provider needs a thread that can be interrupted; where there is none, its calls fail rather than wait. */
        private static String provider(String endpoint) throws Exception {
            try (CloudAuthClient client = CloudAuthClient.builder().endpoint(endpoint).timeout(Duration.ofSeconds(2)).credentials(() -> {
                Thread.sleep(60_000);
                return null;
            }).build()) {
                return client.checkResultAsync(CheckRequest.of("demo", "ekycpro200")).handle((result, error) -> error.getMessage())
                    .get(30, TimeUnit.SECONDS);
            }
        }

        private static List<Thread> takeThreads() {
            List<Thread> taken = new ArrayList<>();
            // Twice: what the virtual machine gives back meanwhile is taken, too.
            for (int turn = 0; turn < 2; turn++) {
                try {
                    while (taken.size() < 1000) {
                        Thread thread = new Thread(null, () -> LockSupport.park(), "taken", 64 << 10);
                        thread.setDaemon(true);
                        thread.start();
                        taken.add(thread);
                    }
                } catch (OutOfMemoryError refused) {
                    LockSupport.parkNanos(100_000_000);
                }
            }
            return taken;
        }
    }

    @Test
    void everyFutureEndsWithoutThreads(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(Jvm.canBeAnotherUser(), "only root can run a program as another user, whom a limit of processes binds");
        Jvm.Ended ended = new Jvm().asAnotherUser(folder, 80).option("-XX:+UseSerialGC").run(Program.class.getName(), Shared.emulator().endpoint());
        // The virtual machine warns of each thread that it does not get.
        List<String> said = new ArrayList<>();
        ended.out.lines().filter(line -> !line.contains("[warning]")).forEach(said::add);
        assertEquals(List.of("refused", "400", "the operating system refused a thread for the credentials provider", "true"), said, ended.toString());
        assertTrue(ended.err.isBlank(), ended.err);
        assertEquals(0, ended.code);
    }
}
