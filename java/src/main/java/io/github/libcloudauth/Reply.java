package io.github.libcloudauth;

import java.util.function.Function;

/** What an entry of the native library gave back: a value, or why there is none. */
final class Reply {
    private static final int VALUE = 0;
    private static final int ERROR = 1;
    private static final int CLOSED = 2;
    private static final int WAITING = 3;
    private static final int END = 4;

    private final WireReader in;
    private final int tag;

    private Reply(WireReader in) {
        this.in = in;
        this.tag = in.single();
    }

    static Reply of(Object[] message) {
        if (message == null) {
            // There was no room for the error that says so, either.
            throw new OutOfMemoryError("no room on the heap for what the native library gives");
        }
        return new Reply(new WireReader(message));
    }

    /** The reply that stands next in another one. */
    static Reply within(WireReader in) {
        return new Reply(in);
    }

    /** The value, read; or what kept it from being there, thrown. */
    <T> T value(Function<WireReader, T> read) {
        switch (tag) {
            case VALUE:
                return read.apply(in);
            case ERROR:
                throw new CloudAuthException(in);
            case CLOSED:
                throw new IllegalStateException("the client is closed; make a new one");
            default:
                throw CloudAuthException.internal("the native library gave a reply that was not asked for");
        }
    }

    /** Throws what kept the request from being carried out. */
    void check() {
        value(reader -> null);
    }

    boolean isWaiting() {
        return tag == WAITING;
    }

    boolean isEnd() {
        return tag == END;
    }
}
