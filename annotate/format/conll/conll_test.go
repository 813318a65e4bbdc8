package conll

import (
	"slices"
	"strings"
	"testing"

	"byline/annotate/format"
	"byline/annotate/format/formattest"
	"byline/annotate/review"
)

// All schemes mean the same, and a file in any of them is read.
func TestSchemes(t *testing.T) {
	t.Parallel()
	for name, tags := range map[string]string{
		"iob1":  "I-PER I-PER O I-ORG B-ORG O",
		"iob2":  "B-PER I-PER O B-ORG B-ORG O",
		"bioes": "B-PER E-PER O S-ORG S-ORG O",
		"bilou": "B-PER L-PER O U-ORG U-ORG O",
	} {
		tokens := strings.Fields("Ann Lee left Halden Courier .")
		var b strings.Builder
		for i, tag := range strings.Fields(tags) {
			b.WriteString(tokens[i] + "\tX\t" + tag + "\n")
		}
		files := formattest.Folder{"a": []byte(b.String())}
		d := files.Read(t, &IOB2, nil, []string{"a"})[0]
		want := []string{"mention 0-7 person", "mention 13-19 organization", "mention 20-27 organization"}
		if got := formattest.Claims(d); d.Text != "Ann Lee left Halden Courier ." || !slices.Equal(got, want) {
			t.Errorf("%s: %q %q", name, d.Text, got)
		}
		if name == "bilou" {
			continue
		}
		files, _ = formattest.Write(t, map[string]*format.Format{"iob1": &IOB1, "iob2": &IOB2, "bioes": &BIOES}[name], format.Options{}, d)
		for _, data := range files {
			for i, tag := range strings.Fields(tags) {
				if line := strings.Split(string(data), "\n")[2+i]; line != tokens[i]+" _ _ "+tag {
					t.Errorf("%s: %q, not tag %s", name, line, tag)
				}
			}
		}
	}
}

// Every token is written, in order; every name that is kept is read back on the same words; and
// the text that is read back is a copy of the article.
func TestCoNLLRoundTrip(t *testing.T) {
	t.Parallel()
	for _, f := range []*format.Format{&IOB2, &IOB1, &BIOES} {
		for seed := range uint64(200) {
			d := formattest.Random(seed)
			loss := &format.Loss{}
			files, names := formattest.Write(t, f, format.Options{Loss: loss}, d)
			back := files.Read(t, f, nil, names)
			if len(back) != 1 || !review.Alike(d.Text, back[0].Text) {
				t.Fatalf("%s: seed %d: %q came back as %q", f.Name, seed, d.Text, back[0].Text)
			}
			want := formattest.Claims(d)
			carried, lost := review.Carry(back[0].Layer, back[0].Text, d.Text)
			got := formattest.Claims(&format.Document{Article: d.Article, Layer: carried})
			for _, c := range got {
				if !slices.Contains(want, c) {
					t.Fatalf("%s: seed %d: %s was not there\n%s", f.Name, seed, c, files[names[0]])
				}
			}
			if lost != 0 || len(got)+loss.Total() < len(want) {
				t.Fatalf("%s: seed %d: %d claims of %d, %q", f.Name, seed, len(got), len(want), loss.Lines())
			}
		}
	}
}

func FuzzReadCoNLL(f *testing.F) {
	f.Add([]byte("-DOCSTART- -X- -X- O\n\nAnn B-PER\nLee I-PER\n. O\n\nx\n"))
	f.Fuzz(func(t *testing.T, data []byte) { formattest.ReadAny(t, &IOB2, data) })
}
