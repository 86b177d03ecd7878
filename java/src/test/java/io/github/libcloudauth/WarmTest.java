package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Connections that are opened ahead of a call, and kept. */
class WarmTest {
    private static void waitFor(BooleanSupplier is) throws InterruptedException {
        for (long begun = System.nanoTime(); !is.getAsBoolean(); Thread.sleep(1)) {
            assertTrue(System.nanoTime() - begun < 20_000_000_000L, "it never is");
        }
    }

    @Test
    void aCallUsesTheConnectionThatWasOpenedAhead() throws InterruptedException {
        try (CloudAuthClient client = Shared.client()) {
            client.connectAhead();
            waitFor(() -> client.stats().connections() == 1);
            client.checkResult(Shared.request("ekycpro200"));
            assertEquals(1, client.stats().connections());
        }
        CloudAuthClient nobody = Shared.at("http://127.0.0.1:1").build();
        nobody.connectAhead();
        waitFor(() -> nobody.stats().backgroundFailures() == 1);
        nobody.close();
        assertThrows(IllegalStateException.class, nobody::connectAhead);
    }

    @Test
    void connectionsAreKeptWarm() throws InterruptedException {
        try (CloudAuthClient client = Shared.emulator().clientBuilder().keepWarm(Duration.ofMillis(100)).build()) {
            client.checkResult(Shared.request("ekycpro200"));
            waitFor(() -> client.stats().keepalives() >= 4);
            assertEquals(1, client.stats().requests());
            assertEquals(0, client.stats().backgroundFailures());
        }
    }
}
