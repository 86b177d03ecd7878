package io.github.libcloudauth;

/** Gives the keys to sign with: a vault, a token service, a file that changes. */
@FunctionalInterface
public interface CredentialsProvider {
    /**
     * The keys for the next request. Asked before every request, on a thread kept for that; calls that need keys at the same time
     * share one answer. Each waits under its own deadline, so keys are best kept at hand. The thread is interrupted once no call of
     * the client is under way, or the client's timeout is over.
     *
     * @throws Exception whatever it likes: it is the cause of the {@code CloudAuthException} of kind {@code credentials} that the
     *     call ends with, whose own message names its class alone
     */
    Credentials credentials() throws Exception;
}
