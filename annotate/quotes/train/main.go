// Command train learns what tells speech from other words in marks, and then, with that, how far the
// attribution of speech can be trusted; and it measures what the rules of
// quotes find where the names are given.
//
//	go run ./annotate/quotes/train -learn annotate/quotes/speech.txt newsroom/*.jsonl.gz
//	go run ./annotate/quotes/train -trust annotate/quotes/trust.txt newsroom/*.jsonl.gz
//	go run ./annotate/quotes/train -measure newsroom/*.jsonl.gz
//	go run ./annotate/quotes/train -measure -kept newsroom/*.jsonl.gz
//	go run ./annotate/quotes/train -cross newsroom/*.jsonl.gz
//
// A file has a document a line, as package corpus of annotate/eval reads it too: its text, its names
// and its passages in marks, each speech, a title, or other words. Of each file the last of ten
// documents is kept out of what is learned. The sentences of passages.txt are learned as well: they
// are of kinds that news seldom has.
//
// The same files give the same weights, bit for bit.
package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"os"
)

// What the weights are learned with, chosen by cross-validation.
const (
	// The precision of the normal prior of a weight.
	precision = 2

	// A feature is left out that fewer examples have.
	leastExamples = 3

	// What is no speech is rarer in news than where marks are hard to read, in reviews and papers:
	// it weighs more.
	otherWeight = 1.5
)

func main() {
	learn := flag.String("learn", "", "learn what is speech, and write the weights to this `file`")
	trust := flag.String("trust", "", "learn who is rightly said to speak, and write the weights to this `file`")
	validate := flag.Bool("cross", false, "cross-validate what is learned")
	measured := flag.Bool("measure", false, "measure what is found")
	kept := flag.Bool("kept", false, "measure on what is kept out, and else on what is learned from")
	wrong := flag.String("errors", "", "list what is wrong in this `file`")
	flag.Parse()
	docs, err := readAll(flag.Args())
	if err == nil && *learn != "" {
		err = os.WriteFile(*learn, []byte(learned(docs).String()), 0o666)
	}
	if err == nil && *trust != "" {
		err = os.WriteFile(*trust, []byte(trusted(docs).String()), 0o666)
	}
	list := io.Writer(io.Discard)
	if err == nil && *wrong != "" {
		var f *os.File
		if f, err = os.Create(*wrong); err == nil {
			defer f.Close()
			list = f
		}
	}
	if err != nil {
		log.Fatal(err)
	}
	if *validate {
		fmt.Print(cross(docs, list))
	}
	if *measured {
		fmt.Print(measure(docs, *kept, list))
	}
}
