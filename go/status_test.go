package cloudauth_test

import (
	"encoding/json"
	"maps"
	"os"
	"reflect"
	"testing"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
)

// statusCase is a case of tests/calls/status.json: two replies, and where the verification then stands.
type statusCase struct {
	Name        string
	Pure        bool
	Minutes     int
	Result, Log *json.RawMessage
	standing
}

type standing struct {
	State, Page *string
	ErrorCode   *string `json:"error_code"`
	Reason      *string
}

type statusList struct {
	Started  map[string]any
	Sent     []struct{ Query, Form map[string]string }
	Statuses []statusCase
}

func TestListedStatuses(t *testing.T) {
	nothingLeft(t)
	data, err := os.ReadFile(repository(t, "tests", "calls", "status.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list statusList
	if err := json.Unmarshal(data, &list); err != nil || len(list.Statuses) < 60 {
		t.Fatal(err, len(list.Statuses))
	}
	for _, c := range list.Statuses {
		if !c.Pure {
			t.Run(c.Name, func(t *testing.T) { c.run(t, &list) })
		}
	}
}

func (c *statusCase) run(t *testing.T, list *statusList) {
	var answers []answer
	for _, reply := range []*json.RawMessage{c.Result, c.Log} {
		if reply != nil {
			var status struct{ HTTP int }
			if err := json.Unmarshal(*reply, &status); err != nil {
				t.Fatal(err)
			}
			answers = append(answers, answer{status.HTTP, *reply})
		}
	}
	endpoint, taken := recorder(t, answers...)
	started := maps.Clone(list.Started)
	started["endpoint"] = endpoint
	started["initialized_at"] = time.Now().Add(-time.Duration(c.Minutes) * time.Minute).UTC().Format(time.RFC3339)
	data, err := json.Marshal(started)
	if err != nil {
		t.Fatal(err)
	}
	client := newClient(t, endpoint, cloudauth.WithMaxAttempts(1))
	status, err := client.Status(background, cloudauth.StatusRequest{Started: data})
	if err != nil {
		t.Fatal(err)
	}
	if got := (standing{status.State, status.Page, status.ErrorCode, status.Reason}); !reflect.DeepEqual(got, c.standing) {
		t.Error(plain(t, got))
	}
	arrived := taken()
	if len(arrived) != len(answers) {
		t.Fatal(arrived)
	}
	for index, call := range arrived {
		if wanted := list.Sent[index]; !maps.Equal(call.query, wanted.Query) || !maps.Equal(call.form, wanted.Form) {
			t.Errorf("%v arrived", call)
		}
	}
}
