package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Finding J12: programs test what they do with a client, its results and its errors, without a server. */
class MockTest {
    private static final CheckRequest REQUEST = Shared.request("transaction");

    @Test
    void aClientIsMocked() {
        CheckResult result = CheckResult.builder().passed(true).subCode("200").build();
        CloudAuthException error = CloudAuthException.builder(Kind.THROTTLED, "too many requests").build();
        CloudAuthClient client = mock(CloudAuthClient.class);
        when(client.checkResult(any())).thenReturn(result).thenThrow(error);
        assertTrue(client.checkResult(REQUEST).isPassed());
        assertSame(error, assertThrows(CloudAuthException.class, () -> client.checkResult(REQUEST)));
    }

    @Test
    void aClientIsMadeOfTheEnvironmentAlone() throws Exception {
        Map<String, String> environment = Map.of("CLOUDAUTH_ENDPOINT", "http://127.0.0.1:9",
            "ALIBABA_CLOUD_ACCESS_KEY_ID", "id", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "secret");
        Jvm.Ended ended = new Jvm().environment(environment).run(Program.class.getName());
        assertEquals("http://127.0.0.1:9\n", ended.out, ended.toString());
    }

    static final class Program {
        public static void main(String[] arguments) {
            try (CloudAuthClient client = CloudAuthClient.create()) {
                System.out.println(client.endpoint());
            }
        }
    }

    /** The reply of a case, and the same by hand. */
    @Test
    void aResultIsBuiltAsItIsDecoded() {
        byte[] body = ("{\"Code\":\"Success\",\"RequestId\":\"r\",\"Result\":{\"Passed\":\"Y\",\"SubCode\":\"200\",\"More\":{\"n\":[1,0.5,null]},"
            + "\"ExtFaceInfo\":{\"facePassed\":\"Y\",\"faceComparisonScore\":95.5,\"faceAge\":30,\"faceImg\":\"iVBORw0KGgo=\","
            + "\"duplicateFace\":[{\"faceId\":\"f\"}]},"
            + "\"ExtIdInfo\":{\"ocrIdInfoData\":{\"01\":{\"ocrIdInfo\":{\"name\":\"Invented\"},\"spoofInfo\":{\"spoofType\":[\"TAMPER\"]}}}}}}").getBytes();
        Map<String, Object> more = new HashMap<>();
        more.put("n", Arrays.asList(1, new BigDecimal("0.5"), null));
        CheckResult built = CheckResult.builder()
            .requestId("r")
            .passed(true)
            .subCode("200")
            .face(Face.builder().passed(true).comparisonScore(95.5).age(30).image(Image.of(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 26, '\n'}))
                .duplicates(List.of(Duplicate.builder().faceId("f").build())).build())
            .document(Document.builder().pages(Map.of("01", Page.builder().fields(Map.of("name", "Invented"))
                .identity(Identity.builder().fullName("Invented").build()).spoof(Spoof.builder().types(List.of("TAMPER")).build()).build())).build())
            .extra(Map.of("More", more))
            .build();
        CheckResult decoded = CloudAuth.decode(body);
        assertEquals(decoded.canonicalJson(), built.canonicalJson());
        assertEquals(decoded, built);
        assertEquals(decoded.hashCode(), built.hashCode());
        assertNotEquals(decoded, CheckResult.builder().build());
        assertEquals(decoded.toString(), built.toString());
        assertFalse(built.document().get().pages().get("01").fields().toString().contains("Invented"));
        assertSame(Action.ACCEPT, built.decision().action());
    }

    @Test
    void whatIsGivenToABuilderIsCopied() {
        List<Object> items = new ArrayList<>(List.of(1));
        Map<String, Object> given = new HashMap<>(Map.of("items", items));
        CheckResult result = CheckResult.builder().extra(given).build();
        items.add(2);
        given.clear();
        assertEquals(Map.of("items", List.of(1L)), result.extra());
        assertThrows(UnsupportedOperationException.class, () -> result.extra().clear());
        byte[] bytes = {'B', 'M', 0};
        Image image = Image.of(bytes);
        bytes[2] = 1;
        assertEquals(0, image.bytes()[2]);
        assertEquals("bmp", image.extension());
    }

    @Test
    void aBuilderRefusesWhatAResultCannotHold() {
        String message = assertThrows(IllegalArgumentException.class, () -> CheckResult.builder().extra(Map.of("at", Optional.empty()))).getMessage();
        assertEquals("must be a String, Number, Boolean, List, Map or null, not java.util.Optional", message);
        assertEquals("types", assertThrows(NullPointerException.class, () -> Spoof.builder().types(null)).getMessage());
        assertEquals("subCode", assertThrows(NullPointerException.class, () -> CheckResult.builder().subCode(null)).getMessage());
    }

    @Test
    void anErrorHasWhatItWasGivenAndWhatItsKindHas() {
        RuntimeException cause = new RuntimeException("cause");
        CloudAuthException error = CloudAuthException.builder(Kind.THROTTLED, "too many requests").code("Throttling.Api").httpStatus(429)
            .requestId("r").retryAfter(Duration.ofSeconds(2)).attempts(3).cause(cause).build();
        assertSame(Kind.THROTTLED, error.kind());
        assertEquals("too many requests", error.getMessage());
        assertEquals(Optional.of("Throttling.Api"), error.code());
        assertEquals(Optional.of(429), error.httpStatus());
        assertEquals(Optional.of("r"), error.requestId());
        assertEquals(Optional.of(Duration.ofSeconds(2)), error.retryAfter());
        assertEquals(3, error.attempts());
        assertSame(cause, error.getCause());
        assertTrue(error.retryable());
        assertEquals(CloudAuth.explain("throttled").get().advice(), error.advice());
        assertFalse(CloudAuthException.builder(Kind.TLS, "m").build().retryable());
    }

    @Test
    void outcomesAreMadeByHand() {
        CheckResult result = CheckResult.builder().build();
        CloudAuthException error = CloudAuthException.builder(Kind.TIMEOUT, "late").build();
        assertSame(result, CheckOutcome.of(0, REQUEST, result).get());
        assertSame(error, CheckOutcome.failed(1, REQUEST, error).error().get());
    }
}
