// Decodes a file and prints "ok", or the kind of the error.
package main

import (
	"errors"
	"fmt"
	"os"

	cloudauth "github.com/libcloudauth/libcloudauth/go"
)

func main() {
	body, err := os.ReadFile(os.Args[1])
	if err != nil {
		fmt.Println(err)
		os.Exit(2)
	}
	result, err := cloudauth.Decode(body)
	var failure *cloudauth.Error
	switch {
	case errors.As(err, &failure):
		fmt.Println(failure.Kind)
	case err != nil:
		fmt.Println(err)
	default:
		result.CanonicalJSON()
		fmt.Println("ok")
	}
}
