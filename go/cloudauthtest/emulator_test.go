package cloudauthtest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
)

func TestTheCommandIsFound(t *testing.T) {
	folder := t.TempDir()
	program := filepath.Join(folder, "release", "cloudauth")
	for _, name := range []string{program, filepath.Join(folder, "path", "cloudauth")} {
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, nil, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	expect := func(expected string) {
		t.Helper()
		if found, err := find(); err != nil || found != expected {
			t.Errorf("%s, %v; and not %s", found, err, expected)
		}
	}
	t.Setenv("CLOUDAUTH_BIN", program)
	t.Setenv("CARGO_TARGET_DIR", t.TempDir())
	t.Setenv("PATH", filepath.Join(folder, "path"))
	expect(program)
	t.Setenv("CLOUDAUTH_BIN", "")
	expect(filepath.Join(folder, "path", "cloudauth"))
	if builds() != nil { // this module lies in its repository
		t.Setenv("CARGO_TARGET_DIR", folder)
		expect(program)
	}

	t.Setenv("CARGO_TARGET_DIR", t.TempDir())
	t.Setenv("PATH", "")
	if _, err := find(); err == nil || !strings.Contains(err.Error(), "set CLOUDAUTH_BIN to its path") {
		t.Error(err)
	}
	t.Setenv("CLOUDAUTH_BIN", "/nowhere")
	if _, err := find(); err == nil || !strings.Contains(err.Error(), "CLOUDAUTH_BIN: ") {
		t.Error(err)
	}
}

func TestAnEmulatorDoesWhatATestWants(t *testing.T) {
	emulator := NewEmulator(t, WithQPS(5), WithFinishAfter(10*time.Minute))
	client := emulator.NewClient()
	begin := map[string]any{"ProductCode": "eKYC_PRO", "MerchantBizId": "demo", "MetaInfo": "{}", "MerchantUserId": "u"}
	reply, err := client.Call(context.Background(), "Initialize", begin)
	if err != nil {
		t.Fatal(err)
	}
	request := cloudauth.Request{MerchantBizID: "demo", TransactionID: reply["Result"].(map[string]any)["TransactionId"].(string)}
	if _, err := client.CheckResult(context.Background(), request); !errors.Is(err, cloudauth.ErrNotCompleted) {
		t.Error(err)
	}
	emulator.Advance(10*time.Minute + time.Millisecond)
	if result, err := client.CheckResult(context.Background(), request); err != nil || *result.SubCode != "200" {
		t.Error(result, err)
	}
	for range 6 {
		_, _ = client.CheckResult(context.Background(), request)
	}
	if !slices.ContainsFunc(emulator.Calls(), func(call Call) bool { return call.Code == "Throttling.Api" }) {
		t.Errorf("%+v", emulator.Calls())
	}
	emulator.SetFaults("garbage")
	if _, err := client.CheckResult(context.Background(), request); !errors.Is(err, cloudauth.ErrProtocol) {
		t.Error(err)
	}
	emulator.SetFaults()
	emulator.Stop()
	emulator.Stop()
	if _, err := client.CheckResult(context.Background(), request); !errors.Is(err, cloudauth.ErrNetwork) {
		t.Error(err)
	}
}
