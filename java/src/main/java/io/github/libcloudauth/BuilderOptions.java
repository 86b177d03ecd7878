// Generated from core/schema/options.toml by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.nio.file.Path;
import java.time.Duration;

/** A setter for each option. */
abstract class BuilderOptions {
    BuilderOptions() {}

    abstract CloudAuthClientBuilder option(String name, Object value);

    /**
     * Region whose service is called: ap-southeast-1, ap-southeast-3, ap-southeast-5 or cn-hongkong. There is no default:
     * give a region or an endpoint. Environment: {@code CLOUDAUTH_REGION}.
     */
    public CloudAuthClientBuilder region(String region) {
        return option("region", region);
    }

    /**
     * Which of the region's hosts is called; internal is reachable from a VPC of the same region only. An endpoint takes its
     * place. Default: {@code public}.
     */
    public CloudAuthClientBuilder network(String network) {
        return option("network", network);
    }

    /**
     * Host or URL to call in place of the region's. Plain http is for loopback only, unless {@link #allowInsecure}. The
     * variable counts where neither region nor endpoint is given in code; a loopback address also stands in for a region,
     * with a warning in the log. Environment: {@code CLOUDAUTH_ENDPOINT}.
     */
    public CloudAuthClientBuilder endpoint(String endpoint) {
        return option("endpoint", endpoint);
    }

    /**
     * How requests are signed: acs3 is ACS3-HMAC-SHA256, rpc1 the older RPC signature 1.0 with HMAC-SHA1. Default:
     * {@code acs3}.
     */
    public CloudAuthClientBuilder signature(String signature) {
        return option("signature", signature);
    }

    /**
     * Id of the AccessKey. Given together with {@link #accessKeySecret}, or not at all. Environment:
     * {@code ALIBABA_CLOUD_ACCESS_KEY_ID}.
     */
    public CloudAuthClientBuilder accessKeyId(String accessKeyId) {
        return option("accessKeyId", accessKeyId);
    }

    /**
     * Secret of the AccessKey. It signs, and is never sent. Environment: {@code ALIBABA_CLOUD_ACCESS_KEY_SECRET}.
     */
    public CloudAuthClientBuilder accessKeySecret(String accessKeySecret) {
        return option("accessKeySecret", accessKeySecret);
    }

    /**
     * Security token of temporary credentials from STS. Environment: {@code ALIBABA_CLOUD_SECURITY_TOKEN}.
     */
    public CloudAuthClientBuilder securityToken(String securityToken) {
        return option("securityToken", securityToken);
    }

    /**
     * Profile of ~/.aliyun/config.json or ~/.alibabacloud/credentials to take the keys from. Given in code, nothing else is
     * looked at; from the environment, it only chooses among profiles. Environment: {@code ALIBABA_CLOUD_PROFILE}.
     */
    public CloudAuthClientBuilder profile(String profile) {
        return option("profile", profile);
    }

    /**
     * Time for the whole call, from the first byte out to the decoded result. Default: 60 s. A call may have its own.
     */
    public CloudAuthClientBuilder timeout(Duration timeout) {
        return option("timeout", timeout);
    }

    /**
     * Time for one attempt, connecting included. Default: 15 s.
     */
    public CloudAuthClientBuilder attemptTimeout(Duration attemptTimeout) {
        return option("attemptTimeout", attemptTimeout);
    }

    /**
     * Time to connect, TLS included. Default: 5 s.
     */
    public CloudAuthClientBuilder connectTimeout(Duration connectTimeout) {
        return option("connectTimeout", connectTimeout);
    }

    /**
     * Requests for one call at most, the first included; 1 means no retry. docs/retries.md says what is retried, and when.
     * Default: 3.
     */
    public CloudAuthClientBuilder maxAttempts(int maxAttempts) {
        return option("maxAttempts", maxAttempts);
    }

    /**
     * Longest pause before the first retry; it doubles with each. Default: 50 ms.
     */
    public CloudAuthClientBuilder retryBase(Duration retryBase) {
        return option("retryBase", retryBase);
    }

    /**
     * Longest pause before the first retry where the service throttles; it doubles with each. Default: 1 s.
     */
    public CloudAuthClientBuilder throttleBase(Duration throttleBase) {
        return option("throttleBase", throttleBase);
    }

