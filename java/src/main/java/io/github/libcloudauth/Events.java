package io.github.libcloudauth;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Hands what the native library reports of calls to the listeners of clients, on the threads on which calls end. */
final class Events {
    private static final Map<Long, WeakReference<Listener>> LISTENERS = new HashMap<>();
    private static final AtomicLong NEXT = new AtomicLong(1);

    private Events() {}

    /** A client's listener; the client and its calls alone hold it. */
    static final class Listener {
        final Long number = NEXT.getAndIncrement();
        private final Consumer<? super CallEvent> consumer;

        Listener(Consumer<? super CallEvent> consumer) {
            this.consumer = consumer;
            synchronized (LISTENERS) {
                LISTENERS.values().removeIf(other -> other.get() == null);
                LISTENERS.put(number, new WeakReference<>(this));
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
        synchronized (LISTENERS) {
            if (LISTENERS.isEmpty()) {
                return;
            }
        }
        try {
            Object[] events = Native.events();
            if (events != null) {
                Reply.of(events).value(in -> in.list(Events::event));
            }
        } catch (Throwable full) {
            // No call fails for want of room.
        }
    }

    private static Void event(WireReader in) {
        Listener listener = Listener.of(in.number());
        CallEvent event = new CallEvent(in);
        try {
            if (listener != null) {
                listener.consumer.accept(event);
            }
        } catch (Throwable refused) {
            Callbacks.complain(refused);
        }
        return null;
    }
}
