//go:build linux && cgo && cloudauth_pkgconfig

package cloudauth

// #cgo pkg-config: cloudauth
import "C"
