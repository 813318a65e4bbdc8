package review

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"byline/annotate"
	"byline/articles"
)

// A Reading is a layer that came from elsewhere without a log.
type Reading struct {
	*annotate.Layer
	// Attributed reports whether byline wrote the layer. Then a quote without a speaker is nobody's; else that is so only
	// where other quotes have one: whoever made the layer may not have marked any. And where what it has of the machine is what
	// the machine says here, people decided which suggestions are of one entity, its type and its name.
	Attributed bool
	// Apart reports whether nothing says who is the same, though names with the same words are one entity.
	Apart bool
}

// Adopt returns the decisions that turn the machine's layer into l, a layer that came
// from elsewhere without a log. They are signed with sign, in the name of whom l has for a claim or remark, if anybody. Everything that people
// confirmed or made in l becomes a decision: mentions, coreference, names, quotes with
// their speakers and cues. What they rejected is rejected, and remarks become notes. A
// machine's claims in l are ignored; passed is their number.
//
// Of an own layer with the same suggestions as machine, which of them are one and what they are called is adopted, too,
// unless another engine made them: that may have joined them as nobody decided.
//
// It decides as a person would: where l has another type for most names of an entity of the machine's, that entity is
// retyped, in one step; entities that l takes for one are merged. Where no entity of l has two mentions, its authors marked
// names rather than who is the same as whom, and that stays as the machine has it.
func Adopt(text string, machine *annotate.Layer, l Reading, sign Signature) (log []annotate.Decision, passed int) {
	w := &adoption{Writer: Writer{Signature: sign, Text: text}, machine: claimsOf(machine), of: machine, deciders: map[Target]string{}}
	w.whole = l.Attributed && (l.Engine == "" || l.Engine == machine.Engine) && w.agrees(l.Layer)
	w.retype(l.Layer)
	w.rejections(l.Layer)
	for i := range l.Entities {
		w.mentions(&l.Entities[i])
	}
	for _, q := range l.Quotes {
		w.quote(q)
	}
	d := Anchoring{}.Draft(text, machine, w.log)
	shown := d.Result()
	if n := len(w.log); !l.Apart && w.joins(l.Layer) {
		w.cluster(l.Layer, shown.Layer)
		_, shown = d.With(&shown, w.log[n:], w.log)
		n = len(w.log)
		w.retypeJoined(l.Layer, shown.Layer)
		_, shown = d.With(&shown, w.log[n:], w.log)
	}
	w.names(l.Layer, shown.Layer)
	w.speakers(l, shown.Layer)
	for _, r := range l.Remarks {
		verb := annotate.Note
		if r.Tag {
			verb = annotate.Tag
		}
		w.write(annotate.Decision{Verb: verb, Value: r.Text, Who: r.Who}, Target{r.Kind, r.Span})
	}
	return signed(w.log, w.NewID), w.passed
}

// An adoption is a log under construction.
type adoption struct {
	Writer
	machine map[Target]annotate.Claim
	of      *annotate.Layer // the machine's
	whole   bool            // suggestions are adopted as parts of their entities
	by      string          // who made the claim that is adopted, if the layer says
	// deciders are whom l has for claims: theirs is what they are joined with, too.
	deciders map[Target]string
	retyped  map[*annotate.Entity]*retyping // entities of the machine's
	log      []annotate.Decision
	passed   int
	parted   bool // something left its entity, so that the machine's layer does not tell what was shown
}

// A retyping gives an entity another type, in one step.
type retyping struct {
	annotate.Type
	step string
}

// agrees reports whether all that l has of a machine is what the machine says here, with the same scores: the rest is of
// people, who decided on these suggestions.
func (w *adoption) agrees(l *annotate.Layer) bool {
	for c := range l.Claims() {
		have, ok := w.machine[Target{c.Kind, c.Span}]
		if c.State == annotate.Proposed && !c.Origin.Human && (!ok || math.Abs(have.Origin.Score-c.Origin.Score) > 1e-4) {
			return false
		}
	}
	return true
}

// joins reports whether l says which mentions are of one entity: that of some, or of all suggestions.
func (w *adoption) joins(l *annotate.Layer) bool {
	return w.whole || slices.ContainsFunc(l.Entities, func(e annotate.Entity) bool { return len(w.members(&e)) > 1 })
}

// retype finds the entities of the machine's of which l has another type for most names.
func (w *adoption) retype(l *annotate.Layer) {
	w.retyped = map[*annotate.Entity]*retyping{}
	for of, votes := range w.votes(l) {
		names := 0
		for i := range of.Mentions {
			if of.Mentions[i].Form == annotate.Name {
				names++
			}
		}
		for typ, n := range votes {
			if typ != of.Type && 2*n > max(names, total(votes)) {
				w.retyped[of] = &retyping{Type: typ}
			}
		}
	}
}

