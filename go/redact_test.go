package cloudauth_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"text/template"

	"github.com/libcloudauth/libcloudauth/go"
)

// filled is a value of the type with the canary in each text, list of bytes and value of any shape that it holds, however deep.
func filled(of reflect.Type) reflect.Value {
	value := reflect.New(of).Elem()
	switch of.Kind() {
	case reflect.String:
		value.SetString("SPECIMEN")
	case reflect.Pointer:
		value.Set(filled(of.Elem()).Addr())
	case reflect.Slice:
		if of.Elem().Kind() == reflect.Uint8 {
			value.SetBytes([]byte("SPECIMEN"))
		} else {
			value.Set(reflect.Append(value, filled(of.Elem())))
		}
	case reflect.Map:
		value.Set(reflect.MakeMap(of))
		value.SetMapIndex(reflect.ValueOf("SPECIMEN"), filled(of.Elem()))
	case reflect.Interface:
		if of.NumMethod() == 0 {
			value.Set(reflect.ValueOf(map[string]any{"SPECIMEN": "SPECIMEN"}))
		} else {
			value.Set(reflect.ValueOf(bytes.NewBufferString("SPECIMEN")))
		}
	case reflect.Struct:
		for index := range of.NumField() {
			if of.Field(index).IsExported() {
				value.Field(index).Set(filled(of.Field(index).Type))
			}
		}
	case reflect.Bool:
		value.SetBool(true)
	}
	return value
}

// Findings D3 and I2: whatever prints, logs or marshals what holds keys or a person shows neither: as a value, behind a pointer,
// and within whatever else.
func TestNothingPersonalIsPrinted(t *testing.T) {
	types := []reflect.Type{
		reflect.TypeFor[cloudauth.Credentials](), reflect.TypeFor[cloudauth.Request](), reflect.TypeFor[cloudauth.Outcome](), reflect.TypeFor[cloudauth.Result](),
		reflect.TypeFor[cloudauth.Face](), reflect.TypeFor[cloudauth.Duplicate](), reflect.TypeFor[cloudauth.Document](), reflect.TypeFor[cloudauth.Page](),
		reflect.TypeFor[cloudauth.Identity](), reflect.TypeFor[cloudauth.Image](), reflect.TypeFor[cloudauth.Problem](), reflect.TypeFor[cloudauth.Callback](),
	}
	for _, method := range typedMethods() {
		types = append(types, method.Type.In(2), method.Type.Out(0).Elem())
	}
	if len(types) < 20 {
		t.Error("the typed operations are missing")
	}
	for _, of := range types {
		value := filled(of)
		isRequest := strings.HasSuffix(of.Name(), "Request")
		// What a result and an image say by themselves, and a problem, is the service's.
		if result, ok := value.Interface().(cloudauth.Result); ok {
			*result.SubCode = "200"
			value.Set(reflect.ValueOf(result))
		}
		if outcome, ok := value.Interface().(cloudauth.Outcome); ok {
			outcome.Result.RequestID, *outcome.Result.SubCode = "R", "200"
		}
		if image, ok := value.Interface().(cloudauth.Image); ok {
			image.Format = "jpeg"
			value.Set(reflect.ValueOf(image))
		}
		if problem, ok := value.Interface().(cloudauth.Problem); ok {
			problem.Path, problem.Reason = "ExtFaceInfo.faceImg", "not base64"
			value.Set(reflect.ValueOf(problem))
		}
		if id := value.FieldByName("RequestID"); id.IsValid() {
			id.SetString("R")
		}
		for _, name := range []string{"Answer", "Region", "Endpoint", "ProductCode", "Authorize", "InitializedAt", "State", "Reason", "Outcome", "SHA256", "ArchivedAt", "ManifestSHA256", "Deletion", "WithheldFor", "Afterwards"} {
			if field := value.FieldByName(name); !isRequest && field.IsValid() {
				field.SetZero()
			}
		}
		plain, pointer := value.Interface(), value.Addr().Interface()
		type holder struct {
			Name    string
			Value   any
			Pointer any
		}
		for shape, held := range map[string]any{
			"a value": plain, "a pointer": pointer, "values": []any{plain, pointer}, "a map": map[string]any{"a": plain, "b": pointer},
			"a struct": holder{"n", plain, pointer}, "a pointer to a struct": &holder{"n", plain, pointer},
			"a list of values":   reflect.Append(reflect.MakeSlice(reflect.SliceOf(of), 0, 1), value).Interface(),
			"a list of pointers": reflect.Append(reflect.MakeSlice(reflect.SliceOf(reflect.PointerTo(of)), 0, 1), value.Addr()).Interface(),
		} {
			expect := func(how, text string) {
				t.Helper()
				if strings.Contains(text, "SPECIMEN") || strings.Contains(text, "U1BFQ0lNRU4") || strings.Contains(text, "83 80 69 67") || strings.Contains(text, "53504543") {
					t.Errorf("%v, %s, %s: %.300s", of, shape, how, text)
				}
			}
			for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
				expect(verb, fmt.Sprintf(verb, held))
			}
			for _, verb := range []string{"%d", "%t", "%08.3f"} {
				if of != reflect.TypeFor[cloudauth.Image]() {
					expect(verb, fmt.Sprintf(verb, held))
				}
			}
			var out bytes.Buffer
			logger := slog.New(slog.NewTextHandler(&out, nil))
			logger.Info("m", "held", held, slog.Group("g", "held", held))
			expect("slog's text", out.String())
			if isRequest && shape != "a value" && shape != "a pointer" {
				continue // JSON of requests is what programs queue
			}
			out.Reset()
			logger = slog.New(slog.NewJSONHandler(&out, nil))
			logger.With("with", held).Info("m", "held", held)
			expect("slog's JSON", out.String())
			out.Reset()
			if err := template.Must(template.New("").Parse("{{.}}")).Execute(&out, held); err != nil {
				t.Error(err)
			}
			expect("a template", out.String())
			if isRequest {
				continue
			}
			text, err := json.Marshal(held)
			if err != nil {
				t.Error(err)
			}
			expect("JSON", string(text))
			if text, err := xml.Marshal(held); err == nil {
				expect("XML", string(text))
			}
		}
	}
	var none *cloudauth.Result
	var out bytes.Buffer
	slog.New(slog.NewJSONHandler(&out, nil)).Info("m", "result", none)
	slog.New(slog.NewTextHandler(&out, nil)).Info("m", "result", none)
	fmt.Fprintf(&out, "%v %+v %s", none, none, none)
	if text := out.String(); strings.Contains(text, "PANIC") || strings.Contains(text, "panicked") {
		t.Error(text)
	}
	// What the program failed with may say anything.
	_, err := newClient(t, "http://127.0.0.1:1").CheckResult(background, request("t"))
	var failed *cloudauth.Error
	if text := fmt.Sprintf("%v %+v %#v", err, err, err); !errors.As(err, &failed) || strings.Contains(text, "SPECIMEN") {
		t.Error(text)
	}
}

