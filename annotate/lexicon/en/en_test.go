package en

import (
	"testing"

	"byline/annotate/lexicon"
)

// Every flag of the tables is known, and no word is in a table twice.
func TestTables(t *testing.T) {
	t.Parallel()
	for name, table := range map[string]string{"words.txt": wordTable, "titles.txt": titleTable, "abbreviations.txt": abbreviationTable} {
		seen := map[string]bool{}
		for names, word := range rows(table) {
			if seen[word] {
				t.Errorf("%s has %q twice", name, word)
			}
			seen[word] = true
			for _, f := range names {
				_, gender := genders[f]
				if flags[f] == 0 && !gender && afters[f] == NoAbbreviation {
					t.Errorf("%s: %q has the unknown flag %q", name, word, f)
				}
			}
		}
		if len(seen) == 0 {
			t.Errorf("%s has no words", name)
		}
	}
}

// Words of both tables, and of genders that some stage reads.
func TestOf(t *testing.T) {
	t.Parallel()
	if w := Of("then"); !w.Is(BeforeTitle) || !w.Is(Nameless) {
		t.Errorf("then is %b, want what words.txt and titles.txt say of it", w.Class)
	}
	for word, w := range words() {
		if w.Gender != Unknown && !w.Is(Pronoun|Tells|Address) {
			t.Errorf("nobody reads the gender of %q", word)
		}
		if w.Gender > Thing || w.Is(Tells|Address) && w.Gender != Male && w.Gender != Female {
			t.Errorf("%q has the gender %d", word, w.Gender)
		}
	}
}

// Only words with one capital, the first letter, start a sentence.
func TestStarts(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]bool{"The": true, "A": true, "According": true, "the": false, "THE": false, "Quill": false, "": false} {
		if Starts(word) != want {
			t.Errorf("Starts(%q) is %v", word, !want)
		}
	}
}

// Abbreviations are distinguished from words by their capitals.
func TestAbbreviationOf(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]Abbreviation{
		"Mr": BeforeName, "MR": BeforeName, "mr": NoAbbreviation, "Mx": BeforeName, "MX": NoAbbreviation, "St": BeforeName,
		"Inc": BeforeAny, "inc": NoAbbreviation, "Jan": BeforeDay, "Mar": BeforeNumber, "No": BeforeNumber, "no": BeforeNumber, "Quill": NoAbbreviation,
	} {
		if got := AbbreviationOf(word); got != want {
			t.Errorf("%q is of kind %d, want %d", word, got, want)
		}
	}
}

// A first name has a gender if all but a twelfth of its bearers do. The shares are stored as
// sixths: the names here have six sixths or five, either way.
func TestFirstName(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		male float64
		want Gender
	}{
		{"John", 1, Male}, {"Mary", 0, Female}, {"Kelly", 1.0 / 6, Unknown}, {"Terry", 5.0 / 6, Unknown}, {"Jamie", 2.0 / 6, Unknown}, {"Quill", 0, Unknown},
	} {
		male, _ := lexicon.FirstName(c.name)
		if got := FirstName(c.name); male != c.male || got != c.want {
			t.Errorf("%s: %v of the bearers are men, gender %d; want %v and %d", c.name, male, got, c.male, c.want)
		}
	}
}

func TestClashes(t *testing.T) {
	t.Parallel()
	if Unknown.Clashes(Male) || Male.Clashes(Unknown) || Male.Clashes(Male) || !Male.Clashes(Female) {
		t.Error("only two genders that are known and differ clash")
	}
}

// Rare names are in the census, too.
func TestCommonFirstName(t *testing.T) {
	for name, want := range map[string]bool{"Marta": true, "John": true, "Tawanda": false, "Shan": false, "Qqq": false} {
		if CommonFirstName(name) != want {
			t.Errorf("%s is common: %v", name, !want)
		}
	}
}
