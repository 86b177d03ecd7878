package cloudauth_test

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
)

// A host's own settings must not reach the clients of a test.
func TestMain(m *testing.M) {
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if strings.HasPrefix(name, "ALIBABA_CLOUD_") || name == "CLOUDAUTH_ENDPOINT" || name == "CLOUDAUTH_REGION" {
			os.Unsetenv(name)
		}
	}
	// Else a client without keys asks for the machine's own role.
	os.Setenv("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")
	os.Exit(m.Run())
}

var background = context.Background()

// repository is a file of the repository that this module lies in. A test that compares the two is skipped where the module
// was copied alone.
func repository(t testing.TB, elements ...string) string {
	t.Helper()
	if _, err := os.Stat(filepath.Join("..", "include", "cloudauth.h")); err != nil {
		t.Skip("this module does not lie in its repository")
	}
	return filepath.Join(append([]string{".."}, elements...)...)
}

func request(transactionID string) cloudauth.Request {
	return cloudauth.Request{MerchantBizID: "demo", TransactionID: transactionID}
}

// newClient makes a client of an endpoint that checks no keys.
func newClient(t testing.TB, endpoint string, options ...cloudauth.Option) *cloudauth.Client {
	t.Helper()
	client, err := cloudauth.NewClient(append([]cloudauth.Option{
		cloudauth.WithEndpoint(endpoint), cloudauth.WithAccessKeyID("id"), cloudauth.WithAccessKeySecret("secret"),
	}, options...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	return client
}

// server is one that takes connections and does with each what it is told; a nil function never answers.
func server(t testing.TB, serve func(net.Conn)) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var connections sync.WaitGroup
	var open []net.Conn
	var mutex sync.Mutex
	connections.Add(1)
	go func() {
		defer connections.Done()
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			mutex.Lock()
			open = append(open, connection)
			mutex.Unlock()
			if serve != nil {
				connections.Add(1)
				go func() {
					defer connections.Done()
					defer connection.Close()
					serve(connection)
				}()
			}
		}
	}()
	t.Cleanup(func() {
		listener.Close()
		mutex.Lock()
		for _, connection := range open {
			connection.Close()
		}
		mutex.Unlock()
		connections.Wait()
	})
	return "http://" + listener.Addr().String()
}

// replying is a server that answers every request with these bytes, and hangs up.
func replying(t testing.TB, reply string) string {
	return server(t, func(connection net.Conn) {
		request := make([]byte, 65536)
		if _, err := connection.Read(request); err == nil {
			_, _ = connection.Write([]byte(reply))
		}
	})
}

// soon waits until something holds, or fails the test.
func soon(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for begun := time.Now(); !holds(); time.Sleep(time.Millisecond) {
		if time.Since(begun) > 10*time.Second {
			t.Fatalf("after ten seconds it does not hold that %s\n%s", what, strings.Join(goroutines(), "\n\n"))
		}
	}
}

// nothingLeft fails the test if it leaves goroutines or handles behind.
func nothingLeft(t *testing.T) {
	t.Helper()
	before, handles := len(goroutines()), cloudauth.LiveHandles()
	t.Cleanup(func() {
		soon(t, "as many goroutines run as before", func() bool { return len(goroutines()) <= before })
		soon(t, "as many handles are alive as before", func() bool { return cloudauth.LiveHandles() <= handles })
	})
}

// After a minute, the state says how many.
var idleOfC = regexp.MustCompile(`\[syscall, (\d+ minutes, )?locked to thread\]:\nruntime\.goexit\(`)

// goroutines are the stacks of all, but for those that Go keeps for a thread of C's that has called it, until the thread ends.
func goroutines() []string {
	stacks := make([]byte, 1<<20)
	all := strings.Split(string(stacks[:runtime.Stack(stacks, true)]), "\n\n")
	return slices.DeleteFunc(all, func(stack string) bool {
		return idleOfC.MatchString(stack)
	})
}
