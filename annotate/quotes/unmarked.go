package quotes

import (
	"strings"

	"byline/annotate/quotes/grammar"
	"byline/articles"
)

// An unmarked finds the speech that no marks show: turns of a talk, block quotes and posts, and
// clauses that are reported.
type unmarked struct {
	*attributed
	told []claim // in the order in which they are found
}

// kinds are the rules of reported clauses.
var kinds = [...]*rule{
	grammar.SaidThat:     &reported,
	grammar.AfterClause:  &trailing,
	grammar.InsideClause: &parted,
	grammar.ByAccount:    &byAccount,
}

// indirect finds speech that is reported without marks, one sentence after the other.
func (an *unmarked) indirect() {
	for i := range an.d.Sentences {
		s := &an.d.Sentences[i]
		switch an.d.Paragraphs[s.Paragraph].Block.Kind {
		case articles.Code, articles.Rule, articles.Row:
			continue
		}
		for _, r := range an.Reported(s.Tokens) {
			r.Clause.Start += len(r.Clause.In(an.d.Text)) - len(strings.TrimLeft(r.Clause.In(an.d.Text), "•·‣*–—- "))
			an.tell(claim{Attribution: r.Attribution, span: r.Clause, rule: kinds[r.Kind]})
		}
	}
}

// tell keeps a claim on words without marks.
func (an *unmarked) tell(c claim) {
	an.resolve(an.QuotationsBefore(c.span.Start), &c)
	an.told = append(an.told, c)
}
