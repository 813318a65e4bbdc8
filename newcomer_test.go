package main_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"byline/ui/uitest"
)

// TestNewcomer corrects a story knowing no key beforehand: words are looked for on the
// screen, and the key pressed is the one that stands beside them.
func TestNewcomer(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program")
	}
	bin := build(t)
	for _, size := range []struct{ width, height int }{{100, 30}, {80, 24}} {
		t.Run(fmt.Sprintf("%dx%d", size.width, size.height), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			n := newNewcomer(t, bin, dir, size.width, size.height)
			title := n.open()
			want := n.correct()
			n.export("notes.json")
			n.leave()
			checkLog(t, bin, dir, title, want)
			checkExport(t, filepath.Join(dir, "notes.json"), want)
		})
	}
}

// A newcomer reads the screen of the program and knows what a reader of any program
// knows: which key is called tab, that Backspace erases and that Enter accepts.
type newcomer struct {
	*uitest.Process
	t     *testing.T
	known map[string]string // keys read before, by their words in the footer
}

func newNewcomer(t *testing.T, bin, dir string, width, height int) *newcomer {
	cmd := inHome(dir, bin, "--library", filepath.Join(dir, "library.db"))
	return &newcomer{Process: uitest.StartProcess(t, cmd, width, height), t: t, known: map[string]string{}}
}

// A view is a screen as lines of text.
type view []string

// read returns the screen as soon as it stands still and ok holds.
func (n *newcomer) read(what string, ok func(view) bool) view {
	n.t.Helper()
	var last string
	var v view
	n.Until(n.t, what, func() bool {
		text := n.Text()
		still := text == last
		last = text
		v = strings.Split(strings.TrimSuffix(text, "\n"), "\n")
		return still && ok(v)
	})
	return v
}

func (v view) footer() string { return v[len(v)-1] }

// message returns the last two lines: one that the footer has no room for begins above it.
func (v view) message() string {
	return strings.TrimSpace(v[len(v)-2]) + " " + strings.TrimSpace(v.footer())
}

// status returns what the rule above the footer says of the words under the cursor, "" if
// there are none.
func (v view) status() string {
	text, ok := strings.CutPrefix(v[len(v)-2], "─ ")
	if !ok {
		return ""
	}
	text, _, _ = strings.Cut(text, " ─")
	return text
}

var gap = regexp.MustCompile(` {2,}`)

// hints returns the keys in the footer by their words.
func (v view) hints() map[string]string {
	out := map[string]string{}
	for _, hint := range gap.Split(strings.TrimSpace(v.footer()), -1) {
		if key, word, ok := strings.Cut(hint, " "); ok {
			out[word] = key
		}
	}
	return out
}

// box returns the lines in the frame of a list or of the help, nil if none is open.
func (v view) box() []string {
	from, to := -1, -1
	var out []string
	for _, line := range v {
		cells := []rune(line)
		switch {
		case from < 0:
			from, to = slices.Index(cells, '╭'), slices.Index(cells, '╮')
		case from < len(cells) && cells[from] == '╰':
			return out
		case to < len(cells):
			out = append(out, strings.TrimSpace(string(cells[from+1:to])))
		}
	}
	return nil
}

// row returns the line of a list that is current: the second with a "›", after the field.
func (v view) row() string {
	var marked []string
	for _, line := range v.box() {
		if strings.HasPrefix(line, "›") {
			marked = append(marked, strings.TrimPrefix(line, "› "))
		}
	}
	if len(marked) < 2 {
		return ""
	}
	return marked[1]
}

// onFooter returns the key of a word in the footer. "org" will do for "organization".
func (n *newcomer) onFooter(v view, want string) string {
	hints := v.hints()
	maps.Copy(n.known, hints)
	for word, key := range hints {
		if word == want || len(word) >= 3 && !strings.Contains(want, " ") && strings.HasPrefix(want, word) {
			return key
		}
	}
	return ""
}

