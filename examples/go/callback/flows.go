package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/libcloudauth/libcloudauth/go"
)

// flows is a folder with up to three files for each transaction, which only their owner can read. A shop has its database here.
type flows string

const (
	begun = ".started.json"
	filed = ".result.json"
	ended = ".ended" // nothing is left to do
)

// An id in a callback is anybody's text, and becomes a file's name here.
var plain = regexp.MustCompile(`^[0-9A-Za-z]{1,128}$`)

func (f flows) path(id, part string) string { return filepath.Join(string(f), id+part) }

func (f flows) store(started *cloudauth.Started) error {
	data, err := started.ToJSON()
	if err != nil {
		return err
	}
	return f.write(*started.TransactionID, begun, data)
}

func (f flows) started(id string) (*cloudauth.Started, error) {
	data, err := os.ReadFile(f.path(id, begun))
	if err != nil {
		return nil, err
	}
	return cloudauth.StartedFromJSON(data)
}

// token is what the callback of a transaction must carry; empty for one that is not known.
func (f flows) token(id string) (string, error) {
	if !plain.MatchString(id) {
		return "", nil
	}
	started, err := f.started(id)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return *started.CallbackToken, nil
}

func (f flows) has(id, part string) bool {
	_, err := os.Stat(f.path(id, part))
	return err == nil
}

func (f flows) unfinished() (ids []string) {
	all, _ := filepath.Glob(f.path("*", begun))
	for _, path := range all {
		if id := strings.TrimSuffix(filepath.Base(path), begun); !f.has(id, ended) {
			ids = append(ids, id)
		}
	}
	return ids
}

// write is done when the file is on disk, whole: the service's copy is deleted next.
func (f flows) write(id, part string, data []byte) error {
	file, err := os.CreateTemp(string(f), "*.new") // with mode 0600
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), f.path(id, part))
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	folder, err := os.Open(string(f))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
