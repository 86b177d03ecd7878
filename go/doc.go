// Package cloudauth fetches, decodes and judges results of Alibaba Cloud ID Verification (CheckResult).
//
//	client, err := cloudauth.NewClient(cloudauth.WithRegion("ap-southeast-1")) // keys from the environment
//	if err != nil {
//		return err
//	}
//	defer client.Close()
//	result, err := client.CheckResult(ctx, cloudauth.Request{MerchantBizID: "order1", TransactionID: id, ReturnImage: true})
//	if errors.Is(err, cloudauth.ErrNotCompleted) {
//		return askAgainLater(id)
//	}
//
// It stands on the C library of libcloudauth, by cgo. A call in flight holds no thread, in Go or in C.
package cloudauth
