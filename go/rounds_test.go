package cloudauth_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
)

// Random rounds of start, cancel, close and shutdown, each in a process of its own, since a limit is a process's and since nothing
// may be written to its standard error. CLOUDAUTH_ROUNDS says how many there are.
func TestRandomRounds(t *testing.T) {
	if os.Getenv("CLOUDAUTH_ROUNDS_CHILD") != "" {
		rounds(t)
		return
	}
	count := os.Getenv("CLOUDAUTH_ROUNDS")
	if count == "" {
		count = "500"
	}
	for name, environ := range map[string][]string{
		"plain": nil, "few descriptors": {"CLOUDAUTH_ROUNDS_DESCRIPTORS=32"}, "little memory": {"GOMEMLIMIT=16MiB", "GOGC=10"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			child := exec.Command(os.Args[0], "-test.run=^TestRandomRounds$", "-test.v")
			child.Env = append(append(os.Environ(), "CLOUDAUTH_ROUNDS_CHILD=1", "CLOUDAUTH_ROUNDS="+count), environ...)
			var out, failures bytes.Buffer
			child.Stdout, child.Stderr = &out, &failures
			err := child.Run()
			if err != nil || failures.Len() > 0 {
				t.Fatalf("%v\n%s\n%.8000s", err, out.String(), failures.String())
			}
			t.Log(out.String())
		})
	}
}

// fickle is a server that answers, hangs, hangs up and cuts replies short, as chance has it.
func fickle(connection net.Conn) {
	const reply = "HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n{\"Code\":\"Success\"}"
	buffer := make([]byte, 65536)
	for {
		if _, err := connection.Read(buffer); err != nil {
			return
		}
		switch chance := rand.IntN(20); {
		case chance < 12:
			_, _ = io.WriteString(connection, reply)
		case chance < 15:
			time.Sleep(time.Duration(rand.IntN(3000)) * time.Microsecond)
			_, _ = io.WriteString(connection, reply)
		case chance < 16:
			_, _ = io.WriteString(connection, reply[:rand.IntN(len(reply))])
			return
		case chance < 17:
			return
		case chance < 18:
			_, _ = io.WriteString(connection, "HTTP/1.1 403 Forbidden\r\nContent-Length: 30\r\n\r\n{\"Code\":\"ProcessNotCompleted\"} ")
		default:
			_, _ = connection.Read(buffer) // until the client hangs up
			return
		}
	}
}

// player makes random rounds with clients that others close.
type player struct {
	t        *testing.T
	endpoint string
	clients  []atomic.Pointer[cloudauth.Client]
	started  atomic.Int64
	ended    atomic.Int64
	kinds    sync.Map
}

func rounds(t *testing.T) {
	if limit, _ := strconv.ParseUint(os.Getenv("CLOUDAUTH_ROUNDS_DESCRIPTORS"), 10, 64); limit > 0 {
		if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil {
			t.Fatal(err)
		}
	}
	count, err := strconv.Atoi(os.Getenv("CLOUDAUTH_ROUNDS"))
	if err != nil {
		t.Fatal(err)
	}
	nothingLeft(t)
	p := &player{t: t, endpoint: server(t, fickle), clients: make([]atomic.Pointer[cloudauth.Client], 4)}
	var turn atomic.Int64
	var players sync.WaitGroup
	for range 8 {
		players.Add(1)
		go func() {
			defer players.Done()
			for turn.Add(1) <= int64(count) {
				watchdog := time.AfterFunc(10*time.Second, func() {
					fmt.Fprintf(os.Stderr, "a round takes longer than ten seconds\n%s\n", strings.Join(goroutines(), "\n\n"))
					os.Exit(3)
				})
				p.round()
				watchdog.Stop()
			}
		}()
	}
	players.Wait()
	for index := range p.clients {
		if client := p.clients[index].Swap(nil); client != nil {
			client.Close()
		}
	}
	_ = cloudauth.SetLogger(nil)
	cloudauth.Shutdown(5 * time.Second)
	if p.started.Load() != p.ended.Load() {
		t.Errorf("%d calls were started, %d ended", p.started.Load(), p.ended.Load())
	}
	var kinds []string
	p.kinds.Range(func(kind, times any) bool {
		kinds = append(kinds, fmt.Sprintf("%v %d", kind, times.(*atomic.Int64).Load()))
		return true
	})
	slices.Sort(kinds)
	if _, bit := p.kinds.Load("io"); !bit && os.Getenv("CLOUDAUTH_ROUNDS_DESCRIPTORS") != "" {
		t.Error("there were descriptors enough")
	}
	fmt.Printf("%d rounds, %d calls: %s\n", count, p.ended.Load(), strings.Join(kinds, ", "))
}

