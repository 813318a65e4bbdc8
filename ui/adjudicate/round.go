package adjudicate

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/adjudicate"
	"byline/annotate/review"
	"byline/articles/clean"
)

// digits is how many annotators have a key.
const digits = 9

// A round is the questions of articles, and where somebody is in them.
type round struct {
	articles []Article
	at       int // the current article
	sitting  *adjudicate.Sitting
	q        int                     // the current question; −1 for none
	passed   map[string]map[int]bool // questions to come back to, by article
	trail    []string                // the articles of the decisions of this round, the latest last
	settled  int                     // questions answered in this round
	outcome  outcomes
	some     bool                // an article that was looked at has questions, open or not
	keys     int                 // pressed, or lines typed
	unit     string              // "key" or "line"
	words    func(string) string // says what the program says in those of whoever reads it; nil leaves it
}

// begin goes to an article and its first open question; to its first question if none is open, or to its last one if it is gone
// through from the end.
func (r *round) begin(at int, s *adjudicate.Sitting, atEnd bool) {
	r.at, r.sitting, r.q = at, s, min(0, len(s.Questions)-1)
	switch open := s.Open(); {
	case atEnd:
		r.q = len(s.Questions) - 1
	case len(open) > 0:
		r.q = open[0]
	}
}

// undoes returns the article of the decision that is to be taken back: the last of this round or, if there is none, the last that was
// made before on any of the articles; empty for none.
func (r *round) undoes(ctx context.Context, desk Desk) (string, error) {
	if id := r.last(); id != "" {
		return id, nil
	}
	return desk.Last(ctx, r.ids()...)
}

// outcomes are what questions were settled on in a sitting.
type outcomes struct {
	in  *adjudicate.Sitting
	all []adjudicate.Settlement
}

// settlement returns what the current question was settled on; nil if it is open, or as long as that is not known.
func (r *round) settlement() *adjudicate.Settlement {
	if r.question() == nil || !r.answered() || r.outcome.in != r.sitting {
		return nil
	}
	return &r.outcome.all[r.q]
}

// settle returns what finds what the questions of the sitting were settled on; nil if the current one is open, or if that is known.
func (r *round) settle() func() outcomes {
	if s := r.sitting; r.question() != nil && r.answered() && r.outcome.in != s {
		return func() outcomes { return outcomes{s, s.Settlements()} }
	}
	return nil
}

// question returns the current question; nil if there is none.
func (r *round) question() *adjudicate.Question {
	if r.sitting == nil || r.q < 0 || r.q >= len(r.sitting.Questions) {
		return nil
	}
	return &r.sitting.Questions[r.q]
}

// asked returns what questions ask, as an edit names them.
func (r *round) asked(questions ...int) []string {
	out := make([]string, len(questions))
	for i, q := range questions {
		out[i] = r.sitting.Asked(q)
	}
	return out
}

// answered reports whether the current question is.
func (r *round) answered() bool {
	return r.q < 0 || r.q < len(r.sitting.Answered) && r.sitting.Answered[r.q]
}

// note takes in what a decision came to, and goes to a question that it opened again about some mentions, if it did.
func (r *round) note(e review.Edit, now *adjudicate.Sitting) (again bool) {
	was := r.sitting
	r.sitting = now
	switch {
	case e.Verb == annotate.Undo && len(r.trail) > 0:
		r.trail = r.trail[:len(r.trail)-1]
	case e.Verb != annotate.Undo:
		r.trail = append(r.trail, now.Article.ID)
	}
	if len(was.Questions) != len(now.Questions) { // an annotator changed something
		r.begin(r.at, now, false)
		return true
	}
	for i := range now.Questions {
		more := len(now.Left(&now.Questions[i])) - len(was.Left(&was.Questions[i]))
		switch {
		case !was.Answered[i] && now.Answered[i]:
			r.settled++
			delete(r.passed[now.Article.ID], i)
		case was.Answered[i] && !now.Answered[i]:
			r.settled = max(0, r.settled-1) // what was answered before is no part of the round
		}
		if more > 0 && !again {
			r.q, again = i, true
		}
	}
	return again
}

