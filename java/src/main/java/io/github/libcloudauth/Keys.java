package io.github.libcloudauth;

import java.util.HashMap;
import java.util.Map;

/** An AccessKey, as system properties give it. */
final class Keys {
    private static final String ID = "alibabacloud.accessKeyId";
    private static final String SECRET = "alibabacloud.accessKeyIdSecret";
    private static final String SECRET_TOO = "alibabacloud.accessKeySecret";
    private static final String TOKEN = "alibabacloud.sessionToken";

    private Keys() {}

    /**
     * From system properties, which the official SDK for Java asks before the environment: options of a client, none where there
     * is no key.
     *
     * @throws CloudAuthException where they hold half a key: looking elsewhere might end in keys that nobody meant
     */
    static Map<String, String> ofProperties() {
        String id = property(ID);
        String secret = property(SECRET) == null ? property(SECRET_TOO) : property(SECRET);
        if (id == null && secret == null) {
            return Map.of();
        }
        if (id == null || secret == null) {
            throw CloudAuthException.credentials("no credentials: the system property " + (id == null ? SECRET : ID)
                + " is set, and " + (id == null ? ID : SECRET) + " is not; set both or neither");
        }
        Map<String, String> keys = new HashMap<>(Map.of("accessKeyId", id, "accessKeySecret", secret));
        String token = property(TOKEN);
        if (token != null) {
            keys.put("securityToken", token);
        }
        return keys;
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
