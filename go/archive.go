//go:build linux && cgo

package cloudauth

/*
#include "native.h"
*/
import "C"

import "encoding/json"

// ArchiveReport is what [VerifyArchive] found.
type ArchiveReport struct {
	// Complete says whether the archive is whole and unchanged.
	Complete bool `json:"complete"`
	// ManifestSHA256 is that of manifest.json; empty where there is none, or none that is as it was written.
	ManifestSHA256 string `json:"manifest_sha256"`
	// Problems are the files that are not as the manifest says.
	Problems []FileProblem `json:"problems"`
}

// FileProblem is a file of an archive that is not as the manifest says.
type FileProblem struct {
	File string `json:"file"`
	// Problem is "missing", "changed", "unknown" to the manifest, "not_regular" or "unreadable".
	Problem string `json:"problem"`
}

// VerifyArchive holds each file of an archive against its manifest; links in the folder are not followed. A folder that cannot be
// read is an [Error] of kind io, a manifest that a newer version wrote [ErrInvalidArgument].
func VerifyArchive(folder string) (*ArchiveReport, error) {
	path := encoded{}
	path.add("folder", folder)
	if path.fault != nil {
		return nil, path.fault
	}
	var native *C.cloudauth_reply
	if err := taken(C.cloudauth_verify_archive(path.pointer(), nil, &native)); err != nil {
		return nil, err
	}
	defer C.cloudauth_reply_free(native)
	report := new(ArchiveReport)
	return report, json.Unmarshal([]byte(goText(C.cloudauth_reply_json(native))), report)
}
