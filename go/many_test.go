package cloudauth_test

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
	"github.com/libcloudauth/libcloudauth/go/cloudauthtest"
)

// counted yields so many requests, and says how many were read.
func counted(count int, read *atomic.Int32) iter.Seq[cloudauth.Request] {
	ids := []string{"ekycpro200", "idocr212", "errorInternalError", "a b"}
	return func(yield func(cloudauth.Request) bool) {
		for index := range count {
			read.Add(1)
			if !yield(request(ids[index%len(ids)])) {
				return
			}
		}
	}
}

func TestManyInOrderAndAsTheyCome(t *testing.T) {
	nothingLeft(t)
	client := cloudauthtest.NewEmulator(t).NewClient()
	for _, options := range [][]cloudauth.ManyOption{nil, {cloudauth.Unordered()}, {cloudauth.Concurrency(1)}, {cloudauth.Concurrency(1000), nil}} {
		var read atomic.Int32
		var positions []int
		for o, err := range client.CheckMany(background, counted(40, &read), options...) {
			positions = append(positions, o.Position)
			if (o.Result == nil) == (err == nil) {
				t.Errorf("%+v, %v", o, err)
			}
			switch o.Position % 4 {
			case 0:
				if o.Request.TransactionID != "ekycpro200" || err != nil || !*o.Result.Passed {
					t.Errorf("%+v, %v", o, err)
				}
			case 1:
				if err != nil || *o.Result.SubCode != "212" {
					t.Errorf("%+v, %v", o, err)
				}
			case 2:
				if !errors.Is(err, cloudauth.ErrUnavailable) {
					t.Error(err)
				}
			case 3:
				if !errors.Is(err, cloudauth.ErrInvalidArgument) {
					t.Error(err)
				}
			}
		}
		if len(options) == 0 && !slices.IsSorted(positions) {
			t.Errorf("%v", positions)
		}
		slices.Sort(positions)
		if len(positions) != 40 || positions[0] != 0 || positions[39] != 39 || len(slices.Compact(positions)) != 40 {
			t.Errorf("%v", positions)
		}
	}
}

func TestManyReadsNoMoreThanItCalls(t *testing.T) {
	nothingLeft(t)
	client := cloudauthtest.NewEmulator(t).NewClient(cloudauth.WithMaxConcurrency(4))
	for _, options := range [][]cloudauth.ManyOption{nil, {cloudauth.Unordered()}} {
		var read atomic.Int32
		taken := 0
		for range client.CheckMany(background, counted(1000, &read), options...) {
			if taken++; int(read.Load()) > taken+4 {
				t.Fatalf("%d were read when %d were taken", read.Load(), taken)
			}
			if taken == 50 {
				break
			}
		}
	}
}

