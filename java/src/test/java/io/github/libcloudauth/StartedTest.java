package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The start of a verification, which a merchant stores. */
class StartedTest {
    private static final byte[] REPLY = ("{\"Code\":\"Success\",\"RequestId\":\"r\",\"Result\":{\"TransactionId\":\"hks1\","
        + "\"TransactionUrl\":\"https://h5.example/?t=1\",\"Protocol\":\"p\",\"ClientCfg\":\"{}\",\"New\":1}}").getBytes(StandardCharsets.UTF_8);
    private static final String STORED = "{\"version\":1,\"region\":\"cn-hongkong\",\"endpoint\":null,\"transaction_id\":\"hks1\","
        + "\"transaction_url\":\"https://h5.example/?t=1\",\"protocol\":\"p\",\"client_cfg\":\"{}\",\"merchant_biz_id\":\"order1\","
        + "\"callback_token\":\"s3cr3t\",\"product_code\":\"eKYC_PRO\",\"id_spoof\":true,\"doc_video\":false,\"authorize\":\"T\","
        + "\"initialized_at\":\"2026-03-01T10:00:00Z\"}";

    private static Started read(String json) {
        return Started.fromJson(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aStartHasWhatTheRequestAndTheReplyHave() {
        try (Recorder recorder = new Recorder(REPLY); CloudAuthClient client = recorder.client()) {
            Started started = client.initialize(InitializeRequest.builder("eKYC_PRO", "{}").docType("GLB03002")
                .callbackUrl("https://merchant.example/callback").idSpoof(true).docVideo(false).build());
            Map<String, String> sent = recorder.seen.get(0).get(0);
            assertEquals(Optional.of(sent.get("MerchantBizId")), started.merchantBizId());
            assertEquals(Optional.of(sent.get("CallbackToken")), started.callbackToken());
            assertEquals(Optional.of("hks1"), started.transactionId());
            assertEquals(Optional.of("https://h5.example/?t=1"), started.transactionUrl());
            assertEquals(Optional.of(client.endpoint()), started.endpoint());
            assertEquals(Optional.empty(), started.region());
            assertEquals(Optional.of(true), started.idSpoof());
            assertEquals(Optional.of(false), started.docVideo());
            assertEquals(Optional.empty(), started.authorize());
            assertEquals("r", started.requestId());
            assertEquals(Map.of("New", 1L), started.extra());
            Instant begun = Instant.parse(started.initializedAt().orElseThrow());
            assertTrue(Duration.between(begun, Instant.now()).abs().compareTo(Duration.ofMinutes(1)) < 0, begun.toString());
            Started again = Started.fromJson(started.toJson());
            assertEquals(started.callbackToken(), again.callbackToken());
            assertEquals("", again.requestId());
            assertEquals(Map.of(), again.extra());
        }
    }

    @Test
    void itIsWrittenAsItWasRead() {
        Started started = read(STORED);
        assertEquals(STORED, new String(started.toJson(), StandardCharsets.UTF_8));
        assertEquals(started, Started.builder().region("cn-hongkong").transactionId("hks1").transactionUrl("https://h5.example/?t=1")
            .protocol("p").clientCfg("{}").merchantBizId("order1").callbackToken("s3cr3t").productCode("eKYC_PRO").idSpoof(true)
            .docVideo(false).authorize("T").initializedAt("2026-03-01T10:00:00Z").build());
    }

    @Test
    void itsStatusIsAskedForAsItIs() {
        assertEquals(StatusRequest.of(STORED), StatusRequest.of(read(STORED)));
        assertEquals(StatusRequest.of(STORED), StatusRequest.of(read(STORED).toJson()));
    }

    @Test
    void printingHidesWhatOpensTheTransaction() {
        String shown = read(STORED).toString();
        assertEquals("Started[request_id=, region=cn-hongkong, transaction_id, transaction_url, protocol, client_cfg, merchant_biz_id, "
            + "callback_token, product_code=eKYC_PRO, id_spoof=true, doc_video=false, authorize=T, initialized_at=2026-03-01T10:00:00Z, "
            + "extra, problems]", shown);
        InitializeRequest request = InitializeRequest.builder("canary", "canary").callbackToken("canary").docNo("canary").idSpoof(true)
            .securityLevel("02").facePicture("canary".getBytes(StandardCharsets.UTF_8)).styleConfig(Map.of("canary", 1)).build();
        assertEquals("InitializeRequest[callbackToken, docNo, facePicture, idSpoof=true, metaInfo, productCode, securityLevel=02, styleConfig]",
            request.toString());
    }

    @Test
    void whatIsNoStartIsRefused() {
        refused("json: is not JSON", "{");
        refused("json: must be what Started.toJson gives; it has no version", "{}");
        refused("json: has a version that is not known here; a newer libcloudauth may read it", STORED.replace(":1,", ":2,"));
        refused("json: must have one of region and endpoint", STORED.replace("\"cn-hongkong\"", "null"));
        CloudAuthException empty = assertThrows(CloudAuthException.class, () -> Started.builder().build().toJson());
        assertSame(Kind.INVALID_ARGUMENT, empty.kind());
        assertTrue(empty.getMessage().startsWith("started: "), empty.getMessage());
    }

    private static void refused(String message, String json) {
        CloudAuthException error = assertThrows(CloudAuthException.class, () -> read(json));
        assertEquals(message, error.getMessage());
        assertSame(Kind.INVALID_ARGUMENT, error.kind());
        assertFalse(error.getMessage().contains("s3cr3t"));
    }
}
