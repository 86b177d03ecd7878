import io.github.libcloudauth.CheckRequest;
import io.github.libcloudauth.CheckResult;
import io.github.libcloudauth.CloudAuthClient;
import io.github.libcloudauth.CloudAuthException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A result and its pictures, filed: {@code java -cp cloudauth.jar Archive.java TRANSACTION DIR}. The environment says where to
 * call, and the keys.
 */
public final class Archive {
    private Archive() {}

    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            System.err.println("usage: Archive TRANSACTION DIR");
            System.exit(2);
        }
        try (CloudAuthClient client = CloudAuthClient.builder().build()) {
            file(client.checkResult(CheckRequest.builder("example", arguments[0]).returnImage(true).build()), Path.of(arguments[1]));
        } catch (CloudAuthException error) {
            System.err.println(error.getMessage());
            System.exit(2);
        } catch (IOException error) {
            System.err.println(error);
            System.exit(2);
        }
    }

    private static void file(CheckResult result, Path folder) throws IOException {
        result.saveImages(folder).forEach(path -> System.out.println("wrote " + path));
        write(folder.resolve("result.json"), ByteBuffer.wrap(result.canonicalJson().getBytes(StandardCharsets.UTF_8)));
    }

    /** A new file that only its owner can read. */
    private static void write(Path path, ByteBuffer bytes) throws IOException {
        try (SeekableByteChannel file = Files.newByteChannel(path, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        }
        System.out.println("wrote " + path);
    }
}
