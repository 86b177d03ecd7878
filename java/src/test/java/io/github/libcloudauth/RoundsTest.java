package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.libcloudauth.testing.Emulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random rounds of start, cancel and close: every future ends once, nothing hangs for ten seconds, nothing is said on stderr.
 * {@code make soak-java} runs ten thousand of each kind.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class RoundsTest {
    private static final String ROUNDS = System.getenv().getOrDefault("CLOUDAUTH_ROUNDS", "150");

    /** Arguments: endpoint, rounds, seed, and what may go wrong beside: {@code heap}, {@code threads} or nothing. */
    static final class Program {
        private static final CredentialsProvider PROVIDER = () -> Credentials.of("emulator-key-id", "emulator-key-secret");
        private static final CredentialsProvider REFUSING = () -> {
            throw new IOException();
        };
        private static final AtomicInteger STARTED = new AtomicInteger();
        private static final AtomicInteger ENDED = new AtomicInteger();

        public static void main(String[] arguments) throws Exception {
            String trouble = arguments[3];
            Random random = new Random(Long.parseLong(arguments[2]));
            CheckRequest[] requests = {request("ekycpro200", false), request("ekycpro200-256KiB", true), request("pending1000", false),
                request("errorInvalidParameter", false)};
            int rounds = Integer.parseInt(arguments[1]);
            for (int round = 0; round < rounds; round++) {
                List<Thread> taken = trouble.equals("threads") && round % 10 == 9 ? takeThreads() : List.of();
                Object[] filler = null;
                try {
                    filler = trouble.equals("heap") ? new Object[random.nextInt(2_000_000)] : null;
                } catch (OutOfMemoryError full) {
                    // As wished.
                }
                try {
                    one(arguments[0], random, requests, round);
                } catch (OutOfMemoryError full) {
                    if (trouble.isEmpty()) {
                        throw full;
                    }
                }
                if (filler != null && filler.length < 0) {
                    throw new AssertionError();
                }
                taken.forEach(Thread::interrupt);
                for (Thread thread : taken) {
                    thread.join();
                }
            }
            if (STARTED.get() != ENDED.get()) {
                throw new AssertionError(STARTED + " started, " + ENDED + " ended");
            }
            System.out.println("done");
            System.exit(0);
        }

        private static CheckRequest request(String transaction, boolean images) {
            return CheckRequest.builder("demo", transaction).returnImage(images).build();
        }

        private static void one(String endpoint, Random random, CheckRequest[] requests, int round) throws Exception {
            CloudAuthClient client;
            try {
                CloudAuthClientBuilder builder = CloudAuthClient.builder().endpoint(endpoint).timeout(Duration.ofSeconds(5));
                client = (random.nextBoolean() ? builder.accessKeyId("emulator-key-id").accessKeySecret("emulator-key-secret")
                    : builder.credentials(round % 5 == 0 ? REFUSING : PROVIDER)).build();
            } catch (CloudAuthException refused) {
                // No thread for a provider to be asked on.
                if (refused.kind() != Kind.IO) {
                    throw refused;
                }
                return;
            }
            List<CompletableFuture<CheckResult>> calls = new ArrayList<>();
            List<AtomicInteger> outcomes = new CopyOnWriteArrayList<>();
            int closing = random.nextInt(12);
            for (int call = 0; call < 12; call++) {
                if (call == closing && random.nextBoolean()) {
                    client.close();
                }
                CheckRequest request = requests[random.nextInt(requests.length)];
                CompletableFuture<CheckResult> future = random.nextInt(4) == 0 ? client.waitForResultAsync(request)
                    : client.checkResultAsync(request);
                AtomicInteger outcome = new AtomicInteger();
                outcomes.add(outcome);
                STARTED.incrementAndGet();
                try {
                    future.whenComplete((result, error) -> {
                        outcome.incrementAndGet();
                        ENDED.incrementAndGet();
                    });
                } catch (OutOfMemoryError full) {
                    outcomes.remove(outcome);
                    STARTED.decrementAndGet();
                }
                calls.add(future);
                if (random.nextInt(3) == 0) {
                    calls.get(random.nextInt(calls.size())).cancel(true);
                }
                if (random.nextInt(8) == 0) {
                    Thread.sleep(random.nextInt(3));
                }
            }
            if (random.nextInt(4) > 0) {
                client.close(Duration.ofMillis(random.nextInt(10)));
            } else {
                Thread closer = startOrNull(client);
                client.close(Duration.ZERO);
                if (closer != null) {
                    closer.join();
                }
            }
            // The watchdog.
            for (int turn = 0; !calls.stream().allMatch(CompletableFuture::isDone)
                || !outcomes.stream().allMatch(outcome -> outcome.get() == 1); turn++) {
                if (turn > 10_000) {
                    throw new AssertionError("round " + round + ": " + calls.stream().filter(call -> !call.isDone()).count()
                        + " hang, outcomes " + outcomes);
                }
                Thread.sleep(1);
            }
        }

        private static Thread startOrNull(CloudAuthClient client) {
            try {
                Thread closer = new Thread(() -> client.close(Duration.ZERO));
                closer.start();
                return closer;
            } catch (OutOfMemoryError refused) {
                return null;
            }
        }

        private static List<Thread> takeThreads() {
            List<Thread> taken = new ArrayList<>();
            try {
                while (taken.size() < 1000) {
                    Thread thread = new Thread(null, () -> {
                        try {
                            Thread.sleep(60_000);
                        } catch (InterruptedException enough) {
                            // It is.
                        }
                    }, "taken", 64 << 10);
                    thread.setDaemon(true);
                    thread.start();
                    taken.add(thread);
                }
                throw new AssertionError("there is no limit");
            } catch (OutOfMemoryError refused) {
                return taken;
            }
        }
    }

    private static void run(Jvm jvm, String trouble) throws IOException, InterruptedException {
        long seed = System.nanoTime();
        try (Emulator emulator = Emulator.start()) {
            Jvm.Ended ended = jvm.patience(Duration.ofMinutes(50)).option("-XX:+UseSerialGC").run(Program.class.getName(), emulator.endpoint(), ROUNDS, Long.toString(seed), trouble);
            // The virtual machine warns of each thread that it does not get.
            List<String> said = ended.out.lines().filter(line -> !line.contains("[warning]")).collect(Collectors.toList());
            assertEquals(List.of("done"), said, "seed " + seed + "\n" + ended);
            assertEquals("", ended.err, "seed " + seed);
            assertEquals(0, ended.code);
        }
    }

    @Test
    void rounds() throws IOException, InterruptedException {
        run(new Jvm(), "");
    }

    @Test
    void roundsInASmallHeap() throws IOException, InterruptedException {
        run(new Jvm().option("-Xmx24m"), "heap");
    }

    @Test
    void roundsWithoutThreads(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(Jvm.canBeAnotherUser(), "only root can run a program as another user, whom a limit of processes binds");
        run(new Jvm().asAnotherUser(folder, 80), "threads");
    }
}
