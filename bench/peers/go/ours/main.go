// Command ours is libcloudauth under measure: one client for all goroutines, as its documentation advises.
package main

import (
	"context"

	"github.com/libcloudauth/libcloudauth/bench/peers/go/measure"
	"github.com/libcloudauth/libcloudauth/go"
)

func main() {
	measure.Main(open)
}

func open(options measure.Options) (measure.Check, error) {
	client, err := cloudauth.NewClient(
		cloudauth.WithEndpoint(options.Endpoint),
		cloudauth.WithAccessKeyID("bench-key-id"),
		cloudauth.WithAccessKeySecret("bench-key-secret"),
		cloudauth.WithCAFile(options.CAFile),
		// A call in flight needs a connection of its own; 64 are the default.
		cloudauth.WithMaxConnections(max(64, options.InFlight)),
	)
	if err != nil {
		return nil, err
	}
	request := cloudauth.Request{MerchantBizID: "bench", TransactionID: options.Transaction, ReturnImage: options.Images}
	return func() (measure.Outcome, error) {
		// A context that can end, as a server's does.
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		result, err := client.CheckResult(ctx, request)
		if err != nil {
			return measure.Outcome{}, err
		}
		page := result.Document.Pages["01"]
		outcome := measure.Outcome{
			Passed:          *result.Passed,
			ComparisonScore: *result.Face.ComparisonScore,
			Surname:         *page.Identity.Surname,
		}
		for _, image := range []*cloudauth.Image{result.Face.Image, page.Image} {
			if image != nil {
				outcome.Images = append(outcome.Images, image.Bytes)
			}
		}
		return outcome, nil
	}, nil
}
