// Command server is net/http with the replies of another server, fetched once: server FROM prints one JSON line, {"endpoint"}, and
// serves until it is ended. It is of another kind than bench/server, for a check of what depends on the server.
package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
	"sync/atomic"
)

func main() {
	bodies := map[string][]byte{}
	for _, transaction := range []string{"0", "100", "1024", "4096"} {
		reply, err := http.Get(os.Args[1] + "/?TransactionId=" + transaction)
		if err != nil {
			log.Fatal(err)
		}
		if bodies[transaction], err = io.ReadAll(reply.Body); err != nil || reply.StatusCode != http.StatusOK {
			log.Fatal(reply.Status, err)
		}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("{\"endpoint\": \"http://%s\"}\n", listener.Addr())
	var connections atomic.Int64
	server := http.Server{
		ConnState: func(_ net.Conn, state http.ConnState) {
			if state == http.StateNew {
				connections.Add(1)
			}
		},
		Handler: http.HandlerFunc(func(reply http.ResponseWriter, request *http.Request) {
			transaction := request.URL.Query().Get("TransactionId")
			body, found := bodies[transaction]
			if transaction == "connections" {
				body, found = fmt.Appendf(nil, "{\"connections\": %d}", connections.Load()), true
			}
			reply.Header().Set("Content-Type", "application/json;charset=utf-8")
			reply.Header().Set("Content-Length", strconv.Itoa(len(body)))
			if !found {
				reply.WriteHeader(http.StatusBadRequest)
			}
			_, _ = reply.Write(body)
		}),
	}
	log.Fatal(server.Serve(listener))
}