func TestLeavingManyCancelsIt(t *testing.T) {
	nothingLeft(t)
	client := newClient(t, server(t, nil))
	var read atomic.Int32
	begun := time.Now()
	// The fourth is refused at once, and comes first.
	for range client.CheckMany(background, counted(1000, &read), cloudauth.Unordered(), cloudauth.Concurrency(50)) {
		break
	}
	if took := time.Since(begun); took > time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestAContextEndsMany(t *testing.T) {
	nothingLeft(t)
	client := newClient(t, server(t, nil))
	for _, options := range [][]cloudauth.ManyOption{nil, {cloudauth.Unordered()}} {
		ctx, cancel := context.WithCancel(background)
		read, outcomes := 0, 0
		requests := func(yield func(cloudauth.Request) bool) {
			time.AfterFunc(30*time.Millisecond, cancel)
			for range 1000 {
				if read++; !yield(request("t")) {
					return
				}
			}
		}
		begun := time.Now()
		for _, err := range client.CheckMany(ctx, requests, options...) {
			if outcomes++; !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
		}
		if took := time.Since(begun); took > 2*time.Second || read != outcomes || outcomes > 17 {
			t.Errorf("%d outcomes of %d requests in %v", outcomes, read, took)
		}
		cancel()
	}
}

func TestAPanicInTheLoopEndsMany(t *testing.T) {
	nothingLeft(t)
	client := newClient(t, server(t, nil))
	func() {
		defer func() {
			if recover() != "on purpose" {
				t.Error("the panic was lost")
			}
		}()
		var read atomic.Int32
		for range client.CheckMany(background, counted(1000, &read), cloudauth.Unordered()) {
			panic("on purpose")
		}
	}()
}

// slow yields a request, and another one after a long while.
func slow(ids ...string) iter.Seq[cloudauth.Request] {
	return func(yield func(cloudauth.Request) bool) {
		for index, id := range ids {
			if index > 0 {
				time.Sleep(500 * time.Millisecond)
			}
			if !yield(request(id)) {
				return
			}
		}
	}
}

// Finding G11: an outcome came when the next request did.
func TestOutcomesOfManyComeWhileRequestsAreSlow(t *testing.T) {
	nothingLeft(t)
	client := cloudauthtest.NewEmulator(t).NewClient()
	for _, options := range [][]cloudauth.ManyOption{nil, {cloudauth.Unordered()}} {
		begun := time.Now()
		for o, err := range client.CheckMany(background, slow("ekycpro200", "ekycpro200"), options...) {
			if o.Position != 0 || err != nil {
				t.Errorf("%+v, %v", o, err)
			}
			break
		}
		if took := time.Since(begun); took > 400*time.Millisecond {
			t.Errorf("it took %v", took)
		}
	}
}

// Finding G11: a context counted when the next request came.
func TestAContextEndsManyWhileRequestsAreSlow(t *testing.T) {
	nothingLeft(t)
	silent := newClient(t, server(t, nil))
	answers := cloudauthtest.NewEmulator(t).NewClient()
	for _, of := range []struct {
		client   *cloudauth.Client
		position int
	}{{silent, 0}, {answers, 1}} {
		ctx, cancel := context.WithTimeout(background, 200*time.Millisecond)
		begun := time.Now()
		last, failed := -1, error(nil)
		for o, err := range of.client.CheckMany(ctx, slow("ekycpro200", "ekycpro200")) {
			last, failed = o.Position, err
		}
		if took := time.Since(begun); took > 400*time.Millisecond || last != of.position || !errors.Is(failed, context.DeadlineExceeded) {
			t.Errorf("after %v %d ended as %v", took, last, failed)
		}
		cancel()
	}
}

// Finding E3: a bad row is its own outcome, and its error names it.
func TestABadRowOfManyIsNamed(t *testing.T) {
	nothingLeft(t)
	client := cloudauthtest.NewEmulator(t).NewClient()
	for _, bad := range []string{"a b", "a\x00b", ""} {
		outcomes := 0
		requests := func(yield func(cloudauth.Request) bool) {
			for position := range 200 {
				id := "ekycpro200"
				if position == 100 {
					id = bad
				}
				if !yield(request(id)) {
					return
				}
			}
		}
		for o, err := range client.CheckMany(background, requests) {
			if o.Position != outcomes || (err != nil) != (o.Position == 100) {
				t.Errorf("%d, %v", o.Position, err)
			}
			if err != nil && (!errors.Is(err, cloudauth.ErrInvalidArgument) || !strings.Contains(err.Error(), "item 100: TransactionID: ")) {
				t.Error(err)
			}
			outcomes++
		}
		if outcomes != 200 {
			t.Errorf("%d outcomes", outcomes)
		}
	}
}

// Finding E3: what was fetched comes before what the requests panic with.
func TestAPanicOfTheRequestsComesAfterTheOutcomes(t *testing.T) {
	nothingLeft(t)
	client := cloudauthtest.NewEmulator(t).NewClient()
	outcomes := 0
	defer func() {
		if thrown := recover(); thrown != "row 10" || outcomes != 10 {
			t.Errorf("%v after %d outcomes", thrown, outcomes)
		}
	}()
	requests := func(yield func(cloudauth.Request) bool) {
		for range 10 {
			if !yield(request("ekycpro200")) {
				return
			}
		}
		panic("row 10")
	}
	for _, err := range client.CheckMany(background, requests, cloudauth.Concurrency(4)) {
		if err != nil {
			t.Error(err)
		}
		outcomes++
	}
}

// What the requests do last is done before the loop goes on, as in any loop over them.
func TestRequestsThatWaitForRoomEndWithTheLoop(t *testing.T) {
	nothingLeft(t)
	client := newClient(t, server(t, nil))
	ended := false
	requests := func(yield func(cloudauth.Request) bool) {
		defer func() { ended = true }()
		for yield(request("a b")) && yield(request("t")) {
		}
	}
	for range client.CheckMany(background, requests, cloudauth.Concurrency(2)) {
		time.Sleep(50 * time.Millisecond)
		break
	}
	if !ended {
		t.Error("they go on")
	}
}
