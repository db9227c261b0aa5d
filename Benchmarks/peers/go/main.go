// The trivial handler of Go's net/http: a fixed JSON body, read from a file, on one processor.
//
//	go run main.go BODY-FILE     prints its port
package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
)

func main() {
	body, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	handler := func(answer http.ResponseWriter, _ *http.Request) {
		answer.Header().Set("Content-Type", "application/json")
		answer.Write(body)
	}
	panic(http.Serve(listener, http.HandlerFunc(handler)))
}
