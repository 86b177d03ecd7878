package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"sync"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
)

type shop struct {
	client *cloudauth.Client
	flows  flows
	url    string
	work   sync.WaitGroup
	busy   sync.Map // the ids that are being finished
}

// start begins a verification. It is stored before the person is sent on: no callback can come too early.
func (s *shop) start(w http.ResponseWriter, r *http.Request) {
	started, err := s.client.Initialize(r.Context(), cloudauth.InitializeRequest{
		ProductCode: "eKYC_PRO", DocType: "GLB03002", MetaInfo: r.FormValue("metaInfo"), CallbackURL: s.url + "/verified",
	})
	if err == nil {
		err = s.flows.store(started)
	}
	switch {
	case errors.Is(err, cloudauth.ErrInvalidArgument):
		http.Error(w, err.Error(), http.StatusBadRequest)
	case err != nil:
		log.Print("start: ", err)
		w.WriteHeader(http.StatusBadGateway)
	default:
		http.Redirect(w, r, *started.TransactionURL, http.StatusSeeOther)
	}
}

// verified takes the callback: verify, answer, and only then fetch, for the service waits for the answer.
func (s *shop) verified(w http.ResponseWriter, r *http.Request) {
	callback, err := cloudauth.ParseCallback(r.URL.RawQuery, s.flows.token)
	switch {
	case errors.Is(err, cloudauth.ErrAuthentication):
		w.WriteHeader(http.StatusForbidden)
	case errors.Is(err, cloudauth.ErrInvalidArgument):
		w.WriteHeader(http.StatusBadRequest)
	case err != nil:
		log.Print("verified: ", err)
		w.WriteHeader(http.StatusInternalServerError)
	default:
		s.later(func() { s.finish(callback.TransactionID) })
	}
}

// later does work that the server's end waits for.
func (s *shop) later(work func()) {
	s.work.Add(1)
	go func() {
		defer s.work.Done()
		work()
	}()
}

// finish is done once for each transaction, however often it is called back.
func (s *shop) finish(id string) {
	if _, busy := s.busy.LoadOrStore(id, true); busy {
		return
	}
	defer s.busy.Delete(id)
	if s.flows.has(id, ended) {
		return
	}
	if err := s.fetch(id); err != nil {
		log.Printf("%s: %v; asked again later", id, err)
	}
}

// fetch goes on where a crash broke off: what is filed is not fetched again.
func (s *shop) fetch(id string) error {
	ctx := context.Background() // the client limits each call
	started, err := s.flows.started(id)
	if err != nil {
		return err
	}
	if !s.flows.has(id, filed) {
		request := cloudauth.Request{MerchantBizID: *started.MerchantBizID, TransactionID: id, ReturnImage: true}
		// The callback may come before the result is there.
		result, err := s.client.WaitForResult(ctx, request, cloudauth.WaitTimeout(time.Minute))
		if err != nil {
			return err
		}
		if result.Passed == nil {
			return errors.New("the verdict is still to come")
		}
		if err := s.flows.write(id, filed, result.ToJSON()); err != nil {
			return err
		}
		decision, err := result.Decision()
		if err != nil {
			return err
		}
		accepted := "not accepted"
		if decision.Action == cloudauth.ActionAccept {
			accepted = "accepted"
		}
		log.Printf("%s: %s: %s", id, accepted, decision.Reasons[0])
	}
	// Only what is on disk is deleted at the service.
	deletion, err := s.client.DeleteResult(ctx, cloudauth.DeleteResultRequest{TransactionID: id, DeleteType: "All"})
	if err != nil {
		return err
	}
	if !deletion.IsDeleted() {
		return errors.New("not deleted")
	}
	return s.flows.write(id, ended, []byte("finished\n"))
}

// resume asks for what no callback told of: a person who walks away causes none, and a crash may have lost one.
func (s *shop) resume() {
	for _, id := range s.flows.unfinished() {
		started, err := s.flows.started(id)
		if err != nil {
			log.Print(err)
			continue
		}
		status, err := s.client.Status(context.Background(), cloudauth.StatusRequest{Started: started})
		if err != nil {
			log.Printf("%s: %v", id, err)
			continue
		}
		switch state := *status.State; state {
		case "finished":
			s.finish(id)
		case "abandoned", "expired", "gone":
			err = s.flows.write(id, ended, fmt.Appendln(nil, state))
		}
		if err != nil {
			log.Print(err)
		}
	}
}
