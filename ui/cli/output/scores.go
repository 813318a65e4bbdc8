package output

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"byline/annotate/eval"
	"byline/articles/clean"
)

// Scores are the figures of eval for people, in per cent.
type Scores struct{ strings.Builder }

// Intervals are the intervals of the figures of one report.
type Intervals struct {
	Resampled string          `json:"resampled"`         // what is drawn
	Against   string          `json:"against,omitempty"` // the engine that is compared with
	Intervals []eval.Interval `json:"intervals"`
}

// Report writes the tables of one report; without intervals, in is nil.
func (t *Scores) Report(title string, r *eval.Report, in *Intervals) {
	if t.Len() > 0 {
		t.WriteByte('\n')
	}
	fmt.Fprintf(t, "%s, %s\n", clean.Line(title), Documents(r.Documents))
	t.names(r.Names)
	if r.Found != nil || r.Given != nil {
		t.writeHead("people", "gold", "B³:P", "R", "F1", "CEAFe:P", "R", "F1", "MUC:P", "R", "F1", "all:mean", "names:F1")
		t.writeGrouping("names found", r.Found)
		t.writeGrouping("names given", r.Given)
	}
	t.quotes(r.Quotes)
	t.shares("words in marks", "gold", "right", r.Passages)
	t.shares("found speech has", "of", "share", r.Speakers)
	t.rules(r.Rules)
	t.reliability(r.Reliability)
	if in != nil {
		t.intervals(in)
	}
	t.errors(r.Errors)
}

// writeHead starts a table. In a column "exact:P", the part before the colon is a heading above
// this column and those that follow.
func (t *Scores) writeHead(title string, columns ...string) {
	above, below := fmt.Sprintf("%-20s", ""), fmt.Sprintf("%-20s", title)
	for _, c := range columns {
		group, name, grouped := strings.Cut(c, ":")
		if !grouped {
			group, name = "", c
		}
		above += fmt.Sprintf("%6s", group)
		below += fmt.Sprintf("%6s", name)
	}
	t.WriteByte('\n')
	if above = strings.TrimRight(above, " "); above != "" {
		t.WriteString(above + "\n")
	}
	t.WriteString(below + "\n")
}

// row writes a line of a table: counts as they are, shares in per cent.
func (t *Scores) row(name string, cells ...any) {
	fmt.Fprintf(t, "%-20s", name)
	for _, c := range cells {
		if share, ok := c.(float64); ok {
			fmt.Fprintf(t, "%6.1f", 100*share)
		} else {
			fmt.Fprintf(t, "%6v", c)
		}
	}
	t.WriteByte('\n')
}

func (t *Scores) names(all []eval.Spans) {
	if len(all) == 0 {
		return
	}
	t.writeHead("names", "gold", "found", "exact:P", "R", "F1", "part:P", "R", "F1")
	for _, s := range all {
		t.row(s.Type, s.Exact.Gold, s.Exact.Found, s.Exact.Precision, s.Exact.Recall, s.Exact.F1, s.Partial.Precision, s.Partial.Recall, s.Partial.F1)
	}
}

func (t *Scores) writeGrouping(name string, g *eval.Grouping) {
	if g == nil {
		return
	}
	cells := []any{g.Entities}
	for _, f := range []eval.Figures{g.B3, g.CEAFe, g.MUC} {
		cells = append(cells, f.Precision, f.Recall, f.F1)
	}
	t.row(name, append(cells, g.Mean, g.Mentions.F1)...)
}

func (t *Scores) quotes(all []eval.Spoken) {
	if len(all) == 0 {
		return
	}
	t.writeHead("quotes", "gold", "found", "exact:P", "R", "F1", "half:P", "R", "F1", "who:right", "of", "both:F1")
	for _, q := range all {
		t.row(q.Type, q.Exact.Gold, q.Exact.Found, q.Exact.Precision, q.Exact.Recall, q.Exact.F1, q.Half.Precision, q.Half.Recall, q.Half.F1, q.Speaker.Share, q.Speaker.Of, q.Linked.F1)
	}
}

func (t *Scores) shares(title, of, share string, all []eval.TypeShare) {
	if len(all) == 0 {
		return
	}
	t.writeHead(title, of, share)
	for _, s := range all {
		t.row(s.Type, s.Of, s.Share.Share)
	}
}

func (t *Scores) rules(all []eval.Rule) {
	stage := ""
	for _, r := range all {
		if r.Stage != stage {
			stage = r.Stage
			t.writeHead(stage+" by rule", "right", "found", "share", "score")
		}
		t.row(clean.Line(r.Rule), r.Right, r.Found, r.Precision, r.Score)
	}
}

func (t *Scores) reliability(all []eval.Reliability) {
	for _, r := range all {
		t.writeHead(r.Claims, "found", "score", "right")
		for _, b := range r.Bins {
			t.row(fmt.Sprintf("%.1f–%.1f", b.From, b.From+0.1), b.Found, b.Score, b.Right)
		}
		t.row("ECE", r.Found, "", r.ECE)
		t.row("least certain fifth", r.Wrong, "", r.Fifth)
	}
}

