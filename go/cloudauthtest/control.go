package cloudauthtest

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"net/http"
	"time"
)

// Call is a call that the emulator saw.
type Call struct {
	Time       time.Time `json:"time"` // by its own clock
	Action     string    `json:"action"`
	Signature  string    `json:"signature"`
	HTTPStatus int       `json:"http_status"`
	Code       string    `json:"code"`
	Connection int       `json:"connection"` // counted from 1
}

// Calls are the latest hundred, the oldest first.
func (e *Emulator) Calls() []Call {
	e.t.Helper()
	var reply struct {
		Calls []Call `json:"calls"`
	}
	if err := json.Unmarshal(e.control(http.MethodGet, "calls", nil), &reply); err != nil {
		e.t.Fatalf("cloudauthtest: calls: %v", err)
	}
	return reply.Calls
}

// Advance moves its clock, by whole seconds: what is then due ends, what is too old expires.
func (e *Emulator) Advance(by time.Duration) {
	e.t.Helper()
	e.control(http.MethodPost, "clock", map[string]any{"advance_seconds": int64(math.Ceil(by.Seconds()))})
}

// Finish ends a verification that Initialize began; the callback follows.
func (e *Emulator) Finish(transactionID, subCode string) {
	e.t.Helper()
	e.control(http.MethodPost, "finish", map[string]any{"transaction_id": transactionID, "sub_code": subCode})
}

// SetFaults has calls go wrong from now on, by faults such as "throttle:retry-after=250ms,next=3" in the place of all that were
// set; none ends them. docs/emulator.md lists them.
func (e *Emulator) SetFaults(faults ...string) {
	e.t.Helper()
	e.control(http.MethodPost, "faults", map[string]any{"faults": append([]string{}, faults...)})
}

// control makes a control call, or fails the test.
func (e *Emulator) control(method, name string, arguments any) []byte {
	e.t.Helper()
	body, err := json.Marshal(arguments)
	if err != nil {
		e.t.Fatalf("cloudauthtest: %s: %v", name, err)
	}
	request, err := http.NewRequestWithContext(e.t.Context(), method, e.ControlEndpoint+"/control/"+name, bytes.NewReader(body))
	if err != nil {
		e.t.Fatalf("cloudauthtest: %s: %v", name, err)
	}
	// A connection of its own, so that nothing is left behind.
	reply, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(request)
	if err != nil {
		e.t.Fatalf("cloudauthtest: %s: %v", name, err)
	}
	defer reply.Body.Close()
	said, err := io.ReadAll(reply.Body)
	if err != nil || reply.StatusCode != http.StatusOK {
		e.t.Fatalf("cloudauthtest: %s: HTTP %d: %s", name, reply.StatusCode, said)
	}
	return said
}
