import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.libcloudauth.Action;
import io.github.libcloudauth.CheckRequest;
import io.github.libcloudauth.CheckResult;
import io.github.libcloudauth.CloudAuth;
import io.github.libcloudauth.CloudAuthClient;
import io.github.libcloudauth.CloudAuthException;
import io.github.libcloudauth.Decision;
import io.github.libcloudauth.DeleteResultRequest;
import io.github.libcloudauth.InitializeRequest;
import io.github.libcloudauth.Kind;
import io.github.libcloudauth.Started;
import io.github.libcloudauth.StatusRequest;
import io.github.libcloudauth.WaitOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A merchant's server: {@code java -cp cloudauth.jar CallbackServer.java PORT URL DIR}. The environment says where to call, and
 * the keys.
 *
 * <p>{@code GET /start?metaInfo=…} begins a verification and sends the browser on to the person's page. {@code /verified} takes
 * the service's callback. It listens on this machine's PORT; URL is where the world reaches it, by way of the proxy that ends
 * TLS. DIR keeps what was started and what came of it.
 */
public final class CallbackServer {
    private final CloudAuthClient client = CloudAuthClient.create();
    private final ScheduledExecutorService work = Executors.newScheduledThreadPool(4);
    /** The ids that are being finished. */
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final String url;
    private final Flows flows;

    private CallbackServer(String url, Flows flows) {
        this.url = url;
        this.flows = flows;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            System.err.println("usage: CallbackServer PORT URL DIR");
            System.exit(2);
        }
        InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        HttpServer server = HttpServer.create(here, 0);
        CallbackServer shop = new CallbackServer(arguments[1], new Flows(Path.of(arguments[2])));
        server.createContext("/start", shop::start);
        server.createContext("/verified", shop::verified);
        server.setExecutor(Executors.newCachedThreadPool());
        shop.work.scheduleWithFixedDelay(() -> attempt("resume", shop::resume), 0, 15, TimeUnit.MINUTES);
        // What has come by the end is answered, fetched and filed.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.stop(1);
            shop.end();
        }));
        server.start();
    }

    /** Begins a verification. It is stored before the person is sent on: no callback can come too early. */
    private void start(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getRawQuery());
        String metaInfo = query.startsWith("metaInfo=") ? URLDecoder.decode(query.substring(9), StandardCharsets.UTF_8) : "";
        try {
            Started started = client.initialize(InitializeRequest.builder("eKYC_PRO", metaInfo)
                .docType("GLB03002").callbackUrl(url + "/verified").build());
            flows.write(started.transactionId().orElseThrow(), Flows.BEGUN, started.toJson());
            exchange.getResponseHeaders().set("Location", started.transactionUrl().orElseThrow());
            answer(exchange, 303);
        } catch (CloudAuthException refused) {
            System.err.println("start: " + refused.getMessage());
            answer(exchange, refused.kind() == Kind.INVALID_ARGUMENT ? 400 : 502);
        }
    }

    /** Takes the callback: verify, answer, and only then fetch, for the service waits for the answer. */
    private void verified(HttpExchange exchange) throws IOException {
        try {
            String id = CloudAuth.parseCallback(exchange.getRequestURI().getRawQuery(), flows::token).transactionId();
            work.execute(() -> finish(id));
            answer(exchange, 200);
        } catch (CloudAuthException refused) {
            answer(exchange, refused.kind() == Kind.AUTHENTICATION ? 403 : 400);
        }
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    /** Done once for each transaction, however often it is called back. */
    private void finish(String id) {
        if (!busy.add(id)) {
            return;
        }
        if (!flows.has(id, Flows.ENDED)) {
            attempt(id, () -> fetch(id));
        }
        busy.remove(id);
    }

    /** Goes on where a crash broke off: what is filed is not fetched again. */
    private void fetch(String id) throws IOException {
        if (!flows.has(id, Flows.FILED)) {
            CheckRequest request =
                CheckRequest.builder(flows.started(id).merchantBizId().orElseThrow(), id).returnImage(true).build();
            // The callback may come before the result is there.
            CheckResult result = client.waitForResult(request, WaitOptions.defaults().timeout(Duration.ofMinutes(1)));
            if (result.passed().isEmpty()) {
                throw new IllegalStateException("the verdict is still to come");
            }
            flows.write(id, Flows.FILED, result.toJson());
            Decision decision = result.decision();
            System.err.println(id + (decision.action() == Action.ACCEPT ? ": accepted: " : ": not accepted: ") + decision.reasons().get(0));
        }
        // Only what is on disk is deleted at the service.
        if (!client.deleteResult(DeleteResultRequest.of(id, "All")).deleted().orElse(false)) {
            throw new IllegalStateException("not deleted");
        }
        flows.write(id, Flows.ENDED, "finished\n".getBytes(StandardCharsets.UTF_8));
    }

    /** Asks for what no callback told of: a person who walks away causes none, and a crash may have lost one. */
    private void resume() throws IOException {
        for (String id : flows.unfinished()) {
            attempt(id, () -> {
                String state = client.status(StatusRequest.of(flows.started(id))).state().orElseThrow();
                if (state.equals("finished")) {
                    finish(id);
                } else if (Set.of("abandoned", "expired", "gone").contains(state)) {
                    flows.write(id, Flows.ENDED, (state + "\n").getBytes(StandardCharsets.UTF_8));
                }
            });
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void attempt(String what, Step step) {
        try {
            step.run();
        } catch (IOException | RuntimeException failure) {
            System.err.println(what + ": " + failure.getMessage() + "; asked again later");
        }
    }

    /** Does what is under way. */
    private void end() {
        work.shutdown();
        try {
            work.awaitTermination(2, TimeUnit.MINUTES);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }

    /** A folder with up to three files for each transaction, which only their owner can read. A shop has its database here. */
    private static final class Flows {
        static final String BEGUN = ".started.json";
        static final String FILED = ".result.json";
        /** Nothing is left to do. */
        static final String ENDED = ".ended";

        private final Path folder;

        Flows(Path folder) throws IOException {
            this.folder = Files.createDirectories(folder);
        }

        boolean has(String id, String part) {
            return Files.exists(folder.resolve(id + part));
        }

        Started started(String id) throws IOException {
            return Started.fromJson(Files.readAllBytes(folder.resolve(id + BEGUN)));
        }

        /**
         * What the callback of a transaction must carry; null for one that is not known. An id in a callback is anybody's text,
         * and becomes a file's name here.
         */
        String token(String id) {
            try {
                return id.matches("[0-9A-Za-z]+") && has(id, BEGUN) ? started(id).callbackToken().orElseThrow() : null;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        List<String> unfinished() throws IOException {
            try (Stream<Path> all = Files.list(folder)) {
                return all.map(path -> path.getFileName().toString()).filter(name -> name.endsWith(BEGUN))
                    .map(name -> name.substring(0, name.length() - BEGUN.length())).filter(id -> !has(id, ENDED))
                    .collect(Collectors.toList());
            }
        }

        /** Done when the file is on disk, whole: the service's copy is deleted next. */
        void write(String id, String part, byte[] data) throws IOException {
            Path made = Files.createTempFile(folder, id, ".new"); // for its owner alone
            try (FileChannel file = FileChannel.open(made, StandardOpenOption.WRITE)) {
                for (ByteBuffer bytes = ByteBuffer.wrap(data); bytes.hasRemaining();) {
                    file.write(bytes);
                }
                file.force(true);
            }
            Files.move(made, folder.resolve(id + part), StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
                entries.force(true);
            }
        }
    }
}