// votes returns how many mentions of entities of the machine's have which types in l.
func (w *adoption) votes(l *annotate.Layer) map[*annotate.Entity]map[annotate.Type]int {
	votes := map[*annotate.Entity]map[annotate.Type]int{}
	for i := range l.Entities {
		for _, s := range w.members(&l.Entities[i]) {
			of := w.machine[Target{annotate.OfMention, s}].Entity
			if of == nil {
				continue
			}
			if votes[of] == nil {
				votes[of] = map[annotate.Type]int{}
			}
			votes[of][l.Entities[i].Type]++
		}
	}
	return votes
}

func total(votes map[annotate.Type]int) int {
	n := 0
	for _, v := range votes {
		n += v
	}
	return n
}

// write signs a decision about t as a step of its own.
func (w *adoption) write(d annotate.Decision, t Target) *annotate.Decision {
	d.Kind, d.Target = t.Kind, Anchor(w.Text, t.Span)
	if have, ok := w.machine[t]; ok {
		d.Engine, d.Score = w.of.Maker(have.Origin), have.Origin.Score
	}
	if w.parted = w.parted || d.Verb == annotate.Split; d.Verb == annotate.Confirm && !w.parted && (w.whole || d.Kind == annotate.OfQuote) {
		d.Shown = sightIn(w.Text, w.of, w.machine, &d)
	}
	d.ID, d.At, d.Who = w.NewID(), w.Now, cmp.Or(d.Who, w.by, w.deciders[t], w.Who)
	d.Step = d.ID
	w.log = append(w.log, d)
	return &w.log[len(w.log)-1]
}

// claim decides that t has the type typ, or rejects it.
func (w *adoption) claim(t Target, typ string, state annotate.State, o annotate.Origin) {
	have, there := w.machine[t]
	if w.by = decider(o); w.by != "" {
		w.deciders[t] = w.by
	}
	defer func() { w.by = "" }()
	switch {
	case state == annotate.Rejected: // see rejections
	case state == annotate.Proposed && !o.Human:
		w.passed++
	case !there:
		w.write(annotate.Decision{Verb: annotate.Add, Value: typ}, t)
	case t.Kind == annotate.OfQuote && have.Type != typ:
		w.write(annotate.Decision{Verb: annotate.Relabel, Value: typ}, t)
	case w.retyped[have.Entity] != nil:
		w.claimOf(w.retyped[have.Entity], t, have.Type, typ)
	case have.Type == typ:
		w.write(annotate.Decision{Verb: annotate.Confirm, Value: typ}, t)
	default:
		w.claimHere(t, have.Type, typ)
	}
}

// rejections decides on what people rejected, before claims that they made instead take its place.
func (w *adoption) rejections(l *annotate.Layer) {
	for c := range l.Claims() {
		t := Target{c.Kind, c.Span}
		if have, there := w.machine[t]; there && c.State == annotate.Rejected {
			w.write(annotate.Decision{Verb: annotate.Reject, Value: have.Type, Who: decider(c.Origin)}, t)
		}
	}
}

// decider returns who made a claim of the origin, if that says.
func decider(o annotate.Origin) string {
	if o.Human {
		return o.Stage
	}
	return ""
}

// claimOf decides that t, of an entity that gets another type, has the type typ.
func (w *adoption) claimOf(e *retyping, t Target, had, typ string) {
	if string(e.Type) != typ {
		w.claimHere(t, had, typ)
		return
	}
	d := w.write(annotate.Decision{Verb: annotate.Relabel, Value: typ}, t)
	if e.step == "" {
		e.step = d.ID
	}
	d.Step = e.step
}

// claimHere decides that t has the type typ, unlike the other mentions of its entity.
func (w *adoption) claimHere(t Target, had, typ string) {
	step := w.write(annotate.Decision{Verb: annotate.Split, Value: had}, t).Step
	w.write(annotate.Decision{Verb: annotate.Relabel, Value: typ}, t).Step = step
}

func (w *adoption) mentions(e *annotate.Entity) {
	for _, m := range e.Mentions {
		w.claim(Target{annotate.OfMention, m.Span}, string(e.Type), m.State, m.Origin)
	}
}

func (w *adoption) quote(q *annotate.Quote) {
	w.claim(Target{annotate.OfQuote, q.Span}, string(q.Type), q.State, q.Origin)
}

// adopted reports whether people confirmed or made a claim.
func adopted(s annotate.State, o annotate.Origin) bool {
	return s == annotate.Confirmed || o.Human && s != annotate.Rejected
}

