// Package eval scores what the engine finds against what people annotated.
//
// Names are scored as in the shared tasks of CoNLL: a name counts as found where its
// tokens are exactly those of the gold name and its type is the same; precision, recall
// and F1 are over all names of a type, and over persons and organizations together, which
// is what a reader of byline sees. People (which mentions are of the same entity) are
// scored by B³ (Bagga and Baldwin 1998). Gold data is read from IOB2 columns and from
// JSON lines; nothing here knows where files lie.
package eval

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"byline/annotate"
	"byline/annotate/segment"
)

// A Name is a gold name: tokens [First, End) of its document, and its type.
type Name struct {
	annotate.Range
	Type annotate.Type
}

// A Gold is a document that people annotated.
type Gold struct {
	Doc   *annotate.Doc
	Names []Name
}

// labels are the types that the labels of the data sets stand for; other labels
// count as no name. GPE is what the Groningen Meaning Bank calls demonyms.
var labels = map[string]annotate.Type{
	"PER": annotate.Person, "PERSON": annotate.Person, "person": annotate.Person, "politician": annotate.Person,
	"ORG": annotate.Organization, "organisation": annotate.Organization, "politicalparty": annotate.Organization,
	"LOC": annotate.Place, "location": annotate.Place, "country": annotate.Place,
	"MISC": annotate.Other, "GPE": annotate.Other, "misc": annotate.Other,
}

// ReadIOB2 reads documents of lines "token<TAB>tag", blank lines between sentences and
// -DOCSTART- lines between documents. Where there are none of these, every sentence is
// a document.
func ReadIOB2(in io.Reader) ([]Gold, error) {
	var docs []Gold
	p := iobReader{}
	sc := bufio.NewScanner(in)
	whole := false
	for n := 1; sc.Scan(); n++ {
		token, tag, tabbed := strings.Cut(sc.Text(), "\t")
		switch {
		case token == "-DOCSTART-":
			docs, whole = p.flush(docs), true
		case strings.TrimSpace(token) == "" && !tabbed:
			if p.endSentence(); !whole {
				docs = p.flush(docs)
			}
		case !tabbed:
			return nil, fmt.Errorf("line %d: %q has no tag", n, token)
		default:
			p.add(token, tag)
		}
	}
	return p.flush(docs), sc.Err()
}

// An iobReader holds the document that is being read.
type iobReader struct {
	sentences [][]string
	sentence  []string
	names     []Name
	tokens    int
	open      bool // the last token is in the last name
}

func (p *iobReader) add(token, tag string) {
	mark, label, _ := strings.Cut(tag, "-")
	t, known := labels[label]
	last := len(p.names) - 1
	switch {
	case mark == "I" && p.open && known && p.names[last].Type == t:
		p.names[last].End++
	case known:
		p.names = append(p.names, Name{annotate.Range{First: p.tokens, End: p.tokens + 1}, t})
	}
	p.open = known
	p.sentence = append(p.sentence, token)
	p.tokens++
}

func (p *iobReader) endSentence() {
	if len(p.sentence) > 0 {
		p.sentences = append(p.sentences, p.sentence)
	}
	p.sentence, p.open = nil, false
}

func (p *iobReader) flush(docs []Gold) []Gold {
	p.endSentence()
	if len(p.sentences) > 0 {
		docs = append(docs, Gold{segment.Tokens(p.sentences), p.names})
	}
	*p = iobReader{}
	return docs
}

// A Count is a tally of a type: names that are right, found and in the gold data.
type Count struct{ Right, Found, Gold int }

// Precision returns the share of what was found that is right.
func (c Count) Precision() float64 { return share(c.Right, c.Found) }

// Recall returns the share of the gold that was found.
func (c Count) Recall() float64 { return share(c.Right, c.Gold) }

// F1 returns the harmonic mean of precision and recall.
func (c Count) F1() float64 { return share(2*c.Right, c.Found+c.Gold) }

func share(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

func (c Count) plus(o Count) Count {
	return Count{c.Right + o.Right, c.Found + o.Found, c.Gold + o.Gold}
}

// Scores are the tallies of a run: by type, and by the rule that decided, whose Gold
// stays 0.
type Scores struct {
	Types map[annotate.Type]Count
	Rules map[string]Count
}

// Reader returns the tally of persons and organizations together.
func (s *Scores) Reader() Count {
	return s.Types[annotate.Person].plus(s.Types[annotate.Organization])
}

// A Tagger finds the mentions of a document, as names.Find does.
type Tagger func(*annotate.Doc) []annotate.Mention

// Names scores what tag finds in the gold documents.
func Names(gold []Gold, tag Tagger) Scores {
	s := Scores{map[annotate.Type]Count{}, map[string]Count{}}
	for _, g := range gold {
		s.add(&g, tag(g.Doc))
	}
	return s
}

func (s *Scores) add(g *Gold, ms []annotate.Mention) {
	right := make(map[Name]bool, len(g.Names))
	for _, n := range g.Names {
		right[n] = true
		s.Types[n.Type] = s.Types[n.Type].plus(Count{Gold: 1})
	}
	for _, n := range Tokens(g.Doc, ms) {
		c := Count{Found: 1}
		if right[n.Name] {
			c.Right = 1
		}
		s.Types[n.Type] = s.Types[n.Type].plus(c)
		s.Rules[n.Rule] = s.Rules[n.Rule].plus(c)
	}
}

// A Tagged is a mention in tokens, with the rule that made it.
type Tagged struct {
	Name
	Rule string
}

// Tokens returns ms as ranges of d's tokens; a mention that ends inside a token covers
// all of it.
func Tokens(d *annotate.Doc, ms []annotate.Mention) []Tagged {
	tagged := make([]Tagged, 0, len(ms))
	i := 0
	for _, m := range ms {
		for i < len(d.Tokens) && d.Tokens[i].End <= m.Start {
			i++
		}
		j := i
		for j < len(d.Tokens) && d.Tokens[j].Start < m.End {
			j++
		}
		tagged = append(tagged, Tagged{Name{annotate.Range{First: i, End: j}, m.Type}, m.Origin.Rule})
	}
	return tagged
}
