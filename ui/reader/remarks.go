package reader

import (
	"strings"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
	"byline/ui/textview"
)

// The signs of what people remarked on a claim.
const (
	signQuestion = "⚑"
	signNote     = "✎"
)

// question is the value of the tag that marks a claim as doubtful.
const question = "question"

// remarks are what people remarked, by claim.
type remarks map[review.Target][]annotate.Remark

// signs returns the signs of what is remarked on claims: each once, the flag first.
func (r remarks) signs(ts ...review.Target) string {
	flag, note := "", ""
	for _, t := range ts {
		for _, m := range r[t] {
			if m.Tag {
				flag = signQuestion
			} else {
				note = signNote
			}
		}
	}
	return flag + note
}

// words says what is remarked on a claim, for the line below the text.
func (r remarks) words(t review.Target) string {
	var out []string
	for _, m := range r[t] {
		switch {
		case m.Tag && m.Text == question:
			out = append(out, signQuestion+" doubtful")
		case m.Tag:
			out = append(out, signQuestion+" "+m.Text)
		default:
			out = append(out, signNote+" "+oneLine(m.Text))
		}
	}
	if len(out) == 0 {
		return ""
	}
	return " · " + strings.Join(out, " · ")
}

// gutter puts a sign beside the rows where claims begin that have it.
func (r remarks) gutter(sign string, bar *textview.Bar) []textview.GutterMark {
	out := make([]textview.GutterMark, 0, len(r))
	for t := range r {
		if strings.Contains(r.signs(t), sign) {
			out = append(out, textview.GutterMark{Span: articles.Span{Start: t.Start, End: t.Start + 1}, Bar: bar})
		}
	}
	return out
}

// rowSigns returns the signs of what a row of the panel stands for.
func (s *scene) rowSigns(text string, r row) string {
	if len(s.Remarks) == 0 || r.second {
		return ""
	}
	if r.quote >= 0 {
		return s.remarks().signs(review.Target{Kind: annotate.OfQuote, Span: s.Layer.Quotes[r.quote].Span})
	}
	return s.remarks().signs(s.targetsOf(text, r.entity, r.form)...)
}
