package cloudauth_test

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/libcloudauth/libcloudauth/go"
	"github.com/libcloudauth/libcloudauth/go/cloudauthtest"
)

// conformanceCase is one of the list that all languages share.
type conformanceCase struct {
	name     string
	status   int
	body     []byte
	expected string // canonical JSON, or the lines of an error
}

func conformanceCases(t *testing.T) (string, []conformanceCase) {
	t.Helper()
	folder, err := filepath.Abs(repository(t, "tests", "conformance", "cases"))
	if err != nil {
		t.Fatal(err)
	}
	replies, err := filepath.Glob(filepath.Join(folder, "*", "*", "reply.http"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []conformanceCase
	for _, reply := range replies {
		cases = append(cases, readCase(t, filepath.Dir(reply)))
	}
	if len(cases) < 888 {
		t.Fatalf("%d cases are not all", len(cases))
	}
	// Throttled ones last: they slow their client down.
	slices.SortStableFunc(cases, func(a, b conformanceCase) int { return cmp.Compare(a.throttled(), b.throttled()) })
	return folder, cases
}

func (c *conformanceCase) throttled() int {
	return strings.Count(c.expected, "kind: throttled\n")
}

func readCase(t *testing.T, folder string) conformanceCase {
	t.Helper()
	files, err := os.ReadDir(folder)
	if err != nil || len(files) != 2 || files[1].Name() != "reply.http" {
		t.Fatalf("%s: must hold reply.http and an expectation: %v", folder, err)
	}
	if name := files[0].Name(); name != "expected.json" && name != "expected.error" {
		t.Fatalf("%s: holds %s", folder, name)
	}
	reply, err := os.ReadFile(filepath.Join(folder, "reply.http"))
	if err != nil {
		t.Fatal(err)
	}
	expected, err := os.ReadFile(filepath.Join(folder, files[0].Name()))
	if err != nil {
		t.Fatal(err)
	}
	head, body, _ := bytes.Cut(reply, []byte("\n\n"))
	status, err := strconv.Atoi(strings.Fields(string(head))[1])
	if err != nil {
		t.Fatal(err)
	}
	return conformanceCase{filepath.Base(folder), status, body, string(expected)}
}

// outcome is a result as canonical JSON, or an error in the words of expected.error.
func outcome(result *cloudauth.Result, err error) string {
	var failed *cloudauth.Error
	switch {
	case err == nil:
		return result.CanonicalJSON()
	case !errors.As(err, &failed):
		return err.Error()
	}
	var lines strings.Builder
	line := func(name string, value any, absent bool) {
		if !absent {
			fmt.Fprintf(&lines, "%s: %v\n", name, value)
		}
	}
	line("kind", failed.Kind, false)
	line("code", failed.Code, failed.Code == "")
	line("http_status", failed.HTTPStatus, failed.HTTPStatus == 0)
	line("request_id", failed.RequestID, failed.RequestID == "")
	line("retry_after_ms", failed.RetryAfter.Milliseconds(), failed.RetryAfter == 0)
	line("retryable", failed.Retryable, false)
	return lines.String()
}

// withoutStatus is what is expected offline.
func (c *conformanceCase) withoutStatus() string {
	var kept strings.Builder
	for line := range strings.Lines(c.expected) {
		if !strings.HasPrefix(line, "http_status:") {
			kept.WriteString(line)
		}
	}
	return kept.String()
}

func TestConformanceOverASocket(t *testing.T) {
	folder, cases := conformanceCases(t)
	emulator := cloudauthtest.NewEmulator(t, cloudauthtest.WithCases(folder))
	for _, signature := range []string{"acs3", "rpc1"} {
		client := emulator.NewClient(cloudauth.WithSignature(signature), cloudauth.WithMaxAttempts(1), cloudauth.WithKeepRaw())
		for _, c := range cases {
			result, err := client.CheckResult(background, cloudauth.Request{MerchantBizID: "demo", TransactionID: c.name, ReturnImage: true})
			// Finding G8: auditors want the bytes.
			if err == nil && !bytes.Equal(result.Raw(), c.body) {
				t.Errorf("%s: %.2000s", c.name, result.Raw())
			}
			if got := outcome(result, err); got != c.expected {
				t.Errorf("%s\n  expected %.2000s\n  got      %.2000s", c.name, c.expected, got)
			}
		}
	}
}

func TestConformanceManyAtOnce(t *testing.T) {
	folder, cases := conformanceCases(t)
	client := cloudauthtest.NewEmulator(t, cloudauthtest.WithCases(folder)).NewClient(cloudauth.WithMaxAttempts(1))
	requests := func(yield func(cloudauth.Request) bool) {
		for _, c := range cases {
			if !yield(cloudauth.Request{MerchantBizID: "demo", TransactionID: c.name, ReturnImage: true}) {
				return
			}
		}
	}
	count := 0
	for o, err := range client.CheckMany(background, requests) {
		if c := cases[count]; o.Position != count || outcome(o.Result, err) != c.expected {
			t.Errorf("%s, position %d\n  expected %.2000s\n  got      %.2000s", c.name, o.Position, c.expected, outcome(o.Result, err))
		}
		count++
	}
	if count != len(cases) {
		t.Errorf("%d outcomes of %d requests", count, len(cases))
	}
}

func TestConformanceOffline(t *testing.T) {
	_, cases := conformanceCases(t)
	decoded := 0
	for _, c := range cases {
		if c.status != 200 {
			continue
		}
		decoded++
		body := bytes.Clone(c.body)
		result, err := cloudauth.Decode(body)
		if result.Raw() != nil {
			t.Errorf("%s: a copy of what the caller has", c.name)
		}
		clear(body) // nothing points into it
		if got := outcome(result, err); got != c.withoutStatus() {
			t.Errorf("%s\n  expected %.2000s\n  got      %.2000s", c.name, c.withoutStatus(), got)
		}
	}
	if decoded < 700 {
		t.Errorf("%d cases decoded", decoded)
	}
}
