//go:build race

package cloudauth_test

func init() {
	// Its own memory grows with every address that it meets.
	raceDetector = true
}
