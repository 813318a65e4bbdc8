package config

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// A setting is one row of the table that this package is built on.
type setting struct {
	name  string        // "panel.width"; a name that ends in a dot is a table with the user's own names
	doc   string        // description, as lines of the default file
	value string        // its default, as TOML; of a table: example lines, written as comments
	reset func(*Config) // sets the default
	set   func(*Config, string, any) (takes string)
}

// set gets the user's part of the name, and the value. It returns what the setting accepts, to
// follow "write …", or nothing if it accepted the value.

// match reports whether s is the setting called name, and returns the user's part of the name.
func (s setting) match(name string) (rest string, ok bool) {
	if strings.HasSuffix(s.name, ".") {
		return strings.CutPrefix(name, s.name)
	}
	return "", s.name == name
}

var settings = []setting{
	word("theme", `
The colours. "terminal" uses the terminal's own sixteen, "light" and "dark" have
their own. BYLINE_THEME and --theme override this; NO_COLOR overrides all.`,
		"terminal", func(c *Config) *string { return &c.Theme }, "terminal", "light", "dark"),
	number("measure", `
The maximum line length, in columns.`,
		72, func(c *Config) *int { return &c.Measure }, between{20, 200}),
	flag("mouse", `
Wheel, click and drag. If false, the terminal selects text with the mouse.`,
		true, func(c *Config) *bool { return &c.Mouse }),
	flag("quote_bars", `
Show a bar beside the lines of a quote.`,
		true, func(c *Config) *bool { return &c.QuoteBars }),
	word("pictures", `
The pictures of articles: "auto" draws those on this disk where the terminal can,
"line" has a line that says where one is, "off" leaves that out. One on the web is
fetched only when you press a key for it.`,
		"auto", func(c *Config) *string { return &c.Pictures }, "auto", "line", "off"),
	dates("date", `
How dates are written: "iso" 2026-03-09, "short" 9 Mar 2026, "long" 9 March 2026,
"us" Mar 9, 2026.`,
		"short"),
	flag("zen", `
Start in zen mode: only the text.`,
		false, func(c *Config) *bool { return &c.Zen }),
	flag("go_on", `
Every decision goes on to the next unreviewed name or quote, also p, o, @, #, * and m;
off, only y, X and Y do. ctrl+g turns it on and off.`,
		false, func(c *Config) *bool { return &c.GoOn }),
	flag("carry", `
Suggest in other articles what you decided about a name in one: its type, or that it
is none. w says where you did. Undoing the decision takes the suggestions back.`,
		true, func(c *Config) *bool { return &c.Carry }),
	flag("captions", `
Also list who is named only in the captions of pictures and tables.`,
		false, func(c *Config) *bool { return &c.Captions }),
	flag("linear", `
Work line by line, for screen readers, like --linear.`,
		false, func(c *Config) *bool { return &c.Linear }),
	number("fps", `
The maximum frames per second. Fewer suit a slow connection.`,
		120, func(c *Config) *int { return &c.FPS }, between{10, 120}),
	flag("shell", `
In the reader, ! pipes words to a shell command that you type. false turns that off.
The last 200 commands are kept under XDG_STATE_HOME, but none that begins with a blank.`,
		true, func(c *Config) *bool { return &c.Shell }),
	word("anchors", `
How decisions are placed when an article's source has changed: "words" by the same
words and their context, ignoring punctuation and spaces; "exact" only by identical
text. Decisions that lose their place are listed.`,
		"words", func(c *Config) *string { return &c.Anchors }, "words", "exact"),
	text("who", `
Your name in the log and in exports. Empty: your login name. --who overrides this.`,
		"", func(c *Config) *string { return &c.Who }),
	text("library", `
The library file, with articles and decisions. Empty: byline/library.db under
XDG_DATA_HOME. BYLINE_LIBRARY and --library override this.`,
		"", func(c *Config) *string { return &c.Library }),
	text("sync", `
What "byline sync" brings the library together with: a folder, "git" and a folder, or
ssh:HOST, as in "git ~/readings". Empty: nothing.`,
		"", func(c *Config) *string { return &c.Sync }),
	number("backups.keep", `
How many copies of the library are kept under XDG_STATE_HOME: one is made each week,
and one before a newer byline changes the library's form. 0 makes none.`,
		5, func(c *Config) *int { return &c.Backups.Keep }, between{0, 1000}),
	number("backups.megabytes", `
How large they may be together; the oldest go first.`,
		2000, func(c *Config) *int { return &c.Backups.Megabytes }, between{1, 1_000_000}),
	word("panel.side", `
The side of the panel that lists people, organizations and quotes.`,
		"right", func(c *Config) *string { return &c.Panel.Side }, "left", "right"),
	number("panel.width", `
The least width of the panel in columns; a wide screen gives it up to 60.`,
		32, func(c *Config) *int { return &c.Panel.Width }, between{20, 80}),
	flag("panel.open", `
Open the panel at the start if the window has 100 columns or more.`,
		true, func(c *Config) *bool { return &c.Panel.Open }),
	text("web.agent", `
The name that byline gives to sites, for those that refuse it. Empty: byline and its
version.`,
		"", func(c *Config) *string { return &c.Web.Agent }),
	text("web.languages", `
The languages that pages should be in, the best first, as in "de, en;q=0.5". Empty:
those of LC_ALL, LC_MESSAGES or LANG.`,
		"", func(c *Config) *string { return &c.Web.Languages }),
	annotatorTable,
	labelTable,
	keyTable,
}

