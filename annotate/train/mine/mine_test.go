package mine

import (
	"testing"

	"byline/annotate"
	"byline/annotate/lexicon"
	"byline/annotate/names/model"
)

func key(words ...string) (k lexicon.Key) {
	for _, w := range words {
		k = k.Add(w)
	}
	return k
}

func TestDefine(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"Marta Quill (born 3 May 1970 in Orrin) is a Kenyan footballer for Orrin Rovers.\nMore.": model.Kind(annotate.Person),
		"Orrin Harbour Trust was a British shipping company.":                                    model.Kind(annotate.Organization),
		"Orrin Sands is a village in Kenya.":                                                     model.Kind(annotate.Place),
		"The Long Dock is a 1950 film by Marta Quill.":                                           model.Kind(annotate.Other),
	} {
		c := New()
		c.Define(text)
		if len(c.phrases) != 1 {
			t.Errorf("%s: %d phrases", text, len(c.phrases))
		}
		for _, tally := range c.phrases {
			if tally[want] != definedWeight {
				t.Errorf("%s: %v", text, *tally)
			}
		}
	}
	c := New()
	for _, text := range []string{"", "Is it?", "In Orrin there was nothing.", "quill is a pen."} {
		c.Define(text)
	}
	if len(c.phrases) != 0 {
		t.Errorf("%d phrases of nothing", len(c.phrases))
	}
}

func TestTable(t *testing.T) {
	t.Parallel()
	c := New()
	for range 10 {
		add(c.phrases, key("Orrin", "Bank"), model.Kind(annotate.Organization), 1)
		add(c.words, key("Orrin"), model.Kind(annotate.Place), 1)
	}
	add(c.phrases, key("Once"), model.Kind(annotate.Person), 1)
	c.opens[key("Orrin")] = true
	got := map[uint64]uint32{}
	for _, e := range c.Table(3) {
		got[e.Hash] = e.Value
	}
	if len(got) != 2 {
		t.Fatalf("%d entries", len(got))
	}
	if v := got[uint64(key("Orrin", "Bank"))]; v&7 != uint32(model.Kind(annotate.Organization))+1 || v&model.Opens != 0 {
		t.Errorf("the phrase is %b", v)
	}
	if v := got[uint64(key("Orrin"))]; v>>model.WordShift&7 != uint32(model.Kind(annotate.Place))+1 || v&model.Opens == 0 {
		t.Errorf("the word is %b", v)
	}
}
