// Command async has twenty calls in flight, and cancels one of them: async TRANSACTION. Where to call and with which keys is
// read from the environment.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/libcloudauth/libcloudauth/go"
)

const calls = 20

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: async TRANSACTION")
		os.Exit(2)
	}
	if err := fetch(context.Background(), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func fetch(ctx context.Context, transaction string) error {
	client, err := cloudauth.NewClient()
	if err != nil {
		return err
	}
	defer client.Close()
	request := cloudauth.Request{MerchantBizID: "example", TransactionID: transaction}

	var done, cancelled atomic.Int32
	// The first call that fails ends the others.
	group, ctx := errgroup.WithContext(ctx)
	for index := range calls {
		group.Go(func() error {
			ctx, cancel := context.WithCancel(ctx)
			defer cancel()
			if index == 0 {
				cancel()
			}
			_, err := client.CheckResult(ctx, request)
			switch {
			case err == nil:
				done.Add(1)
			case index == 0 && errors.Is(err, context.Canceled):
				cancelled.Add(1)
			default:
				return err
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	fmt.Printf("%d done, %d cancelled\n", done.Load(), cancelled.Load())
	return nil
}
