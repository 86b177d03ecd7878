package io.github.libcloudauth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.platform.commons.JUnitException;
import org.opentest4j.AssertionFailedError;

/** A virtual machine of its own for one program. */
final class Jvm {
    private final List<String> options = new ArrayList<>();
    private Map<String, String> environment = Map.of();

    /** What a program left behind. */
    static final class Ended {
        final int code;
        final String out;
        final String err;
        final long at = System.currentTimeMillis();

        private Ended(int code, String out, String err) {
            this.code = code;
            this.out = out;
            this.err = err;
        }

        @Override
        public String toString() {
            return code + "\n" + out + "\n" + err;
        }
    }

    Jvm() {
        if (Runtime.version().feature() >= 24) {
            // Older ones load native libraries without a word.
            options.add("--enable-native-access=ALL-UNNAMED");
        }
    }

    Jvm option(String option) {
        options.add(option);
        return this;
    }

    Jvm environment(Map<String, String> environment) {
        this.environment = environment;
        return this;
    }

    /** The library's classes, with its native half, those of the tests, and JUnit. */
    static String classPath() {
        Stream<Class<?>> of = Stream.of(CloudAuth.class, Jvm.class, Assertions.class, AssertionFailedError.class, JUnitException.class);
        return of.map(Jvm::folder).map(Path::toString).collect(Collectors.joining(":"));
    }

    static Path folder(Class<?> of) {
        return Path.of(of.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    Ended run(String... program) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-cp", classPath()));
        command.addAll(options);
        command.addAll(List.of(program));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        Process process = builder.start();
        CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> all(process.getInputStream()));
        CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> all(process.getErrorStream()));
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running: " + command + "\n" + out.join() + err.join());
        }
        return new Ended(process.exitValue(), out.join(), err.join());
    }

    private static String all(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException refused) {
            throw new AssertionError(refused);
        }
    }
}
