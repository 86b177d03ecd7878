// Command archive files a result and its pictures: archive TRANSACTION DIR. Where to call and with which keys is read from
// the environment.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/libcloudauth/libcloudauth/go"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: archive TRANSACTION DIR")
		os.Exit(2)
	}
	if err := archive(context.Background(), os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func archive(ctx context.Context, transaction, folder string) error {
	client, err := cloudauth.NewClient()
	if err != nil {
		return err
	}
	defer client.Close()
	result, err := client.CheckResult(ctx, cloudauth.Request{MerchantBizID: "example", TransactionID: transaction, ReturnImage: true})
	if err != nil {
		return err
	}
	if _, err := result.SaveImages(folder); err != nil {
		return err
	}
	return write(filepath.Join(folder, "result.json"), []byte(result.CanonicalJSON()))
}

// write makes a new file that only its owner can read.
func write(path string, data []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if _, err := file.Write(data); err != nil {
		file.Close()
		return err
	}
	fmt.Println("wrote", path)
	return file.Close()
}
