package wiki

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"byline/articles"
)

const text = `{{date|March 9, 2026}}
<!-- a draft -->[[File:Harbour.jpg|thumb|The [[harbour]] of Halden.]]
'''[[w:Halden|Halden]]''' — The {{w|Harbour Office}} said on Monday that {{w|Ann Lee|Lee}} would ''go''.<ref name="a">{{cite|x|y=[[z]]}}</ref>
She said {{convert|5|km|mi}} [https://example.org/a a story] [https://example.org].

{{quote|text=“We
go on,” said {{w|Bo Green}}.}}
== What next? ==
=== Nothing ===
* one [[Ferry (boat)|]]
** two &amp; three
# first
# second
: aside
{| class="x"
| cell {{x}}
|}
; term
== Sources ==
*{{source|url=https://example.org}}
[[Category:Norway]]
[[de:Halden]]
`

func page(title, ns, text string) string {
	return "<page><title>" + title + "</title><ns>" + ns + "</ns><revision><timestamp>2026-01-02T03:04:05Z</timestamp><model>wikitext</model><text xml:space=\"preserve\">" +
		strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(text) + "</text></revision></page>\n"
}

const top = `<?xml version="1.0"?>
<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.10/" xml:lang="en"><siteinfo><sitename>The Wiki</sitename><base>https://wiki.example.org/wiki/Main_Page</base></siteinfo>
`

// show writes the blocks of an article.
func show(a *articles.Article) string {
	var out []string
	for _, b := range a.Blocks {
		mark := strings.Repeat(">", b.Quote)
		switch b.Kind {
		case articles.Heading:
			mark = strings.Repeat("#", b.Level)
		case articles.Item:
			mark = fmt.Sprint(b.Level, b.Marker)
		case articles.Caption:
			mark = "="
		case articles.Attribution:
			mark += "—"
		case articles.Row:
			if mark = "/"; b.Head {
				mark = "//"
			}
		}
		out = append(out, mark+b.In(a.Text))
	}
	return strings.Join(out, "|")
}

