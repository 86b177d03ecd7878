package io.github.libcloudauth;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * Options of a client. What is not set, or zero, is the library's choice; all is judged by {@link #build()}.
 * {@code docs/options.md} has the defaults.
 */
public final class CloudAuthClientBuilder {
    private String region;
    private String network;
    private String endpoint;
    private String signature;
    private String accessKeyId;
    private String accessKeySecret;
    private String securityToken;
    private String profile;
    private CredentialsProvider credentials;
    private Duration timeout;
    private Duration attemptTimeout;
    private Duration connectTimeout;
    private Duration idleTimeout;
    private int maxConnections;
    private int maxAttempts;
    private Duration retryBase;
    private Duration throttleBase;
    private Duration retryCap;
    private int qps;
    private long maxBodyBytes;
    private long maxBodyBytesWithoutImages;
    private int maxConcurrency;
    private Path caFile;
    private String proxy;
    private boolean jvmTrustStore;
    private boolean jvmProxy;
    private boolean allowInsecure;
    private String userAgent;
    private Executor executor;

    CloudAuthClientBuilder() {}

    /**
     * One of the service's regions, e.g. {@code ap-southeast-1}. There is no default: give a region or an endpoint. A loopback
     * address in the environment's {@code CLOUDAUTH_ENDPOINT} stands in for a region given here, with a warning in the log.
     */
    public CloudAuthClientBuilder region(String region) {
        this.region = Objects.requireNonNull(region, "region");
        return this;
    }

    /** Which of the region's hosts is called: {@code public}, or {@code internal} from a VPC of the same region. */
    public CloudAuthClientBuilder network(String network) {
        this.network = Objects.requireNonNull(network, "network");
        return this;
    }

    /**
     * A server instead of a region's: {@code https://host[:port]}, or {@code http://} on loopback. Where neither region nor
     * endpoint is given, the environment's {@code CLOUDAUTH_ENDPOINT} counts.
     */
    public CloudAuthClientBuilder endpoint(String endpoint) {
        this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
        return this;
    }

    /** How requests are signed: {@code acs3} or {@code rpc1}. */
    public CloudAuthClientBuilder signature(String signature) {
        this.signature = Objects.requireNonNull(signature, "signature");
        return this;
    }

    /** The AccessKey's id. Given together with its secret, or not at all. */
    public CloudAuthClientBuilder accessKeyId(String accessKeyId) {
        this.accessKeyId = Objects.requireNonNull(accessKeyId, "accessKeyId");
        return this;
    }

    /** The AccessKey's secret. It signs, and is never sent. */
    public CloudAuthClientBuilder accessKeySecret(String accessKeySecret) {
        this.accessKeySecret = Objects.requireNonNull(accessKeySecret, "accessKeySecret");
        return this;
    }

    /** The security token of temporary credentials from STS. */
    public CloudAuthClientBuilder securityToken(String securityToken) {
        this.securityToken = Objects.requireNonNull(securityToken, "securityToken");
        return this;
    }

    /**
     * The profile of {@code ~/.aliyun/config.json} or {@code ~/.alibabacloud/credentials} to take the keys from. Without it the
     * environment's {@code ALIBABA_CLOUD_PROFILE} counts, and then the file's own choice.
     */
    public CloudAuthClientBuilder profile(String profile) {
        this.profile = Objects.requireNonNull(profile, "profile");
        return this;
    }

    /** A source of keys, in place of an AccessKey. */
    public CloudAuthClientBuilder credentials(CredentialsProvider credentials) {
        this.credentials = Objects.requireNonNull(credentials, "credentials");
        return this;
    }

    /** How long a whole call may take, retries included. */
    public CloudAuthClientBuilder timeout(Duration timeout) {
        this.timeout = Objects.requireNonNull(timeout, "timeout");
        return this;
    }

    /** How long one request and its reply may take. */
    public CloudAuthClientBuilder attemptTimeout(Duration attemptTimeout) {
        this.attemptTimeout = Objects.requireNonNull(attemptTimeout, "attemptTimeout");
        return this;
    }

    /** How long making a connection may take, TLS included. */
    public CloudAuthClientBuilder connectTimeout(Duration connectTimeout) {
        this.connectTimeout = Objects.requireNonNull(connectTimeout, "connectTimeout");
        return this;
    }

    /** How long a connection is kept without use: 60 seconds by default. */
    public CloudAuthClientBuilder idleTimeout(Duration idleTimeout) {
        this.idleTimeout = Objects.requireNonNull(idleTimeout, "idleTimeout");
        return this;
    }

    /** How many connections there are at most, those without use included: 64 by default. Further calls wait their turn. */
    public CloudAuthClientBuilder maxConnections(int maxConnections) {
        this.maxConnections = maxConnections;
        return this;
    }

