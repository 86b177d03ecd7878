// A worker of the fleet: one call after the other, until its input ends. Then it says how many it made.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
)

func main() {
	rate, err := strconv.Atoi(os.Args[3])
	if err != nil {
		panic(err)
	}
	client, err := cloudauth.NewClient(cloudauth.WithEndpoint(os.Args[1]), cloudauth.WithQuota(os.Args[2]), cloudauth.WithQPS(rate),
		cloudauth.WithAccessKeyID("emulator-key-id"), cloudauth.WithAccessKeySecret("emulator-key-secret"))
	if err != nil {
		panic(err)
	}
	defer client.Close()
	var over atomic.Bool
	go func() {
		io.Copy(io.Discard, os.Stdin)
		over.Store(true)
	}()
	calls, failed := 0, 0
	for !over.Load() {
		limit, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		if _, err := client.Call(limit, "KeepaliveIntl", nil); err != nil {
			failed++
			fmt.Fprintln(os.Stderr, err)
		} else {
			calls++
		}
		cancel()
	}
	stats := client.Stats()
	json.NewEncoder(os.Stdout).Encode(map[string]any{"calls": calls, "failed": failed, "stats": map[string]any{
		"shared_permits": stats.SharedPermits, "own_permits": stats.OwnPermits, "quota_losses": stats.QuotaLosses,
		"requests": stats.Requests,
	}})
}
