import java.io.BufferedReader;
import java.io.InputStreamReader;

/**
 * The official core, calling when it is told to: {@code Paced ENDPOINT CA_FILE} prints {@code ready}, then calls once for each
 * line that it reads, and prints how many seconds that took.
 */
final class Paced {
    public static void main(String[] arguments) throws Exception {
        try (Client client = new Peer(arguments[0], "small", false, arguments[1])) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
            System.out.println("ready");
            while (lines.readLine() != null) {
                long began = System.nanoTime();
                client.check().judge(0, 0);
                System.out.println((System.nanoTime() - began) / 1e9);
            }
        }
    }

    private Paced() {}
}
