package format

import (
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
)

// Of names that overlap the policy says which stays; what goes is told.
func TestFlatten(t *testing.T) {
	const text = "The Bank of Orrin Bay paid Halden."
	at := func(words string) articles.Span {
		i := strings.Index(text, words)
		return articles.Span{Start: i, End: i + len(words)}
	}
	l := &annotate.Layer{}
	for _, e := range []struct {
		words string
		typ   annotate.Type
	}{{"Bank of Orrin Bay", annotate.Organization}, {"Orrin Bay", annotate.Person}, {"Halden", annotate.Organization}} {
		l.Entities = append(l.Entities, annotate.Entity{Type: e.typ, Mentions: []annotate.Mention{{Span: at(e.words), Form: annotate.Name, Type: e.typ}}})
	}
	for which, want := range map[string]string{
		"": "Bank of Orrin Bay", "outer": "Bank of Orrin Bay", "inner": "Orrin Bay", "longest": "Bank of Orrin Bay", "type": "Orrin Bay",
	} {
		loss := &Loss{}
		got := flattened(l, which, loss)
		if len(got) != 2 || got[0].In(text) != want || got[1].In(text) != "Halden" {
			t.Errorf("%s: %v", which, got)
		}
		if lines := loss.Lines(); len(lines) != 1 || lines[0] != "1 names that overlap another: it cannot nest" {
			t.Errorf("%s: %q", which, lines)
		}
	}
}

// The schemes mean the same, and a file that has any of them is read.
func TestSchemes(t *testing.T) {
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
		files := folder{"a": []byte(b.String())}
		d := files.read(t, Named("conll"), nil, []string{"a"})[0]
		want := []string{"mention 0-7 person", "mention 13-19 organization", "mention 20-27 organization"}
		if got := claims(d); d.Text != "Ann Lee left Halden Courier ." || !slices.Equal(got, want) {
			t.Errorf("%s: %q %q", name, d.Text, got)
		}
		if name == "bilou" {
			continue
		}
		files, _ = written(t, Named(map[string]string{"iob1": "iob1", "iob2": "conll", "bioes": "bioes"}[name]), Options{}, d)
		for _, data := range files {
			for i, tag := range strings.Fields(tags) {
				if line := strings.Split(string(data), "\n")[2+i]; line != tokens[i]+" _ _ "+tag {
					t.Errorf("%s: %q, not tag %s", name, line, tag)
				}
			}
		}
	}
}

// Every token that is no blank is written, in order; every name that is kept comes back
// on the same words; and the text that comes back is a copy of the article.
func TestCoNLLRoundTrip(t *testing.T) {
	for _, name := range []string{"conll", "iob1", "bioes"} {
		f := Named(name)
		for seed := range uint64(200) {
			a, l := random(seed)
			loss := &Loss{}
			d := &Document{Article: a, Layer: l}
			files, names := written(t, f, Options{Loss: loss}, d)
			back := files.read(t, f, nil, names)
			if len(back) != 1 || !review.Alike(a.Text, back[0].Text) {
				t.Fatalf("%s: seed %d: %q came back as %q", name, seed, a.Text, back[0].Text)
			}
			want := claims(d)
			carried, lost := review.Carry(back[0].Layer, back[0].Text, a.Text)
			got := claims(&Document{Article: a, Layer: carried})
			for _, c := range got {
				if !slices.Contains(want, c) {
					t.Fatalf("%s: seed %d: %s was not there\n%s", name, seed, c, files[names[0]])
				}
			}
			if lost != 0 || len(got)+loss.Total() < len(want) {
				t.Fatalf("%s: seed %d: %d claims of %d, %q", name, seed, len(got), len(want), loss.Lines())
			}
		}
	}
}

func FuzzReadCoNLL(f *testing.F) {
	f.Add([]byte("-DOCSTART- -X- -X- O\n\nAnn B-PER\nLee I-PER\n. O\n\nx\n"))
	f.Fuzz(func(t *testing.T, data []byte) { readAny(t, Named("conll"), data) })
}

// readAny reads whatever data is, and checks what comes of it.
func readAny(t *testing.T, f *Format, data []byte) {
	t.Helper()
	in := Input{Reader: strings.NewReader(string(data)), Name: "fuzz", Loss: &Loss{}}
	for d, err := range f.Read(in) {
		if err != nil {
			continue
		}
		if err := d.Layer.Check(d.Text); err != nil {
			t.Fatal(err)
		}
	}
}
