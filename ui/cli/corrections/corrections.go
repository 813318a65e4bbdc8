// Package corrections is the command that tells an annotator what curators settled otherwise than they had it, and why.
package corrections

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"byline/annotate"
	"byline/annotate/adjudicate"
	"byline/annotate/format/offsets"
	"byline/annotate/format/report"
	"byline/annotate/format/tables"
	"byline/annotate/review"
	"byline/annotate/team"
	"byline/annotate/workspace"
	"byline/annotate/workspace/curation"
	"byline/articles/clean"
	"byline/ui/cli/command"
)

// formats are how a report is written.
var formats = []struct {
	name  string
	write func(io.Writer, *told) error
}{{"text", writeText}, {"json", writeJSON}, {"csv", writeCSV}, {"md", writeMarkdown}}

func formatNames() []string {
	var names []string
	for _, f := range formats {
		names = append(names, f.name)
	}
	return names
}

// reporting holds the flags of report.
type reporting struct {
	command.Env
	who, set, format string
	write            func(io.Writer, *told) error
}

// Command returns "byline team report".
func Command(env command.Env) *cobra.Command {
	o := reporting{Env: env}
	c := &cobra.Command{
		Use:   "report [SET]",
		Short: "Show an annotator what was settled otherwise, and why",
		Long: `Show each answer of an annotator that a curator settled otherwise: the question, what the annotator
had, what was settled, by whom, and what the curator noted on it. It is about articles that the
annotator marked as done; what is still open is left out. What the annotator lacks because it was
not suggested to them says so, and is not counted with the rest.

"byline team adjudicate" settles what annotators differ on.`,
		Example: `  byline team report
  byline team report May --for ann
  byline team report --for ann --format md > ann.md`,
		Args: command.SetArgument(&o.set),
		RunE: func(c *cobra.Command, _ []string) error {
			if err := o.check(); err != nil {
				return err
			}
			return env.Library(c.Context(), o.run)
		},
	}
	f := c.Flags()
	f.StringVar(&o.who, "for", "", "`NAME` of the annotator (default: yours)")
	f.StringVar(&o.set, "set", "", "only articles of the `SET`, finished in it (default: all)")
	f.StringVarP(&o.format, "format", "f", "text", "output `FORMAT`: "+strings.Join(formatNames(), ", "))
	command.CompleteWith(c, "format", formatNames()...)
	return c
}

func (o *reporting) check() error {
	for _, f := range formats {
		if f.name == o.format {
			o.write = f.write
			return nil
		}
	}
	return command.WrongUsage("--format %s: unknown format; use %s", o.format, strings.Join(formatNames(), ", "))
}

// told is what an annotator is told.
type told struct {
	Who      string        `json:"for"`
	Set      string        `json:"set,omitempty"`
	Finished int           `json:"articles_finished"`
	Curated  int           `json:"articles_curated"`            // of them, those in which curators decided anything
	Blind    int           `json:"articles_blind"`              // those whose readings whoever asks may not see yet
	Trashed  int           `json:"articles_in_trash,omitempty"` // that the annotator finished, and that are left out
	Settled  int           `json:"questions_settled"`
	Open     int           `json:"questions_open"`
	Changes  int           `json:"changes"`
	Unshown  int           `json:"not_suggested"` // what the annotator lacks since it was not suggested to them; no change
	Articles []articleTold `json:"articles"`
}

// An articleTold is an article with changes.
type articleTold struct {
	ID      string   `json:"id"`
	Title   string   `json:"title"`
	Changes []change `json:"changes"`
}

// A change is one of an article. Start and End are code points, of the first mention that it is about.
type change struct {
	Question string   `json:"question"`
	Start    int      `json:"start"`
	End      int      `json:"end"`
	Text     string   `json:"text"`
	Was      string   `json:"was"`
	Now      string   `json:"now"`
	By       []string `json:"by"`
	Because  []string `json:"because,omitempty"`
	Unshown  bool     `json:"not_suggested,omitempty"`
	Mentions []place  `json:"mentions"`
}

// A place is a mention in code points, with the words around it.
type place struct {
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Around string `json:"around"`
}