// Default returns a file that sets every setting to its default, each with a comment, and who to somebody's name.
func Default(who string) []byte {
	var b bytes.Buffer
	b.WriteString("# byline's settings. Every line sets the default; change what you like, delete the rest.\n")
	table := ""
	for _, s := range settings {
		t, key, in := strings.Cut(s.name, ".")
		if !in {
			key = s.name
		} else if t != table {
			table = t
			fmt.Fprintf(&b, "\n[%s]", t)
		}
		b.WriteString("\n")
		comment(&b, s.doc)
		if key == "" {
			comment(&b, s.value)
			continue
		}
		value := s.value
		if s.name == "who" && who != "" {
			value = fmt.Sprintf("%q", who)
		}
		fmt.Fprintf(&b, "%s = %s\n", key, value)
	}
	return b.Bytes()
}

func comment(b *bytes.Buffer, lines string) {
	for line := range strings.Lines(strings.TrimSpace(lines)) {
		fmt.Fprintf(b, "# %s\n", strings.TrimSuffix(line, "\n"))
	}
}

// word defines a setting with a few allowed words.
func word(name, doc, value string, at func(*Config) *string, words ...string) setting {
	return setting{
		name: name, doc: doc, value: fmt.Sprintf("%q", value),
		reset: func(c *Config) { *at(c) = value },
		set: func(c *Config, _ string, v any) string {
			w, ok := v.(string)
			if !ok || !slices.Contains(words, w) {
				return "one of " + quoteAll(words)
			}
			*at(c) = w
			return ""
		},
	}
}

func quoteAll(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = fmt.Sprintf("%q", w)
	}
	return strings.Join(quoted, ", ")
}

// between is a range of whole numbers, both ends included.
type between struct{ least, most int }

func number(name, doc string, value int, at func(*Config) *int, r between) setting {
	return setting{
		name: name, doc: strings.TrimSpace(doc) + fmt.Sprintf(" From %d to %d.", r.least, r.most), value: fmt.Sprint(value),
		reset: func(c *Config) { *at(c) = value },
		set: func(c *Config, _ string, v any) string {
			n, ok := v.(int64)
			if !ok || n < int64(r.least) || n > int64(r.most) {
				return fmt.Sprintf("a whole number from %d to %d", r.least, r.most)
			}
			*at(c) = int(n)
			return ""
		},
	}
}

func flag(name, doc string, value bool, at func(*Config) *bool) setting {
	return setting{
		name: name, doc: doc, value: fmt.Sprint(value),
		reset: func(c *Config) { *at(c) = value },
		set: func(c *Config, _ string, v any) string {
			b, ok := v.(bool)
			if !ok {
				return "true or false, without quotes"
			}
			*at(c) = b
			return ""
		},
	}
}

// text defines a setting that holds any text on one line.
func text(name, doc, value string, at func(*Config) *string) setting {
	return setting{
		name: name, doc: doc, value: fmt.Sprintf("%q", value),
		reset: func(c *Config) { *at(c) = value },
		set: func(c *Config, _ string, v any) string {
			t, ok := v.(string)
			if !ok || len(t) > 4096 {
				return "words in quotes, on one line"
			}
			if !printable(t) {
				return "words without control characters, on one line"
			}
			*at(c) = t
			return ""
		},
	}
}

// layouts are the layouts of dates, by their names in the file.
var layouts = map[string]string{
	"iso":   "2006-01-02",
	"short": "2 Jan 2006",
	"long":  "2 January 2006",
	"us":    "Jan 2, 2006",
}

func dates(name, doc, value string) setting {
	s := word(name, doc, value, func(c *Config) *string { return &c.Date }, "iso", "short", "long", "us")
	reset, set := s.reset, s.set
	s.reset = func(c *Config) { reset(c); c.Date = layouts[c.Date] }
	s.set = func(c *Config, rest string, v any) string {
		takes := set(c, rest, v)
		if takes == "" {
			c.Date = layouts[c.Date]
		}
		return takes
	}
	return s
}
