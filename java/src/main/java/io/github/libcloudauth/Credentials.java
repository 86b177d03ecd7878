package io.github.libcloudauth;

import java.util.Objects;

/** An access key, with the security token where it is a temporary one. */
public final class Credentials {
    final String accessKeyId;
    final String accessKeySecret;
    final String securityToken;

    private Credentials(String accessKeyId, String accessKeySecret, String securityToken) {
        this.accessKeyId = Objects.requireNonNull(accessKeyId, "accessKeyId");
        this.accessKeySecret = Objects.requireNonNull(accessKeySecret, "accessKeySecret");
        this.securityToken = securityToken;
    }

    /** Keys that last. */
    public static Credentials of(String accessKeyId, String accessKeySecret) {
        return new Credentials(accessKeyId, accessKeySecret, null);
    }

    /** Temporary keys, as STS gives them. */
    public static Credentials of(String accessKeyId, String accessKeySecret, String securityToken) {
        return new Credentials(accessKeyId, accessKeySecret, Objects.requireNonNull(securityToken, "securityToken"));
    }

    /** Says whether they are temporary, and nothing else. */
    @Override
    public String toString() {
        return securityToken == null ? "Credentials[lasting]" : "Credentials[temporary]";
    }
}
