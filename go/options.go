//go:build linux && cgo

package cloudauth

/*
#include "native.h"
*/
import "C"

import (
	"context"
	"fmt"
	"log/slog"
	"time"
	"unsafe"
)

// Option is an option of a client. One that is not given leaves the choice to the library, as do empty texts, numbers that are
// zero and pauses of zero. A time limit of zero or less is a time that is over: calls end at once, as [ErrTimeout].
type Option func(*settings)

// WithRegion says which region's service is called: ap-southeast-1, ap-southeast-3, ap-southeast-5 or cn-hongkong. Else the
// environment's CLOUDAUTH_REGION counts. There is no default: give a region or an endpoint. A loopback address in
// CLOUDAUTH_ENDPOINT stands in for a region given here, with a warning in the log.
func WithRegion(region string) Option {
	return text("WithRegion", region)
}

// WithNetwork says which of the region's hosts is called: public, or internal, which is reachable from a VPC of the same
// region only. The default is public.
func WithNetwork(network string) Option {
	return text("WithNetwork", network)
}

// WithEndpoint gives a host or URL to call in place of the region's; plain http is for loopback only. Where
// neither region nor endpoint is given, the environment's CLOUDAUTH_ENDPOINT counts.
func WithEndpoint(endpoint string) Option {
	return text("WithEndpoint", endpoint)
}

// WithSignature says how requests are signed: acs3 is ACS3-HMAC-SHA256, the default, rpc1 the older RPC signature 1.0 with
// HMAC-SHA1.
func WithSignature(signature string) Option {
	return text("WithSignature", signature)
}

// WithAccessKeyID gives the AccessKey id, together with [WithAccessKeySecret]. Without keys and without [WithCredentials],
// the environment's ALIBABA_CLOUD_ACCESS_KEY_ID and its companions count.
func WithAccessKeyID(id string) Option {
	return text("WithAccessKeyID", id)
}

// WithAccessKeySecret gives the secret of the AccessKey. It signs, and is never sent.
func WithAccessKeySecret(secret string) Option {
	return text("WithAccessKeySecret", secret)
}

// WithSecurityToken gives the security token of temporary keys.
func WithSecurityToken(token string) Option {
	return text("WithSecurityToken", token)
}

// WithProfile names the profile of ~/.aliyun/config.json or ~/.alibabacloud/credentials to take the keys from. Else the
// environment's ALIBABA_CLOUD_PROFILE counts, and then the file's own choice.
func WithProfile(name string) Option {
	return text("WithProfile", name)
}

// WithTimeout limits a whole call; the default is 60 s. A call's own limit is the deadline of its context.
func WithTimeout(limit time.Duration) Option {
	set := limited("WithTimeout", limit)
	return func(s *settings) {
		set(s)
		s.timeout = limit
	}
}

// WithAttemptTimeout limits one attempt of a call, connecting included; the default is 15 s.
func WithAttemptTimeout(limit time.Duration) Option {
	return limited("WithAttemptTimeout", limit)
}

// WithConnectTimeout limits the time to connect, TLS included; the default is 5 s.
func WithConnectTimeout(limit time.Duration) Option {
	return limited("WithConnectTimeout", limit)
}

// WithIdleTimeout says how long an unused connection is kept; the default is 60 s.
func WithIdleTimeout(limit time.Duration) Option {
	return duration("WithIdleTimeout", max(limit, time.Millisecond))
}

// WithMaxConnections limits the connections of a client, unused ones included; the default is 64. Further calls wait their turn,
// within their time.
func WithMaxConnections(connections int) Option {
	return count("WithMaxConnections", int64(connections))
}

// WithMaxAttempts limits the requests for one call, the first included; the default is 3, and 1 repeats nothing.
func WithMaxAttempts(requests int) Option {
	return count("WithMaxAttempts", int64(requests))
}

// WithRetryBase is the longest pause before the first repetition, which doubles with each; the default is 50 ms.
func WithRetryBase(pause time.Duration) Option {
	return duration("WithRetryBase", pause)
}

// WithThrottleBase is the same, where the service throttles; the default is 1 s.
func WithThrottleBase(pause time.Duration) Option {
	return duration("WithThrottleBase", pause)
}

// WithRetryCap is the longest pause before any repetition, but for what the service asks for; the default is 20 s.
func WithRetryCap(pause time.Duration) Option {
	return duration("WithRetryCap", pause)
}

// WithQPS limits the requests a second of each operation. Without it they are as many as the service admits: where it
// throttles, the client slows down and regrows by itself.
func WithQPS(requests int) Option {
	return count("WithQPS", int64(requests))
}

// WithMaxBodyBytes limits a reply where images are asked for; the default is 64 MiB.
func WithMaxBodyBytes(bytes int64) Option {
	return count("WithMaxBodyBytes", bytes)
}