// cluster joins the mentions of each entity of l and separates those of different
// entities. shown is the layer with the decisions so far.
func (w *adoption) cluster(l, shown *annotate.Layer) {
	now := homesOf(shown)
	owner := w.ownersOf(l, now)
	next := len(shown.Entities)
	for i := range l.Entities {
		ms := w.membersIn(now, &l.Entities[i])
		if len(ms) == 0 {
			continue
		}
		first := max(0, slices.IndexFunc(ms, func(m articles.Span) bool { return owner[now[m]] == i }))
		home := now[ms[first]]
		if owner[home] != i {
			w.split(ms[first], articles.Span{}, l.Entities[i].Type)
			home = next
			next++
		}
		now[ms[first]] = home
		for _, m := range ms {
			at := now[m]
			switch {
			case at == home:
			case at < len(shown.Entities) && owner[at] == i && allOf(&shown.Entities[at], ms):
				w.join(m, ms[first], l.Entities[i].Type)
				for _, o := range shown.Entities[at].Mentions {
					now[o.Span] = home
				}
			default:
				w.split(m, ms[first], l.Entities[i].Type)
				now[m] = home
			}
		}
	}
}

// retypeJoined gives entities that took in suggestions the type that they have in l. shown is the layer with the decisions so
// far.
func (w *adoption) retypeJoined(l, shown *annotate.Layer) {
	now := homesOf(shown)
	for i := range l.Entities {
		step := "" // one, since the type with the most votes is that of the entity
		for _, m := range l.Entities[i].Mentions {
			at, ok := now[m.Span]
			if !w.whole || !ok || !adopted(m.State, m.Origin) || shown.Entities[at].Type == l.Entities[i].Type {
				continue
			}
			d := w.write(annotate.Decision{Verb: annotate.Relabel, Value: string(l.Entities[i].Type)}, Target{annotate.OfMention, m.Span})
			step = cmp.Or(step, d.ID)
			d.Step = step
		}
	}
}

// ownersOf returns, for each entity that spans are of now, the entity of l that has most of them, the first of several.
func (w *adoption) ownersOf(l *annotate.Layer, now map[articles.Span]int) map[int]int {
	owner, most := map[int]int{}, map[int]int{}
	for i := range l.Entities {
		n := map[int]int{}
		for _, m := range w.membersIn(now, &l.Entities[i]) {
			at := now[m]
			if n[at]++; n[at] > most[at] {
				owner[at], most[at] = i, n[at]
			}
		}
	}
	return owner
}

// allOf reports whether all mentions of e but rejected ones are among spans, which are in order.
func allOf(e *annotate.Entity, spans []articles.Span) bool {
	for i := range e.Mentions {
		if _, ok := slices.BinarySearchFunc(spans, e.Mentions[i].Span, articles.Span.Compare); !ok && e.Mentions[i].State != annotate.Rejected {
			return false
		}
	}
	return true
}

// join merges the entity of the mention at s with that of the mention at to.
func (w *adoption) join(s, to articles.Span, typ annotate.Type) {
	w.write(annotate.Decision{Verb: annotate.Merge, Value: string(typ)}, Target{annotate.OfMention, s}).To = Anchor(w.Text, to)
}

// members returns the mentions of e that people confirmed or made, and suggestions if these are adopted as parts of it.
func (w *adoption) members(e *annotate.Entity) (ms []articles.Span) {
	for i := range e.Mentions {
		if w.isMember(&e.Mentions[i]) {
			ms = append(ms, e.Mentions[i].Span)
		}
	}
	return ms
}

func (w *adoption) isMember(m *annotate.Mention) bool {
	return adopted(m.State, m.Origin) || w.whole && m.State != annotate.Rejected
}

// membersIn returns the members of e that are mentions of a layer with these homes.
func (w *adoption) membersIn(now map[articles.Span]int, e *annotate.Entity) []articles.Span {
	return slices.DeleteFunc(w.members(e), func(s articles.Span) bool {
		_, ok := now[s]
		return !ok
	})
}

// split moves the mention at s to the entity of the mention at to, or to a new one if
// to is empty.
func (w *adoption) split(s, to articles.Span, typ annotate.Type) {
	d := w.write(annotate.Decision{Verb: annotate.Split, Value: string(typ)}, Target{annotate.OfMention, s})
	if !to.Empty() {
		d.To = Anchor(w.Text, to)
	}
}

// names renames the entities of l whose name is neither the longest of their mentions
// nor the name they have in shown.
func (w *adoption) names(l, shown *annotate.Layer) {
	of := map[articles.Span]*annotate.Entity{}
	for e, m := range shown.Mentions() {
		of[m.Span] = e
	}
	joins := w.joins(l)
	for i := range l.Entities {
		e := &l.Entities[i]
		first, longest := w.named(e)
		is := of[first]
		if is == nil || e.Name == is.Name {
			continue
		}
		moved := w.whole && !w.asMachine(is) // what was joined has the name of one of its parts
		if (e.Name != longest || moved) && (joins || len(is.Mentions) == 1) {
			w.write(annotate.Decision{Verb: annotate.Rename, Value: e.Name}, Target{annotate.OfMention, first})
		}
	}
}

