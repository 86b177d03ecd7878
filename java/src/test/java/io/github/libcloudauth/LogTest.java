package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.libcloudauth.testing.Emulator;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Finding J9: the System.Logger of this library has core's lines, of calls and of what is likely a mistake. */
class LogTest {
    private static final String SECRET = "emulator-key-secret";

    static final class Calls {
        // A logger that nobody holds is forgotten, with its handlers.
        private static final Logger LOGGER = Logger.getLogger("io.github.libcloudauth");

        public static void main(String[] arguments) {
            CheckRequest passes = CheckRequest.of("canarybiz", "ekycpro200");
            try (CloudAuthClient client = CloudAuthClient.builder().endpoint(arguments[0]).accessKeyId("emulator-key-id")
                .accessKeySecret(SECRET).maxAttempts(2).throttleBase(Duration.ofMillis(1)).build()) {
                LOGGER.setUseParentHandlers(false);
                LOGGER.addHandler(new Printing(client, passes));
                LOGGER.setLevel(Level.FINE);
                said("blocking");
                client.checkResult(passes);
                said("throttled");
                try {
                    client.checkResult(CheckRequest.of("canarybiz", "errorThrottlingApi"));
                } catch (CloudAuthException expected) {
                    said("async");
                }
                try {
                    client.checkResultAsync(CheckRequest.of("canarybiz", "pending3")).join();
                } catch (CompletionException expected) {
                    said("many");
                }
                client.checkMany(List.of(passes)).forEach(CheckOutcome::get);
                LOGGER.setLevel(Level.OFF);
                said("off");
                client.checkResult(passes);
            }
            said("end");
        }

        private static void said(String what) {
            System.out.println("-- " + what);
        }
    }

    /** Prints lines, calls by the library as some appenders do, and throws. */
    private static final class Printing extends Handler {
        private final CloudAuthClient client;
        private final CheckRequest request;

        private Printing(CloudAuthClient client, CheckRequest request) {
            this.client = client;
            this.request = request;
        }

        @Override
        public void publish(LogRecord line) {
            System.out.println(line.getLevel() + " " + line.getMessage());
            if (line.getMessage().contains("trying again")) {
                client.checkResult(request);
                throw new IllegalStateException("a broken handler");
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void callsAreLoggedAndNobodyInThem() throws Exception {
        try (Emulator emulator = Emulator.start()) {
            Jvm.Ended ended = new Jvm().run(Calls.class.getName(), emulator.endpoint());
            String out = ended.out;
            assertEquals(0, ended.code, ended.toString());
            assertTrue(said(out, "blocking").matches("(?s).*FINE call\\{action=\"CheckResult\" .*}: succeeded ms=\\d+\n"), out);
            assertTrue(said(out, "throttled").contains("FINE call{"), out);
            assertTrue(said(out, "throttled").contains("trying again"), out);
            assertTrue(said(out, "async").contains("failed kind=\"not_completed\""), out);
            assertTrue(said(out, "many").contains("}: succeeded ms="), out);
            assertEquals("", said(out, "off"), out);
            for (String hidden : List.of("canarybiz", "ekycpro200", "pending3", "emulator-key", SECRET)) {
                assertFalse(out.contains(hidden), hidden + "\n" + out);
            }
        }
    }

    private static String said(String out, String what) {
        return out.split("-- " + what + "\n")[1].split("-- ")[0];
    }

    static final class Lines {
        public static void main(String[] arguments) {
            Calls.LOGGER.setUseParentHandlers(false);
            Calls.LOGGER.setLevel(Level.FINE);
            Calls.LOGGER.addHandler(new Handler() {
                @Override
                public void publish(LogRecord line) {
                    System.out.println((line.getLevel() == Level.FINE ? "4 " : "? ") + line.getMessage());
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            });
            try (CloudAuthClient client = CloudAuthClient.builder().endpoint(arguments[0]).accessKeyId("emulator-key-id")
                .accessKeySecret(SECRET).maxAttempts(2).throttleBase(Duration.ofMillis(1)).build()) {
                for (String transaction : List.of("ekycpro200", "errorThrottlingApi", "pending99")) {
                    try {
                        client.checkResult(CheckRequest.of("demo", transaction));
                    } catch (CloudAuthException expected) {
                        // The log has it.
                    }
                }
            }
        }
    }

    /** Finding E6: the lines that every language logs. */
    @Test
    void theLogHasTheLinesOfEveryLanguage() throws Exception {
        try (Emulator emulator = Emulator.start()) {
            String lines = new Jvm().run(Lines.class.getName(), emulator.endpoint()).out;
            lines = lines.replace(emulator.endpoint(), "ENDPOINT").replaceAll("ms=\\d+", "ms=_");
            assertEquals(Files.readString(Shared.ROOT.resolve("tests/log/lines.txt")), lines);
        }
    }

    static final class Warned {
        public static void main(String[] arguments) {
            CloudAuthClient.builder().region("ap-southeast-1").accessKeyId("id").accessKeySecret("secret").build().close();
        }
    }

    /** By the platform's default, which prints from level INFO on. */
    @Test
    void whatIsLikelyAMistakeIsLoggedUnasked() throws Exception {
        Jvm.Ended ended = new Jvm().environment(Map.of("CLOUDAUTH_ENDPOINT", "http://127.0.0.1:9")).run(Warned.class.getName());
        assertTrue(ended.err.contains("WARNING: CLOUDAUTH_ENDPOINT overrides the host of the region given"), ended.toString());
    }
}