// less reports whether the current question was open about more mentions in a sitting before, and is still open.
func (r *round) less(was *adjudicate.Sitting) bool {
	q := r.question()
	return q != nil && len(was.Questions) == len(r.sitting.Questions) && !r.answered() && len(r.sitting.Left(q)) < len(was.Left(&was.Questions[r.q]))
}

// next goes to the next open question that was not passed by, after the last from the first on. It reports false if there is
// none.
func (r *round) next() bool {
	n := len(r.sitting.Questions)
	for k := range n {
		if i := (r.q + 1 + k) % n; !r.sitting.Answered[i] && !r.passed[r.sitting.Article.ID][i] {
			r.q = i
			return true
		}
	}
	return false
}

// before goes to the question before, answered or not. It reports false if there is none.
func (r *round) before() bool {
	if r.q <= 0 {
		return false
	}
	r.q--
	return true
}

// forward goes to the question after one that was answered before, answered or not. It reports false if there is none.
func (r *round) forward() bool {
	if r.q+1 >= len(r.sitting.Questions) {
		return false
	}
	r.q++
	return true
}

// earlier returns the article with questions that is the last before the one with index from, by open; none is nil.
func (r *round) earlier(from int, open func(id string) (*adjudicate.Sitting, error)) (at int, s *adjudicate.Sitting) {
	for i := from - 1; i >= 0; i-- {
		if len(r.articles[i].Done) < 2 {
			continue
		}
		if s, err := open(r.articles[i].ID); err == nil && len(s.Questions) > 0 {
			return i, s
		}
	}
	return 0, nil
}

// ids returns the IDs of the articles.
func (r *round) ids() []string {
	out := make([]string, len(r.articles))
	for i := range r.articles {
		out[i] = r.articles[i].ID
	}
	return out
}

// parting says what was answered, and what is open of what was gone through.
func (r *round) parting() string {
	if r.sitting == nil {
		return ""
	}
	open := len(r.sitting.Open())
	for id, qs := range r.passed {
		if id != r.sitting.Article.ID {
			open += len(qs)
		}
	}
	words := plural(r.settled, "question") + " answered"
	if open > 0 {
		words += fmt.Sprintf(", %d still open in what you went through", open)
	}
	return words
}

// pass passes by a question, if it is open.
func (r *round) pass(q int) {
	if q < len(r.sitting.Answered) && r.sitting.Answered[q] {
		return
	}
	id := r.sitting.Article.ID
	if r.passed[id] == nil {
		r.passed[id] = map[int]bool{}
	}
	r.passed[id][q] = true
}

// last returns the article of the last decision of this round; empty if there is none.
func (r *round) last() string {
	if len(r.trail) == 0 {
		return ""
	}
	return r.trail[len(r.trail)-1]
}

// forget takes the decisions on the article of the last one out of those that can be undone: it was removed.
func (r *round) forget() {
	id := r.last()
	r.trail = slices.DeleteFunc(r.trail, func(x string) bool { return x == id })
}

// drop forgets what was to come back to in the current article and can be undone there: it was removed.
func (r *round) drop() {
	id := r.sitting.Article.ID
	delete(r.passed, id)
	r.trail = slices.DeleteFunc(r.trail, func(x string) bool { return x == id })
}

// barredWords says why nothing can be decided.
func barredWords(err error) string {
	said := []rune(line(err.Error()))
	return strings.ToUpper(string(said[:1])) + string(said[1:])
}

// mixedWords says what to do where annotators had the suggestions of other engines; empty for nothing.
func mixedWords(engines string) string {
	if engines == "" {
		return ""
	}
	return "Annotate again: engines differ (" + line(engines) + ")"
}

// skipped is how many questions were passed by and are open.
func (r *round) skipped() (n int) {
	for _, qs := range r.passed {
		n += len(qs)
	}
	return n
}

// farewell says what is left of the article.
func (r *round) farewell() string {
	title := "“" + line(r.sitting.Article.Title) + "”"
	switch open, all := len(r.sitting.Open()), len(r.sitting.Questions); {
	case open > 0:
		return plural(open, "question") + " left open in " + title
	case all == 1:
		return "The only question answered in " + title
	default:
		return fmt.Sprintf("All %d questions answered in %s", all, title)
	}
}

