import io.github.libcloudauth.CloudAuth;
import io.github.libcloudauth.CloudAuthException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Decodes a file on a thread with a stack of 256 KiB, and prints "ok", or the kind of the error. */
public final class Decode {
    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        Thread thread = new Thread(null, () -> System.out.println(outcome(file)), "decode", 256 << 10);
        thread.start();
        thread.join();
    }

    /** In pieces: the JDK reads an array of any size by way of another one as large, and keeps that. */
    private static byte[] read(Path file) throws IOException {
        byte[] body = new byte[(int) Files.size(file)];
        try (InputStream in = new FileInputStream(file.toFile())) {
            for (int at = 0; at < body.length; ) {
                at += in.read(body, at, Math.min(8192, body.length - at));
            }
        }
        return body;
    }

    private static String outcome(Path file) {
        try {
            CloudAuth.decode(read(file)).canonicalJson();
            return "ok";
        } catch (CloudAuthException error) {
            return error.kind().toString();
        } catch (OutOfMemoryError error) {
            return "OutOfMemoryError";
        } catch (Exception error) {
            return error.toString();
        }
    }
}
