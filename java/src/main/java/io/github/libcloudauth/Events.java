package io.github.libcloudauth;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Hands what the native library reports of calls to the listeners of clients, on the threads on which calls end. */
final class Events {
    private static final Map<Long, WeakReference<Listener>> LISTENERS = new HashMap<>();
    /** What listeners captured when calls began, by the calls' numbers; under the lock of {@link #LISTENERS}. */
    private static final Map<Long, Object> CAPTURED = new HashMap<>();
    private static final AtomicLong NEXT = new AtomicLong(1);

    private Events() {}

    /** A client's listener; the client and its calls alone hold it. */
    static final class Listener {
        final Long number = NEXT.getAndIncrement();
        private final Supplier<?> capture;
        private final BiConsumer<Object, CallEvent> consumer;

        Listener(Supplier<?> capture, BiConsumer<Object, CallEvent> consumer) {
            this.capture = capture;
            this.consumer = consumer;
            synchronized (LISTENERS) {
                LISTENERS.values().removeIf(other -> other.get() == null);
                LISTENERS.put(number, new WeakReference<>(this));
            }
        }

        /** A call begins on this thread. */
        void begin(Long call) {
            Object captured = capture.get();
            if (captured != null) {
                synchronized (LISTENERS) {
                    CAPTURED.put(call, captured);
                }
            }
        }

        private static Listener of(Long number) {
            synchronized (LISTENERS) {
                WeakReference<Listener> listener = LISTENERS.get(number);
                return listener == null ? null : listener.get();
            }
        }
    }

    /** Hands over the events that wait. */
    static void deliver() {
        try {
            List<Event> events = take();
            events.forEach(Event::deliver);
        } catch (Throwable full) {
            // No call fails for want of room.
        }
    }

    /** Whether something was captured for that call. */
    static boolean knows(Long call) {
        synchronized (LISTENERS) {
            return CAPTURED.containsKey(call);
        }
    }

    /** The events of that call were delivered. */
    static void forget(Long call) {
        synchronized (LISTENERS) {
            CAPTURED.remove(call);
        }
    }

    /** What was captured is looked up at once: another thread may be about to forget it. */
    private static List<Event> take() {
        synchronized (LISTENERS) {
            Object[] events = LISTENERS.isEmpty() ? null : Native.events();
            return events == null ? List.of() : Reply.of(events).value(in -> in.list(Event::new));
        }
    }

    private static final class Event {
        private final Listener listener;
        private final Object captured;
        private final CallEvent event;

        Event(WireReader in) {
            listener = Listener.of(in.number());
            captured = CAPTURED.get(in.number());
            event = new CallEvent(in);
        }

        void deliver() {
            try {
                if (listener != null) {
                    listener.consumer.accept(captured, event);
                }
            } catch (Throwable refused) {
                Callbacks.complain(refused);
            }
        }
    }
}