func TestDump(t *testing.T) {
	t.Parallel()
	data := top + page("Strike in Halden", "0", text) + page("Talk:Strike", "1", "Words.") + page("Old", "0", "#REDIRECT [[New]]") + page("Empty", "0", "{{stub}}") + page("Second", "0", "Only words.") + "</mediawiki>"
	if !Is([]byte(data)) {
		t.Error("no dump")
	}
	var all []*articles.Article
	for a, err := range Dump(t.Context(), strings.NewReader(data)) {
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Check(); err != nil {
			t.Error(err)
		}
		all = append(all, a)
	}
	if len(all) != 2 || all[1].Title != "Second" || all[1].Date.Day().String() != "2026-01-02" {
		t.Fatalf("%d articles", len(all))
	}
	a := all[0]
	const want = `Halden — The Harbour Office said on Monday that Lee would go. She said 5 km a story .|=The harbour of Halden.|>“We go on,” said Bo Green.|##What next?|###Nothing|1•one Ferry|2•two & three|11.first|12.second|>aside|/cell|term`
	if got := show(a); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if a.Source != "https://wiki.example.org/wiki/Strike_in_Halden" || a.Site != "The Wiki" || a.Date.Day().String() != "2026-03-09" || a.Format != articles.Wiki {
		t.Errorf("%+v", a)
	}
	var styles []string
	for _, in := range a.Inline {
		styles = append(styles, fmt.Sprint(in.Kind, in.In(a.Text), in.Target))
	}
	if got, want := strings.Join(styles, "|"), "1Halden|4Haldenhttps://wiki.example.org/wiki/w:Halden|0go|4a storyhttps://example.org/a|4harbourhttps://wiki.example.org/wiki/harbour|4Ferryhttps://wiki.example.org/wiki/Ferry_%28boat%29"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestText(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct{ text, want string }{
		"a table":             {"Before.\n{| class=\"wikitable\"\n|+ style=\"x\" | Votes\n! Name !! Votes\n|-\n| [[Ann Lee]] || 12\n|-\n| style=\"y\" | Bo Berg\n| 7<br>of 20\n|}\nAfter.", "Before.|=Votes|//Name  Votes|/Ann Lee  12|/Bo Berg  7 of 20|After."},
		"a table in a cell":   {"{|\n| a\n{|\n| b || c\n|}\n|-\n| d\n|}", "/a b c|/d"},
		"a row's head":        {"{|\n! Mayor\n| Jan Roth\n|}", "/Mayor  Jan Roth"},
		"a cell of a list":    {"{|\n| Seats:\n* one\n* two\n| 2\n|}", "/Seats: one two  2"},
		"two tables":          {"{|\n| a\n|}\n\n{|\n| b\n|}", "/a|/b"},
		"a way through":       {"Text.\n{| class=\"navbox\"\n| Other towns\n|}", "Text."},
		"an indented table":   {":{|\n| a\n:|}\nText.", "/a|Text."},
		"no end of a table":   {"{|\n| a\n\nText.", "/a|Text."},
		"signs, no table":     {"The set {|x|} is small.", "The set {|x|} is small."},
		"pictures":            {"One [[File:a.jpg|thumb|200px|The [[quay|old quay]].]] two\n[[Image:b.png|left|miniatur|The house.]]\nthree [[File:c.svg|20px|flag]] four.", "One two three  four.|=The old quay.|=The house."},
		"a gallery":           {"Text.\n<gallery mode=packed>\nFile:a.jpg|The [[quay|old quay]]\nb.jpg|alt=x|The house.\nc.jpg\n</gallery>\nMore.", "Text.|=The old quay|=The house.|More."},
		"who is quoted":       {"{{quote|We go on.|Jan Roth}}\nText.", ">We go on.|>—Jan Roth|Text."},
		"who, by name":        {"{{Blockquote|text=We go on.|author=[[Jan Roth]]|source=''The Wire''}}", ">We go on.|>—Jan Roth"},
		"who, with widths":    {"{{cquote|We go on.|20px|20px|Jan Roth}}", ">We go on.|>—Jan Roth"},
		"who, in German":      {"{{Zitat|Wir machen weiter.|— Jan Roth}}", ">Wir machen weiter.|>—Jan Roth"},
		"two paragraphs":      {"{{quote|We go on.\n\nAll of us.|Jan Roth}}", ">We go on.|>All of us.|>—Jan Roth"},
		"nobody":              {"{{quote|We go on.}}", ">We go on."},
		"no end of a link":    {"The [[quay|old quay] is shut.\n\nAnn [[Lee]] said so.\n\nBo [[Berg]]]] too.", "The old quay] is shut.|Ann Lee said so.|Bo Berg too."},
		"no end of a name":    {"The {{w|Quay Office} is shut.\n\nAnn {{w|Lee}} said so.\n\nBo }} too.", "The Quay Office} is shut.|Ann Lee said so.|Bo  too."},
		"no end of a box":     {"{{Infobox town\n| mayor = {{w|Roth}}\n\nAnn {{w|Lee}} said so.", "Ann Lee said so."},
		"a box with a gap":    {"{{Infobox town\n| a = b\n\n| c = d\n}}\nText.", "Text."},
		"no end of a picture": {"[[File:a.jpg|thumb|The [[quay]]\n\nText by [[Ann Lee]].", "=The quay|Text by Ann Lee."},
		"no end of a note":    {"It is shut.<ref>The Wire, p. 3\n\nAnn Lee said so.<ref name=a>x</ref> Bo<ref name=a /> too.", "It is shut.|Ann Lee said so. Bo too."},
	} {
		a := &articles.Article{}
		(&converter{}).article(a, x.text)
		if got := strings.ReplaceAll(show(a), "\n", "\\"); got != x.want {
			t.Errorf("%s: %s, want %s", name, got, x.want)
		}
		if err := a.Check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLongPages(t *testing.T) {
	t.Parallel()
	data := top + page("Short", "0", "Words.") + page("Long", "0", strings.Repeat("Words. ", 100_000)) + "</mediawiki>"
	n := 0
	for a, err := range dump(t.Context(), strings.NewReader(data), 100_000) {
		if n++; (n == 1) != (err == nil) || n == 2 && (!errors.Is(err, errLong) || a != nil) {
			t.Error(a, err)
		}
	}
	if n != 2 {
		t.Error(n)
	}
}

func FuzzText(f *testing.F) {
	f.Add(text)
	f.Add("{| class=x\n|+ a\n! b !! c\n|-\n| d || style=e | f\n{|\n| g\n|}\n|}\n<gallery>\nFile:a|b\n</gallery><ref>[[File:a|thumb|b]] {{quote|c|d}}\n\n{{w|e\n\n[[f\n\n{{g")
	f.Add("{{{{[[a|{{w|[[b]]}}|c]]''''x'''''\n{|\n|}}==a==\n*#:;x [[:File:x|]] [[a]][//x y]")
	f.Fuzz(func(t *testing.T, text string) {
		a := &articles.Article{}
		(&converter{base: "https://x/"}).article(a, text)
		if err := a.Check(); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	})
}
