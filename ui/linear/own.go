package linear

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/articles"
	"byline/articles/clean"
	"byline/ui/session"
)

// own returns the commands of an article that are another thing line by line than a call of
// the session.
func own() map[session.Name]func(p *Prompt, ctx context.Context, rest string) (string, error) {
	return map[session.Name]func(p *Prompt, ctx context.Context, rest string) (string, error){
		session.PageDown: func(p *Prompt, _ context.Context, _ string) (string, error) { return p.page.read(p.page.at + 1) },
		session.PageUp:   func(p *Prompt, _ context.Context, _ string) (string, error) { return p.page.read(p.page.at - 1) },
		session.Repeat:   func(p *Prompt, _ context.Context, _ string) (string, error) { return p.page.read(p.page.at) },
		session.Top:      func(p *Prompt, _ context.Context, _ string) (string, error) { return p.page.jump(0) },
		session.End: func(p *Prompt, _ context.Context, _ string) (string, error) {
			return p.page.jump(len(p.page.blocks) - 1)
		},
		session.NextEntity:       stepTo(1, isFirst, session.NoNext),
		session.PreviousEntity:   stepTo(-1, isFirst, session.NoPrevious),
		session.NextQuote:        stepTo(1, session.IsQuote, session.NoNextQuote),
		session.PreviousQuote:    stepTo(-1, session.IsQuote, session.NoPreviousQuote),
		session.NextMention:      stepSame(session.NextMention),
		session.PreviousMention:  stepSame(session.PreviousMention),
		session.Person:           name(session.Person),
		session.Organization:     name(session.Organization),
		session.PersonHere:       name(session.PersonHere),
		session.OrganizationHere: name(session.OrganizationHere),
		session.Cue:              cue,
		session.Quote:            onWords(session.Quote),
		session.Highlight:        onWords(session.Highlight),
		session.RemoveNote:       onWords(session.RemoveNote),
		session.Note:             note,
		session.Merge:            merge,
		session.Find:             findText,
		session.GoToMark:         goToMark,
		session.Panel:            panel,
		session.Go:               goTo,
		session.Open:             openLink,
		session.Details:          details,
		session.About:            aboutArticle,
		session.Why:              why,
		session.Copy:             copyClaim,
		session.Export:           export,
		session.Done:             finish,
		session.Undo:             undo,
		session.Guidelines:       guidelines,
		session.Views:            viewArticle,
		session.Tags:             tagPage,
		session.Quit:             closePage,
	}
}

// jump reads block i, and remembers where from.
func (p *page) jump(i int) (string, error) {
	p.see()
	p.s.Leave()
	return p.read(i)
}

// stepTo goes to the next claim that want accepts, of those that a step stops at.
func stepTo(dir int, want func(session.Claim) bool, none session.Reason) func(*Prompt, context.Context, string) (string, error) {
	return func(p *Prompt, ctx context.Context, _ string) (string, error) {
		p.page.see()
		e := p.page.s.StepWhere(dir, want)
		if e.None != 0 {
			e.None = none
		}
		return p.answer(ctx, e)
	}
}

// isFirst reports whether c is where somebody is mentioned first.
func isFirst(c session.Claim) bool { return !session.IsQuote(c) && c.Index == 0 }

// stepSame goes to another mention of the current name, be it a place.
func stepSame(action session.Name) func(*Prompt, context.Context, string) (string, error) {
	return func(p *Prompt, ctx context.Context, _ string) (string, error) {
		c, ok := p.page.s.Current()
		if !ok || session.IsQuote(c) {
			return "", quiet("Go to a name first: {next} goes to the next.")
		}
		p.page.see()
		e, err := p.page.s.Do(ctx, session.Action{Name: action})
		if err != nil {
			return "", err
		}
		return p.answer(ctx, e)
	}
}

// name gives the current name, or words of the article, a type.
func name(action session.Name) func(*Prompt, context.Context, string) (string, error) {
	return func(p *Prompt, ctx context.Context, words string) (string, error) {
		a := session.Action{Name: action}
		if words != "" {
			at, err := p.page.words(words)
			if err != nil {
				return "", err
			}
			if i := p.page.s.Claims().FindMention(at); i >= 0 {
				p.page.s.Point(i)
			} else {
				a.Span = at
			}
		}
		return p.do(ctx, a)
	}
}

