package cloudauth_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
	"github.com/libcloudauth/libcloudauth/go/cloudauthtest"
)

func countingServer(t testing.TB, connections *atomic.Int32) string {
	return server(t, func(net.Conn) { connections.Add(1) })
}

func TestAClosedClient(t *testing.T) {
	client := newClient(t, "http://127.0.0.1:1")
	if err := errors.Join(client.Close(), client.Close()); err != nil {
		t.Error(err)
	}
	refuses(t, client, "client: is closed")
}

func TestAClientThatNobodyMade(t *testing.T) {
	refuses(t, nil, "client: must be one that NewClient gave")
	refuses(t, &cloudauth.Client{}, "client: must be one that NewClient gave")
}

// refuses expects every method of the client to fail, and none to panic.
func refuses(t *testing.T, client *cloudauth.Client, message string) {
	t.Helper()
	expect := func(err error) {
		t.Helper()
		if !errors.Is(err, cloudauth.ErrInvalidArgument) || !strings.Contains(fmt.Sprint(err), message) {
			t.Errorf("%v, and not %s", err, message)
		}
	}
	_, err := client.CheckResult(background, request("t"))
	expect(err)
	_, err = client.WaitForResult(background, request("t"))
	expect(err)
	_, err = client.Call(background, "Initialize", nil)
	expect(err)
	count := 0
	for _, err := range client.CheckMany(background, slices.Values([]cloudauth.Request{request("t")})) {
		expect(err)
		count++
	}
	if count != 1 {
		t.Errorf("%d outcomes", count)
	}
	if err := client.Close(); err != nil {
		t.Error(err)
	}
}

func TestBadArguments(t *testing.T) {
	nothingLeft(t)
	client := newClient(t, "http://127.0.0.1:1")
	var none context.Context
	check := func(r cloudauth.Request) error { return second(client.CheckResult(background, r)) }
	call := func(action string, parameters map[string]any) error {
		return second(client.Call(background, action, parameters))
	}
	many := func(ctx context.Context, requests func(func(cloudauth.Request) bool), options ...cloudauth.ManyOption) (err error) {
		for _, err = range client.CheckMany(ctx, requests, options...) {
		}
		return err
	}
	one := slices.Values([]cloudauth.Request{request("t")})
	wait := func(ctx context.Context, options ...cloudauth.WaitOption) error {
		return second(client.WaitForResult(ctx, request("t\n"), options...))
	}
	for message, err := range map[string]error{
		"ctx: must not be nil":                     second(client.CheckResult(none, request("t"))),
		"ctx: must not be nil ":                    second(client.Call(none, "Initialize", nil)),
		"ctx: must not be nil  ":                   many(none, one),
		"requests: must not be nil":                many(background, nil),
		"concurrency: must not be negative":        many(background, one, nil, cloudauth.Concurrency(-1)),
		"ctx: must not be nil   ":                  wait(none),
		"TransactionID: must be printable":         wait(background, nil),
		"FirstPause: must not be negative":         wait(background, cloudauth.FirstPause(-time.Hour), cloudauth.LongestPause(-1)),
		"LongestPause: must not be negative":       wait(background, cloudauth.LongestPause(-1<<63)),
		"TransactionID: must not be empty":         check(cloudauth.Request{MerchantBizID: "demo"}),
		"MerchantBizID: must not be empty":         check(cloudauth.Request{TransactionID: "t"}),
		"TransactionID: must not hold a NUL":       check(request("t\x00t")),
		"MerchantBizID: must not hold a NUL":       check(cloudauth.Request{MerchantBizID: "\x00", TransactionID: "t"}),
		"ExtraImageControlList: must not hold":     check(cloudauth.Request{MerchantBizID: "d", TransactionID: "t", ExtraImageControlList: "\x00"}),
		"TransactionID: must be UTF-8":             check(request("\xff")),
		"A: must not hold a NUL":                   check(cloudauth.Request{MerchantBizID: "d", TransactionID: "t", Parameters: map[string]string{"A": "\x00"}}),
		"parameter: must not hold a NUL":           call("Initialize", map[string]any{"A\x00": "b"}),
		"action: must not hold a NUL":              call("Init\x00", nil),
		"action: must be an operation's name":      call("", nil),
		"TransactionId: is given twice":            check(cloudauth.Request{MerchantBizID: "d", TransactionID: "t", Parameters: map[string]string{"TransactionId": "u"}}),
		"MerchantBizID: must have at most 32":      check(cloudauth.Request{MerchantBizID: strings.Repeat("b", 33), TransactionID: "t"}),
		"code: must not hold a NUL":                second(cloudauth.Explain("2\x0012")),
		"folder: must not hold a NUL":              second((&cloudauth.Result{}).SaveImages("a\x00b")),
		"code: is no SubCode, response code, ":     second(cloudauth.Explain("nonsense")),
		"code: is no SubCode, response code, code": second(cloudauth.Explain("")),
	} {
		var failed *cloudauth.Error
		if !errors.As(err, &failed) || failed.Kind != cloudauth.KindInvalidArgument || !strings.Contains(failed.Message, strings.TrimSpace(message)) || failed.Attempts != 0 {
			t.Errorf("%q: %v", message, err)
		}
	}
	for _, body := range []string{"", "{", "<html>", "\x00\x00", strings.Repeat("[", 100_000), "\xff\xfe", "[1]", "null"} {
		if _, err := cloudauth.Decode([]byte(body)); !errors.Is(err, cloudauth.ErrProtocol) {
			t.Errorf("%.20q: %v", body, err)
		}
	}
	if _, err := cloudauth.Decode(nil); !errors.Is(err, cloudauth.ErrProtocol) {
		t.Error(err)
	}
}

