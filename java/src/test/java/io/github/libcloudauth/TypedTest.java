package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Typed operations: the lists of {@code tests/calls}, which all languages share. */
class TypedTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> LISTS = List.of("typed.json", "initialize.json");
    private static final byte[] SUCCESS = "{\"Code\":\"Success\"}".getBytes(StandardCharsets.UTF_8);

    static String text(JsonNode given) {
        return given.textValue();
    }

    static boolean flag(JsonNode given) {
        return given.booleanValue();
    }

    static long number(JsonNode given) {
        return given.longValue();
    }

    static List<String> list(JsonNode given) {
        List<String> list = new ArrayList<>();
        given.forEach(item -> list.add(item.textValue()));
        return list;
    }

    static byte[] picture(JsonNode given) {
        try {
            return given.get("base64").binaryValue();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    static Object value(JsonNode given) {
        return MAPPER.convertValue(given, Object.class);
    }

    /** All cases but those that Java's types rule out. */
    private static List<JsonNode> listed() throws IOException {
        List<JsonNode> cases = new ArrayList<>();
        for (String list : LISTS) {
            for (JsonNode one : MAPPER.readTree(Shared.ROOT.resolve("tests/calls").resolve(list).toFile()).get("cases")) {
                if (!one.path("by_name").booleanValue()) {
                    cases.add(one);
                }
            }
        }
        return cases;
    }

    private static TypedRequest<?> request(JsonNode one) {
        TypedRequest.Builder<?> builder = TypedRequests.of(one.get("operation").textValue(), one.get("arguments"));
        one.path("parameters").properties().forEach(entry -> builder.parameter(entry.getKey(), entry.getValue().textValue()));
        if (one.path("unchecked").booleanValue()) {
            builder.unchecked();
        }
        return builder.build();
    }

    /** Both ways to call. */
    private static List<Supplier<Object>> calls(CloudAuthClient client, JsonNode one) {
        return List.of(() -> client.run(request(one), null), () -> {
            try {
                return client.runAsync(request(one), null).join();
            } catch (CompletionException wrapped) {
                throw (CloudAuthException) wrapped.getCause();
            }
        });
    }

    /** In a message of the list, names stand in backquotes, as C has them. */
    private static String spelled(String message) {
        return Pattern.compile("`(\\w+)`").matcher(message).replaceAll(name ->
            Pattern.compile("_(\\w)").matcher(name.group(1)).replaceAll(letter -> letter.group(1).toUpperCase()));
    }

    @Test
    void everyCaseArrivesAndGivesWhatItSays() throws IOException {
        List<JsonNode> cases = listed();
        assertTrue(cases.size() >= 160, "found " + cases.size());
        try (Recorder recorder = new Recorder(SUCCESS); CloudAuthClient client = recorder.builder().maxAttempts(1).build()) {
            for (JsonNode one : cases) {
                byte[] reply = one.has("reply") ? MAPPER.writeValueAsBytes(one.get("reply")) : SUCCESS;
                recorder.answer(one.path("status").asInt(200), reply);
                for (Supplier<Object> call : calls(client, one)) {
                    recorder.seen.clear();
                    holds(one, call, recorder);
                }
            }
        }
    }

    private static void holds(JsonNode one, Supplier<Object> call, Recorder recorder) {
        String name = one.get("name").textValue();
        if (one.has("error")) {
            CloudAuthException error = assertThrows(CloudAuthException.class, call::get, name);
            assertEquals(spelled(one.get("error").textValue()), error.getMessage(), name);
            assertSame(Kind.INVALID_ARGUMENT, error.kind(), name);
            assertEquals(List.of(), recorder.seen, name);
            return;
        }
        if (one.has("fails")) {
            CloudAuthException error = assertThrows(CloudAuthException.class, call::get, name);
            assertEquals(one.get("fails").get("kind").textValue(), error.kind().toString(), name);
            assertEquals(Optional.ofNullable(one.get("fails").get("code").textValue()), error.code(), name);
            assertEquals(1, error.attempts(), name);
        } else {
            Object reply = call.get();
            assertEquals(one.has("reply"), one.has("gives"), name);
            if (one.has("gives")) {
                assertEquals(one.get("gives"), printed(reply), name);
            }
        }
        assertEquals(List.of(List.of(value(one.get("query")), value(one.get("form")))), recorder.seen, name);
    }

    private static JsonNode printed(Object reply) {
        try {
            return MAPPER.readTree(CanonicalJson.of(reply));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    @Test
    void everyOperationHasCases() throws IOException {
        Set<String> sent = new HashSet<>();
        for (JsonNode one : listed()) {
            if (one.has("query")) {
                sent.add(request(one).getClass().getSimpleName());
            }
        }
        TypedRequests.examples().forEach(builder ->
            assertTrue(sent.contains(builder.build().getClass().getSimpleName()), builder.build().toString()));
    }

    @Test
    void eachMethodMakesItsCall() {
        try (Recorder recorder = new Recorder(SUCCESS); CloudAuthClient client = recorder.client()) {
            recorder.answer(200, ("{\"Code\":\"200\",\"RequestId\":\"r\",\"Result\":{\"DeleteResult\":\"Y\",\"TransactionId\":\"hks1\",\"New\":[1]}}")
                .getBytes(StandardCharsets.UTF_8));
            DeleteResultRequest delete = DeleteResultRequest.builder("hks1", "All").afterQuery(false).build();
            Deletion deletion = client.deleteResult(delete);
            assertEquals(Optional.of(true), deletion.deleted());
            assertEquals(Optional.of("hks1"), deletion.transactionId());
            assertEquals(Optional.empty(), deletion.failReason());
            assertEquals(Map.of("New", List.of(1L)), deletion.extra());
            assertEquals(deletion, client.deleteResultAsync(delete).join());
            assertEquals(deletion, client.deleteResult(delete, Duration.ofSeconds(20)));
            assertEquals(deletion, Deletion.builder().requestId("r").deleted(true).transactionId("hks1").extra(Map.of("New", List.of(1))).build());
            recorder.answer(200, "{\"Code\":\"Success\",\"Result\":{\"Result\":\"SUCCESS\",\"LogInfo\":[\"a\",\"b\"],\"VerifyStatus\":2}}"
                .getBytes(StandardCharsets.UTF_8));
            assertEquals(Optional.of("SUCCESS"), client.keepAlive().answer());
            VerifyLog log = client.verifyLogAsync(VerifyLogRequest.of("order1", "hks1"), Duration.ofSeconds(20)).join();
            assertEquals(Optional.of(2L), log.verifyStatus());
            assertEquals(Optional.of(List.of("a", "b")), log.log());
            assertEquals(5, client.stats().calls());
            assertEquals(5, recorder.seen.size());
        }
    }

    @Test
    void aTimeLimitThatIsOverSendsNothing() {
        try (Recorder recorder = new Recorder(SUCCESS); CloudAuthClient client = recorder.client()) {
            CloudAuthException late = assertThrows(CloudAuthException.class, () -> client.keepAlive(KeepAliveRequest.of(), Duration.ZERO));
            assertSame(Kind.TIMEOUT, late.kind());
            Throwable later = assertThrows(CompletionException.class,
                () -> client.keepAliveAsync(KeepAliveRequest.of(), Duration.ZERO).join()).getCause();
            assertSame(Kind.TIMEOUT, ((CloudAuthException) later).kind());
            assertEquals(List.of(), recorder.seen);
        }
    }

    @Test
    void itsEventsNameTheOperation() {
        List<String> told = new CopyOnWriteArrayList<>();
        try (Recorder recorder = new Recorder(SUCCESS);
                CloudAuthClient client = recorder.builder().onEvent(event -> told.add(event.operation())).build()) {
            client.verifyLog(VerifyLogRequest.of("order1", "hks1"));
        }
        assertEquals(List.of("CheckVerifyLog", "CheckVerifyLog"), told, "an attempt and a call");
    }

    @Test
    void requestsAreValuesThatShowNobodysData() {
        DeleteResultRequest request = DeleteResultRequest.builder("canary", "All").afterQuery(true).afterQuery(false).build();
        assertEquals("DeleteResultRequest[afterQuery=false, deleteType=All, transactionId]", request.toString());
        assertEquals("DeleteResultRequest[deleteType, transactionId]", DeleteResultRequest.of("canary", "canary").toString());
        assertEquals(request, DeleteResultRequest.builder("canary", "All").afterQuery(false).build());
        assertEquals(request.hashCode(), DeleteResultRequest.builder("canary", "All").afterQuery(false).build().hashCode());
        assertNotEquals(request, DeleteResultRequest.of("canary", "All"));
        assertNotEquals(request, DeleteResultRequest.builder("canary", "All").afterQuery(false).unchecked().build());
        assertNotEquals((Object) KeepAliveRequest.of(), VerifyLogRequest.of("b", "t"));
        CloudAuthException half = assertThrows(CloudAuthException.class, () -> DeleteResultRequest.of("\uD800", "All"));
        assertEquals("transactionId: must be Unicode text, without lone surrogates", half.getMessage());
    }

    @Test
    void repliesShowNobodysData() {
        Deletion deletion = Deletion.builder().requestId("r").deleted(false).transactionId("canary").failReason("canary").build();
        assertEquals("Deletion[request_id=r, transaction_id, deleted=false, fail_reason, extra, problems]", deletion.toString());
        assertFalse(VerifyLog.builder().verifyStatus(1).subCode("canary").log(List.of("canary")).build().toString().contains("canary"));
    }
}