// key finds the key for what the newcomer wants: on the footer, else by typing the words
// into the list of commands.
func (n *newcomer) key(want string) string {
	n.t.Helper()
	if key := n.onFooter(n.read("a footer", func(v view) bool { return v.footer() != "" }), want); key != "" {
		return key
	}
	n.commands()
	n.Type(want)
	v := n.read("commands for "+want, func(v view) bool { return slices.Contains(v.box(), "› "+want) })
	row := v.row()
	n.close()
	keys := rowKeys.FindStringSubmatch(row)
	if keys == nil {
		n.t.Fatalf("%q leads to no key, but to %q\n%s", want, row, strings.Join(v, "\n"))
	}
	key, _, _ := strings.Cut(keys[1], ", ")
	return key
}

// rowKeys finds the keys at the end of a row of commands, helpKeys those at the start of
// a row of the help.
var (
	rowKeys  = regexp.MustCompile(`(?: {2,}|… )(\S+(?:, \S+)*)$`)
	helpKeys = regexp.MustCompile(`^(\S+(?:, \S+)*) {2,}\S`)
)

// commands opens the list of commands. A footer too narrow for its key shows that of the
// help, which knows it.
func (n *newcomer) commands() {
	n.t.Helper()
	if n.known["commands"] == "" {
		n.press(n.known["help"])
		n.read("the help", func(v view) bool { return strings.HasPrefix(strings.Join(v.box(), " "), "Help") })
		n.Type("find a command")
		v := n.read("help on commands", func(v view) bool {
			return strings.Contains(strings.Join(v.box(), " "), "find a command") && len(helpRows(v)) > 0
		})
		n.known["commands"] = helpRows(v)[0]
		n.close()
	}
	n.press(n.known["commands"])
	n.read("the commands", func(v view) bool { return strings.HasPrefix(strings.Join(v.box(), " "), "Commands") })
}

// helpRows returns the first key of every row of the help.
func helpRows(v view) []string {
	var out []string
	for _, line := range v.box()[1:] {
		if keys := helpKeys.FindStringSubmatch(line); keys != nil {
			key, _, _ := strings.Cut(keys[1], ", ")
			out = append(out, key)
		}
	}
	return out
}

// close closes what is open by the key that the footer shows for it.
func (n *newcomer) close() {
	n.t.Helper()
	n.onFooter(n.read("a way to close", func(v view) bool { return v.hints()["close"] != "" }), "close")
	n.press(n.known["close"])
	n.read("closed", func(v view) bool { return v.box() == nil })
}

// press presses the key that the screen calls name.
func (n *newcomer) press(name string) {
	n.t.Helper()
	letter, ctrl := strings.CutPrefix(name, "ctrl+")
	code, ok := map[string]string{
		"tab": "\t", "⏎": "\r", "esc": "\x1b", "space": " ", "↑": "\x1b[A", "↓": "\x1b[B", "→": "\x1b[C", "←": "\x1b[D",
		"shift+tab": "\x1b[Z", "shift+→": "\x1b[1;2C", "shift+←": "\x1b[1;2D", "delete": "\x1b[3~",
	}[name]
	switch {
	case ok:
		n.Type(code)
	case ctrl && len(letter) == 1:
		n.Type(string(letter[0] & 0x1f))
	case len([]rune(name)) == 1:
		n.Type(name)
	default:
		n.t.Fatalf("no keyboard has a key %q\n%s", name, n.Text())
	}
}

// do presses the key for what the newcomer wants, and waits for what it should do.
func (n *newcomer) do(want string, done func(view) bool) view {
	n.t.Helper()
	key := n.key(want)
	n.press(key)
	return n.read(fmt.Sprintf("%s, by %s", want, key), done)
}

// open opens the first story of the library and returns the start of its title.
func (n *newcomer) open() string {
	n.t.Helper()
	story := func(line string) bool { return strings.HasPrefix(line, " ● ") }
	v := n.read("the stories", func(v view) bool { return slices.ContainsFunc(v, story) && v.hints()["read"] != "" })
	title := string([]rune(v[slices.IndexFunc(v, story)])[3:23])
	n.do("read", func(v view) bool { return strings.Contains(v[0], title) && strings.Contains(v[0], " 0 of ") })
	return title
}

// A deed is a decision that the newcomer made, as the screen put it.
type deed struct {
	verb  string
	text  string // of the name or quote, or its start
	value string // the type given
	other string // the name that it is merged with or attributed to
}

