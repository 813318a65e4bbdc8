package reader

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
	"byline/ui"
	"byline/ui/textview"
)

// decideMsg asks a reader for a decision that was chosen from a list.
type decideMsg struct {
	to     *Screen
	change review.Change
	on     bool // and then goes on to the next claim to review
}

// previewMsg asks a reader to mark what is about to be decided on.
type previewMsg struct {
	to      *Screen
	targets []review.Target
}

// marking marks what the choice under the cursor of a list is about; of[i] belongs to the
// choice i, and where there is no other, the last to all.
func (s *Screen) marking(of ...[]review.Target) func(int) tea.Cmd {
	return func(at int) tea.Cmd {
		if at < 0 {
			return ui.Send(previewMsg{to: s})
		}
		return ui.Send(previewMsg{s, of[min(at, len(of)-1)]})
	}
}

// showPreview marks targets in the text until it is called with none.
func (s *Screen) showPreview(targets []review.Target) {
	ms := make([]textview.Mark, len(targets))
	for i, t := range targets {
		ms[i] = textview.Mark{Span: t.Span, Look: lookFound}
	}
	slices.SortFunc(ms, func(a, b textview.Mark) int { return a.Compare(b.Span) })
	s.text.SetMarks(layerPreview, ms)
}

// later returns a command that makes the decision c.
func (s *Screen) later(c review.Change) tea.Cmd { return ui.Send(decideMsg{to: s, change: c}) }

func (s *Screen) handleClusters(a ui.Action) (tea.Cmd, bool) {
	switch a {
	case Speaker:
		return s.askSpeaker(), true
	case CueHere:
		return s.cueHere(), true
	case Merge:
		return s.askMerge(), true
	case Split:
		return s.split(), true
	case Rename:
		return s.askName(), true
	}
	return nil, false
}

// numbered gives the first nine choices the digits as keys.
func numbered(cs []ui.Choice) []ui.Choice {
	for i := range min(9, len(cs)) {
		cs[i].Key = fmt.Sprint(i + 1)
	}
	return cs
}

// spot returns where span stands on the screen; nil where it does not.
func (s *Screen) spot(span articles.Span) *ui.Spot {
	f := &s.frame
	x, first, ok := s.text.Locate(span.Start)
	end, last, all := s.text.Locate(span.End - 1)
	switch {
	case f.textW == 0 || !ok && !all:
		return nil
	case !all:
		last = f.body - 1
	case !ok:
		x, first = end, 0
	}
	if last > first {
		x = gutter
	}
	const list = 56 // cells of a list beside; it leaves the panel in view where it can
	top := f.header + f.above
	return &ui.Spot{X: max(0, min(f.textX+x-gutter, f.room.to-list)), First: top + first, Last: top + last}
}

// mentionOf returns the mention of entity e that stands nearest to byte off.
func (s *Screen) mentionOf(e, off int) articles.Span {
	best := articles.Span{}
	for _, m := range s.scene.layer.Entities[e].Mentions {
		if m.State != annotate.Rejected && (best.Empty() || away(m.Span, off) < away(best, off)) {
			best = m.Span
		}
	}
	return best
}

// away returns how many bytes lie between s and off.
func away(s articles.Span, off int) int { return max(0, s.Start-off, off-s.End) }

// askSpeaker offers who may speak the current quote, the likeliest first: whom the engine
// or a person named, then who is named nearest.
func (s *Screen) askSpeaker() tea.Cmd {
	c, ok := s.target()
	if !ok || c.kind() != annotate.OfQuote {
		return ui.Tell("go to a quote first: {reader.next-quote}")
	}
	q := s.scene.layer.Quotes[c.index]
	target := []review.Target{{Kind: annotate.OfQuote, Span: c.Span}}
	var choices []ui.Choice
	for _, e := range s.speakers(c.index) {
		at := s.mentionOf(e, q.Start)
		if !q.SpeakerMention.Empty() && s.scene.speaker(c.index) == e {
			at = q.SpeakerMention
		}
		ent := &s.scene.layer.Entities[e]
		choices = append(choices, ui.Choice{
			Label: ent.Name, Detail: string(ent.Type), Color: kindColor(s.frame.theme, ent.Type),
			Do: s.later(review.Change{Verb: annotate.Attribute, Targets: target, To: at}),
		})
	}
	choices = slices.Insert(numbered(choices), min(9, len(choices)), ui.Choice{
		Label: "nobody", Detail: "who is named in the article", Key: "0", Do: s.later(review.Change{Verb: annotate.Attribute, Targets: target}),
	})
	return ui.Send(ui.ChooseMsg{
		Title: "Who says “" + short(oneLine(strings.Trim(c.In(s.article.Text), "“”\"‘’'"))) + "”?", Choices: choices, Beside: s.spot(c.Span),
		Else: func(name string) tea.Cmd { return s.newSpeaker(target, name) },
	})
}

