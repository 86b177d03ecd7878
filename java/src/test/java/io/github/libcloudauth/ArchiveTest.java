package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of {@code tests/calls/archive.json}, which all languages share. */
class ArchiveTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path folder;

    private static List<String> names(Path into) throws IOException {
        if (!Files.exists(into)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(into)) {
            return files.map(path -> path.getFileName().toString()).sorted().collect(Collectors.toList());
        }
    }

    private static Object archive(CloudAuthClient client, TypedRequest<?> request, boolean asynchronously) {
        if (!asynchronously) {
            return client.run(request, null);
        }
        try {
            return client.runAsync(request, null).join();
        } catch (CompletionException wrapped) {
            throw (CloudAuthException) wrapped.getCause();
        }
    }

    private static void answer(Recorder recorder, JsonNode replies) {
        boolean isFirst = true;
        recorder.answer(500, new byte[0]);
        for (JsonNode one : replies) {
            JsonNode reply = one.get("reply");
            byte[] body = (reply.isTextual() ? reply.textValue() : reply.toString()).getBytes(StandardCharsets.UTF_8);
            if (isFirst) {
                recorder.answer(one.path("status").asInt(200), body);
            } else {
                recorder.thenAnswer(one.path("status").asInt(200), body);
            }
            isFirst = false;
        }
    }

    @Test
    void everyArchiveEndsAsTheListSays() throws IOException {
        try (Recorder recorder = new Recorder(new byte[0]); CloudAuthClient client = recorder.builder().maxAttempts(1).build()) {
            String endpoint = "http://127.0.0.1:" + recorder.port();
            String text = Files.readString(Shared.ROOT.resolve("tests/calls/archive.json")).replace("{origin}", endpoint);
            int number = 0;
            for (JsonNode one : MAPPER.readTree(text).get("cases")) {
                Path into = folder.resolve(Integer.toString(++number));
                int run = 0;
                for (JsonNode wanted : one.get("runs")) {
                    String name = one.get("name").textValue() + ", run " + ++run;
                    ObjectNode arguments = ((ObjectNode) wanted.get("arguments")).put("into", into.toString());
                    JsonNode docVideo = arguments.remove("doc_video");
                    arguments.putObject("started").put("doc_video", docVideo != null).put("version", 1).put("endpoint", endpoint).put("transaction_id", "hks1")
                            .put("merchant_biz_id", "order1").put("product_code", "eKYC_PRO").put("initialized_at", "2026-03-01T10:00:00Z");
                    answer(recorder, wanted.get("replies"));
                    recorder.seen.clear();
                    TypedRequest<?> request = TypedRequests.of("archive", arguments).build();
                    boolean asynchronously = number % 2 == 0;
                    if (wanted.has("fails")) {
                        CloudAuthException error = assertThrows(CloudAuthException.class, () -> archive(client, request, asynchronously), name);
                        assertEquals(wanted.get("fails").textValue(), error.kind().toString(), name);
                    } else {
                        assertGives(wanted.get("gives"), (Archive) archive(client, request, asynchronously), name);
                    }
                    if (!wanted.has("fails")) {
                        assertTrue(CloudAuth.verifyArchive(into).isComplete(), name);
                    }
                    assertEquals(wanted.get("replies").size(), recorder.seen.size(), name);
                    List<String> files = new ArrayList<>();
                    wanted.path("files").forEach(file -> files.add(file.textValue()));
                    assertEquals(files, names(into), name);
                }
            }
        }
    }

    @Test
    void whatIsNoArchiveIsSaidToBeNone() {
        ArchiveReport report = CloudAuth.verifyArchive(folder);
        assertFalse(report.isComplete());
        assertEquals(Optional.empty(), report.manifestSha256());
        assertEquals(List.of("manifest.json missing"), report.problems().stream().map(one -> one.file() + " " + one.problem()).collect(Collectors.toList()));
        assertSame(Kind.IO, assertThrows(CloudAuthException.class, () -> CloudAuth.verifyArchive(folder.resolve("absent"))).kind());
        CloudAuthException empty = assertThrows(CloudAuthException.class, () -> CloudAuth.verifyArchive(Path.of("")));
        assertEquals("folder: must not be empty", empty.getMessage());
        assertSame(Kind.INVALID_ARGUMENT, empty.kind());
    }

    private static void assertGives(JsonNode gives, Archive archive, String name) {
        Map<String, JsonNode> given = Map.of(
                "request_id", MAPPER.valueToTree(archive.requestId()),
                "outcome", MAPPER.valueToTree(archive.outcome().orElse(null)),
                "missing", MAPPER.valueToTree(archive.missing().orElse(null)),
                "deletion", MAPPER.valueToTree(archive.deletion().orElse(null)),
                "withheld_for", MAPPER.valueToTree(archive.withheldFor().orElse(null)),
                "afterwards", MAPPER.valueToTree(archive.afterwards().orElse(null)),
                "receipt", MAPPER.valueToTree(archive.receipt().orElse(null)));
        gives.fieldNames().forEachRemaining(field -> assertEquals(gives.get(field), given.get(field), name + ": " + field));
    }
}
