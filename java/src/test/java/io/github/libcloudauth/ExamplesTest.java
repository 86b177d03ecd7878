package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of {@code examples/java}. */
class ExamplesTest {
    private static Jvm.Ended run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(
            Stream.of(Shared.ROOT.resolve("examples/java").resolve(program).toString()), Stream.of(arguments)).collect(Collectors.toList());
        return new Jvm().environment(Map.of(
            "CLOUDAUTH_ENDPOINT", Shared.emulator().endpoint(),
            "ALIBABA_CLOUD_ACCESS_KEY_ID", Shared.emulator().accessKeyId(),
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET", Shared.emulator().accessKeySecret())).run(command.toArray(new String[0]));
    }

    @Test
    void check() throws IOException, InterruptedException {
        Jvm.Ended passed = run("Check.java", "ekycpro200");
        assertEquals("passed: yes\ndecision: let the person in\n  SubCode 200: The verification passed.\n", passed.out, passed.toString());
        assertEquals(0, passed.code);
        assertEquals("", passed.err);
        assertEquals(1, run("Check.java", "faceliveness233").code);
        Jvm.Ended refused = run("Check.java", "errorThrottlingApi");
        assertEquals(2, refused.code);
        assertTrue(refused.err.startsWith("throttled: "), refused.err);
    }

    @Test
    void async() throws IOException, InterruptedException {
        Jvm.Ended done = run("Async.java", "ekycpro200");
        assertEquals("19 done, 1 cancelled\n", done.out, done.toString());
        assertEquals(0, done.code);
        assertEquals("", done.err);
        assertEquals(2, run("Async.java", "errorInternalError").code);
    }

    @Test
    void archive(@TempDir Path folder) throws IOException, InterruptedException {
        Path filed = folder.resolve("filed");
        Jvm.Ended done = run("Archive.java", "ekycpro200", filed.toString());
        assertEquals(0, done.code, done.toString());
        try (Stream<Path> files = Files.list(filed)) {
            List<Path> all = files.sorted().collect(Collectors.toList());
            assertEquals("[document-01.jpg, face.jpg, result.json]", all.stream().map(Path::getFileName).collect(Collectors.toList()).toString());
            for (Path file : all) {
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
        assertTrue(Files.readString(filed.resolve("result.json")).startsWith("{\"request_id\":"));
        assertEquals(2, run("Archive.java", "ekycpro200", filed.toString()).code, "evidence is not overwritten");
    }

    /** The test that such servers pass in every language. */
    @Test
    void callbackServer() throws IOException, InterruptedException {
        Jvm.Ended done = new Jvm().by(Shared.ROOT.resolve("tests/callback/run.sh")).option("-XX:TieredStopAtLevel=1")
            .patience(Duration.ofMinutes(3))
            .run(Shared.ROOT.resolve("examples/java/CallbackServer.java").toString());
        assertEquals(0, done.code, done.toString());
    }
}