// Clients come and go by the thousand while calls are made with them: nothing is freed under a call.
func TestClosingWhileOthersCall(t *testing.T) {
	nothingLeft(t)
	emulator := cloudauthtest.NewEmulator(t)
	for range 100 {
		client := emulator.NewClient()
		var calls sync.WaitGroup
		for range 4 {
			calls.Add(1)
			go func() {
				defer calls.Done()
				for {
					if _, err := client.CheckResult(background, request("ekycpro200")); err != nil {
						if !errors.Is(err, cloudauth.ErrInvalidArgument) || !strings.Contains(err.Error(), "client: is closed") {
							t.Error(err)
						}
						return
					}
				}
			}()
		}
		time.Sleep(2 * time.Millisecond)
		client.Close()
		calls.Wait()
	}
}

// A call that is in flight when its client is closed goes on.
func TestClosingUnderACall(t *testing.T) {
	answer := make(chan struct{})
	client := newClient(t, server(t, func(connection net.Conn) {
		_, _ = connection.Read(make([]byte, 65536))
		<-answer
		_, _ = connection.Write([]byte("HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n{\"Code\":\"Success\"}"))
	}))
	done := make(chan error)
	go func() { done <- second(client.CheckResult(background, request("t"))) }()
	time.Sleep(20 * time.Millisecond)
	client.Close()
	close(answer)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestCreatingAndClosingLeaksNothing(t *testing.T) {
	nothingLeft(t)
	emulator := cloudauthtest.NewEmulator(t)
	const rounds = 10_000
	loop := func(count int) {
		for index := range count {
			client, err := cloudauth.NewClient(emulator.ClientOptions()...)
			if err != nil {
				t.Fatal(err)
			}
			if index%10 == 0 {
				if _, err := client.CheckResult(background, request("ekycpro200")); err != nil {
					t.Fatal(err)
				}
			}
			client.Close()
		}
	}
	loop(rounds / 10)
	before, descriptors := resident(t), openDescriptors(t)
	loop(rounds)
	if grown := resident(t) - before; grown > 8<<20 && !raceDetector {
		t.Errorf("%d clients left %d KiB", rounds, grown>>10)
	}
	if now := openDescriptors(t); now > descriptors+4 {
		t.Errorf("%d clients left %d descriptors", rounds, now-descriptors)
	}
}

var raceDetector = false

// resident is how much memory of the process lies in RAM, in bytes, with Go's garbage gone.
func resident(t *testing.T) int {
	t.Helper()
	runtime.GC()
	runtime.GC()
	var size, pages int
	statm, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Sscan(string(statm), &size, &pages); err != nil {
		t.Fatal(err)
	}
	return pages * os.Getpagesize()
}

func openDescriptors(t *testing.T) int {
	t.Helper()
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(entries)
}

func TestAClientThatIsForgottenIsFreed(t *testing.T) {
	before := cloudauth.LiveHandles()
	for range 20 {
		if _, err := cloudauth.NewClient(cloudauth.WithEndpoint("http://127.0.0.1:1"), cloudauth.WithCredentials(
			func(context.Context) (cloudauth.Credentials, error) { return cloudauth.Credentials{}, nil })); err != nil {
			t.Fatal(err)
		}
	}
	soon(t, "forgotten clients are freed", func() bool {
		runtime.GC()
		return cloudauth.LiveHandles() <= before
	})
}

// A client that only a call still uses is not freed under it.
func TestAClientThatIsForgottenDuringACall(t *testing.T) {
	endpoint := server(t, func(connection net.Conn) {
		_, _ = connection.Read(make([]byte, 65536))
		for range 5 {
			runtime.GC()
			time.Sleep(5 * time.Millisecond)
		}
		_, _ = connection.Write([]byte("HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n{\"Code\":\"Success\"}"))
	})
	client, err := cloudauth.NewClient(cloudauth.WithEndpoint(endpoint), cloudauth.WithAccessKeyID("id"), cloudauth.WithAccessKeySecret("secret"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.CheckResult(background, request("t")); err != nil {
		t.Error(err)
	}
}
