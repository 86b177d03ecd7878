package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must be refused, and how: an exception that names the argument, before anything is sent. */
class BadInputTest {
    private static void isNull(String name, Executable call) {
        assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
    }

    private static void refused(String message, Executable call) {
        CloudAuthException error = assertThrows(CloudAuthException.class, call);
        assertTrue(error.getMessage().startsWith(message), error.getMessage());
        assertEquals(Kind.INVALID_ARGUMENT, error.kind());
        assertEquals(0, error.attempts());
    }

    @Test
    void nullIsRefusedByName() {
        isNull("merchantBizId", () -> CheckRequest.of(null, "t"));
        isNull("transactionId", () -> CheckRequest.of("b", null));
        isNull("name", () -> CheckRequest.builder("b", "t").parameter(null, "v"));
        isNull("value", () -> CheckRequest.builder("b", "t").parameter("n", null));
        isNull("list", () -> CheckRequest.builder("b", "t").extraImageControlList(null));
        isNull("body", () -> CloudAuth.decode(null));
        isNull("code", () -> CloudAuth.explain(null));
        isNull("accessKeyId", () -> Credentials.of(null, "s"));
        isNull("accessKeySecret", () -> Credentials.of("i", null));
        isNull("securityToken", () -> Credentials.of("i", "s", null));
        isNull("pause", () -> WaitOptions.defaults().firstPause(null));
        isNull("pause", () -> WaitOptions.defaults().longestPause(null));
        try (CloudAuthClient client = Shared.client()) {
            CheckRequest request = Shared.request("t");
            isNull("request", () -> client.checkResult(null));
            isNull("request", () -> client.waitForResult(null));
            isNull("options", () -> client.waitForResult(request, null));
            isNull("action", () -> client.call(null, Map.of()));
            isNull("parameters", () -> client.call("KeepaliveIntl", null));
            isNull("parameters: a name", () -> client.call("KeepaliveIntl", Collections.singletonMap(null, "v")));
            isNull("requests", () -> client.checkMany(null));
            isNull("options", () -> client.checkMany(List.of(), null));
            isNull("requests: item 1", () -> client.checkMany(Arrays.asList(request, null)).count());
        }
        CloudAuthClientBuilder builder = CloudAuthClient.builder();
        Map<String, Consumer<CloudAuthClientBuilder>> options = Map.ofEntries(
            Map.entry("region", to -> to.region(null)), Map.entry("network", to -> to.network(null)),
            Map.entry("endpoint", to -> to.endpoint(null)), Map.entry("signature", to -> to.signature(null)),
            Map.entry("accessKeyId", to -> to.accessKeyId(null)), Map.entry("accessKeySecret", to -> to.accessKeySecret(null)),
            Map.entry("securityToken", to -> to.securityToken(null)), Map.entry("credentials", to -> to.credentials(null)),
            Map.entry("timeout", to -> to.timeout(null)), Map.entry("attemptTimeout", to -> to.attemptTimeout(null)),
            Map.entry("connectTimeout", to -> to.connectTimeout(null)), Map.entry("idleTimeout", to -> to.idleTimeout(null)),
            Map.entry("keepWarm", to -> to.keepWarm(null)),
            Map.entry("caFile", to -> to.caFile(null)), Map.entry("proxy", to -> to.proxy(null)), Map.entry("quota", to -> to.quota(null)),
            Map.entry("userAgent", to -> to.userAgent(null)));
        options.forEach((name, set) -> isNull(name, () -> set.accept(builder)));
    }

