// Command scale writes news stories that were made up, the same ones each time, for libraries of any size:
//
//	go run ./ui/uitest/scale 100000 | byline --library big.db add --from jsonl -
//
// A story has some 115 words, five names and seven quotes.
package main

import (
	"fmt"
	"os"
	"strconv"
)

func main() {
	n := 0
	err := fmt.Errorf("give the number of stories")
	if len(os.Args) == 2 {
		n, err = strconv.Atoi(os.Args[1])
	}
	if err == nil {
		err = writeStories(os.Stdout, n)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "scale:", err)
		os.Exit(1)
	}
}
