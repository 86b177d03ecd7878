//go:build linux && cgo

package cloudauth

// Image is a picture's file, as the service holds it.
type Image struct {
	Bytes []byte `json:"bytes"`
	// Format is what the first bytes say, such as "jpeg" or "unknown"; docs/result.md has them all.
	Format string `json:"format"`
	// Extension is the usual ending of such a file's name: "jpg", and "bin" for the unknown.
	Extension string `json:"extension"`
}
