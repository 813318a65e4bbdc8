package display

import (
	"slices"
	"strings"

	"byline/annotate"
	"byline/ui/session"
	"byline/ui/theme"
)

// A tab is one list of the side panel.
type tab uint8

const (
	peopleTab tab = iota
	orgsTab
	quotesTab
	placesTab // places and other names
	ownTab    // the user's own labels
	tabCount
)

func (t tab) String() string {
	return [...]string{"people", "orgs", "quotes", "places", "own"}[t]
}

// tabOf returns the tab on which entities of type typ are listed.
func tabOf(typ annotate.Type) tab {
	switch {
	case typ == annotate.Person:
		return peopleTab
	case typ == annotate.Organization:
		return orgsTab
	case typ.Aside():
		return placesTab
	}
	return ownTab
}

// A row is one line of the panel: an entity, a form of an entity's name, or one
// of the two lines of a quote.
type row struct {
	entity int    // −1 for a quote
	form   string // of a form's row
	count  int    // mentions
	quote  int    // −1 for an entity
	second bool   // the line of a quote with its words
	sign   string
}

// rows appends to out what tab t shows, no entity opened.
func (s *Scene) rows(out []row, text string, t tab, filter string) []row {
	if t == quotesTab {
		return s.quoteRows(out, text, filter)
	}
	for i := range s.Layer.Entities {
		e := &s.Layer.Entities[i]
		if tabOf(e.Type) == t && holds(e.Name, filter) {
			out = append(out, row{entity: i, quote: -1, count: len(e.Mentions), sign: s.signs[i]})
		}
	}
	return out
}

func (s *Scene) quoteRows(out []row, text, filter string) []row {
	if filter == "" {
		out = slices.Grow(out, 2*len(s.Layer.Quotes))
	}
	for i := range s.Layer.Quotes {
		if q := s.Layer.Quotes[i]; holds(q.In(text), filter) || holds(s.SpeakerNames(i), filter) {
			rows := quoteRow(s.Layer, i)
			out = append(out, rows[:]...)
		}
	}
	return out
}

// quoteRow returns the two rows of a quote.
func quoteRow(l *annotate.Layer, i int) [2]row {
	q, e := l.Quotes[i], -1
	if q.Speaker != "" {
		e = l.IndexOf(q.Speaker)
	}
	return [2]row{{entity: e, quote: i, sign: stateSign(q.State, q.Origin)}, {entity: e, quote: i, second: true}}
}

func holds(s, part string) bool {
	return part == "" || strings.Contains(strings.ToLower(s), strings.ToLower(part))
}

// formRows lists the forms in which e is mentioned, in the order of the text.
func formRows(text string, entity int, e *annotate.Entity) []row {
	var out []row
	for _, m := range e.Mentions {
		form := session.OneLine(m.In(text))
		i := slices.IndexFunc(out, func(r row) bool { return r.form == form })
		if i < 0 {
			out = append(out, row{entity: entity, quote: -1, form: form, sign: stateSign(m.State, m.Origin)})
			i = len(out) - 1
		}
		out[i].count++
		if s := stateSign(m.State, m.Origin); s != out[i].sign {
			out[i].sign = theme.SignSome
		}
	}
	return out
}

// doubtful is the score below which a guess is shown as a question.
const doubtful = 0.6

func stateSign(s annotate.State, o annotate.Origin) string {
	switch {
	case s == annotate.Confirmed:
		return theme.SignConfirmed
	case s == annotate.Rejected:
		return theme.SignRejected
	case o.Score > 0 && o.Score < doubtful:
		return theme.SignDoubtful
	}
	return theme.SignSuggested
}

// entitySign sums up the states of e's mentions.
func entitySign(e *annotate.Entity) string {
	var n [3]int
	best := annotate.Origin{}
	for i := range e.Mentions {
		m := &e.Mentions[i]
		n[m.State]++
		if m.Origin.Score > best.Score {
			best = m.Origin
		}
	}
	switch all := len(e.Mentions); {
	case n[annotate.Confirmed] == all:
		return theme.SignConfirmed
	case n[annotate.Rejected] == all:
		return theme.SignRejected
	case n[annotate.Proposed] == all:
		return stateSign(annotate.Proposed, best)
	}
	return theme.SignSome
}

// count counts the entities of each tab, and the quotes, that are not rejected; was is the scene before.
func (s *Scene) count(was *Scene) {
	n := &s.totals
	for i := range s.Layer.Entities {
		if s.signs[i] != theme.SignRejected {
			n[tabOf(s.Layer.Entities[i].Type)]++
		}
	}
	n[quotesTab] = was.totals[quotesTab]
	gone, come := annotate.Changed(was.Layer.Quotes, s.Layer.Quotes)
	for _, q := range gone {
		if q.State != annotate.Rejected {
			n[quotesTab]--
		}
	}
	for _, q := range come {
		if q.State != annotate.Rejected {
			n[quotesTab]++
		}
	}
}
