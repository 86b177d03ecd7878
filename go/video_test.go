package cloudauth_test

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
)

// videoList is the list of videos that all languages share.
type videoList struct {
	URLs []struct {
		Name, URL  string
		VideoHosts []string `json:"video_hosts"`
	}
	Cases []videoCase
}

// videoCase is what becomes of a video.
type videoCase struct {
	Name      string
	Arguments map[string]any
	Status    int
	Reply     string
	Requests  int64
	Gives     map[string]any
	Fails     string
}

// videos is the list, of the server at that address.
func videos(t *testing.T, address string) (list videoList) {
	t.Helper()
	data, err := os.ReadFile(repository(t, "tests", "calls", "video.json"))
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := strings.Cut(address, ":")
	text := strings.NewReplacer("{origin}", "http://"+address, "{port}", port).Replace(string(data))
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		t.Fatal(err)
	}
	return list
}

// alone is a folder's only file, or nothing.
func alone(t *testing.T, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	switch {
	case err != nil || len(entries) > 1:
		t.Fatal(entries, err)
	case len(entries) == 1:
		return entries[0].Name()
	}
	return ""
}

func TestListedVideos(t *testing.T) {
	nothingLeft(t)
	var current atomic.Pointer[videoCase]
	var requests atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		requests.Add(1)
		c := current.Load()
		w.Header().Set("Content-Length", strconv.Itoa(len(c.Reply)))
		w.WriteHeader(c.Status)
		_, _ = w.Write([]byte(c.Reply))
	}))
	defer server.Close()
	client := newClient(t, server.URL, cloudauth.WithMaxAttempts(1))
	for _, c := range videos(t, server.Listener.Addr().String()).Cases {
		t.Run(c.Name, func(t *testing.T) {
			if c.Status == 0 {
				c.Status = http.StatusOK
			}
			current.Store(&c)
			requests.Store(0)
			folder := t.TempDir()
			c.Arguments["to"] = filepath.Join(folder, "video.webm")
			typed := typedCase{Operation: "download_video", Arguments: c.Arguments}
			reply, err := typed.call(t, client)
			var failed *cloudauth.Error
			switch {
			case c.Fails != "":
				if !errors.As(err, &failed) || failed.Kind.String() != c.Fails || alone(t, folder) != "" {
					t.Errorf("%v, not %s", err, c.Fails)
				}
			case err != nil:
				t.Error(err)
			default:
				given, _ := plain(t, values(reply)).(map[string]any)
				expected, _ := plain(t, c.Gives).(map[string]any)
				maps.DeleteFunc(given, func(name string, _ any) bool { _, wanted := expected[name]; return !wanted })
				if !maps.Equal(given, expected) {
					t.Errorf("%v, not %v", given, expected)
				}
				read, _ := os.ReadFile(c.Arguments["to"].(string))
				if fetched := given["outcome"] == "fetched"; fetched != (alone(t, folder) != "") || fetched && string(read) != c.Reply {
					t.Errorf("%v: %s", given, read)
				}
			}
			if requests.Load() != c.Requests {
				t.Errorf("%d requests, not %d", requests.Load(), c.Requests)
			}
		})
	}
}

func TestNoHostileURLLeadsAnywhere(t *testing.T) {
	nothingLeft(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	folder := t.TempDir()
	client := newClient(t, "https://service.invalid", cloudauth.WithMaxAttempts(1))
	list := videos(t, listener.Addr().String())
	if len(list.URLs) < 60 {
		t.Error(len(list.URLs))
	}
	for _, c := range list.URLs {
		_, err := client.DownloadVideo(background, cloudauth.DownloadVideoRequest{
			To:         filepath.Join(folder, "video.webm"),
			Result:     map[string]any{"sub_code": "200", "face": map[string]any{"video_url": c.URL}},
			VideoHosts: c.VideoHosts,
		})
		if !errors.Is(err, cloudauth.ErrBlocked) {
			t.Errorf("%s: %v", c.Name, err)
		}
	}
	_ = listener.(*net.TCPListener).SetDeadline(time.Now())
	if _, err := listener.Accept(); err == nil || alone(t, folder) != "" {
		t.Error("somebody connected")
	}
}

// A download ends with its context, in the middle of the video.
func TestADownloadEndsWithItsContext(t *testing.T) {
	nothingLeft(t)
	begun := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "20")
		_, _ = w.Write([]byte("\x1a\x45\xdf\xa3456789"))
		w.(http.Flusher).Flush()
		close(begun)
		<-r.Context().Done()
	}))
	defer server.Close()
	ctx, cancel := context.WithCancel(background)
	go func() {
		<-begun
		cancel()
	}()
	folder := t.TempDir()
	_, err := newClient(t, server.URL).DownloadVideo(ctx, cloudauth.DownloadVideoRequest{
		To:         filepath.Join(folder, "video.webm"),
		Result:     `{"sub_code":null,"face":{"video_url":"` + server.URL + `/v.webm"}}`,
		VideoHosts: []string{"127.0.0.1"},
	})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	for deadline := time.Now().Add(5 * time.Second); alone(t, folder) != ""; {
		if time.Now().After(deadline) {
			t.Fatal("the temporary file is left")
		}
		time.Sleep(5 * time.Millisecond)
	}
}
