package display

import (
	"slices"
	"strings"
	"sync/atomic"

	uv "github.com/charmbracelet/ultraviolet"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
	"byline/ui"
	"byline/ui/session"
	"byline/ui/textview"
	"byline/ui/theme"
)

// Indices into the looks of the text view. Those of names come after them, see [lookOf].
const (
	lookQuote = iota
	lookQuoteNow
	lookBar
	lookFlag // the sign of a question
	lookGone // the sign of a rejected quote
	lookSame // another mention of the current entity
	lookCurrent
	lookCue
	lookFound    // a place that a search found
	lookFoundNow // the current one
	lookSelected
	lookPassage // words that somebody noted or highlighted
	lookTitle   // the title of a plain text
	lookRefers  // a pronoun or a common noun, by state
	lookNames   = lookRefers + int(theme.Rejected) + 1
)

// lookOf returns the index of the look of a mention of an entity of type typ.
func lookOf(typ annotate.Type, m *annotate.Mention) int {
	s := stateOf(m.State, &m.Origin)
	if m.Form != annotate.Name && s != theme.Rejected {
		return lookRefers + int(s)
	}
	return lookNames + int(ui.KindOf(typ))*int(theme.Rejected+1) + int(s)
}

// stateOf returns the state that is shown of a claim.
func stateOf(s annotate.State, o *annotate.Origin) theme.State {
	switch {
	case s == annotate.Rejected:
		return theme.Rejected
	case s == annotate.Confirmed && o.Human && o.Rule != string(annotate.Confirm):
		return theme.Edited
	case s == annotate.Confirmed:
		return theme.Confirmed
	}
	return theme.Suggested
}

// The layers of marks, bottom to top.
const (
	layerTitle = iota
	layerPassages
	layerQuotes
	layerQuoteNow // below the names in it, so that both show
	layerMentions
	layerSame
	layerCurrent
	layerFound
	layerPreview // what is about to be decided on
	layerSelected
)

// The layers of the gutter.
const (
	gutterQuotes = iota
	gutterNotes
	gutterQuestions
	gutterHere
)

// Looks makes the text view's styles from a theme.
func Looks(th *theme.Theme) textview.Styles {
	ls := []textview.Look{
		lookQuote: th.Spoken(false), lookQuoteNow: th.Spoken(true),
		lookBar: {Fg: th.Color.Quote}, lookFlag: {Fg: th.Color.Bad, Bold: true}, lookGone: th.Mark(theme.Other, theme.Rejected),
		lookSame: th.Same(), lookCurrent: th.Cursor(),
		lookCue:   {Fg: th.Color.Quote, Bold: true, Underline: uv.UnderlineSingle},
		lookFound: th.Found(false), lookFoundNow: th.Found(true), lookSelected: th.Selected(),
		lookPassage: th.Highlighted(), lookTitle: {Fg: th.Color.Accent, Bold: true},
	}
	for s := range theme.Rejected + 1 {
		l := th.Mark(theme.Person, s)
		l.Fg = nil
		ls = append(ls, l)
	}
	for k := range theme.Own + 1 {
		for s := range theme.Rejected + 1 {
			ls = append(ls, th.Mark(k, s))
		}
	}
	palette := textview.Palette{
		Heading: th.Color.Accent, Link: th.Color.Link, Code: th.Color.Code, Ticks: th.Color.Code == nil,
		Quote: th.Color.Muted, Faint: th.Color.Muted,
		Parts: textview.Parts{
			Keyword: th.Color.Code, Name: th.Color.Accent, String: th.Color.Good, Number: th.Color.Quote, Comment: th.Color.Muted,
		},
	}
	return textview.Styles{Looks: ls, Palette: palette, Gutter: textview.Look{Fg: th.Color.Muted}}
}

// A markSet is what a layer looks like wherever the cursor is.
type markSet struct {
	quotes   textview.Marks
	mentions [2]atomic.Pointer[textview.Marks] // without places, and with them; nil until needed
	gutter   textview.Gutter
}

// mentionMarks returns the marks of mentions, with places or without.
func (s *Scene) mentionMarks(places bool) textview.Marks {
	kept := &s.marks.mentions[0]
	if places {
		kept = &s.marks.mentions[1]
	}
	if ms := kept.Load(); ms != nil {
		return *ms
	}
	out := make([]textview.Mark, 0, len(s.List)-len(s.Layer.Quotes))
	for _, c := range s.List {
		if session.IsQuote(c) {
			continue
		}
		e := &s.Layer.Entities[c.Entity]
		m := &e.Mentions[c.Index]
		if places || m.State != annotate.Proposed || tabOf(e.Type) != placesTab {
			out = append(out, textview.Mark{Span: c.Span, Look: lookOf(e.Type, m)})
		}
	}
	ms := textview.NewMarks(out)
	kept.Store(&ms)
	return ms
}

