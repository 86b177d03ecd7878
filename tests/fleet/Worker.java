import io.github.libcloudauth.CloudAuthClient;
import io.github.libcloudauth.CloudAuthException;
import io.github.libcloudauth.Stats;
import java.time.Duration;
import java.util.Map;

/** A worker of the fleet: one call after the other, until its input ends. Then it says how many it made. */
public final class Worker {
    private static volatile boolean over;

    public static void main(String[] arguments) throws Exception {
        try (CloudAuthClient client = CloudAuthClient.builder().endpoint(arguments[0]).quota(arguments[1])
                .qps(Integer.parseInt(arguments[2])).timeout(Duration.ofSeconds(20))
                .accessKeyId("emulator-key-id").accessKeySecret("emulator-key-secret").build()) {
            Thread reader = new Thread(Worker::read);
            reader.setDaemon(true);
            reader.start();
            int calls = 0;
            int failed = 0;
            while (!over) {
                try {
                    client.call("KeepaliveIntl", Map.of());
                    calls++;
                } catch (CloudAuthException error) {
                    failed++;
                    System.err.println(error.getMessage());
                }
            }
            Stats stats = client.stats();
            System.out.printf("{\"calls\": %d, \"failed\": %d, \"stats\": {\"shared_permits\": %d, \"own_permits\": %d, "
                    + "\"quota_losses\": %d, \"requests\": %d}}%n", calls, failed, stats.sharedPermits(), stats.ownPermits(),
                stats.quotaLosses(), stats.requests());
        }
    }

    private static void read() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is said but the end.
            }
        } catch (java.io.IOException ignored) {
            // It is the end, too.
        }
        over = true;
    }
}
