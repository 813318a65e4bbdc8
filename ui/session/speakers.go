package session

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/review"
	"byline/articles"
)

// setSpeaker says who speaks the current quote: whom a names, nobody, or, where it names
// no one, whom a choice is offered of, the likeliest first.
func setSpeaker(s *Session, a Action) Effect {
	c, ok := s.Current()
	if !ok || !IsQuote(c) {
		return Effect{None: noQuote}
	}
	edit := review.Edit{Verb: annotate.Attribute, Targets: []review.Target{c.Target()}}
	switch {
	case a.Text == "":
		return askSpeaker(s, s.claims.Layer.Quotes[c.Index])
	case slices.Contains(nobody, strings.ToLower(a.Text)):
		return s.edit(edit)
	}
	var none Effect
	if edit, none = s.claims.attribute(edit, s.article.Text, a.Text); none.None != 0 {
		return none
	}
	return s.edit(edit)
}

// attribute returns edit with the speakers that words name, "Lee" or "Lee, Gray and Quill", or an
// effect that says why there are none.
func (cs *Claims) attribute(edit review.Edit, text, words string) (review.Edit, Effect) {
	at, none := cs.named(text, words)
	all := []articles.Span{at}
	if parts := severalNames(words); none.None == nobodyNamed && len(parts) > 1 {
		all = nil
		for _, name := range parts {
			if at, none = cs.named(text, name); none.None != 0 {
				return edit, none
			}
			all = append(all, at)
		}
	}
	edit.To, edit.Also = all[0], all[1:]
	return edit, none
}

