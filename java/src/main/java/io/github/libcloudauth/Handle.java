package io.github.libcloudauth;

import java.lang.System.Logger.Level;
import java.lang.ref.Cleaner;
import java.util.function.LongPredicate;

/** A number of the native library's that must be given back: by its owner, or with a warning once its owner is garbage. */
final class Handle {
    /** Made when first needed: it starts a thread, which may be refused once and not for ever. */
    private static Cleaner cleaner;

    private final Owned owned;
    private final Cleaner.Cleanable cleanable;

    /** {@code what} is the owner's class, for the warning; {@code free} must not hold on to the owner. */
    Handle(Object owner, String what, long number, LongPredicate free) {
        owned = new Owned(what, number, free);
        try {
            cleanable = cleaner().register(owner, owned);
        } catch (Throwable refused) {
            free.test(number);
            throw refused;
        }
    }

    private static synchronized Cleaner cleaner() {
        if (cleaner == null) {
            // By a thread of the JDK's own: one of this class loader would keep it.
            cleaner = Cleaner.create();
        }
        return cleaner;
    }

    /** The number. Who uses it keeps the owner alive meanwhile, by a reachability fence. */
    long number() {
        return owned.number;
    }

    /** Gives it back; once is enough. */
    void close() {
        owned.closed = true;
        cleanable.clean();
    }

    private static final class Owned implements Runnable {
        private final String what;
        private final long number;
        private final LongPredicate free;
        private volatile boolean closed;

        private Owned(String what, long number, LongPredicate free) {
            this.what = what;
            this.number = number;
            this.free = free;
        }

        @Override
        public void run() {
            free.test(number);
            if (!closed) {
                Log.logger().log(Level.WARNING, what + " was not closed; use try-with-resources");
            }
        }
    }
}
