package main_test

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"testing"

	"byline/articles"
	"byline/articles/load"
)

// madeUp yields a corpus by shape, the same every time: what news looks like, with names
// that nobody bears, and texts that make importers and stages stumble.
func madeUp(t *testing.T) iter.Seq2[string, []*articles.Article] {
	t.Helper()
	return func(yield func(string, []*articles.Article) bool) {
		for i, s := range shapes {
			var out []*articles.Article
			for k := range s.n {
				w := &writer{Rand: rand.New(rand.NewPCG(uint64(i), uint64(k)))}
				s.write(w)
				a, err := load.Bytes(t.Context(), s.name, []byte(w.String()))
				if err != nil {
					t.Fatalf("%s: %v\n%s", s.name, err, w.String())
				}
				out = append(out, a)
			}
			if !yield(s.name, out) {
				return
			}
		}
	}
}

var shapes = []struct {
	name  string
	n     int
	write func(*writer)
}{
	{"report.txt", 40, (*writer).report},
	{"dialogue.txt", 30, (*writer).dialogue},
	{"interview.txt", 15, (*writer).interview},
	{"headings.md", 30, (*writer).headings},
	{"tables.md", 20, (*writer).tables},
	{"page.html", 25, (*writer).page},
	{"live.txt", 15, (*writer).live},
	{"hostile.txt", 25, (*writer).hostile},
}

// A writer writes one article.
type writer struct {
	*rand.Rand
	strings.Builder
}

func (w *writer) pick(words ...string) string { return words[w.IntN(len(words))] }

func (w *writer) first() string {
	return w.pick("Marta", "Tom", "Ines", "Ole", "Zoë", "Kim", "Robin", "Siv", "Ruth", "Desmond", "Aoife", "Li", "Omar", "J. T.")
}

func (w *writer) surname() string {
	return w.pick("Quill", "Ferris", "Calder", "Brandvold", "Adé", "van der Moss", "O’Rell", "Thackwell", "Nyström", "Pell-Ashby", "Okonda", "Varga")
}

func (w *writer) person() string { return w.first() + " " + w.surname() }

func (w *writer) body() string {
	return w.pick("Halden Media", "the Orrin Bay Courier", "the Port of Amble", "Ferris & Sons", "the Ministry of Tides", "Calder Bank plc",
		"the National Union of Lamplighters (NUL)", "Westmark University", "the Wend Council", "Brandvold AS")
}

func (w *writer) place() string {
	return w.pick("Orrin Bay", "Amble", "Denholm", "Westmark", "Holm Island", "the Wend", "Port Calder", "Minton")
}

func (w *writer) cue() string {
	return w.pick("said", "told reporters", "added", "warned", "replied", "asked", "insisted", "wrote in a letter", "conceded", "shouted")
}

func (w *writer) words() string {
	return w.pick("we sold the press", "the ferry sails at seven", "nobody asked the crew", "it was late, and it was dark", "they will pay for all of it",
		"I would not call it a strike", "the harbour is full", "she never signed", "the “long dock” stays", "there are 3,000 jobs at stake", "my mother told me so")
}

func (w *writer) Words() string {
	s := w.words()
	return strings.ToUpper(s[:1]) + s[1:]
}

// quote is a direct quote in one of the styles of marks.
func (w *writer) quote(end string) string {
	style := [][2]string{{"“", "”"}, {"\"", "\""}, {"‘", "’"}, {"«", "»"}, {"„", "“"}}[min(w.IntN(12), 4)]
	return style[0] + strings.ReplaceAll(w.Words(), "“", "‘") + end + style[1]
}

func (w *writer) day() string {
	return w.pick("on Monday", "on Tuesday evening", "last week", "in March", "on 9 March 2026", "this morning")
}

func (w *writer) title() string {
	return w.pick("Mr.", "Ms", "Dr.", "Mayor", "Chief Executive", "Capt.", "Prof.", "Minister")
}

