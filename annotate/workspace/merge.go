package workspace

import (
	"context"
	"fmt"
	"slices"
	"time"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/review"
	"byline/articles"
)

// An ImportReport sums up the import of decisions made elsewhere.
type ImportReport struct {
	New, Known int            // decisions that are new to the log, and those already in it
	Passed     int            // claims of a machine without a decision
	Lost       int            // claims whose words are not in the article
	Beside     int            // decisions of New for claims of people that the log of the file does not have
	Clashes    []review.Clash // with decisions that other people made here, which prevail
}

// MergeLog merges another log of the same article into the log of the article with that ID:
// afterwards each decision is there once, in the order of time.
func (w *Workspace) MergeLog(ctx context.Context, id string, log []annotate.Decision) (ImportReport, error) {
	at := w.cache.lock(id)
	defer w.cache.unlock(at)
	doc, err := w.refresh(ctx, at, nil)
	if err != nil {
		return ImportReport{}, err
	}
	return w.mergeLog(ctx, at, doc, log)
}

// MergeDocument merges the log of d, a document about the article with that ID, and then imports as
// decisions by who what people claim in d's layer but its log does not lead to: another program
// may have added it.
func MergeDocument(ctx context.Context, w *Workspace, id, who string, d *format.Document) (ImportReport, error) {
	in, err := w.MergeLog(ctx, id, d.Log)
	if err != nil {
		return in, err
	}
	doc, err := w.Open(ctx, id)
	if err != nil {
		return in, err
	}
	l, lost := review.Carry(d.Layer, d.Text, doc.Text)
	rest := beside(l, doc.how.Apply(doc.Text, doc.Machine, doc.how.Anchored(doc.Text, d.Log)).Layer)
	if len(rest.Entities)+len(rest.Quotes)+len(rest.Remarks) == 0 {
		in.Lost = lost
		return in, nil
	}
	more, err := w.ImportReading(ctx, id, who, doc.Article, rest)
	in.New, in.Known, in.Beside, in.Lost = in.New+more.New, in.Known+more.Known, more.New, lost
	in.Clashes = append(in.Clashes, more.Clashes...)
	return in, err
}

// beside returns what people claim in l and have said nothing of in told, the layer of a log: claims
// of theirs that are not there, or of another type; remarks; and the entities that speak such
// quotes.
func beside(l, told *annotate.Layer) *annotate.Layer {
	has := claimed(told)
	out := &annotate.Layer{}
	speaks := map[string]bool{}
	for _, q := range l.Quotes {
		if adopted(q.State, q.Origin) && has[claimPlace{annotate.OfQuote, q.Span}] != string(q.Type) {
			out.Quotes = append(out.Quotes, q)
			for _, id := range q.Speakers() {
				speaks[id] = true
			}
		}
	}
	for _, e := range l.Entities {
		if !speaks[e.ID] {
			e.Mentions = slices.DeleteFunc(slices.Clone(e.Mentions), func(m annotate.Mention) bool {
				return !adopted(m.State, m.Origin) || has[claimPlace{annotate.OfMention, m.Span}] == string(e.Type)
			})
		}
		if len(e.Mentions) > 0 {
			out.Entities = append(out.Entities, e)
		}
	}
	out.Remarks = slices.DeleteFunc(slices.Clone(l.Remarks), func(r annotate.Remark) bool { return slices.Contains(told.Remarks, r) })
	return out
}

// A claimPlace is where a claim of a kind is.
type claimPlace struct {
	annotate.Kind
	articles.Span
}

// adopted reports whether a person made or confirmed a claim.
func adopted(s annotate.State, o annotate.Origin) bool { return o.Human || s == annotate.Confirmed }

// claimed returns the types of what people claim in l.
func claimed(l *annotate.Layer) map[claimPlace]string {
	has := map[claimPlace]string{}
	for c := range l.Claims() {
		switch {
		case !adopted(c.State, c.Origin):
		case c.Entity != nil:
			has[claimPlace{c.Kind, c.Span}] = string(c.Entity.Type)
		default:
			has[claimPlace{c.Kind, c.Span}] = c.Type
		}
	}
	return has
}

// mergeLog is MergeLog for a locked cache entry.
func (w *Workspace) mergeLog(ctx context.Context, at *cached, doc *Document, log []annotate.Decision) (ImportReport, error) {
	var in ImportReport
	unknown := slices.DeleteFunc(slices.Clone(log), func(x annotate.Decision) bool { return doc.known[x.ID] })
	in.New, in.Known = len(unknown), len(log)-len(unknown)
	if len(unknown) == 0 {
		return in, nil
	}
	placed := w.opts.Anchoring.Anchored(doc.Text, log)
	m := review.Merger{Text: doc.Text, Machine: doc.Machine}
	in.Clashes = m.Merge(doc.placed, placed).Clashes
	_, err := w.append(ctx, at, unknown)
	return in, err
}

// ImportReading imports a reading of another copy of the article's text into the log of the
// article with that ID, as decisions by who: see [review.Adopt]. These come before the first
// decision that others made here, so that none of theirs is overwritten. Decisions that who has
// already made are not repeated.
func (w *Workspace) ImportReading(ctx context.Context, id, who string, from *articles.Article, l *annotate.Layer) (ImportReport, error) {
	at := w.cache.lock(id)
	defer w.cache.unlock(at)
	doc, err := w.refresh(ctx, at, nil)
	if err != nil {
		return ImportReport{}, err
	}
	text := doc.Text
	l, lost := review.Carry(l, from.Text, text)
	log, passed := review.Adopt(text, doc.Machine, l, w.signBefore(doc, who))
	log, known := withoutRepeats(doc, log)
	in, err := w.mergeLog(ctx, at, doc, log)
	in.Known, in.Passed, in.Lost = in.Known+known, passed, lost
	return in, err
}

// signBefore returns a signature for decisions by who that precede the first ones of others in the
// log of doc, and follow those of who that do.
func (w *Workspace) signBefore(doc *Document, who string) review.Signature {
	at := w.opts.Now().UTC().Truncate(time.Millisecond)
	ids := &review.IDs{Random: w.opts.Random}
	first := ""
	for i := range doc.Log {
		if x := &doc.Log[i]; x.Who != who && !x.At.IsZero() && (first == "" || x.ID < first) {
			first, at = x.ID, x.At.Add(-time.Millisecond)
		}
	}
	for i := range doc.Log {
		if x := &doc.Log[i]; x.Who == who && (first == "" || x.ID < first) {
			ids.After(x.ID)
		}
	}
	return review.Signature{Who: who, Now: at, NewID: func() string { return ids.Next(at) }}
}

// withoutRepeats leaves out the decisions that the same person has already made on the same words,
// and returns the rest and how many were left out. The decisions of a step stay together.
func withoutRepeats(doc *Document, log []annotate.Decision) (rest []annotate.Decision, known int) {
	type content struct {
		who, value string
		verb       annotate.Verb
		kind       annotate.Kind
		target, to articles.Span
		also       string // the further speakers, in order
	}
	of := func(x *annotate.Decision) content {
		c := content{x.Who, x.Value, x.Verb, x.Kind, x.Target.Span, x.To.Span, ""}
		for _, a := range x.Also {
			c.also += fmt.Sprint(a.Span)
		}
		return c
	}
	had := map[content]bool{}
	for i := range doc.placed {
		had[of(&doc.placed[i])] = true
	}
	for i := range log {
		if had[of(&log[i])] {
			known++
			continue
		}
		rest = append(rest, log[i])
	}
	return rest, known
}