    /** How many requests are sent for one call at most, the first included: 3 by default; 1 repeats nothing. */
    public CloudAuthClientBuilder maxAttempts(int maxAttempts) {
        this.maxAttempts = maxAttempts;
        return this;
    }

    /** The longest pause before the first repetition, 50 ms by default; it doubles with each. */
    public CloudAuthClientBuilder retryBase(Duration retryBase) {
        this.retryBase = Objects.requireNonNull(retryBase, "retryBase");
        return this;
    }

    /** The same, where the service throttles: 1 s by default. */
    public CloudAuthClientBuilder throttleBase(Duration throttleBase) {
        this.throttleBase = Objects.requireNonNull(throttleBase, "throttleBase");
        return this;
    }

    /** The longest pause before any repetition, but for what the service asks for: 20 s by default. */
    public CloudAuthClientBuilder retryCap(Duration retryCap) {
        this.retryCap = Objects.requireNonNull(retryCap, "retryCap");
        return this;
    }

    /**
     * How many requests a second of each operation are sent at most. Without it they are as many as the service admits: where
     * it throttles, the client slows down and regrows by itself.
     */
    public CloudAuthClientBuilder qps(int qps) {
        this.qps = qps;
        return this;
    }

    /** The largest reply taken where images were asked for. */
    public CloudAuthClientBuilder maxBodyBytes(long maxBodyBytes) {
        this.maxBodyBytes = maxBodyBytes;
        return this;
    }

    /** The largest reply taken where none were, and of an operation called by its name. */
    public CloudAuthClientBuilder maxBodyBytesWithoutImages(long maxBodyBytesWithoutImages) {
        this.maxBodyBytesWithoutImages = maxBodyBytesWithoutImages;
        return this;
    }

    /** How many calls {@link CloudAuthClient#checkMany} keeps in flight. */
    public CloudAuthClientBuilder maxConcurrency(int maxConcurrency) {
        this.maxConcurrency = maxConcurrency;
        return this;
    }

    /** A PEM file of certificates to trust beside the system's. */
    public CloudAuthClientBuilder caFile(Path caFile) {
        this.caFile = Objects.requireNonNull(caFile, "caFile");
        return this;
    }

    /**
     * The URL of a proxy (http, https, socks5 or socks5h), or {@code none}; without it, {@code HTTPS_PROXY}, {@code ALL_PROXY}
     * and {@code NO_PROXY} decide, as for curl.
     */
    public CloudAuthClientBuilder proxy(String proxy) {
        this.proxy = Objects.requireNonNull(proxy, "proxy");
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

    /** Takes plain {@code http://} for hosts that are not loopback, too: signatures and faces then travel in the open. */
    public CloudAuthClientBuilder allowInsecure(boolean allowInsecure) {
        this.allowInsecure = allowInsecure;
        return this;
    }

    /** Text to append to the {@code User-Agent} header. */
    public CloudAuthClientBuilder userAgent(String userAgent) {
        this.userAgent = Objects.requireNonNull(userAgent, "userAgent");
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
        String way = proxy;
        if (proxy == null && jvmProxy) {
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

    /** In the order in which {@code java/native/src/arguments.rs} reads it. */
    private WireWriter encoded(Long source, String caPem, String proxy) {
        Keys keys = keys();
        WireWriter out = new WireWriter()
            .optionalText("region", region)
            .optionalText("network", network)
            .optionalText("endpoint", endpoint)
            .optionalText("ca_file", caFile == null ? null : caFile.toString())
            .optionalText("user_agent", userAgent)
            .optionalText("proxy", proxy)
            .optionalText("profile", profile)
            .optionalText("ca_pem", caPem)
            .optionalText("signature", signature)
            .flag(allowInsecure)
            .number(WireWriter.nanoseconds(timeout))
            .number(WireWriter.nanoseconds(attemptTimeout))
            .number(WireWriter.nanoseconds(connectTimeout))
            .number(WireWriter.nanoseconds(idleTimeout))
            .number(WireWriter.nanoseconds(retryBase))
            .number(WireWriter.nanoseconds(throttleBase))
            .number(WireWriter.nanoseconds(retryCap))
            .number(maxConnections)
            .number(maxAttempts)
            .number(qps)
            .number(maxBodyBytes)
            .number(maxBodyBytesWithoutImages)
            .number(maxConcurrency)
            .optionalText("access_key_id", keys.accessKeyId)
            .optionalText("access_key_secret", keys.accessKeySecret)
            .optionalText("security_token", keys.securityToken)
            .flag(source != null);
        return source == null ? out : out.number(source);
    }

    /** What was given; where nothing was, what the virtual machine's properties say. */
    private Keys keys() {
        Keys given = new Keys(accessKeyId, accessKeySecret, securityToken);
        return given.areAbsent() && profile == null && credentials == null ? Keys.ofProperties() : given;
    }
}
