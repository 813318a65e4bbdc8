package adjudicate

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/adjudicate"
	"byline/annotate/review"
	"byline/articles"
	"byline/articles/clean"
	"byline/ui/linear"
)

// A Clerk is a [Desk] that writes down what a curator decides.
type Clerk interface {
	Desk
	// Edit stores what an edit decides, and says in a few words what it did.
	Edit(ctx context.Context, a *articles.Article, e review.Edit) (l *annotate.Layer, did string, err error)
}

// Lines asks the questions line by line, for screen readers and for terminals that cannot move their cursor.
type Lines struct {
	clerk    Clerk
	articles func(context.Context) ([]Article, error)
	prompt   func(id string) *linear.Prompt // with an article open, as its curator sees it
	reader   *linear.Prompt
	round    round
	over     bool // no question is left, but the last decision can be taken back
	done     bool
	named    bool // see [Services]
}

// NewLines returns the adjudication line by line, of articles that may have been named: then they are opened even if nothing is open in
// them. Prompt returns the line mode with an article open, whose commands work here as well.
func NewLines(clerk Clerk, articles func(context.Context) ([]Article, error), named bool, words func(string) string, prompt func(id string) *linear.Prompt) *Lines {
	return &Lines{clerk: clerk, articles: articles, named: named, prompt: prompt, round: round{unit: "line", words: words, passed: map[string]map[int]bool{}}}
}

// Done implements [linear.Speaker].
func (l *Lines) Done() bool { return l.done }

// Fit implements [linear.Speaker].
func (l *Lines) Fit(answer string) string {
	if l.reader == nil {
		return answer
	}
	return l.reader.Fit(answer)
}

// Place says where whoever types is.
func (l *Lines) Place() string {
	if l.over {
		return "end"
	}
	return "question"
}

// Keep has a note that is not finished kept, as [linear.Prompt.Keep] does.
func (l *Lines) Keep(ctx context.Context, line string) string {
	if l.reader == nil || l.over {
		return ""
	}
	return l.reader.Keep(ctx, strings.TrimSpace(line))
}

// Start implements [linear.Speaker].
func (l *Lines) Start(ctx context.Context) string {
	var err error
	if l.round.articles, err = l.articles(ctx); err != nil {
		return l.end("error: " + clean.Line(err.Error()))
	}
	return "Type a number and Enter: it takes the answer in that line. ? lists the commands, q quits.\n" + l.look(ctx, 0)
}

// end ends, saying what the round came to.
func (l *Lines) end(said string) string {
	l.done = true
	return said
}

// look goes to the next article with an open question, from the one with index from on.
func (l *Lines) look(ctx context.Context, from int) string {
	said := ""
	for i := from; i < len(l.round.articles); i++ {
		a := l.round.articles[i]
		if len(a.Done) < 2 {
			continue
		}
		s, err := l.clerk.Open(ctx, a.ID)
		switch {
		case err != nil:
			said += "error: “" + line(a.Title) + "”: " + clean.Line(err.Error()) + "\n"
		case len(s.Open()) > 0 || l.named && len(s.Questions) > 0:
			return said + l.open(ctx, i, s, false)
		}
	}
	said += strings.Join(l.round.summary(), "\n")
	if _, s := l.earlier(ctx, len(l.round.articles)); s == nil {
		return l.end(said)
	}
	l.over = true
	return said + "\n" + atEnd
}

// atEnd says what can be done where no question is left.
const atEnd = "u takes the last decision back, r goes back through the questions, q quits."

// open opens an article and asks its first open question, or its last one.
func (l *Lines) open(ctx context.Context, at int, s *adjudicate.Sitting, last bool) string {
	l.over = false
	l.round.begin(at, s, last)
	l.reader = l.prompt(s.Article.ID)
	l.reader.Start(ctx)
	barred := ""
	if err := l.clerk.Barred(s.Article.ID); err != nil {
		barred = barredWords(err) + ".\n"
	}
	if words := mixedWords(l.clerk.Mixed(s.Article.ID)); words != "" {
		barred += words + ": what annotators left as suggested, and so what they agree on, may be otherwise elsewhere.\n"
	}
	return fmt.Sprintf("%s, annotated by %s. %s.\n", line(s.Article.Title), line(annotate.JoinNames(s.Who)), l.round.left()) + barred + l.ask(ctx)
}

