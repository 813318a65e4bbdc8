package uima

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/offsets"
	"byline/annotate/format/standoff"
	"byline/annotate/format/tokens"
	"byline/articles"
)

const webannoQuote = "webanno.custom.Quote"

// The layers of a file: names, whose identifier gives the entity and who made the claim; quotes, a layer of our
// own, only where there are any, since programs refuse a file with a layer that they do not have; chains
// of coreference.
const (
	webannoFormat = "#FORMAT=WebAnno TSV 3.3\n"
	webannoNames  = "#T_SP=" + typeName + "|identifier|value\n"
	webannoQuotes = "#T_SP=" + webannoQuote + "|cue|kind|origin|score|speaker\n"
	webannoChains = "#T_CH=" + typeLink + "|referenceType|referenceRelation\n"
)

// The first column of each layer, counted from the fourth of a line.
const (
	webannoName    = 0
	webannoSpeech  = 2
	webannoChain   = 7
	webannoColumns = 9
)

// writeWebAnno writes WebAnno TSV 3.3. Offsets are UTF-16 code units. Tokens are split
// where a claim starts or ends. A sentence reaches to the next one, so that no white
// space of the text is lost. What a person rejected is left out.
func writeWebAnno(w io.Writer, d *format.Document, o format.Options) error {
	t := newWebAnno(d, o)
	standoff.CountCredits(d.Article, o.Loss)
	standoff.CountDeciders(d, o.Loss)
	b := bufio.NewWriter(w)
	b.WriteString(webannoFormat + webannoNames)
	quoted := slices.ContainsFunc(d.Layer.Quotes, func(q *annotate.Quote) bool { return q.State != annotate.Rejected })
	if quoted {
		b.WriteString(webannoQuotes)
	}
	b.WriteString(webannoChains)
	for n := range t.Sentences() {
		if err := t.writeSentence(b, n, quoted); err != nil {
			return err
		}
	}
	if t.Sentences() == 0 {
		b.WriteString("\n\n")
	}
	return b.Flush()
}

// writeSentence writes the n-th sentence, the text of which reaches to the next one.
func (t *webannoTable) writeSentence(b *bufio.Writer, n int, quoted bool) error {
	s, end := t.Sentence(n), len(t.Text)
	if s.End < t.Len() {
		end = t.At(s.End).Start
	}
	fmt.Fprintf(b, "\n%s#Text=%s\n", map[bool]string{true: "\n"}[n == 0], webannoText.Replace(t.Text[t.At(s.First).Start:end]))
	for t.at = s.First; t.at < s.End; t.at++ {
		token := t.At(t.at)
		fmt.Fprintf(b, "%d-%d\t%d-%d\t%s\t", n+1, t.at-s.First+1, t.units.Of(token.Start), t.units.Of(token.End), webannoText.Replace(token.In(t.Text)))
		t.begin()
		for column := range webannoColumns {
			if quoted || column < webannoSpeech || column >= webannoChain {
				t.writeCell(b, column)
			}
		}
		b.WriteByte('\n')
	}
	_, err := b.Write(nil) // which has failed if a write before it has
	return err
}

// A webannoTable is a document as cells of tokens, which are made as they are written: there are nine of each token of the
// text, and the claims are few.
type webannoTable struct {
	*tokens.Sequence
	units  *offsets.Units
	busy   []int32 // number of claims of each token
	values []webannoValues
	ids    int

	at   int // the token that is written
	open []*webannoValues
	next int // of values, by their first token
}

// webannoValues are what a claim has in columns of its tokens.
type webannoValues struct {
	annotate.Range
	first int // column
	cells []string
	order int // in which they stand in a cell
}

func newWebAnno(d *format.Document, o format.Options) *webannoTable {
	var spans []articles.Span
	items, _ := standoff.Items(d, standoff.Label)
	for i := range items {
		if !items[i].Rejected() {
			spans = append(spans, items[i].Span)
			o.Loss.Add(len(items[i].Notes), "notes and tags: the layers have no field for them")
		}
	}
	t := &webannoTable{Sequence: tokens.Split(d, spans), units: offsets.NewUnits(d.Text)}
	t.count(spans)
	chain := 0
	for i := range d.Layer.Entities {
		e := &d.Layer.Entities[i]
		if slices.ContainsFunc(e.Mentions, standoff.Alive) {
			chain++
			t.entity(d, e, chain, o.Loss)
		}
	}
	for _, q := range d.Layer.Quotes {
		if q.State != annotate.Rejected {
			t.quote(d, q, o.Loss)
		}
	}
	slices.SortStableFunc(t.values, func(a, b webannoValues) int { return cmp.Compare(a.First, b.First) })
	return t
}

// count counts the claims of each token. Where there are several, each needs a number.
func (t *webannoTable) count(spans []articles.Span) {
	t.busy = make([]int32, t.Len())
	for _, s := range spans {
		if r, ok := t.Range(s); ok {
			for i := r.First; i < r.End; i++ {
				t.busy[i]++
			}
		}
	}
}

// setColumns adds the values of a claim to the columns from first on.
func (t *webannoTable) setColumns(r annotate.Range, first int, values ...string) {
	mark := ""
	if r.End-r.First > 1 || t.busy[r.First] > 1 {
		t.ids++
		mark = fmt.Sprintf("[%d]", t.ids)
	}
	for k, v := range values {
		values[k] = cmp.Or(escapeTSV(v), "*") + mark
	}
	t.set(r, first, values...)
}

// set adds values to the columns from first on.
func (t *webannoTable) set(r annotate.Range, first int, values ...string) {
	t.values = append(t.values, webannoValues{r, first, values, len(t.values)})
}

