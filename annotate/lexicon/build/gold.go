package main

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"byline/annotate/lexicon/known"
	"byline/annotate/segment"
)

// A goldDocument is an annotated text, with its names by code points.
type goldDocument struct {
	Text     string
	Entities []struct {
		Type     string
		Mentions []struct{ Start, End int }
	}
}

// A goldName is a name by its tokens.
type goldName struct {
	first, end int
	typ        known.Facts
}

// A goldText is a text in tokens, with its names in order.
type goldText struct {
	tokens []string
	names  []goldName
}

// readGold calls use with the documents of a file, but for every tenth: those are to measure the
// tagger with. Of Voice of America's reports there are files for that.
func readGold(path string, use func(goldText)) error {
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
	sc.Buffer(nil, 1<<26)
	for i := 0; sc.Scan(); i++ {
		var d goldDocument
		if err := json.Unmarshal(sc.Bytes(), &d); err != nil {
			return fmt.Errorf("reading %s: %w", path, err)
		}
		if i%10 != 9 || strings.HasPrefix(filepath.Base(path), "voa") {
			use(d.inTokens())
		}
	}
	return sc.Err()
}

// inTokens returns the text in tokens. Names that do not begin and end as tokens do are left out.
func (d goldDocument) inTokens() goldText {
	var bytes []int // by code point
	for i := range d.Text {
		bytes = append(bytes, i)
	}
	bytes = append(bytes, len(d.Text))
	doc := segment.Split(d.Text, nil)
	var t goldText
	starts, ends := map[int]int{}, map[int]int{}
	for i, token := range doc.Tokens {
		t.tokens = append(t.tokens, doc.Word(i))
		starts[token.Start], ends[token.End] = i, i+1
	}
	for _, e := range d.Entities {
		for _, m := range e.Mentions {
			first, ok := starts[bytes[m.Start]]
			end, whole := ends[bytes[m.End]]
			if ok && whole {
				t.names = append(t.names, goldName{first, end, typeOf[e.Type]})
			}
		}
	}
	slices.SortFunc(t.names, func(a, b goldName) int { return cmp.Compare(a.first, b.first) })
	return t
}