// ask says the question, and what there is to answer.
func (l *Lines) ask(ctx context.Context) string {
	q := l.round.question()
	if q == nil {
		return "No question is open here."
	}
	l.reader.Point(ctx, l.round.sitting.Claim(q))
	var b strings.Builder
	answered := ""
	if l.round.answered() {
		answered = ", answered"
	}
	fmt.Fprintf(&b, "Question %s%s: %s\n", l.round.progress(), answered, line(l.round.sitting.Asks(q)))
	b.WriteString(l.places(q))
	if find := l.round.settle(); find != nil {
		l.round.outcome = find()
	}
	settled := l.round.settlement()
	says := adjudicate.Apart(saysOf(q), mostRead, utf8.RuneCountInString)
	for i, a := range q.Answers {
		taken := ""
		if settled != nil && settled.As[i] {
			taken = " (taken)"
		}
		if first := a.Like; first != i && utf8.RuneCountInString(says[i]) > mostTwice {
			says[i] = "as " + line(q.Answers[first].Who)
		}
		fmt.Fprintf(&b, "%d, %s: %s%s\n", i+1, line(a.Who), says[i], taken)
	}
	switch none := nobodyName(len(q.Answers)); {
	case settled == nil || settled.Says == "":
		fmt.Fprintf(&b, "0, %s: %s\n", none, q.Neither())
	case q.Instead(settled.Says) == "":
		fmt.Fprintf(&b, "0, %s: %s (settled)\n", none, line(settled.Says))
	default:
		fmt.Fprintf(&b, "0, %s: %s\nSettled: %s\n", none, q.Instead(settled.Says), line(settled.Says))
	}
	for _, r := range l.round.sitting.Remarks(q) {
		fmt.Fprintf(&b, "%s %s%s\n", line(r.Who), noteWords(r), line(r.Text))
	}
	return b.String()
}

// mostRead is how many characters of an answer are read, mostTwice of one that somebody gave before.
const (
	mostRead  = 160
	mostTwice = 20
)

// aside is how many characters of text are read on each side of the words in dispute.
const aside = 100

// mostPlaces is how many of the mentions that a question is about are read with the words around them.
const mostPlaces = 3

// places says where the mentions are about which a question is open, or was.
func (l *Lines) places(q *adjudicate.Question) string {
	open := l.round.sitting.Left(q)
	if len(open) < 2 {
		return fmt.Sprintf("In the text: %s\n", l.around(l.round.sitting.Claim(q).Span))
	}
	said := ""
	for i, s := range open[:min(mostPlaces, len(open))] {
		said += fmt.Sprintf("In the text, %d of %d: %s\n", i+1, len(open), l.around(s))
	}
	return said
}

// around returns the words at s in their paragraph, between brackets.
func (l *Lines) around(s articles.Span) string {
	before, words, after := adjudicate.Around(l.round.sitting.Text, s, aside)
	return line(before) + "[" + line(words) + "]" + line(after)
}

// Do implements [linear.Speaker].
func (l *Lines) Do(ctx context.Context, in string) string {
	in = strings.TrimSpace(in)
	switch {
	case l.done:
		return ""
	case l.over:
		return l.doAtEnd(ctx, in)
	}
	l.round.keys++
	if n, err := strconv.Atoi(in); err == nil && n >= 0 {
		return l.row(ctx, n)
	}
	word, rest, _ := strings.Cut(in, " ")
	for _, c := range commands() {
		switch rest = strings.TrimSpace(rest); {
		case !slices.Contains(c.words, word):
		case rest != "" && c.arg == "":
			return l.alone(ctx, word)
		default:
			return c.do(l, ctx, rest)
		}
	}
	return l.other(ctx, in)
}

// row takes the answer in a line.
func (l *Lines) row(ctx context.Context, n int) string {
	who := adjudicate.Nobody
	switch {
	case n > len(l.round.sitting.Who):
		return fmt.Sprintf("There are %s; 0 takes %s.", plural(len(l.round.sitting.Who), "answer"), nobodyName(len(l.round.sitting.Who)))
	case n > 0:
		who = l.round.sitting.Who[n-1]
	}
	if l.round.question() == nil {
		return "No question is open here."
	}
	return l.take(ctx, who, l.round.q)
}

// take answers questions as an annotator does.
func (l *Lines) take(ctx context.Context, who string, questions ...int) string {
	return l.decide(ctx, review.Edit{Verb: review.Take, Take: review.Taking{Who: who, Questions: l.round.asked(questions...)}})
}

// decide stores a decision and goes on.
func (l *Lines) decide(ctx context.Context, e review.Edit) string {
	_, said, err := l.clerk.Edit(ctx, l.round.sitting.Article, e)
	if err != nil {
		return l.failed(ctx, err)
	}
	if said = line(said); !strings.HasSuffix(said, "?") {
		said += "."
	}
	return said + "\n" + l.after(ctx, e)
}