// named returns the first member of e, and the longest by name.
func (w *adoption) named(e *annotate.Entity) (first articles.Span, longest string) {
	for i := range e.Mentions {
		m := &e.Mentions[i]
		if !w.isMember(m) {
			continue
		}
		said := strings.Join(strings.Fields(m.In(w.Text)), " ")
		if first.Empty() {
			first, longest = m.Span, said
		}
		if m.Form == annotate.Name && len(said) > len(longest) {
			longest = said
		}
	}
	return first, longest
}

// asMachine reports whether the mentions of e are those of an entity of the machine's.
func (w *adoption) asMachine(e *annotate.Entity) bool {
	of := w.machine[Target{annotate.OfMention, e.Mentions[0].Span}].Entity
	return of != nil && slices.EqualFunc(of.Mentions, e.Mentions, func(a, b annotate.Mention) bool { return a.Span == b.Span })
}

// speakers sets the speakers and cues of the quotes of l that differ from those of
// shown, the layer with the decisions so far.
func (w *adoption) speakers(l Reading, shown *annotate.Layer) {
	of := map[articles.Span]string{} // the entities of shown
	for e, m := range shown.Mentions() {
		of[m.Span] = e.ID
	}
	have := map[articles.Span]*annotate.Quote{}
	for _, q := range shown.Quotes {
		have[q.Span] = q
	}
	saysWho := l.Attributed || slices.ContainsFunc(l.Quotes, func(q *annotate.Quote) bool { return q.Speaker != "" })
	saysCues := l.Attributed && hasCues(l.Layer)
	for _, q := range l.Quotes {
		is := have[q.Span]
		if !adopted(q.State, q.Origin) || is == nil {
			continue
		}
		t := Target{annotate.OfQuote, q.Span}
		w.by = decider(q.Origin)
		has := Named(shown, is.Speakers())
		switch to := w.speakersOf(l.Layer, q, of); {
		case len(q.Speakers()) == 0 && (len(has) > 0 && saysWho || hasOtherWords(q, is)):
			w.write(annotate.Decision{Verb: annotate.Attribute, Value: string(q.Type)}, t).Shown = wordsOfSpeaker(w.Text, q)
		case len(to) > 0 && !slices.Equal(idsAt(to, of), has):
			d := w.write(annotate.Decision{Verb: annotate.Attribute, Value: string(q.Type)}, t)
			d.To = Anchor(w.Text, to[0])
			for _, s := range to[1:] {
				d.Also = append(d.Also, Anchor(w.Text, s))
			}
		}
		w.cue(q, is.Cue, saysCues)
	}
	w.by = ""
}

// hasOtherWords reports whether words say who speaks q that are not those of is.
func hasOtherWords(q, is *annotate.Quote) bool {
	return !q.SpeakerMention.Empty() && q.SpeakerMention != is.SpeakerMention
}

// Named returns those of the entities of l with these IDs that have a mention which is not rejected. Files have no others, so a
// speaker who is none of them is in no file.
func Named(l *annotate.Layer, ids []string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		e := l.Entity(id)
		return e == nil || !slices.ContainsFunc(e.Mentions, func(m annotate.Mention) bool { return m.State != annotate.Rejected })
	})
}

// hasCues reports whether any quote of l has a cue: where none has, the format may hold none.
func hasCues(l *annotate.Layer) bool {
	return slices.ContainsFunc(l.Quotes, func(q *annotate.Quote) bool { return !q.Cue.Empty() })
}

// cue gives q the cue that it has instead of is, and none if it has none and the layer says so.
func (w *adoption) cue(q *annotate.Quote, is articles.Span, saysCues bool) {
	if q.Cue == is || q.Cue.Empty() && !saysCues {
		return
	}
	d := w.write(annotate.Decision{Verb: annotate.Cue, Value: string(q.Type)}, Target{annotate.OfQuote, q.Span})
	if !q.Cue.Empty() {
		d.To = Anchor(w.Text, q.Cue)
	}
}

// speakersOf returns a mention of each speaker of q that is a mention of an entity in of, each entity
// once.
func (w *adoption) speakersOf(l *annotate.Layer, q *annotate.Quote, of map[articles.Span]string) (to []articles.Span) {
	for _, id := range q.Speakers() {
		if e := l.Entity(id); e != nil {
			s := mentionAt(e, q.Naming(e, w.Text))
			if of[s] != "" && !slices.Contains(idsAt(to, of), of[s]) {
				to = append(to, s)
			}
		}
	}
	return to
}

// idsAt returns the entities that are mentioned at spans.
func idsAt(spans []articles.Span, of map[articles.Span]string) []string {
	var out []string
	for _, s := range spans {
		out = append(out, of[s])
	}
	return out
}
