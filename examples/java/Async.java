import io.github.libcloudauth.CheckRequest;
import io.github.libcloudauth.CheckResult;
import io.github.libcloudauth.CloudAuthClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Twenty calls in flight, one of them cancelled: {@code java -cp cloudauth.jar Async.java TRANSACTION}. The environment says
 * where to call, and the keys.
 */
public final class Async {
    private static final int CALLS = 20;

    private Async() {}

    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("usage: Async TRANSACTION");
            System.exit(2);
        }
        try (CloudAuthClient client = CloudAuthClient.builder().build()) {
            CheckRequest request = CheckRequest.of("example", arguments[0]);
            List<CompletableFuture<CheckResult>> calls =
                IntStream.range(0, CALLS).mapToObj(call -> client.checkResultAsync(request)).collect(Collectors.toList());
            calls.remove(CALLS - 1).cancel(true);
            calls.forEach(CompletableFuture::join);
            System.out.println(calls.size() + " done, 1 cancelled");
        } catch (CompletionException failed) {
            System.err.println(failed.getCause().getMessage());
            System.exit(2);
        }
    }
}
