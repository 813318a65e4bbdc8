package review

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"byline/annotate"
	"byline/articles"
	"byline/articles/clean"
)

// A Merged log is two logs in one.
type Merged struct {
	Log     []annotate.Decision // sorted by ID, each once
	Clashes []Clash             // in the order of their first and then second decisions
}

// A Clash is two decisions that answer one question differently, by two people neither
// of whom knew of the other's. Until somebody settles it, Apply applies both. Both are of one layer: what a curator settles is no
// other answer than an annotator's, but what settles it.
type Clash struct {
	First, Second annotate.Decision // by ID
	About         string            // the question: "the type", "the speaker"
	Set           string            // of the team that has both annotate the article, which is for its curators; set by who knows the team
}

// Differences says for each set of a team how many of some clashes are between its annotators, a line each.
func Differences(all []Clash) (lines []string) {
	of := map[string]int{}
	for i := range all {
		if set := all[i].Set; set != "" {
			of[set]++
		}
	}
	for _, set := range slices.Sorted(maps.Keys(of)) {
		what := fmt.Sprintf("%d differences of annotators of %s are", of[set], clean.Line(set))
		if of[set] == 1 {
			what = "1 difference of annotators of " + clean.Line(set) + " is"
		}
		lines = append(lines, what+" for \"byline team adjudicate\"")
	}
	return lines
}

// mostMixed is the most articles that [Mixed] names.
const mostMixed = 5

// Mixed says what it means that annotators of articles had the suggestions of other engines, and what to do. Each article is named with
// what [OtherEngines] says of it; none is nothing.
func Mixed(all []string) string {
	if len(all) == 0 {
		return ""
	}
	more := ""
	if n := len(all) - mostMixed; n > 0 {
		all, more = all[:mostMixed], fmt.Sprintf(" and %d more", n)
	}
	return "annotators had the suggestions of other engines than here in " + strings.Join(all, ", ") + more +
		": what they left as suggested, and so what they agree on, may be otherwise on another machine; use one version of byline, and have them annotate these again"
}

// A Merger merges two logs of an article. Given the machine's layer, it knows which
// spans belong to one entity, and so notices if two people gave the entity different
// names by way of different mentions. The zero Merger compares single spans only.
type Merger struct {
	Text    string
	Machine *annotate.Layer
}

// Merge returns the union of two logs of one article by ID. The order of its arguments
// does not matter. It assumes that people knew of no decision that their log lacks; if
// they did, it reports too many clashes. Spans are compared without moving them: anchors
// that were made for different texts must be anchored in one first; see
// [Anchoring.Anchored]. Two different decisions with one ID are a clash as well, and only
// the one whose encoding sorts first stays in the log.
func (m Merger) Merge(a, b []annotate.Decision) Merged {
	u := &union{both: map[string]bool{}}
	u.add(unique(a), unique(b))
	if m.Machine != nil {
		u.entities = entitiesOf(Apply(m.Text, m.Machine, u.shared).Layer)
	}
	steps := stepsOf(sortLog(u.log))
	left, right := u.answers(unique(a), steps), u.answers(unique(b), steps)
	for q, x := range left {
		if y, ok := right[q]; ok && x.what != y.what && x.Who != y.Who {
			u.clash(*x.Decision, *y.Decision, q.about)
		}
	}
	slices.SortFunc(u.clashes, Clash.compare)
	u.clashes = slices.CompactFunc(u.clashes, func(x, y Clash) bool { return x.First.ID == y.First.ID && x.Second.ID == y.Second.ID })
	return Merged{u.log, u.clashes}
}

// Standing returns the clashes between each two people of one log: where their last decisions in force answer a question
// differently, whether the later knew of the earlier or not. It depends on nothing but the log. Curators clash with curators only.
func (m Merger) Standing(log []annotate.Decision) []Clash {
	people := map[string]bool{}
	for i := range log {
		people[log[i].Who] = true
	}
	without := func(who string) []annotate.Decision {
		return slices.DeleteFunc(slices.Clone(log), func(d annotate.Decision) bool { return d.Who == who })
	}
	var out []Clash
	names := slices.Sorted(maps.Keys(people))
	for i, a := range names {
		for _, b := range names[i+1:] {
			out = append(out, m.Merge(without(a), without(b)).Clashes...) // what others decided is known to both
		}
	}
	slices.SortFunc(out, Clash.compare)
	return slices.CompactFunc(out, func(x, y Clash) bool { return x.First.ID == y.First.ID && x.Second.ID == y.Second.ID })
}

// compare sorts clashes by their decisions, then by question.
func (c Clash) compare(o Clash) int {
	return cmp.Or(cmp.Compare(c.First.ID, o.First.ID), cmp.Compare(c.Second.ID, o.Second.ID), cmp.Compare(c.About, o.About))
}

// A union is the merged log under construction.
type union struct {
	log      []annotate.Decision
	shared   []annotate.Decision // what both logs had
	both     map[string]bool     // its IDs
	entities map[articles.Span]articles.Span
	clashes  []Clash
}

// unique sorts log by ID and keeps the least decision of each ID.
func unique(log []annotate.Decision) []annotate.Decision {
	out := slices.Clone(log)
	slices.SortStableFunc(out, func(x, y annotate.Decision) int {
		if c := cmp.Compare(x.ID, y.ID); c != 0 {
			return c
		}
		return order(x, y)
	})
	return slices.CompactFunc(out, func(x, y annotate.Decision) bool { return x.ID == y.ID })
}

// order compares two decisions by their encodings.
func order(x, y annotate.Decision) int {
	if reflect.DeepEqual(x, y) {
		return 0
	}
	a, _ := Encode(x) // fails only for a NaN score, which no log can hold
	b, _ := Encode(y)
	return bytes.Compare(a, b)
}

