package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Finding G8: what another language stored is read with its pictures, and stored as it was. */
class StoredTest {
    private static final Path STORED = Shared.CASES.resolveSibling("stored");

    private static List<Path> json(Path folder, int least) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> json = files.filter(file -> file.toString().endsWith(".json")).collect(Collectors.toList());
            assertTrue(json.size() >= least, "found " + json.size());
            return json;
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".json", "");
    }

    private static byte[] body(Path folder) throws IOException {
        byte[] reply = Files.readAllBytes(folder.resolve("reply.http"));
        return Arrays.copyOfRange(reply, new String(reply, StandardCharsets.ISO_8859_1).indexOf("\n\n") + 2, reply.length);
    }

    @Test
    void aStoredResultIsReadAndStoredAgain() throws IOException {
        for (Path file : json(STORED, 10)) {
            Path folder = Shared.caseFolders().stream().filter(one -> one.endsWith(name(file))).findAny().orElseThrow();
            byte[] text = Files.readAllBytes(file);
            CheckResult result = CheckResult.fromJson(text);
            assertArrayEquals(text, CloudAuth.decode(body(folder)).toJson(), name(file));
            assertEquals(Files.readString(folder.resolve("expected.json")), result.canonicalJson());
            assertArrayEquals(text, result.toJson(), name(file));
            assertTrue(result.raw().isEmpty());
        }
    }

    @Test
    void everyResultIsReadAsItWasStored() throws IOException {
        int stored = 0;
        for (Path folder : Shared.caseFolders()) {
            if (!Files.exists(folder.resolve("expected.json"))) {
                continue;
            }
            CheckResult result = CloudAuth.decode(body(folder));
            CheckResult again = CheckResult.fromJson(result.toJson());
            assertArrayEquals(result.toJson(), again.toJson(), folder.toString());
            assertEquals(result.canonicalJson(), again.canonicalJson(), folder.toString());
            stored++;
        }
        assertTrue(stored > 600, "stored " + stored);
    }

    @Test
    void whatIsNoStoredResultIsRefused() throws IOException {
        for (Path file : json(STORED.resolve("refused"), 11)) {
            String message = Files.readString(file.resolveSibling(name(file) + ".error")).replace("to_json", "toJson");
            byte[] text = Files.readAllBytes(file);
            CloudAuthException error = assertThrows(CloudAuthException.class, () -> CheckResult.fromJson(text), name(file));
            assertEquals(Kind.INVALID_ARGUMENT, error.kind(), name(file));
            assertTrue(error.getMessage().startsWith(message), error.getMessage());
        }
    }

    @Test
    void aResultMadeByHandIsStored() {
        CheckResult result = CheckResult.builder()
            .passed(true)
            .face(Face.builder().image(Image.of("abc".getBytes(StandardCharsets.UTF_8))).build())
            .build();
        String text = new String(result.toJson(), StandardCharsets.UTF_8);
        assertTrue(text.startsWith("{\"version\":1,\"request_id\":\"\",\"passed\":true,"), text);
        assertTrue(text.contains("\"image\":{\"base64\":\"YWJj\",\"format\":\"unknown\"}"), text);
        assertEquals(result, CheckResult.fromJson(result.toJson()));
    }
}
