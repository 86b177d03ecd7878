import io.github.libcloudauth.CloudAuth;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Decodes a body: {@code Decoding FILE ROUNDS} prints the median in nanoseconds. */
final class Decoding {
    public static void main(String[] arguments) throws Exception {
        byte[] body = Files.readAllBytes(Path.of(arguments[0]));
        int rounds = Integer.parseInt(arguments[1]);
        long[] taken = new long[rounds];
        // Compiled first.
        for (int round = -rounds; round < rounds; round++) {
            long begun = System.nanoTime();
            byte[] image = CloudAuth.decode(body).face().orElseThrow().image().orElseThrow().bytes();
            taken[Math.max(round, 0)] = System.nanoTime() - begun;
            if (image.length == 0) {
                throw new IllegalStateException("no image");
            }
        }
        Arrays.sort(taken);
        System.out.printf("{\"copied\": %d}%n", taken[rounds / 2]);
    }
}
