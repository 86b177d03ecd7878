package io.github.libcloudauth.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the command {@code cloudauth} is: CLOUDAUTH_BIN, else this repository's build, else PATH. */
final class Command {
    private static final String NAME = "cloudauth";

    private Command() {}

    static String find() {
        String given = System.getenv("CLOUDAUTH_BIN");
        if (given != null && !given.isEmpty()) {
            if (Files.isExecutable(Path.of(given))) {
                return given;
            }
            throw new IllegalStateException("CLOUDAUTH_BIN names " + given + ", which is no program that can be run");
        }
        for (Path candidate : candidates()) {
            if (Files.isExecutable(candidate) && Files.isRegularFile(candidate)) {
                return candidate.toString();
            }
        }
        throw new IllegalStateException("the command cloudauth was not found: set CLOUDAUTH_BIN to its path, build it in the"
            + " repository by `cargo build --package cloudauth-cli`, or put it on PATH");
    }

    private static List<Path> candidates() {
        List<Path> candidates = new ArrayList<>();
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("core/schema/codes.toml"))) {
                String elsewhere = System.getenv("CARGO_TARGET_DIR");
                Path target = elsewhere == null ? folder.resolve("target") : folder.resolve(elsewhere);
                candidates.add(target.resolve("release").resolve(NAME));
                candidates.add(target.resolve("debug").resolve(NAME));
            }
        }
        String path = System.getenv("PATH");
        for (String folder : path == null ? new String[0] : path.split(File.pathSeparator)) {
            candidates.add(Path.of(folder, NAME));
        }
        return candidates;
    }
}