// WithMaxBodyBytesWithoutImages limits a reply where no images are asked for, and that of Call; the default is 1 MiB.
func WithMaxBodyBytesWithoutImages(bytes int64) Option {
	return count("WithMaxBodyBytesWithoutImages", bytes)
}

// WithMaxConcurrency says how many calls [Client.CheckMany] keeps in flight; the default is 16.
func WithMaxConcurrency(calls int) Option {
	return count("WithMaxConcurrency", int64(calls))
}

// WithCAFile names a PEM file of certificates to trust beside the system's: authorities, or a server's own, which is trusted
// for the names in it. A regular file of at most 4 MiB.
func WithCAFile(path string) Option {
	return text("WithCAFile", path)
}

// WithProxy gives the URL of a proxy (http, https, socks5 or socks5h), or none for a direct connection. Else the environment's
// HTTPS_PROXY, ALL_PROXY and NO_PROXY decide, as for curl. Loopback never goes through a proxy.
func WithProxy(proxy string) Option {
	return text("WithProxy", proxy)
}

// WithAllowInsecure accepts plain http to hosts that are not loopback. For tests on a network of your own: faces then travel
// in the open.
func WithAllowInsecure() Option {
	return func(s *settings) { C.cloudauth_config_set_allow_insecure(s.config, true) }
}

// WithUserAgent is appended to the User-Agent header: printable ASCII.
func WithUserAgent(product string) Option {
	return text("WithUserAgent", product)
}

// WithCredentials has keys supplied by a function, in place of [WithAccessKeyID] and its companions. It is called before
// every request, so keys are best kept at hand, and once at a time: calls that need keys meanwhile share what it gives.
//
// Calls wait for it under their own limits. Its context has the values and the deadline of a call that waits for it, the one
// that may wait longest, and is cancelled when no call of the client is in flight any more. A function that gives up then is
// called again for calls that came since. What it fails with becomes an error of kind [KindCredentials], which wraps it and
// whose message does not repeat it.
func WithCredentials(provide func(ctx context.Context) (Credentials, error)) Option {
	return func(s *settings) {
		if provide == nil {
			s.refuse(invalidArgument("WithCredentials", "must not be nil"))
		}
		s.keys = &keys{provide: provide}
	}
}

// WithLogger tells of each call, at level debug and with the call's context: operation, time taken, and of a failure kind,
// code, HTTP status and attempts. Parameters, results and keys are never told.
func WithLogger(logger *slog.Logger) Option {
	return func(s *settings) { s.logger = logger }
}

// settings are options as they are gathered.
type settings struct {
	config  *C.cloudauth_config
	keys    *keys
	logger  *slog.Logger
	timeout time.Duration   // 0 where it is the library's choice
	over    map[string]bool // time limits that are over
	fault   error           // the first there is
}

// gather gives what the options ask for; the caller frees the config.
func gather(options []Option) *settings {
	s := &settings{config: C.cloudauth_config_new(), over: map[string]bool{}}
	for index, option := range options {
		if option == nil {
			s.refuse(invalidArgument("options", fmt.Sprintf("number %d must not be nil", index+1)))
		} else {
			option(s)
		}
	}
	return s
}

func (s *settings) refuse(err error) {
	if s.fault == nil {
		s.fault = err
	}
}

func text(name, value string) Option {
	return func(s *settings) {
		texts := encoded{bytes: make([]byte, 0, len(name)+len(value)+2)}
		texts.add(name, name)
		texts.add(name, value)
		if texts.fault != nil {
			s.refuse(texts.fault)
		}
		var given *C.char
		if value != "" {
			given = (*C.char)(unsafe.Pointer(&texts.bytes[len(name)+1]))
		}
		C.cloudauth_config_set_text(s.config, texts.pointer(), given)
		clear(texts.bytes) // some are secrets
	}
}

func count(name string, value int64) Option {
	return func(s *settings) {
		var option encoded
		option.add(name, name)
		C.cloudauth_config_set_number(s.config, option.pointer(), C.int64_t(value))
	}
}

func duration(name string, limit time.Duration) Option {
	return count(name, milliseconds(limit))
}

// limited is an option that limits a call's time. Zero is no limit to the library, so that calls are ended here.
func limited(name string, limit time.Duration) Option {
	return func(s *settings) {
		if limit <= 0 {
			s.over[name] = true
		} else {
			delete(s.over, name)
			duration(name, limit)(s)
		}
	}
}

func milliseconds(limit time.Duration) int64 {
	whole := limit.Milliseconds()
	if limit%time.Millisecond != 0 {
		// Away from zero: a limit that is there must not become none.
		whole += int64(limit / limit.Abs())
	}
	return whole
}
