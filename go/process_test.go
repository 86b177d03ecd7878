package cloudauth_test

import (
	"errors"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
	"github.com/libcloudauth/libcloudauth/go/cloudauthtest"
)

// Go's own way to make children, with calls in flight all the while: the children run, and the calls go on.
func TestChildrenDuringCalls(t *testing.T) {
	nothingLeft(t)
	client := cloudauthtest.NewEmulator(t).NewClient()
	var stop atomic.Bool
	var calls atomic.Int64
	var callers sync.WaitGroup
	for range 8 {
		callers.Add(1)
		go func() {
			defer callers.Done()
			for !stop.Load() {
				if _, err := client.CheckResult(background, request("ekycpro200")); err != nil {
					t.Error(err)
					return
				}
				calls.Add(1)
			}
		}()
	}
	for range 100 {
		before := calls.Load()
		if output, err := exec.Command("sh", "-c", "echo child").Output(); err != nil || string(output) != "child\n" {
			t.Errorf("%q, %v", output, err)
		}
		soon(t, "calls go on", func() bool { return calls.Load() > before })
	}
	stop.Store(true)
	callers.Wait()
}

// Nothing of a client is inherited by a child: no socket, no descriptor.
func TestAChildInheritsNothing(t *testing.T) {
	client := newClient(t, server(t, nil), cloudauth.WithTimeout(300*time.Millisecond))
	done := make(chan error)
	go func() { done <- second(client.CheckResult(background, request("t"))) }()
	time.Sleep(30 * time.Millisecond)
	open, err := exec.Command("ls", "-l", "/proc/self/fd").Output()
	if err != nil || strings.Contains(string(open), "socket:") || strings.Contains(string(open), "anon_inode:") {
		t.Errorf("%s, %v", open, err)
	}
	if err := <-done; !errors.Is(err, cloudauth.ErrTimeout) {
		t.Error(err)
	}
}

func TestTheServerDiesDuringCalls(t *testing.T) {
	nothingLeft(t)
	emulator := cloudauthtest.NewEmulator(t)
	client := emulator.NewClient()
	failures := make(chan error, 16)
	var passed atomic.Int64
	for range cap(failures) {
		go func() {
			for {
				if _, err := client.CheckResult(background, request("ekycpro200-100KiB")); err != nil {
					failures <- err
					return
				}
				passed.Add(1)
			}
		}()
	}
	soon(t, "calls pass", func() bool { return passed.Load() > 50 })
	emulator.Kill()
	for range cap(failures) {
		select {
		case err := <-failures:
			if !errors.Is(err, cloudauth.ErrNetwork) && !errors.Is(err, cloudauth.ErrProtocol) {
				t.Error(err)
			}
		case <-time.After(10 * time.Second):
			t.Fatal("a call outlives its server")
		}
	}
	for o, err := range client.CheckMany(background, slices.Values([]cloudauth.Request{request("t")})) {
		if !errors.Is(err, cloudauth.ErrNetwork) {
			t.Errorf("%+v, %v", o, err)
		}
	}
}

func TestTwoHundredGoroutines(t *testing.T) {
	nothingLeft(t)
	client := cloudauthtest.NewEmulator(t).NewClient()
	each := 200
	if testing.Short() {
		each = 50
	}
	var passed atomic.Int64
	var callers sync.WaitGroup
	for range 200 {
		callers.Add(1)
		go func() {
			defer callers.Done()
			for range each {
				result, err := client.CheckResult(background, request("ekycpro200"))
				if err != nil {
					t.Error(err)
					return
				}
				if *result.Passed && *result.Face.ComparisonScore == 99.12 && result.Document.Pages["01"].Identity.Surname != nil {
					passed.Add(1)
				}
			}
		}()
	}
	callers.Wait()
	if passed.Load() != int64(200*each) {
		t.Errorf("%d of %d calls passed", passed.Load(), 200*each)
	}
}
