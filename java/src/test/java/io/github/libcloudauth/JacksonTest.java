package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Finding J12: Jackson, and Spring by it, writes a result as canonical JSON has it: without its pictures. */
class JacksonTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** A number may be written in more than one way. */
    private static final Comparator<JsonNode> BY_VALUE = (one, other) ->
        one.isNumber() && other.isNumber() ? one.decimalValue().compareTo(other.decimalValue()) : one.equals(other) ? 0 : 1;

    @Test
    void everyResultIsWrittenAsItsCanonicalJson() throws IOException {
        int written = 0;
        for (Path folder : Shared.caseFolders()) {
            if (!Files.exists(folder.resolve("expected.json"))) {
                continue;
            }
            byte[] reply = Files.readAllBytes(folder.resolve("reply.http"));
            int body = new String(reply, StandardCharsets.ISO_8859_1).indexOf("\n\n") + 2;
            CheckResult result = CloudAuth.decode(Arrays.copyOfRange(reply, body, reply.length));
            JsonNode expected = MAPPER.readTree(Files.readString(folder.resolve("expected.json")));
            JsonNode got = MAPPER.readTree(MAPPER.writeValueAsString(result));
            assertTrue(expected.equals(BY_VALUE, got), () -> folder + "\n" + expected + "\n" + got);
            written++;
        }
        assertTrue(written > 500, "wrote " + written);
    }

    @Test
    void aPictureWithinSomethingElseIsItsLengthHashAndFormat() throws IOException {
        String expected = "[{\"length\":3,\"sha256\":\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\",\"format\":\"unknown\"}]";
        assertEquals(expected, MAPPER.writeValueAsString(List.of(Image.of("abc".getBytes(StandardCharsets.UTF_8)))));
    }

    @Test
    void adviceIsWrittenInTheWordsOfEveryLanguage() {
        Decision decision = CheckResult.builder().passed(false).subCode("212").build().decision();
        JsonNode written = MAPPER.valueToTree(decision);
        assertEquals(decision.action().toString(), written.get("action").textValue());
        assertEquals(decision.reasons().get(0), written.get("reasons").get(0).textValue());
        JsonNode explanation = MAPPER.valueToTree(CloudAuth.explain("Throttling.Api").orElseThrow());
        assertEquals("response_code", explanation.get("subject").textValue());
        assertEquals("throttled", explanation.get("kind").textValue());
    }
}
