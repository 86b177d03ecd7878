package io.github.libcloudauth.testing;

import io.github.libcloudauth.CloudAuthClient;
import io.github.libcloudauth.CloudAuthClientBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A {@code CheckResult} service on this machine, for tests: the command {@code cloudauth emulator}, on a free port, until it is
 * closed or the virtual machine ends, however that ends: the emulator sees its stdin close. {@code docs/emulator.md} has a TransactionId for every outcome.
 */
public final class Emulator implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Thread atExit;
    private final String ready;

    private Emulator(EmulatorOptions options) {
        try {
            process = new ProcessBuilder(options.command(Command.find()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        } catch (IOException refused) {
            throw new UncheckedIOException("the emulator cannot be started: " + refused.getMessage(), refused);
        }
        atExit = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            ready = readyLine();
        } catch (RuntimeException refused) {
            close();
            throw refused;
        }
    }

    /** Starts one with every default. */
    public static Emulator start() {
        return start(EmulatorOptions.defaults());
    }

    /**
     * Starts one.
     *
     * @throws IllegalStateException where the command {@code cloudauth} is not found, or ends before it is ready
     */
    public static Emulator start(EmulatorOptions options) {
        return new Emulator(Objects.requireNonNull(options, "options"));
    }

    /** Its URL. */
    public String endpoint() {
        return field("endpoint").orElseThrow();
    }

    /** The one AccessKey id that it knows. */
    public String accessKeyId() {
        return field("access_key_id").orElseThrow();
    }

    /** That key's secret. */
    public String accessKeySecret() {
        return field("access_key_secret").orElseThrow();
    }

    /** The token that every call must carry, where one was given. */
    public Optional<String> securityToken() {
        return field("security_token");
    }

    /** The certificate authority to trust, where it serves HTTPS. */
    public Optional<Path> caFile() {
        return field("ca_file").map(Path::of);
    }

    /** Where it takes control calls, which no fault strikes and nobody counts: {@code docs/emulator.md} has them. */
    public String controlEndpoint() {
        return field("control_endpoint").orElseThrow();
    }

    /** Options of a client that calls it. */
    public CloudAuthClientBuilder clientBuilder() {
        CloudAuthClientBuilder builder = CloudAuthClient.builder()
            .endpoint(endpoint())
            .accessKeyId(accessKeyId())
            .accessKeySecret(accessKeySecret());
        securityToken().ifPresent(builder::securityToken);
        caFile().ifPresent(builder::caFile);
        return builder;
    }

    /** A client that calls it. */
    public CloudAuthClient client() {
        return clientBuilder().build();
    }

    /** Moves its clock forward: what is then due ends, what is too old expires. */
    public void advance(Duration time) {
        control("clock", "{\"advance_seconds\":" + time.getSeconds() + "}");
    }

    /** Ends a verification that {@code Initialize} began; the callback follows. */
    public void finish(String transactionId, String subCode) {
        control("finish", "{\"transaction_id\":\"" + word(transactionId) + "\",\"sub_code\":\"" + word(subCode) + "\"}");
    }

    /**
     * Has calls go wrong from now on, by faults such as {@code throttle:retry-after=250ms,next=3} in the place of all that were
     * set; none ends them. {@code docs/emulator.md} lists them.
     *
     * @throws IllegalArgumentException where one is not known, or needs TLS and there is none
     */
    public void setFaults(String... faults) {
        String list = Stream.of(faults).map(fault -> "\"" + fault(fault) + "\"").collect(Collectors.joining(","));
        control("faults", "{\"faults\":[" + list + "]}");
    }

    /** Stops it and closes its connections. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.getSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException exiting) {
            // The hook runs already.
        }
    }

    /** Ends it at once, as a crash would. */
    public void kill() {
        process.destroyForcibly();
    }

    private String readyLine() {
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        try {
            String line = CompletableFuture.supplyAsync(() -> read(out)).get(PATIENCE.getSeconds(), TimeUnit.SECONDS);
            if (line == null) {
                throw new IllegalStateException("the emulator ended before it was ready; its own message stands on stderr");
            }
            return line;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the emulator started", interrupted);
        } catch (ExecutionException | TimeoutException refused) {
            throw new IllegalStateException("the emulator was not ready within " + PATIENCE.getSeconds() + " s", refused);
        }
    }

    private static String read(BufferedReader out) {
        try {
            return out.readLine();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** A field of the ready line, which is one flat object of texts. */
    private Optional<String> field(String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(ready);
        return found.find() ? Optional.of(found.group(1).replaceAll("\\\\(.)", "$1")) : Optional.empty();
    }

    private static String word(String text) {
        if (!text.matches("\\w*")) {
            throw new IllegalArgumentException("must be letters and digits");
        }
        return text;
    }

    private static String fault(String text) {
        if (!text.matches("[\\w.:=,-]*")) {
            throw new IllegalArgumentException("must be a fault such as latency:delay=300ms");
        }
        return text;
    }

    private void control(String what, String json) {
        try {
            HttpURLConnection connection = (HttpURLConnection) new URL(controlEndpoint() + "/control/" + what).openConnection();
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            connection.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                String reason = new String(connection.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
                throw new IllegalArgumentException("the emulator refused: " + reason);
            }
            connection.getInputStream().close();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
