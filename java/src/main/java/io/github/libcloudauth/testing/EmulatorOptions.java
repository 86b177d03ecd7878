package io.github.libcloudauth.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Options of an {@link Emulator}; each method gives changed ones and leaves these as they are. */
public final class EmulatorOptions {
    private static final EmulatorOptions DEFAULTS = new EmulatorOptions(List.of(), null);

    private final List<String> arguments;
    private final String securityToken;

    private EmulatorOptions(List<String> arguments, String securityToken) {
        this.arguments = arguments;
        this.securityToken = securityToken;
    }

    /** HTTP, without a token, a quota or recorded replies. */
    public static EmulatorOptions defaults() {
        return DEFAULTS;
    }

    /** Serves HTTPS, with a certificate authority made for this run. */
    public EmulatorOptions tls() {
        return and("--tls");
    }

    /** Answers {@code Throttling.Api} to more calls per second than this. */
    public EmulatorOptions qps(int qps) {
        return and("--qps", Integer.toString(qps));
    }

    /** Ends each verification that {@code Initialize} began by itself after this time, as passed. */
    public EmulatorOptions finishAfter(Duration time) {
        return and("--finish-after", Double.toString(time.toMillis() / 1000.0));
    }

    /** Gives the recorded replies in that folder. */
    public EmulatorOptions cases(Path folder) {
        return and("--cases", folder.toString());
    }

    /** Refuses calls that do not carry this security token. */
    public EmulatorOptions securityToken(String token) {
        return new EmulatorOptions(arguments, Objects.requireNonNull(token, "token"));
    }

    private EmulatorOptions and(String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(Arrays.asList(more));
        return new EmulatorOptions(all, securityToken);
    }

    List<String> command(String program) {
        List<String> command = new ArrayList<>(List.of(program, "emulator", "--control", "127.0.0.1:0", "--until-stdin-closes"));
        command.addAll(arguments);
        if (securityToken != null) {
            command.addAll(List.of("--security-token-file", tokenFile().toString()));
        }
        return command;
    }

    private Path tokenFile() {
        try {
            Path file = Files.createTempFile("cloudauth-", ".token");
            file.toFile().deleteOnExit();
            return Files.writeString(file, securityToken);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
