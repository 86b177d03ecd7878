import io.github.libcloudauth.CloudAuth;
import io.github.libcloudauth.CloudAuthException;
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

    private static String outcome(Path file) {
        try {
            CloudAuth.decode(Files.readAllBytes(file)).canonicalJson();
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
