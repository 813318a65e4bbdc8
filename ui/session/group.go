package session

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/review"
	"byline/articles"
	"byline/articles/spelling"
)

// named returns the first mention of the one entity that has a form with name in it, or an
// effect that says why there is none.
func (cs *Claims) named(text, name string) (articles.Span, Effect) {
	var at articles.Span
	var names []string
	for i := range cs.Layer.Entities {
		e := &cs.Layer.Entities[i]
		if len(e.Mentions) == 0 {
			continue
		}
		if strings.EqualFold(e.Name, name) {
			return e.Mentions[0].Span, Effect{}
		}
		if slices.ContainsFunc(e.Mentions, func(m annotate.Mention) bool {
			return strings.Contains(strings.ToLower(OneLine(m.In(text))), strings.ToLower(name))
		}) {
			at, names = e.Mentions[0].Span, append(names, e.Name)
		}
	}
	switch len(names) {
	case 0:
		return at, Effect{None: nobodyNamed, About: name}
	case 1:
		return at, Effect{}
	}
	return at, Effect{None: severalNamed, About: strings.Join(names, ", ")}
}

// mergeWith makes the current name the same as whom a names, or offers whom it may be.
func mergeWith(s *Session, a Action) Effect {
	c, ok := s.Current()
	if !ok || IsQuote(c) {
		return Effect{None: NoName}
	}
	edit := review.Edit{Verb: annotate.Merge, Targets: []review.Target{c.Target()}}
	if a.Text != "" {
		var none Effect
		if edit.To, none = s.claims.named(s.article.Text, a.Text); none.None != 0 {
			return none
		}
		return s.edit(edit)
	}
	q := &Question{Topic: AskMerge, Spot: c.Span, Words: s.claims.Layer.Entities[c.Entity].Name, Reply: Action{Name: Merge}}
	for _, e := range s.claims.alikeTo(c.Entity) {
		edit.To = s.claims.MentionNear(e, c.Start)
		q.Choices = append(q.Choices, Choice{Entity: e, Do: Action{Name: Decide, Edit: edit}})
	}
	if len(s.claims.Layer.Entities) < 2 {
		return Effect{None: nobodyElse}
	}
	return Effect{Asks: q}
}

// alikeTo returns the other entities that may be the same as entity e: those whose names look alike,
// whatever their type, then those of its type. Those first that look most alike, and of these
// those named most.
func (cs *Claims) alikeTo(e int) []int {
	all := cs.Layer.Entities
	own := all[e]
	rank := func(i int) int {
		n := likeness(own.Name, all[i].Name)
		if all[i].Type == own.Type {
			n += 3
		}
		return -n
	}
	var out, others []int
	for i := range all {
		switch {
		case i == e || cs.rejected(i):
		case rank(i) < 0:
			out = append(out, i)
		default:
			others = append(others, i)
		}
	}
	if len(out) == 0 {
		out = others
	}
	slices.SortStableFunc(out, func(a, b int) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(len(all[b].Mentions), len(all[a].Mentions)))
	})
	return out
}

// likeness says how much two names look like names of the same: 4 for each word they share, 3 for
// one that is spelled otherwise, 2 more if that is the surname, and 6 if one has the initials of
// the other.
func likeness(a, b string) int {
	n, ws, of := 0, strings.Fields(strings.ToLower(a)), strings.Fields(strings.ToLower(b))
	for i, w := range ws {
		if en.Of(w).Is(en.Determiner | en.Small | en.Binds | en.Joins) {
			continue
		}
		at := slices.Index(of, w)
		if at >= 0 {
			n += 4
		} else if at = slices.IndexFunc(of, func(o string) bool { return spelling.Same(w, o) }); at >= 0 {
			n += 3
		}
		if at >= 0 && i == len(ws)-1 && at == len(of)-1 {
			n += 2 // a surname
		}
	}
	if initials(a) == b || initials(b) == a {
		n += 6
	}
	return n
}

// initials returns the first letters of the capitalized words of a name: "HSA".
func initials(name string) string {
	out := ""
	for w := range strings.FieldsSeq(name) {
		if r := []rune(w)[0]; unicode.ToUpper(r) == r {
			out += string(r)
		}
	}
	return out
}

// splitOff parts the current name, or what a is about, from whom it was taken for. What is
// parted at once stays together.
func splitOff(s *Session, a Action) Effect {
	targets := targetsOf(s, a)
	if len(targets) == 0 || targets[0].Kind != annotate.OfMention {
		return Effect{None: NoName}
	}
	c := review.Edit{Verb: annotate.Split, Targets: targets}
	if len(targets) > 1 {
		c.To = targets[0].Span
	}
	return s.edit(c)
}

