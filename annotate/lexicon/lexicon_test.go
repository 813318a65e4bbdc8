package lexicon_test

import (
	"bytes"
	"strings"
	"testing"

	"byline/annotate/lexicon"
	"byline/annotate/lexicon/packed"
)

func TestClass(t *testing.T) {
	t.Parallel()
	for phrase, want := range map[string]lexicon.Class{
		"Mary":                 lexicon.First | lexicon.CommonFirst,
		"PATEL":                lexicon.Surname,
		"O’Neill":              lexicon.Surname,
		"Nairobi":              lexicon.City,
		"Kenya":                lexicon.Country,
		"Burkina Faso":         lexicon.Country,
		"Kenyans":              lexicon.Demonym,
		"Sao Paulo":            lexicon.City,
		"table":                lexicon.Small,
		"Monday":               lexicon.Capital,
		"Burkina":              lexicon.Opens,
		"University of Oxford": lexicon.School,
	} {
		var k lexicon.Key
		for w := range strings.FieldsSeq(phrase) {
			k = k.Add(w)
		}
		if got := k.Class(); got&want != want {
			t.Errorf("%s: %b lacks %b", phrase, got, want&^got)
		}
	}
	for _, w := range []string{"", "qqzzx", "\xff\xfe", strings.Repeat("ab", 1000)} {
		if got := lexicon.Of(w); got != 0 {
			t.Errorf("%.10q: %b, want nothing", w, got)
		}
	}
}

func TestFirstName(t *testing.T) {
	t.Parallel()
	for w, want := range map[string]string{"James": "he", "Mary": "she", "Quillfeather": ""} {
		male, female := lexicon.FirstName(w)
		got := ""
		switch {
		case male > 0.9 && female < 0.1:
			got = "he"
		case female > 0.9 && male < 0.1:
			got = "she"
		case male+female > 0:
			got = "either"
		}
		if got != want {
			t.Errorf("%s: %q (%v, %v), want %q", w, got, male, female, want)
		}
	}
}

// Everything put into a table is found in it, and nothing else.
func TestTable(t *testing.T) {
	t.Parallel()
	entries := map[lexicon.Key]lexicon.Class{}
	for _, w := range strings.Fields("one two three four five six seven") {
		entries[lexicon.Key(0).Add(w)] = lexicon.Class(len(w))
	}
	a, err := lexicon.Table(entries)
	if err != nil {
		t.Fatal(err)
	}
	if b, _ := lexicon.Table(entries); !bytes.Equal(a, b) {
		t.Error("the same entries make two tables")
	}
	table := packed.MustOpen(a)
	for k, c := range entries {
		if got := lexicon.In(k, table); got != c {
			t.Errorf("%x: %d, want %d", k, got, c)
		}
	}
	if got := lexicon.In(lexicon.Key(0).Add("eight"), table); got != 0 {
		t.Errorf("eight: %d", got)
	}
}

func BenchmarkOf(b *testing.B) {
	words := strings.Fields("Marta Quill left Nairobi for Halden Media on Monday")
	for i := 0; b.Loop(); i++ {
		lexicon.Of(words[i%len(words)])
	}
}
