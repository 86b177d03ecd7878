package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.libcloudauth.testing.Emulator;
import io.github.libcloudauth.testing.EmulatorOptions;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of {@code docs/faults.md}, blocking and by futures. */
class FaultsTest {
    private static final Emulator HTTP = Emulator.start();
    private static final Emulator HTTPS = Emulator.start(EmulatorOptions.defaults().tls());
    private static final Map<String, BiFunction<CloudAuthClientBuilder, Integer, CloudAuthClientBuilder>> OPTIONS = Map.of(
        "max_attempts", CloudAuthClientBuilder::maxAttempts,
        "timeout_ms", (builder, time) -> builder.timeout(Duration.ofMillis(time)),
        "attempt_timeout_ms", (builder, time) -> builder.attemptTimeout(Duration.ofMillis(time)),
        "connect_timeout_ms", (builder, time) -> builder.connectTimeout(Duration.ofMillis(time)));

    @AfterAll
    static void close() {
        HTTP.close();
        HTTPS.close();
    }

    private static final class Row {
        private final String name;
        private final String[] faults;
        private final Emulator emulator;
        private final boolean warm;
        private final String call;
        private final List<String> options;
        /** Outcome, code, requests, connections. */
        private final List<String> expected;
        private final long within;

        private Row(String line) {
            String[] cells = line.substring(2, line.length() - 2).split(" \\| ");
            assertEquals(10, cells.length, line);
            name = cells[0];
            faults = words(cells[1]).toArray(new String[0]);
            emulator = cells[2].startsWith("https") ? HTTPS : cells[2].startsWith("http") ? HTTP : null;
            warm = cells[2].endsWith(" warm");
            call = cells[3];
            options = words(cells[4]);
            expected = Arrays.asList(cells).subList(5, 9);
            within = Long.parseLong(cells[9]);
        }

        private static List<String> words(String cell) {
            return Stream.of(cell.split(" ")).filter(word -> !word.equals("-")).collect(Collectors.toList());
        }

        private CloudAuthClient client() {
            // Nobody listens at port 1.
            CloudAuthClientBuilder builder = emulator == null ? Shared.at("http://127.0.0.1:1") : emulator.clientBuilder();
            builder.retryBase(Duration.ofMillis(10)).throttleBase(Duration.ofMillis(20));
            for (String option : options) {
                String[] parts = option.split("=");
                OPTIONS.get(parts[0]).apply(builder, Integer.parseInt(parts[1]));
            }
            return builder.build();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() throws IOException {
        return Files.readAllLines(Shared.ROOT.resolve("docs/faults.md")).stream()
            .filter(line -> line.startsWith("|") && !line.startsWith("| name |") && !line.startsWith("|--"))
            .map(Row::new);
    }

    @Test
    void theTableIsThere() throws IOException {
        assertTrue(rows().count() >= 45);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void blocking(Row row) throws IOException {
        run(row, (client, action) -> action.equals("CheckResult")
            ? client.checkResult(Shared.request("ekycpro200"))
            : client.call(action, Map.of()));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void byFutures(Row row) throws IOException {
        run(row, (client, action) -> action.equals("CheckResult")
            ? client.checkResultAsync(Shared.request("ekycpro200")).join()
            : client.callAsync(action, Map.of()).join());
    }

    private static void run(Row row, BiFunction<CloudAuthClient, String, Object> fetch) throws IOException {
        try (CloudAuthClient client = row.client()) {
            if (row.emulator != null) {
                counters(row.emulator, "DELETE");
                if (row.warm) {
                    fetch.apply(client, "CheckResult");
                }
                row.emulator.setFaults(row.faults);
            }
            long before = client.stats().requests();
            long begun = System.nanoTime();
            CloudAuthException error = failure(() -> fetch.apply(client, row.call));
            long took = (System.nanoTime() - begun) / 1_000_000;
            long requests = client.stats().requests() - before;
            if (error != null && error.kind() == Kind.TLS) {
                assertEquals(0, counter(row.emulator, "application_bytes"), "bytes sent before TLS was agreed on");
            }
            long connections = 0;
            if (row.emulator != null) {
                row.emulator.setFaults();
                fetch.apply(client, "CheckResult");
                connections = counter(row.emulator, "connections");
            }
            String outcome = error == null ? "ok" : error.kind().toString();
            String code = error == null ? "-" : error.code().orElse("-");
            assertEquals(row.expected, List.of(outcome, code, "" + requests, "" + connections), () -> "" + error);
            assertTrue(error == null || error.attempts() == requests, () -> "attempts: " + error.attempts());
            assertTrue(took <= row.within, () -> took + " ms");
        }
    }

    /** What a call fails with; null where it does not. */
    private static CloudAuthException failure(Runnable call) {
        try {
            call.run();
            return null;
        } catch (CompletionException wrapped) {
            return (CloudAuthException) wrapped.getCause();
        } catch (CloudAuthException error) {
            return error;
        }
    }

    private static long counter(Emulator emulator, String name) throws IOException {
        Matcher found = Pattern.compile("\"" + name + "\":(\\d+)").matcher(counters(emulator, "GET"));
        assertTrue(found.find(), name);
        return Long.parseLong(found.group(1));
    }

    private static String counters(Emulator emulator, String method) throws IOException {
        URL url = new URL(emulator.controlEndpoint() + "/control/stats");
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        connection.setRequestMethod(method);
        return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
