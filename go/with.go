// Code generated from core/schema/options.toml by `cargo xtask generate`. DO NOT EDIT.

//go:build linux && cgo

package cloudauth

/*
#include "native.h"
*/
import "C"

import "time"

// WithRegion: region whose service is called: ap-southeast-1, ap-southeast-3, ap-southeast-5 or cn-hongkong. There is no
// default: give a region or an endpoint. Environment: CLOUDAUTH_REGION.
func WithRegion(region string) Option {
	return text("WithRegion", region)
}

// WithNetwork: which of the region's hosts is called; internal is reachable from a VPC of the same region only. An endpoint
// takes its place. Default: public.
func WithNetwork(network string) Option {
	return text("WithNetwork", network)
}

// WithEndpoint: host or URL to call in place of the region's. Plain http is for loopback only, unless [WithAllowInsecure].
// The variable counts where neither region nor endpoint is given in code; a loopback address also stands in for a region,
// with a warning in the log. Environment: CLOUDAUTH_ENDPOINT.
func WithEndpoint(endpoint string) Option {
	return text("WithEndpoint", endpoint)
}

// WithSignature: how requests are signed: acs3 is ACS3-HMAC-SHA256, rpc1 the older RPC signature 1.0 with HMAC-SHA1. Default:
// acs3.
func WithSignature(signature string) Option {
	return text("WithSignature", signature)
}

// WithAccessKeyID: id of the AccessKey. Given together with [WithAccessKeySecret], or not at all. Environment:
// ALIBABA_CLOUD_ACCESS_KEY_ID.
func WithAccessKeyID(accessKeyId string) Option {
	return text("WithAccessKeyID", accessKeyId)
}

// WithAccessKeySecret: secret of the AccessKey. It signs, and is never sent. Environment: ALIBABA_CLOUD_ACCESS_KEY_SECRET.
func WithAccessKeySecret(accessKeySecret string) Option {
	return text("WithAccessKeySecret", accessKeySecret)
}

// WithSecurityToken: security token of temporary credentials from STS. Environment: ALIBABA_CLOUD_SECURITY_TOKEN.
func WithSecurityToken(securityToken string) Option {
	return text("WithSecurityToken", securityToken)
}

// WithProfile: profile of ~/.aliyun/config.json or ~/.alibabacloud/credentials to take the keys from. Given in code, nothing
// else is looked at; from the environment, it only chooses among profiles. Environment: ALIBABA_CLOUD_PROFILE.
func WithProfile(profile string) Option {
	return text("WithProfile", profile)
}

// WithTimeout: time for the whole call, from the first byte out to the decoded result. Default: 60 s. A call may have its
// own.
func WithTimeout(timeout time.Duration) Option {
	return limited("WithTimeout", timeout)
}

// WithAttemptTimeout: time for one attempt, connecting included. Default: 15 s.
func WithAttemptTimeout(attemptTimeout time.Duration) Option {
	return limited("WithAttemptTimeout", attemptTimeout)
}

// WithConnectTimeout: time to connect, TLS included. Default: 5 s.
func WithConnectTimeout(connectTimeout time.Duration) Option {
	return limited("WithConnectTimeout", connectTimeout)
}

// WithMaxAttempts: requests for one call at most, the first included; 1 means no retry. docs/retries.md says what is retried,
// and when. Default: 3.
func WithMaxAttempts(maxAttempts int) Option {
	return count("WithMaxAttempts", int64(maxAttempts))
}

// WithRetryBase: longest pause before the first retry; it doubles with each. Default: 50 ms.
func WithRetryBase(retryBase time.Duration) Option {
	return duration("WithRetryBase", retryBase)
}

// WithThrottleBase: longest pause before the first retry where the service throttles; it doubles with each. Default: 1 s.
func WithThrottleBase(throttleBase time.Duration) Option {
	return duration("WithThrottleBase", throttleBase)
}

