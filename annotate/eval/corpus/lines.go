package corpus

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"byline/annotate/eval"
)

// maxLine limits the length of a line, and so the memory that it takes.
const maxLine = 256 << 20

// readLines reads one JSON object per line; each line shows its own format, unless kind is given.
func readLines(name string, in io.Reader, kind string) Docs {
	return func(yield func(*eval.Doc, error) bool) {
		sc := bufio.NewScanner(in)
		sc.Buffer(make([]byte, 0, 1<<20), maxLine)
		for n := 1; sc.Scan(); n++ {
			if len(sc.Bytes()) == 0 {
				continue
			}
			d, err := readLine(sc.Bytes(), kind)
			if err != nil {
				err = fmt.Errorf("read %s:%d: %w", name, n, err)
			} else {
				d.Name = name + ":" + cmp.Or(d.Name, strconv.Itoa(n))
			}
			if !yield(d, err) || errors.Is(err, errUnknown) {
				return
			}
		}
		if err := sc.Err(); err != nil {
			yield(nil, fmt.Errorf("read %s: %w", name, err))
		}
	}
}

// errUnknown ends a file, since its other lines are likely to be of the same kind.
var errUnknown = errors.New("a line of gold data has a text, and entities or quotes")

// A probe has the fields by which the format of a line is known.
type probe struct {
	Text     *string
	Source   json.RawMessage
	Entities json.RawMessage
	Quotes   json.RawMessage
}

func readLine(data []byte, kind string) (*eval.Doc, error) {
	var p probe
	if err := json.Unmarshal(data, &p); err != nil {
		return nil, err
	}
	switch {
	case kind == "coref", kind == "lines" && p.Entities != nil && p.Quotes == nil && p.Source == nil:
		return readCoref(data)
	case kind == "quotes", kind == "lines" && p.Quotes != nil && p.Entities == nil && p.Source == nil:
		return readQuotes(data)
	case p.Text == nil || kind == "lines" && p.Entities == nil && p.Quotes == nil:
		return nil, errUnknown
	case kind == "newsroom", isNewsroom(&p):
		return readNewsroom(data)
	}
	return readArticle(data)
}
