package io.github.libcloudauth;

/** Gives the keys to sign with: a vault, a token service, a file that changes. */
@FunctionalInterface
public interface CredentialsProvider {
    /**
     * The keys for the next request. Asked before every request, on a thread kept for that, and by several at once where calls
     * are; the call waits under its own deadline, so keys are best kept at hand.
     *
     * @throws Exception whatever it likes: the call ends in an error of kind {@code credentials} that names the exception's
     *     class alone
     */
    Credentials credentials() throws Exception;
}