// The first choice of a list of names, and another line with its digit that does not hold now.
const (
	firstName   = `^(?:\d )?(?:● )?(.+?) {2,}`
	anotherName = `^(\d) ([^●].+?) {2,}`
)

var quoteAsked = regexp.MustCompile(`Attribute “(.+?)(?:…|” to)`)

// correct does everything that a newcomer would do to a story, and returns what the library
// should hold of it.
func (n *newcomer) correct() []deed {
	n.t.Helper()
	name := n.stepTo("person")
	n.do("organization", statusHas("organization · "+name, "confirmed"))

	words := n.selectBeside(name)
	n.do("quote", boxHas("Attribute “"+words+"” to"))
	speaker := n.choose(firstName)
	n.read("attributed", footerHas("Attributed to "+speaker))
	added := n.read("what is under the cursor", statusHas(" quote ")).status()

	n.do("next quote", func(v view) bool { return strings.Contains(v.status(), " quote ") && v.status() != added })
	said := quoteAsked.FindStringSubmatch(n.do("speaker", boxHas("Attribute “")).box()[0])
	other := n.another()
	n.read("attributed", footerHas("Attributed to "+other))
	n.read("what is under the cursor", statusHas(" quote ")) // once the message, which may take two lines, is gone

	one := n.stepTo("person")
	n.do("merge", boxHas("Merge “"+one+"” with"))
	two := n.choose(firstName)
	n.read("merged", footerHas("Merged “"+one+"” with “"+two+"”"))

	wrong := n.stepTo("person")
	n.do("reject", statusHas(wrong, "rejected"))
	n.do("undo", statusHas(wrong, "suggested"))
	return []deed{
		{"relabel", name, "organization", ""},
		{"add", words, "", ""},
		{"attribute", words, "", speaker},
		{"attribute", strings.TrimSpace(said[1]), "", other},
		{"merge", one, "", two},
		{"reject", wrong, "", ""},
		{"undo", "", "", ""},
	}
}

// stepTo steps to the next name of a kind and returns the name.
func (n *newcomer) stepTo(kind string) string {
	n.t.Helper()
	for range 20 {
		before := n.read("a status", func(v view) bool { return len(v) > 1 }).status()
		v := n.do("next", func(v view) bool { return v.status() != "" && v.status() != before })
		if parts := strings.Split(v.status(), " · "); parts[0] == kind && parts[len(parts)-1] != "confirmed" {
			return parts[1]
		}
	}
	n.t.Fatalf("no %s\n%s", kind, n.Text())
	return ""
}

// selectBeside selects three words after the name under the cursor, and returns them.
func (n *newcomer) selectBeside(name string) string {
	n.t.Helper()
	n.do("select", statusHas("selected: "+name))
	v := n.do("word", func(v view) bool {
		return strings.HasPrefix(v.status(), "selected: ") && !strings.Contains(v.status(), name)
	})
	for range 2 {
		before := v.status()
		v = n.do("more", func(v view) bool {
			return strings.HasPrefix(v.status(), before+" ")
		})
	}
	return strings.TrimPrefix(v.status(), "selected: ")
}

// choose takes the current line of a list by the key in the footer. A message may cover
// that; the newcomer has seen it before.
func (n *newcomer) choose(label string) string {
	n.t.Helper()
	v := n.read("a list", func(v view) bool { return v.row() != "" })
	n.onFooter(v, "choose")
	m := regexp.MustCompile(label).FindStringSubmatch(v.row())
	if m == nil {
		n.t.Fatalf("no choice: %q", v.row())
	}
	n.press(n.known["choose"])
	return m[1]
}

// another takes the first line of a list that is not marked as holding now, by the digit
// before it.
func (n *newcomer) another() string {
	n.t.Helper()
	for _, line := range n.read("a list", func(v view) bool { return v.row() != "" }).box() {
		if m := regexp.MustCompile(anotherName).FindStringSubmatch(strings.TrimPrefix(line, "› ")); m != nil {
			n.press(m[1])
			return m[2]
		}
	}
	n.t.Fatalf("nobody else\n%s", n.Text())
	return ""
}

// emptyAnswer is the question with nothing typed, and with the keys that can be pressed beside it.
var emptyAnswer = regexp.MustCompile(`Export json to: *( {2}\S+ accept.*)?$`)

