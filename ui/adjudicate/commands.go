package adjudicate

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// A command is one of the round, before those of an article.
type command struct {
	words []string
	arg   string
	help  string
	do    func(l *Lines, ctx context.Context, rest string) string
}

func commands() []command {
	return []command{
		{[]string{"", "="}, "", "Ask again", func(l *Lines, ctx context.Context, _ string) string { return l.ask(ctx) }},
		{[]string{"s", "skip"}, "", "Skip the question; it stays open", func(l *Lines, ctx context.Context, _ string) string {
			if l.round.answered() && l.round.forward() {
				return l.ask(ctx)
			}
			l.round.pass(l.round.q)
			return l.next(ctx)
		}},
		{[]string{"r", "before"}, "", "Return to the question before, answered or not, also in the article before", func(l *Lines, ctx context.Context, _ string) string {
			if !l.round.before() {
				return l.back(ctx, l.round.at)
			}
			return l.ask(ctx)
		}},
		{[]string{"Y", "rest"}, "NAME", "Take one annotator, by name or number, for the rest of the article", (*Lines).rest},
		{[]string{"u", "undo"}, "", "Undo the last decision, also in the article before", func(l *Lines, ctx context.Context, _ string) string { return l.undo(ctx) }},
		{[]string{"next-article"}, "", "Skip the rest of the article", func(l *Lines, ctx context.Context, _ string) string {
			for _, q := range l.round.sitting.Open() {
				l.round.pass(q)
			}
			return l.next(ctx)
		}},
		{[]string{"D", "done"}, "", "", func(*Lines, context.Context, string) string {
			return "The answers are what is kept; next-article skips the rest of the article."
		}},
		{[]string{"?", "help"}, "", "List the commands", (*Lines).help},
		{[]string{"q", "quit"}, "", "Quit", func(l *Lines, _ context.Context, _ string) string {
			return l.end(strings.Join(l.round.leaving(), "\n"))
		}},
	}
}

func (l *Lines) help(ctx context.Context, _ string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "A number — Take the answer in that line; 0 takes none of them\n")
	for _, c := range commands() {
		if c.help == "" {
			continue
		}
		key := c.words[0]
		if key == "" {
			key = "Enter"
		}
		if c.arg != "" {
			key += " " + c.arg
		}
		fmt.Fprintf(&b, "%s — %s\n", key, c.help)
	}
	b.WriteString("Every other command is that of an article, on the words in dispute:\n")
	for c := range strings.SplitSeq(l.reader.Do(ctx, "?"), "\n") {
		if key, _, _ := strings.Cut(c, " "); taken(key) {
			c = renamed(c)
		}
		if c != "" {
			b.WriteString(c + "\n")
		}
	}
	return b.String()
}

// taken reports whether a key or a word of an article's commands means something else here.
func taken(key string) bool {
	return key == "number" || key == "Enter" || slices.ContainsFunc(commands(), func(c command) bool { return slices.Contains(c.words, key) })
}

// renamed returns the line in which an article lists a command whose key means something else here, by the command's word; empty if it
// has none, or if that is taken, too.
func renamed(listed string) string {
	left, help, _ := strings.Cut(listed, " — ")
	help, word, ok := strings.Cut(help, " (or:\u00a0")
	word = strings.TrimSuffix(word, ")")
	if !ok || taken(word) || strings.HasPrefix(left, "number") {
		return ""
	}
	if _, arg, ok := strings.Cut(left, " "); ok {
		word += " " + arg
	}
	return word + " — " + strings.TrimSuffix(help, " (Enter reads on)")
}

// alone says that a command of the round takes nothing after it, and by which word that of an article goes that has its key.
func (l *Lines) alone(ctx context.Context, key string) string {
	said := "“" + line(key) + "” stands alone here; ? lists the commands."
	for c := range strings.SplitSeq(l.reader.Do(ctx, "?"), "\n") {
		if has, _, _ := strings.Cut(c, " "); has == key && renamed(c) != "" {
			word, _, _ := strings.Cut(renamed(c), " — ")
			said = "“" + line(key) + "” stands alone here; " + word + " is the command of the article. ? lists all."
		}
	}
	return said
}

// doAtEnd answers a line where no question is left.
func (l *Lines) doAtEnd(ctx context.Context, in string) string {
	switch in {
	case "q", "quit":
		return l.end("")
	case "u", "undo":
		said := l.undo(ctx)
		if !l.over {
			l.round.keys++
		}
		return said
	case "r", "before":
		l.round.keys++
		return l.back(ctx, len(l.round.articles))
	}
	return "No question is open: " + atEnd
}