    @Test
    void anArgumentIsJudged() {
        try (CloudAuthClient client = Shared.client()) {
            refused("transactionId: must be printable ASCII", () -> client.checkResult(Shared.request("t\0t")));
            refused("merchantBizId: must hold letters and digits", () -> client.checkResult(CheckRequest.of("b\0", "t")));
            refused("transactionId: must not be empty", () -> client.checkResult(Shared.request("")));
            refused("merchantBizId: must have at most 32", () -> client.checkResult(CheckRequest.of("b".repeat(33), "t")));
            refused("transactionId: must be Unicode text", () -> Shared.request("\uD800"));
            refused("transactionId: must be Unicode text", () -> Shared.request("\uDC00\uD800"));
            refused("TransactionId: must not hold a NUL", () -> client.call("CheckVerifyLog", Map.of("TransactionId", "\0")));
            refused("TransactionId: is given twice",
                () -> client.checkResult(CheckRequest.builder("b", "t").parameter("TransactionId", "u").build()));
            refused("action: must be an operation's name", () -> client.call("Check Result", Map.of()));
            refused("concurrency: must not be negative",
                () -> client.checkMany(List.of(), ManyOptions.defaults().concurrency(-2)));
            CloudAuthException later = (CloudAuthException) assertThrows(CompletionException.class,
                () -> client.checkResultAsync(Shared.request("")).join()).getCause();
            assertEquals("transactionId: must not be empty", later.getMessage());
            // Longer than any clock: no limit that anyone will see.
            assertTrue(client.checkResult(Shared.request("ekycpro200"), Duration.ofSeconds(Long.MAX_VALUE)).passed().orElseThrow());
        }
    }

    /** Finding J10: whatever is wrong fails the future; nothing is thrown. */
    @Test
    void aFutureTellsAllThatIsWrong() {
        CloudAuthClient client = Shared.client();
        CheckRequest request = Shared.request("ekycpro200");
        failsWith("request", NullPointerException.class, client.checkResultAsync(null));
        failsWith("request", NullPointerException.class, client.waitForResultAsync(null));
        failsWith("options", NullPointerException.class, client.waitForResultAsync(request, null));
        failsWith("action", NullPointerException.class, client.callAsync(null, Map.of()));
        failsWith("parameters", NullPointerException.class, client.callAsync("KeepaliveIntl", null));
        failsWith("parameters: a name", NullPointerException.class, client.callAsync("KeepaliveIntl", Collections.singletonMap(null, "v")));
        failsWith("TransactionId: must not hold a NUL", CloudAuthException.class, client.callAsync("CheckVerifyLog", Map.of("TransactionId", "\0")));
        failsWith("TransactionId: must be Unicode text", CloudAuthException.class, client.callAsync("CheckVerifyLog", Map.of("TransactionId", "\uD800")));
        failsWith("transactionId: must not be empty", CloudAuthException.class, client.checkResultAsync(Shared.request("")));
        failsWith("firstPause: must not be negative", CloudAuthException.class,
            client.waitForResultAsync(request, WaitOptions.defaults().firstPause(Duration.ofNanos(-1))));
        client.close();
        failsWith("the client is closed", IllegalStateException.class, client.checkResultAsync(request));
        failsWith("the client is closed", IllegalStateException.class, client.waitForResultAsync(request));
        failsWith("the client is closed", IllegalStateException.class, client.callAsync("KeepaliveIntl", Map.of()));
    }

    private static void failsWith(String message, Class<? extends Throwable> type, CompletableFuture<?> call) {
        Throwable cause = assertThrows(CompletionException.class, call::join).getCause();
        assertEquals(type, cause.getClass());
        assertTrue(cause.getMessage().startsWith(message), cause.getMessage());
    }

