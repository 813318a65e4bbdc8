package visitor

import "strings"

// help is what a command says of itself where a visitor reads something else than whoever is at the computer; empty fields stay as they
// are.
var help = map[string]struct{ use, short, long string }{
	"export": {"", "", `Export the annotations of articles in the library: suggestions together with what you
confirmed, edited and added, without what you rejected. ARTICLE is an ID, the start of one,
or a title; --all exports the whole library, --where the articles that match a query.

The result comes to you: "> FILE" in your own shell writes a file. Formats that are several files,
such as brat and webanno, and those that have a file for each article, come as one ZIP.

Everything is exported, also the places and other names that a reader does not review unless
asked to: --kinds person,organization,quote leaves them out.

--curated exports the curated reading of articles that several people annotate: what all
agree on who marked the article as done, and then what "byline team adjudicate" decided.
What is in dispute and not decided is left out, and counted.`},
	"list": {"", "", `List the articles of the library, newest first: a table on a terminal, and in a pipe one
article per line, in columns separated by tabs: ID, status, percent read, date, words,
people, organizations, quotes, claims, reviewed claims, title, publication, source,
annotation. What was reviewed counts as read. Dates are like 2026-03-09, or empty if
unknown; the counts are empty until the article is annotated.

The table has a line with the names of its columns, the same as on the screen. In a pipe
there is none, so that each line is an article; --header prints it.`},
	"sync": {"sync --stdio", "Be the other side of \"byline sync ssh:HOST\" on your own computer", `What "byline sync ssh:HOST" on your own computer speaks with, to bring your library together with this
one: it starts this itself. Your own decisions and new articles come here; all that you may see
here comes to you. It is taken by your key who you are: sign with the same name.`},
	"team": {"", "", `Annotate with several people. A set is articles that a team works on: its members, what is
assigned to whom, its guidelines and its own labels. Whoever runs the server makes sets, and
assigns articles.`},
	"team adjudicate": {"", "", `Show every question on which the annotators of an article differ, in the order of the text:
which words are a name, what type it is, whether it is the same as another, who speaks a
quote and by which verb. The annotators of an article are those who marked it as done.

1 to 9 take the answer of one of them, 0 takes none, and whatever else is decided with the
keys of the reader answers the question too. s skips it, u takes the last decision back, Y
takes one annotator for the rest of the article. The next question comes by itself, and after the
last one the next article. What is decided is the curated reading, and nobody's own:
"byline export --curated" writes it. Without a terminal, or on a dumb one, it is the same line by line.

What is only about places and other names, which nobody is asked to review, is not asked, unless
the labels of the set or --kinds name them.

ARTICLE is an ID, the start of one, or a title. SET is the name of a set: its articles, and those
who finished them there. Without either, all articles are gone through that two annotators have
finished.`},
	"version": {"", "", `Print the version of byline, of the engine that finds people, organizations and
quotes, of its JSON, its log and its library, and of the Go that built it.`},
}

// usages are parts of what flags say of themselves that visitors read otherwise.
var usages = strings.NewReplacer("(default: from the name of --output, else json)", "(default: json)")

// Help returns how a command is called and what it says of itself to a visitor: use, one line, and some paragraphs.
func Help(path, use, short, long string) (string, string, string) {
	if h, ok := help[path]; ok {
		if h.use != "" {
			use, short = h.use, h.short
		}
		long = h.long
	}
	return use, Words(short), Words(long)
}

// Usage returns what a flag says of itself to a visitor.
func Usage(text string) string { return Words(usages.Replace(text)) }
