package cloudauth_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
)

// typedLists are the lists of typed operations that all languages share.
var typedLists = []string{"typed.json", "initialize.json"}

// typedCase is a case of theirs.
type typedCase struct {
	Name, Operation string
	ByName          bool `json:"by_name"`
	Arguments       map[string]any
	Parameters      map[string]string
	Unchecked       bool
	Query, Form     map[string]string
	Error           string
	Status          int
	Reply           json.RawMessage
	Gives           map[string]any
	Fails           *struct{ Kind, Code string }
}

// typedMethods are the methods of a client that make a typed operation.
func typedMethods() map[string]reflect.Method {
	all := map[string]reflect.Method{}
	client := reflect.TypeFor[*cloudauth.Client]()
	for index := range client.NumMethod() {
		method := client.Method(index)
		if method.Type.NumIn() == 3 && method.Type.In(2).Name() == method.Name+"Request" {
			all[method.Name] = method
		}
	}
	return all
}

// goName is the name that a struct's field has for one of the lists.
func goName(of reflect.Type, name string) (string, bool) {
	field, found := of.FieldByNameFunc(func(field string) bool { return strings.EqualFold(field, strings.ReplaceAll(name, "_", "")) })
	return field.Name, found
}

// give sets a request's field to a value of a list.
func give(t *testing.T, field reflect.Value, value any) {
	t.Helper()
	if picture, ok := value.(map[string]any); ok && field.Type() == reflect.TypeFor[[]byte]() {
		data, err := base64.StdEncoding.DecodeString(picture["base64"].(string))
		if err != nil {
			t.Fatal(err)
		}
		field.SetBytes(append([]byte{}, data...))
		return
	}
	data, err := json.Marshal(value)
	if err == nil {
		decoder := json.NewDecoder(bytes.NewReader(data))
		decoder.UseNumber()
		err = decoder.Decode(field.Addr().Interface())
	}
	if err != nil {
		t.Fatalf("%v does not take %s: %v", field.Type(), data, err)
	}
}

// values are a reply's fields by the names of the lists.
func values(reply any) map[string]any {
	all := map[string]any{}
	of := reflect.ValueOf(reply).Elem()
	for index := range of.NumField() {
		value := of.Field(index).Interface()
		if problems, ok := value.([]cloudauth.Problem); ok {
			listed := []any{}
			for _, problem := range problems {
				listed = append(listed, map[string]any{"path": problem.Path, "reason": problem.Reason, "text": problem.Text})
			}
			value = listed
		}
		all[of.Type().Field(index).Tag.Get("json")] = value
	}
	return all
}

// plain is a value as JSON has it.
func plain(t *testing.T, value any) any {
	t.Helper()
	data, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	var decoded any
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&decoded); err != nil {
		t.Fatal(err)
	}
	return decoded
}

// method is the client's method of the operation; it panics where there is none.
func (c *typedCase) method() reflect.Method {
	for name, method := range typedMethods() {
		if strings.EqualFold(name, strings.ReplaceAll(c.Operation, "_", "")) {
			return method
		}
	}
	panic("Client has no " + c.Operation)
}

func (c *typedCase) call(t *testing.T, client *cloudauth.Client) (any, error) {
	t.Helper()
	method := c.method()
	request := reflect.New(method.Type.In(2)).Elem()
	for name, value := range c.Arguments {
		field, found := goName(request.Type(), name)
		if !found {
			t.Fatalf("%v has no %s", request.Type(), name)
		}
		give(t, request.FieldByName(field), value)
	}
	request.FieldByName("Parameters").Set(reflect.ValueOf(c.Parameters))
	request.FieldByName("Unchecked").SetBool(c.Unchecked)
	returned := method.Func.Call([]reflect.Value{reflect.ValueOf(client), reflect.ValueOf(background), request})
	err, _ := returned[1].Interface().(error)
	if returned[0].IsNil() {
		return nil, err
	}
	return returned[0].Interface(), err
}

var names = regexp.MustCompile("`[^`]*`|\\bunchecked\\b")

// message is an error of the list, with names as Go has them.
func (c *typedCase) message() string {
	request := c.method().Type.In(2)
	return names.ReplaceAllStringFunc(c.Error, func(name string) string {
		name = strings.Trim(name, "`")
		if own, found := goName(request, name); found {
			return own
		}
		for method := range typedMethods() {
			if strings.EqualFold(method, name) {
				return method
			}
		}
		return name
	})
}

func TestListedTypedOperations(t *testing.T) {
	nothingLeft(t)
	for _, list := range typedLists {
		data, err := os.ReadFile(repository(t, "tests", "calls", list))
		if err != nil {
			t.Fatal(err)
		}
		var read struct{ Cases []typedCase }
		decoder := json.NewDecoder(bytes.NewReader(data))
		decoder.UseNumber()
		if err := decoder.Decode(&read); err != nil || len(read.Cases) < 30 {
			t.Fatal(err, len(read.Cases))
		}
		for _, c := range read.Cases {
			// In Go, an empty token is none that is given.
			if !c.ByName && c.Name != "an empty callback token" {
				t.Run(c.Name, c.run)
			}
		}
	}
}