// export writes the annotations to a file of the name.
func (n *newcomer) export(name string) {
	n.t.Helper()
	n.do("export", boxHas("Export as"))
	n.choose(`^(json) `)
	n.read("a question", footerHas("Export json to: "))
	n.Type(strings.Repeat("\x7f", 300)) // Backspace held down
	n.read("no answer", func(v view) bool { return emptyAnswer.MatchString(v.footer()) })
	n.Type(name)
	n.read("the answer", footerHas("Export json to: "+name))
	n.press("⏎")
	n.read("exported", footerHas("Exported to "))
}

// leave goes back to the library, then out of the program.
func (n *newcomer) leave() {
	n.t.Helper()
	n.do("back", func(v view) bool { return v.hints()["read"] != "" })
	n.press(n.key("quit"))
	if status := n.Exit(n.t); status != 0 {
		n.t.Errorf("the program ends with status %d", status)
	}
}

func statusHas(parts ...string) func(view) bool {
	return func(v view) bool {
		return !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(v.status(), p) })
	}
}

func footerHas(text string) func(view) bool {
	return func(v view) bool { return strings.Contains(v.message(), text) }
}

func boxHas(title string) func(view) bool {
	return func(v view) bool { return strings.HasPrefix(strings.Join(v.box(), " "), title) }
}

// checkLog compares the decisions in the library with what was done: that, and no more.
func checkLog(t *testing.T, bin, dir, title string, want []deed) {
	t.Helper()
	out, err := exec.Command(bin, "--library", filepath.Join(dir, "library.db"), "log", title).Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(lines) != len(want) {
		t.Fatalf("%d decisions, of %d\n%s", len(lines), len(want), out)
	}
	var before string
	for i, line := range lines {
		var got struct {
			ID, Verb, Value string
			Target, To      struct{ Text string }
			Undone          bool
		}
		if err := json.Unmarshal([]byte(line), &got); err != nil {
			t.Fatal(err)
		}
		d := want[i]
		switch {
		case got.Verb != d.verb, got.Undone != (d.verb == "reject"):
		case d.verb == "undo" && got.Value != before:
		case d.verb == "reject" && !strings.Contains(d.text, got.Target.Text): // a short form of the name
		case d.verb != "reject" && !strings.Contains(got.Target.Text, d.text):
		case d.value != "" && got.Value != d.value:
		case d.verb == "merge" && got.To.Text != d.other:
		default:
			before = got.ID
			continue
		}
		t.Errorf("decision %d is not %+v but %s", i+1, d, line)
	}
}

// An exported article, of which the test looks at this.
type exported struct {
	Entities []exportedEntity
	Quotes   []struct{ Text, Speaker, Origin string }
}

type exportedEntity struct {
	ID, Type, Origin string
	Mentions         []struct{ Text string }
}

// has reports whether all names are mentions of the entity.
func (e *exportedEntity) has(names ...string) bool {
	for _, name := range names {
		if !slices.ContainsFunc(e.Mentions, func(m struct{ Text string }) bool { return m.Text == name }) {
			return false
		}
	}
	return true
}

// holds reports whether a deed is to be seen in the exported article.
func (x *exported) holds(d deed) bool {
	for _, e := range x.Entities {
		switch {
		case d.verb == "relabel" && e.has(d.text) && e.Type == d.value && e.Origin == "human",
			d.verb == "merge" && e.has(d.text, d.other),
			d.verb == "reject" && e.has(d.text): // it was undone
			return true
		}
		for _, q := range x.Quotes {
			if d.verb == "attribute" && strings.Contains(q.Text, d.text) && q.Speaker == e.ID && e.has(d.other) {
				return true
			}
		}
	}
	for _, q := range x.Quotes {
		if d.verb == "add" && q.Text == d.text && q.Origin == "human" {
			return true
		}
	}
	return d.verb == "undo"
}

// checkExport looks for the same in the exported file.
func checkExport(t *testing.T, file string, want []deed) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var got exported
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	for _, d := range want {
		if !got.holds(d) {
			t.Errorf("the file does not hold %+v\n%s", d, data)
		}
	}
}
