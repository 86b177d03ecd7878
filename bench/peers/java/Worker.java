import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A client that the driver measures: {@code Worker CLIENT ENDPOINT KIB IN_FLIGHT [CA_FILE]}, as bench/peers/worker.py describes.
 * CLIENT is a class.
 */
final class Worker {
    private static volatile boolean stop;

    private final Client client;
    private final int images;
    private final long imageBytes;

    public static void main(String[] arguments) throws Exception {
        int kib = Integer.parseInt(arguments[2]);
        int inFlight = Integer.parseInt(arguments[3]);
        String caFile = arguments.length > 4 ? arguments[4] : null;
        // By name, so that neither client needs the other one's jars.
        Client client = (Client) Class.forName(arguments[0])
            .getDeclaredConstructor(String.class, String.class, boolean.class, int.class, String.class)
            .newInstance(arguments[1], arguments[2], kib > 0, inFlight, caFile);
        new Worker(client, kib).obey(inFlight);
        System.exit(0);
    }

    private Worker(Client client, int kib) {
        this.client = client;
        images = kib > 0 ? 2 : 0;
        imageBytes = 2L * kib * 1024 / 4 * 3;
    }

    private void obey(int inFlight) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(inFlight);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        System.out.println("ready");
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            long began = System.nanoTime();
            long calls = 1;
            if (line.equals("call")) {
                call();
            } else {
                calls = some(threads, inFlight, Double.parseDouble(line));
            }
            System.out.printf("{\"calls\": %d, \"seconds\": %f}%n", calls, (System.nanoTime() - began) / 1e9);
        }
    }

    /** Calls from so many threads until the time is over, at least once from each. */
    private long some(ExecutorService threads, int inFlight, double seconds) throws InterruptedException {
        stop = false;
        AtomicLong calls = new AtomicLong();
        CountDownLatch ended = new CountDownLatch(inFlight);
        for (int index = 0; index < inFlight; index++) {
            threads.execute(() -> {
                long done = 0;
                do {
                    call();
                    done++;
                } while (!stop);
                calls.addAndGet(done);
                ended.countDown();
            });
        }
        Thread.sleep((long) (seconds * 1000));
        stop = true;
        ended.await();
        return calls.get();
    }

    private void call() {
        try {
            client.check().expect(images, imageBytes);
        } catch (Exception failed) {
            failed.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }
}
