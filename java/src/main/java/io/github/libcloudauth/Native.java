package io.github.libcloudauth;

/**
 * The native library, as it is: one array of bytes in, and out a tree of bytes with the pictures beside it, which {@link Reply}
 * reads. Clients, iterators and calls under way are numbers there, looked up in a table: one that was given back is an answer.
 * Every way in begins with {@link NativeLibrary#require()}.
 */
final class Native {
    private Native() {}

    static native byte[][] version();

    /** How many clients, iterators and calls under way have not ended. */
    static native long live();

    static native byte[][] clientNew(byte[] options);

    static native boolean clientFree(long client);

    static native byte[][] stats(long client);

    static native byte[][] checkResult(long client, byte[] request, long timeout, long number);

    static native byte[][] waitForResult(long client, byte[] request, byte[] options, long number);

    static native byte[][] call(long client, byte[] call, long timeout, long number);

    static native byte[][] startCheckResult(long client, byte[] request, long timeout, long number);

    static native byte[][] startWaitForResult(long client, byte[] request, byte[] options, long number);

    static native byte[][] startCall(long client, byte[] call, long timeout, long number);

    static native void cancel(long number);

    /** Which news there are, and in {@code about} of what; needs no room on the heap. */
    static native int take(long milliseconds, long[] about);

    /** The outcome of a call that {@link #take} told of. It stays there where an exception is thrown, until it is discarded. */
    static native byte[][] outcome(long number);

    static native void discard(long number);

    static native boolean isAsked(long question);

    /** Nobody waits for an answer; a call that comes just now asks again. */
    static native void giveUp(long question);

    /** {@code null} where there was no room for an answer. */
    static native void answer(long question, byte[] answer);

    static native byte[][] manyNew(long client, long concurrency, boolean ordered, long timeout, long number);

    static native byte[][] manyGive(long many, byte[] request);

    static native byte[][] manyNext(long many, long milliseconds);

    static native boolean manyFree(long many);

    static native byte[][] decode(byte[] body);

    static native byte[][] decide(byte[] arguments);

    static native byte[][] explain(byte[] code);
}