// WithRetryCap: longest pause before any retry, but for what the service asks for. Default: 20 s.
func WithRetryCap(retryCap time.Duration) Option {
	return duration("WithRetryCap", retryCap)
}

// WithQPS: requests a second and operation at most. Absent: as many as the service admits; where it throttles, the client
// slows down and regrows by itself.
func WithQPS(qps int) Option {
	return count("WithQPS", int64(qps))
}

// WithQuota: URL of a Redis on which all machines share one quota: redis://host:6379/0?account=NAME, or rediss:// for TLS.
// [WithQPS] is then the rate of all of them together; absent, it is the region's documented one. docs/scale.md says how it
// fails. Absent: each client counts for itself. Environment: CLOUDAUTH_QUOTA.
func WithQuota(quota string) Option {
	return text("WithQuota", quota)
}

// WithIdleTimeout: how long an unused connection is kept, where the server does not close it sooner. Default: 60 s.
func WithIdleTimeout(idleTimeout time.Duration) Option {
	return duration("WithIdleTimeout", max(idleTimeout, time.Millisecond))
}

// WithKeepWarm: keeps two connections ready, so that a call after a pause need not connect: a connection that was idle for so
// long carries a keepalive request. The service advises 5 s; at least 100 ms, and shorter than [WithIdleTimeout]. It begins
// with the first call, ends after 120 such times without one (10 minutes at 5 s), and begins again with the next. Absent or
// 0: off.
func WithKeepWarm(keepWarm time.Duration) Option {
	return duration("WithKeepWarm", keepWarm)
}

// WithMaxConnections: connections at most, unused ones included. Further calls wait their turn, within their time; at least
// 1. Default: 64.
func WithMaxConnections(maxConnections int) Option {
	return count("WithMaxConnections", int64(maxConnections))
}

// WithMaxBodyBytes: largest reply accepted when images are asked for. Default: 64 MiB.
func WithMaxBodyBytes(maxBodyBytes int64) Option {
	return count("WithMaxBodyBytes", maxBodyBytes)
}

// WithMaxBodyBytesWithoutImages: largest reply accepted when no images are asked for, and of an operation called by its name.
// Raise it where such an operation returns images. Default: 1 MiB.
func WithMaxBodyBytesWithoutImages(maxBodyBytesWithoutImages int64) Option {
	return count("WithMaxBodyBytesWithoutImages", maxBodyBytesWithoutImages)
}

// WithMaxConcurrency: how many calls a stream of many calls keeps in flight; at least 1. Default: 16.
func WithMaxConcurrency(maxConcurrency int) Option {
	return count("WithMaxConcurrency", int64(maxConcurrency))
}

// WithCAFile: PEM file of certificates to trust beside the system's: authorities, or a server's own, which is trusted for the
// names in it. A regular file of at most 4 MiB.
func WithCAFile(caFile string) Option {
	return text("WithCAFile", caFile)
}

// WithProxy: URL of a proxy (http, https, socks5 or socks5h), or none for a direct connection. Absent: HTTPS_PROXY, ALL_PROXY
// and NO_PROXY decide, as for curl; docs/proxies.md has the rules. Loopback never goes through a proxy.
func WithProxy(proxy string) Option {
	return text("WithProxy", proxy)
}

// WithAllowInsecure: accept plain http to hosts that are not loopback. For tests on a network of your own: signatures and
// faces then travel in the open.
func WithAllowInsecure() Option {
	return func(s *settings) { C.cloudauth_config_set_allow_insecure(s.config, true) }
}

// WithUserAgent: appended to the User-Agent header, which has at most 512 characters.
func WithUserAgent(userAgent string) Option {
	return text("WithUserAgent", userAgent)
}

// WithKeepRaw: keep the reply's body with each result, byte for byte as it came, for an archive. A result then takes as much
// memory again as its reply.
func WithKeepRaw() Option {
	return func(s *settings) { C.cloudauth_config_set_keep_raw(s.config, true) }
}
