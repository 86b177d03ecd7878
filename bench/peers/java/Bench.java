import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Calls as fast as it can for a while, from so many threads, once the compilers have seen enough, and prints what that cost as
 * one JSON line: {@code Bench ours|official ENDPOINT TRANSACTION THREADS SECONDS [CA_FILE]}. With SECONDS 0 it makes one call
 * and ends.
 */
final class Bench {
    private static final double WARM_UP_SECONDS = 4;

    private static volatile boolean stop;

    public static void main(String[] arguments) throws Exception {
        String transaction = arguments[2];
        boolean images = transaction.startsWith("images");
        String caFile = arguments.length > 5 ? arguments[5] : null;
        long expected = images ? 2 * (Long.parseLong(transaction.substring(6)) << 20) / 4 * 3 : 0;
        try (Client client = "ours".equals(arguments[0])
            ? new Ours(arguments[1], transaction, images, caFile)
            : new Peer(arguments[1], transaction, images, caFile)) {
            int threads = Integer.parseInt(arguments[3]);
            double seconds = Double.parseDouble(arguments[4]);
            if (seconds == 0) {
                call(client, images, expected);
                System.out.println("{}");
                return;
            }
            run(client, images, expected, threads, WARM_UP_SECONDS);
            long cpu = cpu();
            long began = System.nanoTime();
            long calls = run(client, images, expected, threads, seconds);
            double took = (System.nanoTime() - began) / 1e3;
            System.out.printf("{\"per_second\": %.1f, \"wall_us\": %.2f, \"cpu_us\": %.2f, \"resident_mib\": %.1f}%n",
                calls * 1e6 / took, took * threads / calls, (cpu() - cpu) / 1e3 / calls, resident());
        }
    }

    private static long run(Client client, boolean images, long expected, int threads, double seconds) throws InterruptedException {
        stop = false;
        AtomicLong calls = new AtomicLong();
        CountDownLatch ended = new CountDownLatch(threads);
        for (int index = 0; index < threads; index++) {
            new Thread(() -> {
                long done = 0;
                for (; !stop; done++) {
                    call(client, images, expected);
                }
                calls.addAndGet(done);
                ended.countDown();
            }).start();
        }
        Thread.sleep((long) (seconds * 1000));
        stop = true;
        ended.await();
        return calls.get();
    }

    private static void call(Client client, boolean images, long expected) {
        try {
            client.check().judge(images ? 2 : 0, expected);
        } catch (Exception failed) {
            failed.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static double resident() throws IOException {
        return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]) * 4096 / 1048576.0;
    }

    private Bench() {}
}