// speakers returns the people and organizations of the article, those first who are
// likeliest to speak quote q.
func (s *Screen) speakers(q int) []int {
	quote, now := s.scene.layer.Quotes[q], s.scene.speaker(q)
	type candidate struct{ entity, rank int }
	var cs []candidate
	for i := range s.scene.layer.Entities {
		e := &s.scene.layer.Entities[i]
		if t := tabOf(e.Type); t == placesTab || t == ownTab || entitySign(e) == signRejected {
			continue
		}
		cs = append(cs, candidate{i, nearness(e, quote.Span)})
		if i == now {
			cs[len(cs)-1].rank = -1
		}
	}
	slices.SortStableFunc(cs, func(a, b candidate) int { return cmp.Compare(a.rank, b.rank) })
	out := make([]int, len(cs))
	for i, c := range cs {
		out[i] = c.entity
	}
	return out
}

// nearness returns how far e is named from s, in bytes; what stands behind counts three
// times, what stands inside not at all.
func nearness(e *annotate.Entity, s articles.Span) int {
	best := 1 << 40
	for _, m := range e.Mentions {
		switch {
		case m.State == annotate.Rejected || m.Overlaps(s):
		case m.End <= s.Start:
			best = min(best, s.Start-m.End)
		default:
			best = min(best, 3*(m.Start-s.End))
		}
	}
	return best
}

// newSpeaker attributes to somebody whose name is typed, where the article has it; else
// the quote gets a note of it.
func (s *Screen) newSpeaker(quote []review.Target, name string) tea.Cmd {
	at := s.nearest(name, quote[0].Start)
	if at.Empty() {
		return s.enqueue(review.Change{Verb: annotate.Note, Targets: quote, Value: "said by " + name})
	}
	return s.enqueue(review.Change{Verb: annotate.Attribute, Targets: quote, To: at})
}

// nearest returns the place of words in the text, in any case, that is nearest to off.
func (s *Screen) nearest(words string, off int) articles.Span {
	best := articles.Span{}
	for _, at := range hitsOf(s.article.Text, strings.ToLower(words)) {
		if review.Bounded(s.article.Text, at) && (best.Empty() || away(at, off) < away(best, off)) {
			best = at
		}
	}
	return best
}

// askMerge offers whom the current name may be the same as; marked rows of the panel are
// joined at once.
func (s *Screen) askMerge() tea.Cmd {
	if len(s.panel.marked) > 1 {
		return s.mergeMarked()
	}
	c, ok := s.target()
	if !ok || c.kind() != annotate.OfMention {
		return ui.Tell("go to a name first: {reader.next}")
	}
	own := s.scene.layer.Entities[c.entity]
	target := []review.Target{{Kind: annotate.OfMention, Span: c.Span}}
	var choices []ui.Choice
	for _, e := range s.alike(c.entity) {
		ent := &s.scene.layer.Entities[e]
		choices = append(choices, ui.Choice{
			Label: ent.Name, Detail: fmt.Sprintf("%s, %d", ent.Type, len(ent.Mentions)), Color: kindColor(s.frame.theme, ent.Type),
			Do: s.later(review.Change{Verb: annotate.Merge, Targets: target, To: s.mentionOf(e, c.Start)}),
		})
	}
	if len(choices) == 0 {
		return ui.Tell("nobody and nothing else is named here")
	}
	return ui.Send(ui.ChooseMsg{Title: "“" + short(own.Name) + "” is the same as", Choices: numbered(choices), Beside: s.spot(c.Span)})
}

// alike returns the other entities, those first that share most words with entity e and
// have its type, and of these those named most.
func (s *Screen) alike(e int) []int {
	own := s.scene.layer.Entities[e]
	rank := func(i int) int {
		o := &s.scene.layer.Entities[i]
		n := 4 * len(shared(own.Name, o.Name))
		if initials(own.Name) == o.Name || initials(o.Name) == own.Name {
			n += 6
		}
		if o.Type == own.Type {
			n += 2
		}
		return -n
	}
	var out []int
	for i := range s.scene.layer.Entities {
		if o := &s.scene.layer.Entities[i]; i != e && entitySign(o) != signRejected {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)),
			cmp.Compare(len(s.scene.layer.Entities[b].Mentions), len(s.scene.layer.Entities[a].Mentions)))
	})
	return out
}

