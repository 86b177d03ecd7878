package cloudauth_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
	"github.com/libcloudauth/libcloudauth/go/cloudauthtest"
)

// A row of docs/faults.md.
type faultRow struct {
	name, to, call, outcome, code string
	faults                        []string
	options                       []cloudauth.Option
	requests, connections         uint64
	warm                          bool
	within                        time.Duration
}

// What came of a row's call, in the words of the table.
type faultOutcome struct {
	outcome, code         string
	requests, connections uint64
}

func faultRows(t *testing.T) []faultRow {
	t.Helper()
	page, err := os.ReadFile(repository(t, "docs", "faults.md"))
	if err != nil {
		t.Fatal(err)
	}
	var rows []faultRow
	for line := range strings.Lines(string(page)) {
		if !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "| name |") || strings.HasPrefix(line, "|--") {
			continue
		}
		cells := strings.Split(strings.Trim(line, "| \n"), " | ")
		if len(cells) != 10 {
			t.Fatalf("%d columns in %s", len(cells), line)
		}
		number := func(text string) uint64 {
			number, err := strconv.ParseUint(text, 10, 64)
			if err != nil {
				t.Fatalf("%s: %v", cells[0], err)
			}
			return number
		}
		row := faultRow{name: cells[0], call: cells[3], outcome: cells[5], code: cells[6]}
		row.to, row.warm = strings.CutSuffix(cells[2], " warm")
		row.requests, row.connections = number(cells[7]), number(cells[8])
		row.within = time.Duration(number(cells[9])) * time.Millisecond
		if cells[1] != "-" {
			row.faults = strings.Fields(cells[1])
		}
		for _, word := range strings.Fields(strings.Trim(cells[4], "-")) {
			name, value, _ := strings.Cut(word, "=")
			option, known := map[string]func(uint64) cloudauth.Option{
				"max_attempts":       func(n uint64) cloudauth.Option { return cloudauth.WithMaxAttempts(int(n)) },
				"timeout_ms":         milliseconds(cloudauth.WithTimeout),
				"attempt_timeout_ms": milliseconds(cloudauth.WithAttemptTimeout),
				"connect_timeout_ms": milliseconds(cloudauth.WithConnectTimeout),
			}[name]
			if !known {
				t.Fatalf("%s: no row needs %s yet", cells[0], name)
			}
			row.options = append(row.options, option(number(value)))
		}
		rows = append(rows, row)
	}
	return rows
}

func milliseconds(option func(time.Duration) cloudauth.Option) func(uint64) cloudauth.Option {
	return func(n uint64) cloudauth.Option { return option(time.Duration(n) * time.Millisecond) }
}

// counters are GET /control/stats; DELETE sets them to 0.
func counters(t *testing.T, emulator *cloudauthtest.Emulator, method string) map[string]any {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, emulator.ControlEndpoint+"/control/stats", nil)
	if err != nil {
		t.Fatal(err)
	}
	reply, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer reply.Body.Close()
	var counters map[string]any
	if err := json.NewDecoder(reply.Body).Decode(&counters); err != nil {
		t.Fatal(err)
	}
	return counters
}

func TestEveryFault(t *testing.T) {
	http, https := cloudauthtest.NewEmulator(t), cloudauthtest.NewEmulator(t, cloudauthtest.WithTLS())
	rows := faultRows(t)
	if len(rows) < 45 {
		t.Fatalf("only %d rows", len(rows))
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			tryFault(t, row, map[string]*cloudauthtest.Emulator{"http": http, "https": https}[row.to])
		})
	}
}

func tryFault(t *testing.T, row faultRow, emulator *cloudauthtest.Emulator) {
	options := []cloudauth.Option{cloudauth.WithRetryBase(10 * time.Millisecond), cloudauth.WithThrottleBase(20 * time.Millisecond)}
	endpoint := "http://127.0.0.1:1" // where nobody listens
	if emulator != nil {
		endpoint = emulator.Endpoint
		options = append(options, emulator.ClientOptions()...)
	}
	client := newClient(t, endpoint, append(options, row.options...)...)
	check := func() error {
		_, err := client.CheckResult(background, request("ekycpro200"))
		return err
	}
	if emulator != nil {
		counters(t, emulator, http.MethodDelete)
		if row.warm {
			if err := check(); err != nil {
				t.Fatalf("the warming call: %v", err)
			}
		}
		emulator.SetFaults(row.faults...)
	}
	before, begun := client.Stats().Requests, time.Now()
	var err error
	if row.call == "CheckResult" {
		err = check()
	} else {
		_, err = client.Call(background, row.call, nil)
	}
	took := time.Since(begun)
	came := faultOutcome{outcome: "ok", code: "-", requests: client.Stats().Requests - before}
	var failed *cloudauth.Error
	if errors.As(err, &failed) {
		came.outcome, came.code = failed.Kind.String(), cmp.Or(failed.Code, "-")
		if uint64(failed.Attempts) != came.requests {
			t.Errorf("the error says %d attempts", failed.Attempts)
		}
		if failed.Kind == cloudauth.KindTLS && counters(t, emulator, http.MethodGet)["application_bytes"] != 0.0 {
			t.Error("bytes of the request were sent before TLS was agreed on")
		}
	}
	if emulator != nil {
		emulator.SetFaults()
		if err := check(); err != nil {
			t.Errorf("the good call after: %v", err)
		}
		came.connections = uint64(counters(t, emulator, http.MethodGet)["connections"].(float64))
	}
	if expected := (faultOutcome{row.outcome, row.code, row.requests, row.connections}); came != expected {
		t.Errorf("expected %v\n  got      %v (%v)", expected, came, err)
	}
	if took > row.within {
		t.Errorf("took %v", took)
	}
}
