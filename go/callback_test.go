package cloudauth_test

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/libcloudauth/libcloudauth/go"
)

// callbackCase is one of tests/calls/callback.json, which all languages share.
type callbackCase struct {
	Name, Query   string
	Pairs         [][2]string
	Token         string
	Tokens        map[string]string
	TransactionID string `json:"transaction_id"`
	Parameters    map[string]string
	Error         *struct{ Kind, Message string }
}

func (c callbackCase) parse() (*cloudauth.Callback, error) {
	if c.Pairs != nil {
		values := url.Values{}
		for _, pair := range c.Pairs {
			values.Add(pair[0], pair[1])
		}
		return cloudauth.ParseCallback(values, c.Token)
	}
	if c.Tokens != nil {
		return cloudauth.ParseCallback(c.Query, func(transactionID string) (string, error) { return c.Tokens[transactionID], nil })
	}
	return cloudauth.ParseCallback(c.Query, c.Token)
}

func TestListedCallbacks(t *testing.T) {
	nothingLeft(t)
	data, err := os.ReadFile(repository(t, "tests", "calls", "callback.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list struct{ Callbacks []callbackCase }
	if err := json.Unmarshal(data, &list); err != nil || len(list.Callbacks) < 30 {
		t.Fatal(err, len(list.Callbacks))
	}
	for _, c := range list.Callbacks {
		callback, err := c.parse()
		var failed *cloudauth.Error
		switch {
		case c.Error == nil:
			if err != nil || callback.TransactionID != c.TransactionID || !maps.Equal(callback.Parameters, c.Parameters) {
				t.Errorf("%s: %v", c.Name, err)
			}
		case !errors.As(err, &failed) || failed.Kind.String() != c.Error.Kind || failed.Message != c.Error.Message || callback != nil:
			t.Errorf("%s: %v", c.Name, err)
		}
	}
}

func TestCallbacksOfARequest(t *testing.T) {
	nothingLeft(t)
	missing := errors.New("the database is away")
	tokens := func(transactionID string) (string, error) {
		if transactionID == "hks2" {
			return "s3cr3t\x00", missing
		}
		return "s3cr3t", nil
	}
	get := func(target string) *http.Request { return httptest.NewRequest(http.MethodGet, target, nil) }
	r := get("/verified?callbackToken=s3cr3t&transactionId=hks1&passed=Y&Order=%E6%B8%AC")
	for _, parse := range []func() (*cloudauth.Callback, error){
		func() (*cloudauth.Callback, error) { return cloudauth.ParseCallback(r.URL.RawQuery, tokens) },
		func() (*cloudauth.Callback, error) { return cloudauth.ParseCallback(r.URL.Query(), tokens) },
		func() (*cloudauth.Callback, error) { return cloudauth.ParseCallback(r.URL.String(), "s3cr3t") },
	} {
		if callback, err := parse(); err != nil || callback.Parameters["Order"] != "測" {
			t.Error(err)
		}
	}
	if callback, err := cloudauth.ParseCallback(get("/?transactionId=hks2&callbackToken=s3cr3t").URL.RawQuery, tokens); err != missing || callback != nil {
		t.Error(err)
	}
	func() {
		defer func() {
			if recover() != "the database" {
				t.Error("a panic of the function does not come through")
			}
		}()
		_, _ = cloudauth.ParseCallback(r.URL.RawQuery, func(string) (string, error) { panic("the database") })
	}()
}

// No argument ends the program.
func TestCallbacksOfNoSense(t *testing.T) {
	const query = "transactionId=hks1&callbackToken=s3cr3t"
	var function func(string) (string, error)
	_, none := cloudauth.ParseCallback(query, function)
	_, empty := cloudauth.ParseCallback(url.Values(nil), "s3cr3t")
	_, cut := cloudauth.ParseCallback(query+"\x00", "s3cr3t")
	_, nul := cloudauth.ParseCallback(query, "s3cr3t\x00")
	_, decoded := cloudauth.ParseCallback(url.Values{"transactionId": {"hks1"}, "callbackToken": {"s3cr3t\x00"}}, "s3cr3t")
	_, latin := cloudauth.ParseCallback(query+"&a=\xff", "s3cr3t")
	_, long := cloudauth.ParseCallback(query+"&a="+strings.Repeat("a", 16<<10), "s3cr3t")
	for _, refused := range []struct {
		err     error
		message string
	}{
		{none, "token: must not be nil"}, {empty, "query: has no transactionId"}, {cut, "query: must not hold a NUL"},
		{nul, "token: must not hold a NUL"}, {decoded, "query: callbackToken must not hold a NUL character"}, {latin, "query: must be UTF-8"}, {long, "query: must have at most 16384 bytes"},
	} {
		if !errors.Is(refused.err, cloudauth.ErrInvalidArgument) || !strings.HasSuffix(refused.err.Error(), refused.message) {
			t.Errorf("%v, not %s", refused.err, refused.message)
		}
	}
}
