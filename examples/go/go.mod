module github.com/libcloudauth/libcloudauth/examples/go

go 1.24

replace github.com/libcloudauth/libcloudauth/go => ../../go

require (
	github.com/libcloudauth/libcloudauth/go v0.0.0-00010101000000-000000000000
	golang.org/x/sync v0.16.0
)