// begin finds the claims that the token is of, in the order in which they were added.
func (t *webannoTable) begin() {
	t.open = slices.DeleteFunc(t.open, func(v *webannoValues) bool { return v.End <= t.at })
	n := len(t.open)
	for ; t.next < len(t.values) && t.values[t.next].First == t.at; t.next++ {
		t.open = append(t.open, &t.values[t.next])
	}
	if n < len(t.open) {
		slices.SortFunc(t.open, func(a, b *webannoValues) int { return cmp.Compare(a.order, b.order) })
	}
}

// writeCell writes what the token has in a column.
func (t *webannoTable) writeCell(b *bufio.Writer, column int) {
	empty := true
	for _, v := range t.open {
		if k := column - v.first; k >= 0 && k < len(v.cells) {
			if !empty {
				b.WriteByte('|')
			}
			b.WriteString(v.cells[k])
			empty = false
		}
	}
	if empty {
		b.WriteByte('_')
	}
	b.WriteByte('\t')
}

func (t *webannoTable) entity(d *format.Document, e *annotate.Entity, chain int, loss *format.Loss) {
	if e.Name != standoff.LongestName(e, t.Text) {
		loss.Add(1, "renamed entities: the format has only mentions")
	}
	link := 0
	for _, m := range e.Mentions {
		r, ok := t.Range(m.Span)
		if !standoff.Alive(m) {
			continue
		}
		if !ok {
			loss.Add(1, "mentions without a token")
			continue
		}
		link++
		who, score := standoff.By(m.State, m.Origin).Words()
		t.setColumns(r, webannoName, strings.Join([]string{"byline", e.ID, string(m.Form), who, score, format.OwnLabel(e.Type, string(e.Type))}, "/"), d.Label(e.Type, standoff.CorpusTag))
		t.set(r, webannoChain, fmt.Sprintf("%s[%d]", cmp.Or(escapeTSV(string(m.Form)), "*"), chain), fmt.Sprintf("*->%d-%d", chain, link))
	}
}

func (t *webannoTable) quote(d *format.Document, q *annotate.Quote, loss *format.Loss) {
	r, ok := t.Range(q.Span)
	if !ok {
		loss.Add(1, "quotes that start or end outside a token")
		return
	}
	place := func(s articles.Span) string {
		if s.Empty() {
			return ""
		}
		return fmt.Sprintf("%d-%d", t.units.Of(s.Start), t.units.Of(s.End))
	}
	speakers := standoff.Speakers(d.Layer, q, d.Text)
	var says []string
	for _, s := range speakers {
		at := ""
		if s.Here {
			at = place(s.At)
		}
		says = append(says, s.ID+"@"+at)
	}
	switch words := place(standoff.SpeakerWords(q, speakers)); {
	case words == "":
	case says == nil:
		says = []string{"@" + words}
	default:
		says[0] += words
	}
	who, score := standoff.By(q.State, q.Origin).Words()
	t.setColumns(r, webannoSpeech, place(q.Cue), string(q.Type), who, score, strings.Join(says, "; "))
}

// webannoText escapes the text, in which, other than in the values of features, only the backslash and control
// characters have a meaning.
var webannoText = strings.NewReplacer(`\`, `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`, "\f", `\f`, "\b", `\b`)

// escapeTSV puts a backslash before what has a meaning in the value of a feature.
func escapeTSV(s string) string { return webannoEscapes.Replace(s) }

var webannoEscapes = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "|", `\|`, "_", `\_`, "->", `\->`, ";", `\;`, "\t", `\t`, "\n", `\n`, "\r", `\r`, "*", `\*`)

// newQuoteLayer returns a writer of the description of the layer of quotes, as INCEpTION imports it into a
// project. It is the same for all documents.
func newQuoteLayer(w io.Writer, _ []byte) format.Writer { return quoteLayer{w} }

type quoteLayer struct{ to io.Writer }

func (w quoteLayer) Write(*format.Document) error { return nil }

func (w quoteLayer) Close() error {
	type feature struct {
		Name    string `json:"name"`
		Label   string `json:"uiName"`
		Type    string `json:"type"`
		About   string `json:"description"`
		Enabled bool   `json:"enabled"`
		Visible bool   `json:"visible"`
		Multi   string `json:"multi_value_mode"`
		Link    string `json:"link_mode"`
	}
	layer := map[string]any{
		"name": webannoQuote, "uiName": "Quote", "type": "span", "description": "What somebody says, with the speaker", "enabled": true, "built_in": false, "readonly": false,
		"attach_type": nil, "attach_feature": nil, "allow_stacking": true, "cross_sentence": true, "show_hover": true, "anchoring_mode": "TOKENS", "overlap_mode": "ANY_OVERLAP",
		"validation_mode": "ALWAYS", "lock_to_token_offset": false, "multiple_tokens": true, "linked_list_behavior": false, "on_click_javascript_action": nil,
	}
	var features []feature
	for _, f := range [][2]string{{"cue", "Where the cue is: two offsets"}, {"kind", "direct, mixed or indirect"}, {"origin", "human or machine"}, {"score", "What a machine thinks of it, 0 to 1"},
		{"speaker", "Entity and place of its mention, for each speaker"}} {
		features = append(features, feature{f[0], f[0], rangeString, f[1], true, true, "NONE", "NONE"})
	}
	layer["features"] = features
	enc := json.NewEncoder(w.to)
	enc.SetIndent("", "  ")
	return enc.Encode([]any{layer})
}
