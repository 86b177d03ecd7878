package cloudauth_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
	"github.com/libcloudauth/libcloudauth/go/cloudauthtest"
)

// sent are the parameters of a call as they arrived.
type sent struct{ query, form map[string]string }

func flat(values url.Values) map[string]string {
	single := map[string]string{}
	for name, value := range values {
		single[name] = value[0]
	}
	return single
}

// answer is a reply of a recorder.
type answer struct {
	status int
	body   []byte
}

// recorder is a server that gives these answers in turn and the last again, or success, and its endpoint; what arrived since is
// taken by the function.
func recorder(t *testing.T, answers ...answer) (string, func() []sent) {
	t.Helper()
	if len(answers) == 0 {
		answers = []answer{{http.StatusOK, []byte(`{"Code":"Success"}`)}}
	}
	var mutex sync.Mutex
	var all []sent
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			t.Error(err)
		}
		mutex.Lock()
		all = append(all, sent{flat(r.URL.Query()), flat(r.PostForm)})
		next := answers[0]
		answers = answers[min(1, len(answers)-1):]
		mutex.Unlock()
		w.WriteHeader(next.status)
		_, _ = w.Write(next.body)
	}))
	t.Cleanup(server.Close)
	return server.URL, func() []sent {
		mutex.Lock()
		defer mutex.Unlock()
		taken := all
		all = nil
		return taken
	}
}

// The list of tests/calls, which all languages share.
func TestListedCalls(t *testing.T) {
	data, err := os.ReadFile(repository(t, "tests", "calls", "cases.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list struct {
		Calls []struct {
			Name, Action, Error string
			Parameters          map[string]any
			Unchecked           bool
			Query, Form         map[string]string
		}
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&list); err != nil || len(list.Calls) == 0 {
		t.Fatal(err, len(list.Calls))
	}
	endpoint, taken := recorder(t)
	client := newClient(t, endpoint)
	for _, call := range list.Calls {
		t.Run(call.Name, func(t *testing.T) {
			var options []cloudauth.CallOption
			if call.Unchecked {
				options = append(options, nil, cloudauth.Unchecked())
			}
			_, err := client.Call(background, call.Action, call.Parameters, options...)
			arrived := taken()
			if call.Error != "" {
				var failed *cloudauth.Error
				message := strings.ReplaceAll(call.Error, "need unchecked", "need Unchecked")
				if !errors.As(err, &failed) || failed.Kind != cloudauth.KindInvalidArgument || failed.Message != message || len(arrived) != 0 {
					t.Errorf("%v, and %v arrived", err, arrived)
				}
				return
			}
			if err != nil || len(arrived) != 1 {
				t.Fatal(err, arrived)
			}
			if !maps.Equal(arrived[0].query, call.Query) || !maps.Equal(arrived[0].form, call.Form) {
				t.Errorf("%v and %v arrived", arrived[0].query, arrived[0].form)
			}
		})
	}
}

type country string

// Types of Go's that JSON has no name for.
func TestParametersOfGoTypes(t *testing.T) {
	endpoint, taken := recorder(t)
	client := newClient(t, endpoint)
	var none *int
	_, err := client.Call(background, "NewerOperation", map[string]any{
		"Int": 10, "Float": 0.5, "Number": json.Number("1.0"), "Strings": []string{"<01>", "02"}, "Named": country("HKG"),
		"Time":   time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC),
		"Struct": struct{ A, B any }{"<&>", nil}, "Nil": none, "NoSlice": []string(nil),
	}, cloudauth.Unchecked())
	want := map[string]string{
		"Int": "10", "Float": "0.5", "Number": "1.0", "Strings": `["<01>","02"]`, "Named": "HKG",
		"Time": "2026-11-29T00:00:00Z", "Struct": `{"A":"<&>","B":null}`,
	}
	if arrived := taken(); err != nil || len(arrived) != 1 || !maps.Equal(arrived[0].query, want) {
		t.Error(err, arrived)
	}
	itself := map[string]any{"canary": 1}
	itself["itself"] = itself
	for _, value := range []any{make(chan int), func() {}, math.NaN(), []any{"canary", math.Inf(1)}, itself, json.Number("canary"), map[string]any{"canary": failing{}}} {
		_, err := client.Call(background, "NewerOperation", map[string]any{"A": value}, cloudauth.Unchecked())
		var failed *cloudauth.Error
		if !errors.As(err, &failed) || failed.Kind != cloudauth.KindInvalidArgument || failed.Message != "A: must be a value that encoding/json can write" {
			t.Errorf("%T: %v", value, err)
		}
	}
	_, err = client.Call(background, "NewerOperation", map[string]any{"A": []string{"a\x00"}, "B": country("b\x00")}, cloudauth.Unchecked())
	if err == nil || !strings.Contains(err.Error(), "B: must not hold a NUL") || len(taken()) != 0 {
		t.Error(err)
	}
}

type failing struct{}

func (failing) MarshalJSON() ([]byte, error) { return nil, errors.New("canary") }

func TestNewerParametersOfARequest(t *testing.T) {
	endpoint, taken := recorder(t)
	client := newClient(t, endpoint)
	newer := cloudauth.Request{MerchantBizID: "demo", TransactionID: "t", Parameters: map[string]string{"Newer": "x"}}
	_, err := client.CheckResult(background, newer)
	if err == nil || !strings.Contains(err.Error(), "parameter 1: CheckResult has no such parameter") || len(taken()) != 0 {
		t.Error(err)
	}
	newer.Unchecked = true
	_, first := client.CheckResult(background, newer)
	_, second := client.WaitForResult(background, newer)
	for _, third := range client.CheckMany(background, slices.Values([]cloudauth.Request{newer})) {
		if arrived := taken(); errors.Join(first, second, third) != nil || len(arrived) != 3 || arrived[2].query["Newer"] != "x" {
			t.Error(first, second, third, arrived)
		}
	}
}

func TestTheEmulatorTakesAListAndKnowsNoNewerOperation(t *testing.T) {
	client := cloudauthtest.NewEmulator(t).NewClient()
	begin := map[string]any{
		"ProductCode": "eKYC_PRO", "MerchantBizId": "demo", "MetaInfo": map[string]int{"a": 1}, "MerchantUserId": "u",
		"DocPageConfig": []string{"01", "02"},
	}
	if reply, err := client.Call(background, "Initialize", begin); err != nil || reply["Code"] != "Success" {
		t.Error(err, reply)
	}
	_, err := client.Call(background, "NewerOperation", nil, cloudauth.Unchecked())
	var failed *cloudauth.Error
	if !errors.As(err, &failed) || failed.HTTPStatus != 501 {
		t.Error(err)
	}
}