// severalNames returns the names in words that join them by commas, semicolons and "and".
func severalNames(words string) []string {
	var out []string
	for part := range strings.FieldsFuncSeq(strings.ReplaceAll(words, " and ", ";"), func(r rune) bool { return r == ',' || r == ';' }) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// askSpeaker asks who says quote, which need not be in the layer yet.
func askSpeaker(s *Session, quote *annotate.Quote) Effect {
	edit := review.Edit{Verb: annotate.Attribute, Targets: []review.Target{{Kind: annotate.OfQuote, Span: quote.Span}}}
	q := &Question{Topic: AskSpeaker, Spot: quote.Span, Words: quote.In(s.article.Text), Reply: Action{Name: byName, About: edit.Targets}}
	for _, v := range voices(s, quote) {
		edit.To = v.at
		q.Choices = append(q.Choices, Choice{Entity: v.entity, Now: v.likely == speaksNow, Likely: v.likely, Do: Action{Name: Decide, Edit: edit}})
	}
	edit.To = articles.Span{}
	q.Choices = append(q.Choices, Choice{Entity: -1, Now: len(quote.Speakers()) == 0 && quote.SpeakerMention.Empty(), Do: Action{Name: Decide, Edit: edit}})
	return Effect{Asks: q}
}

// A Likelihood says why somebody may speak a quote. Those first that are likelier.
type Likelihood uint8

// The likelihoods.
const (
	speaksNow   Likelihood = 1 + iota // the engine or a person says so
	SubjectOf                         // of the verb that reports it
	SpokeBefore                       // the quotes before it
	namedNear
)

// A voice is somebody who may speak a quote, and the mention that would name them.
type voice struct {
	entity int
	likely Likelihood
	order  int // among equally likely ones
	blocks int // how far away they are named
	gap    int // the same, in bytes
	at     articles.Span
}

// voices returns the people and organizations of the article, those first who are likeliest to
// speak quote; at a tie, people come before organizations.
func voices(s *Session, quote *annotate.Quote) []voice {
	cs := s.claims
	subject, subjectAt := likelySubject(s, quote)
	before := cs.spokeBefore(quote)
	var list []voice
	for i := range cs.Layer.Entities {
		e := &cs.Layer.Entities[i]
		if !speaks(e.Type) || cs.rejected(i) {
			continue
		}
		v := voice{entity: i, likely: namedNear, gap: nearness(e, quote.Span), at: cs.MentionNear(i, quote.Start)}
		v.blocks = s.Text().blocksBetween(quote.Span, v.at)
		switch {
		case quote.SaidBy(e.ID):
			v.likely, v.order = speaksNow, slices.Index(quote.Speakers(), e.ID)
			if naming := quote.Naming(e, s.article.Text); !naming.Empty() {
				v.at = naming
			}
		case i == subject:
			v.likely, v.at = SubjectOf, subjectAt
		case slices.Contains(before, i):
			v.likely, v.order = SpokeBefore, slices.Index(before, i)
		}
		list = append(list, v)
	}
	organization := func(v voice) int {
		if cs.Layer.Entities[v.entity].Type == annotate.Organization {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(list, func(a, b voice) int {
		return cmp.Or(cmp.Compare(a.likely, b.likely), cmp.Compare(a.order, b.order), cmp.Compare(a.blocks, b.blocks),
			cmp.Compare(organization(a), organization(b)), cmp.Compare(a.gap, b.gap))
	})
	return list
}

// nearness returns how far e is named from s, in bytes; what follows counts three times,
// what is inside not at all.
func nearness(e *annotate.Entity, s articles.Span) int {
	const after = 3
	best := math.MaxInt
	for _, m := range e.Mentions {
		switch {
		case m.State == annotate.Rejected || m.Overlaps(s):
		case m.End <= s.Start:
			best = min(best, s.Start-m.End)
		default:
			best = min(best, after*(m.Start-s.End))
		}
	}
	return best
}

// blocksBetween counts the paragraphs from a to b, up to a few.
func (t Text) blocksBetween(a, b articles.Span) int {
	const most = 8
	between := articles.Span{Start: min(a.End, b.End), End: max(a.Start, b.Start)}
	if between.Empty() {
		return 0
	}
	n := 0
	for _, r := range between.In(t.Article.Text)[:min(between.Len(), 1<<14)] {
		if r == '\n' {
			n++
		}
	}
	return min(n, most)
}

// spokeBefore returns those who speak the last quotes before quote, the last first.
func (cs *Claims) spokeBefore(quote *annotate.Quote) []int {
	const most = 3
	var out []int
	for i, q := range slices.Backward(cs.Layer.Quotes) {
		if q.End > quote.Start || q.State == annotate.Rejected {
			continue
		}
		for _, e := range cs.Speakers(i) {
			if !slices.Contains(out, e) {
				out = append(out, e)
			}
		}
		if len(out) >= most {
			break
		}
	}
	return out
}

// likelySubject returns the entity that is most likely the subject of the verb that reports quote, and
// the mention of it there; −1 for none.
func likelySubject(s *Session, quote *annotate.Quote) (entity int, at articles.Span) {
	cue := quote.Cue
	if cue.Empty() {
		verbs := reportingVerbs(s, quote.Span)
		if len(verbs) == 0 {
			return -1, at
		}
		cue = verbs[0]
	}
	const (
		aside   = 10 // words: what a preposition goes before is no subject: "others in the Senate warned"
		furthst = 24
	)
	best := furthst
	entity = -1
	sentence := s.Text().Sentence(cue.Start)
	words := s.Text().Words(s.Text().Block(cue.Start).Span)
	for _, c := range s.claims.List[s.claims.from(sentence.Start):] {
		if c.Start >= sentence.End {
			break
		}
		st, _ := s.claims.State(c)
		if IsQuote(c) || st == annotate.Rejected || !speaks(s.claims.Type(c)) || quoted(s, c.Span, quote.Span) {
			continue
		}
		gap := wordsBetween(words, c.Span, cue)
		if c.Start > cue.End && gap > 2 {
			continue // "said Marta Quill"
		}
		if afterPreposition(s, words, c.Span) {
			gap += aside
		}
		if gap < best {
			best, entity, at = gap, c.Entity, c.Span
		}
	}
	return personFor(s, words, voice{entity: entity, at: at}, cue, quote.Span)
}

// personFor returns the subject of verb, at a mention; −1 for an organization where somebody is spoken of since:
// "Professor Quill of Halden said no. He went on to say …".
func personFor(s *Session, words []articles.Span, subject voice, verb, said articles.Span) (entity int, at articles.Span) {
	if e := subject.entity; e >= 0 && s.claims.Layer.Entities[e].Type == annotate.Organization && somebodyBetween(s, words, subject.at, verb, said) {
		return -1, articles.Span{}
	}
	return subject.entity, subject.at
}

// somebodyBetween reports whether "he" or "she" stands between at and a verb after it, or begins a sentence
// between them and said: the subject of said is a person, whoever that is.
func somebodyBetween(s *Session, words []articles.Span, at, verb, said articles.Span) bool {
	return slices.ContainsFunc(words, func(w articles.Span) bool {
		if w.Start < at.End || w.End > max(verb.Start, said.Start) || quoted(s, w, said) {
			return false
		}
		text := w.In(s.article.Text)
		if w.Start > verb.Start && text == strings.ToLower(text) {
			return false // "Halden Media said he would …"
		}
		word := en.Of(strings.ToLower(text))
		return word.Is(en.Subject) && (word.Gender == en.Male || word.Gender == en.Female)
	})
}

// wordsBetween counts the words between a and b.
func wordsBetween(words []articles.Span, a, b articles.Span) int {
	n := 0
	for _, w := range words {
		if w.Start >= min(a.End, b.End) && w.End <= max(a.Start, b.Start) {
			n++
		}
	}
	return n
}

// afterPreposition reports whether a preposition goes before span, with at most a determiner
// between.
func afterPreposition(s *Session, words []articles.Span, span articles.Span) bool {
	at, _ := slices.BinarySearchFunc(words, span.Start, func(w articles.Span, off int) int { return cmp.Compare(w.Start, off) })
	for i := at - 1; i >= max(0, at-2); i-- {
		w := en.Of(strings.ToLower(words[i].In(s.article.Text)))
		switch {
		case w.Is(en.Attaches | en.Fronts | en.Away | en.Binds):
			return true
		case !w.Is(en.Determiner):
			return false
		}
	}
	return false
}

// saidBy attributes a quote to several who are known, if their names were typed, or to somebody
// whose name was typed, where the text has it; else the quote gets a note of it.
func saidBy(s *Session, a Action) Effect {
	edit := review.Edit{Verb: annotate.Attribute, Targets: a.About}
	if several, none := s.claims.attribute(edit, s.article.Text, a.Text); none.None == 0 && len(several.Also) > 0 {
		return s.edit(several)
	}
	at, off := articles.Span{}, a.About[0].Start
	for _, p := range hitsOf(s.article.Text, strings.ToLower(a.Text)) {
		if review.Bounded(s.article.Text, p) && (at.Empty() || distance(p, off) < distance(at, off)) {
			at = p
		}
	}
	if at.Empty() {
		return s.edit(review.Edit{Verb: annotate.Note, Targets: a.About, Value: "said by " + a.Text})
	}
	edit.To = at
	return s.edit(edit)
}
