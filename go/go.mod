module github.com/libcloudauth/libcloudauth/go

go 1.24
