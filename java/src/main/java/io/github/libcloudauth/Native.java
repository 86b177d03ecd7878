package io.github.libcloudauth;

/**
 * The native library, as it is: one array of bytes in, and out a tree of bytes with pictures and exceptions beside it, which
 * {@link Reply} reads. Clients, iterators and calls under way are numbers there, looked up in a table: one that was given back
 * is an answer. Every way in begins with {@link NativeLibrary#require()}.
 */
final class Native {
    private Native() {}

    static native Object[] version();

    /** How many clients, iterators and calls under way have not ended. */
    static native long live();

    static native Object[] clientNew(byte[] options);

    static native Object[] endpoint(byte[] options);

    static native boolean clientFree(long client);

    static native Object[] connectAhead(long client);

    static native Object[] stats(long client);

    static native Object[] checkResult(long client, byte[] request, long timeout, long number);

    static native Object[] waitForResult(long client, byte[] request, byte[] options, long number);

    static native Object[] call(long client, byte[] call, long timeout, long number);

    static native Object[] run(long client, byte[] request, long timeout, long number);

    static native Object[] startCheckResult(long client, byte[] request, long timeout, long number);

    static native Object[] startWaitForResult(long client, byte[] request, byte[] options, long number);

    static native Object[] startCall(long client, byte[] call, long timeout, long number);

    static native Object[] startRun(long client, byte[] request, long timeout, long number);

    static native void cancel(long number);

    /** Which news there are, and in {@code about} of what; needs no room on the heap. */
    static native int take(long milliseconds, long[] about);

    /** The outcome of a call that {@link #take} told of. It stays there where an exception is thrown, until it is discarded. */
    static native Object[] outcome(long number);

    static native void discard(long number);

    static native boolean isAsked(long question);

    /** Nobody waits for an answer; a call that comes just now asks again. */
    static native void giveUp(long question);

    /** {@code null} where there was no room for an answer. {@code thrown} is why there are no keys, or {@code null}. */
    static native void answer(long question, byte[] answer, Throwable thrown);

    /** Has a limiter asked on this thread. */
    static native void limit(long question);

    /** Answers that there is no thread to ask a limiter on. */
    static native void refuseLimit(long question);

    /** 0 for none, to 5 for all. */
    static native void setLogLevel(int level);

    /** {@code null} where none wait. */
    static native Object[] logLines();

    /** Takes the events that wait; null where there are none. */
    static native Object[] events();

    static native Object[] manyNew(long client, long concurrency, boolean ordered, long timeout, long number);

    static native Object[] manyPush(long many, byte[] request);

    static native boolean manyWantsMore(long many, long milliseconds);

    static native void manyFinish(long many);

    static native Object[] manyNext(long many, long milliseconds);

    static native boolean manyFree(long many);

    static native Object[] decode(byte[] body);

    static native Object[] fromJson(byte[] json);

    static native Object[] saveImages(byte[] json, byte[] folder);

    static native Object[] verifyArchive(byte[] folder);

    static native Object[] imageFormat(byte[] bytes);

    static native Object[] decide(byte[] arguments);

    static native Object[] startedToJson(byte[] started);

    static native Object[] startedFromJson(byte[] json);

    static native Object[] parseCallback(byte[] query);

    static native Object[] verifyCallback(byte[] query, byte[] token);

    static native Object[] explain(byte[] code);

    static native Object[] kind(byte[] name);
}