    /** Finding E7: a deadline that is gone is a timeout at once, and nothing is sent; none given is the client's own limit. */
    @Test
    void aTimeThatIsOver() {
        CheckRequest request = Shared.request("ekycpro200");
        for (Duration over : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(Long.MIN_VALUE))) {
            try (CloudAuthClient client = Shared.client()) {
                assertEquals(Kind.TIMEOUT, assertThrows(CloudAuthException.class, () -> client.checkResult(request, over)).kind());
                assertEquals(Kind.TIMEOUT, assertThrows(CloudAuthException.class, () -> client.call("KeepaliveIntl", Map.of(), over)).kind());
                for (CompletableFuture<?> call : List.of(client.checkResultAsync(request, over), client.callAsync("KeepaliveIntl", Map.of(), over))) {
                    Throwable cause = assertThrows(CompletionException.class, call::join).getCause();
                    assertEquals(Kind.TIMEOUT, ((CloudAuthException) cause).kind());
                }
                client.checkMany(List.of(request), ManyOptions.defaults().timeout(over))
                    .forEach(outcome -> assertEquals(Kind.TIMEOUT, outcome.error().orElseThrow().kind()));
                assertEquals(0, client.stats().requests());
            }
        }
        try (CloudAuthClient client = Shared.client()) {
            assertTrue(client.checkResult(request, null).passed().orElseThrow());
            assertTrue(client.checkResultAsync(request, null).join().passed().orElseThrow());
            // Finding A6: longer than any clock is no limit.
            for (Duration longest : List.of(Duration.ofMillis(Long.MAX_VALUE), Duration.ofSeconds(Long.MAX_VALUE))) {
                assertTrue(client.checkResult(request, longest).passed().orElseThrow());
                assertTrue(client.checkResultAsync(request, longest).join().passed().orElseThrow());
                assertTrue(client.waitForResult(request, WaitOptions.defaults().timeout(longest).longestPause(longest)).passed().orElseThrow());
            }
        }
        try (CloudAuthClient client = Shared.emulator().clientBuilder().timeout(Duration.ofMillis(Long.MAX_VALUE))
                .attemptTimeout(Duration.ofMillis(Long.MAX_VALUE)).connectTimeout(Duration.ofMillis(Long.MAX_VALUE))
                .idleTimeout(Duration.ofMillis(Long.MAX_VALUE)).retryCap(Duration.ofMillis(Long.MAX_VALUE)).build()) {
            assertTrue(client.checkResult(request).passed().orElseThrow());
            assertTrue(client.checkResultAsync(request).join().passed().orElseThrow());
        }
    }

    @Test
    void anOptionIsJudged() {
        Map<String, Function<CloudAuthClientBuilder, CloudAuthClientBuilder>> wrong = Map.ofEntries(
            Map.entry("region: must be one of", to -> to.region("mars")),
            Map.entry("endpoint: plain http is for loopback", to -> to.endpoint("http://example.com")),
            Map.entry("network", to -> to.network("moon")),
            Map.entry("signature: must be acs3 or rpc1", to -> to.signature("md5")),
            Map.entry("timeout: must not be negative", to -> to.timeout(Duration.ofMillis(-1))),
            Map.entry("maxBodyBytes: must not be negative", to -> to.maxBodyBytes(-1)),
            Map.entry("maxConcurrency: must not be negative", to -> to.maxConcurrency(-1)),
            Map.entry("caFile: /nowhere cannot be read", to -> to.caFile(Path.of("/nowhere"))),
            Map.entry("userAgent: must be printable", to -> to.userAgent("a\nb")),
            Map.entry("accessKeySecret: must not be empty", to -> to.accessKeySecret("")),
            Map.entry("credentials: cannot be given together", to -> to.credentials(() -> null)));
        wrong.forEach((message, set) -> refused(message, () -> set.apply(Shared.at("http://127.0.0.1:1")).build()));
    }

    /** Each option of the table that all languages share. */
    @Test
    void everyOptionIsThere() throws IOException {
        String table = Files.readString(Shared.ROOT.resolve("core/schema/options.toml"));
        List<String> names = Pattern.compile("\\[\\[option]]\\s+name = \"(\\w+)\"").matcher(table).results()
            .map(found -> found.group(1).replaceAll("_ms$", "")).collect(Collectors.toList());
        assertFalse(names.isEmpty());
        List<String> methods = Stream.of(CloudAuthClientBuilder.class.getMethods()).map(method -> method.getName()).collect(Collectors.toList());
        for (String name : names) {
            String camel = Pattern.compile("_(\\w)").matcher(name).replaceAll(letter -> letter.group(1).toUpperCase());
            assertTrue(methods.contains(camel), camel);
        }
    }

    @Test
    void aClosedClient() {
        CloudAuthClient client = Shared.client();
        Stream<CheckOutcome> begun = client.checkMany(Collections.nCopies(20, Shared.request("ekycpro200")));
        client.close();
        client.close();
        assertThrows(IllegalStateException.class, () -> client.checkResult(Shared.request("t")));
        assertThrows(IllegalStateException.class, () -> client.waitForResult(Shared.request("t")));
        assertThrows(IllegalStateException.class, () -> client.call("KeepaliveIntl", Map.of()));
        assertThrows(IllegalStateException.class, () -> client.checkMany(List.of()));
        assertEquals(20, begun.filter(outcome -> outcome.result().isPresent()).count(), "calls under way go on");
        Stream<CheckOutcome> closed = Shared.client().checkMany(List.of(Shared.request("t")));
        closed.close();
        assertEquals(0, Native.manyFree(0) ? 1 : 0);
    }

    @Test
    void forgedNumbersAreAnswered() {
        NativeLibrary.require();
        for (long number : new long[] {0, -1, Long.MAX_VALUE, Long.MIN_VALUE, 0xDEADBEEFL}) {
            assertThrows(IllegalStateException.class, () -> Reply.of(Native.checkResult(number, new byte[0], 0, 0)).check());
            assertThrows(IllegalStateException.class, () -> Reply.of(Native.waitForResult(number, new byte[0], new byte[0], 0)).check());
            assertThrows(IllegalStateException.class, () -> Reply.of(Native.manyNext(number, 0)).check());
            assertFalse(Native.clientFree(number));
            assertFalse(Native.manyFree(number));
            Native.cancel(number);
            Native.discard(number);
            assertTrue(Reply.of(Native.outcome(number)).isEnd());
            assertFalse(Native.isAsked(number));
            Native.answer(number, new WireWriter().optionalText("reason", "none").toBytes(), null);
            Native.answer(number, null, new IllegalStateException());
            Native.giveUp(number);
        }
        for (byte[] odd : new byte[][] {{}, {1}, {0, 0, 0, -1}, new byte[64]}) {
            CloudAuthException error = assertThrows(CloudAuthException.class, () -> Reply.of(Native.clientNew(odd)).check());
            assertTrue(List.of(Kind.INTERNAL, Kind.INVALID_ARGUMENT).contains(error.kind()), error.toString());
        }
        assertEquals(Kind.INTERNAL, assertThrows(CloudAuthException.class, () -> Reply.of(Native.decode(null)).check()).kind());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "<html>", "\0\0\0\0", "[1]", "null", "\uFEFF{"})
    void bytesThatAreNoBody(String body) {
        CloudAuthException error = assertThrows(CloudAuthException.class, () -> CloudAuth.decode(body.getBytes(StandardCharsets.UTF_8)));
        assertEquals(Kind.PROTOCOL, error.kind());
        assertFalse(error.getMessage().contains("\n"));
    }

    @Test
    void bytesThatAreNoText() {
        for (byte[] body : new byte[][] {{(byte) 0xFF, (byte) 0xFE}, "[".repeat(100_000).getBytes(StandardCharsets.UTF_8)}) {
            assertEquals(Kind.PROTOCOL, assertThrows(CloudAuthException.class, () -> CloudAuth.decode(body)).kind());
        }
    }

    @Test
    void whatIsPrintedHoldsNoSecret() {
        try (CloudAuthClient client = Shared.at("http://127.0.0.1:1").accessKeySecret("canary").build()) {
            assertEquals("CloudAuthClient[http://127.0.0.1:1]", client.toString());
        }
        assertEquals("Credentials[temporary]", Credentials.of("canary", "canary", "canary").toString());
        assertFalse(Shared.request("canary").toString().contains("canary"));
    }
}
