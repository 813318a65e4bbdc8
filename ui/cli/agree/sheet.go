package agree

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"byline/annotate/agreement"
	"byline/articles/clean"
)

// A section is a table of a report for people, with what it says in a line.
type section struct {
	title   string
	note    string
	columns []string // the first is of words, and so is the last if words is set; the others are numbers
	words   bool
	rows    [][]string
}

// A sheet is a report with its figures found by what they are about.
type sheet struct {
	*agreement.Report
	title string
	at    map[key]*agreement.Figure
}

// A key names a figure.
type key struct{ measure, about, typ, a, b string }

func newSheet(r *agreement.Report, title string) *sheet {
	only := *r
	s := &sheet{Report: &only, title: title, at: make(map[key]*agreement.Figure, len(r.Figures))}
	only.Figures, only.ByArticle = s.asked(r.Figures), slices.Clone(r.ByArticle)
	for i := range only.ByArticle {
		only.ByArticle[i].Figures = s.asked(only.ByArticle[i].Figures)
	}
	r = &only
	for i := range r.Figures {
		f := &r.Figures[i]
		s.at[key{f.Measure, f.About, f.Type, f.A, f.B}] = f
	}
	return s
}

// asked returns the figures about what was asked for: the others have no value.
func (s *sheet) asked(all []agreement.Figure) []agreement.Figure {
	out := make([]agreement.Figure, 0, len(all)) // an empty list in JSON
	for _, f := range all {
		if f.About == agreement.Shown || s.counts(f.About) {
			out = append(out, f)
		}
	}
	return out
}

// main is what articles are sorted by: names or, where these were not asked for, quotes.
func (s *sheet) main() string {
	if s.counts(agreement.Names) {
		return agreement.Names
	}
	return agreement.Quotes
}

// of returns the figure of all annotators; nil if there is none.
func (s *sheet) of(measure, about, typ string) *agreement.Figure {
	return s.at[key{measure, about, typ, "", ""}]
}

func value(f *agreement.Figure) string {
	if f == nil {
		return ""
	}
	return f.Value.String()
}

// orNone returns a cell, "n/a" for an empty one.
func orNone(cell string) string { return cmp.Or(cell, "n/a") }

func interval(f *agreement.Figure) string {
	if f == nil || !f.From.Defined() || !f.To.Defined() {
		return ""
	}
	return f.From.String() + " to " + f.To.String()
}

