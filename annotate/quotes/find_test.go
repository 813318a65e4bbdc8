package quotes_test

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/quotes"
	"byline/annotate/segment"
	"byline/articles"
)

var update = flag.Bool("update", false, "rewrite the quotes of testdata")

// wrong are the cases that we get wrong, with the reason. A case that starts to pass
// has to leave the list.
var wrong = map[string]string{
	"wrong-one-word.txtar":     "one word inside other marks is taken for a word that is spoken of",
	"wrong-two-subjects.txtar": "of two people of one gender the last subject is taken",
}

// caseFiles returns the cases of testdata, and of testdata/limits, where a file is named after the
// number that its text is just within and just beyond.
func caseFiles(t testing.TB) []string {
	t.Helper()
	var files []string
	for _, dir := range []string{"testdata", "testdata/limits"} {
		in, err := filepath.Glob(dir + "/*.txtar")
		if err != nil || len(in) == 0 {
			t.Fatal("no cases", dir, err)
		}
		files = append(files, in...)
	}
	return files
}

// TestFind runs the cases: an article, the people in it, and its quotes.
func TestFind(t *testing.T) {
	files := caseFiles(t)
	for _, file := range files {
		name := strings.TrimPrefix(filepath.ToSlash(file), "testdata/")
		t.Run(name, func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text, people, want := section(ar, "text"), section(ar, "people"), section(ar, "quotes")
			got := found(t, strings.TrimSuffix(text, "\n"), people)
			if *update && wrong[name] == "" && got != want {
				rewrite(t, file, ar, got)
				return
			}
			if (got == want) == (wrong[name] != "") {
				t.Errorf("known as wrong: %q\ngot\n%s\nwant\n%s", wrong[name], got, want)
			}
		})
	}
	for name := range wrong {
		if !slices.Contains(files, filepath.Join("testdata", name)) {
			t.Errorf("no case %s", name)
		}
	}
}

