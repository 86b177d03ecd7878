package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The list of {@code tests/calls/status.json}: two replies, and where the verification then stands. */
class StatusTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void everyTwoRepliesGiveTheirState() throws IOException {
        JsonNode list = MAPPER.readTree(Shared.ROOT.resolve("tests/calls/status.json").toFile());
        assertTrue(list.get("statuses").size() >= 60, "found " + list.get("statuses").size());
        try (Recorder recorder = new Recorder(new byte[0]); CloudAuthClient client = recorder.builder().maxAttempts(1).build()) {
            for (JsonNode one : list.get("statuses")) {
                if (!one.path("pure").booleanValue()) {
                    holds(list, one, recorder, client, false, client::status);
                    holds(list, one, recorder, client, true, request -> client.statusAsync(request).join());
                }
            }
        }
    }

    /** Asks with the start as a map, or {@code read} as {@link Started}. */
    private static void holds(JsonNode list, JsonNode one, Recorder recorder, CloudAuthClient client, boolean read,
            Function<StatusRequest, Status> call) throws IOException {
        String name = one.get("name").textValue();
        recorder.seen.clear();
        recorder.answer(one.get("result").get("http").intValue(), MAPPER.writeValueAsBytes(one.get("result")));
        if (one.hasNonNull("log")) {
            recorder.thenAnswer(one.get("log").get("http").intValue(), MAPPER.writeValueAsBytes(one.get("log")));
        }
        Instant began = Instant.now().minus(Duration.ofMinutes(one.get("minutes").longValue())).truncatedTo(ChronoUnit.SECONDS);
        ObjectNode started = ((ObjectNode) list.get("started")).deepCopy()
            .put("endpoint", client.endpoint()).put("initialized_at", began.toString());
        Object given = MAPPER.convertValue(started, Object.class);
        Status status = call.apply(StatusRequest.of(read ? Started.fromJson(MAPPER.writeValueAsBytes(started)) : given));
        assertEquals(text(one, "state"), status.state(), name);
        assertEquals(text(one, "page"), status.page(), name);
        assertEquals(text(one, "error_code"), status.errorCode(), name);
        assertEquals(text(one, "reason"), status.reason(), name);
        List<Object> sent = new ArrayList<>();
        for (JsonNode arrives : list.get("sent")) {
            if (sent.isEmpty() || one.hasNonNull("log")) {
                sent.add(List.of(TypedTest.value(arrives.get("query")), TypedTest.value(arrives.get("form"))));
            }
        }
        assertEquals(sent, recorder.seen, name);
    }

    private static Optional<String> text(JsonNode one, String field) {
        return Optional.ofNullable(one.get(field).textValue());
    }
}