// head says what was compared.
func (s *sheet) head() []string {
	out := []string{fmt.Sprintf("%s by %s; figures of two are means over %s.",
		counted(s.Articles, "article"), counted(len(s.Annotators), "annotator"), counted(len(s.Pairs), "pair"))}
	if n := s.Left.One + s.Left.Nobody; n > 0 {
		out = append(out, fmt.Sprintf("%s left out: %d finished by one annotator, %d by nobody.", counted(n, "article"), s.Left.One, s.Left.Nobody))
	}
	if n := s.Left.Blind; n > 0 {
		out = append(out, counted(n, "article")+" left out: you annotate them blind, until everybody has finished them.")
	}
	if s.Draws > 0 && s.Articles > 1 {
		out = append(out, fmt.Sprintf("Intervals hold 95 %% of %d draws of articles (seed %d).", s.Draws, s.Seed))
	}
	if s.Decided {
		out = append(out, "Only what all who finished an article decided on counts: what one of them left as suggested is left out, with what the others made of it.")
	}
	if len(s.Types) > 0 {
		out = append(out, "Counted: "+strings.Join(s.Types, ", ")+".")
	}
	return out
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// sections returns the tables; of articles at most so many, all if 0.
func (s *sheet) sections(articles int) []section {
	all := []section{s.annotators(), s.overall(), s.types(), s.pairs(), s.suggestions(), s.articles(articles)}
	return slices.DeleteFunc(all, func(x section) bool { return len(x.rows) == 0 })
}

func (s *sheet) annotators() section {
	both := s.counts(agreement.Names) && s.counts(agreement.Quotes)
	x := section{title: "Annotators", columns: []string{"", "articles", s.main(), "as suggested"},
		note: "As suggested: the share of " + s.main() + " that were left as the machine had them."}
	if both {
		x.columns = slices.Insert(x.columns, 3, "quotes")
		x.note = "As suggested: the share of names and quotes that were left as the machine had them."
	}
	for _, a := range s.Annotators {
		share := "n/a"
		if n := a.Decided + a.AsFound; n > 0 {
			share = percent(a.AsFound, n)
		}
		row := []string{clean.Line(a.Name), fmt.Sprint(a.Articles), share}
		if s.counts(agreement.Quotes) {
			row = slices.Insert(row, 2, fmt.Sprint(a.Quotes))
		}
		if s.counts(agreement.Names) {
			row = slices.Insert(row, 2, fmt.Sprint(a.Names))
		}
		x.rows = append(x.rows, row)
	}
	return x
}

func percent(n, of int) string { return fmt.Sprintf("%.0f %%", 100*float64(n)/float64(of)) }

// overall lists the figures about everything.
func (s *sheet) overall() section {
	x := section{title: "All together", columns: []string{"", "value", "95 % interval", "over"}, words: true}
	for _, m := range overall {
		if f := s.of(m.measure, m.about, m.typ); f != nil && s.counts(m.about) {
			x.rows = append(x.rows, []string{m.says, value(f), orNone(interval(f)), over(f, m.unit)})
		}
	}
	return x
}

// counts reports whether names, or quotes, are among what was asked for.
func (s *sheet) counts(about string) bool {
	quotes := slices.Contains(s.Types, "quote")
	if about == agreement.Quotes || about == agreement.Speakers {
		return len(s.Types) == 0 || quotes
	}
	return len(s.Types) == 0 || len(s.Types) > 1 || !quotes
}

// overall are the figures about everything, in the order in which they are read.
var overall = []struct{ measure, about, typ, says, unit string }{
	{agreement.Exact, agreement.Names, "", "Names, exact F1", "names"},
	{agreement.Boundary, agreement.Names, "", "Names, boundary F1", "names"},
	{agreement.OverlapF1, agreement.Names, "", "Names, overlap F1", "names"},
	{agreement.SoftOverlap, agreement.Names, "", "Names, soft overlap F1", "names"},
	{agreement.TypeGiven, agreement.Names, "", "Types of names with the same ends", "names"},
	{agreement.Kappa, agreement.Names, "", "Cohen's κ, all tokens", "tokens"},
	{agreement.KappaMarked, agreement.Names, "", "Cohen's κ, marked tokens", "tokens"},
	{agreement.Fleiss, agreement.Names, "", "Fleiss's κ, all tokens", "tokens"},
	{agreement.FleissMarked, agreement.Names, "", "Fleiss's κ, marked tokens", "tokens"},
	{agreement.Alpha, agreement.Names, "", "Krippendorff's α, all tokens", "tokens"},
	{agreement.AlphaMarked, agreement.Names, "", "Krippendorff's α, marked tokens", "tokens"},
	{agreement.AlphaU, agreement.Names, "", "α_U of names", "names of all"},
	{agreement.Gamma, agreement.Names, "", "γ of names", "names of all"},
	{agreement.B3, agreement.Clusters, agreement.OfBoth, "B³, names of both", "names"},
	{agreement.CEAF, agreement.Clusters, agreement.OfBoth, "CEAFe, names of both", "names"},
	{agreement.MUC, agreement.Clusters, agreement.OfBoth, "MUC, names of both", "names"},
	{agreement.B3, agreement.Clusters, agreement.OfAll, "B³, all names", "names"},
	{agreement.CEAF, agreement.Clusters, agreement.OfAll, "CEAFe, all names", "names"},
	{agreement.MUC, agreement.Clusters, agreement.OfAll, "MUC, all names", "names"},
	{agreement.Exact, agreement.Quotes, "", "Quotes, exact F1", "quotes"},
	{agreement.Boundary, agreement.Quotes, "", "Quotes, boundary F1", "quotes"},
	{agreement.OverlapF1, agreement.Quotes, "", "Quotes, overlap F1", "quotes"},
	{agreement.SoftOverlap, agreement.Quotes, "", "Quotes, soft overlap F1", "quotes"},
	{agreement.Kappa, agreement.Quotes, "", "Cohen's κ, tokens in quotes", "tokens"},
	{agreement.Alpha, agreement.Quotes, "", "Krippendorff's α, tokens in quotes", "tokens"},
	{agreement.AlphaU, agreement.Quotes, "", "α_U of quotes", "quotes of all"},
	{agreement.Gamma, agreement.Quotes, "", "γ of quotes", "quotes of all"},
	{agreement.SameSpeaker, agreement.Speakers, "", "Speakers, the same", "quotes of both"},
	{agreement.Kappa, agreement.Speakers, "", "Speakers, κ", "quotes of both"},
}

// over says what a figure is taken over.
func over(f *agreement.Figure, unit string) string {
	switch {
	case f.OfA == agreement.NoMarks:
		return fmt.Sprintf("%d %s", f.N, unit)
	case f.Measure == agreement.Kappa || f.Measure == agreement.KappaMarked:
		return fmt.Sprintf("%d %s, %d and %d marked", f.N, unit, f.OfA, f.OfB)
	}
	return fmt.Sprintf("%d of %d and %d %s", f.N, f.OfA, f.OfB, unit)
}

// types lists the figures of each type.
func (s *sheet) types() section {
	x := section{title: "By type", columns: []string{"", "exact F1", "95 % interval", "overlap F1", "κ", "α", "α_U", "both", "of", "and"}}
	for _, f := range s.Figures {
		if f.Measure != agreement.Exact || f.A != "" || f.Type == "" {
			continue
		}
		what := f.Type
		if f.About == agreement.Quotes {
			what += " quote"
		}
		x.rows = append(x.rows, []string{clean.Line(what), value(&f), orNone(interval(&f)), value(s.of(agreement.OverlapF1, f.About, f.Type)),
			value(s.of(agreement.Kappa, f.About, f.Type)), value(s.of(agreement.Alpha, f.About, f.Type)),
			value(s.of(agreement.AlphaU, f.About, f.Type)), fmt.Sprint(f.N), f.OfA.String(), f.OfB.String()})
	}
	return x
}

// A compared figure is a column of the tables of pairs and of articles.
type compared struct{ measure, about, typ, says string }

// columns returns those of the columns that have figures.
func (s *sheet) columns(all []compared) []compared {
	return slices.DeleteFunc(slices.Clone(all), func(c compared) bool {
		is := func(f agreement.Figure) bool { return f.Measure == c.measure && f.About == c.about }
		return !slices.ContainsFunc(s.Figures, is) && !slices.ContainsFunc(s.ByArticle, func(a agreement.ArticleReport) bool { return slices.ContainsFunc(a.Figures, is) })
	})
}

// The figures by which two annotators are compared.
var ofPairs = []compared{
	{agreement.Exact, agreement.Names, "", "names F1"},
	{agreement.KappaMarked, agreement.Names, "", "κ marked"},
	{agreement.Gamma, agreement.Names, "", "γ"},
	{agreement.B3, agreement.Clusters, agreement.OfBoth, "B³"},
	{agreement.Exact, agreement.Quotes, "", "quotes F1"},
	{agreement.SameSpeaker, agreement.Speakers, "", "speakers"},
}

func (s *sheet) pairs() section {
	x := section{title: "Pairs", columns: []string{"", "articles"}}
	all := s.columns(ofPairs)
	ranged := func(m compared) bool {
		return m.measure == agreement.Exact && m.about == s.main() || m.measure == agreement.Gamma
	}
	for _, m := range all {
		if x.columns = append(x.columns, m.says); ranged(m) {
			x.columns = append(x.columns, "95 % interval")
		}
	}
	for _, p := range s.Pairs {
		row := []string{clean.Line(p.A + " and " + p.B), fmt.Sprint(p.Articles)}
		for _, m := range all {
			f := s.at[key{m.measure, m.about, m.typ, p.A, p.B}]
			row = append(row, orNone(value(f)))
			if ranged(m) {
				row = append(row, orNone(interval(f)))
			}
		}
		x.rows = append(x.rows, row)
	}
	return x
}

// suggestions compares what people made of suggestions that they were shown with what they made of those that were
// hidden. Without hidden ones there is nothing to compare.
func (s *sheet) suggestions() section {
	x := section{title: "Suggestions shown and hidden", columns: []string{"", "value", "95 % interval", "over"}, words: true,
		note: "Somebody who has far more of the suggestions that were shown than of those that were hidden is led by them."}
	hidden := false
	for i := range s.Figures {
		f := &s.Figures[i]
		if f.About != agreement.Shown || f.Measure == agreement.Kappa && f.A != "" {
			continue
		}
		hidden = hidden || f.N > 0 && f.Type != agreement.ToBoth && f.Type != agreement.ToThem
		says := "κ of answers, " + f.Type
		if f.Measure == agreement.Kept {
			says = clean.Line(f.A) + " has, of those " + f.Type
		}
		x.rows = append(x.rows, []string{says, value(f), orNone(interval(f)), counted(f.N, "suggestion")})
	}
	if !hidden {
		x.rows = nil
	}
	return x
}

// ofArticles are the figures of each article.
var ofArticles = []compared{
	{agreement.Exact, agreement.Names, "", "names F1"},
	{agreement.KappaMarked, agreement.Names, "", "κ marked"},
	{agreement.AlphaU, agreement.Names, "", "α_U"},
	{agreement.Gamma, agreement.Names, "", "γ"},
	{agreement.B3, agreement.Clusters, agreement.OfBoth, "B³"},
	{agreement.Exact, agreement.Quotes, "", "quotes F1"},
	{agreement.SameSpeaker, agreement.Speakers, "", "speakers"},
}

// articles lists the articles, those with the least agreement first.
func (s *sheet) articles(most int) section {
	x := section{title: "Articles", columns: []string{""}, words: true}
	if s.Draws > 0 {
		x.note = "Intervals of one article: n/a, as articles are drawn."
	}
	all := s.columns(ofArticles)
	for _, m := range all {
		x.columns = append(x.columns, m.says)
	}
	x.columns = append(x.columns, "annotators")
	sorted := s.leastFirst()
	if most > 0 && len(sorted) > most {
		x.note = strings.TrimSpace(fmt.Sprintf("The %d with the least agreement about %s; --format csv has all %d. %s", most, s.main(), len(sorted), x.note))
		sorted = sorted[:most]
	}
	for _, a := range sorted {
		row := []string{clean.Line(shortID(a.ID) + "  " + cmp.Or(strings.TrimSpace(a.Title), "Untitled"))}
		for _, m := range all {
			row = append(row, value(figureOf(a.Figures, m.measure, m.about)))
		}
		x.rows = append(x.rows, append(row, clean.Line(strings.Join(a.Annotators, ", "))))
	}
	return x
}

func shortID(id string) string { return id[:min(8, len(id))] }

// leastFirst returns the articles by the exact F1 of what is [sheet.main]; those without one come last.
func (s *sheet) leastFirst() []agreement.ArticleReport {
	exact := func(a agreement.ArticleReport) float64 {
		if f := figureOf(a.Figures, agreement.Exact, s.main()); f != nil && f.Value.Defined() {
			return float64(f.Value)
		}
		return 2
	}
	out := slices.Clone(s.ByArticle)
	slices.SortStableFunc(out, func(a, b agreement.ArticleReport) int { return cmp.Compare(exact(a), exact(b)) })
	return out
}

func figureOf(fs []agreement.Figure, measure, about string) *agreement.Figure {
	for i := range fs {
		if fs[i].Measure == measure && fs[i].About == about {
			return &fs[i]
		}
	}
	return nil
}