// takeMarks takes the marks of mentions from the scene before, if all claims are where they were: shared are the entities that are as
// they were there. That is left to [Scene.mentionMarks] where marks may have come or gone.
func (s *Scene) takeMarks(was *Scene, kind int, shared []int) {
	if len(s.List) == 0 || len(s.List) != len(was.List) || &s.List[0] != &was.List[0] {
		return
	}
	var changed []textview.Mark
	for i, k := range shared {
		if k >= 0 {
			continue
		}
		e := &s.Layer.Entities[i]
		if kind == 0 && (tabOf(e.Type) == placesTab || tabOf(was.Layer.Entities[i].Type) == placesTab) {
			return
		}
		for m := range e.Mentions {
			changed = append(changed, textview.Mark{Span: e.Mentions[m].Span, Look: lookOf(e.Type, &e.Mentions[m])})
		}
	}
	if ms, ok := was.marks.mentions[kind].Load().Relook(changed); ok {
		s.marks.mentions[kind].Store(&ms)
	}
}

// markQuotes makes the marks of quotes and, with bars, the bars next to them. It takes what has not changed from was.
func (s *Scene) markQuotes(was *Scene, bars bool) {
	qs, before := s.Layer.Quotes, was.Layer.Quotes
	s.marks.quotes, s.marks.gutter = was.marks.quotes, was.marks.gutter
	placed := len(qs) == len(before) // all are where they were
	marked := placed                 // and so are their marks
	var changed []textview.GutterMark
	for i := 0; placed && i < len(qs); i++ {
		if q, b := qs[i], before[i]; q != b {
			placed, marked = q.Span == b.Span, marked && q.Span == b.Span && quoteMarked(q) == quoteMarked(b)
			changed = append(changed, quoteBar(q))
		}
	}
	if !marked {
		s.marks.quotes = quoteMarks(qs)
	}
	if !bars {
		return
	}
	ok := false
	if placed {
		s.marks.gutter, ok = was.marks.gutter.Relook(changed)
	}
	if !ok {
		all := make([]textview.GutterMark, len(qs))
		for i, q := range qs {
			all[i] = quoteBar(q)
		}
		s.marks.gutter = textview.NewGutter(all)
	}
}

// quoteMarks makes the marks of quotes.
func quoteMarks(qs []*annotate.Quote) textview.Marks {
	var out []textview.Mark
	for _, q := range qs {
		if quoteMarked(q) {
			out = append(out, textview.Mark{Span: q.Span, Look: lookQuote})
		}
	}
	return textview.NewMarks(out)
}

// quoteMarked reports whether the words of q have a mark.
func quoteMarked(q *annotate.Quote) bool {
	return q.Type != annotate.Indirect && q.State != annotate.Rejected
}

// quoteBar returns the bar next to q.
func quoteBar(q *annotate.Quote) textview.GutterMark {
	indirect := 0
	if q.Type == annotate.Indirect {
		indirect = 1
	}
	return textview.GutterMark{Span: q.Span, Bar: &bars.quotes[stateOf(q.State, &q.Origin)][indirect]}
}

// bars are the signs next to the text; those of quotes by state, with marks and without.
var bars = struct {
	quotes               [theme.Rejected + 1][2]textview.Bar
	here, note, question textview.Bar
}{
	quotes: [theme.Rejected + 1][2]textview.Bar{
		theme.Suggested: {{Sign: theme.BarSuggested, Look: lookBar}, {Sign: theme.BarSuggestedIndirect, Look: lookBar}},
		theme.Confirmed: {{Sign: theme.BarConfirmed, Look: lookBar}, {Sign: theme.BarConfirmedIndirect, Look: lookBar}},
		theme.Edited:    {{Sign: theme.BarEdited, Look: lookBar}, {Sign: theme.BarEdited, Look: lookBar}},
		theme.Rejected:  {{First: theme.SignRejected, Look: lookGone}, {First: theme.SignRejected, Look: lookGone}},
	},
	here:     textview.Bar{Sign: theme.SignHere, Look: lookBar},
	note:     textview.Bar{Sign: theme.SignNote, Column: 1, Look: lookBar},
	question: textview.Bar{Sign: theme.SignQuestion, Column: 1, Look: lookFlag},
}

// A focus is what the current claim adds to the marks.
type focus struct {
	quote  []textview.Mark // the current quote itself
	same   []textview.Mark // the other mentions of its entity or speaker
	now    []textview.Mark // the current mention; of a quote, its speaker and cue
	gutter []textview.GutterMark
}