// cue gives the current quote the words that introduce it.
func cue(p *Prompt, ctx context.Context, words string) (string, error) {
	a := session.Action{Name: session.Cue}
	if c, ok := p.page.s.Current(); words != "" && ok && session.IsQuote(c) {
		var err error
		if a.Span, err = p.page.words(words); err != nil {
			return "", err
		}
	}
	return p.do(ctx, a)
}

// onWords does an action on words of the article, or on the current claim.
func onWords(action session.Name) func(*Prompt, context.Context, string) (string, error) {
	return func(p *Prompt, ctx context.Context, words string) (string, error) {
		a := session.Action{Name: action}
		if words != "" {
			var err error
			if a.Span, err = p.page.words(unquoted(words)); err != nil {
				return "", err
			}
		}
		return p.do(ctx, a)
	}
}

// unquoted returns words without the straight marks that somebody typed around them.
func unquoted(words string) string {
	if inner, ok := strings.CutPrefix(words, `"`); ok && len(inner) > 1 {
		return strings.TrimSuffix(inner, `"`)
	}
	return words
}

// note notes something on the current claim, or on words that are given in straight marks before it.
func note(p *Prompt, ctx context.Context, rest string) (string, error) {
	a := session.Action{Name: session.Note, Text: rest}
	if words, said, ok := strings.Cut(strings.TrimPrefix(rest, `"`), `"`); ok && strings.HasPrefix(rest, `"`) {
		var err error
		if a.Span, err = p.page.words(words); err != nil {
			return "", err
		}
		a.Text = strings.TrimSpace(said)
	}
	return p.do(ctx, a)
}

// merge makes the current name the same as the one given.
func merge(p *Prompt, ctx context.Context, name string) (string, error) {
	if c, ok := p.page.s.Current(); !ok || session.IsQuote(c) {
		return "", quiet("%s", wanted[session.AskMerge])
	}
	return p.do(ctx, session.Action{Name: session.Merge, Text: name})
}

// findText finds words in the article, without regard to case.
func findText(p *Prompt, ctx context.Context, words string) (string, error) {
	s := p.page.s
	p.page.see()
	s.ClearFound()
	e := s.Start(session.Action{Name: session.Find}) // from here
	if words != "" {
		s.Leave()
		var err error
		if e, err = s.Do(ctx, session.Action{Name: session.Find, Text: strings.ToLower(words)}); err != nil {
			return "", err
		}
		e.About = words
	}
	return p.answer(ctx, e)
}

func goToMark(p *Prompt, ctx context.Context, name string) (string, error) {
	if marks := p.trail.Marks(); name == "" {
		if len(marks) == 0 {
			return "", quiet("No marks; {set-mark} NAME sets one.")
		}
		return "Marks: " + clean.Line(strings.Join(slices.Sorted(maps.Keys(marks)), ", ")), nil
	}
	return p.do(ctx, session.Action{Name: session.GoToMark, Text: name})
}

// panel lists people, organizations and the rest, then the quotes, with numbers that
// lead to them.
func panel(p *Prompt, _ context.Context, words string) (string, error) {
	pg, l := p.page, p.page.s.Claims().Layer
	pg.rows = nil
	out := ""
	add := func(at articles.Span, line string) {
		if containsFold(line, words) {
			out += pg.put(at, line)
		}
	}
	for _, i := range byType(l) {
		add(l.Entities[i].Mentions[0].Span, spokenEntity(&l.Entities[i]))
	}
	for _, q := range l.Quotes {
		add(q.Span, clip(spokenQuote(q, pg.s.Article(), l)))
	}
	if len(pg.rows) == 0 {
		return "", quiet("No names or quotes%s.", with(words))
	}
	return out, nil
}

// byType returns the indices of the entities: people, organizations, then the rest.
func byType(l *annotate.Layer) []int {
	rank := func(i int) int {
		switch l.Entities[i].Type {
		case annotate.Person:
			return 0
		case annotate.Organization:
			return 1
		}
		return 2
	}
	var order []int
	for i := range l.Entities {
		if len(l.Entities[i].Mentions) > 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return rank(a) - rank(b) })
	return order
}

