package io.github.libcloudauth;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A credentials provider. One thread at a time asks it; questions that come meanwhile wait for that thread. It is interrupted
 * once its client has no call under way, and once the native library waits no longer.
 */
final class Source {
    private final CredentialsProvider provider;
    private final Deque<Long> questions = new ArrayDeque<>();
    private InFlight calls;
    /** The thread that asks, and for which question; {@code null} where none does. */
    private Thread asking;
    private long question;
    private boolean interrupted;

    Source(CredentialsProvider provider) {
        this.provider = provider;
    }

    /** As the native library's questions find it: only the client and its calls hold it. */
    static final class Reference extends WeakReference<Source> {
        Reference(Source source) {
            super(source);
        }
    }

    /** Whose calls it has keys for. */
    synchronized void serve(InFlight calls) {
        this.calls = calls;
    }

    /** A provider that calls by the client which asks it would wait for itself. */
    synchronized void refuseRecursion() {
        if (asking == Thread.currentThread()) {
            throw CloudAuthException.credentials("the credentials provider calls by the client that asks it; give it a client of its own");
        }
    }

    /** False where a thread asks already, which will take this question, too. */
    synchronized boolean begin(long question) {
        if (asking != null) {
            questions.add(question);
            return false;
        }
        asking = Thread.currentThread();
        this.question = question;
        return true;
    }

    /** No call is left that could wait for the answer. */
    synchronized void interrupt() {
        if (asking != null) {
            interrupted = true;
            asking.interrupt();
        }
    }

    /** The native library has no use for an answer any more. */
    synchronized void withdraw(long question) {
        if (this.question == question) {
            interrupt();
        } else {
            questions.remove(question);
        }
    }

    /** Goes on to the next question; false where there is none. */
    private synchronized boolean next() {
        Long next = questions.poll();
        if (next == null) {
            asking = null;
            return false;
        }
        question = next;
        return true;
    }

    /** Takes back an interrupt that was meant for the last time the provider was asked; whether there was one. */
    private synchronized boolean wasInterrupted() {
        boolean was = interrupted;
        interrupted = false;
        Thread.interrupted();
        return was;
    }

    /** Answers the question begun, and those that came meanwhile; {@code refused} where no thread can be spared for it. */
    void answer(boolean refused) {
        do {
            long at = question;
            try {
                if (refused) {
                    reply(at, "the operating system refused a thread for the credentials provider");
                } else {
                    ask(at);
                }
            } catch (Throwable full) {
                Native.answer(at, null, null);
            }
            wasInterrupted();
        } while (next());
    }

    private void ask(long question) {
        WireWriter out = new WireWriter();
        try {
            Throwable thrown = keys(question, out);
            if (out.isEmpty()) {
                Native.giveUp(question);
                return;
            }
            out.handOver(bytes -> {
                Native.answer(question, bytes, thrown);
                return null;
            });
        } finally {
            out.clear();
        }
    }

    /** Has the provider asked, and gives what it threw, or {@code null}. Nothing is written where nobody waits for an answer. */
    private Throwable keys(long question, WireWriter out) {
        // Not for calls that have ended before this thread was there.
        while (Native.isAsked(question) && !calls.isEmpty()) {
            try {
                write(provider.credentials(), out);
                return null;
            } catch (Throwable thrown) {
                // Interrupted just as another call came: that one needs an answer of its own.
                if (!wasInterrupted()) {
                    out.clear();
                    out.optionalText("reason", "the credentials provider threw " + thrown.getClass().getName());
                    return thrown;
                }
            }
        }
        return null;
    }

    private static void write(Credentials keys, WireWriter out) {
        if (keys == null) {
            out.optionalText("reason", "the credentials provider gave null");
        } else {
            out.flag(false).text("access_key_id", keys.accessKeyId).text("access_key_secret", keys.accessKeySecret)
                .optionalText("security_token", keys.securityToken);
        }
    }

    private static void reply(long question, String reason) {
        Native.answer(question, new WireWriter().optionalText("reason", reason).toBytes(), null);
    }
}