// sentence is one of a report.
func (w *writer) sentence() string {
	p, s := w.person(), w.surname()
	switch w.IntN(14) {
	case 0:
		return fmt.Sprintf("%s, who ran %s for %d years, sold its press to %s %s.", p, w.body(), 2+w.IntN(40), w.body(), w.day())
	case 1:
		return fmt.Sprintf("%s %s %s.", w.quote(","), w.pick("she", "he", "they", s, p, w.title()+" "+s), w.cue())
	case 2:
		return fmt.Sprintf("%s %s: %s", p, w.cue(), w.quote("."))
	case 3:
		return fmt.Sprintf("%s %s %s, %s %s", w.quote(","), w.cue(), p, w.pick("a spokeswoman for", "the head of", "of"), w.body()+".")
	case 4:
		return fmt.Sprintf("%s said that %s.", w.pick(p, w.title()+" "+s, "The minister", "Police", "A spokesman"), w.words())
	case 5:
		return fmt.Sprintf("According to %s, %s.", w.pick(p, w.body()), w.words())
	case 6:
		return fmt.Sprintf("%s called the sale “%s” and left %s.", w.title()+" "+s, w.pick("sad", "a theft", "good for "+w.place()), w.place())
	case 7:
		return fmt.Sprintf("%s’s novel, “The Long Dock”, is set in %s.", p, w.place())
	case 8:
		return fmt.Sprintf("%s was fined by %s; %s denies it.", w.body(), w.body(), w.pick("he", "she", s))
	case 9:
		return fmt.Sprintf("%s %s %s. %s", w.quote(","), s, w.cue(), w.quote("."))
	case 10:
		return fmt.Sprintf("%s and %s met in %s %s.", p, w.person(), w.place(), w.day())
	case 11:
		return fmt.Sprintf("“%s,” %s %s, “%s.”", w.Words(), w.cue(), w.pick(p, "she", w.title()+" "+s), w.words())
	case 12:
		return fmt.Sprintf("In a statement, %s %s it would %s.", w.body(), w.pick("said", "confirmed"), w.pick("appeal", "close the yard in "+w.place()))
	}
	return fmt.Sprintf("The %s of %s %s %s.", w.pick("strike", "sale", "flood", "inquiry"), w.place(), w.pick("began", "ended", "was called off"), w.day())
}

func (w *writer) paragraph(n int) string {
	var out []string
	for range 1 + w.IntN(n) {
		out = append(out, w.sentence())
	}
	return strings.Join(out, " ")
}

func (w *writer) headline() string {
	return fmt.Sprintf("%s %s as %s %s", w.body(), w.pick("closes", "sells press", "faces inquiry"), w.surname(), w.pick("leaves", "stays silent"))
}

func (w *writer) report() {
	fmt.Fprintf(w, "%s\n\nBy %s\n\n%s — %s\n\n", w.headline(), w.person(), strings.ToUpper(w.place()), w.paragraph(3))
	for range 3 + w.IntN(6) {
		fmt.Fprintf(w, "%s\n\n", w.paragraph(4))
	}
}

// dialogue has turns without cues, and a quote that goes on over paragraphs.
func (w *writer) dialogue() {
	a, b := w.person(), w.person()
	fmt.Fprintf(w, "%s\n\n%s met %s at %s.\n\n", w.headline(), a, b, w.place())
	for range 2 + w.IntN(3) {
		fmt.Fprintf(w, "“%s,” %s %s.\n\n“%s?” %s %s.\n\n“%s.”\n\n“%s!”\n\n", w.Words(), a, w.cue(), w.Words(), w.pick("she", "he", b), w.cue(), w.Words(), w.Words())
	}
	fmt.Fprintf(w, "“%s.\n\n“%s. %s.\n\n“%s,” %s %s.\n", w.Words(), w.Words(), w.Words(), w.Words(), w.pick(a, b, "the woman"), w.cue())
}

func (w *writer) interview() {
	p := w.person()
	fmt.Fprintf(w, "A talk with %s\n\n%s\n\n", p, w.paragraph(2))
	short := p[strings.LastIndex(p, " ")+1:]
	for range 4 + w.IntN(4) {
		fmt.Fprintf(w, "%s: %s?\n\n%s: %s. %s\n\n", w.pick("Q", "THE COURIER", "Peter Quayle"), w.Words(), w.pick("A", strings.ToUpper(short), short), w.Words(), w.paragraph(2))
	}
}

