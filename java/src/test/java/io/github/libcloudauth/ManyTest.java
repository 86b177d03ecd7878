package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Many calls, where the requests are slow or wrong. */
class ManyTest {
    /** A request, and then nothing until it is interrupted. */
    private static final class Slow implements Iterator<CheckRequest> {
        private final AtomicReference<Thread> thread = new AtomicReference<>();

        @Override
        public boolean hasNext() {
            if (thread.getAndSet(Thread.currentThread()) != null) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException signal) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public CheckRequest next() {
            return Shared.request("ekycpro200");
        }
    }

    /** Finding G11: an outcome came when the next request did. */
    @Test
    void outcomesComeWhileRequestsAreSlow() throws InterruptedException {
        try (CloudAuthClient client = Shared.client()) {
            for (boolean ordered : new boolean[] {true, false}) {
                Slow slow = new Slow();
                try (Stream<CheckOutcome> outcomes = client.checkMany(() -> slow, ManyOptions.defaults().ordered(ordered))) {
                    assertTrue(outcomes.iterator().next().get().passed().orElseThrow());
                }
                assertTrue(slow.thread.get().isDaemon());
                slow.thread.get().join(10_000);
                assertFalse(slow.thread.get().isAlive(), "a closed stream wakes its source");
            }
        }
    }

    /** Finding G11: an interrupt counted when the next request came. */
    @Test
    void anInterruptCountsWhileRequestsAreSlow() throws InterruptedException {
        try (SilentServer silent = new SilentServer(); CloudAuthClient client = silent.client()) {
            AtomicReference<CloudAuthException> thrown = new AtomicReference<>();
            Thread thread = new Thread(() -> {
                try (Stream<CheckOutcome> outcomes = client.checkMany(() -> new Slow())) {
                    thrown.set(assertThrows(CloudAuthException.class, () -> outcomes.iterator().next()));
                }
            });
            thread.start();
            silent.awaitRequest();
            thread.interrupt();
            thread.join(5_000);
            assertFalse(thread.isAlive());
            assertEquals(Kind.CANCELLED, thrown.get().kind());
        }
    }

    /** Finding E3: a request that is none ended the run. */
    @Test
    void aBadRequestIsItsOwnOutcomeAndNamed() {
        List<CheckRequest> requests = new ArrayList<>(Collections.nCopies(200, Shared.request("ekycpro200")));
        requests.set(100, Shared.request("a b"));
        try (CloudAuthClient client = Shared.client()) {
            for (Iterable<CheckRequest> source : List.<Iterable<CheckRequest>>of(requests, requests::iterator)) {
                try (Stream<CheckOutcome> stream = client.checkMany(source)) {
                    List<CheckOutcome> outcomes = stream.collect(Collectors.toList());
                    assertEquals(200, outcomes.size());
                    List<String> failed = outcomes.stream().flatMap(outcome -> outcome.error().stream())
                        .map(CloudAuthException::getMessage).collect(Collectors.toList());
                    assertEquals(1, failed.size(), failed.toString());
                    assertTrue(failed.get(0).startsWith("item 100: transactionId: "), failed.get(0));
                    assertEquals(100, outcomes.get(100).position());
                }
            }
        }
    }

    /** Finding E3: what was fetched was lost. */
    @Test
    void outcomesComeBeforeWhatTheRequestsThrow() {
        try (CloudAuthClient client = Shared.client()) {
            Stream<CheckRequest> requests = IntStream.range(0, 11).mapToObj(position -> {
                if (position == 10) {
                    throw new IllegalStateException("row 10");
                }
                return Shared.request("ekycpro200");
            });
            List<Long> taken = new ArrayList<>();
            try (Stream<CheckOutcome> outcomes = client.checkMany(requests::iterator, ManyOptions.defaults().concurrency(4))) {
                Iterator<CheckOutcome> each = outcomes.iterator();
                IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> {
                    while (each.hasNext()) {
                        CheckOutcome outcome = each.next();
                        outcome.get();
                        taken.add(outcome.position());
                    }
                });
                assertEquals("row 10", thrown.getMessage());
            }
            assertEquals(IntStream.range(0, 10).asLongStream().boxed().collect(Collectors.toList()), taken);
            List<CheckRequest> none = new ArrayList<>(Collections.nCopies(3, Shared.request("ekycpro200")));
            none.set(2, null);
            Iterator<CheckOutcome> outcomes = client.checkMany(none).iterator();
            outcomes.next().get();
            outcomes.next().get();
            assertEquals("requests: item 2", assertThrows(NullPointerException.class, outcomes::hasNext).getMessage());
        }
    }
}
