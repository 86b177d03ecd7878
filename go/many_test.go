package cloudauth_test

import (
	"context"
	"errors"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
	"github.com/libcloudauth/libcloudauth/go/cloudauthtest"
)

// counted yields so many requests, and says how many were read.
func counted(count int, read *int) iter.Seq[cloudauth.Request] {
	ids := []string{"ekycpro200", "idocr212", "errorInternalError", "a b"}
	return func(yield func(cloudauth.Request) bool) {
		for index := range count {
			*read++
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
		read := 0
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
		read, taken := 0, 0
		for range client.CheckMany(background, counted(1000, &read), options...) {
			if taken++; read > taken+4 {
				t.Fatalf("%d were read when %d were taken", read, taken)
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
	read := 0
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
		time.AfterFunc(30*time.Millisecond, cancel)
		read, outcomes := 0, 0
		requests := func(yield func(cloudauth.Request) bool) {
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
		if took := time.Since(begun); took > 200*time.Millisecond || read != outcomes || outcomes > 17 {
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
		read := 0
		for range client.CheckMany(background, counted(1000, &read), cloudauth.Unordered()) {
			panic("on purpose")
		}
	}()
}