func (w *writer) headings() {
	fmt.Fprintf(w, "---\ntitle: %s\nauthor: %s\ndate: 2026-03-%02d\n---\n\n# %s\n\n*%s*\n\n", w.headline(), w.person(), 1+w.IntN(28), w.headline(), w.sentence())
	for range 2 + w.IntN(3) {
		fmt.Fprintf(w, "## %s %s\n\n%s\n\n", w.pick("What", "Why"), w.surname()+" said", w.paragraph(4))
		fmt.Fprintf(w, "- **%s**, %s\n- [%s](https://example.org/%d)\n  - %s\n\n", w.person(), w.body(), w.body(), w.IntN(99), w.sentence())
		fmt.Fprintf(w, "> %s\n>\n> — %s, `%s`\n\n1. %s\n2. %s\n\n", w.Words(), w.person(), w.place(), w.sentence(), w.sentence())
	}
	fmt.Fprintf(w, "```\n%s\n```\n\n%s[^1]\n\n[^1]: %s\n", w.sentence(), w.sentence(), w.sentence())
}

func (w *writer) tables() {
	fmt.Fprintf(w, "# %s\n\n%s\n\n| Name | Of | Said |\n|:---|:---:|---:|\n", w.headline(), w.paragraph(2))
	for range 2 + w.IntN(6) {
		fmt.Fprintf(w, "| %s | %s | %s |\n", w.person(), w.body(), w.quote("."))
	}
	fmt.Fprintf(w, "\n%s\n", w.paragraph(4))
}

func (w *writer) page() {
	fmt.Fprintf(w, "<html lang=en><head><title>%s</title><meta name=author content=\"%s\"></head><body><nav><a href=/>Home</a> News</nav><article><h1>%s</h1>\n",
		w.headline(), w.person(), w.headline())
	for range 5 + w.IntN(4) {
		fmt.Fprintf(w, "<p>%s &amp; <em>%s</em> %s</p>\n", w.paragraph(3), w.place(), w.paragraph(2))
	}
	fmt.Fprintf(w, "<blockquote><p>%s</p></blockquote><h2>%s</h2><ul><li>%s<li>%s</ul><p>%s</p></article><footer>© %s</footer></body></html>",
		w.Words(), w.headline(), w.sentence(), w.sentence(), w.paragraph(4), w.body())
}

func (w *writer) live() {
	fmt.Fprintf(w, "%s LIVE: %s\n\nKey points\n\n", strings.ToUpper(w.place()), w.headline())
	for range 3 {
		fmt.Fprintf(w, "• %s\n", w.sentence())
	}
	for h := range 4 + w.IntN(4) {
		fmt.Fprintf(w, "\n%02d:%02d\n%s\n\n@%s: %s #%s\n", 8+h, w.IntN(60), w.paragraph(3), strings.ToLower(w.first()), w.Words(), w.pick("amble", "strike"))
	}
}

// hostile has marks that are not closed, letters of other scripts, control characters,
// and lines without an end.
func (w *writer) hostile() {
	odd := []string{"\u200b", "\u202e", "\x1b[31m", "\u0301\u0301\u0301", "😀", "👩‍🔬", "東京の山田さんは「行く」と言った。", "ﬁ", "\u00a0", "\u2028", "\ufffd", "İ", "ß", "\t", "  ", "й", "\r\n", "\r"}
	marks := []string{"“", "”", "\"", "'", "‘", "’", "«", "»", "(", ")", "[", "—", "-", "…", ":", ";", "„", "‚", "``", "''", "."}
	fmt.Fprintf(w, "%s\n\n", w.headline())
	for range 6 + w.IntN(6) {
		s := w.paragraph(3)
		for range 1 + w.IntN(6) {
			rs := []rune(s)
			at := w.IntN(len(rs))
			s = string(rs[:at]) + w.pick(w.pick(odd...), w.pick(marks...)) + string(rs[at:])
		}
		w.WriteString(s + w.pick("\n\n", "\n", " ", "\n\n\n"))
	}
	w.WriteString(strings.Repeat(w.pick("“", "Quill ", "(", "x"), 300))
}
