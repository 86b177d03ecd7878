package cloudauth_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
)

// receiverCase is one of the list of transfers that all languages share.
type receiverCase struct {
	Name, Message, Fails string
	File, Both, Caused   bool
	Arguments            map[string]any
	Replies              []string
	Ranges               []*string
	Receives             *string
	Gives                map[string]any
	ReceiverFailsAt      int64 `json:"receiver_fails_at"`
	ProgressFailsAt      int64 `json:"progress_fails_at"`
}

var errFull = errors.New("the disk of the caller's is full")

// rawHost answers each connection with the next reply, byte for byte, and closes it.
type rawHost struct {
	net.Listener
	mutex   sync.Mutex
	replies []string
	ranges  []*string
}

func newRawHost(t *testing.T) *rawHost {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	host := &rawHost{Listener: listener}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			host.answer(connection)
		}
	}()
	t.Cleanup(func() { listener.Close(); <-done })
	return host
}

func (h *rawHost) answer(connection net.Conn) {
	defer connection.Close()
	request, err := http.ReadRequest(bufio.NewReader(connection))
	if err != nil {
		return
	}
	h.mutex.Lock()
	defer h.mutex.Unlock()
	var wanted *string
	if given := request.Header.Get("Range"); given != "" {
		wanted = &given
	}
	h.ranges = append(h.ranges, wanted)
	if len(h.replies) > 0 {
		_, _ = io.WriteString(connection, h.replies[0])
		h.replies = h.replies[1:]
	}
}

// failingWriter fails once it has so many bytes.
type failingWriter struct {
	bytes.Buffer
	at int64
}

func (w *failingWriter) Write(data []byte) (int, error) {
	if w.at > 0 && int64(w.Len()+len(data)) >= w.at {
		return 0, errFull
	}
	return w.Buffer.Write(data)
}

func TestListedTransfers(t *testing.T) {
	nothingLeft(t)
	data, err := os.ReadFile(repository(t, "tests", "calls", "video.json"))
	if err != nil {
		t.Fatal(err)
	}
	host := newRawHost(t)
	var list struct{ Receivers []receiverCase }
	if err := json.Unmarshal(bytes.ReplaceAll(data, []byte("{origin}"), []byte("http://"+host.Addr().String())), &list); err != nil {
		t.Fatal(err)
	}
	for _, c := range list.Receivers {
		t.Run(c.Name, func(t *testing.T) { c.run(t, host) })
	}
}

func (c *receiverCase) run(t *testing.T, host *rawHost) {
	host.mutex.Lock()
	host.replies, host.ranges = c.Replies, []*string{}
	host.mutex.Unlock()
	client := newClient(t, "https://service.invalid", cloudauth.WithMaxAttempts(4), cloudauth.WithRetryBase(time.Millisecond))
	folder, heard := t.TempDir(), []int64{}
	file, writer := filepath.Join(folder, "video.webm"), &failingWriter{at: c.ReceiverFailsAt}
	request := cloudauth.DownloadVideoRequest{
		Result: c.Arguments["result"],
		Progress: func(received, total int64) error {
			if total != 12 || received > total {
				t.Errorf("%d of %d", received, total)
			}
			heard = append(heard, received)
			if c.ProgressFailsAt > 0 && received >= c.ProgressFailsAt {
				return errFull
			}
			return nil
		},
	}
	if c.File {
		request.To = file
	}
	if !c.File || c.Both {
		request.Receiver = writer
	}
	if hosts, given := c.Arguments["video_hosts"].([]any); given {
		request.VideoHosts = []string{hosts[0].(string)}
	}
	if most, given := c.Arguments["max_bytes"].(float64); given {
		request.MaxBytes = cloudauth.Ptr(int64(most))
	}
	video, err := client.DownloadVideo(background, request)
	c.assertOutcome(t, video, err)
	if read, _ := os.ReadFile(file); c.File && c.Fails == "" && string(read) != *c.Receives || c.Fails != "" && alone(t, folder) != "" {
		t.Errorf("%q in the file", read)
	}
	if c.Receives != nil && !c.File && writer.String() != *c.Receives {
		t.Errorf("%q", writer.String())
	}
	host.mutex.Lock()
	defer host.mutex.Unlock()
	if len(host.replies) != 0 || !slices.EqualFunc(host.ranges, c.Ranges, func(a, b *string) bool {
		return (a == nil) == (b == nil) && (a == nil || *a == *b)
	}) {
		t.Errorf("%v, and not asked for %d replies", host.ranges, len(host.replies))
	}
	anew := len(c.Ranges) > 1 && slices.Contains(c.Ranges[1:], nil)
	if fetched := c.Gives["outcome"] == "fetched"; !slices.IsSorted(heard) && !anew || fetched && slices.Index(heard, 12) != len(heard)-1 {
		t.Errorf("%v", heard)
	}
}