// failed says what could not be stored. An article that was removed is left for the next.
func (l *Lines) failed(ctx context.Context, err error) string {
	barred := l.clerk.Barred(l.round.sitting.Article.ID)
	switch {
	case errors.Is(err, adjudicate.ErrGone):
		title := line(l.round.sitting.Article.Title)
		l.round.drop()
		return "error: “" + title + "”: " + err.Error() + "; the next one follows.\n" + l.look(ctx, l.round.at+1)
	case errors.Is(err, adjudicate.ErrAskedAnew):
		return barredWords(err) + ". The questions are:\n" + l.look(ctx, l.round.at)
	case barred != nil:
		return barredWords(barred) + "."
	}
	return "error: " + clean.Line(err.Error()) + "; nothing changed"
}

// after goes on from what a decision answered.
func (l *Lines) after(ctx context.Context, e review.Edit) string {
	now, revisited := l.clerk.Now(l.round.sitting.Article.ID), l.round.answered()
	if again := l.round.note(e, now); again || e.Verb == annotate.Undo || !l.round.answered() || revisited && l.round.forward() {
		return l.ask(ctx)
	}
	return l.next(ctx)
}

// back asks the last question of the article before that has some, from the one with index from.
func (l *Lines) back(ctx context.Context, from int) string {
	at, s := l.earlier(ctx, from)
	if s == nil {
		return "This is the first question of all."
	}
	return l.open(ctx, at, s, true)
}

// earlier is that of the round.
func (l *Lines) earlier(ctx context.Context, from int) (int, *adjudicate.Sitting) {
	return l.round.earlier(from, func(id string) (*adjudicate.Sitting, error) { return l.clerk.Open(ctx, id) })
}

// next asks the next open question, here or in the next article.
func (l *Lines) next(ctx context.Context) string {
	if l.round.next() {
		return l.ask(ctx)
	}
	return l.round.farewell() + ".\n" + l.look(ctx, l.round.at+1)
}

// rest takes an annotator for all that is open.
func (l *Lines) rest(ctx context.Context, name string) string {
	who := l.round.sitting.Who
	if name == "" {
		return fmt.Sprintf("Add whose answers to take, by name or number: Y NAME. There are %s.", line(annotate.JoinNames(who)))
	}
	i := slices.Index(who, name)
	if n, err := strconv.Atoi(name); i < 0 && err == nil {
		i = n - 1
	}
	if i < 0 || i >= len(who) {
		return fmt.Sprintf("Nobody here is called “%s”: there are %s.", line(name), line(annotate.JoinNames(who)))
	}
	open := l.round.sitting.Open()
	if len(open) == 0 {
		return "Nothing is open in this article."
	}
	return l.take(ctx, who[i], open...)
}

// undo takes back the last decision, be it on the article before.
func (l *Lines) undo(ctx context.Context) string {
	said := ""
	id, err := l.round.undoes(ctx, l.clerk)
	barred := error(nil)
	if !l.over {
		barred = l.clerk.Barred(l.round.sitting.Article.ID)
	}
	switch {
	case id == "" && barred != nil:
		return barredWords(barred) + "."
	case err != nil:
		return "error: " + clean.Line(err.Error()) + "; nothing is undone"
	case id == "" && l.over:
		return "Nothing to undo."
	case id == "":
		if _, err := l.clerk.Open(ctx, l.round.sitting.Article.ID); errors.Is(err, adjudicate.ErrGone) {
			return l.failed(ctx, err)
		}
		return "Nothing to undo."
	}
	if l.over || id != l.round.sitting.Article.ID {
		at := slices.IndexFunc(l.round.articles, func(a Article) bool { return a.ID == id })
		s, err := l.clerk.Open(ctx, id)
		if errors.Is(err, adjudicate.ErrGone) && at >= 0 {
			l.round.forget()
			return "error: “" + line(l.round.articles[at].Title) + "”: " + err.Error() + "; nothing is undone"
		}
		if err != nil || at < 0 {
			return "The last decision was on another article: open that to take it back."
		}
		said = l.open(ctx, at, s, true)
		said, _, _ = strings.Cut(said, "\n")
		said += "\n"
	}
	return said + l.decide(ctx, review.Edit{Verb: annotate.Undo})
}

// other does a command of the article; what it decides may answer the question.
func (l *Lines) other(ctx context.Context, in string) string {
	id := l.round.sitting.Article.ID
	was := l.clerk.Now(id)
	said := l.reader.Do(ctx, in)
	if l.reader.Done() {
		return l.end(said)
	}
	if now := l.clerk.Now(id); now == was {
		if _, err := l.clerk.Open(ctx, id); errors.Is(err, adjudicate.ErrGone) {
			return l.failed(ctx, err)
		}
		return said
	}
	return strings.TrimRight(said, "\n") + "\n" + l.after(ctx, review.Edit{Verb: annotate.Confirm})
}
