package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Findings E6 and J9: a listener gets the events that every language reports. */
class EventsTest {
    private static final List<String> TRANSACTIONS = List.of("ekycpro200", "errorThrottlingApi", "pending99");

    private final List<CallEvent> events = new CopyOnWriteArrayList<>();

    private CloudAuthClient client() {
        return Shared.emulator().clientBuilder().maxAttempts(2).throttleBase(Duration.ofMillis(1)).onEvent(events::add).build();
    }

    private String lines() {
        return events.stream().map(EventsTest::line).collect(Collectors.joining());
    }

    private static String line(CallEvent event) {
        return String.join(" ", event.operation(), number(event.attempt()), Long.toString(event.attempts()),
            event.kind().map(Kind::toString).orElse("-"), event.code().orElse("-"), number(event.httpStatus())) + "\n";
    }

    private static String number(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "-";
    }

    private static String expected() throws Exception {
        return Files.readString(Shared.ROOT.resolve("tests/log/events.txt"));
    }

    @Test
    void callsThatBlockAreReported() throws Exception {
        try (CloudAuthClient client = client()) {
            for (String transaction : TRANSACTIONS) {
                try {
                    client.checkResult(CheckRequest.of("canarybiz", transaction));
                } catch (CloudAuthException expected) {
                    // The event has it.
                }
            }
        }
        assertEquals(expected(), lines());
        for (CallEvent event : events) {
            assertTrue(event.bytesReceived() > 0 && event.region().equals(Optional.empty()), event.toString());
            assertTrue(event.duration().compareTo(Duration.ofMinutes(1)) < 0, event.toString());
            assertFalse(event.toString().contains("canarybiz") || event.toString().contains("ekycpro200"), event.toString());
        }
    }

    @Test
    void futuresAreReported() throws Exception {
        try (CloudAuthClient client = client()) {
            for (String transaction : TRANSACTIONS) {
                try {
                    client.checkResultAsync(CheckRequest.of("demo", transaction)).join();
                } catch (CompletionException expected) {
                    // As above.
                }
            }
        }
        assertEquals(expected(), lines());
    }

    @Test
    void aListenerThatThrowsEndsNothing() {
        try (CloudAuthClient client = Shared.emulator().clientBuilder().onEvent(event -> {
            events.add(event);
            throw new IllegalStateException("on purpose");
        }).build()) {
            assertTrue(client.checkResult(CheckRequest.of("demo", "ekycpro200")).isPassed());
        }
        assertEquals(2, events.size());
    }
}
