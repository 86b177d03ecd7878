package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of {@code tests/calls/video.json}, which all languages share. */
class VideoTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path folder;

    private static JsonNode listed(String part, int port) throws IOException {
        String text = Files.readString(Shared.ROOT.resolve("tests/calls/video.json"));
        String origin = "http://127.0.0.1:" + port;
        return MAPPER.readTree(text.replace("{origin}", origin).replace("{port}", Integer.toString(port))).get(part);
    }

    private static List<Supplier<Object>> calls(CloudAuthClient client, TypedRequest<?> request) {
        return List.of(() -> client.run(request, null), () -> {
            try {
                return client.runAsync(request, null).join();
            } catch (CompletionException wrapped) {
                throw (CloudAuthException) wrapped.getCause();
            }
        });
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.collect(Collectors.toList());
        }
    }

    @Test
    void everyVideoEndsAsTheListSays() throws IOException {
        Path to = folder.resolve("video.webm");
        try (Recorder recorder = new Recorder(new byte[0]); CloudAuthClient client = recorder.builder().maxAttempts(1).build()) {
            for (JsonNode one : listed("cases", recorder.port())) {
                String name = one.get("name").textValue();
                byte[] reply = one.path("reply").asText("").getBytes(StandardCharsets.UTF_8);
                recorder.answer(one.path("status").asInt(200), reply);
                ObjectNode arguments = ((ObjectNode) one.get("arguments")).put("to", to.toString());
                for (Supplier<Object> call : calls(client, TypedRequests.of("download_video", arguments).build())) {
                    recorder.seen.clear();
                    if (one.has("fails")) {
                        CloudAuthException error = assertThrows(CloudAuthException.class, call::get, name);
                        assertEquals(one.get("fails").textValue(), error.kind().toString(), name);
                        assertEquals(List.of(), files(), name);
                    } else {
                        Video video = (Video) call.get();
                        JsonNode gives = one.get("gives");
                        assertEquals(gives.get("outcome").textValue(), video.outcome().orElseThrow(), name);
                        assertEquals(gives.path("length").asLong(video.path().isPresent() ? reply.length : 0), video.length().orElse(0L), name);
                        if (gives.has("sha256") || video.path().isEmpty()) {
                            assertEquals(gives.path("sha256").asText(""), video.sha256().orElse(""), name);
                        }
                        assertEquals(video.path().map(Path::of).stream().collect(Collectors.toList()), files(), name);
                        if (video.path().isPresent()) {
                            assertArrayEquals(reply, Files.readAllBytes(to), name);
                            Files.delete(to);
                        }
                    }
                    assertEquals(one.get("requests").intValue(), recorder.seen.size(), name);
                }
            }
        }
    }

    @Test
    void noHostileUrlLeadsAnywhere() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                CloudAuthClient client = Shared.at("https://service.invalid").maxAttempts(1).build()) {
            JsonNode urls = listed("urls", listener.getLocalPort());
            assertTrue(urls.size() > 60);
            for (JsonNode one : urls) {
                DownloadVideoRequest.Builder request = DownloadVideoRequest.builder(folder.resolve("video.webm").toString());
                ObjectNode result = MAPPER.createObjectNode().put("sub_code", "200");
                result.putObject("face").set("video_url", one.get("url"));
                request.result(TypedTest.value(result));
                if (one.has("video_hosts")) {
                    request.videoHosts(TypedTest.list(one.get("video_hosts")));
                }
                CloudAuthException error = assertThrows(CloudAuthException.class, () -> client.downloadVideo(request.build()), one.toString());
                assertSame(Kind.BLOCKED, error.kind(), one.toString());
            }
            listener.setSoTimeout(1);
            assertThrows(SocketTimeoutException.class, listener::accept);
        }
        assertEquals(List.of(), files());
    }
}
