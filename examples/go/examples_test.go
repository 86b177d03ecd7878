// Package examples runs the programs that lie beside it.
package examples

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/libcloudauth/libcloudauth/go/cloudauthtest"
)

func build(t *testing.T, name string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), name)
	if said, err := exec.Command("go", "build", "-o", program, "./"+name).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	return program
}

// run gives a program's exit code, and what it said.
func run(t *testing.T, emulator *cloudauthtest.Emulator, name string, arguments ...string) (int, string, string) {
	t.Helper()
	command := exec.Command(build(t, name), arguments...)
	command.Env = append(os.Environ(), emulator.Environ()...)
	var out, failures bytes.Buffer
	command.Stdout, command.Stderr = &out, &failures
	if err := command.Run(); err != nil && !errors.As(err, new(*exec.ExitError)) {
		t.Fatal(err)
	}
	return command.ProcessState.ExitCode(), out.String(), failures.String()
}

func TestCheck(t *testing.T) {
	emulator := cloudauthtest.NewEmulator(t)
	if code, out, _ := run(t, emulator, "check", "ekycpro200"); code != 0 || !strings.HasPrefix(out, "passed: true\ndecision: accept (") {
		t.Errorf("%d: %s", code, out)
	}
	if code, out, _ := run(t, emulator, "check", "faceliveness233"); code != 1 || !strings.HasPrefix(out, "passed: false\n") {
		t.Errorf("%d: %s", code, out)
	}
	if code, _, failure := run(t, emulator, "check", "errorThrottlingApi"); code != 2 || !strings.HasPrefix(failure, "throttled: ") {
		t.Errorf("%d: %s", code, failure)
	}
}

func TestAsync(t *testing.T) {
	if code, out, failure := run(t, cloudauthtest.NewEmulator(t), "async", "ekycpro200"); code != 0 || out != "19 done, 1 cancelled\n" || failure != "" {
		t.Errorf("%d: %s%s", code, out, failure)
	}
}

func TestArchive(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "filed")
	if code, out, failure := run(t, cloudauthtest.NewEmulator(t), "archive", "ekycpro200", folder); code != 0 {
		t.Fatalf("%d: %s%s", code, out, failure)
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
		if info, err := entry.Info(); err != nil || info.Mode() != 0o600 {
			t.Errorf("%s: %v, %v", entry.Name(), info.Mode(), err)
		}
	}
	if !slices.Equal(names, []string{"document-01.jpg", "face.jpg", "result.json"}) {
		t.Error(names)
	}
	result, err := os.ReadFile(filepath.Join(folder, "result.json"))
	if err != nil || !strings.HasPrefix(string(result), `{"request_id":`) {
		t.Errorf("%s, %v", result, err)
	}
	if code, _, _ := run(t, cloudauthtest.NewEmulator(t), "archive", "ekycpro200", folder); code != 2 {
		t.Error("evidence was overwritten", code)
	}
}

// TestCallback is the test that such servers pass in every language.
func TestCallback(t *testing.T) {
	if said, err := exec.Command("../../tests/callback/run.sh", build(t, "callback")).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, said)
	}
}
