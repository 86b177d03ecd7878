package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every kind of error, by what causes it. */
class ErrorsTest {
    private static CloudAuthException error(CloudAuthClient client, String transactionId) {
        try (client) {
            return assertThrows(CloudAuthException.class, () -> client.checkResult(Shared.withImages(transactionId)));
        }
    }

    private static void holds(Kind kind, CloudAuthException error) {
        assertEquals(kind, error.kind(), error.toString());
        assertFalse(error.getMessage().isEmpty() || error.getMessage().contains("\n"), error.getMessage());
        assertFalse(error.advice().isEmpty());
        assertEquals("io.github.libcloudauth.CloudAuthException: " + kind + ": " + error.getMessage(), error.toString());
    }

    @Test
    void kindsAreThoseOfTheCatalogue() throws IOException {
        String codes = Files.readString(Shared.ROOT.resolve("core/schema/codes.toml"));
        List<String> names = Pattern.compile("\\[\\[kind]]\\s+name = \"(\\w+)\"").matcher(codes).results()
            .map(found -> found.group(1)).collect(Collectors.toList());
        assertEquals(names, Arrays.stream(Kind.values()).map(Kind::toString).collect(Collectors.toList()));
        for (String name : names) {
            assertEquals(Optional.of(Kind.of(name)), CloudAuth.explain(name).orElseThrow().kind());
        }
    }

    @Test
    void whatTheServiceRefuses() {
        holds(Kind.ACCESS_DENIED, error(Shared.client(), "errorForbiddenRAMUserAccessDenied"));
        holds(Kind.INVALID_REQUEST, error(Shared.client(), "errorInvalidParameter"));
        holds(Kind.NOT_COMPLETED, error(Shared.client(), "errorProcessNotCompleted"));
        holds(Kind.UNAVAILABLE, error(Shared.client(), "errorInternalError"));
        holds(Kind.SERVICE, error(Shared.client(), "error-unknown-404"));
        holds(Kind.PROTOCOL, error(Shared.client(), "error-json-text"));
        CloudAuthClient stranger = Shared.emulator().clientBuilder().accessKeySecret("wrong").build();
        holds(Kind.AUTHENTICATION, error(stranger, "ekycpro200"));
    }

    @Test
    void oneKnowsAll() {
        CloudAuthException error = error(Shared.client(), "errorThrottlingApi");
        holds(Kind.THROTTLED, error);
        assertEquals(Optional.of("Throttling.Api"), error.code());
        assertEquals(Optional.of(403), error.httpStatus());
        assertTrue(error.retryable());
        assertEquals(3, error.attempts());
        assertTrue(error.requestId().isPresent());
        assertEquals(Optional.empty(), error.retryAfter());
        assertEquals(Optional.of(Duration.ofMillis(1500)), error(Shared.client(), "error-retry-acs").retryAfter());
    }

    @Test
    void whatNeverReachesTheService() {
        holds(Kind.INVALID_ARGUMENT, error(Shared.client(), ""));
        holds(Kind.NETWORK, error(Shared.at("http://127.0.0.1:1").build(), "t"));
        CloudAuthClient keyless = CloudAuthClient.builder().endpoint(Shared.emulator().endpoint()).credentials(() -> null).build();
        holds(Kind.CREDENTIALS, error(keyless, "t"));
        holds(Kind.TOO_LARGE, error(Shared.emulator().clientBuilder().maxBodyBytes(100).build(), "ekycpro200"));
        try (SilentServer silent = new SilentServer()) {
            holds(Kind.TIMEOUT, error(Shared.at(silent.endpoint()).timeout(Duration.ofMillis(50)).build(), "t"));
            try (CloudAuthClient client = silent.client()) {
                holds(Kind.TIMEOUT, assertThrows(CloudAuthException.class,
                    () -> client.checkResult(Shared.request("t"), Duration.ofMillis(50))));
                Thread.currentThread().interrupt();
                holds(Kind.CANCELLED, assertThrows(CloudAuthException.class, () -> client.checkResult(Shared.request("t"))));
                assertTrue(Thread.interrupted(), "the thread stays interrupted");
            }
        }
    }

    /** Those that nothing in a test brings about arrive as well as the others. */
    @Test
    void everyKindCrosses() {
        for (Kind kind : Kind.values()) {
            byte[] tree = new WireWriter().text("", kind.toString()).optionalText("", "Code").flag(true).number(418)
                .flag(false).flag(true).flag(true).number(1500).number(3).text("", "message").text("", "advice").flag(false).toBytes();
            CloudAuthException error = new CloudAuthException(new WireReader(new Object[] {tree}));
            holds(kind, error);
            assertEquals(Optional.of(418), error.httpStatus());
            assertEquals(Optional.of(Duration.ofMillis(1500)), error.retryAfter());
            assertEquals(3, error.attempts());
        }
    }

    @Test
    void anErrorCanBeSerialized() throws IOException, ClassNotFoundException {
        CloudAuthException error = error(Shared.client(), "errorThrottlingApi");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(error);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            CloudAuthException again = (CloudAuthException) in.readObject();
            assertEquals(error.toString(), again.toString());
            assertEquals(error.code(), again.code());
        }
    }
}