// with says that something is narrowed down to words.
func with(words string) string {
	if words == "" {
		return ""
	}
	return fmt.Sprintf(" with %q", clean.Line(words))
}

// goTo follows the line with a number in the last list.
func goTo(p *Prompt, ctx context.Context, number string) (string, error) {
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(p.page.rows) {
		return "", quiet("No number %s in the list; {panel} lists names and quotes.", clean.Line(number))
	}
	r := p.page.rows[n-1]
	if r.action.Name != "" {
		return p.do(ctx, r.action)
	}
	p.page.see()
	p.page.s.Leave()
	return p.arrive(ctx, r.place)
}

func openLink(p *Prompt, _ context.Context, number string) (string, error) {
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(p.page.rows) || p.page.rows[n-1].link == "" {
		return "", quiet("No link with number %s; {links} lists the links.", clean.Line(number))
	}
	link := p.page.rows[n-1].link
	if p.shelf.svc.Open == nil {
		return "", quiet("Links are not opened here; the address is %s", clean.Line(link))
	}
	if err := p.shelf.svc.Open(link); err != nil {
		return "", err
	}
	return "Opened " + clean.Line(link) + ".", nil
}

// details says all about the current name, or those who speak the current quote.
func details(p *Prompt, ctx context.Context, _ string) (string, error) {
	pg, cs := p.page, p.page.s.Claims()
	c, ok := pg.s.Current()
	if !ok {
		return aboutArticle(p, ctx, "")
	}
	entities := []int{c.Entity}
	if session.IsQuote(c) {
		if entities = cs.Speakers(c.Index); len(entities) == 0 {
			return "", quiet("This quote is unattributed; {speaker} NAME attributes it.")
		}
	}
	pg.rows = nil
	out := ""
	for _, i := range entities {
		out += p.detailsOf(ctx, &cs.Layer.Entities[i])
	}
	return out, nil
}

// aboutArticle says what is known of the article itself.
func aboutArticle(p *Prompt, ctx context.Context, _ string) (string, error) {
	a := p.page.s.Article()
	e, err := p.shelf.svc.Library.Entry(ctx, a.ID)
	if err != nil {
		return "", err
	}
	out := clean.Line(a.Title) + "\n"
	for _, f := range library.Facts(a, &e, p.shelf.svc.zone()) {
		out += fmt.Sprintf("%s: %s\n", strings.ToLower(f.Name), clean.Line(f.Text))
	}
	if p.shelf.svc.Warnings != nil {
		for _, why := range p.shelf.svc.Warnings(ctx, a, &e) {
			out += "note: " + clean.Line(why) + "\n"
		}
	}
	return out, nil
}

// detailsOf says all about e.
func (p *Prompt) detailsOf(ctx context.Context, e *annotate.Entity) string {
	pg, l := p.page, p.page.s.Claims().Layer
	out := fmt.Sprintf("%s\nforms: %s\n", spokenEntity(e), strings.Join(formsOf(e, pg.s.Article().Text), ", "))
	for _, q := range l.Quotes {
		if q.SaidBy(e.ID) && q.State != annotate.Rejected {
			out += pg.put(q.Span, clip(spokenQuote(q, pg.s.Article(), l)))
		}
	}
	return out + p.elsewhere(ctx, e)
}

// elsewhere lists the other articles that name e, with numbers that lead there.
func (p *Prompt) elsewhere(ctx context.Context, e *annotate.Entity) string {
	if p.shelf.svc.Elsewhere == nil {
		return ""
	}
	places, err := p.shelf.svc.Elsewhere(ctx, p.page.s.Article().ID, e)
	if err != nil {
		return "error: " + clean.Line(err.Error())
	}
	out := ""
	for _, pl := range places {
		out += p.page.put(articles.Span{Start: pl.Offset, End: pl.Offset}, fmt.Sprintf("[article] %s — %s", clean.Line(pl.Entry.Title), count(pl.Count, "mention")))
		p.page.rows[len(p.page.rows)-1].place.ID = pl.Entry.ID
	}
	return out
}

// formsOf returns the ways in which the text writes e, the first first.
func formsOf(e *annotate.Entity, text string) []string {
	var forms []string
	for _, m := range e.Mentions {
		if words := clean.Line(m.In(text)); !slices.Contains(forms, words) {
			forms = append(forms, words)
		}
	}
	return forms
}