func (o *reporting) run(ctx context.Context, w *workspace.Workspace) error {
	who, err := workspace.FindName(ctx, w, clean.Line(cmp.Or(o.who, workspace.Signer(w))))
	if err != nil {
		return fmt.Errorf("--for %w", err)
	}
	state, err := workspace.TeamOf(w).State(ctx)
	if err != nil {
		return err
	}
	var set *team.Set
	if o.set != "" {
		if set, err = command.FindSet(state, o.set); err != nil {
			return err
		}
	}
	entries, err := o.Where(ctx, w, "")
	if err != nil {
		return err
	}
	t := &told{Who: who, Set: o.set, Articles: []articleTold{}}
	c := curation.New(w, o.set)
	progress := o.Progress("articles")
	defer progress.Clear()
	for i := range entries {
		progress.Step(0)
		if set != nil && !slices.Contains(set.Articles, entries[i].ID) {
			continue
		}
		if err := t.article(ctx, w, c, state, entries[i].ID); err != nil {
			return err
		}
	}
	progress.Clear()
	if err := t.trash(ctx, w, state, set); err != nil {
		return err
	}
	return o.write(o.Out, t)
}

// trash counts the articles in the trash that the annotator finished.
func (t *told) trash(ctx context.Context, w *workspace.Workspace, state *team.State, set *team.Set) error {
	entries, err := w.Library.Trash(ctx)
	if err != nil {
		return err
	}
	for i := range entries {
		if set != nil && !slices.Contains(set.Articles, entries[i].ID) {
			continue
		}
		log, err := logOf(ctx, w, entries[i].ID)
		if err != nil {
			return err
		}
		if t.finished(state, entries[i].ID, log) {
			t.Trashed++
		}
	}
	return nil
}

// finished reports whether the annotator finished the article of a log.
func (t *told) finished(state *team.State, id string, log []annotate.Decision) bool {
	return slices.ContainsFunc(workspace.FinishedIn(state, id, log), func(f review.Finished) bool {
		return f.Layer == "" && f.Who == t.Who && (t.Set == "" || f.Set == t.Set)
	})
}

// article adds an article, if the annotator finished it.
func (t *told) article(ctx context.Context, w *workspace.Workspace, c *curation.Curation, state *team.State, id string) error {
	log, err := logOf(ctx, w, id)
	if err != nil {
		return err
	}
	curated := slices.ContainsFunc(log, func(d annotate.Decision) bool { return d.Layer == annotate.Curated })
	finished := t.finished(state, id, log)
	asks := workspace.Signer(w)
	begun := asks != t.Who && (slices.ContainsFunc(log, func(d annotate.Decision) bool { return d.Who == t.Who && d.Layer == "" }) || len(state.Assigned(id, t.Who)) > 0)
	switch {
	case (finished || begun) && state.Hides(id, asks, workspace.DoneIn(state, id, log)):
		t.Blind++
		return nil
	case !finished:
		return nil
	}
	if t.Finished++; !curated {
		return nil
	}
	t.Curated++
	s, err := c.Open(ctx, id)
	if err != nil {
		return err
	}
	t.Settled += len(s.Questions) - len(s.Open())
	t.Open += len(s.Open())
	if changes := s.Changes(t.Who); len(changes) > 0 {
		t.count(changes)
		t.Articles = append(t.Articles, articleTold{id, s.Article.Title, changesOf(s, changes)})
	}
	return nil
}

// count counts what was settled otherwise, and apart from that what the annotator was not shown.
func (t *told) count(changes []adjudicate.Change) {
	for i := range changes {
		if changes[i].Unshown {
			t.Unshown++
		} else {
			t.Changes++
		}
	}
}

// logOf returns the decisions on an article, whoever made them.
func logOf(ctx context.Context, w *workspace.Workspace, id string) (log []annotate.Decision, err error) {
	rows, err := w.Library.Rows(ctx, id, 0)
	for _, r := range rows {
		if d, err := review.Decode(r.Body); err == nil {
			log = append(log, d)
		}
	}
	return log, err
}

func changesOf(s *adjudicate.Sitting, changes []adjudicate.Change) []change {
	points := offsets.NewPoints(s.Text)
	var out []change
	for _, ch := range changes {
		first := ch.Spans[0]
		one := change{ch.Asks, points.Of(first.Start), points.Of(first.End), first.In(s.Text), ch.Was, ch.Now, ch.By, ch.Because, ch.Unshown, nil}
		for _, m := range ch.Spans {
			one.Mentions = append(one.Mentions, place{points.Of(m.Start), points.Of(m.End), bracketed(adjudicate.Around(s.Text, m, aside))})
		}
		out = append(out, one)
	}
	return out
}

// aside is how many characters a report has on each side of a mention, and mostPlaces of how many mentions of a change.
const (
	aside      = 32
	mostPlaces = 12
)

// mostWords is how many characters of a mention a report has, of which both ends are shown.
const mostWords = 60

// bracketed returns words between brackets, with those around them.
func bracketed(before, words, after string) string {
	words = adjudicate.Apart([]string{strings.Join(strings.Fields(words), " ")}, mostWords, utf8.RuneCountInString)[0]
	return clean.Line(before) + "[" + clean.Line(words) + "]" + clean.Line(after)
}

