package linear

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/library"
	"byline/articles/clean"
	"byline/ui/session"
)

// dutiful is a [Keeper] that knows what is assigned.
type dutiful interface {
	Duty(ctx context.Context, id string) (library.Duty, error)
}

// toDo finds what is assigned to whoever reads, who is not done with it.
const toDo = "assigned:me -done-by:me"

// toDoWords says how many articles are assigned to whoever begins; empty for none.
func toDoWords(ctx context.Context, p *Prompt) string {
	if _, ok := p.shelf.svc.Keeper.(dutiful); !ok {
		return ""
	}
	hits, err := p.shelf.svc.Library.Search(ctx, toDo, mostListed)
	if err != nil || len(hits) == 0 {
		return ""
	}
	return fmt.Sprintf("\n%s assigned to you and not done: assigned lists them.", count(len(hits), "article"))
}

// assigned lists what is assigned to whoever reads and not done.
func (s *shelf) assigned(ctx context.Context, _ string) (string, error) {
	hits, err := s.svc.Library.Search(ctx, toDo, mostListed)
	if err != nil {
		return "", err
	}
	if len(hits) == 0 {
		return "", quiet("Nothing is assigned to you that you are not done with; / lists all articles.")
	}
	s.listed(nil)
	var b strings.Builder
	fmt.Fprintf(&b, "%s assigned to you and not done. A number reads one; D there marks it as done and reads the next.\n", count(len(hits), "article"))
	for i := range hits {
		s.entries = append(s.entries, hits[i].Entry)
		if i < mostListed {
			fmt.Fprintf(&b, "%d. %s\n", i+1, spokenEntry(&hits[i].Entry))
		}
	}
	if more := len(hits) - mostListed; more > 0 {
		fmt.Fprintf(&b, "%d more, which come up as these are done.\n", more)
	}
	return b.String(), nil
}

// next reads the next article that is assigned to whoever has finished one, after words that say so; back says whether it can be taken back.
func next(p *Prompt, ctx context.Context, said, back string) (string, error) {
	hits, err := p.shelf.svc.Library.Search(ctx, toDo, mostListed)
	if err != nil || len(hits) == 0 {
		return p.spelled(said + ". Nothing else is assigned to you; " + back + "."), nil // it is done, whatever is next
	}
	opened, err := p.read(ctx, hits[0].Entry.ID)
	return p.spelled(fmt.Sprintf("%s; %s. The next of %s assigned to you:\n", said, back, count(len(hits), "article"))) + opened, err
}

// offer has the commands of an article give the labels of its sets besides the user's own, and returns all.
func (p *Prompt) offer(ctx context.Context, id string) (types []string, err error) {
	svc := p.shelf.svc
	if team, ok := svc.Keeper.(dutiful); ok {
		d, err := team.Duty(ctx, id)
		if err != nil {
			return nil, err
		}
		svc.Labels = slices.Clone(svc.Labels)
		for _, l := range d.Labels {
			if !slices.ContainsFunc(svc.Labels, func(had [2]string) bool { return had[0] == l[0] }) {
				svc.Labels = append(svc.Labels, l)
			}
		}
	}
	for _, l := range svc.Labels {
		types = append(types, l[0])
	}
	p.commands = articleCommands(svc)
	return types, nil
}

// duty returns what is asked of whoever reads the article that is open.
func (p *Prompt) duty(ctx context.Context) (library.Duty, error) {
	team, ok := p.shelf.svc.Keeper.(dutiful)
	if !ok {
		return library.Duty{}, nil
	}
	return team.Duty(ctx, p.page.s.Article().ID)
}

