package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a call of any operation sends, and where: the list of {@code tests/calls}, which all languages share. */
class OperationsTest {
    private static final byte[] SUCCESS = "{\"Code\":\"Success\"}".getBytes(StandardCharsets.UTF_8);
    private static final CallOptions UNCHECKED = CallOptions.defaults().unchecked();

    /** The list as the library gives it: it is read as the reply to a call. */
    private static List<?> listed() throws IOException {
        String cases = Files.readString(Shared.ROOT.resolve("tests/calls/cases.json"));
        byte[] reply = ("{\"Code\":\"Success\",\"cases\":" + cases + "}").getBytes(StandardCharsets.UTF_8);
        try (Recorder recorder = new Recorder(reply); CloudAuthClient client = recorder.client()) {
            return (List<?>) ((Map<?, ?>) client.call("KeepaliveIntl", Map.of()).get("cases")).get("calls");
        }
    }

    @Test
    void everyCallOfTheListArrivesOrIsRefusedAsItSays() throws IOException {
        List<?> list = listed();
        assertFalse(list.isEmpty());
        try (Recorder recorder = new Recorder(SUCCESS); CloudAuthClient client = recorder.client()) {
            for (Object listed : list) {
                Map<?, ?> one = (Map<?, ?>) listed;
                String name = (String) one.get("name");
                String action = (String) one.get("action");
                @SuppressWarnings("unchecked")
                Map<String, Object> parameters = (Map<String, Object>) one.get("parameters");
                CallOptions options = Boolean.TRUE.equals(one.get("unchecked")) ? UNCHECKED : CallOptions.defaults();
                recorder.seen.clear();
                if (one.get("error") != null) {
                    CloudAuthException error = assertThrows(CloudAuthException.class, () -> client.call(action, parameters, options), name);
                    assertEquals(one.get("error"), error.getMessage());
                    assertEquals(Kind.INVALID_ARGUMENT, error.kind());
                    Throwable cause = assertThrows(CompletionException.class, () -> client.callAsync(action, parameters, options).join()).getCause();
                    assertEquals(one.get("error"), cause.getMessage());
                    assertEquals(List.of(), recorder.seen, name);
                    continue;
                }
                client.call(action, parameters, options);
                client.callAsync(action, parameters, options).join();
                List<?> wanted = List.of(one.get("query"), one.get("form"));
                assertEquals(List.of(wanted, wanted), recorder.seen, name);
            }
        }
    }

    @Test
    void numbersOfEveryTypeAreSentAsJsonHasThem() {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("Byte", (byte) 1);
        numbers.put("Float", 0.1f);
        numbers.put("Double", 1e-7);
        numbers.put("Whole", 3.0);
        numbers.put("BigInteger", new BigInteger("12345678901234567890123"));
        numbers.put("BigDecimal", new BigDecimal("1E+2"));
        numbers.put("Atomic", new AtomicInteger(7));
        try (Recorder recorder = new Recorder(SUCCESS); CloudAuthClient client = recorder.client()) {
            client.call("NewerOperation", numbers, UNCHECKED);
            Map<String, String> wanted = Map.of("Byte", "1", "Float", "0.1", "Double", "1e-7", "Whole", "3",
                "BigInteger", "12345678901234567890123", "BigDecimal", "100", "Atomic", "7");
            assertEquals(List.of(List.of(wanted, Map.of())), recorder.seen);
        }
    }

    @Test
    void aResultIsAskedForWithNewerParameters() {
        CheckRequest.Builder newer = CheckRequest.builder("demo", "t").parameter("Newer", "x");
        try (Recorder recorder = new Recorder(SUCCESS); CloudAuthClient client = recorder.client()) {
            CheckRequest checked = newer.build();
            CloudAuthException error = assertThrows(CloudAuthException.class, () -> client.checkResult(checked));
            assertEquals("parameter 1: CheckResult has no such parameter; newer ones need unchecked", error.getMessage());
            CheckRequest unchecked = newer.unchecked().build();
            client.checkResult(unchecked);
            client.waitForResult(unchecked);
            assertEquals(1, client.checkMany(List.of(unchecked)).filter(outcome -> outcome.result().isPresent()).count());
            assertEquals(3, recorder.seen.size());
            recorder.seen.forEach(sent -> assertEquals("x", sent.get(0).get("Newer")));
        }
    }

    @Test
    void theEmulatorTakesAListAndKnowsNoNewerOperation() {
        try (CloudAuthClient client = Shared.client()) {
            Map<String, Object> begin = Map.of("ProductCode", "eKYC_PRO", "MerchantBizId", "demo", "MetaInfo", Map.of("a", 1),
                "MerchantUserId", "u", "DocPageConfig", List.of("01", "02"));
            assertEquals("Success", client.call("Initialize", begin).get("Code"));
            CloudAuthException newer = assertThrows(CloudAuthException.class, () -> client.call("NewerOperation", Map.of(), UNCHECKED));
            assertEquals(501, newer.httpStatus().orElseThrow());
        }
    }

    @Test
    void valuesThatJsonDoesNotHaveAreRefusedByName() {
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        Map<Object, String> wrong = new LinkedHashMap<>();
        wrong.put('c', "A: must be a String, Number, Boolean, List, Map or null, not java.lang.Character");
        wrong.put(Arrays.asList("canary", new StringBuilder("canary")), "A: must be a String, Number, Boolean, List, Map or null, not java.lang.StringBuilder");
        wrong.put(Map.of(1, "canary"), "A: must have keys that are a String");
        wrong.put(List.of("canary", "\uD800"), "A: must be Unicode text, without lone surrogates");
        wrong.put(Map.of("\uD800", "canary"), "A: must be Unicode text, without lone surrogates");
        wrong.put(Double.NaN, "A: must be a finite number");
        wrong.put(List.of(Float.NEGATIVE_INFINITY), "A: must be a finite number");
        try (CloudAuthClient client = Shared.at("http://127.0.0.1:1").build()) {
            wrong.forEach((value, message) -> refused(client, value, message));
            // Not in the map: it has no hash.
            refused(client, itself, "A: must not be nested deeper than 64");
            assertEquals("options", assertThrows(NullPointerException.class, () -> client.call("KeepaliveIntl", Map.of(), (CallOptions) null)).getMessage());
        }
    }

    private static void refused(CloudAuthClient client, Object value, String message) {
        CloudAuthException error = assertThrows(CloudAuthException.class,
            () -> client.call("NewerOperation", Collections.singletonMap("A", value), UNCHECKED));
        assertEquals(message, error.getMessage());
        assertEquals(Kind.INVALID_ARGUMENT, error.kind());
    }

    @Test
    void aTimeLimitStandsAmongTheOptions() {
        try (CloudAuthClient client = Shared.client()) {
            CallOptions over = UNCHECKED.timeout(Duration.ZERO);
            assertEquals(Kind.TIMEOUT, assertThrows(CloudAuthException.class, () -> client.call("NewerOperation", Map.of(), over)).kind());
        }
    }
}
