package workspace

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"byline/annotate"
	"byline/annotate/library/db"
	"byline/annotate/review"
	"byline/articles"
)

// carriedStage is the stage of claims that what somebody decided in another article changed.
const carriedStage = "decisions"

// The rules of that stage.
const (
	ruleTagged   = "tagged-elsewhere"
	ruleRejected = "rejected-elsewhere"
)

// How often a suggestion is right that follows what the same person decided elsewhere; measured, see
// docs/decisions/0018-decisions-carry.md.
const (
	scoreTagged   = 0.56
	scoreRejected = 0.67
)

// A carrier carries what a person decided about names to other articles, where it changes what is
// suggested: a name that they tagged is suggested with that type, and one that they rejected as a type
// is suggested as another name, which nobody is asked about. It decides nothing and is stored nowhere:
// it follows from the verdicts in the library, which follow from the logs.
type carrier struct {
	library *db.DB
	who     string
	on      bool
}

// A carried name is one whose suggestion follows a decision elsewhere.
type carried struct {
	db.Verdict
	to   annotate.Type
	from annotate.Type // what the engine takes it for
	name string        // of the entity
}

// suggest returns the engine's layer of an article with what is carried to it, and where in it that is, by
// span. Without anything it is the engine's layer itself.
func (c carrier) suggest(ctx context.Context, id string, machine *annotate.Layer) (*annotate.Layer, map[articles.Span]carried) {
	if !c.on || c.who == "" {
		return machine, nil
	}
	keys := make([]string, len(machine.Entities))
	found, err := c.library.Verdicts(ctx, c.who, id, func() []string {
		for i := range machine.Entities {
			keys[i] = nameKey(machine.Entities[i].Name)
		}
		return keys
	})
	if err != nil || len(found) == 0 {
		return machine, nil // a suggestion is worth no failure
	}
	by := map[string][]db.Verdict{}
	for _, v := range found {
		by[v.Key] = append(by[v.Key], v)
	}
	l := *machine
	at := map[articles.Span]carried{}
	for i := range machine.Entities {
		e := &machine.Entities[i]
		v, ok := verdictOn(e.Type, by[keys[i]])
		if !ok || !hasName(e) {
			continue
		}
		if len(at) == 0 {
			l.Entities = slices.Clone(machine.Entities)
		}
		v.name = e.Name
		l.Entities[i] = retyped(e, v)
		for _, m := range e.Mentions {
			at[m.Span] = v
		}
	}
	if len(at) == 0 {
		return machine, nil
	}
	return &l, at
}

// verdictOn returns what vs, the latest first, say of a name that the engine takes for typ; false if that is
// nothing new, or if they disagree.
func verdictOn(typ annotate.Type, vs []db.Verdict) (carried, bool) {
	given := ofVerb(vs, annotate.Relabel)
	rejected := ofVerb(vs, annotate.Reject)
	kept := ofVerb(vs, annotate.Confirm)
	if len(given) > 0 {
		to := given[0].Type
		another := func(v db.Verdict) bool { return v.Type != to }
		split := slices.ContainsFunc(given, another) || slices.ContainsFunc(kept, another) || has(rejected, to)
		return carried{Verdict: given[0], to: to, from: typ}, to != typ && !split
	}
	i := slices.IndexFunc(rejected, func(v db.Verdict) bool { return v.Type == typ })
	if i < 0 || has(kept, typ) || typ == annotate.Other {
		return carried{}, false
	}
	return carried{Verdict: rejected[i], to: annotate.Other, from: typ}, true
}

// ofVerb returns the verdicts of vs with a verb.
func ofVerb(vs []db.Verdict, verb annotate.Verb) []db.Verdict {
	return slices.DeleteFunc(slices.Clone(vs), func(v db.Verdict) bool { return v.Verb != verb })
}

// has reports whether one of vs is about a type.
func has(vs []db.Verdict, typ annotate.Type) bool {
	return slices.ContainsFunc(vs, func(v db.Verdict) bool { return v.Type == typ })
}

// retyped returns e with the type that a verdict suggests.
func retyped(e *annotate.Entity, v carried) annotate.Entity {
	out := *e
	out.Type, out.Origin = v.to, v.origin()
	out.Mentions = slices.Clone(e.Mentions)
	for i := range out.Mentions {
		m := &out.Mentions[i]
		if m.Type = v.to; m.Form == annotate.Name {
			m.Origin = v.origin()
		}
	}
	return out
}

// origin returns the origin of a suggestion that follows v.
func (v carried) origin() annotate.Origin {
	if v.Verb == annotate.Reject {
		return annotate.Origin{Stage: carriedStage, Rule: ruleRejected, Score: scoreRejected}
	}
	return annotate.Origin{Stage: carriedStage, Rule: ruleTagged, Score: scoreTagged}
}

// reason says where a suggestion comes from.
func (v carried) reason() annotate.Reason {
	r := annotate.Reason{Of: "the " + string(v.to), Origin: v.origin()}
	did := "tagged"
	if v.Verb == annotate.Reject {
		r.Of, did = "the name", "rejected"
	}
	r.Says = fmt.Sprintf("You %s “%s” as %s in “%s”. Without that, it would be suggested as %s:", did, v.name, v.Type, v.Title, v.from)
	return r
}

// verdictsOf returns what people decided about names in a document, for the library.
func verdictsOf(doc *Document) []db.Verdict {
	var out []db.Verdict
	for _, v := range review.Verdicts(doc.Text, doc.wholePlaced) {
		if key := nameKey(v.Words); key != "" {
			out = append(out, db.Verdict{Key: key, Who: v.Who, Verb: v.Verb, Type: v.Type, At: v.At})
		}
	}
	return out
}

// suggest sets what is carried to a document, before its log is applied.
func suggest(ctx context.Context, w *Workspace, doc *Document) {
	w.mu.Lock()
	doc.carriedAt = w.decided
	w.mu.Unlock()
	doc.carriedTo, doc.carried = w.carrier.suggest(ctx, doc.ID, doc.Machine)
}

// flushOthers brings the verdicts of who works here up to date, on all articles but the one with that ID, where they are
// of use. What cannot be written is not carried.
func flushOthers(ctx context.Context, w *Workspace, id string) {
	if !w.carrier.on {
		return
	}
	for _, other := range staleArticles(w) {
		if other != id && w.hub.decidedBy(other, w.opts.Who) {
			_ = w.flush(ctx, other)
		}
	}
}

// carry brings what is carried to the document of a locked cache entry up to date with what was decided
// in other articles.
func carry(ctx context.Context, w *Workspace, c *cached) *Document {
	w.mu.Lock()
	now := w.decided
	w.mu.Unlock()
	if c.doc.carriedAt == now {
		return c.doc
	}
	next := *c.doc
	suggest(ctx, w, &next)
	if maps.Equal(next.carried, c.doc.carried) {
		next.carriedTo, next.carried = c.doc.carriedTo, c.doc.carried
	} else {
		next = *next.as(next.reading)
	}
	c.doc = &next
	return c.doc
}
