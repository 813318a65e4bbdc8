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
	Suggested  int            // claims that are suggested rather than decided, without those that byline found among them
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
	in.Clashes = doc.open(m.Merge(doc.placed, placed).Clashes)
	_, err := w.append(ctx, at, unknown, w.opts.Anchoring.Anchored(doc.Text, unknown))
	return in, err
}

// Clashes returns where people disagree in the article with that ID: each two of them by their last decisions, whatever they knew of
// each other, as long as one of these is among those that came. So it does not matter in which order their decisions came. Who is
// not to see what others decided is told nothing.
func Clashes(ctx context.Context, w *Workspace, id string, came map[string]bool) (title string, all []review.Clash, err error) {
	doc, err := open(ctx, w, id)
	if err != nil {
		return "", nil, err
	}
	if doc.Hidden() {
		return doc.Title, nil, nil
	}
	m := review.Merger{Text: doc.Text, Machine: doc.Machine}
	for _, c := range m.Standing(doc.wholePlaced) {
		if came[c.First.ID] || came[c.Second.ID] {
			all = append(all, c)
		}
	}
	return doc.Title, doc.open(all), nil
}

// open returns the clashes that the curated reading has not settled, with the set of those between two of its annotators. Those between
// curators nobody settles but they.
func (d *Document) open(all []review.Clash) (out []review.Clash) {
	for _, c := range all {
		if curated(c.First) {
			out = append(out, c)
			continue
		}
		settles := func(x annotate.Decision) bool {
			return c.First.ID != c.Second.ID && x.Layer == annotate.Curated && x.Kind == c.First.Kind && (x.Target.Span == c.First.Target.Span || x.Target.Span == c.Second.Target.Span)
		}
		if slices.ContainsFunc(d.wholePlaced, settles) {
			continue
		}
		if state := d.reading.state; state != nil {
			for _, s := range state.Assigned(d.ID, c.First.Who) {
				if c.Set == "" && slices.Contains(s.Assigned(d.ID), c.Second.Who) {
					c.Set = s.Name
				}
			}
		}
		out = append(out, c)
	}
	return out
}

// ImportReading imports a reading of another copy of the article's text into the log of the
// article with that ID, as decisions by who: see [review.Adopt]. These come before the first
// decision that others made here, so that none of theirs is overwritten. Decisions that who has
// already made are not repeated.
func (w *Workspace) ImportReading(ctx context.Context, id, who string, from *format.Document) (ImportReport, error) {
	at := w.cache.lock(id)
	defer w.cache.unlock(at)
	doc, err := w.refresh(ctx, at, nil)
	if err != nil {
		return ImportReport{}, err
	}
	text := doc.Text
	l, lost := review.Carry(from.Layer, from.Text, text)
	log, passed := review.Adopt(text, doc.Machine, review.Reading{Layer: l, Attributed: from.Own, Apart: from.Apart}, signBefore(&w.opts, doc, who))
	log, known := withoutRepeats(doc, log)
	if err := doc.keepsAdopted(log); err != nil {
		return ImportReport{}, err
	}
	in, err := w.mergeLog(ctx, at, doc, log)
	in.Known, in.Passed, in.Lost = in.Known+known, passed, lost
	return in, err
}

// signBefore returns a signature for decisions by who that precede the first ones of others in the
// log of doc, and follow those of who that do.
func signBefore(opts *Options, doc *Document, who string) review.Signature {
	at := opts.Now().UTC().Truncate(time.Millisecond)
	ids := &review.IDs{Random: opts.Random}
	first := ""
	for i := range doc.whole {
		if x := &doc.whole[i]; x.Who != who && !x.At.IsZero() && (first == "" || x.ID < first) {
			first, at = x.ID, x.At.Add(-time.Millisecond)
		}
	}
	for i := range doc.whole {
		if x := &doc.whole[i]; x.Who == who && (first == "" || x.ID < first) {
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
		also       string        // the further speakers, in order
		named      articles.Span // of attribute to nobody, the words that say who speaks
	}
	of := func(x *annotate.Decision) content {
		c := content{x.Who, x.Value, x.Verb, x.Kind, x.Target.Span, x.To.Span, "", articles.Span{}}
		if x.Verb == annotate.Attribute && x.Shown != nil {
			c.named = x.Shown.Named.Span
		}
		for _, a := range x.Also {
			c.also += fmt.Sprint(a.Span)
		}
		return c
	}
	had := map[content]bool{}
	for i := range doc.wholePlaced {
		had[of(&doc.wholePlaced[i])] = true
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
