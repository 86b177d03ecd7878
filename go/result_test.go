package cloudauth_test

import (
	"encoding/json"
	"errors"
	"math"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/libcloudauth/libcloudauth/go"
	"github.com/libcloudauth/libcloudauth/go/cloudauthtest"
)

func TestAResultIsTyped(t *testing.T) {
	client := cloudauthtest.NewEmulator(t).NewClient()
	result, err := client.CheckResult(background, cloudauth.Request{
		MerchantBizID: "demo", TransactionID: "ekycpro200", ReturnImage: true, ExtraImageControlList: "1",
		ReturnFiveCategorySpoofResult: true, Parameters: map[string]string{"Further": "x"}, Unchecked: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	if !*result.Passed || *result.SubCode != "200" || *result.Face.ComparisonScore != 99.12 || result.Face.Occlusion != nil {
		t.Errorf("%+v", *result.Face)
	}
	image := result.Face.Image
	if !strings.HasPrefix(string(image.Bytes), "\xff\xd8\xff") || image.Format != "jpeg" || image.Extension != "jpg" {
		t.Errorf("%d bytes of %s, %s", len(image.Bytes), image.Format, image.Extension)
	}
	page := result.Document.Pages["01"]
	if *page.Identity.Surname != "SPECIMEN" || page.Fields["surname"] != "SPECIMEN" || page.Image == nil || *page.Spoof.Detected {
		t.Errorf("%+v", page)
	}
	if result.Extra == nil || len(result.Problems) != 0 {
		t.Errorf("%+v", result)
	}
	// Stored as JSON and read again, it is the same result, pictures and all.
	stored, err := json.Marshal(map[string]any{"result": json.RawMessage(result.ToJSON())})
	var held struct{ Result *cloudauth.Result }
	if err != nil || json.Unmarshal(stored, &held) != nil || !reflect.DeepEqual(held.Result, result) {
		t.Errorf("%v: %s\n%s", err, held.Result.ToJSON(), result.ToJSON())
	}
}

func TestAnyOperation(t *testing.T) {
	emulator := cloudauthtest.NewEmulator(t)
	client := emulator.NewClient()
	reply, err := client.Call(background, "Initialize", map[string]any{
		"ProductCode": "eKYC_PRO", "MerchantBizId": "demo", "MetaInfo": "{}", "MerchantUserId": "u & v"})
	if err != nil || reply["Code"] != "Success" {
		t.Fatal(reply, err)
	}
	id := reply["Result"].(map[string]any)["TransactionId"].(string)
	if _, err := client.CheckResult(background, request(id)); err == nil || err.(*cloudauth.Error).Kind != cloudauth.KindNotCompleted {
		t.Error(err)
	}
	emulator.Finish(id, "212")
	if result, err := client.CheckResult(background, request(id)); err != nil || *result.SubCode != "212" {
		t.Error(result, err)
	}
	var actions []string
	for _, call := range emulator.Calls() {
		actions = append(actions, call.Action)
	}
	if !slices.Equal(actions, []string{"Initialize", "CheckResult", "CheckResult"}) {
		t.Error(actions)
	}
}

func TestDecisionsAndExplanations(t *testing.T) {
	client := cloudauthtest.NewEmulator(t).NewClient()
	result, err := client.CheckResult(background, request("ekycpro200"))
	if err != nil {
		t.Fatal(err)
	}
	if d, err := result.Decision(); err != nil || d.Action != cloudauth.ActionAccept || len(d.Reasons) != 1 {
		t.Errorf("%+v", d)
	}
	if d, err := result.Decision(100); err != nil || d.Action != cloudauth.ActionReview || !strings.Contains(d.Reasons[1], "below the threshold 100") {
		t.Errorf("%+v", d)
	}
	// Of a result that is the program's own.
	own := cloudauth.Result{Passed: new(bool), SubCode: result.SubCode}
	if d, err := own.Decision(); err != nil || d.Action != cloudauth.ActionReview || d.Action.String() != "review" || len(d.Reasons) != 2 {
		t.Errorf("%+v", d)
	}
	odd := "2\x0000\xff"
	own.SubCode = &odd
	for _, r := range []*cloudauth.Result{&own, {}, nil} {
		d, err := r.Decision(90)
		if err != nil || d.Action != cloudauth.ActionReview || len(d.Reasons) == 0 {
			t.Errorf("%+v", d)
		}
	}
	// Finding G3
	for _, least := range []float64{-5, 101, 0.9, math.NaN(), math.Inf(1)} {
		if d, err := result.Decision(least); !errors.Is(err, cloudauth.ErrInvalidArgument) || d.Action.String() != "" {
			t.Errorf("%v: %+v, %v", least, d, err)
		}
	}

	explained, err := cloudauth.Explain("212")
	if err != nil || explained.Subject != cloudauth.SubjectSubCode || explained.Action != cloudauth.ActionReject || !*explained.Billed || len(explained.Products) == 0 {
		t.Errorf("%+v, %v", explained, err)
	}
	explained, err = cloudauth.Explain("A1006_2")
	if err != nil || explained.Subject != cloudauth.SubjectClientCode || *explained.Billed || explained.Action != 0 {
		t.Errorf("%+v, %v", explained, err)
	}
	explained, err = cloudauth.Explain("Throttling.Api")
	if err != nil || explained.Kind != cloudauth.KindThrottled || explained.Retry != "after_pause" || explained.Billed != nil || explained.HTTPStatus != 403 {
		t.Errorf("%+v, %v", explained, err)
	}
	// Each number of the header has its name here.
	for action := cloudauth.ActionAccept; action <= cloudauth.ActionReject; action++ {
		if action.String() == "" {
			t.Errorf("action %d", action)
		}
	}
}

func TestTheVersionIsTheRepositorys(t *testing.T) {
	manifest, err := os.ReadFile(repository(t, "Cargo.toml"))
	if err != nil || !strings.Contains(string(manifest), "\nversion = \""+cloudauth.Version()+"\"\n") {
		t.Errorf("%s, %v", cloudauth.Version(), err)
	}
}

func TestCanonicalJSONOfWhatAProgramPutsThere(t *testing.T) {
	result, err := cloudauth.Decode([]byte(`{"Code":"Success"}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, of := range []struct {
		value any
		text  string
	}{
		{0.0, "0"}, {math.Copysign(0, -1), "0"}, {1.0, "1"}, {-1.5, "-1.5"}, {99.12, "99.12"}, {1e20, "100000000000000000000"},
		{1e21, "1e+21"}, {1.25e21, "1.25e+21"}, {1e-6, "0.000001"}, {1e-7, "1e-7"}, {1.5e-7, "1.5e-7"}, {5e-324, "5e-324"},
		{123456789012345680.0, "123456789012345680"}, {1.0 / 3, "0.3333333333333333"}, {math.MaxFloat64, "1.7976931348623157e+308"},
		{math.NaN(), "null"}, {math.Inf(-1), "null"}, {float32(0.5), "0.5"}, {7, "7"}, {uint8(7), "7"}, {int64(math.MinInt64), "-9223372036854775808"},
		{json.Number("9007199254740993"), "9007199254740993"}, {json.Number("-0"), "0"}, {json.Number("1E-7"), "1e-7"}, {json.Number("1e400"), `"1e400"`},
		{"\x00\x1f\b\t\n\f\r\"\\/\x7f\u2028é", "\"\\u0000\\u001f\\b\\t\\n\\f\\r\\\"\\\\/\x7f\u2028é\""}, {"\xff", "\"\uFFFD\""},
		{map[string]any{"\uFB33": 1, "\U0001F600": 2, "b": 3, "B": nil}, "{\"B\":null,\"b\":3,\"\U0001F600\":2,\"\uFB33\":1}"},
		{[]any{true, nil, []any{}, map[string]any{}}, "[true,null,[],{}]"}, {[]string{"a"}, `["a"]`}, {func() {}, "null"}, {make(chan int), "null"},
		{map[int]int{1: 1}, "null"}, {nil, "null"},
	} {
		result.Source = of.value
		if text := result.CanonicalJSON(); !strings.Contains(text, `"source":`+of.text+`,"extra":{},"problems":[]}`) {
			t.Errorf("%v: %s", of.value, text)
		}
	}
	if text := (*cloudauth.Result)(nil).CanonicalJSON(); text != "null" {
		t.Error(text)
	}
}
