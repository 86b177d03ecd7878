package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.libcloudauth.testing.Emulator;
import io.github.libcloudauth.testing.EmulatorOptions;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallsTest {
    private static final Map<String, String> BEGIN =
        Map.of("ProductCode", "eKYC_PRO", "MerchantBizId", "demo", "MetaInfo", "{}", "MerchantUserId", "u");

    private static CloudAuthClient client;

    @BeforeAll
    static void open() {
        client = Shared.client();
    }

    @AfterAll
    static void close() {
        client.close();
    }

    // Finding G4: the shortest way to ask is the safe one.
    @ParameterizedTest
    @CsvSource({"'\"Y\"', true", "'\"N\"', false", "null, false"})
    void aFlagIsTrueForAYesAlone(String word, boolean yes) {
        String page = "{\"ocrIdPassed\":%1$s,\"spoofInfo\":{\"spoofResult\":%1$s},\"ocrIdInfo\":{\"isPermanent\":%1$s}}";
        String body = "{\"Code\":\"Success\",\"Result\":{\"Passed\":%1$s,\"ExtIdInfo\":{\"ocrIdPassed\":%1$s,\"ocrIdInfoData\":{\"01\":" + page
            + "}},\"ExtFaceInfo\":{\"facePassed\":%1$s,\"faceAttack\":%1$s,\"faceOcclusion\":%1$s,\"faceRegistrationResult\":%1$s}}}";
        CheckResult result = CloudAuth.decode(String.format(body, word).getBytes(StandardCharsets.UTF_8));
        Face face = result.face().orElseThrow();
        Document document = result.document().orElseThrow();
        Page first = document.pages().get("01");
        assertEquals(List.of(yes, yes, yes, yes, yes, yes, yes), List.of(result.isPassed(), face.isPassed(), face.isAttack(),
            face.isOccluded(), face.isRegistered(), document.isPassed(), first.isPassed()));
        assertEquals(yes, first.spoof().map(Spoof::isDetected).orElse(false));
        assertEquals(yes, first.identity().map(Identity::isPermanent).orElse(false));
    }

    @Test
    void aResultHasEverything() {
        CheckResult result = client.checkResult(Shared.withImages("ekycpro200"));
        assertEquals(Optional.of(true), result.passed());
        assertEquals(Optional.of("200"), result.subCode());
        Image image = result.face().flatMap(Face::image).orElseThrow();
        assertArrayEquals(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF}, java.util.Arrays.copyOf(image.bytes(), 3));
        assertEquals(ImageFormat.JPEG, image.format());
        assertEquals("jpg", image.extension());
        assertEquals(Optional.of(99.12), result.face().flatMap(Face::comparisonScore));
        Page page = result.document().orElseThrow().pages().get("01");
        assertEquals(Optional.of("SPECIMEN"), page.identity().flatMap(Identity::surname));
        assertEquals(Optional.of(false), page.spoof().flatMap(Spoof::detected));
        assertNotEquals(image, page.image().orElseThrow());
        assertEquals(Optional.empty(), client.checkResult(Shared.request("ekycpro200")).face().flatMap(Face::image));
    }

    @Test
    void valuesAreEqualImmutableAndSilent() {
        byte[] body = ("{\"Code\":\"Success\",\"RequestId\":\"R\",\"Result\":{\"Passed\":\"Y\",\"ExtFaceInfo\":{\"faceImg\":\"/9j/\"},"
            + "\"Odd\":{\"list\":[1,null,1.5,true,123456789012345678901234567890,\"canary\"]}}}").getBytes(StandardCharsets.UTF_8);
        CheckResult result = CloudAuth.decode(body);
        assertEquals(result, CloudAuth.decode(body));
        assertEquals(result.hashCode(), CloudAuth.decode(body).hashCode());
        assertNotEquals(result, CloudAuth.decode("{\"Code\":\"Success\"}".getBytes(StandardCharsets.UTF_8)));
        assertEquals("CheckResult[request_id, passed, face, extra, problems]", result.toString());
        assertEquals("[1, null, 1.5, true, 123456789012345678901234567890, canary]", ((Map<?, ?>) result.extra().get("Odd")).get("list").toString());
        assertEquals(new BigInteger("123456789012345678901234567890"),
            ((java.util.List<?>) ((Map<?, ?>) result.extra().get("Odd")).get("list")).get(4));
        assertThrows(UnsupportedOperationException.class, () -> result.extra().put("a", "b"));
        assertThrows(UnsupportedOperationException.class, () -> result.problems().clear());
        ByteBuffer view = result.face().flatMap(Face::image).orElseThrow().buffer();
        assertThrows(ReadOnlyBufferException.class, () -> view.put((byte) 0));
        assertEquals(3, view.remaining());
        // Findings D3 and D4, as they show in Java: a map that holds a person prints as its size.
        assertEquals("{1 entry}", result.extra().toString());
        assertEquals("{1 entry}", result.extra().get("Odd").toString());
        assertEquals(Map.of("Odd", result.extra().get("Odd")), result.extra());
        assertEquals("Image[jpeg, 3 bytes]", result.face().flatMap(Face::image).orElseThrow().toString());
    }

    @Test
    void parametersAndAnyOperation() {
        CheckRequest request = CheckRequest.builder("demo", "idocr200").returnFiveCategorySpoofResult(true)
            .extraImageControlList("[]").parameter("Further", "x").unchecked().build();
        assertEquals(Optional.of(true), client.checkResult(request).passed());
        Map<String, Object> reply = client.call("Initialize", BEGIN);
        assertEquals("Success", reply.get("Code"));
        String transaction = (String) ((Map<?, ?>) reply.get("Result")).get("TransactionId");
        CloudAuthException waiting = assertThrows(CloudAuthException.class, () -> client.checkResult(Shared.request(transaction)));
        assertEquals(Kind.NOT_COMPLETED, waiting.kind());
        assertEquals("Success", client.callAsync("Initialize", BEGIN).join().get("Code"));
    }

    @Test
    void anEmulatorDoesWhatATestWants() {
        EmulatorOptions options = EmulatorOptions.defaults().qps(5).finishAfter(Duration.ofSeconds(600));
        try (Emulator emulator = Emulator.start(options);
                CloudAuthClient client = emulator.clientBuilder().maxAttempts(1).build()) {
            String first = begun(client);
            String second = begun(client);
            emulator.finish(first, "212");
            assertEquals(Optional.of("212"), client.checkResult(Shared.request(first)).subCode());
            assertEquals(Kind.NOT_COMPLETED, kind(client, second));
            emulator.advance(Duration.ofSeconds(601));
            assertEquals(Optional.of("200"), client.checkResult(Shared.request(second)).subCode());
            assertThrows(IllegalArgumentException.class, () -> emulator.finish("none", "200"));
            assertThrows(CloudAuthException.class, () -> {
                for (int call = 0; call < 7; call++) {
                    client.checkResult(Shared.request("ekycpro200"));
                }
            });
        }
    }

    private static String begun(CloudAuthClient client) {
        return (String) ((Map<?, ?>) client.call("Initialize", BEGIN).get("Result")).get("TransactionId");
    }

    private static Kind kind(CloudAuthClient client, String transaction) {
        return assertThrows(CloudAuthException.class, () -> client.checkResult(Shared.request(transaction))).kind();
    }

    @Test
    void overTls() {
        EmulatorOptions options = EmulatorOptions.defaults().tls().securityToken("token");
        try (Emulator emulator = Emulator.start(options)) {
            try (CloudAuthClient client = emulator.client()) {
                assertEquals(Optional.of(true), client.checkResult(Shared.request("ekycpro200")).passed());
                assertEquals(Optional.of(true), client.checkResultAsync(Shared.request("ekycpro200")).join().passed());
            }
            try (CloudAuthClient stranger = Shared.at(emulator.endpoint()).build()) {
                assertEquals(Kind.TLS, kind(stranger, "ekycpro200"));
            }
        }
    }

    @Test
    void decisionAndExplanation() {
        CheckResult result = client.checkResult(Shared.request("ekycpro200"));
        assertEquals(Action.ACCEPT, result.decision().action());
        assertEquals(Action.ACCEPT, result.decision(90).action());
        Decision strict = result.decision(100);
        assertEquals(Action.REVIEW, strict.action());
        assertTrue(strict.reasons().get(1).contains("below the threshold 100"), strict.toString());
        // Finding G3
        for (double least : new double[] {-5, 101, 0.9, Double.NaN, Double.POSITIVE_INFINITY}) {
            CloudAuthException refused = assertThrows(CloudAuthException.class, () -> result.decision(least));
            assertEquals(Kind.INVALID_ARGUMENT, refused.kind());
        }
        Explanation forged = CloudAuth.explain("212").orElseThrow();
        assertSame(Subject.SUB_CODE, forged.subject());
        assertEquals(Optional.of(Action.REJECT), forged.action());
        assertEquals(Optional.of(true), forged.billed());
        assertTrue(forged.products().contains("ID_OCR"), forged.products().toString());
        Explanation left = CloudAuth.explain("A1006_2").orElseThrow();
        assertEquals(Subject.CLIENT_CODE, left.subject());
        assertEquals(Optional.of(false), left.billed());
        Explanation quota = CloudAuth.explain("Throttling.Api").orElseThrow();
        assertEquals(Optional.of(Kind.THROTTLED), quota.kind());
        assertEquals(Optional.of("after_pause"), quota.retry());
        assertFalse(CloudAuth.explain("none such").isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "0.0,0", "-0.0,0", "1.0,1", "-1.5,-1.5", "100.0,100", "99.12,99.12", "1e20,100000000000000000000", "1e21,1e+21",
        "1.25e21,1.25e+21", "1e-6,0.000001", "1e-7,1e-7", "1.5e-7,1.5e-7", "5e-324,5e-324", "0.1,0.1", "2e23,2e+23",
        "123456789012345680.0,123456789012345680", "0.3333333333333333,0.3333333333333333", "2.0E-3,0.002",
        "1.7976931348623157e308,1.7976931348623157e+308", "2.98023223876953125E-8,2.9802322387695312e-8",
    })
    void doublesPrintAsInEcmaScript(double number, String text) {
        assertEquals(text, CanonicalJson.of(number));
        assertTrue(number == Double.parseDouble(CanonicalJson.of(number)), "reads back");
    }

    @Test
    void keysSortByUtf16() {
        Map<String, ?> extra = Map.of("\uFB33", 1, "b", 1, "\uD83D\uDE00", 1, "B", 1);
        String json = CheckResult.builder().extra(extra).build().canonicalJson();
        assertTrue(json.contains("\"extra\":{\"B\":1,\"b\":1,\"\uD83D\uDE00\":1,\"\uFB33\":1}"), json);
        assertEquals("\"\\u0000\\b\\\"\\\\é\"", CanonicalJson.of("\0\b\"\\é"));
        assertEquals("{}", CanonicalJson.of(Collections.emptyMap()));
    }

    @Test
    void whatAClientHasDoneIsCounted() {
        try (CloudAuthClient client = Shared.emulator().clientBuilder().maxAttempts(2).throttleBase(Duration.ofMillis(10)).build()) {
            client.checkResult(CheckRequest.of("demo", "ekycpro200"));
            assertThrows(CloudAuthException.class, () -> client.checkResult(CheckRequest.of("demo", "errorThrottlingApi")));
            Stats stats = client.stats();
            assertEquals(List.of(2L, 1L, 1L), List.of(stats.calls(), stats.succeeded(), stats.failed()));
            assertEquals(List.of(3L, 1L, 2L), List.of(stats.requests(), stats.retries(), stats.throttled()));
            assertTrue(stats.connections() == 1 && stats.bytesReceived() > 0);
        }
    }
}