// shared returns the words that names a and b have both.
func shared(a, b string) []string {
	of := strings.Fields(strings.ToLower(b))
	return slices.DeleteFunc(strings.Fields(strings.ToLower(a)), func(w string) bool { return !slices.Contains(of, w) })
}

// initials returns the first letters of the words of a name: "HSA".
func initials(name string) string {
	out := ""
	for w := range strings.FieldsSeq(name) {
		if r := []rune(w)[0]; strings.ToUpper(string(r)) == string(r) {
			out += string(r)
		}
	}
	return out
}

// mergeMarked joins the entities of the marked rows, the one named most taking the others
// in, as one step.
func (s *Screen) mergeMarked() tea.Cmd {
	es := s.panel.marked.entities()
	slices.SortStableFunc(es, func(a, b int) int {
		return cmp.Compare(len(s.scene.layer.Entities[b].Mentions), len(s.scene.layer.Entities[a].Mentions))
	})
	change := review.Change{Verb: annotate.Merge, To: s.mentionOf(es[0], 0)}
	for _, e := range es[1:] {
		change.Targets = append(change.Targets, review.Target{Kind: annotate.OfMention, Span: s.mentionOf(e, 0)})
	}
	s.panel.marked = nil
	s.pointTo(change.To)
	return s.enqueue(change)
}

// pointTo makes the mention on span the current one.
func (s *Screen) pointTo(span articles.Span) {
	if at := s.scene.find(annotate.OfMention, span); at >= 0 {
		s.point(at)
	}
}

// split parts the current name, or what the marked rows stand for, from whom it was taken
// for. What is parted at once stays together.
func (s *Screen) split() tea.Cmd {
	targets := s.targets()
	if len(s.panel.marked) > 0 {
		targets = s.markedTargets()
		s.panel.marked = nil
		s.pointTo(targets[0].Span)
	}
	if len(targets) == 0 || targets[0].Kind != annotate.OfMention {
		return ui.Tell("go to a name first: {reader.next}")
	}
	c := review.Change{Verb: annotate.Split, Targets: targets}
	if len(targets) > 1 {
		c.To = targets[0].Span
	}
	return s.enqueue(c)
}

// askName asks what the current person or organization is to be called.
func (s *Screen) askName() tea.Cmd {
	c, ok := s.target()
	if !ok || c.kind() != annotate.OfMention {
		return ui.Tell("go to a name first: {reader.next}")
	}
	target := []review.Target{{Kind: annotate.OfMention, Span: c.Span}}
	return ui.Send(ui.AskMsg{
		Prompt: "call it:", Initial: s.scene.layer.Entities[c.entity].Name,
		Done: func(name string) tea.Cmd {
			if name = strings.TrimSpace(name); name == "" {
				return nil
			}
			return s.enqueue(review.Change{Verb: annotate.Rename, Targets: target, Value: name})
		},
	})
}

// short returns words cut to what a title has room for.
func short(words string) string {
	if r := []rune(words); len(r) > 44 {
		return string(r[:43]) + "…"
	}
	return words
}

// cueHere makes the selected words the cue of the current quote, or of the one nearest to
// them; without a selection it takes the current quote's cue away.
func (s *Screen) cueHere() tea.Cmd {
	c, ok := s.target()
	if !ok || c.kind() != annotate.OfQuote {
		at := -1
		for i, o := range s.scene.claims {
			if s.sel.on && isQuote(o) && (at < 0 || away(o.Span, s.sel.span.Start) < away(s.scene.claims[at].Span, s.sel.span.Start)) {
				at = i
			}
		}
		if at < 0 {
			return ui.Tell("go to a quote first: {reader.next-quote}")
		}
		c = s.scene.claims[at]
	}
	change := review.Change{Verb: annotate.Cue, Targets: []review.Target{{Kind: annotate.OfQuote, Span: c.Span}}}
	if s.sel.on {
		change.To = s.sel.span
	}
	s.drop()
	s.cur = cursor{at: s.scene.find(annotate.OfQuote, c.Span), kind: annotate.OfQuote, span: c.Span}
	return s.enqueue(change)
}
