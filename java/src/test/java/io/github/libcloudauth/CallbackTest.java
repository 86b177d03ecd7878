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
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The service's call of {@code CallbackUrl}: the list of {@code tests/calls}, which all languages share. */
class CallbackTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Map<String, Object> DECODED = Map.of("transactionId", "hks1", "passed", "Y", "callbackToken", "s3cr3t");

    private static Callback parsed(JsonNode listed) {
        Function<String, String> lookup = id -> listed.get("tokens").path(id).asText(null);
        String token = listed.path("token").asText(null);
        if (listed.has("query")) {
            String query = listed.get("query").asText();
            return token == null ? CloudAuth.parseCallback(query, lookup) : CloudAuth.parseCallback(query, token);
        }
        Map<String, List<String>> pairs = new LinkedHashMap<>();
        listed.get("pairs").forEach(pair ->
            pairs.computeIfAbsent(pair.get(0).asText(), name -> new ArrayList<>()).add(pair.get(1).asText()));
        return token == null ? CloudAuth.parseCallback(pairs, lookup) : CloudAuth.parseCallback(pairs, token);
    }

    @Test
    void everyCallbackOfTheListIsReadOrRefusedAsItSays() throws IOException {
        JsonNode list = MAPPER.readTree(Shared.ROOT.resolve("tests/calls/callback.json").toFile()).get("callbacks");
        assertTrue(list.size() >= 49, "found " + list.size());
        for (JsonNode listed : list) {
            String name = listed.get("name").asText();
            JsonNode error = listed.get("error");
            if (error != null) {
                CloudAuthException refused = assertThrows(CloudAuthException.class, () -> parsed(listed), name);
                assertEquals(error.get("kind").asText(), refused.kind().toString(), name);
                assertEquals(error.get("message").asText(), refused.getMessage(), name);
                continue;
            }
            Callback callback = parsed(listed);
            assertEquals(listed.get("transaction_id").asText(), callback.transactionId(), name);
            assertEquals(MAPPER.convertValue(listed.get("parameters"), Map.class), callback.parameters(), name);
        }
    }

    @Test
    void aFrameworksMapsAreRead() {
        Callback expected = CloudAuth.parseCallback("transactionId=hks1&passed=Y&callbackToken=s3cr3t", "s3cr3t");
        Map<String, Object> arrays = new LinkedHashMap<>();
        DECODED.forEach((name, value) -> arrays.put(name, new String[] {(String) value, (String) value}));
        Map<String, Object> lists = new LinkedHashMap<>();
        DECODED.forEach((name, value) -> lists.put(name, List.of(value)));
        for (Map<String, ?> query : List.of(DECODED, arrays, lists)) {
            assertEquals(expected, CloudAuth.parseCallback(query, "s3cr3t"));
            assertEquals(expected, CloudAuth.parseCallback(query, id -> id.equals("hks1") ? "s3cr3t" : null));
        }
        Map<String, Object> bare = new LinkedHashMap<>(DECODED);
        bare.put("note", null);
        bare.put("other", Collections.singletonList(null));
        bare.put("none", List.of());
        Map<String, String> parameters = CloudAuth.parseCallback(bare, "s3cr3t").parameters();
        assertEquals(Map.of("transactionId", "hks1", "passed", "Y", "note", "", "other", ""), parameters);
    }

    @Test
    void oneNameWithTwoValuesIsRefused() {
        Map<String, Object> twice = new LinkedHashMap<>(DECODED);
        twice.put("passed", new String[] {"N", "Y"});
        CloudAuthException refused = assertThrows(CloudAuthException.class, () -> CloudAuth.parseCallback(twice, "s3cr3t"));
        assertEquals("query: passed is given before, with another value", refused.getMessage());
    }

    @Test
    void valuesThatAreNoTextAreRefused() {
        for (Object wrong : Arrays.asList(7, List.of("canary", 7), new Integer[] {7})) {
            CloudAuthException refused =
                assertThrows(CloudAuthException.class, () -> CloudAuth.parseCallback(Map.of("transactionId", wrong), "s3cr3t"));
            assertEquals("query: must have values that are a String, a String[] or a Collection of String, not java.lang.Integer",
                refused.getMessage());
            assertSame(Kind.INVALID_ARGUMENT, refused.kind());
        }
        CloudAuthException half = assertThrows(CloudAuthException.class, () -> CloudAuth.parseCallback("note=\uD800", "s3cr3t"));
        assertEquals("query: must be Unicode text, without lone surrogates", half.getMessage());
    }

    @Test
    void aRequestWithoutAQueryIsNoCallback() {
        String none = null;
        CloudAuthException refused = assertThrows(CloudAuthException.class, () -> CloudAuth.parseCallback(none, id -> "s3cr3t"));
        assertEquals("query: has no transactionId", refused.getMessage());
    }

    @Test
    void theFunctionIsAskedForTheTransactionAlone() {
        List<String> asked = new ArrayList<>();
        Function<String, String> lookup = id -> {
            asked.add(id);
            return null;
        };
        assertThrows(CloudAuthException.class, () -> CloudAuth.parseCallback("passed=Y&callbackToken=s3cr3t", lookup));
        assertEquals(List.of(), asked);
        CloudAuthException unknown =
            assertThrows(CloudAuthException.class, () -> CloudAuth.parseCallback("transactionId=hks1&callbackToken=", lookup));
        assertSame(Kind.AUTHENTICATION, unknown.kind());
        assertEquals(List.of("hks1"), asked);
    }

    @Test
    void whatTheFunctionThrowsComesOut() {
        RuntimeException thrown = new IllegalStateException("the database is away");
        Function<String, String> lookup = id -> {
            throw thrown;
        };
        assertSame(thrown, assertThrows(RuntimeException.class, () -> CloudAuth.parseCallback(DECODED, lookup)));
    }

    @Test
    void aCallbackIsAValueThatShowsNothing() {
        Callback callback = CloudAuth.parseCallback(DECODED, "s3cr3t");
        assertEquals("Callback[transaction_id, parameters]", callback.toString());
        assertFalse(callback.parameters().toString().contains("hks1"), callback.parameters().toString());
        assertFalse(callback.parameters().containsValue("s3cr3t"));
        assertThrows(UnsupportedOperationException.class, () -> callback.parameters().clear());
        assertEquals(callback.hashCode(), CloudAuth.parseCallback(DECODED, "s3cr3t").hashCode());
        assertNotEquals(callback, CloudAuth.parseCallback("transactionId=hks2&callbackToken=s3cr3t", "s3cr3t"));
    }

    @Test
    void noFieldCanBeTakenForAVerdict() {
        Set<String> own = Arrays.stream(Callback.class.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .map(Method::getName)
            .collect(Collectors.toSet());
        assertEquals(Set.of("transactionId", "parameters"), own);
    }
}
