package display

import (
	"image/color"
	"slices"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
	"byline/ui/session"
	"byline/ui/textview"
	"byline/ui/theme"
)

// Indices into the looks of the text view.
const (
	lookPerson = iota
	lookOrganization
	lookPlace
	lookOwn
	lookQuote
	lookQuoteNow
	lookBar
	lookConfirmed
	lookRejected
	lookRefers   // a pronoun or a common noun
	lookSame     // another mention of the current entity
	lookCurrent  // the current claim
	lookSpeaker  // who speaks the current quote, and the cue
	lookFound    // a place that a search found
	lookFoundNow // the current one
	lookSelected
	lookFlag // the sign of a question
	lookCount
)

// The layers of marks, bottom to top.
const (
	layerQuotes   = iota
	layerQuoteNow // below the names in it, so that both show
	layerMentions
	layerStates
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

// KindColor returns the colour of entities of type typ.
func KindColor(th *theme.Theme, typ annotate.Type) color.Color {
	switch tabOf(typ) {
	case peopleTab:
		return th.Color.Person
	case orgsTab:
		return th.Color.Organization
	case placesTab:
		return th.Color.Place
	}
	return th.Color.Own
}

// Looks makes the text view's styles from a theme. Each kind has an underline of
// its own besides its colour.
func Looks(th *theme.Theme) textview.Styles {
	ls := make([]textview.Look, lookCount)
	ls[lookPerson] = textview.Look{Fg: th.Color.Person, Underline: uv.UnderlineSingle}
	ls[lookOrganization] = textview.Look{Fg: th.Color.Organization, Underline: uv.UnderlineDouble}
	ls[lookPlace] = textview.Look{Fg: th.Color.Place, Underline: uv.UnderlineDotted}
	ls[lookOwn] = textview.Look{Fg: th.Color.Own, Underline: uv.UnderlineCurly}
	ls[lookQuote] = textview.Look{Italic: true}
	ls[lookQuoteNow] = textview.Look{Fg: th.Color.Quote, Bold: true}
	ls[lookBar] = textview.Look{Fg: th.Color.Quote}
	ls[lookConfirmed] = textview.Look{Bold: true}
	ls[lookRejected] = textview.Look{Fg: th.Color.Muted, Faint: th.Color.Muted == nil, Strike: true}
	ls[lookRefers] = textview.Look{Underline: uv.UnderlineDotted}
	ls[lookSame] = textview.Look{Bold: true, Underline: uv.UnderlineSingle}
	ls[lookCurrent] = textview.Look{Reverse: true, Bold: true}
	ls[lookSpeaker] = textview.Look{Fg: th.Color.Quote, Bold: true, Underline: uv.UnderlineSingle}
	ls[lookFound] = textview.Look{Fg: th.Color.OnMatch, Bg: th.Color.Match}
	ls[lookFoundNow] = textview.Look{Fg: th.Color.OnMatch, Bg: th.Color.Match, Bold: true, Underline: uv.UnderlineSingle}
	ls[lookSelected] = textview.Look{Fg: th.Color.OnSelect, Bg: th.Color.Select, Reverse: th.Color.Select == nil}
	ls[lookFlag] = textview.Look{Fg: th.Color.Bad, Bold: true}
	palette := textview.Palette{
		Heading: th.Color.Accent, Link: th.Color.Accent, Code: th.Color.Place, Quote: th.Color.Muted, Faint: th.Color.Muted,
	}
	return textview.Styles{Looks: ls, Palette: palette, Gutter: textview.Look{Fg: th.Color.Muted}}
}

// A markSet is what a layer looks like wherever the cursor is.
type markSet struct {
	quotes, mentions, places, states []textview.Mark
	gutter                           []textview.GutterMark
}

func markLayer(l *annotate.Layer) markSet {
	n := 0
	for i := range l.Entities {
		n += len(l.Entities[i].Mentions)
	}
	ms := markSet{
		mentions: make([]textview.Mark, 0, n),
		quotes:   make([]textview.Mark, 0, len(l.Quotes)), gutter: make([]textview.GutterMark, 0, len(l.Quotes)),
	}
	for i := range l.Entities {
		for _, m := range l.Entities[i].Mentions {
			ms.mention(&l.Entities[i], m)
		}
	}
	for _, q := range l.Quotes {
		ms.quote(q)
	}
	for _, list := range [][]textview.Mark{ms.quotes, ms.mentions, ms.places, ms.states} {
		slices.SortStableFunc(list, func(a, b textview.Mark) int { return a.Compare(b.Span) })
	}
	return ms
}

func (ms *markSet) mention(e *annotate.Entity, m annotate.Mention) {
	if m.State == annotate.Rejected {
		ms.states = append(ms.states, textview.Mark{Span: m.Span, Look: lookRejected})
		return
	}
	mark := textview.Mark{Span: m.Span, Look: kindLook(e.Type)}
	if m.Form != annotate.Name {
		mark.Look = lookRefers
	}
	if tabOf(e.Type) == placesTab {
		ms.places = append(ms.places, mark)
	} else {
		ms.mentions = append(ms.mentions, mark)
	}
	if m.State == annotate.Confirmed {
		ms.states = append(ms.states, textview.Mark{Span: m.Span, Look: lookConfirmed})
	}
}

func kindLook(typ annotate.Type) int {
	return [...]int{lookPerson, lookOrganization, lookQuote, lookPlace, lookOwn}[tabOf(typ)]
}

// bars are the signs next to the text.
var bars = struct{ quote, indirect, confirmed, here, note, question textview.Bar }{
	quote:     textview.Bar{Sign: "▎", Look: lookBar},
	indirect:  textview.Bar{Sign: "┊", Look: lookBar},
	confirmed: textview.Bar{Sign: "▌", Look: lookBar},
	here:      textview.Bar{Sign: "▸", Look: lookBar},
	note:      textview.Bar{Sign: signNote, Column: 1, Look: lookBar},
	question:  textview.Bar{Sign: signQuestion, Column: 1, Look: lookFlag},
}

func (ms *markSet) quote(q annotate.Quote) {
	if q.State == annotate.Rejected {
		return
	}
	bar := &bars.quote
	if q.Type == annotate.Indirect {
		bar = &bars.indirect
	} else {
		ms.quotes = append(ms.quotes, textview.Mark{Span: q.Span, Look: lookQuote})
	}
	if q.State == annotate.Confirmed {
		bar = &bars.confirmed
	}
	ms.gutter = append(ms.gutter, textview.GutterMark{Span: q.Span, Bar: bar})
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
		f.same = s.mentionMarks(c.Entity)
		f.now = []textview.Mark{{Span: c.Span, Look: lookCurrent}}
		return f
	}
	q := s.Layer.Quotes[c.Index]
	named := []articles.Span{q.SpeakerMention, q.Cue}
	for _, e := range s.Speakers(c.Index) {
		f.same = append(f.same, s.mentionMarks(e)...)
		named = append(named, q.Naming(&s.Layer.Entities[e], text))
	}
	slices.SortFunc(named, articles.Span.Compare)
	for _, span := range slices.Compact(named) {
		if !span.Empty() {
			f.now = append(f.now, textview.Mark{Span: span, Look: lookSpeaker})
		}
	}
	f.quote = []textview.Mark{{Span: c.Span, Look: lookQuoteNow}}
	return f
}