// alike says with whom an annotator answers most of questions alike.
func (r *round) alike(who int, questions []int) string {
	same := map[int]int{}
	for _, i := range questions {
		q := &r.sitting.Questions[i]
		for k := range q.Answers {
			if k != who && q.Answers[k].Like == q.Answers[who].Like {
				same[k]++
			}
		}
	}
	var parts []string
	for k, name := range r.sitting.Who {
		if same[k] > 0 {
			parts = append(parts, fmt.Sprintf("%d as %s", same[k], line(name)))
		}
	}
	return strings.Join(parts, ", ")
}

// progress says how far the round is in the article: "12 of 41".
func (r *round) progress() string {
	return fmt.Sprintf("%d of %d", r.q+1, len(r.sitting.Questions))
}

// progressShort is progress for little room: "12/41".
func (r *round) progressShort() string { return fmt.Sprintf("%d/%d", r.q+1, len(r.sitting.Questions)) }

// open says how many questions are open in the article.
func (r *round) open() string { return fmt.Sprintf("%d open", len(r.sitting.Open())) }

// left says what is open in the article, and how many articles there are.
func (r *round) left() string {
	words := r.open()
	if n := r.several(); n > 1 {
		words += fmt.Sprintf(" · article %d of %d", r.rank(), n)
	}
	return words
}

// several is how many articles have two annotators or more.
func (r *round) several() (n int) {
	for _, a := range r.articles {
		if len(a.Done) > 1 {
			n++
		}
	}
	return n
}

// rank is which of these the current article is.
func (r *round) rank() (n int) {
	for _, a := range r.articles[:min(r.at+1, len(r.articles))] {
		if len(a.Done) > 1 {
			n++
		}
	}
	return n
}

// nothing says why there is nothing to settle, and what to do.
func (r *round) nothing() []string {
	var one []string
	for _, a := range r.articles {
		for _, who := range a.Done {
			if !slices.Contains(one, who) {
				one = append(one, who)
			}
		}
	}
	switch {
	case len(one) == 0:
		return r.say("Nobody has marked an article as done in a set.",
			"D in the reader marks one that is assigned: two who did so are compared. “byline team add SET --all --members NAMES” makes a set, “byline team assign SET --each 2” gives its articles to two each.")
	case len(one) == 1:
		return r.say("Only "+line(one[0])+" has marked articles as done.",
			"A second annotator has to finish one of them: “byline team assign” gives articles to several people.")
	case r.several() == 0:
		return r.say("No two annotators have marked the same article as done.",
			"“byline team progress” says who has what; “byline team assign --each 2” gives articles to two people.")
	}
	return r.say("Nothing is open: the annotators agree, or all is decided.",
		"“byline export --all --curated -o FOLDER” writes the curated readings.")
}

// say returns texts in the words of whoever reads them.
func (r *round) say(texts ...string) []string {
	for i := range texts {
		if r.words != nil {
			texts[i] = r.words(texts[i])
		}
	}
	return texts
}

// leaving says what the round came to for whoever leaves it among open questions.
func (r *round) leaving() []string {
	if r.sitting == nil || len(r.sitting.Open()) == 0 {
		return r.summary()
	}
	return []string{r.parting() + "."}
}

// summary says what the round came to.
func (r *round) summary() []string {
	if r.settled == 0 && r.skipped() == 0 {
		return r.nothing()
	}
	words := []string{plural(r.settled, "question") + " answered"}
	if r.settled > 0 {
		words[0] += fmt.Sprintf(", with %s (%.2f a question)", plural(r.keys, r.unit), float64(r.keys)/float64(r.settled))
	}
	if n := r.skipped(); n > 0 {
		words = append(words, plural(n, "question")+" skipped and still open: start again to answer them.")
	}
	return append(words, r.say("“byline export --all --curated -o FOLDER” writes the curated readings.")...)
}

// line returns a text from outside as it may be drawn on a line.
func line(s string) string { return clean.Line(s) }

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
