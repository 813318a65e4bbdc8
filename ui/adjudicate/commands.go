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
	fmt.Fprintf(&b, "A number — Take the answer in that line; 0 takes neither\n")
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
	for _, c := range strings.SplitAfter(l.reader.Do(ctx, "?"), "\n") {
		if key, _, _ := strings.Cut(c, " — "); !taken(key) {
			b.WriteString(strings.Replace(c, " (Enter reads on)", "", 1))
		}
	}
	return b.String()
}

// taken reports whether a key of an article's commands means something else here.
func taken(key string) bool {
	return key == "number" || key == "Enter" || slices.ContainsFunc(commands(), func(c command) bool { return slices.Contains(c.words, key) })
}