// why says what the current claim rests on: what people decided, the latest first, what was suggested before, and what each of several
// programs suggests there.
func why(p *Prompt, ctx context.Context, _ string) (string, error) {
	s := p.page.s
	c, ok := s.Current()
	if !ok {
		return "", quiet("Go to a name or quote first: {next} goes to the next.")
	}
	if p.shelf.svc.Why == nil {
		return "", quiet("No explanation available.")
	}
	events, err := p.shelf.svc.Workspace.History(ctx, s.Article())
	if err != nil {
		return "", err
	}
	var b strings.Builder
	decided := review.EventsOn(events, c.Target())
	for _, e := range decided {
		b.WriteString("decided: " + spokenEvent(e, p.shelf.svc.zone()))
	}
	reasons := p.shelf.svc.Why(ctx, s.Article(), s.Claims().Layer, c.Kind(), c.Span)
	if len(decided) > 0 && (len(reasons) == 0 || reasons[0].Beside) {
		b.WriteString("suggested: nothing; a person added it\n")
	}
	for _, r := range reasons {
		b.WriteString(spokenReason(s.Article().Text, &r))
	}
	return b.String(), nil
}

// spokenReason returns one reason: what it means, the words that it rests on, how sure it is.
func spokenReason(text string, r *annotate.Reason) string {
	if r.Origin.Human {
		return fmt.Sprintf("%s: set by %s\n", r.Of, clean.Line(r.Origin.Stage))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", r.Of, clean.Line(r.Says))
	if r.Beside {
		b.WriteByte('.')
	}
	for i, w := range r.Words {
		before := ", "
		if i == 0 {
			before = " Evidence: "
		}
		fmt.Fprintf(&b, "%s“%s”", before, clean.Line(w.In(text)))
	}
	if len(r.Words) > 0 {
		b.WriteByte('.')
	}
	if len(r.Notes) > 0 {
		fmt.Fprintf(&b, " %s.", clean.Line(strings.Join(r.Notes, "; ")))
	}
	if r.Origin.Score > 0 {
		fmt.Fprintf(&b, " Confidence %.0f percent (%s: %s).", r.Origin.Score*100, clean.Line(r.Origin.Stage), r.Origin.Rule)
	}
	b.WriteByte('\n')
	return b.String()
}

// copyClaim copies the current name or quote with its source.
func copyClaim(p *Prompt, _ context.Context, _ string) (string, error) {
	s := p.page.s
	c, ok := s.Current()
	if !ok {
		return "", quiet("Go to a name or quote first: {next} goes to the next.")
	}
	a := s.Article()
	text := c.In(a.Text)
	if session.IsQuote(c) {
		if by := s.Claims().SpeakerNames(c.Index); by != "" {
			text += " — " + by
		}
	}
	text += " (" + strings.Join(slices.DeleteFunc([]string{a.Title, a.Source}, func(s string) bool { return s == "" }), ", ") + ")"
	if p.shelf.svc.Copy != nil {
		if where := p.shelf.svc.Copy(text); where != "" {
			return "Copied to " + where + ".", nil
		}
	}
	return "No clipboard here; the text is:\n" + clean.Line(text), nil
}

func export(p *Prompt, ctx context.Context, to string) (string, error) {
	if to == "" && !p.away() {
		return "", quiet("Add the file: {export} FILE, which ends in .json, .jsonl, .md, .csv or .ann.")
	}
	left, err := p.shelf.svc.Export(ctx, p.page.s.Article(), to)
	if err != nil {
		return "", err
	}
	out := fmt.Sprintf("Exported to %s", clean.Line(to))
	if left > 0 {
		out += fmt.Sprintf(", without %s of unreviewed places and other names", count(left, "mention"))
	}
	return out + ".", nil
}

func tagPage(p *Prompt, ctx context.Context, tags string) (string, error) {
	said, err := p.shelf.tagArticle(ctx, p.page.s.Article().ID, tags)
	return strings.Replace(said, "; u undoes it.", "; in the library, u undoes it.", 1), err // here, u is about decisions
}

func closePage(p *Prompt, ctx context.Context, _ string) (string, error) {
	p.page = nil
	return p.shelf.list(ctx, "")
}