// assertOutcome holds the outcome against the case.
func (c *receiverCase) assertOutcome(t *testing.T, video *cloudauth.Video, err error) {
	t.Helper()
	if c.Fails == "" {
		if err != nil {
			t.Fatal(err)
		}
		given, _ := plain(t, values(video)).(map[string]any)
		expected, _ := plain(t, c.Gives).(map[string]any)
		maps.DeleteFunc(given, func(name string, _ any) bool { _, wanted := expected[name]; return !wanted })
		if !maps.Equal(given, expected) {
			t.Errorf("%v, not %v", given, expected)
		}
		return
	}
	var failed *cloudauth.Error
	message := strings.NewReplacer("`receiver`", "Receiver", "`to`", "To").Replace(c.Message)
	if !errors.As(err, &failed) || failed.Kind.String() != c.Fails || !strings.Contains(failed.Message, message) {
		t.Errorf("%v, not %s: %s", err, c.Fails, message)
	} else if errors.Is(err, errFull) != c.Caused || c.Caused && failed.Retryable || strings.Contains(err.Error(), "disk") {
		t.Errorf("%v: caused by %v", err, errors.Unwrap(err))
	}
}

// writerFunc is a writer that is a function.
type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(data []byte) (int, error) { return f(data) }

// A host with one video, which comes in two pieces.
func twoPieces(t *testing.T) (string, chan<- struct{}) {
	t.Helper()
	more := make(chan struct{})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			_, _ = http.ReadRequest(bufio.NewReader(connection))
			_, _ = io.WriteString(connection, "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n\x1a\x45\xdf\xa31234")
			<-more
			_, _ = io.WriteString(connection, "5678")
			connection.Close()
		}
	}()
	return `{"sub_code":null,"face":{"video_url":"http://` + listener.Addr().String() + `/v.webm"}}`, more
}

// Whatever a function of the program's does, its call ends, and nothing else does.
func TestFunctionsThatDoNotReturn(t *testing.T) {
	nothingLeft(t)
	client := newClient(t, "https://service.invalid")
	for name, write := range map[string]writerFunc{
		"panics": func([]byte) (int, error) { panic("on purpose") },
		"exits":  func([]byte) (int, error) { runtime.Goexit(); return 0, nil },
		"short":  func(data []byte) (int, error) { return len(data) - 1, nil },
	} {
		result, more := twoPieces(t)
		close(more)
		_, err := client.DownloadVideo(background, cloudauth.DownloadVideoRequest{
			Receiver: write, Result: result, VideoHosts: []string{"127.0.0.1"},
		})
		if !errors.Is(err, cloudauth.ErrIO) || name == "short" && !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A call whose context ends waits for the writer, and calls it no more.
func TestAContextThatEndsWaitsForTheWriter(t *testing.T) {
	nothingLeft(t)
	result, more := twoPieces(t)
	ctx, cancel := context.WithCancel(background)
	var calls, returned int
	_, err := newClient(t, "https://service.invalid").DownloadVideo(ctx, cloudauth.DownloadVideoRequest{
		Receiver: writerFunc(func(data []byte) (int, error) {
			calls++
			cancel()
			close(more)
			time.Sleep(300 * time.Millisecond)
			returned++
			return len(data), nil
		}),
		Result: result, VideoHosts: []string{"127.0.0.1"},
	})
	if !errors.Is(err, context.Canceled) || calls != 1 || returned != 1 {
		t.Errorf("%v after %d calls, of which %d returned", err, calls, returned)
	}
}