    /**
     * Longest pause before any retry, but for what the service asks for. Default: 20 s.
     */
    public CloudAuthClientBuilder retryCap(Duration retryCap) {
        return option("retryCap", retryCap);
    }

    /**
     * Requests a second and operation at most. Absent: as many as the service admits; where it throttles, the client slows
     * down and regrows by itself.
     */
    public CloudAuthClientBuilder qps(int qps) {
        return option("qps", qps);
    }

    /**
     * URL of a Redis on which all machines share one quota: redis://host:6379/0?account=NAME, or rediss:// for TLS.
     * {@link #qps} is then the rate of all of them together; absent, it is the region's documented one. docs/scale.md says
     * how it fails. Absent: each client counts for itself. Environment: {@code CLOUDAUTH_QUOTA}.
     */
    public CloudAuthClientBuilder quota(String quota) {
        return option("quota", quota);
    }

    /**
     * How long an unused connection is kept, where the server does not close it sooner. Default: 60 s.
     */
    public CloudAuthClientBuilder idleTimeout(Duration idleTimeout) {
        return option("idleTimeout", idleTimeout);
    }

    /**
     * Keeps two connections ready, so that a call after a pause need not connect: a connection that was idle for so long
     * carries a keepalive request. The service advises 5 s; at least 100 ms, and shorter than {@link #idleTimeout}. It
     * begins with the first call, ends after 120 such times without one (10 minutes at 5 s), and begins again with the next.
     * Absent or 0: off.
     */
    public CloudAuthClientBuilder keepWarm(Duration keepWarm) {
        return option("keepWarm", keepWarm);
    }

    /**
     * Connections at most, unused ones included. Further calls wait their turn, within their time; at least 1. Default: 64.
     */
    public CloudAuthClientBuilder maxConnections(int maxConnections) {
        return option("maxConnections", maxConnections);
    }

    /**
     * Largest reply accepted when images are asked for. Default: 64 MiB.
     */
    public CloudAuthClientBuilder maxBodyBytes(long maxBodyBytes) {
        return option("maxBodyBytes", maxBodyBytes);
    }

    /**
     * Largest reply accepted when no images are asked for, and of an operation called by its name. Raise it where such an
     * operation returns images. Default: 1 MiB.
     */
    public CloudAuthClientBuilder maxBodyBytesWithoutImages(long maxBodyBytesWithoutImages) {
        return option("maxBodyBytesWithoutImages", maxBodyBytesWithoutImages);
    }

    /**
     * How many calls a stream of many calls keeps in flight; at least 1. Default: 16.
     */
    public CloudAuthClientBuilder maxConcurrency(int maxConcurrency) {
        return option("maxConcurrency", maxConcurrency);
    }

    /**
     * PEM file of certificates to trust beside the system's: authorities, or a server's own, which is trusted for the names
     * in it. A regular file of at most 4 MiB.
     */
    public CloudAuthClientBuilder caFile(Path caFile) {
        return option("caFile", caFile);
    }

    /**
     * URL of a proxy (http, https, socks5 or socks5h), or none for a direct connection. Absent: HTTPS_PROXY, ALL_PROXY and
     * NO_PROXY decide, as for curl; docs/proxies.md has the rules. Loopback never goes through a proxy.
     */
    public CloudAuthClientBuilder proxy(String proxy) {
        return option("proxy", proxy);
    }

    /**
     * Accept plain http to hosts that are not loopback. For tests on a network of your own: signatures and faces then travel
     * in the open.
     */
    public CloudAuthClientBuilder allowInsecure(boolean allowInsecure) {
        return option("allowInsecure", allowInsecure);
    }

    /**
     * Appended to the User-Agent header, which has at most 512 characters.
     */
    public CloudAuthClientBuilder userAgent(String userAgent) {
        return option("userAgent", userAgent);
    }

    /**
     * Keep the reply's body with each result, byte for byte as it came, for an archive. A result then takes as much memory
     * again as its reply.
     */
    public CloudAuthClientBuilder keepRaw(boolean keepRaw) {
        return option("keepRaw", keepRaw);
    }
}
