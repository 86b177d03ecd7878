package io.github.libcloudauth;

import io.github.libcloudauth.testing.Emulator;
import io.github.libcloudauth.testing.EmulatorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What tests share: the repository's files, and one emulator with the recorded replies, which ends with the virtual machine. */
final class Shared {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    static final Path CASES = ROOT.resolve("tests/conformance/cases");

    private Shared() {}

    /** Begun when first asked for: programs that tests run in a virtual machine of their own do without. */
    private static final class Started {
        private static final Emulator EMULATOR = Emulator.start(EmulatorOptions.defaults().cases(CASES));
    }

    /** The folder of each case, in the order of their paths. */
    static List<Path> caseFolders() throws IOException {
        try (Stream<Path> files = Files.walk(CASES)) {
            return files.filter(file -> file.endsWith("reply.http")).map(Path::getParent).sorted().collect(Collectors.toList());
        }
    }

    static Emulator emulator() {
        return Started.EMULATOR;
    }

    static CloudAuthClient client() {
        return emulator().client();
    }

    static CloudAuthClientBuilder at(String endpoint) {
        return CloudAuthClient.builder().endpoint(endpoint).accessKeyId("id").accessKeySecret("secret");
    }

    static CheckRequest request(String transactionId) {
        return CheckRequest.of("demo", transactionId);
    }

    static CheckRequest withImages(String transactionId) {
        return CheckRequest.builder("demo", transactionId).returnImage(true).build();
    }

    /** Bytes of memory in use. */
    static long resident() throws IOException {
        String pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
        return Long.parseLong(pages) * 4096;
    }

    static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    /** Garbage is collected, and what it held is let go of. */
    static void collect() throws InterruptedException {
        for (int turn = 0; turn < 5; turn++) {
            System.gc();
            Thread.sleep(20);
        }
    }
}
