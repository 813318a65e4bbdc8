package format

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"byline/annotate"
	"byline/articles"
)

// WebAnno is WebAnno TSV.
var formatWebAnno = Format{Name: "webanno", Extension: ".webanno.tsv", About: "WebAnno TSV 3.3, as INCEpTION reads it; no notes", Apart: true,
	NewWriter: each(writeWebAnno), Read: one("WebAnno TSV", readWebAnno), Sniff: isWebAnno}

const webannoQuote = "webanno.custom.Quote"

// webannoHead declares the layers: names, of which the identifier says the entity and who
// stands behind the claim; quotes, a layer of ours; chains of coreference.
const webannoHead = "#FORMAT=WebAnno TSV 3.3\n#T_SP=" + casName + "|identifier|value\n#T_SP=" + webannoQuote + "|cue|kind|origin|score|speaker\n" +
	"#T_CH=" + casLink + "|referenceType|referenceRelation\n"

// The columns of the layers, from the fourth of a line on.
const (
	webannoName    = 0
	webannoSpeech  = 2
	webannoChain   = 7
	webannoColumns = 9
)

// writeWebAnno writes WebAnno TSV 3.3. Offsets are UTF-16 code units; tokens are cut
// where a claim begins or ends in one. A sentence runs up to the next, so that no blank of
// the text is lost. What a person rejected is left out.
func writeWebAnno(w io.Writer, d *Document, o Options) error {
	t := newWebAnno(d, o)
	b := bufio.NewWriter(w)
	b.WriteString(webannoHead)
	at := 0
	for n, s := range t.sentences {
		end := len(d.Text)
		if n+1 < len(t.sentences) {
			end = t.sentences[n+1][0].Start
		}
		fmt.Fprintf(b, "\n%s#Text=%s\n", map[bool]string{true: "\n"}[n == 0], escaped(d.Text[s[0].Start:end]))
		for i, token := range s {
			fmt.Fprintf(b, "%d-%d\t%d-%d\t%s\t", n+1, i+1, t.units.Of(token.Start), t.units.Of(token.End), escaped(token.In(d.Text)))
			for _, cell := range t.cells[at] {
				b.WriteString(cmp.Or(cell, "_") + "\t")
			}
			b.WriteByte('\n')
			at++
		}
	}
	if len(t.sentences) == 0 {
		b.WriteString("\n\n")
	}
	return b.Flush()
}

// A webanno is a document as cells of tokens.
type webanno struct {
	*tokenized
	units *Units
	cells [][webannoColumns]string
	ids   int
	busy  map[[2]int]int // how many claims a token has in a column
}

func newWebAnno(d *Document, o Options) *webanno {
	var spans []articles.Span
	items, _ := itemsOf(d, label)
	for i := range items {
		if !items[i].rejected() {
			spans = append(spans, items[i].Span)
			o.Loss.Add(len(items[i].notes), "notes and tags: its layers have no place for them")
		}
	}
	t := &webanno{tokenized: tokenize(d, spans), units: NewUnits(d.Text)}
	t.cells = make([][webannoColumns]string, len(t.tokens))
	t.count(spans)
	chain := 0
	for i := range d.Layer.Entities {
		e := &d.Layer.Entities[i]
		if slices.ContainsFunc(e.Mentions, alive) {
			chain++
			t.entity(e, chain, o.Loss)
		}
	}
	for i := range d.Layer.Quotes {
		if q := &d.Layer.Quotes[i]; q.State != annotate.Rejected {
			t.quote(d, q, o.Loss)
		}
	}
	return t
}

// count notes how many claims begin or go on in a token: of several each needs a number.
func (t *webanno) count(spans []articles.Span) {
	t.busy = map[[2]int]int{}
	for _, s := range spans {
		if r, ok := t.of(s); ok {
			for i := r.First; i < r.End; i++ {
				t.busy[[2]int{i, 0}]++
			}
		}
	}
}

// put writes the values of a claim into the columns from first on.
func (t *webanno) put(r annotate.Range, first int, values ...string) {
	mark := ""
	if r.End-r.First > 1 || t.busy[[2]int{r.First, 0}] > 1 {
		t.ids++
		mark = fmt.Sprintf("[%d]", t.ids)
	}
	for i := r.First; i < r.End; i++ {
		for k, v := range values {
			cell := &t.cells[i][first+k]
			if *cell != "" {
				*cell += "|"
			}
			*cell += cmp.Or(escaped(v), "*") + mark
		}
	}
}

func (t *webanno) entity(e *annotate.Entity, chain int, loss *Loss) {
	if e.Name != longest(e, t.text) {
		loss.Add(1, "names that people gave: an entity has none but its mentions")
	}
	link := 0
	for _, m := range e.Mentions {
		r, ok := t.of(m.Span)
		if !alive(m) {
			continue
		}
		if !ok {
			loss.Add(1, "mentions that hold no token")
			continue
		}
		link++
		who, score := stands{m.State, m.Origin}.words()
		t.put(r, webannoName, strings.Join([]string{"byline", e.ID, string(m.Form), who, score, string(e.Type)}, "/"), conllType(e.Type))
		for i := r.First; i < r.End; i++ {
			for k, v := range []string{fmt.Sprintf("%s[%d]", cmp.Or(escaped(string(m.Form)), "*"), chain), fmt.Sprintf("*->%d-%d", chain, link)} {
				cell := &t.cells[i][webannoChain+k]
				if *cell != "" {
					*cell += "|"
				}
				*cell += v
			}
		}
	}
}

func (t *webanno) quote(d *Document, q *annotate.Quote, loss *Loss) {
	r, ok := t.of(q.Span)
	if !ok {
		loss.Add(1, "quotes that begin or end in no token")
		return
	}
	place := func(s articles.Span) string {
		if s.Empty() {
			return ""
		}
		return fmt.Sprintf("%d-%d", t.units.Of(s.Start), t.units.Of(s.End))
	}
	says := ""
	if e := speaker(d.Layer, q); e != nil {
		says = e.ID + "@" + place(q.SpeakerMention)
	}
	who, score := stands{q.State, q.Origin}.words()
	t.put(r, webannoSpeech, place(q.Cue), string(q.Type), who, score, says)
}

// escaped writes what has a meaning in the format with a backslash.
func escaped(s string) string { return webannoEscapes.Replace(s) }

var webannoEscapes = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "|", `\|`, "_", `\_`, "->", `\->`, ";", `\;`, "\t", `\t`, "\n", `\n`, "\r", `\r`, "*", `\*`)
