package io.github.libcloudauth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers every call and keeps what it was sent: the parameters of its query, and of its form body. */
final class Recorder implements AutoCloseable {
    final List<List<Map<String, String>>> seen = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final Deque<Reply> replies = new ConcurrentLinkedDeque<>();

    private static final class Reply {
        private final int status;
        private final byte[] body;

        Reply(int status, byte[] body) {
            this.status = status;
            this.body = body;
        }
    }

    Recorder(byte[] first) {
        answer(200, first);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException refused) {
            throw new AssertionError(refused);
        }
        server.createContext("/", exchange -> {
            seen.add(List.of(query(exchange), decoded(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))));
            Reply reply = replies.size() > 1 ? replies.remove() : replies.element();
            // To this server, 0 is a length that is not known.
            exchange.sendResponseHeaders(reply.status, reply.body.length == 0 ? -1 : reply.body.length);
            exchange.getResponseBody().write(reply.body);
            exchange.close();
        });
        server.start();
    }

    /** Has every call answered like this, until there is another. */
    void answer(int status, byte[] body) {
        replies.clear();
        thenAnswer(status, body);
    }

    /** Has calls answered like this after one with the reply before. */
    void thenAnswer(int status, byte[] body) {
        replies.add(new Reply(status, body));
    }

    CloudAuthClient client() {
        return builder().build();
    }

    int port() {
        return server.getAddress().getPort();
    }

    CloudAuthClientBuilder builder() {
        return Shared.at("http://127.0.0.1:" + port());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static Map<String, String> query(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        return decoded(query == null ? "" : query);
    }

    private static Map<String, String> decoded(String encoded) {
        Map<String, String> decoded = new TreeMap<>();
        for (String pair : encoded.isEmpty() ? new String[0] : encoded.split("&")) {
            String[] halves = pair.split("=", 2);
            decoded.put(URLDecoder.decode(halves[0], StandardCharsets.UTF_8), URLDecoder.decode(halves[1], StandardCharsets.UTF_8));
        }
        return decoded;
    }
}
