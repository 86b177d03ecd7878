module github.com/libcloudauth/libcloudauth/tests/fleet/go

go 1.24

require github.com/libcloudauth/libcloudauth/go v0.0.0

replace github.com/libcloudauth/libcloudauth/go => ../../../go
