package session

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
)

// setSpeaker says who speaks the current quote: whom a names, nobody, or, where it names
// no one, whom a choice is offered of: the likeliest first, whom the engine or a person
// named, then who is named nearest.
func setSpeaker(s *Session, a Action) Effect {
	c, ok := s.Current()
	if !ok || !IsQuote(c) {
		return Effect{None: NoQuote}
	}
	edit := review.Edit{Verb: annotate.Attribute, Targets: []review.Target{c.Target()}}
	switch a.Text {
	case "":
		return askSpeaker(s, c, edit)
	case nobody:
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
	if parts := severalNames(words); none.None == NobodyNamed && len(parts) > 1 {
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

func askSpeaker(s *Session, c Claim, edit review.Edit) Effect {
	quote := s.claims.Layer.Quotes[c.Index]
	q := &Question{Topic: AskSpeaker, Spot: c.Span, Words: c.In(s.article.Text), Reply: Action{Name: byName, About: edit.Targets}}
	for _, e := range s.claims.speakers(c.Index) {
		edit.To = s.claims.MentionNear(e, quote.Start)
		if entity := &s.claims.Layer.Entities[e]; quote.SaidBy(entity.ID) {
			if naming := quote.Naming(entity, s.article.Text); !naming.Empty() {
				edit.To = naming
			}
		}
		q.Choices = append(q.Choices, Choice{Entity: e, Do: Action{Name: Decide, Edit: edit}})
	}
	edit.To = articles.Span{}
	q.Choices = append(q.Choices, Choice{Entity: -1, Do: Action{Name: Decide, Edit: edit}})
	return Effect{Asks: q}
}

// speakers returns the people and organizations of the article, those first who are
// likeliest to speak quote q.
func (cs *Claims) speakers(q int) []int {
	quote, now := cs.Layer.Quotes[q], cs.Speakers(q)
	type candidate struct{ entity, rank int }
	var list []candidate
	for i := range cs.Layer.Entities {
		e := &cs.Layer.Entities[i]
		if !speaks(e.Type) || cs.rejected(i) {
			continue
		}
		list = append(list, candidate{i, nearness(e, quote.Span)})
		if k := slices.Index(now, i); k >= 0 {
			list[len(list)-1].rank = k - len(now)
		}
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(a.rank, b.rank) })
	out := make([]int, len(list))
	for i, c := range list {
		out[i] = c.entity
	}
	return out
}

// nearness returns how far e is named from s, in bytes; what follows counts three times,
// what is inside not at all.
func nearness(e *annotate.Entity, s articles.Span) int {
	const far, after = 1 << 40, 3
	best := far
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
		return at, Effect{None: NobodyNamed, About: name}
	case 1:
		return at, Effect{}
	}
	return at, Effect{None: SeveralNamed, About: strings.Join(names, ", ")}
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
	q := &Question{Topic: AskMerge, Spot: c.Span, Words: s.claims.Layer.Entities[c.Entity].Name}
	for _, e := range s.claims.alikeTo(c.Entity) {
		edit.To = s.claims.MentionNear(e, c.Start)
		q.Choices = append(q.Choices, Choice{Entity: e, Do: Action{Name: Decide, Edit: edit}})
	}
	if len(q.Choices) == 0 {
		return Effect{None: NobodyElse}
	}
	return Effect{Asks: q}
}

// alikeTo returns the other entities, those first that share most words with entity e
// and have its type, and of these those named most.
func (cs *Claims) alikeTo(e int) []int {
	all := cs.Layer.Entities
	own := all[e]
	rank := func(i int) int {
		o := &all[i]
		n := 4 * sharedWords(own.Name, o.Name)
		if initials(own.Name) == o.Name || initials(o.Name) == own.Name {
			n += 6
		}
		if o.Type == own.Type {
			n += 2
		}
		return -n
	}
	var out []int
	for i := range all {
		if i != e && !cs.rejected(i) {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(len(all[b].Mentions), len(all[a].Mentions)))
	})
	return out
}

// sharedWords returns how many words of name a are in b, in any case.
func sharedWords(a, b string) int {
	n, of := 0, strings.Fields(strings.ToLower(b))
	for w := range strings.FieldsSeq(strings.ToLower(a)) {
		if slices.Contains(of, w) {
			n++
		}
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
// step: they are of the type that a gives, or one that is offered.
func labelEverywhere(s *Session, a Action) Effect {
	span := a.Span
	if c, ok := s.Current(); ok && span.Empty() && !IsQuote(c) {
		span = c.Span
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
	return Effect{Asks: q, Used: true}
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
		return Effect{None: NothingAlike}
	}
	return Effect{Asks: q}
}
