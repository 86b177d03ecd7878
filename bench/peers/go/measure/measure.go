// Package measure calls as fast as it can for a while, from so many goroutines, and prints what that cost as one JSON line:
// CLIENT [OPTIONS] [CA_FILE]. It drives any client, and knows none. With -paced it prints `ready`, then calls once for each line
// that it reads, and prints how many seconds that took.
package measure

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// Options say what is called.
type Options struct {
	Endpoint    string
	Transaction string
	CAFile      string // empty: plain HTTP
	Images      bool
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

// warmUp is how many calls each goroutine makes before it counts.
func (o Options) warmUp() int {
	if o.Images {
		return 3
	}
	return 20
}

// Main measures the client that open makes.
func Main(open func(Options) (Check, error)) {
	goroutines := flag.Int("goroutines", 1, "how many call at once")
	seconds := flag.Float64("seconds", 1, "for how long")
	calls := flag.Int("calls", 0, "end after so many calls, without warming up")
	paced := flag.Bool("paced", false, "call when told to")
	var options Options
	flag.StringVar(&options.Endpoint, "endpoint", "", "URL of the server")
	flag.StringVar(&options.Transaction, "transaction", "small", "which reply: small, images1 or images4")
	flag.Parse()
	options.CAFile = flag.Arg(0)
	options.Images = strings.HasPrefix(options.Transaction, "images")
	check, err := open(options)
	if err != nil {
		fail(err)
	}
	m := measurement{check: check, options: options}
	switch {
	case *paced:
		m.paced()
	case *calls > 0:
		m.some(*goroutines, *calls)
	default:
		m.run(*goroutines, time.Duration(*seconds*float64(time.Second)))
	}
}

type measurement struct {
	check   Check
	options Options
}

func (m *measurement) run(goroutines int, limit time.Duration) {
	var ready, done sync.WaitGroup
	var stop atomic.Bool
	var calls atomic.Int64
	start := make(chan struct{})
	for range goroutines {
		ready.Add(1)
		done.Go(func() {
			for range m.options.warmUp() {
				m.call()
			}
			ready.Done()
			<-start
			for !stop.Load() {
				m.call()
				calls.Add(1)
			}
		})
	}
	ready.Wait()
	begun, cpu := time.Now(), cpuTime()
	close(start)
	time.Sleep(limit)
	stop.Store(true)
	done.Wait()
	took, used, count := time.Since(begun), cpuTime()-cpu, float64(calls.Load())
	m.print(map[string]float64{
		"calls":      count,
		"per_second": count / took.Seconds(),
		"wall_us":    took.Seconds() * 1e6 * float64(goroutines) / count,
		"cpu_us":     used.Seconds() * 1e6 / count,
	})
}

func (m *measurement) some(goroutines, calls int) {
	var left atomic.Int64
	left.Store(int64(calls))
	var done sync.WaitGroup
	for range goroutines {
		done.Go(func() {
			for left.Add(-1) >= 0 {
				m.call()
			}
		})
	}
	done.Wait()
	m.print(map[string]float64{"calls": float64(calls)})
}

func (m *measurement) paced() {
	fmt.Println("ready")
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		begun := time.Now()
		m.call()
		fmt.Println(time.Since(begun).Seconds())
	}
}

// call refuses a wrong result: nobody is to be fast by doing less.
func (m *measurement) call() {
	outcome, err := m.check()
	if err != nil {
		fail(err)
	}
	images := 0
	for _, image := range outcome.Images {
		if bytes.HasPrefix(image, []byte("\xFF\xD8\xFF")) && len(image) == m.imageLength() {
			images++
		}
	}
	if !outcome.Passed || outcome.ComparisonScore != 99.12 || outcome.Surname != "SPECIMEN" || m.options.Images != (images == 2) {
		fail(fmt.Errorf("the result is not what the server sent: %v, %v, %q, %d images",
			outcome.Passed, outcome.ComparisonScore, outcome.Surname, images))
	}
}

func (m *measurement) imageLength() int {
	mebibytes, _ := strconv.Atoi(strings.TrimPrefix(m.options.Transaction, "images"))
	return mebibytes << 20 / 4 * 3
}

func (m *measurement) print(figures map[string]float64) {
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	figures["peak_kib"] = float64(usage.Maxrss)
	figures["goroutines"] = float64(runtime.NumGoroutine())
	if err := json.NewEncoder(os.Stdout).Encode(figures); err != nil {
		fail(err)
	}
}

func cpuTime() time.Duration {
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
