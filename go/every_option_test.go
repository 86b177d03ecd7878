// Code generated from core/schema/options.toml by `cargo xtask generate`. DO NOT EDIT.

package cloudauth_test

import (
	"time"

	"github.com/libcloudauth/libcloudauth/go"
)

// every is each option of the library.
var every = map[string]cloudauth.Option{
	"WithRegion":                    cloudauth.WithRegion("ap-southeast-1"),
	"WithNetwork":                   cloudauth.WithNetwork("internal"),
	"WithEndpoint":                  cloudauth.WithEndpoint("http://127.0.0.1:1"),
	"WithSignature":                 cloudauth.WithSignature("rpc1"),
	"WithAccessKeyID":               cloudauth.WithAccessKeyID("id"),
	"WithAccessKeySecret":           cloudauth.WithAccessKeySecret("secret"),
	"WithSecurityToken":             cloudauth.WithSecurityToken("token"),
	"WithProfile":                   cloudauth.WithProfile("p"),
	"WithTimeout":                   cloudauth.WithTimeout(time.Minute),
	"WithAttemptTimeout":            cloudauth.WithAttemptTimeout(time.Minute),
	"WithConnectTimeout":            cloudauth.WithConnectTimeout(time.Minute),
	"WithMaxAttempts":               cloudauth.WithMaxAttempts(3),
	"WithRetryBase":                 cloudauth.WithRetryBase(time.Minute),
	"WithThrottleBase":              cloudauth.WithThrottleBase(time.Minute),
	"WithRetryCap":                  cloudauth.WithRetryCap(time.Minute),
	"WithQPS":                       cloudauth.WithQPS(3),
	"WithQuota":                     cloudauth.WithQuota("redis://127.0.0.1:6379/0?account=shop"),
	"WithIdleTimeout":               cloudauth.WithIdleTimeout(time.Minute),
	"WithKeepWarm":                  cloudauth.WithKeepWarm(time.Second),
	"WithMaxConnections":            cloudauth.WithMaxConnections(3),
	"WithMaxBodyBytes":              cloudauth.WithMaxBodyBytes(1 << 20),
	"WithMaxBodyBytesWithoutImages": cloudauth.WithMaxBodyBytesWithoutImages(1 << 20),
	"WithMaxConcurrency":            cloudauth.WithMaxConcurrency(3),
	"WithCAFile":                    cloudauth.WithCAFile(""),
	"WithProxy":                     cloudauth.WithProxy("none"),
	"WithAllowInsecure":             cloudauth.WithAllowInsecure(),
	"WithUserAgent":                 cloudauth.WithUserAgent("shop/1.0"),
	"WithKeepRaw":                   cloudauth.WithKeepRaw(),
}
