//go:build !linux || !cgo

package cloudauth

var _ int = "libcloudauth is a C library, for Linux: build with GOOS=linux, CGO_ENABLED=1 and a C compiler; for another GOARCH, with CC a cross compiler and the library built for it"