// places returns the words around the mentions of a change, and how many more there are.
func (ch *change) places() (out []string) {
	for i, m := range ch.Mentions {
		if i == mostPlaces {
			return append(out, fmt.Sprintf("… and %d more", len(ch.Mentions)-i))
		}
		out = append(out, m.Around)
	}
	return out
}

// head sums up a report.
func (t *told) head() string {
	in := ""
	if t.Set != "" {
		in = " in the set " + t.Set
	}
	if t.Finished == 0 && t.Blind > 0 {
		return clean.Line(fmt.Sprintf("%s%s: nothing to show yet; %s, blind until everybody is done.", t.Who, in, counted(t.Blind, "article")))
	}
	out := fmt.Sprintf("%s finished %s%s; ", t.Who, counted(t.Finished, "article"), in)
	if t.Curated == 0 {
		out += "nothing in them is settled yet."
	} else {
		out += fmt.Sprintf("%d of them curated, with %s settled and %d open; %d otherwise than %s had it",
			t.Curated, counted(t.Settled, "question"), t.Open, t.Changes, t.Who)
		if t.Unshown > 0 {
			out += fmt.Sprintf(", and %d that %s was not shown", t.Unshown, t.Who)
		}
		out += "."
	}
	if t.Blind > 0 {
		out += fmt.Sprintf(" Left out: %s, blind until everybody is done.", counted(t.Blind, "article"))
	}
	if t.Trashed > 0 {
		out += fmt.Sprintf(" Left out: %s in the trash.", counted(t.Trashed, "finished article"))
	}
	return clean.Line(out)
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func titleOf(a *articleTold) string {
	return clean.Line(fmt.Sprintf("%s  %s", a.ID[:min(8, len(a.ID))], cmp.Or(strings.TrimSpace(a.Title), "Untitled")))
}

func writeText(w io.Writer, t *told) error {
	var b strings.Builder
	b.WriteString(t.head() + "\n")
	for i := range t.Articles {
		fmt.Fprintf(&b, "\n%s\n", titleOf(&t.Articles[i]))
		for _, ch := range t.Articles[i].Changes {
			fmt.Fprintf(&b, "  %s\n", clean.Line(ch.Question))
			for _, in := range ch.places() {
				fmt.Fprintf(&b, "      in: %s\n", in)
			}
			fmt.Fprintf(&b, "      was: %s\n      now: %s", clean.Line(ch.Was), clean.Line(ch.Now))
			if len(ch.By) > 0 {
				fmt.Fprintf(&b, " (%s)", clean.Line(strings.Join(ch.By, ", ")))
			}
			b.WriteByte('\n')
			for _, why := range ch.Because {
				fmt.Fprintf(&b, "      note: %s\n", clean.Line(why))
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeMarkdown(w io.Writer, t *told) error {
	var b strings.Builder
	line := func(s string) string { return report.MarkdownLine(clean.Line(s)) }
	fmt.Fprintf(&b, "# What was settled otherwise than %s had it\n\n%s\n", line(t.Who), line(t.head()))
	for i := range t.Articles {
		fmt.Fprintf(&b, "\n## %s\n\n", line(titleOf(&t.Articles[i])))
		for _, ch := range t.Articles[i].Changes {
			fmt.Fprintf(&b, "- %s Was: %s. Now: %s. Settled by %s.", line(ch.Question), line(ch.Was), line(ch.Now), line(strings.Join(ch.By, ", ")))
			for _, why := range ch.Because {
				b.WriteString(" " + line(why))
			}
			b.WriteByte('\n')
			for _, in := range ch.places() {
				fmt.Fprintf(&b, "  - %s\n", line(in))
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeCSV(w io.Writer, t *told) error {
	out := tables.New(w, ',')
	out.Row("article", "title", "question", "start", "end", "text", "was", "now", "by", "because", "around", "mentions")
	for _, a := range t.Articles {
		for _, ch := range a.Changes {
			out.Row(a.ID, a.Title, ch.Question, fmt.Sprint(ch.Start), fmt.Sprint(ch.End), ch.Text, ch.Was, ch.Now, strings.Join(ch.By, ", "), strings.Join(ch.Because, " "),
				ch.Mentions[0].Around, ch.offsets())
		}
	}
	return out.Close()
}

// offsets returns where the mentions of a change are: "12-19 40-47".
func (ch *change) offsets() string {
	var out []string
	for _, m := range ch.Mentions {
		out = append(out, fmt.Sprintf("%d-%d", m.Start, m.End))
	}
	return strings.Join(out, " ")
}

func writeJSON(w io.Writer, t *told) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(t)
}