func (s *Scene) focus(text string, at int) focus {
	if at < 0 {
		return focus{}
	}
	c := s.List[at]
	first := articles.Span{Start: c.Start, End: c.Start + 1}
	f := focus{gutter: []textview.GutterMark{{Span: first, Bar: &bars.here}}}
	if c.Kind() == annotate.OfMention {
		f.same = s.marksOn(c.Entity)
		f.now = []textview.Mark{{Span: c.Span, Look: lookCurrent}}
		return f
	}
	q := s.Layer.Quotes[c.Index]
	if !q.Cue.Empty() {
		f.now = append(f.now, textview.Mark{Span: q.Cue, Look: lookCue})
	}
	named := []articles.Span{q.SpeakerMention}
	for _, e := range s.Speakers(c.Index) {
		f.same = append(f.same, s.marksOn(e)...)
		named = append(named, q.Naming(&s.Layer.Entities[e], text))
	}
	slices.SortFunc(named, articles.Span.Compare)
	for _, span := range slices.Compact(named) {
		if !span.Empty() {
			f.now = append(f.now, textview.Mark{Span: span, Look: lookSame})
		}
	}
	f.quote = []textview.Mark{{Span: c.Span, Look: lookQuoteNow}}
	return f
}

func (s *Scene) marksOn(entity int) []textview.Mark {
	var out []textview.Mark
	for _, m := range s.Layer.Entities[entity].Mentions {
		if m.State != annotate.Rejected {
			out = append(out, textview.Mark{Span: m.Span, Look: lookSame})
		}
	}
	return out
}

// MarkTitle sets off the title of a, if that is its first lines, and it is a plain text: there nothing says that they are a heading.
func (s *Display) MarkTitle(a *articles.Article) {
	var ms []textview.Mark
	if a.Format == articles.Plain && len(a.Blocks) > 0 && a.Text[a.Blocks[0].Start:a.Blocks[0].End] == a.Title {
		ms = []textview.Mark{{Span: a.Blocks[0].Span, Look: lookTitle}}
	}
	s.Text.SetMarks(layerTitle, ms)
}

// Remark lays the marks of the scene on the text, and those of the current claim.
func (s *Display) Remark() {
	ms := &s.Scene.marks
	s.Text.SetMarks(layerPassages, s.Scene.passages())
	s.Text.LayMarks(layerQuotes, ms.quotes)
	s.Text.LayMarks(layerMentions, s.Scene.mentionMarks(s.Panel.Tab == placesTab || s.session.Modes().Asides))
	s.Text.LayGutter(gutterQuotes, ms.gutter)
	s.Text.SetGutter(gutterNotes, s.Scene.remarks().gutter(theme.SignNote, &bars.note))
	s.Text.SetGutter(gutterQuestions, s.Scene.remarks().gutter(theme.SignQuestion, &bars.question))
	s.refocus()
}

// passages marks the words that somebody noted or highlighted.
func (s *Scene) passages() []textview.Mark {
	var out []textview.Mark
	for _, r := range s.Layer.Passages() {
		out = append(out, textview.Mark{Span: r.Span, Look: lookPassage})
	}
	return out
}

// refocus lays the marks of the current claim on the text.
func (s *Display) refocus() {
	f := s.Scene.focus(s.Words(), s.session.Cursor())
	s.Text.SetMarks(layerQuoteNow, f.quote)
	s.Text.SetMarks(layerSame, f.same)
	s.Text.SetMarks(layerCurrent, f.now)
	s.Text.SetGutter(gutterHere, f.gutter)
}

// question is the value of the tag that flags a claim for a second look.
const question = "question"

// remarks are what people remarked, by claim.
type remarks map[review.Target][]annotate.Remark

// signs returns the signs of what is remarked on claims: each once, the flag first.
func (r remarks) signs(ts ...review.Target) string {
	flag, note := "", ""
	for _, t := range ts {
		for _, m := range r[t] {
			if m.Highlights() {
				continue
			}
			if m.Tag {
				flag = theme.SignQuestion
			} else {
				note = theme.SignNote
			}
		}
	}
	return flag + note
}

// Words says what is remarked on a claim, for the line below the text.
func (r remarks) words(t review.Target) string {
	var out []string
	for _, m := range r[t] {
		switch {
		case m.Highlights():
			out = append(out, "highlighted")
		case m.Tag && m.Text == question:
			out = append(out, theme.SignQuestion+" flagged")
		case m.Tag:
			out = append(out, theme.SignQuestion+" "+m.Text)
		default:
			out = append(out, theme.SignNote+" "+session.OneLine(m.Text))
		}
	}
	if len(out) == 0 {
		return ""
	}
	return " · " + strings.Join(out, " · ")
}

// gutter puts a sign next to the rows where claims begin that have it.
func (r remarks) gutter(sign string, bar *textview.Bar) []textview.GutterMark {
	out := make([]textview.GutterMark, 0, len(r))
	for t := range r {
		if strings.Contains(r.signs(t), sign) {
			out = append(out, textview.GutterMark{Span: articles.Span{Start: t.Start, End: t.Start + 1}, Bar: bar})
		}
	}
	return out
}

// rowSigns returns the signs of what a row of the panel is about.
func (s *Scene) rowSigns(text string, r row) string {
	if len(s.Remarks) == 0 || r.second {
		return ""
	}
	if r.quote >= 0 {
		return s.remarks().signs(review.Target{Kind: annotate.OfQuote, Span: s.Layer.Quotes[r.quote].Span})
	}
	return s.remarks().signs(s.targetsOf(text, r.entity, r.form)...)
}
