package io.github.libcloudauth;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * Options of a client. What is not set, or zero, is the library's choice; all is judged by {@link #build()}.
 * {@code docs/options.md} has the defaults.
 */
public final class CloudAuthClientBuilder {
    /** Where one of them is given, the virtual machine's properties are not looked at. */
    private static final List<String> SOURCES = List.of("accessKeyId", "accessKeySecret", "securityToken", "profile");

    /** By name. */
    private final Map<String, Object> options = new LinkedHashMap<>();
    private CredentialsProvider credentials;
    private boolean jvmTrustStore;
    private boolean jvmProxy;
    private Executor executor;

    CloudAuthClientBuilder() {}

    /**
     * One of the service's regions, e.g. {@code ap-southeast-1}. There is no default: give a region or an endpoint. A loopback
     * address in the environment's {@code CLOUDAUTH_ENDPOINT} stands in for a region given here, with a warning in the log.
     */
    public CloudAuthClientBuilder region(String region) {
        return option("region", region);
    }

    /** Which of the region's hosts is called: {@code public}, or {@code internal} from a VPC of the same region. */
    public CloudAuthClientBuilder network(String network) {
        return option("network", network);
    }

    /**
     * A server instead of a region's: {@code https://host[:port]}, or {@code http://} on loopback. Where neither region nor
     * endpoint is given, the environment's {@code CLOUDAUTH_ENDPOINT} counts.
     */
    public CloudAuthClientBuilder endpoint(String endpoint) {
        return option("endpoint", endpoint);
    }

    /** How requests are signed: {@code acs3} or {@code rpc1}. */
    public CloudAuthClientBuilder signature(String signature) {
        return option("signature", signature);
    }

    /** The AccessKey's id. Given together with its secret, or not at all. */
    public CloudAuthClientBuilder accessKeyId(String accessKeyId) {
        return option("accessKeyId", accessKeyId);
    }

    /** The AccessKey's secret. It signs, and is never sent. */
    public CloudAuthClientBuilder accessKeySecret(String accessKeySecret) {
        return option("accessKeySecret", accessKeySecret);
    }

    /** The security token of temporary credentials from STS. */
    public CloudAuthClientBuilder securityToken(String securityToken) {
        return option("securityToken", securityToken);
    }

    /**
     * The profile of {@code ~/.aliyun/config.json} or {@code ~/.alibabacloud/credentials} to take the keys from. Without it the
     * environment's {@code ALIBABA_CLOUD_PROFILE} counts, and then the file's own choice.
     */
    public CloudAuthClientBuilder profile(String profile) {
        return option("profile", profile);
    }

    /** A source of keys, in place of an AccessKey. */
    public CloudAuthClientBuilder credentials(CredentialsProvider credentials) {
        this.credentials = Objects.requireNonNull(credentials, "credentials");
        return this;
    }

    /** How long a whole call may take, retries included. */
    public CloudAuthClientBuilder timeout(Duration timeout) {
        return option("timeout", timeout);
    }

    /** How long one request and its reply may take. */
    public CloudAuthClientBuilder attemptTimeout(Duration attemptTimeout) {
        return option("attemptTimeout", attemptTimeout);
    }

    /** How long making a connection may take, TLS included. */
    public CloudAuthClientBuilder connectTimeout(Duration connectTimeout) {
        return option("connectTimeout", connectTimeout);
    }

    /** How long a connection is kept without use: 60 seconds by default. */
    public CloudAuthClientBuilder idleTimeout(Duration idleTimeout) {
        return option("idleTimeout", idleTimeout);
    }

    /** How many connections there are at most, those without use included: 64 by default. Further calls wait their turn. */
    public CloudAuthClientBuilder maxConnections(int maxConnections) {
        return option("maxConnections", maxConnections);
    }

    /** How many requests are sent for one call at most, the first included: 3 by default; 1 repeats nothing. */
    public CloudAuthClientBuilder maxAttempts(int maxAttempts) {
        return option("maxAttempts", maxAttempts);
    }

    /** The longest pause before the first repetition, 50 ms by default; it doubles with each. */
    public CloudAuthClientBuilder retryBase(Duration retryBase) {
        return option("retryBase", retryBase);
    }

    /** The same, where the service throttles: 1 s by default. */
    public CloudAuthClientBuilder throttleBase(Duration throttleBase) {
        return option("throttleBase", throttleBase);
    }

    /** The longest pause before any repetition, but for what the service asks for: 20 s by default. */
    public CloudAuthClientBuilder retryCap(Duration retryCap) {
        return option("retryCap", retryCap);
    }

    /**
     * How many requests a second of each operation are sent at most. Without it they are as many as the service admits: where
     * it throttles, the client slows down and regrows by itself.
     */
    public CloudAuthClientBuilder qps(int qps) {
        return option("qps", qps);
    }

    /** The largest reply taken where images were asked for. */
    public CloudAuthClientBuilder maxBodyBytes(long maxBodyBytes) {
        return option("maxBodyBytes", maxBodyBytes);
    }

    /** The largest reply taken where none were, and of an operation called by its name. */
    public CloudAuthClientBuilder maxBodyBytesWithoutImages(long maxBodyBytesWithoutImages) {
        return option("maxBodyBytesWithoutImages", maxBodyBytesWithoutImages);
    }

    /** How many calls {@link CloudAuthClient#checkMany} keeps in flight. */
    public CloudAuthClientBuilder maxConcurrency(int maxConcurrency) {
        return option("maxConcurrency", maxConcurrency);
    }

    /** A PEM file of certificates to trust beside the system's. */
    public CloudAuthClientBuilder caFile(Path caFile) {
        return option("caFile", caFile);
    }

    /**
     * The URL of a proxy (http, https, socks5 or socks5h), or {@code none}; without it, {@code HTTPS_PROXY}, {@code ALL_PROXY}
     * and {@code NO_PROXY} decide, as for curl.
     */
    public CloudAuthClientBuilder proxy(String proxy) {
        return option("proxy", proxy);
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

    /** Takes plain {@code http://} for hosts that are not loopback, too: signatures and faces then travel in the open. */
    public CloudAuthClientBuilder allowInsecure(boolean allowInsecure) {
        return option("allowInsecure", allowInsecure);
    }

    /** Text to append to the {@code User-Agent} header. */
    public CloudAuthClientBuilder userAgent(String userAgent) {
        return option("userAgent", userAgent);
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

    private CloudAuthClientBuilder option(String name, Object value) {
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