func (p *player) round() {
	slot := &p.clients[rand.IntN(len(p.clients))]
	client := slot.Load()
	if client == nil {
		client = p.newClient()
		if client == nil {
			return
		}
		if !slot.CompareAndSwap(nil, client) {
			client.Close()
			return
		}
	}
	ctx, cancel := context.WithCancel(background)
	if rand.IntN(2) == 0 {
		ctx, cancel = context.WithTimeout(background, time.Duration(rand.IntN(4000))*time.Microsecond)
	} else {
		time.AfterFunc(time.Duration(rand.IntN(4000))*time.Microsecond, cancel)
	}
	defer cancel()
	switch chance := rand.IntN(100); {
	case chance < 40:
		p.started.Add(1)
		result, err := client.CheckResult(ctx, request("t"))
		p.outcome(result != nil, err)
	case chance < 50:
		p.started.Add(1)
		reply, err := client.Call(ctx, "Initialize", map[string]any{"ProductCode": "b"})
		p.outcome(reply != nil, err)
	case chance < 60:
		p.started.Add(1)
		result, err := client.WaitForResult(ctx, request("t"), cloudauth.FirstPause(time.Millisecond))
		p.outcome(result != nil, err)
	case chance < 75:
		leave := rand.IntN(6)
		requests := slices.Repeat([]cloudauth.Request{request("t")}, 5)
		for o, err := range client.CheckMany(ctx, slices.Values(requests), cloudauth.Concurrency(1+rand.IntN(4))) {
			p.started.Add(1)
			if p.outcome(o.Result != nil, err); o.Position == leave {
				break
			}
		}
	case chance < 90:
		if slot.CompareAndSwap(client, nil) {
			client.Close()
		}
	case chance < 95:
		cloudauth.Shutdown(time.Duration(rand.IntN(3)) * time.Millisecond)
	default:
		_ = cloudauth.SetLogger(slog.New(slog.NewTextHandler(io.Discard, &slog.HandlerOptions{Level: cloudauth.LevelTrace})))
	}
}

// newClient makes a client with a key, or with a function that gives one, late or never.
func (p *player) newClient() *cloudauth.Client {
	options := []cloudauth.Option{cloudauth.WithEndpoint(p.endpoint), cloudauth.WithTimeout(time.Second), cloudauth.WithRetryBase(time.Millisecond)}
	if rand.IntN(2) == 0 {
		options = append(options, cloudauth.WithAccessKeyID("id"), cloudauth.WithAccessKeySecret("secret"))
	} else {
		options = append(options, cloudauth.WithCredentials(func(ctx context.Context) (cloudauth.Credentials, error) {
			switch rand.IntN(8) {
			case 0:
				<-ctx.Done()
				return cloudauth.Credentials{}, ctx.Err()
			case 1:
				return cloudauth.Credentials{}, io.ErrUnexpectedEOF
			case 2:
				time.Sleep(time.Duration(rand.IntN(2000)) * time.Microsecond)
			}
			return cloudauth.Credentials{AccessKeyID: "id", AccessKeySecret: "secret"}, nil
		}))
	}
	client, err := cloudauth.NewClient(options...)
	if err != nil {
		// A client makes no connection, but may need a descriptor.
		if p.count("io"); !errors.Is(err, cloudauth.ErrIO) {
			p.t.Error(err)
		}
	}
	return client
}

// outcome counts what a call ended in: a result or an error, and none that a fault of the library's would give.
func (p *player) outcome(got bool, err error) {
	p.ended.Add(1)
	kind := "succeeded"
	var failed *cloudauth.Error
	if errors.As(err, &failed) {
		kind = failed.Kind.String()
	}
	if got == (err != nil) || err != nil && failed == nil || errors.Is(err, cloudauth.ErrInternal) || errors.Is(err, cloudauth.ErrForked) {
		p.t.Errorf("%v: %v", got, err)
	}
	if errors.Is(err, cloudauth.ErrInvalidArgument) && !strings.Contains(err.Error(), "is closed") {
		p.t.Error(err)
	}
	p.count(kind)
}

func (p *player) count(kind string) {
	times, _ := p.kinds.LoadOrStore(kind, new(atomic.Int64))
	times.(*atomic.Int64).Add(1)
}
