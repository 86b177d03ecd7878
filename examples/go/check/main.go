// Command check makes one call: check TRANSACTION. Where to call and with which keys is read from the environment.
// Exit code: 0 passed, 1 not passed, 2 no result.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/libcloudauth/libcloudauth/go"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: check TRANSACTION")
		os.Exit(2)
	}
	passed, err := check(context.Background(), os.Args[1])
	if failed := (*cloudauth.Error)(nil); errors.As(err, &failed) {
		fmt.Fprintf(os.Stderr, "%s: %s\n%s\n", failed.Kind, failed.Message, failed.Advice)
		os.Exit(2)
	}
	if !passed {
		os.Exit(1)
	}
}

func check(ctx context.Context, transaction string) (bool, error) {
	client, err := cloudauth.NewClient()
	if err != nil {
		return false, err
	}
	defer client.Close()
	result, err := client.CheckResult(ctx, cloudauth.Request{MerchantBizID: "example", TransactionID: transaction})
	if err != nil {
		return false, err
	}
	passed := result.IsPassed()
	decision, err := result.Decision(90)
	if err != nil {
		return false, err
	}
	fmt.Printf("passed: %t\ndecision: %s (%s)\n", passed, decision.Action, strings.Join(decision.Reasons, " "))
	return passed, nil
}
