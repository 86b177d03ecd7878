package cloudauth_test

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/libcloudauth/libcloudauth/go"
)

// archiveCase is runs that archive one verification, one after the other.
type archiveCase struct {
	Name string
	Runs []struct {
		Arguments map[string]any
		Replies   []struct {
			Status int
			Reply  json.RawMessage
		}
		Gives map[string]any
		Fails string
		Files []string
	}
}

// scripted answers with these replies in turn, and says how many requests came.
type scripted struct {
	mutex    sync.Mutex
	replies  [][]byte
	statuses []int
	number   int
}

// begin has it answer with these from now on.
func (s *scripted) begin(replies [][]byte, statuses []int) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.replies, s.statuses, s.number = replies, statuses, 0
}

func (s *scripted) came() int {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.number
}

func (s *scripted) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.number++
	if s.number > len(s.replies) {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	body := s.replies[s.number-1]
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(s.statuses[s.number-1])
	_, _ = w.Write(body)
}

func TestVerifyArchive(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "note.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	report, err := cloudauth.VerifyArchive(folder)
	missing := []cloudauth.FileProblem{{File: "manifest.json", Problem: "missing"}}
	if err != nil || report.Complete || report.ManifestSHA256 != "" || !reflect.DeepEqual(report.Problems, missing) {
		t.Errorf("%+v, %v", report, err)
	}
	if _, err := cloudauth.VerifyArchive(filepath.Join(folder, "absent")); !errors.Is(err, cloudauth.ErrIO) {
		t.Error(err)
	}
	if _, err := cloudauth.VerifyArchive(""); !errors.Is(err, cloudauth.ErrInvalidArgument) || !strings.Contains(err.Error(), "folder: must not be empty") {
		t.Error(err)
	}
	if _, err := cloudauth.VerifyArchive("a\x00b"); !errors.Is(err, cloudauth.ErrInvalidArgument) {
		t.Error(err)
	}
}

func TestListedArchives(t *testing.T) {
	nothingLeft(t)
	server := &scripted{}
	listening := httptest.NewServer(server)
	defer listening.Close()
	data, err := os.ReadFile(repository(t, "tests", "calls", "archive.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list struct{ Cases []archiveCase }
	if err := json.Unmarshal([]byte(strings.ReplaceAll(string(data), "{origin}", listening.URL)), &list); err != nil {
		t.Fatal(err)
	}
	client := newClient(t, listening.URL, cloudauth.WithMaxAttempts(1))
	for _, c := range list.Cases {
		t.Run(c.Name, func(t *testing.T) {
			into := filepath.Join(t.TempDir(), "hks1")
			for number, run := range c.Runs {
				var replies [][]byte
				var statuses []int
				for _, reply := range run.Replies {
					body := []byte(reply.Reply)
					var text string
					if json.Unmarshal(body, &text) == nil {
						body = []byte(text)
					}
					if reply.Status == 0 {
						reply.Status = http.StatusOK
					}
					replies, statuses = append(replies, body), append(statuses, reply.Status)
				}
				server.begin(replies, statuses)
				docVideo := run.Arguments["doc_video"]
				delete(run.Arguments, "doc_video")
				run.Arguments["into"] = into
				run.Arguments["started"] = map[string]any{
					"doc_video": docVideo, "version": 1, "endpoint": listening.URL, "transaction_id": "hks1", "merchant_biz_id": "order1",
					"product_code": "eKYC_PRO", "initialized_at": "2026-03-01T10:00:00Z",
				}
				typed := typedCase{Operation: "archive", Arguments: run.Arguments}
				reply, err := typed.call(t, client)
				var failed *cloudauth.Error
				switch {
				case run.Fails != "":
					if !errors.As(err, &failed) || failed.Kind.String() != run.Fails {
						t.Errorf("run %d: %v, not %s", number, err, run.Fails)
					}
				case err != nil:
					t.Errorf("run %d: %v", number, err)
				default:
					given, _ := plain(t, values(reply)).(map[string]any)
					expected, _ := plain(t, run.Gives).(map[string]any)
					maps.DeleteFunc(given, func(name string, _ any) bool { _, wanted := expected[name]; return !wanted })
					if !reflect.DeepEqual(given, expected) {
						t.Errorf("run %d: %v, not %v", number, given, expected)
					}
				}
				if came := server.came(); came != len(run.Replies) {
					t.Errorf("run %d: %d requests, not %d", number, came, len(run.Replies))
				}
				var files []string
				entries, _ := os.ReadDir(into)
				for _, entry := range entries {
					files = append(files, entry.Name())
				}
				if report, err := cloudauth.VerifyArchive(into); run.Fails == "" && (err != nil || !report.Complete || report.ManifestSHA256 == "") {
					t.Errorf("run %d: %+v, %v", number, report, err)
				}
				if !reflect.DeepEqual(files, run.Files) {
					t.Errorf("run %d: %v, not %v", number, files, run.Files)
				}
			}
		})
	}
}
