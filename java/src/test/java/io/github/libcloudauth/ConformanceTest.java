package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every case of the list that all languages share: blocking, by futures, and offline. */
class ConformanceTest {
    private static final List<Case> CASES = read();

    private static final class Case {
        private final String name;
        private final int status;
        private final byte[] body;
        /** Canonical JSON, or the lines of an error. */
        private final String expected;

        private Case(Path folder) throws IOException {
            name = folder.getFileName().toString();
            byte[] reply = Files.readAllBytes(folder.resolve("reply.http"));
            String text = new String(reply, StandardCharsets.ISO_8859_1);
            status = Integer.parseInt(text.split(" ")[1].strip());
            body = Arrays.copyOfRange(reply, text.indexOf("\n\n") + 2, reply.length);
            try (Stream<Path> files = Files.list(folder)) {
                List<Path> others = files.filter(file -> !file.endsWith("reply.http")).collect(Collectors.toList());
                assertEquals(1, others.size(), name);
                expected = Files.readString(others.get(0));
            }
        }

        private String expectedWithoutStatus() {
            return expected.replaceAll("(?m)^http_status: .*\n", "");
        }
    }

    private static List<Case> read() {
        try {
            List<Case> cases = new ArrayList<>();
            for (Path folder : Shared.caseFolders()) {
                cases.add(new Case(folder));
            }
            // Throttled ones last: they slow their client down.
            cases.sort(Comparator.comparing(one -> one.expected.startsWith("kind: throttled\n")));
            return cases;
        } catch (IOException refused) {
            throw new AssertionError(refused);
        }
    }

    /** The error in the words of {@code expected.error}. */
    private static String described(CloudAuthException error) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("kind", error.kind());
        words.put("code", error.code().orElse(null));
        words.put("http_status", error.httpStatus().orElse(null));
        words.put("request_id", error.requestId().orElse(null));
        words.put("retry_after_ms", error.retryAfter().map(time -> time.toMillis()).orElse(null));
        words.put("retryable", error.retryable());
        return words.entrySet().stream()
            .filter(word -> word.getValue() != null)
            .map(word -> word.getKey() + ": " + word.getValue() + "\n")
            .collect(Collectors.joining());
    }

    private static String outcome(Supplier<CheckResult> fetch) {
        try {
            return fetch.get().canonicalJson();
        } catch (CompletionException wrapped) {
            return described((CloudAuthException) wrapped.getCause());
        } catch (CloudAuthException error) {
            return described(error);
        }
    }

    private static void compare(Case one, String expected, String got, List<String> differences) {
        if (!expected.equals(got)) {
            differences.add(one.name + "\n  expected " + expected + "\n  got      " + got);
        }
    }

    @Test
    void theListIsThere() {
        assertTrue(CASES.size() >= 888, "found " + CASES.size());
    }

    @Test
    void blocking() {
        List<String> differences = new ArrayList<>();
        try (CloudAuthClient client = Shared.emulator().clientBuilder().maxAttempts(1).keepRaw(true).build()) {
            for (Case one : CASES) {
                String got = outcome(() -> {
                    CheckResult result = client.checkResult(Shared.withImages(one.name));
                    // Finding G8: auditors want the bytes.
                    assertArrayEquals(one.body, result.raw().orElseThrow(), one.name);
                    return result;
                });
                compare(one, one.expected, got, differences);
            }
        }
        assertEquals(List.of(), differences);
    }

    @Test
    void byFutures() throws InterruptedException {
        List<String> differences = new ArrayList<>();
        Semaphore few = new Semaphore(8);
        try (CloudAuthClient client = Shared.emulator().clientBuilder().signature("rpc1").maxAttempts(1).build()) {
            List<CompletableFuture<CheckResult>> calls = new ArrayList<>();
            for (Case one : CASES) {
                few.acquire();
                CompletableFuture<CheckResult> call = client.checkResultAsync(Shared.withImages(one.name));
                call.whenComplete((result, error) -> few.release());
                calls.add(call);
            }
            for (int index = 0; index < CASES.size(); index++) {
                CompletableFuture<CheckResult> call = calls.get(index);
                compare(CASES.get(index), CASES.get(index).expected, outcome(call::join), differences);
            }
        }
        assertEquals(List.of(), differences);
    }

    @Test
    void offline() {
        List<String> differences = new ArrayList<>();
        List<Case> stored = CASES.stream().filter(one -> one.status == 200).collect(Collectors.toList());
        assertTrue(stored.size() > 700, "found " + stored.size());
        for (Case one : stored) {
            compare(one, one.expectedWithoutStatus(), outcome(() -> CloudAuth.decode(one.body)), differences);
        }
        assertEquals(List.of(), differences);
    }
}
