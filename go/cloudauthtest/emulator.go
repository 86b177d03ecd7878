// Package cloudauthtest runs an emulator of the service for tests of programs that use cloudauth.
//
// The emulator is a process of its own, on a free port of 127.0.0.1. It checks signatures as the service does, and has a
// documented TransactionId for every outcome: ekycpro200 passes, faceliveness233 fails, errorThrottlingApi is refused,
// pending3 is not completed three times. Its people are invented.
package cloudauthtest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
)

// Emulator is a running emulator; the test's end stops it.
type Emulator struct {
	// Endpoint is its URL.
	Endpoint string
	// AccessKeyID and AccessKeySecret are the one key that it knows.
	AccessKeyID, AccessKeySecret string
	// SecurityToken must be sent with the key, where there is one.
	SecurityToken string
	// CAFile is what a client must trust, where it serves HTTPS.
	CAFile string
	// ControlEndpoint takes control calls, which no fault strikes and nobody counts: see docs/emulator.md.
	ControlEndpoint string

	t       testing.TB
	process *exec.Cmd
	stop    func()
}

// Option is an option of an emulator.
type Option func(*options)

type options struct {
	arguments []string
	token     string
}

// WithTLS serves HTTPS, with a certificate made for this run; CAFile names its authority.
func WithTLS() Option {
	return func(o *options) { o.add("--tls") }
}

// WithQPS refuses more calls per second and operation with Throttling.Api.
func WithQPS(calls int) Option {
	return func(o *options) { o.add("--qps", strconv.Itoa(calls)) }
}

// WithFinishAfter ends each verification that Initialize began by itself after this time, with SubCode 200.
func WithFinishAfter(time time.Duration) Option {
	return func(o *options) { o.add("--finish-after", strconv.FormatFloat(time.Seconds(), 'f', -1, 64)) }
}

// WithCases gives a folder of recorded replies, one sub-folder a TransactionId, each with a reply.http.
func WithCases(folder string) Option {
	return func(o *options) { o.add("--cases", folder) }
}

// WithSecurityToken has every call need an STS token.
func WithSecurityToken(token string) Option {
	return func(o *options) {
		o.add("--security-token-file", "-")
		o.token = token
	}
}

func (o *options) add(arguments ...string) {
	o.arguments = append(o.arguments, arguments...)
}

// NewEmulator starts an emulator for the time of a test, or fails the test. It is the command cloudauth that the environment's
// CLOUDAUTH_BIN names, else the one built in the repository that this package lies in, else the one on the PATH.
func NewEmulator(t testing.TB, opts ...Option) *Emulator {
	t.Helper()
	var o options
	for _, option := range opts {
		option(&o)
	}
	program, err := find()
	if err != nil {
		t.Fatal(err)
	}
	e := &Emulator{t: t}
	if err := e.start(program, &o); err != nil {
		t.Fatalf("cloudauthtest: %s emulator: %v", program, err)
	}
	t.Cleanup(e.stop)
	return e
}

func (e *Emulator) start(program string, o *options) error {
	e.process = exec.Command(program, append([]string{"emulator", "--listen", "127.0.0.1:0", "--control", "127.0.0.1:0"}, o.arguments...)...)
	e.process.Stdin = strings.NewReader(o.token)
	said := &bytes.Buffer{}
	e.process.Stderr = said
	out, err := e.process.StdoutPipe()
	if err != nil {
		return err
	}
	if err := e.launch(); err != nil {
		return err
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		e.stop()
		return errors.New(strings.TrimSpace(said.String()))
	}
	ready := struct {
		Endpoint        *string `json:"endpoint"`
		AccessKeyID     *string `json:"access_key_id"`
		AccessKeySecret *string `json:"access_key_secret"`
		SecurityToken   *string `json:"security_token"`
		CAFile          *string `json:"ca_file"`
		ControlEndpoint *string `json:"control_endpoint"`
	}{&e.Endpoint, &e.AccessKeyID, &e.AccessKeySecret, &e.SecurityToken, &e.CAFile, &e.ControlEndpoint}
	if err := json.Unmarshal(line, &ready); err != nil {
		e.stop()
		return fmt.Errorf("its first line is not what an emulator says: %w", err)
	}
	return nil
}

// launch starts the process so that it ends with the test's own, however that ends: the system ties it to the thread that
// started it, which therefore stays.
func (e *Emulator) launch() error {
	e.process.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	started, stopped := make(chan error), make(chan struct{})
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		started <- e.process.Start()
		<-stopped
	}()
	e.stop = sync.OnceFunc(func() {
		if e.process.Process != nil {
			_ = e.process.Process.Signal(syscall.SIGTERM)
			_ = e.process.Wait()
		}
		close(stopped)
	})
	err := <-started
	if err != nil {
		e.stop()
	}
	return err
}

// ClientOptions are where it is, and the keys it knows: cloudauth.NewClient(emulator.ClientOptions()...).
func (e *Emulator) ClientOptions() []cloudauth.Option {
	return []cloudauth.Option{
		cloudauth.WithEndpoint(e.Endpoint),
		cloudauth.WithAccessKeyID(e.AccessKeyID),
		cloudauth.WithAccessKeySecret(e.AccessKeySecret),
		cloudauth.WithSecurityToken(e.SecurityToken),
		cloudauth.WithCAFile(e.CAFile),
	}
}

// NewClient makes a client of it that the test's end closes; further options go before the emulator's own.
func (e *Emulator) NewClient(opts ...cloudauth.Option) *cloudauth.Client {
	e.t.Helper()
	client, err := cloudauth.NewClient(append(e.ClientOptions(), opts...)...)
	if err != nil {
		e.t.Fatal(err)
	}
	e.t.Cleanup(func() { client.Close() })
	return client
}

// Environ is the environment's part that a program needs to call it, as for [exec.Cmd].
func (e *Emulator) Environ() []string {
	variables := []string{
		"CLOUDAUTH_ENDPOINT=" + e.Endpoint,
		"ALIBABA_CLOUD_ACCESS_KEY_ID=" + e.AccessKeyID,
		"ALIBABA_CLOUD_ACCESS_KEY_SECRET=" + e.AccessKeySecret,
	}
	if e.SecurityToken != "" {
		variables = append(variables, "ALIBABA_CLOUD_SECURITY_TOKEN="+e.SecurityToken)
	}
	return variables
}

// Stop ends it and closes its connections, before the test's end.
func (e *Emulator) Stop() {
	e.stop()
}

// Kill ends it as a crash would.
func (e *Emulator) Kill() {
	_ = e.process.Process.Kill()
	e.stop()
}
