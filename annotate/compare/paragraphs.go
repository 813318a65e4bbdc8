package compare

import "strings"

// A Run is a run of words of a paragraph that was kept, removed or added.
type Run struct {
	Op   Op
	Text string
}

// A Paragraph is a paragraph that differs.
type Paragraph struct {
	At   int // byte of the new text where it is, or where it was removed
	Runs []Run
}

// Paragraphs returns the paragraphs in which words were added or removed, in the order of the
// texts.
func Paragraphs(was, now string, pieces []Piece) []Paragraph {
	var out []Paragraph
	var p Paragraph
	changed := false
	at := 0 // in the new text
	end := func() {
		if changed {
			out = append(out, p)
		}
		p, changed = Paragraph{At: at}, false
	}
	for _, r := range runs(was, now, pieces) {
		text := r.Text
		for text != "" {
			part, rest, breaks := strings.Cut(text, "\n\n")
			if part != "" {
				p.Runs = append(p.Runs, Run{r.Op, part})
				changed = changed || r.Op != Kept
			}
			if r.Op != Gone {
				at += len(text) - len(rest)
			}
			text = rest
			if breaks {
				end()
			}
		}
	}
	end()
	return out
}

// runs returns the words of the pieces. If a removal crosses the end of a paragraph, the words
// that replace it belong to the paragraph in which it started.
func runs(was, now string, pieces []Piece) []Run {
	var out []Run
	for i := 0; i < len(pieces); i++ {
		p := pieces[i]
		if p.Op != Gone {
			out = append(out, Run{p.Op, p.New.In(now)})
			continue
		}
		text := p.Old.In(was)
		head, _, breaks := strings.Cut(text, "\n\n")
		if !breaks || i+1 == len(pieces) || pieces[i+1].Op != Came {
			out = append(out, Run{Gone, text})
			continue
		}
		i++
		out = append(out, Run{Gone, head}, Run{Came, pieces[i].New.In(now)}, Run{Gone, text[len(head):]})
	}
	return out
}