func (t *Scores) intervals(in *Intervals) {
	fmt.Fprintf(t, "\n95%% intervals, by resampling %s\n%-40s%6s%7s%6s", in.Resampled, "", "", "from", "to")
	if in.Against != "" {
		fmt.Fprintf(t, "   %s%7s%7s%6s", clean.Line(in.Against), "more", "from", "to")
	}
	t.WriteByte('\n')
	for _, i := range in.Intervals {
		fmt.Fprintf(t, "%-40s%6.1f%7.1f%6.1f", i.Name, 100*i.Value, 100*i.From, 100*i.To)
		if d := i.Against; d != nil {
			fmt.Fprintf(t, "   %*.1f%+7.1f%+7.1f%+6.1f", utf8.RuneCountInString(clean.Line(in.Against)), 100*d.Value, 100*d.More, 100*d.From, 100*d.To)
		}
		t.WriteByte('\n')
	}
}

// A Side is the figures of one of several engines or programs.
type Side struct {
	Name    string
	Figures []eval.Interval
}

// Sides writes the figures of several engines or programs side by side, in columns if there is room. With intervals, if what was drawn for them is named, it has
// a line for each, with how much more its figure is than that of the first.
func (t *Scores) Sides(title string, sides []Side, drawn string) {
	if t.Len() > 0 {
		t.WriteByte('\n')
	}
	t.WriteString(clean.Line(title) + "\n")
	figures := figuresOf(sides)
	const room = 80
	label := 36
	across := label
	for i := range sides {
		sides[i].Name = clean.Line(sides[i].Name)
		across += sides[i].column()
	}
	for i := range sides {
		label = max(label, utf8.RuneCountInString(sides[i].Name)+2)
	}
	switch {
	case drawn != "":
		fmt.Fprintf(t, "95%% intervals, by resampling %s\n\n%-*s%7s%7s%7s%8s%7s%7s\n", drawn, label, "", "", "from", "to", "more", "from", "to")
	case across <= room:
		t.across(figures, sides, label)
		return
	default:
		fmt.Fprintf(t, "\n%-*s%7s%8s\n", label, "", "", "more")
	}
	for _, figure := range figures {
		t.WriteString(figure + "\n")
		for i := range sides {
			t.side(figure, &sides[i], label, drawn != "")
		}
	}
}

// figuresOf returns the names of the figures of sides, in order.
func figuresOf(sides []Side) []string {
	var out []string
	for i := range sides {
		for _, f := range sides[i].Figures {
			if !slices.Contains(out, f.Name) {
				out = append(out, f.Name)
			}
		}
	}
	return out
}

// column returns the width of a column with the figures of a side.
func (s *Side) column() int { return max(6, utf8.RuneCountInString(s.Name)) + 2 }

// figure returns a figure of a side; nil if it has none.
func (s *Side) figure(name string) *eval.Interval {
	if i := slices.IndexFunc(s.Figures, func(f eval.Interval) bool { return f.Name == name }); i >= 0 {
		return &s.Figures[i]
	}
	return nil
}

// across writes a column for each side.
func (t *Scores) across(figures []string, sides []Side, label int) {
	fmt.Fprintf(t, "\n%-*s", label, "")
	for i := range sides {
		fmt.Fprintf(t, "%*s", sides[i].column(), sides[i].Name)
	}
	t.WriteByte('\n')
	for _, figure := range figures {
		fmt.Fprintf(t, "%-*s", label, figure)
		for i := range sides {
			if f := sides[i].figure(figure); f != nil {
				fmt.Fprintf(t, "%*.1f", sides[i].column(), 100*f.Value)
			} else {
				fmt.Fprintf(t, "%*s", sides[i].column(), "–")
			}
		}
		t.WriteByte('\n')
	}
}

// side writes the line of one side in a figure.
func (t *Scores) side(figure string, s *Side, label int, drawn bool) {
	fmt.Fprintf(t, "  %-*s", label-2, s.Name)
	f := s.figure(figure)
	if f == nil {
		t.WriteString("      –\n")
		return
	}
	fmt.Fprintf(t, "%7.1f", 100*f.Value)
	if drawn {
		fmt.Fprintf(t, "%7.1f%7.1f", 100*f.From, 100*f.To)
	}
	if d := f.Against; d != nil {
		fmt.Fprintf(t, "%+8.1f", 100*d.More)
		if drawn {
			fmt.Fprintf(t, "%+7.1f%+7.1f", 100*d.From, 100*d.To)
		}
	}
	t.WriteByte('\n')
}

func (t *Scores) errors(all []eval.Error) {
	if len(all) > 0 {
		t.WriteByte('\n')
	}
	for _, e := range all {
		line := fmt.Sprintf("%s, line %d: %s %s", e.Doc, e.Line, e.Part, e.What)
		if e.Rule != "" {
			line += fmt.Sprintf(" (%s %.2f)", e.Rule, e.Score)
		}
		if e.Gold != "" {
			line += ", gold: " + e.Gold
		}
		t.WriteString(clean.Line(line) + "\n    " + clean.Line(e.Text) + "\n")
	}
}

// Documents says how many documents there are.
func Documents(n int) string {
	if n == 1 {
		return "1 document"
	}
	return fmt.Sprintf("%d documents", n)
}