func section(ar *txtar.Archive, name string) string {
	for _, f := range ar.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

func rewrite(t *testing.T, file string, ar *txtar.Archive, quotes string) {
	t.Helper()
	for i := range ar.Files {
		if ar.Files[i].Name == "quotes" {
			ar.Files[i].Data = []byte(quotes)
		}
	}
	if err := os.WriteFile(file, txtar.Format(ar), 0o666); err != nil {
		t.Fatal(err)
	}
}

// found lists the quotes of a text: type, rule, speaker with the words that name him or
// her where they do not, cue, and the quote.
func found(t *testing.T, text, people string) string {
	t.Helper()
	es := entities(text, people)
	f := quotes.Finder{Gender: firstName}
	l := annotate.Layer{Entities: es}
	l.Quotes = f.Find(segment.Split(text, blocks(text)), es)
	l.Entities = quotes.Link(text, es, l.Quotes)
	if err := l.Check(text); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	for _, q := range l.Quotes {
		who := ""
		if e := l.Entity(q.Speaker); e != nil {
			who = e.Name
		}
		for _, id := range q.Also {
			who += " & " + l.Entity(id).Name
		}
		if w := q.SpeakerMention.In(text); w != who {
			who = strings.TrimSpace(who + " (" + w + ")")
		}
		fmt.Fprintf(&b, "%s | %s | %s | %s | %s\n", q.Type, q.Origin.Rule, who, q.Cue.In(text), strings.ReplaceAll(q.In(text), "\n", "⏎"))
	}
	return b.String()
}

// blocks returns the blocks of a text that starts with "# " or has "> " at the start of lines, or "~ " at that of
// attributions.
func blocks(text string) []articles.Block {
	if !strings.Contains(text, "\n> ") && !strings.HasPrefix(text, "# ") {
		return nil
	}
	var bs []articles.Block
	at := 0
	for line := range strings.Lines(text) {
		s := articles.Span{Start: at, End: at + len(strings.TrimSuffix(line, "\n"))}
		at += len(line)
		switch {
		case s.Empty():
		case strings.HasPrefix(line, "# "):
			s.Start += 2
			bs = append(bs, articles.Block{Span: s, Kind: articles.Heading, Level: 1})
		case strings.HasPrefix(line, "> "):
			s.Start += 2
			bs = append(bs, articles.Block{Span: s, Quote: 1})
		case strings.HasPrefix(line, "~ "):
			s.Start += 2
			bs = append(bs, articles.Block{Span: s, Quote: 1, Kind: articles.Attribution})
		default:
			bs = append(bs, articles.Block{Span: s})
		}
	}
	return bs
}

// entities makes the entities that lines such as "person Marta Quill: Quill" name: each
// with a mention wherever one of its names is and no longer one.
func entities(text, people string) []annotate.Entity {
	var es []annotate.Entity
	taken := make([]bool, len(text))
	type form struct {
		name   string
		entity int
	}
	var forms []form
	for line := range strings.Lines(people) {
		kind, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		name, more, _ := strings.Cut(rest, ": ")
		es = append(es, annotate.Entity{ID: fmt.Sprintf("e%d", len(es)+1), Type: annotate.Type(kind), Name: name})
		forms = append(forms, form{name, len(es) - 1})
		for _, n := range strings.Split(more, ", ") {
			if n != "" {
				forms = append(forms, form{n, len(es) - 1})
			}
		}
	}
	slices.SortStableFunc(forms, func(a, b form) int { return cmp.Compare(len(b.name), len(a.name)) })
	for _, f := range forms {
		for at := 0; ; {
			i := strings.Index(text[at:], f.name)
			if i < 0 {
				break
			}
			s := articles.Span{Start: at + i, End: at + i + len(f.name)}
			at = s.End
			if !taken[s.Start] {
				e := &es[f.entity]
				e.Mentions = append(e.Mentions, annotate.Mention{Span: s, Form: annotate.Name, Type: e.Type, Title: titleBefore(text, s.Start)})
				for k := s.Start; k < s.End; k++ {
					taken[k] = true
				}
			}
		}
	}
	for i := range es {
		slices.SortFunc(es[i].Mentions, func(a, b annotate.Mention) int { return a.Compare(b.Span) })
	}
	return es
}

func titleBefore(text string, at int) articles.Span {
	for _, t := range []string{"Mr. ", "Mrs. ", "Ms. ", "Dr. ", "President ", "Mayor ", "Senator "} {
		if strings.HasSuffix(text[:at], t) {
			return articles.Span{Start: at - len(t), End: at - 1}
		}
	}
	return articles.Span{}
}

func firstName(first string) en.Gender {
	switch first {
	case "Marta", "Ann", "Ida", "Lena":
		return en.Female
	case "Tom", "Bo", "Otto", "Piet":
		return en.Male
	}
	return en.Unknown
}

// FuzzFind checks that no text, whatever marks it has, breaks what a layer promises, and
// that spans lie apart or inside each other.
func FuzzFind(f *testing.F) {
	for _, file := range caseFiles(f) {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(section(ar, "text"), "Quill")
	}
	f.Add("“‘«\"'''\"»’” said said\n\n\"“ ' \u00a0", "said")
	f.Fuzz(func(t *testing.T, text, name string) {
		text = strings.ToValidUTF8(text, "?")
		es := []annotate.Entity{{ID: "e1", Type: annotate.Person, Name: name}, {ID: "e2", Type: annotate.Organization, Name: "Halden"}}
		for i, e := range es {
			for at := 0; e.Name != "" && strings.ToValidUTF8(e.Name, "") == e.Name; {
				k := strings.Index(text[at:], e.Name)
				if k < 0 {
					break
				}
				s := articles.Span{Start: at + k, End: at + k + len(e.Name)}
				es[i].Mentions = append(es[i].Mentions, annotate.Mention{Span: s, Form: annotate.Name, Type: e.Type})
				at = s.End
			}
		}
		l := annotate.Layer{Entities: es, Quotes: quotes.Find(segment.Split(text, nil), es)}
		l.Entities = quotes.Link(text, es, l.Quotes)
		if err := l.Check(text); err != nil {
			t.Fatal(err)
		}
		for i := range l.Quotes {
			for k := i - 1; k >= 0 && i-k < 50; k-- {
				if p, q := l.Quotes[k], l.Quotes[i]; q.Start < p.End && q.End > p.End {
					t.Fatalf("quotes %v and %v cross", p.Span, q.Span)
				}
			}
		}
	})
}

// TestRules checks that every rule that decides is told to readers in one sentence, and
// that every rule decides in some case.
func TestRules(t *testing.T) {
	used := map[string]bool{"speaker": true}
	for _, file := range caseFiles(t) {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(section(ar, "quotes")) {
			if f := strings.Split(line, " | "); len(f) > 2 {
				used[f[1]] = true
			}
		}
	}
	for _, r := range quotes.Rules() {
		if !strings.HasSuffix(r.Says, ".") || strings.Count(r.Says, ". ") > 0 {
			t.Errorf("rule %s says %q, which is no sentence", r.Name, r.Says)
		}
		if !used[r.Name] {
			t.Errorf("rule %s is unknown, told twice, or decides in no case", r.Name)
		}
		delete(used, r.Name)
	}
	for name := range used {
		t.Errorf("rule %s is told to nobody", name)
	}
}
