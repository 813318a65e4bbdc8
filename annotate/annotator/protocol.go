package annotator

import (
	"encoding/json"
	"strings"

	"byline/annotate/format/offsets"
	"byline/articles"
)

// A request asks about one text.
type request struct {
	Byline int     `json:"byline"`
	ID     string  `json:"id"`
	Text   string  `json:"text"`
	Lang   string  `json:"lang,omitempty"`
	Blocks []block `json:"blocks"`
}

type block struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Kind  string `json:"kind"`
}

// encode returns the request for an article, as a line.
func encode(a *articles.Article) ([]byte, error) {
	points := offsets.NewPoints(a.Text)
	r := request{Byline: version, ID: a.ID, Text: a.Text, Lang: a.Language, Blocks: make([]block, len(a.Blocks))}
	for i, b := range a.Blocks {
		r.Blocks[i] = block{points.Of(b.Start), points.Of(b.End), string(b.Kind)}
	}
	line, err := json.Marshal(r)
	return append(line, '\n'), err
}

// An answer is what a program says of a text.
type answer struct {
	ID       string     `json:"id"`
	Model    string     `json:"model"`
	Error    string     `json:"error"`
	Mentions *[]mention `json:"mentions"`
	Quotes   *[]quote   `json:"quotes"`
}

type mention struct {
	stretch
	Type   string   `json:"type"`
	Form   string   `json:"form"`
	Score  *float64 `json:"score"`
	Entity string   `json:"entity"`
}

type quote struct {
	stretch
	Type    string   `json:"type"`
	Speaker *stretch `json:"speaker"`
	Cue     *stretch `json:"cue"`
	Score   *float64 `json:"score"`
}

// A stretch is a span in code points, with its words if they are given.
type stretch struct {
	Start whole  `json:"start"`
	End   whole  `json:"end"`
	Text  string `json:"text"`
}

// A whole is a whole number, which some languages write as 3.0.
type whole int

// UnmarshalJSON reads a number.
func (w *whole) UnmarshalJSON(data []byte) error {
	var n json.Number
	if err := json.Unmarshal(data, (*int)(w)); err == nil || data[0] == '"' || json.Unmarshal(data, &n) != nil {
		return err
	}
	if short, zeros, _ := strings.Cut(n.String(), "."); strings.Trim(zeros, "0") == "" {
		return json.Unmarshal([]byte(short), (*int)(w))
	}
	return json.Unmarshal(data, (*int)(w))
}
