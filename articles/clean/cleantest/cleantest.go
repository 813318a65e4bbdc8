// Package cleantest makes hostile files of good ones and looks for what got through, for the tests of importers.
package cleantest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"iter"
	"reflect"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"byline/articles/clean"
)

// Mark is in every sequence that Hostile holds; a terminal never shows it.
const Mark = "PWNED"

// Hostile is what no terminal may get: sequences that set its clipboard, title, links, modes, colours and cursor, in seven bits and
// in eight; control characters; characters that turn the direction around, hide, or draw nothing.
const Hostile = seven + eight

// XML has no control characters of seven bits, so some spellings do without them.
const (
	seven = "\x1b]52;c;" + Mark + "\x07\x1b]8;;http://" + Mark + "/\x1b\\\x1b]0;" + Mark + "\x07\x1b[?6666h\x1b[66;66H\x1b[6666m\x1bP" + Mark + "\x1b\\\x1b_" + Mark + "\x1b\\\b\x7f"
	eight = "\u009b6666m\u009d0;" + Mark + "\u009c\u202e\u2066\u200e\u200b\u2060\ufeff\u2028\u2029\ufff9\U000e0041"
)

// Variants yields data with Hostile before each of its words in turn, as it is and in the spellings that formats have for such
// characters. Of words in a row only the first counts, and of those with the same before them, figures aside. A zip archive is
// yielded with each word of each of its files.
func Variants(data []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		if files := unzipped(data); files != nil {
			variantsOfFiles(files, yield)
			return
		}
		places := placesIn(data)
		for _, bad := range spellings(data) {
			for _, i := range places {
				if !yield(bytes.Join([][]byte{data[:i], []byte(bad), data[i:]}, nil)) {
					return
				}
			}
		}
	}
}

// placesIn returns where the words of data begin before which Variants writes.
func placesIn(data []byte) []int {
	const context = 12
	seen := map[string]bool{}
	var places []int
	for i := range data {
		if !isPlace(data, i) {
			continue
		}
		before := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return '0'
			}
			return r
		}, string(data[max(0, i-context):i]))
		if !seen[before] {
			seen[before] = true
			places = append(places, i)
		}
	}
	return places
}

// isPlace reports whether a word begins at data[i], the first of words in a row. Of a PDF, only those of strings count: the rest is
// for machines, and each takes a process to read.
func isPlace(data []byte, i int) bool {
	if !isWord(data[i]) || i > 0 && isWord(data[i-1]) || i > 1 && data[i-1] == ' ' && isWord(data[i-2]) {
		return false
	}
	return !bytes.HasPrefix(data, []byte("%PDF")) || bytes.LastIndexByte(data[:i], '(') > bytes.LastIndexByte(data[:i], ')')
}

func isWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= 0x80
}

// spellings returns Hostile in the ways in which files like data write it.
func spellings(data []byte) []string {
	all := []string{Hostile, eight, Mark + "\xff\xc3\x00"}
	if bytes.HasPrefix(data, []byte("%PDF")) {
		return append(all, strings.ReplaceAll(strings.ReplaceAll(Hostile, "\x1b", `\033`), "\u009b", `\233`))
	}
	if bytes.Contains(data, []byte("<")) {
		for _, bad := range []string{Hostile, eight} {
			refs := ""
			for _, r := range bad {
				refs += fmt.Sprintf("&#%d;", r)
			}
			all = append(all, refs)
		}
	}
	if bytes.Contains(data, []byte(`":`)) {
		escapes := ""
		for _, u := range utf16.Encode([]rune(Hostile)) {
			escapes += fmt.Sprintf(`\u%04x`, u)
		}
		all = append(all, escapes)
	}
	if bytes.Contains(data, []byte("Subject:")) {
		word, body := "", ""
		for _, c := range []byte(Hostile) {
			word += fmt.Sprintf("=%02X", c)
		}
		body = word
		all = append(all, "=?utf-8?q?"+word+"?=", body)
	}
	return all
}

// A file is one of an archive.
type file struct {
	name string
	data []byte
}

// unzipped returns the files of an archive, nil if data is none.
func unzipped(data []byte) []file {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || !bytes.HasPrefix(data, []byte("PK")) {
		return nil
	}
	var all []file
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			continue
		}
		b, _ := io.ReadAll(in)
		in.Close()
		all = append(all, file{f.Name, b})
	}
	return all
}

// variantsOfFiles yields archives of files, one of which is a variant, or has such a name.
func variantsOfFiles(files []file, yield func([]byte) bool) {
	for i, f := range files {
		was := files[i]
		for data := range Variants(f.data) {
			files[i].data = data
			if !yield(zipped(files)) {
				return
			}
		}
		files[i] = file{Hostile + f.name, f.data}
		if !yield(zipped(files)) {
			return
		}
		files[i] = was
	}
}

func zipped(files []file) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		if to, err := w.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Store}); err == nil {
			to.Write(f.data)
		}
	}
	w.Close()
	return b.Bytes()
}

// Unclean lists the strings in v, with the path to each, that a terminal must not get, and those of more than one line that are
// not named Text, Value, Exact, Prefix or Suffix.
func Unclean(v any) []string {
	w := walker{seen: map[uintptr]bool{}}
	w.walk("", reflect.ValueOf(v))
	return w.bad
}

// A walker looks at all that can be reached from a value.
type walker struct {
	seen map[uintptr]bool
	bad  []string
}

func (w *walker) walk(path string, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		if why := unclean(path, v.String()); why != "" {
			w.bad = append(w.bad, fmt.Sprintf("%s: %s: %.80q", path, why, v.String()))
		}
	case reflect.Pointer:
		if !v.IsNil() && !w.seen[v.Pointer()] {
			w.seen[v.Pointer()] = true
			w.walk(path, v.Elem())
		}
	case reflect.Interface:
		w.walk(path, v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				w.walk(path+"."+v.Type().Field(i).Name, v.Field(i))
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			w.walk(path, v.Index(i))
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			w.walk(path+" key", it.Key())
			w.walk(path, it.Value())
		}
	}
}

// unclean says what is wrong with a string; empty for nothing.
func unclean(path, s string) string {
	name := path[strings.LastIndexByte(path, '.')+1:]
	for _, r := range s {
		switch {
		case r == '\n' && !strings.Contains(" Text Value Exact Prefix Suffix ", " "+name+" "):
			return "a line end"
		case r != '\n' && !clean.Printable(r):
			return fmt.Sprintf("%U", r)
		}
	}
	if !utf8.ValidString(s) {
		return "not UTF-8"
	}
	return ""
}
