package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A video into a stream: the list {@code receivers} of {@code tests/calls/video.json}, which all languages share. */
class ReceiverTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String VIDEO = "HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n\u001aE\u07e312345678";

    @TempDir
    Path folder;

    /** Answers each connection with the next reply, byte for byte, and closes it. */
    private static final class Host implements AutoCloseable {
        final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
        final List<String> replies = Collections.synchronizedList(new ArrayList<>());

        Host() throws IOException {
            Thread server = new Thread(this::serve);
            server.setDaemon(true);
            server.start();
        }

        private void serve() {
            while (true) {
                try (Socket socket = listener.accept()) {
                    StringBuilder head = new StringBuilder();
                    InputStream in = socket.getInputStream();
                    while (head.indexOf("\r\n\r\n") < 0) {
                        head.append((char) in.read());
                    }
                    ranges.add(head.toString().lines().filter(line -> line.toLowerCase().startsWith("range: "))
                        .map(line -> line.substring(7)).findFirst().orElse(null));
                    socket.getOutputStream().write((replies.isEmpty() ? VIDEO : replies.remove(0)).getBytes(StandardCharsets.UTF_8));
                } catch (IOException closed) {
                    if (listener.isClosed()) {
                        return;
                    }
                }
            }
        }

        String origin() {
            return "http://127.0.0.1:" + listener.getLocalPort();
        }

        DownloadVideoRequest request(OutputStream receiver) {
            String result = "{\"sub_code\":null,\"face\":{\"video_url\":\"" + origin() + "/v.webm\"}}";
            return DownloadVideoRequest.builder(receiver).result(result).videoHosts(List.of("127.0.0.1")).build();
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }

    private static final class Full extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** What came, and what is to fail. */
    private static final class Seen extends OutputStream {
        final ByteArrayOutputStream received = new ByteArrayOutputStream();
        final List<Long> progress = new ArrayList<>();
        private final JsonNode one;
        private volatile boolean over;

        Seen(JsonNode one) {
            this.one = one;
        }

        @Override
        public void write(int octet) {
            throw new AssertionError("one byte at a time");
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            assertFalse(over);
            if (received.size() + length >= one.path("receiver_fails_at").asLong(Long.MAX_VALUE)) {
                throw new Full();
            }
            received.write(bytes, from, length);
        }

        void report(long bytes, long total) throws Full {
            assertFalse(over);
            assertTrue(bytes <= total && total == 12);
            progress.add(bytes);
            if (bytes >= one.path("progress_fails_at").asLong(Long.MAX_VALUE)) {
                throw new Full();
            }
        }
    }

    private static CloudAuthClient client() {
        return Shared.at("https://service.invalid").maxAttempts(4).retryBase(Duration.ofMillis(1)).build();
    }

    private static Video joined(CompletableFuture<Video> future) {
        try {
            return future.join();
        } catch (CompletionException wrapped) {
            throw (CloudAuthException) wrapped.getCause();
        }
    }

    private DownloadVideoRequest request(JsonNode one, Path file, Seen seen) {
        DownloadVideoRequest.Builder request =
            one.path("file").asBoolean() ? DownloadVideoRequest.builder(file.toString()) : DownloadVideoRequest.builder(seen);
        JsonNode given = one.get("arguments");
        request.result(TypedTest.value(given.get("result"))).progress(seen::report);
        if (given.has("video_hosts")) {
            request.videoHosts(TypedTest.list(given.get("video_hosts")));
        }
        if (given.has("max_bytes")) {
            request.maxBytes(given.get("max_bytes").asLong());
        }
        return request.build();
    }

    @Test
    void everyTransferEndsAsTheListSays() throws IOException {
        try (Host host = new Host()) {
            String text = Files.readString(Shared.ROOT.resolve("tests/calls/video.json")).replace("{origin}", host.origin());
            for (JsonNode one : MAPPER.readTree(text).get("receivers")) {
                // The types leave no room for both.
                for (int way = one.has("both") ? 2 : 0; way < 2; way++) {
                    run(host, one, way == 0);
                }
            }
        }
    }

    private void run(Host host, JsonNode one, boolean blocks) throws IOException {
        String name = one.get("name").textValue();
        host.ranges.clear();
        host.replies.clear();
        one.get("replies").forEach(reply -> host.replies.add(reply.textValue()));
        Path file = folder.resolve("video.webm");
        Seen seen = new Seen(one);
        try (CloudAuthClient client = client()) {
            DownloadVideoRequest request = request(one, file, seen);
            Supplier<Video> call = () -> blocks ? client.downloadVideo(request) : joined(client.downloadVideoAsync(request));
            if (one.has("fails")) {
                CloudAuthException error = assertThrows(CloudAuthException.class, call::get, name);
                seen.over = true;
                assertEquals(one.get("fails").textValue(), error.kind().toString(), name + error);
                assertTrue(error.getMessage().contains(one.path("message").asText("")), name + error);
                assertEquals(one.has("caused"), error.getCause() instanceof Full, name);
                assertFalse(error.getCause() != null && error.retryable(), name);
                assertFalse(Files.exists(file), name);
            } else {
                Video video = call.get();
                seen.over = true;
                JsonNode gives = one.get("gives");
                assertEquals(gives.get("outcome").textValue(), video.outcome().orElseThrow(), name);
                assertEquals(gives.path("length").asLong(0), video.length().orElse(0L), name);
                assertEquals(gives.path("sha256").asText(""), video.sha256().orElse(""), name);
                assertEquals(one.path("file").asBoolean(), video.path().isPresent(), name);
            }
        }
        String bytes = Files.exists(file) ? Files.readString(file) : seen.received.toString(StandardCharsets.UTF_8);
        Files.deleteIfExists(file);
        if (one.has("receives") && !(one.has("file") && one.has("fails"))) {
            assertEquals(one.get("receives").textValue(), bytes, name);
        }
        List<String> ranges = new ArrayList<>();
        one.get("ranges").forEach(range -> ranges.add(range.textValue()));
        assertEquals(ranges, host.ranges, name);
        List<Long> sorted = new ArrayList<>(seen.progress);
        Collections.sort(sorted);
        assertTrue(sorted.equals(seen.progress) || ranges.lastIndexOf(null) > 0, name + seen.progress);
        if (one.path("gives").path("outcome").asText("").equals("fetched")) {
            assertEquals(seen.progress.size() - 1, seen.progress.indexOf(12L), name + seen.progress);
        }
    }

    @Test
    void itRunsOnTheThreadThatCallsAndMayCallTheClient() throws IOException {
        try (Host host = new Host(); CloudAuthClient client = client()) {
            List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
            OutputStream receiver = new ByteArrayOutputStream() {
                @Override
                public void write(byte[] bytes, int from, int length) {
                    threads.add(Thread.currentThread());
                    if (threads.size() == 1) {
                        client.downloadVideo(host.request(new ByteArrayOutputStream()));
                    }
                    super.write(bytes, from, length);
                }
            };
            client.downloadVideo(host.request(receiver));
            assertSame(Thread.currentThread(), threads.get(0));
            joined(client.downloadVideoAsync(host.request(receiver)));
            Thread own = threads.get(threads.size() - 1);
            assertNotEquals(Thread.currentThread(), own);
            assertTrue(own.isDaemon());
            assertSame(getClass().getClassLoader(), own.getContextClassLoader());
        }
    }

    @Test
    void whatEndsACallWaitsForItsReceiver() throws Exception {
        try (Host host = new Host(); CloudAuthClient client = client()) {
            AtomicInteger entered = new AtomicInteger();
            AtomicInteger returned = new AtomicInteger();
            CountDownLatch inside = new CountDownLatch(1);
            OutputStream slow = new ByteArrayOutputStream() {
                @Override
                public void write(byte[] bytes, int from, int length) {
                    entered.incrementAndGet();
                    inside.countDown();
                    long until = System.nanoTime() + 300_000_000;
                    while (System.nanoTime() < until) {
                        Thread.onSpinWait();
                    }
                    returned.incrementAndGet();
                }
            };
            host.replies.add(VIDEO.substring(0, VIDEO.length() - 4));
            CloudAuthException late =
                assertThrows(CloudAuthException.class, () -> client.downloadVideo(host.request(slow), Duration.ofMillis(100)));
            assertSame(Kind.TIMEOUT, late.kind());
            assertEquals(1, entered.get());
            assertEquals(1, returned.get());
            Thread caller = Thread.currentThread();
            new Thread(() -> {
                caller.interrupt();
            }).start();
            CloudAuthException interrupted = assertThrows(CloudAuthException.class, () -> client.downloadVideo(host.request(slow)));
            assertSame(Kind.CANCELLED, interrupted.kind());
            assertTrue(Thread.interrupted());
            assertEquals(entered.get(), returned.get());
            CompletableFuture<Video> future = client.downloadVideoAsync(host.request(slow));
            inside.await();
            future.cancel(true);
        }
    }

    @Test
    void anErrorOfTheReceiversIsTheCause() throws IOException {
        try (Host host = new Host(); CloudAuthClient client = client()) {
            OutputStream broken = new OutputStream() {
                @Override
                public void write(int octet) {
                    throw new StackOverflowError("on purpose");
                }
            };
            CloudAuthException error = assertThrows(CloudAuthException.class, () -> client.downloadVideo(host.request(broken)));
            assertInstanceOf(StackOverflowError.class, error.getCause());
            assertFalse(error.getMessage().contains("purpose"));
        }
    }

    @Test
    void requestsAreEqualWithTheSameStreamAlone() {
        OutputStream one = new ByteArrayOutputStream();
        OutputStream other = new ByteArrayOutputStream();
        assertEquals(DownloadVideoRequest.of(one), DownloadVideoRequest.of(one));
        assertNotEquals(DownloadVideoRequest.of(one), DownloadVideoRequest.of(other));
        assertNotEquals(DownloadVideoRequest.of(one), DownloadVideoRequest.of("video.webm"));
        assertEquals("DownloadVideoRequest[receiver]", DownloadVideoRequest.of(one).toString());
        assertNull(DownloadVideoRequest.of("video.webm").transfer());
    }
}
