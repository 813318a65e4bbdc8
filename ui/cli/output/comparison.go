package output

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"byline/annotate/compare"
	"byline/annotate/workspace"
	"byline/articles/clean"
	"byline/ui"
)

// ComparisonText writes the differences between two versions for people, with times as they are in a zone.
func ComparisonText(w io.Writer, v *workspace.Comparison, zone *time.Location) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: version %d of %s, version %d of %s\n", clean.Line(v.Now.Title), v.From.Number, ui.Minute(v.From.Added, zone), v.To.Number, ui.Minute(v.To.Added, zone))
	for _, n := range v.Names {
		fmt.Fprintf(&b, "%s %s %s, %d × → %d ×\n", sign(n.Op), clean.Line(string(n.Type)), clean.Line(n.Name), n.Was, n.Now)
	}
	for _, q := range v.Quotes {
		if q.Old != nil {
			fmt.Fprintf(&b, "%s quote %s: %s\n", sign(q.Op), cmp.Or(clean.Line(q.Old.By()), "unattributed"), clean.Line(q.Old.Text))
		}
		if q.New != nil {
			fmt.Fprintf(&b, "%s quote %s: %s\n", map[bool]string{true: "→", false: sign(q.Op)}[q.Old != nil], cmp.Or(clean.Line(q.New.By()), "unattributed"), clean.Line(q.New.Text))
		}
	}
	for _, p := range compare.Paragraphs(v.Was.Text, v.Now.Text, v.Pieces) {
		b.WriteByte('\n')
		for _, r := range p.Runs {
			text := strings.TrimRight(clean.Line(r.Text), " ")
			blank := clean.Line(r.Text)[len(text):]
			switch r.Op {
			case compare.Gone:
				text = "[-" + text + "-]"
			case compare.Came:
				text = "{+" + text + "+}"
			}
			b.WriteString(text + blank)
		}
		b.WriteByte('\n')
	}
	if len(v.Names)+len(v.Quotes) == 0 && !strings.Contains(b.String(), "\n\n") {
		b.WriteString("No changes in the text.\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func sign(o compare.Op) string {
	return map[compare.Op]string{compare.Came: "+", compare.Gone: "-", compare.Altered: "~"}[o]
}

// The differences between two versions, for scripts. Offsets are code points of the newer text, or
// of the older one for what was removed.
type (
	versionsJSON struct {
		ID     string       `json:"id"`
		From   int          `json:"from"`
		To     int          `json:"to"`
		Names  []nameJSON   `json:"names"`
		Quotes []changeJSON `json:"quotes"`
		Words  []wordsJSON  `json:"words"`
	}
	nameJSON struct {
		Change string `json:"change"`
		Type   string `json:"type"`
		Name   string `json:"name"`
		Was    int    `json:"was"`
		Now    int    `json:"now"`
	}
	changeJSON struct {
		Change string    `json:"change"`
		Was    *saidJSON `json:"was,omitempty"`
		Now    *saidJSON `json:"now,omitempty"`
	}
	saidJSON struct {
		Speaker  string   `json:"speaker,omitempty"` // the first
		Text     string   `json:"text"`
		Start    int      `json:"start"`
		End      int      `json:"end"`
		Speakers []string `json:"speakers"`
	}
	wordsJSON struct {
		Change string `json:"change"`
		Text   string `json:"text"`
		Start  int    `json:"start"`
		End    int    `json:"end"`
	}
)

// ComparisonJSON writes the differences between two versions for scripts.
func ComparisonJSON(w io.Writer, v *workspace.Comparison) error {
	out := versionsJSON{ID: v.ID, From: v.From.Number, To: v.To.Number, Names: []nameJSON{}, Quotes: []changeJSON{}, Words: []wordsJSON{}}
	for _, n := range v.Names {
		out.Names = append(out.Names, nameJSON{n.Op.String(), string(n.Type), n.Name, n.Was, n.Now})
	}
	said := func(text string, q *compare.Said) *saidJSON {
		if q == nil {
			return nil
		}
		j := &saidJSON{Text: q.Text, Start: codePoints(text, q.Start), End: codePoints(text, q.End), Speakers: append([]string{}, q.Speakers...)}
		if len(q.Speakers) > 0 {
			j.Speaker = q.Speakers[0]
		}
		return j
	}
	for _, q := range v.Quotes {
		out.Quotes = append(out.Quotes, changeJSON{q.Op.String(), said(v.Was.Text, q.Old), said(v.Now.Text, q.New)})
	}
	for _, p := range v.Pieces {
		switch p.Op {
		case compare.Came:
			out.Words = append(out.Words, wordsJSON{"came", p.New.In(v.Now.Text), codePoints(v.Now.Text, p.New.Start), codePoints(v.Now.Text, p.New.End)})
		case compare.Gone:
			out.Words = append(out.Words, wordsJSON{"gone", p.Old.In(v.Was.Text), codePoints(v.Was.Text, p.Old.Start), codePoints(v.Was.Text, p.Old.End)})
		}
	}
	return writeJSON(w, out)
}