// add merges two logs that are sorted by ID.
func (u *union) add(a, b []annotate.Decision) {
	for len(a) > 0 && len(b) > 0 {
		switch c := cmp.Compare(a[0].ID, b[0].ID); {
		case c < 0:
			u.log, a = append(u.log, a[0]), a[1:]
		case c > 0:
			u.log, b = append(u.log, b[0]), b[1:]
		default:
			u.meet(a[0], b[0])
			a, b = a[1:], b[1:]
		}
	}
	u.log = append(append(u.log, a...), b...)
}

// Same reports whether x and y are one decision: they do not differ, or only in that one lacks the offsets of words that its
// text did not have.
func Same(x, y annotate.Decision) bool {
	x, y = cloneDecision(x), cloneDecision(y)
	lacking(&x, &y)
	lacking(&y, &x)
	return order(x, y) == 0
}

// meet adds one of two decisions with the same ID. An exported log lacks the offsets of words
// that its text did not have; they are no difference.
func (u *union) meet(x, y annotate.Decision) {
	x, y = cloneDecision(x), cloneDecision(y)
	lacking(&x, &y)
	lacking(&y, &x)
	c := order(x, y)
	if c > 0 {
		x, y = y, x
	}
	if c != 0 {
		u.clashes = append(u.clashes, Clash{x, y, "one id", ""})
	}
	u.log, u.shared = append(u.log, x), append(u.shared, x)
	u.both[x.ID] = true
}

// lacking gives the anchors of d without a span that of the same words in other.
func lacking(d, other *annotate.Decision) {
	theirs := anchorsOf(other)
	for i, a := range anchorsOf(d) {
		if i < len(theirs) && a.Empty() && a.Exact == theirs[i].Exact {
			a.Span = theirs[i].Span
		}
	}
}

func (u *union) clash(x, y annotate.Decision, about string) {
	if x.ID > y.ID {
		x, y = y, x
	}
	u.clashes = append(u.clashes, Clash{x, y, about, ""})
}

// A question is what a decision answers, about a span or, with whole, about the entity
// that the span stands for.
type question struct {
	about string
	kind  annotate.Kind
	span  articles.Span
	layer string // of the decision
	whole bool
	shown bool // it was not asked, and the answer is what was shown
}

// An answer is a decision and its answer to a question.
type answer struct {
	*annotate.Decision
	what string
}

// answers returns the last answers in force that only this log has.
func (u *union) answers(log []annotate.Decision, steps *Steps) map[question]answer {
	out := map[question]answer{}
	split := map[string]bool{} // steps that split something off
	for i := range log {
		d := &log[i]
		if u.both[d.ID] || turns(d) || steps.tookBack(d) {
			continue
		}
		split[stepID(d)] = split[stepID(d)] || d.Verb == annotate.Split
		q, what, ok := asks(d)
		if !ok {
			continue
		}
		if d.To.Exact != "" && d.Verb != annotate.Respan {
			what = u.whom(d)
		}
		out[q] = answer{d, what}
		u.accept(d, out)
		if d.Kind != annotate.OfMention || q.about == theEnds || d.Verb == annotate.Reject || split[stepID(d)] {
			continue
		}
		q.span, q.whole = u.entity(q.span), true
		out[q] = answer{d, what}
	}
	return out
}

// whom returns the entities at To and Also of d, in whatever order these are.
func (u *union) whom(d *annotate.Decision) string {
	all := []articles.Span{u.entity(d.To.Span)}
	for _, a := range d.Also {
		all = append(all, u.entity(a.Span))
	}
	slices.SortFunc(all, articles.Span.Compare)
	return fmt.Sprint(slices.Compact(all))
}

// accept notes what d confirms besides what it says.
func (u *union) accept(d *annotate.Decision, out map[question]answer) {
	if d.Verb == annotate.Confirm && d.Shown != nil && u.entities != nil {
		out[question{about: shownOf[d.Kind], kind: d.Kind, span: d.Target.Span, shown: true}] = answer{d, u.shown(d)}
	}
}

// shownOf are the questions that are answered by confirming what is shown, besides the type.
var shownOf = map[annotate.Kind]string{annotate.OfMention: theEntity, annotate.OfQuote: theSpeaker}

// shown returns the entities that were shown of the target of d, in whatever order.
func (u *union) shown(d *annotate.Decision) string {
	var all []articles.Span
	for i := range d.Shown.Of {
		switch r := &d.Shown.Of[i]; {
		case r.Exact != "":
			all = append(all, u.entity(r.Span))
		case d.Kind == annotate.OfQuote:
			all = append(all, u.entity(d.Shown.Named.Span))
		default:
			all = append(all, u.entity(d.Target.Span))
		}
	}
	slices.SortFunc(all, articles.Span.Compare)
	return fmt.Sprint(slices.Compact(all))
}

// asks returns the question that d answers, and its answer unless that is an entity.
// Notes and tags answer no question.
func asks(d *annotate.Decision) (q question, what string, ok bool) {
	v := verbs[d.Verb]
	if v.answer != nil {
		what = v.answer(d)
	}
	return question{about: v.question, kind: d.Kind, span: d.Target.Span, layer: d.Layer}, what, v.question != ""
}

// entity returns the span that stands for an entity: that of its first mention.
func (u *union) entity(s articles.Span) articles.Span {
	if first, ok := u.entities[s]; ok {
		return first
	}
	return s
}

// entitiesOf maps the mentions of l to the first mention of their entity.
func entitiesOf(l *annotate.Layer) map[articles.Span]articles.Span {
	out := map[articles.Span]articles.Span{}
	for e, m := range l.Mentions() {
		if _, ok := out[m.Span]; !ok {
			out[m.Span] = e.Mentions[0].Span
		}
	}
	return out
}
