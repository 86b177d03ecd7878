package io.github.libcloudauth;

/** An AccessKey as it is handed to the native library, which judges it; what is absent is {@code null}. */
final class Keys {
    private static final String ID = "alibabacloud.accessKeyId";
    private static final String SECRET = "alibabacloud.accessKeyIdSecret";
    private static final String SECRET_TOO = "alibabacloud.accessKeySecret";
    private static final String TOKEN = "alibabacloud.sessionToken";

    final String accessKeyId;
    final String accessKeySecret;
    final String securityToken;

    Keys(String accessKeyId, String accessKeySecret, String securityToken) {
        this.accessKeyId = accessKeyId;
        this.accessKeySecret = accessKeySecret;
        this.securityToken = securityToken;
    }

    /**
     * From system properties, which the official SDK for Java asks before the environment.
     *
     * @throws CloudAuthException where they hold half a key: looking elsewhere might end in keys that nobody meant
     */
    static Keys ofProperties() {
        String id = property(ID);
        String secret = property(SECRET) == null ? property(SECRET_TOO) : property(SECRET);
        if (id == null && secret == null) {
            return new Keys(null, null, null);
        }
        if (id == null || secret == null) {
            throw CloudAuthException.credentials("no credentials: the system property " + (id == null ? SECRET : ID)
                + " is set, and " + (id == null ? ID : SECRET) + " is not; set both or neither");
        }
        return new Keys(id, secret, property(TOKEN));
    }

    boolean areAbsent() {
        return accessKeyId == null && accessKeySecret == null && securityToken == null;
    }

    private static String property(String name) {
        try {
            String value = System.getProperty(name);
            return value == null || value.isEmpty() ? null : value;
        } catch (SecurityException refused) {
            return null;
        }
    }
}
