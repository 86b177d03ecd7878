package io.github.libcloudauth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
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
    private List<String> runner = List.of();
    private Duration patience = Duration.ofSeconds(60);
    private String classPath = classPath();
    private String home = System.getProperty("java.home");

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

    /** Without leave to load native libraries. */
    static Jvm plain() {
        Jvm jvm = new Jvm();
        jvm.options.clear();
        return jvm;
    }

    Jvm classPath(String path) {
        classPath = path;
        return this;
    }

    /** Another Java than that of the tests. */
    Jvm home(Path folder) {
        home = folder.toString();
        return this;
    }

    Jvm patience(Duration patience) {
        this.patience = patience;
        return this;
    }

    Jvm option(String option) {
        options.add(option);
        return this;
    }

    Jvm environment(Map<String, String> environment) {
        this.environment = environment;
        return this;
    }

    /** Whether {@link #asAnotherUser} works. */
    static boolean canBeAnotherUser() {
        return "root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/usr/bin/setpriv"));
    }

    /** Has a script run it: the virtual machine's command line stands after the script's own path. */
    Jvm by(Path script) {
        runner = List.of(script.toString());
        return this;
    }

    /** Runs it as a user who has nothing else running, and may have so many processes and threads. {@code folder} takes its classes. */
    Jvm asAnotherUser(Path folder, int processes) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (Class<?> of : List.of(CloudAuth.class, Jvm.class)) {
            copy(folder(of), folder);
        }
        classPath = folder.toString();
        runner = List.of("/usr/bin/setpriv", "--reuid=54321", "--regid=54321", "--clear-groups", "/bin/sh", "-c",
            "ulimit -u " + processes + " 2>/dev/null || ulimit -p " + processes + "; exec \"$@\"", "sh");
        return option("-Djava.io.tmpdir=/tmp");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Path copy = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
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
        List<String> command = new ArrayList<>(runner);
        command.addAll(List.of(home + "/bin/java", "-cp", classPath));
        command.addAll(options);
        command.addAll(List.of(program));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        Process process = builder.start();
        CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> all(process.getInputStream()));
        CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> all(process.getErrorStream()));
        if (!process.waitFor(patience.getSeconds(), TimeUnit.SECONDS)) {
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
