package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Clients that come and go. */
class LifecycleTest {
    private static void make(int clients, boolean call) {
        CloudAuthClientBuilder builder = Shared.emulator().clientBuilder();
        for (int made = 0; made < clients; made++) {
            try (CloudAuthClient client = builder.build()) {
                if (call) {
                    CheckRequest request = Shared.request("faceliveness200");
                    assertTrue((made % 2 == 0 ? client.checkResult(request) : client.checkResultAsync(request).join()).passed().orElseThrow());
                }
            }
        }
    }

    private static void staysFlat(int warmUp, int clients, boolean call, long allowed) throws IOException, InterruptedException {
        make(warmUp, call);
        Shared.collect();
        long memory = Shared.resident();
        long descriptors = Shared.descriptors();
        make(clients, call);
        Shared.collect();
        assertEquals(0, Native.live());
        assertTrue(Shared.descriptors() <= descriptors + 4, Shared.descriptors() + " descriptors, before " + descriptors);
        long grown = Shared.resident() - memory;
        assertTrue(grown < allowed, grown + " bytes more");
    }

    /**
     * The Java heap is not what is looked at: it grows as it pleases, up to the limit that the child is given. The machine's own
     * memory grows for some 50,000 clients, while it compiles, and then stays.
     */
    static final class Program {
        public static void main(String[] arguments) throws IOException, InterruptedException {
            staysFlat(60_000, 10_000, false, 8 << 20);
            staysFlat(300, 1_000, true, 8 << 20);
            System.out.println("flat");
        }
    }

    @Test
    void tenThousandClients() throws IOException, InterruptedException {
        Jvm.Ended ended = new Jvm().option("-Xms48m").option("-Xmx48m").option("-XX:+AlwaysPreTouch").option("-XX:+UseSerialGC")
            .run(Program.class.getName());
        assertEquals("flat\n", ended.out, ended.toString());
    }

    @Test
    void whatIsForgottenIsFreedAndReported() throws InterruptedException {
        List<String> reports = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger("io.github.libcloudauth");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                reports.add(record.getLevel() + " " + record.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            forget();
            for (int turn = 0; turn < 100 && reports.size() < 2; turn++) {
                Shared.collect();
            }
        } finally {
            logger.removeHandler(handler);
        }
        assertEquals(2, reports.size(), reports.toString());
        assertTrue(reports.contains("WARNING a CloudAuthClient was not closed; use try-with-resources"), reports.toString());
        assertTrue(reports.contains("WARNING the stream of checkMany was not closed; use try-with-resources"), reports.toString());
        assertEquals(0, Native.live());
    }

    private static void forget() {
        CloudAuthClient client = Shared.client();
        Stream<CheckOutcome> outcomes = client.checkMany(List.of(Shared.request("ekycpro200"), Shared.request("ekycpro200")));
        assertTrue(outcomes.iterator().next().result().isPresent());
    }

    /** Nobody holds the client but the call itself. */
    @Test
    void aClientIsKeptAliveDuringACall() throws InterruptedException {
        Logger logger = Logger.getLogger("io.github.libcloudauth");
        logger.setUseParentHandlers(false);
        Thread collector = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                System.gc();
            }
        });
        collector.start();
        try {
            for (int turn = 0; turn < 25; turn++) {
                assertTrue(Shared.client().checkResult(Shared.request("ekycpro200")).passed().orElseThrow());
                assertTrue(Shared.client().checkResultAsync(Shared.request("ekycpro200")).join().passed().orElseThrow());
            }
        } finally {
            collector.interrupt();
            collector.join();
            logger.setUseParentHandlers(true);
        }
    }
}
