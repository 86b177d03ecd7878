package io.github.libcloudauth;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * A daemon that has nothing of the thread which started it: no inheritable values, group, priority, class loader or access
 * rights of a caller, which might be any of the host's.
 */
final class CleanThread extends Thread {
    private static final ThreadGroup GROUP = group();

    private final String name;

    private CleanThread(Runnable work, String name) {
        super(GROUP, work, name, 0, false);
        this.name = name;
        setDaemon(true);
        setPriority(NORM_PRIORITY);
        setContextClassLoader(CleanThread.class.getClassLoader());
    }

    static CleanThread of(Runnable work, String name) {
        // Privileged: else the thread would keep the rights, and with them the class loaders, of everybody on this stack.
        return AccessController.doPrivileged((PrivilegedAction<CleanThread>) () -> new CleanThread(work, name));
    }

    /** Takes back what the host's code left on this thread, which must be the current one. Throws nothing. */
    void clean() {
        interrupted();
        try {
            if (!name.equals(getName())) {
                setName(name);
            }
            if (getPriority() != NORM_PRIORITY) {
                setPriority(NORM_PRIORITY);
            }
            if (getContextClassLoader() != CleanThread.class.getClassLoader()) {
                setContextClassLoader(CleanThread.class.getClassLoader());
            }
        } catch (Throwable full) {
            Callbacks.complain(full);
        }
    }

    /** One of its own, under the outermost; {@code null}, the caller's, where that is not allowed. */
    private static ThreadGroup group() {
        try {
            return AccessController.doPrivileged((PrivilegedAction<ThreadGroup>) () -> {
                ThreadGroup outermost = Thread.currentThread().getThreadGroup();
                while (outermost.getParent() != null) {
                    outermost = outermost.getParent();
                }
                return new ThreadGroup(outermost, "cloudauth");
            });
        } catch (SecurityException refused) {
            return null;
        }
    }
}
