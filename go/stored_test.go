package cloudauth_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/libcloudauth/libcloudauth/go"
)

// storedResults are the files of one folder that all languages share.
func storedResults(t *testing.T, least int, folder ...string) map[string][]byte {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(repository(t, append([]string{"tests", "conformance"}, folder...)...), "*.json"))
	if err != nil || len(paths) < least {
		t.Fatal(paths, err)
	}
	files := map[string][]byte{}
	for _, path := range paths {
		if files[path], err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// Finding G8: what another language stored is read with its pictures, and stored as it was.
func TestStoredResults(t *testing.T) {
	_, cases := conformanceCases(t)
	for path, text := range storedResults(t, 10, "stored") {
		name := strings.TrimSuffix(filepath.Base(path), ".json")
		c := cases[slices.IndexFunc(cases, func(c conformanceCase) bool { return c.name == name })]
		decoded, err := cloudauth.Decode(c.body)
		if err != nil {
			t.Fatal(err)
		}
		result, err := cloudauth.FromJSON(text)
		if err != nil || !reflect.DeepEqual(result, decoded) || !bytes.Equal(result.ToJSON(), text) || result.CanonicalJSON() != c.expected {
			t.Errorf("%s: %v\n%s", path, err, result.ToJSON())
		}
		var again cloudauth.Result
		if err := json.Unmarshal(text, &again); err != nil || !reflect.DeepEqual(&again, decoded) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestEveryResultIsReadAsItWasStored(t *testing.T) {
	_, cases := conformanceCases(t)
	stored := 0
	for _, c := range cases {
		result, err := cloudauth.Decode(c.body)
		if err != nil {
			continue
		}
		stored++
		again, err := cloudauth.FromJSON(result.ToJSON())
		if err != nil || !bytes.Equal(again.ToJSON(), result.ToJSON()) || again.CanonicalJSON() != result.CanonicalJSON() {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if stored < 600 {
		t.Errorf("%d results", stored)
	}
}

func TestWhatIsNoStoredResultIsRefused(t *testing.T) {
	for path, text := range storedResults(t, 11, "stored", "refused") {
		message, err := os.ReadFile(strings.TrimSuffix(path, ".json") + ".error")
		if err != nil {
			t.Fatal(err)
		}
		var failed *cloudauth.Error
		result, err := cloudauth.FromJSON(text)
		if expected := strings.ReplaceAll(string(message), "to_json", "ToJSON"); result != nil || !errors.As(err, &failed) ||
			!errors.Is(err, cloudauth.ErrInvalidArgument) || failed.Message != expected {
			t.Errorf("%s: %v", path, err)
		}
		again := cloudauth.Result{RequestID: "kept"}
		if err := json.Unmarshal(text, &again); err == nil || again.RequestID != "kept" {
			t.Errorf("%s: %v", path, again)
		}
	}
	if text := (*cloudauth.Result)(nil).ToJSON(); string(text) != "null" {
		t.Errorf("%s", text)
	}
}

// A picture is copied once into what is written, and once out of what is read.
func TestStoringCopiesPicturesOnce(t *testing.T) {
	picture := bytes.Repeat([]byte("GIF8"), 2<<20)
	result := &cloudauth.Result{Face: &cloudauth.Face{Image: &cloudauth.Image{Bytes: picture, Format: "gif"}}}
	result.Extra, result.Face.Extra, result.Problems = map[string]any{}, map[string]any{}, []cloudauth.Problem{}
	allocated := func(do func()) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		do()
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	var text []byte
	if used := allocated(func() { text = result.ToJSON() }); used > 3*uint64(len(picture)) {
		t.Errorf("%d bytes to write %d", used, len(picture))
	}
	used := allocated(func() {
		if again, err := cloudauth.FromJSON(text); err != nil || !reflect.DeepEqual(again.Face.Image.Bytes, picture) {
			t.Error(err)
		}
	})
	if used > uint64(len(picture))+1<<20 {
		t.Errorf("%d bytes to read %d", used, len(picture))
	}
}