func (c *typedCase) run(t *testing.T) {
	var answers []answer
	if c.Reply != nil {
		answers = []answer{{cmp.Or(c.Status, http.StatusOK), c.Reply}}
	}
	endpoint, taken := recorder(t, answers...)
	reply, err := c.call(t, newClient(t, endpoint, cloudauth.WithMaxAttempts(1)))
	arrived := taken()
	var failed *cloudauth.Error
	if c.Error != "" {
		if !errors.As(err, &failed) || failed.Kind != cloudauth.KindInvalidArgument || failed.Message != c.message() || len(arrived) != 0 {
			t.Errorf("%v, not %s, and %v arrived", err, c.message(), arrived)
		}
		return
	}
	if len(arrived) != 1 || !maps.Equal(arrived[0].query, c.Query) || !maps.Equal(arrived[0].form, c.Form) {
		t.Errorf("%v arrived: %v", arrived, err)
	}
	switch {
	case c.Fails != nil:
		if !errors.As(err, &failed) || failed.Kind.String() != c.Fails.Kind || failed.Code != c.Fails.Code || reply != nil {
			t.Errorf("%v, not %v", err, *c.Fails)
		}
	case err != nil:
		t.Error(err)
	case c.Reply != nil:
		if read := plain(t, values(reply)); !reflect.DeepEqual(read, plain(t, c.Gives)) {
			t.Errorf("%v", read)
		}
	}
}

// As any other call.
func TestTypedOperationsAreLoggedReportedAndCounted(t *testing.T) {
	nothingLeft(t)
	type key struct{}
	var lines bytes.Buffer
	events := make(chan cloudauth.Event, 8)
	body := `{"Code":"200","RequestId":"R-1","Result":{"TransactionId":"SPECIMEN","DeleteResult":"Y","New":"SPECIMEN"}}`
	endpoint := replying(t, fmt.Sprintf("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s", len(body), body))
	client := newClient(t, endpoint,
		cloudauth.WithLogger(slog.New(slog.NewTextHandler(&lines, &slog.HandlerOptions{Level: slog.LevelDebug}))),
		cloudauth.WithEvents(func(ctx context.Context, event cloudauth.Event) {
			if ctx.Value(key{}) == "mine" {
				events <- event
			}
		}))
	request := cloudauth.DeleteResultRequest{TransactionID: "SPECIMEN", DeleteType: "All", AfterQuery: cloudauth.Ptr(false)}
	deletion, err := client.DeleteResult(context.WithValue(background, key{}, "mine"), request)
	if err != nil || !deletion.IsDeleted() || *deletion.TransactionID != "SPECIMEN" || deletion.Extra["New"] != "SPECIMEN" {
		t.Fatal(deletion, err)
	}
	if text := lines.String(); !strings.Contains(text, "action=DeleteVerifyResult") || strings.Contains(text, "SPECIMEN") {
		t.Error(text)
	}
	for range 2 {
		select {
		case event := <-events:
			if event.Operation != "DeleteVerifyResult" {
				t.Errorf("%+v", event)
			}
		case <-time.After(10 * time.Second):
			t.Fatal("no event of the attempt and of the call")
		}
	}
	if stats := client.Stats(); stats.Calls != 1 {
		t.Errorf("%+v", stats)
	}
	const said = "cloudauth.Deletion{RequestID: R-1, Deleted: true, …}"
	if text := fmt.Sprintf("%v %+v", deletion, *deletion); text != said+" "+said {
		t.Error(text)
	}
}

// A call ends with its context, and no argument ends the program.
func TestTypedOperationsOfNoSense(t *testing.T) {
	nothingLeft(t)
	ctx, cancel := context.WithTimeout(background, 50*time.Millisecond)
	defer cancel()
	silent := newClient(t, server(t, nil))
	if _, err := silent.KeepAlive(ctx, cloudauth.KeepAliveRequest{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	if _, err := silent.KeepAlive(ctx, cloudauth.KeepAliveRequest{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	log := cloudauth.VerifyLogRequest{MerchantBizID: "order1", TransactionID: "hks1"}
	nul := log
	nul.TransactionID = "hks1\x00"
	initialize := func(change func(*cloudauth.InitializeRequest)) error {
		request := cloudauth.InitializeRequest{ProductCode: "eKYC_PRO", MetaInfo: "{}"}
		change(&request)
		return second(silent.Initialize(background, request))
	}
	var none *cloudauth.Client
	_, cut := silent.VerifyLog(background, nul)
	_, missing := none.VerifyLog(background, log)
	//lint:ignore SA1012 that it is nil is the point
	_, nowhere := silent.VerifyLog(nil, log) //nolint:staticcheck
	for _, refused := range []struct {
		err     error
		message string
	}{
		{initialize(func(r *cloudauth.InitializeRequest) { r.MetaInfo = "{}\x00{}" }), "MetaInfo: must not hold a NUL"},
		{initialize(func(r *cloudauth.InitializeRequest) { r.StyleConfig = "{}\x00" }), "StyleConfig: must not hold a NUL"},
		{initialize(func(r *cloudauth.InitializeRequest) { r.DocPageConfig = []string{"\x00", "OCR_ID_BACK"} }), "DocPageConfig: must not hold a NUL"},
		{initialize(func(r *cloudauth.InitializeRequest) { r.DocPageConfig = []string{"\xff", "OCR_ID_BACK"} }), "DocPageConfig: must be UTF-8"},
		{initialize(func(r *cloudauth.InitializeRequest) { r.Parameters = map[string]string{"A": "\x00"} }), "A: must not hold a NUL"},
		{cut, "TransactionID: must not hold a NUL"}, {missing, "client: must be one that NewClient gave"}, {nowhere, "ctx: must not be nil"},
	} {
		if !errors.Is(refused.err, cloudauth.ErrInvalidArgument) || !strings.HasSuffix(refused.err.Error(), refused.message) {
			t.Errorf("%v, not %s", refused.err, refused.message)
		}
	}
}
