// Command callback is a merchant's server: callback PORT URL DIR.
//
// GET /start?metaInfo=… begins a verification and sends the browser on to the person's page. /verified takes the service's
// callback. It listens on this machine's PORT; URL is where the world reaches it, by way of the proxy that ends TLS. DIR keeps
// what was started and what came of it. Where to call and with which keys is read from the environment.
package main

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: callback PORT URL DIR")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := serve(ctx, os.Args[1], os.Args[2], flows(os.Args[3])); err != nil {
		log.Fatal(err)
	}
}

// serve ends with ctx: what has come by then is answered, fetched and filed.
func serve(ctx context.Context, port, url string, flows flows) error {
	if err := os.MkdirAll(string(flows), 0o700); err != nil {
		return err
	}
	client, err := cloudauth.NewClient()
	if err != nil {
		return err
	}
	defer client.Close()
	s := &shop{client: client, flows: flows, url: url}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /start", s.start)
	mux.HandleFunc("/verified", s.verified)
	server := &http.Server{Addr: "127.0.0.1:" + port, Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- server.ListenAndServe() }()

	again := time.NewTicker(15 * time.Minute)
	defer again.Stop()
	for {
		s.later(s.resume)
		select {
		case <-again.C:
		case err := <-failed:
			return err
		case <-ctx.Done():
			err := server.Shutdown(context.Background())
			s.work.Wait()
			return err
		}
	}
}
