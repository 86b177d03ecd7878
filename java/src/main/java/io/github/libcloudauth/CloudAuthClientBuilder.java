package io.github.libcloudauth;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * Options of a client. What is not set, or zero, is the library's choice; all is judged by {@link #build()}.
 * {@code docs/options.md} has the defaults.
 */
public final class CloudAuthClientBuilder extends BuilderOptions {
    /** Where one of them is given, the virtual machine's properties are not looked at. */
    private static final List<String> SOURCES = List.of("accessKeyId", "accessKeySecret", "securityToken", "profile");

    /** By name. */
    private final Map<String, Object> options = new LinkedHashMap<>();
    private CredentialsProvider credentials;
    private boolean jvmTrustStore;
    private boolean jvmProxy;
    private Executor executor;

    CloudAuthClientBuilder() {}

    /** A source of keys, in place of an AccessKey. */
    public CloudAuthClientBuilder credentials(CredentialsProvider credentials) {
        this.credentials = Objects.requireNonNull(credentials, "credentials");
        return this;
    }

    /**
     * Trusts what the virtual machine trusts, beside the system: the store that {@code javax.net.ssl.trustStore} names, or its
     * own {@code cacerts}. It is read by {@link #build()}.
     */
    public CloudAuthClientBuilder jvmTrustStore(boolean jvmTrustStore) {
        this.jvmTrustStore = jvmTrustStore;
        return this;
    }

    /**
     * Without a {@link #proxy}, goes the way that {@link java.net.ProxySelector#getDefault()} has for the endpoint, by
     * {@code https.proxyHost}, {@code socksProxyHost} and {@code http.nonProxyHosts} most often, instead of that of the
     * environment. It is asked by {@link #build()}. A proxy that asks for a password is given by {@link #proxy}.
     */
    public CloudAuthClientBuilder jvmProxy(boolean jvmProxy) {
        this.jvmProxy = jvmProxy;
        return this;
    }

    /**
     * Completes futures, and with that runs what comes after them, in place of the library's own threads. What it does not take
     * is completed on one of those.
     */
    public CloudAuthClientBuilder executor(Executor executor) {
        this.executor = Objects.requireNonNull(executor, "executor");
        return this;
    }

    /**
     * The client. Nothing is sent.
     *
     * @throws CloudAuthException which option breaks which rule, or where keys are missing
     */
    public CloudAuthClient build() {
        NativeLibrary.require();
        Log.listen();
        try {
            return made();
        } finally {
            Log.deliver();
        }
    }

    private CloudAuthClient made() {
        String pem = jvmTrustStore ? JvmSettings.trustStore() : null;
        String way = null;
        if (jvmProxy && !options.containsKey("proxy")) {
            String endpoint = Reply.of(encoded(null, null, null).<Object[]>handOver(Native::endpoint)).value(WireReader::text);
            way = JvmSettings.proxy(endpoint);
        }
        if (credentials == null) {
            return new DefaultCloudAuthClient(encoded(null, pem, way), null, executor);
        }
        Long number = Callbacks.number();
        Source source = new Source(credentials);
        Callbacks.register(number, source);
        try {
            return new DefaultCloudAuthClient(encoded(number, pem, way), source, executor);
        } catch (RuntimeException | Error refused) {
            Callbacks.unregister(number);
            throw refused;
        }
    }

    @Override
    CloudAuthClientBuilder option(String name, Object value) {
        options.put(name, Objects.requireNonNull(value, name));
        return this;
    }

    /** As {@code java/native/src/arguments.rs} reads it. */
    private WireWriter encoded(Long source, String caPem, String proxy) {
        WireWriter out = new WireWriter().flag(source != null);
        if (source != null) {
            out.number(source);
        }
        out.optionalText("jvmTrustStore", caPem);
        options.forEach(out::option);
        if (proxy != null) {
            out.option("proxy", proxy);
        }
        if (credentials == null && SOURCES.stream().noneMatch(options::containsKey)) {
            Keys.ofProperties().forEach(out::option);
        }
        return out;
    }
}
