package segment

import (
	"slices"
	"strings"
	"testing"

	"byline/annotate"
)

// cut formats a document: a line per sentence, tokens separated by bars.
func cut(d *annotate.Doc) string {
	var b strings.Builder
	for _, s := range d.Sentences {
		for i := s.Tokens.First; i < s.Tokens.End; i++ {
			if i > s.Tokens.First {
				b.WriteByte('|')
			}
			b.WriteString(d.Word(i))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestSplit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"Mr. Quill ran the U.S. office. He left in Jan. 2019.",
			"Mr.|Quill|ran|the|U.S.|office|.\nHe|left|in|Jan.|2019|.\n"},
		{"She went to the U.S. The office closed.", "She|went|to|the|U.S.\nThe|office|closed|.\n"},
		{"J. R. Quill's dog, Halden Inc.'s and O’Neill’s: don't!",
			"J.|R.|Quill|'s|dog|,|Halden|Inc.|'s|and|O’Neill|’s|:|don't|!\n"},
		{"“We sold it.” Then she left. \"Why?\" she asked.", "“|We|sold|it|.|”\nThen|she|left|.\n\"|Why|?|\"|she|asked|.\n"},
		{"``Well ... no,'' he said -- twice.", "``|Well|...|no|,|''|he|said|--|twice|.\n"},
		{"It cost $1,200.50, or 64-year-old AT&T's 3rd.", "It|cost|$|1,200.50|,|or|64-year-old|AT&T|'s|3rd|.\n"},
		{"The plan, said Ann. Ferris went home.", "The|plan|,|said|Ann|.\nFerris|went|home|.\n"},
		{"No. 5 is alive. “No.” No. Go.", "No.|5|is|alive|.\n“|No|.|”\nNo|.\nGo|.\n"},
		{"A U.S.-based firm, see https://example.org/a?b=1.", "A|U.S.-based|firm|,|see|https://example.org/a?b=1|.\n"},
		{"“Mr. Quill left.” ‘Dr. Brandt’ stayed. SEN. FERRIS SLEPT.", "“|Mr.|Quill|left|.|”\n‘|Dr.|Brandt|’|stayed|.\nSEN.|FERRIS|SLEPT|.\n"},
		{"Really?! Yes… Then e.g. this. Ph.D. students at 5 p.m. Monday.", "Really|?|!\nYes|…|Then|e.g.|this|.\nPh.D.|students|at|5|p.m.|Monday|.\n"},
		{"The (so-called) “plan B.” He’s Ferris’ man in the ’90s.", "The|(|so-called|)|“|plan|B|.|”\nHe|’s|Ferris|’|man|in|the|’|90s|.\n"},
		{"It ran in Folha de S.Paulo. Quill read A.Prensa. She has an M.Sc. in law.", "It|ran|in|Folha|de|S.Paulo|.\nQuill|read|A.Prensa|.\nShe|has|an|M.Sc.|in|law|.\n"},
		{"Its chair, R. M. A. L. Quill, left. Per A. I. Lund, too. So did I. Nobody saw B. A boat sank.",
			"Its|chair|,|R.|M.|A.|L.|Quill|,|left|.\nPer|A.|I.|Lund|,|too|.\nSo|did|I|.\nNobody|saw|B|.\nA|boat|sank|.\n"},
		{"One line\n\nTwo", "One|line\nTwo\n"},
	} {
		d := Split(c.text, nil)
		if got := cut(d); got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.text, got, c.want)
		}
		n := 0
		for tokens := range Sentences(c.text, nil) {
			if s := d.Sentences[n]; !slices.Equal(tokens, d.Tokens[s.Tokens.First:s.Tokens.End]) {
				t.Errorf("%q: sentence %d has %d tokens", c.text, n, len(tokens))
			}
			n++
		}
		if n != len(d.Sentences) {
			t.Errorf("%q: %d sentences, not %d", c.text, n, len(d.Sentences))
		}
	}
}