// labelEverywhere decides on all places of the words in a, or of the current name, in one
// step: they are of the type that a gives, or one that is offered. "She" stands for one woman here
// and for another there, so with a pronoun it is the name of whom it stands for that is looked for.
func labelEverywhere(s *Session, a Action) Effect {
	span := a.Span
	if c, ok := s.Current(); ok && span.Empty() && !IsQuote(c) {
		if span = s.claims.nameOf(c); span.Empty() {
			return Effect{None: NoName}
		}
	}
	if span.Empty() {
		return Effect{None: NoWords}
	}
	words := span.In(s.article.Text)
	places := slices.DeleteFunc(wholeWordsOf(s.article.Text, words), s.claims.inLongerName)
	if len(places) == 0 {
		return Effect{None: InLongerName, About: words}
	}
	edit := review.Edit{Verb: annotate.Add, Value: a.Text, Here: true}
	q := &Question{Topic: AskEverywhere, Spot: span, Words: words, Places: len(places)}
	for _, p := range places {
		edit.Targets = append(edit.Targets, review.Target{Kind: annotate.OfMention, Span: p})
		if s.claims.FindMention(p) >= 0 {
			q.Named++
		}
	}
	if a.Text != "" {
		return s.edit(edit)
	}
	for _, t := range typesFor(s, a) {
		edit.Value = string(t)
		q.Choices = append(q.Choices, Choice{Entity: -1, Type: t, About: edit.Targets, Do: Action{Name: Decide, Edit: edit}})
	}
	edit = review.Edit{Verb: annotate.Reject, Targets: edit.Targets}
	q.Choices = append(q.Choices, Choice{Entity: -1, About: edit.Targets, Do: Action{Name: Decide, Edit: edit}})
	for _, p := range places {
		q.Choices = append(q.Choices, s.claims.placeChoice(p, edit.Targets))
	}
	return Effect{Asks: q, Selected: Selected{Used: true}}
}

// nameOf returns where the name that c stands for is: c itself if it is a name, or if who is
// described by it has none; nowhere for a pronoun without a name. Where there are several, it is
// the longest, which fewest share.
func (cs *Claims) nameOf(c Claim) articles.Span {
	best := articles.Span{}
	switch cs.Form(c) {
	case annotate.Name:
		return c.Span
	case annotate.Nominal:
		best = c.Span
	}
	named := false
	for _, m := range cs.Layer.Entities[c.Entity].Mentions {
		if m.Form == annotate.Name && m.State != annotate.Rejected && (!named || m.Len() > best.Len()) {
			best, named = m.Span, true
		}
	}
	return best
}

// typesFor returns the types that words may be of, that of the current name first.
func typesFor(s *Session, a Action) []annotate.Type {
	first := annotate.Person
	if c, ok := s.Current(); ok && a.Span.Empty() && !IsQuote(c) {
		first = s.claims.Type(c)
	}
	types := []annotate.Type{first}
	for _, t := range []annotate.Type{annotate.Person, annotate.Organization, annotate.Place} {
		if t != first {
			types = append(types, t)
		}
	}
	return types
}

// placeChoice offers to go to p, one place of many.
func (cs *Claims) placeChoice(p articles.Span, all []review.Target) Choice {
	c := Choice{Entity: -1, Span: p, About: all, Do: Action{Name: GoTo, Span: p}}
	if i := cs.FindMention(p); i >= 0 {
		c.Type = cs.Type(cs.List[i])
	}
	return c
}

// inLongerName reports whether p is part of a longer name.
func (cs *Claims) inLongerName(p articles.Span) bool {
	return cs.At(p.Start, func(c Claim) bool {
		st, _ := cs.State(c)
		return !IsQuote(c) && st != annotate.Rejected && c.Len() > p.Len() && c.End >= p.End
	}) >= 0
}

// hasAlike reports whether [confirmAlike] has something to offer for c. The footer asks at each
// key, so that it looks at no more than the claims that come next.
func hasAlike(s *Session, c Claim) bool {
	const ahead = 200
	_, own := s.claims.State(c)
	n := 0
	for _, o := range s.claims.List[s.cur.at:min(len(s.claims.List), s.cur.at+ahead)] {
		_, origin := s.claims.State(o)
		sure := origin.Score >= own.Score && (!IsQuote(o) || origin.Rule == own.Rule)
		if s.Unreviewed(o) && o.Kind() == c.Kind() && s.claims.Type(o) == s.claims.Type(c) && (sure || o.Entity == c.Entity && !IsQuote(o)) {
			n++
		}
	}
	return n > 1
}

// confirmAlike offers to confirm in one step the claims that look like the current one: the
// other mentions of the same, and those of its type that are as sure.
func confirmAlike(s *Session) Effect {
	c, ok := s.Current()
	if !ok {
		return Effect{None: NoClaim}
	}
	_, own := s.claims.State(c)
	var same, sure []review.Target
	for _, o := range s.claims.List {
		_, origin := s.claims.State(o)
		if !s.Unreviewed(o) || o.Kind() != c.Kind() || s.claims.Type(o) != s.claims.Type(c) {
			continue
		}
		if !IsQuote(o) && o.Entity == c.Entity {
			same = append(same, o.Target())
		}
		if origin.Score >= own.Score && (!IsQuote(o) || origin.Rule == own.Rule) {
			sure = append(sure, o.Target())
		}
	}
	q := &Question{Topic: AskAlike, Spot: c.Span}
	offer := func(ch Choice, ts []review.Target) {
		if len(ts) > 1 {
			ch.Count, ch.About = len(ts), ts
			ch.Do = Action{Name: Decide, Edit: review.Edit{Verb: annotate.Confirm, Targets: ts}, On: true}
			q.Choices = append(q.Choices, ch)
		}
	}
	offer(Choice{Entity: c.Entity}, same)
	ch := Choice{Entity: -1, Type: s.claims.Type(c), Score: own.Score}
	if IsQuote(c) {
		ch.Rule = own.Rule
	}
	offer(ch, sure)
	if len(q.Choices) == 0 {
		return Effect{None: nothingAlike}
	}
	return Effect{Asks: q}
}
