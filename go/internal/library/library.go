// Package library has the static library and its header beside it, where `make go-library` puts them.
package library