// finishSets marks an article that is assigned to whoever reads as done in its sets or, if it is done there, as not done,
// and returns the status that it has then; nil for one that is not assigned.
func finishSets(ctx context.Context, p *Prompt, d library.Duty) (*library.Status, error) {
	if len(d.Sets) == 0 {
		return nil, nil
	}
	st, name := library.Done, session.Finish
	if d.Done() {
		st, name = library.Reading, session.Reopen
	}
	for _, set := range d.Sets {
		if set.Done == (st == library.Done) {
			continue
		}
		if _, err := p.page.s.Do(ctx, session.Action{Name: name, Text: set.Name}); err != nil {
			return nil, err
		}
	}
	return &st, nil
}

// untouched reports, once for an article, that nothing in it is reviewed, rejected or added, though something is suggested.
func (p *Prompt) untouched() bool {
	s := p.page.s
	reviewed, all := s.Claims().Reviewed(s.Modes().Asides)
	if p.shelf.warned == s.Article().ID || reviewed > 0 || all == 0 {
		return false
	}
	p.shelf.warned = s.Article().ID
	return true
}

// stays says why an article stays done.
const stays = "It stays done, as all could see the others; a curator may reopen it."

// unmarkable says why an article is not marked as done, or not done, here; nil if it can be.
func unmarkable(d *library.Duty) error {
	if words := session.Elsewhere(d); words != "" {
		return quiet("%s; view shows another.", clean.Line(words))
	}
	if d.Stays {
		return quiet(stays)
	}
	return nil
}

// finish marks the article as done, or takes that back. Where nothing is reviewed, it asks once.
func finish(p *Prompt, ctx context.Context, _ string) (string, error) {
	d, err := p.duty(ctx)
	if err != nil {
		return "", err
	}
	if err := unmarkable(&d); err != nil {
		return "", err
	}
	st, say := session.AfterDone(p.page.status), "Marked as not done."
	if len(d.Sets) > 0 && !d.Done() {
		st = library.Done
	}
	if st == library.Done && p.untouched() {
		return "", quiet("Nothing is reviewed yet; {done} again marks it as done.")
	}
	reviewed, all := p.page.s.Claims().Reviewed(p.page.s.Modes().Asides)
	sets, err := finishSets(ctx, p, d)
	if err != nil {
		return "", err
	}
	if sets != nil {
		st = *sets
	}
	if st == library.Done {
		say = "Marked as done."
	}
	id := p.page.s.Article().ID
	if err := p.shelf.svc.Keeper.SetStatus(ctx, id, st); err != nil {
		return "", err
	}
	p.page.status = st
	if sets == nil || st != library.Done {
		return say, nil
	}
	said, back := "Marked as done"+session.LeftWords(all-reviewed), "{undo} takes it back"
	now, err := p.duty(ctx)
	if err != nil {
		return "", err
	}
	if now.Stays {
		back = "it stays done, as all are who had it"
	}
	said, err = next(p, ctx, said, back)
	p.finished = id
	return said, err
}

// undo takes back the last decision or, if nothing was decided since an article was done, that it is, and reads that again.
func undo(p *Prompt, ctx context.Context, _ string) (string, error) {
	id := p.finished
	if id == "" {
		return p.do(ctx, session.Action{Name: session.Undo})
	}
	if err := p.shelf.svc.Keeper.SetStatus(ctx, id, library.Reading); err != nil {
		return "", err
	}
	p.finished = ""
	opened, err := p.read(ctx, id)
	return "Not done any more:\n" + opened, err
}

// guidelines reads the guidelines of the sets that the article is in.
func guidelines(p *Prompt, ctx context.Context, _ string) (string, error) {
	d, err := p.duty(ctx)
	if err != nil {
		return "", err
	}
	if d.Guidelines == "" {
		return "", quiet("There are no guidelines for this article.")
	}
	return "Guidelines.\n" + strings.TrimSpace(clean.String(d.Guidelines)), nil
}

// noted forgets what was done before a decision: undo is about that from now on.
func (p *Prompt) noted(e session.Effect) {
	if v := e.Edited.Verb; v != "" && v != annotate.Done && v != annotate.Reopen {
		p.finished = ""
	}
}
