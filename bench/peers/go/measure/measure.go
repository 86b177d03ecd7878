// Package measure is the half of a measured client that no client differs in: PROGRAM ENDPOINT KIB IN_FLIGHT [CA_FILE], as
// bench/peers/worker.py describes.
package measure

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// Options say what is called.
type Options struct {
	Endpoint    string
	Transaction string
	CAFile      string // empty: plain HTTP
	Images      bool
	InFlight    int
}

// Outcome is what a caller wants to know of a result, so that no client may leave a part undecoded.
type Outcome struct {
	Passed          bool
	ComparisonScore float64
	Surname         string
	Images          [][]byte
}

// Check makes one signed call and decodes its reply.
type Check func() (Outcome, error)

// Main measures the client that open makes.
func Main(open func(Options) (Check, error)) {
	if len(os.Args) < 4 {
		fail(errors.New("usage: ENDPOINT KIB IN_FLIGHT [CA_FILE]"))
	}
	kib, inFlight := number(os.Args[2]), number(os.Args[3])
	options := Options{Endpoint: os.Args[1], Transaction: os.Args[2], Images: kib > 0, InFlight: inFlight}
	if len(os.Args) > 4 {
		options.CAFile = os.Args[4]
	}
	check, err := open(options)
	if err != nil {
		fail(err)
	}
	m := measurement{check: check, options: options, imageLength: kib << 10 / 4 * 3}
	fmt.Println("ready")
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		begun, calls := time.Now(), int64(1)
		if lines.Text() == "call" {
			m.call()
		} else {
			seconds, err := strconv.ParseFloat(lines.Text(), 64)
			if err != nil {
				fail(err)
			}
			calls = m.some(inFlight, time.Duration(seconds*float64(time.Second)))
		}
		fmt.Printf("{\"calls\": %d, \"seconds\": %f}\n", calls, time.Since(begun).Seconds())
	}
}

type measurement struct {
	check       Check
	options     Options
	imageLength int
}

// some calls from so many goroutines until the time is over, at least once from each.
func (m *measurement) some(inFlight int, limit time.Duration) int64 {
	var done sync.WaitGroup
	var stop atomic.Bool
	var calls atomic.Int64
	for range inFlight {
		done.Go(func() {
			for first := true; first || !stop.Load(); first = false {
				m.call()
				calls.Add(1)
			}
		})
	}
	time.Sleep(limit)
	stop.Store(true)
	done.Wait()
	return calls.Load()
}

// call refuses a wrong result: nobody is to be fast by doing less.
func (m *measurement) call() {
	outcome, err := m.check()
	if err != nil {
		fail(err)
	}
	images := 0
	for _, image := range outcome.Images {
		if bytes.HasPrefix(image, []byte("\xFF\xD8\xFF")) && len(image) == m.imageLength {
			images++
		}
	}
	if !outcome.Passed || outcome.ComparisonScore != 99.12 || outcome.Surname != "SPECIMEN" || m.options.Images != (images == 2) {
		fail(fmt.Errorf("the result is not what the server sent: %v, %v, %q, %d images",
			outcome.Passed, outcome.ComparisonScore, outcome.Surname, images))
	}
}

func number(text string) int {
	value, err := strconv.Atoi(text)
	if err != nil {
		fail(err)
	}
	return value
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
