import io.github.libcloudauth.CheckRequest;
import io.github.libcloudauth.CheckResult;
import io.github.libcloudauth.CloudAuthClient;
import io.github.libcloudauth.CloudAuthClientBuilder;
import io.github.libcloudauth.Face;
import io.github.libcloudauth.Identity;
import io.github.libcloudauth.Image;
import io.github.libcloudauth.Page;
import java.nio.file.Path;

/** This library. */
final class Ours implements Client {
    private final CloudAuthClient client;
    private final CheckRequest request;

    Ours(String endpoint, String transaction, boolean images, int inFlight, String caFile) {
        CloudAuthClientBuilder builder =
            CloudAuthClient.builder().endpoint(endpoint).accessKeyId("bench-key-id").accessKeySecret("bench-key-secret")
                // A call in flight needs a connection of its own; 64 are the default.
                .maxConnections(Math.max(64, inFlight));
        client = (caFile == null ? builder : builder.caFile(Path.of(caFile))).build();
        request = CheckRequest.builder("bench", transaction).returnImage(images).build();
    }

    @Override
    public Outcome check() {
        CheckResult result = client.checkResult(request);
        Outcome outcome = new Outcome();
        outcome.passed = result.passed().orElse(false);
        Face face = result.face().orElseThrow();
        outcome.comparisonScore = face.comparisonScore().orElseThrow();
        face.image().map(Image::bytes).ifPresent(outcome::take);
        Page page = result.document().orElseThrow().pages().get("01");
        outcome.surname = page.identity().flatMap(Identity::surname).orElseThrow();
        page.image().map(Image::bytes).ifPresent(outcome::take);
        return outcome;
    }
}
