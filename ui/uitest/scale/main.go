// Command scale makes libraries of any size and measures programs on them.
//
//	go run ./ui/uitest/scale stories 100000 | byline --library big.db add --from jsonl -
//	go run ./ui/uitest/scale screen ./byline big.db
//	go run ./ui/uitest/scale run ./byline --library big.db quotes
//
// It writes news stories that were made up, the same ones each time: some 115 words, five names and seven quotes each. Of the
// screen it measures the start, keys and memory; of a command, seconds of processor and of the clock, and the peak of memory.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"time"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "scale:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 2 && args[0] == "stories":
		n, err := strconv.Atoi(args[1])
		if err != nil {
			return err
		}
		return writeStories(os.Stdout, n)
	case len(args) == 3 && args[0] == "screen":
		return screen(args[1], args[2])
	case len(args) > 1 && args[0] == "run":
		return command(args[1], args[2:])
	}
	return errors.New("give stories N, screen PROGRAM LIBRARY, or run PROGRAM ARGUMENTS")
}

// command runs a program and prints what it took.
func command(program string, args []string) error {
	cmd := exec.Command(program, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, io.Discard, os.Stderr
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return err
	}
	wall := time.Since(start)
	s := cmd.ProcessState
	fmt.Printf("%6.2f s cpu %6.2f s %5d MB  %q\n", (s.UserTime() + s.SystemTime()).Seconds(), wall.Seconds(), peak(s), args)
	return nil
}