func (s *Scene) mentionMarks(entity int) []textview.Mark {
	var out []textview.Mark
	for _, m := range s.Layer.Entities[entity].Mentions {
		if m.State != annotate.Rejected {
			out = append(out, textview.Mark{Span: m.Span, Look: lookSame})
		}
	}
	return out
}

// Remark lays the marks of the scene on the text, and those of the current claim.
func (s *Display) Remark() {
	ms := s.Scene.marks
	mentions := ms.mentions
	if s.Panel.Tab == placesTab {
		mentions = slices.Concat(mentions, ms.places)
	}
	s.Text.SetMarks(layerQuotes, ms.quotes)
	s.Text.SetMarks(layerMentions, mentions)
	s.Text.SetMarks(layerStates, ms.states)
	s.Text.SetGutter(gutterQuotes, ms.gutter)
	s.Text.SetGutter(gutterNotes, s.Scene.remarks().gutter(signNote, &bars.note))
	s.Text.SetGutter(gutterQuestions, s.Scene.remarks().gutter(signQuestion, &bars.question))
	s.refocus()
}

// refocus lays the marks of the current claim on the text.
func (s *Display) refocus() {
	f := s.Scene.focus(s.Words(), s.session.Cursor())
	s.Text.SetMarks(layerQuoteNow, f.quote)
	s.Text.SetMarks(layerSame, f.same)
	s.Text.SetMarks(layerCurrent, f.now)
	s.Text.SetGutter(gutterHere, f.gutter)
}

// The signs of what people remarked on a claim.
const (
	signQuestion = "⚑"
	signNote     = "✎"
)

// question is the value of the tag that marks a claim as doubtful.
const question = "question"

// remarks are what people remarked, by claim.
type remarks map[review.Target][]annotate.Remark

// signs returns the signs of what is remarked on claims: each once, the flag first.
func (r remarks) signs(ts ...review.Target) string {
	flag, note := "", ""
	for _, t := range ts {
		for _, m := range r[t] {
			if m.Tag {
				flag = signQuestion
			} else {
				note = signNote
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
		case m.Tag && m.Text == question:
			out = append(out, signQuestion+" doubtful")
		case m.Tag:
			out = append(out, signQuestion+" "+m.Text)
		default:
			out = append(out, signNote+" "+session.OneLine(m.Text))
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
