package known_test

import (
	"bytes"
	"testing"

	"byline/annotate/lexicon"
	"byline/annotate/lexicon/known"
	"byline/annotate/lexicon/packed"
	"byline/annotate/segment"
)

// look returns the facts about a form of one or more tokens.
func look(form string) known.Facts {
	d := segment.Split(form, nil)
	if len(d.Tokens) == 1 {
		return known.Word(d.Word(0))
	}
	var k lexicon.Key
	for i := range d.Tokens {
		k = k.Token(d.Word(i))
	}
	return known.Of(k)
}

func TestOf(t *testing.T) {
	t.Parallel()
	for form, want := range map[string]known.Kind{
		"Arab League":             known.World,
		"Deutsche Welle":          known.Media,
		"Le Figaro":               known.Media,
		"Anadolu":                 known.Media,
		"Save the Children":       known.Society,
		"W.F.P.":                  known.World,
		"W.F.P":                   known.World,
		"WHO":                     known.World,
		"AU":                      known.World,
		"Dior":                    known.Company,
		"Mencap":                  known.Society,
		"Caritas":                 known.Society,
		"Workers' Party of Korea": known.Party,
		"Workers’ Party of Korea": known.Party,
		"Nato":                    known.World,
		"The Times":               known.Media,
		"McDonald's":              known.Company,
		"Santander":               known.Company,
		"Crisis":                  known.Society,
		"Reading":                 known.Club,
	} {
		f := look(form)
		if f.Main() != known.Organization || f.Kind() != want {
			t.Errorf("%s: %b %s, want an organization: %s", form, f, f.Kind(), want)
		}
	}
	for _, form := range []string{"who", "can", "Monday", "May", "Lund", "Mary", "Smith", "Kenyan", "", "\xff\xfe"} {
		if f := look(form); f&known.Types != 0 {
			t.Errorf("%s: %b %s, want nothing", form, f, f.Kind())
		}
	}
}

func TestCertain(t *testing.T) {
	t.Parallel()
	for form, want := range map[string]bool{
		"Arab League": true, "O.A.S.": true, "Google": true, "The Guardian": true, "Barack Obama": true,
		"Crisis": false, "Reading": false, "Santander": false, "Dior": false, "Guardian": false, "Washington": false,
	} {
		if f := look(form); f.Certain() != want {
			t.Errorf("%s: certain %v (%b)", form, !want, f)
		}
	}
}

// Everything put into a table is found in it, and nothing else.
func TestTable(t *testing.T) {
	t.Parallel()
	entries := map[lexicon.Key]known.Entry{}
	words := []string{"one", "two", "three", "four", "five", "six", "seven"}
	for i, w := range words {
		entries[lexicon.Key(0).Add(w)] = known.Entry{Facts: known.Organization, Owner: uint32(i)}
	}
	a, err := known.Table(entries)
	if err != nil {
		t.Fatal(err)
	}
	if b, _ := known.Table(entries); !bytes.Equal(a, b) {
		t.Error("the same entries make two tables")
	}
	table := packed.MustOpen(a)
	for k, e := range entries {
		if f, owner := known.Find(table, k); f != e.Facts || owner != e.Owner {
			t.Errorf("%x: %d %d, want %v", k, f, owner, e)
		}
	}
	if f, _ := known.Find(table, lexicon.Key(0).Add("eight")); f != 0 {
		t.Errorf("eight: %d", f)
	}
}

func BenchmarkOf(b *testing.B) {
	var keys []lexicon.Key
	for _, w := range []string{"Marta", "Quill", "left", "Nairobi", "for", "Halden", "Media", "on", "Monday"} {
		keys = append(keys, lexicon.Key(0).Add(w))
	}
	for i := 0; b.Loop(); i++ {
		known.Of(keys[i%len(keys)])
	}
}

func BenchmarkWord(b *testing.B) {
	words := []string{"Reuters", "said", "the", "WFP", "and", "W.H.O.", "left"}
	for i := 0; b.Loop(); i++ {
		known.Word(words[i%len(words)])
	}
}

func TestOtherWord(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]known.Kind{
		"Tuareg": known.People, "Tuaregs": known.People, "Mennonites": known.People, "TPNW": known.Law, "IELTS": known.Product,
		"tuareg": known.NoKind, "TPNWs": known.NoKind, "Quill": known.NoKind, "": known.NoKind, "people:": known.NoKind, "s": known.NoKind,
	} {
		if got := known.OtherWord(word); got != want {
			t.Errorf("%q is %v, want %v", word, got, want)
		}
	}
}
