package io.github.libcloudauth;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Says when each request may go out, in place of the client's own pace. */
@FunctionalInterface
public interface Limiter {
    /**
     * How long a request is to wait yet; {@code null} or zero sends it at once. Asked before every request, retries included, and by
     * many threads at once: for a call that blocks, on its own thread; for others, on a thread kept for that, 64 of them at most for
     * each operation. It may block, as Guava's {@code RateLimiter.acquire} does. The time that it takes is part of the call's; its
     * thread is interrupted once its call has ended.
     *
     * @param api the operation's name, such as {@code CheckResult}
     * @throws Exception whatever it likes: the call ends in a {@code CloudAuthException} of kind {@code throttled}, whose cause it is
     *     and whose own message names its class alone. Where the thread of a call that blocks was interrupted, the call is cancelled
     */
    @Nullable Duration acquire(String api) throws Exception;
}
