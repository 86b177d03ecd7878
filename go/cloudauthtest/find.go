package cloudauthtest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// find gives the command cloudauth.
func find() (string, error) {
	if program := os.Getenv("CLOUDAUTH_BIN"); program != "" {
		if _, err := exec.LookPath(program); err != nil {
			return "", fmt.Errorf("cloudauthtest: CLOUDAUTH_BIN: %w", err)
		}
		return program, nil
	}
	for _, folder := range builds() {
		program := filepath.Join(folder, "cloudauth")
		if _, err := exec.LookPath(program); err == nil {
			return program, nil
		}
	}
	if program, err := exec.LookPath("cloudauth"); err == nil {
		return program, nil
	}
	return "", errors.New("cloudauthtest: the command cloudauth, which has the emulator, was not found: " +
		"set CLOUDAUTH_BIN to its path, or put it on the PATH, or run `cargo build --package cloudauth-cli` in a clone of libcloudauth")
}

// builds are the folders where cargo puts what is built in the repository that this package lies in; none outside of one.
func builds() []string {
	_, source, _, _ := runtime.Caller(0)
	root := filepath.Join(filepath.Dir(source), "..", "..")
	if _, err := os.Stat(filepath.Join(root, "cli", "Cargo.toml")); err != nil {
		return nil
	}
	target := os.Getenv("CARGO_TARGET_DIR")
	if target == "" {
		target = filepath.Join(root, "target")
	}
	return []string{filepath.Join(target, "release"), filepath.Join(target, "debug")}
}
