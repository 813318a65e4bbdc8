// Command build makes the tables that package lexicon embeds from the name lists.
//
//	zstdcat TEXTS | go run ./annotate/lexicon/build -from DIR -to annotate/lexicon
//
// DIR holds the lists as gzipped tables of tab-separated columns, named as in README.md.
// The text on standard input is counted, to tell words that are mostly in lower case ("bank")
// from those that are mostly capitalized in mid-sentence ("Monday"); only these two bits a
// word are kept of the text.
package main

import (
	"bufio"
	"compress/gzip"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"byline/annotate/lexicon"
)

func main() {
	from := flag.String("from", "", "folder with the lists")
	knownFrom := flag.String("known", "", "folder with the lists of known names; their tables are made and no others")
	to := flag.String("to", "annotate/lexicon", "folder of the tables")
	flag.Parse()
	err := error(nil)
	switch {
	case *knownFrom != "" && flag.NArg() > 0:
		err = measureKnown(*knownFrom, flag.Args(), os.Stdout)
	case *knownFrom != "":
		err = buildKnown(*knownFrom, filepath.Join(*to, "known"), os.Stdin)
	default:
		err = build(*from, *to, os.Stdin)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

func build(from, to string, text io.Reader) error {
	names := table{}
	for _, l := range lists {
		if err := names.read(filepath.Join(from, l.file), l.add); err != nil {
			return err
		}
	}
	if err := names.count(text); err != nil {
		return fmt.Errorf("counting words: %w", err)
	}
	countries := table{}
	if err := countries.read(filepath.Join(from, "countries_demonyms_odbl.tsv.gz"), addCountry); err != nil {
		return err
	}
	for file, t := range map[string]table{"names.bin": names, "countries.bin": countries} {
		data, err := lexicon.Table(t)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if err := os.WriteFile(filepath.Join(to, file), data, 0o644); err != nil {
			return err
		}
		fmt.Printf("%s: %d entries, %d bytes\n", file, len(t), len(data))
	}
	return nil
}

// read calls add with the columns of every line of a list.
func (t table) read(path string, add func(table, []string)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("reading %s: %w", path, err)
	}
	sc := bufio.NewScanner(z)
	for sc.Scan() {
		if cols := strings.Split(sc.Text(), "\t"); cols[0] != "" {
			add(t, cols)
		}
	}
	return sc.Err()
}
