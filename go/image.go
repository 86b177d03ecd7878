//go:build linux && cgo

package cloudauth

// Image is a picture's file, as the service holds it.
type Image struct {
	Bytes []byte `json:"bytes"`
	// Format is "jpeg", "png", "webp", "gif", "bmp" or "unknown", by the first bytes.
	Format string `json:"format"`
	// Extension is the usual ending of such a file's name: "jpg", "png", and "bin" for the unknown.
	Extension string `json:"extension"`
}
