package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Finding G7: errors name options and fields as Java does. {@code tests/options} has the list that all languages share. */
class NamesTest {
    private static final Map<String, BiFunction<CloudAuthClientBuilder, JsonNode, CloudAuthClientBuilder>> OPTIONS = Map.ofEntries(
        Map.entry("region", (to, value) -> to.region(value.asText())),
        Map.entry("network", (to, value) -> to.network(value.asText())),
        Map.entry("signature", (to, value) -> to.signature(value.asText())),
        Map.entry("endpoint", (to, value) -> to.endpoint(value.asText())),
        Map.entry("ca_file", (to, value) -> to.caFile(Path.of(value.asText()))),
        Map.entry("proxy", (to, value) -> to.proxy(value.asText())),
        Map.entry("quota", (to, value) -> to.quota(value.asText())),
        Map.entry("user_agent", (to, value) -> to.userAgent(value.asText())),
        Map.entry("access_key_secret", (to, value) -> to.accessKeySecret(value.asText())),
        Map.entry("max_attempts", (to, value) -> to.maxAttempts(value.asInt())),
        Map.entry("max_body_bytes_without_images", (to, value) -> to.maxBodyBytesWithoutImages(value.asLong())),
        Map.entry("keep_warm_ms", (to, value) -> to.keepWarm(Duration.ofMillis(value.asLong()))),
        Map.entry("retry_base_ms", (to, value) -> to.retryBase(Duration.ofMillis(value.asLong()))));

    private static JsonNode listed(String of) throws IOException {
        return new ObjectMapper().readTree(Shared.ROOT.resolve("tests/options/cases.json").toFile()).get(of);
    }

    private static void refused(JsonNode bad, Executable call) {
        CloudAuthException error = assertThrows(CloudAuthException.class, call);
        assertEquals(bad.get("names").get("java").asText() + ": " + bad.get("rule").asText(), error.getMessage());
        assertEquals(Kind.INVALID_ARGUMENT, error.kind());
    }

    @Test
    void ofOptions() throws IOException {
        for (JsonNode bad : listed("options")) {
            CloudAuthClientBuilder builder =
                CloudAuthClient.builder().region("ap-southeast-1").accessKeyId("id").accessKeySecret("secret");
            refused(bad, () -> OPTIONS.get(bad.get("name").asText()).apply(builder, bad.get("value")).build());
        }
    }

    @Test
    void ofFields() throws IOException {
        try (CloudAuthClient client = Shared.at("http://127.0.0.1:1").build()) {
            for (JsonNode bad : listed("requests")) {
                String value = bad.get("value").asText();
                boolean isBiz = bad.get("name").asText().equals("merchant_biz_id");
                refused(bad, () -> client.checkResult(CheckRequest.of(isBiz ? value : "b", isBiz ? "t" : value)));
            }
        }
    }

    @Test
    void inAdvice() {
        assertEquals("Raise maxBodyBytes if replies of this size are expected.", CloudAuth.explain("too_large").orElseThrow().advice());
    }
}
