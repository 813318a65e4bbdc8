package workspace

import (
	"context"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/review"
	"byline/articles"
)

// MergeDocument merges the log of d, a document about the article with that ID, and then imports as
// decisions by who what people claim in d's layer but its log does not lead to, other speakers of
// quotes among it: another program may have changed it.
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
	in.Lost = lost
	placed := doc.how.Anchored(doc.Text, d.Log)
	told := doc.how.Apply(doc.Text, doc.Machine, placed).Layer
	if rest := beside(l, told); len(rest.Entities)+len(rest.Quotes)+len(rest.Remarks) > 0 {
		more, err := w.ImportReading(ctx, id, who, &format.Document{Article: doc.Article, Layer: rest, Own: d.Own, Apart: d.Apart})
		if in.alsoBeside(more); err != nil {
			return in, err
		}
	}
	if others := otherSpeakers(l, told, whole(placed, doc.Machine)); len(others) > 0 {
		more, err := importDecisions(ctx, w, id, func(doc *Document) []annotate.Decision {
			return review.AdoptSpeakers(doc.Text, l, others, signBefore(&w.opts, doc, who))
		})
		in.alsoBeside(more)
		return in, err
	}
	return in, nil
}

// alsoBeside adds to in the import of claims that the log of a file does not have.
func (in *ImportReport) alsoBeside(more ImportReport) {
	in.New, in.Known, in.Beside = in.New+more.New, in.Known+more.Known, in.Beside+more.New
	in.Clashes = append(in.Clashes, more.Clashes...)
}

// importDecisions merges the decisions that adopt makes for the article with that ID into its log,
// without those that the same person has already made.
func importDecisions(ctx context.Context, w *Workspace, id string, adopt func(*Document) []annotate.Decision) (ImportReport, error) {
	at := w.cache.lock(id)
	defer w.cache.unlock(at)
	doc, err := w.refresh(ctx, at, nil)
	if err != nil {
		return ImportReport{}, err
	}
	log, known := withoutRepeats(doc, adopt(doc))
	if err := doc.keepsAdopted(log); err != nil {
		return ImportReport{}, err
	}
	in, err := w.mergeLog(ctx, at, doc, log)
	in.Known += known
	return in, err
}

// whole returns the quotes whose speaker the log alone leads to: somebody decided on it, or on
// what this engine had found. Another engine may have named another.
func whole(log []annotate.Decision, machine *annotate.Layer) map[articles.Span]bool {
	out, makers := map[articles.Span]bool{}, strings.Split(machine.Engine, annotate.Beside)
	for i := range log {
		if d := &log[i]; d.Kind == annotate.OfQuote && (d.Verb == annotate.Attribute || d.Shown != nil || d.Engine == "" || slices.Contains(makers, d.Engine)) {
			out[d.Target.Span], out[d.To.Span] = true, true
		}
	}
	return out
}

// otherSpeakers returns the quotes of want that people claim in l and in told, the layer of its log, but
// with other speakers.
func otherSpeakers(l, told *annotate.Layer, want map[articles.Span]bool) map[articles.Span]bool {
	out := map[articles.Span]bool{}
	said := map[articles.Span]*annotate.Quote{}
	for _, q := range told.Quotes {
		said[q.Span] = q
	}
	for _, q := range l.Quotes {
		had := said[q.Span]
		if want[q.Span] && adopted(q.State, q.Origin) && had != nil && adopted(had.State, had.Origin) && !sameSpeakers(l, q, told, had) {
			out[q.Span] = true
		}
	}
	return out
}

// sameSpeakers reports whether a quote of l and one of told have the same speakers, in whatever order:
// entities that share a mention.
func sameSpeakers(l *annotate.Layer, q *annotate.Quote, told *annotate.Layer, had *annotate.Quote) bool {
	in, there := review.Named(l, q.Speakers()), review.Named(told, had.Speakers())
	if len(in) != len(there) {
		return false
	}
	for _, id := range in {
		if !slices.ContainsFunc(there, func(other string) bool { return shareMention(l.Entity(id), told.Entity(other)) }) {
			return false
		}
	}
	return true
}

func shareMention(a, b *annotate.Entity) bool {
	return a != nil && b != nil && slices.ContainsFunc(a.Mentions, func(m annotate.Mention) bool {
		return slices.ContainsFunc(b.Mentions, func(n annotate.Mention) bool { return n.Span == m.Span })
	})
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
