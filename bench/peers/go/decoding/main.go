// Command decoding decodes a body: decoding FILE ROUNDS prints the median in nanoseconds.
package main

import (
	"fmt"
	"log"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
)

func main() {
	body, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	rounds, err := strconv.Atoi(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	var taken []time.Duration
	for range rounds + 1 {
		begun := time.Now()
		result, err := cloudauth.Decode(body)
		took := time.Since(begun)
		if err != nil || len(result.Face.Image.Bytes) == 0 {
			log.Fatal("decoding: no image: ", err)
		}
		taken = append(taken, took)
	}
	taken = taken[1:]
	slices.Sort(taken)
	fmt.Printf("{\"copied\": %d}\n", taken[rounds/2].Nanoseconds())
}