// What is logged by accident still says how the verification ended.
func TestAResultSaysHowItEnded(t *testing.T) {
	result, err := cloudauth.Decode([]byte(`{"Code":"Success","RequestId":"R","Result":{"Passed":"Y","SubCode":"200","ExtInfo":"SPECIMEN"}}`))
	if err != nil {
		t.Fatal(err)
	}
	const said = "result of request R: passed true, SubCode 200, 0 problems"
	var out bytes.Buffer
	slog.New(slog.NewTextHandler(&out, nil)).Info("m", "result", result)
	if text, err := json.Marshal([]*cloudauth.Result{result}); err != nil || string(text) != `["`+said+`"]` || fmt.Sprint(*result) != said || !strings.Contains(out.String(), said) {
		t.Errorf("%s, %v\n%v\n%s", text, err, *result, out.String())
	}
	if text, err := json.Marshal(cloudauth.Request{MerchantBizID: "b", TransactionID: "t"}); err != nil || !strings.Contains(string(text), `"TransactionID":"t"`) {
		t.Errorf("%s, %v", text, err)
	}
}

// A request that holds functions is stored without them.
func TestARequestWithFunctionsIsMarshalled(t *testing.T) {
	request := cloudauth.DownloadVideoRequest{To: "v.webm", Receiver: &bytes.Buffer{}, Progress: func(int64, int64) error { return nil }}
	text, err := json.Marshal(request)
	if err != nil || strings.Contains(string(text), "Receiver") || !strings.Contains(string(text), "v.webm") {
		t.Errorf("%s, %v", text, err)
	}
}
