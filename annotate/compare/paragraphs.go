package compare

import "strings"

// A Run is words of a paragraph that stayed, went or came.
type Run struct {
	Op   Op
	Text string
}

// A Paragraph is one in which something is another.
type Paragraph struct {
	At   int // byte of the new text where it is, or where it went from
	Runs []Run
}

// Paragraphs returns the paragraphs in which words came or went, in the order of the texts.
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

// runs returns the words of the pieces. Where what went goes over the end of a paragraph, what
// came in its place is in the paragraph that it began in.
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
