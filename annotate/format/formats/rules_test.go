package formats

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/formattest"
)

// together returns one file of several documents, or of each of them the file, and its companions.
func together(t *testing.T, name string, ds ...*format.Document) map[string]string {
	t.Helper()
	f := Named(name)
	files, _ := formattest.Write(t, f, format.Options{}, ds...)
	out := map[string]string{}
	for name, data := range files {
		out[name] = string(data)
	}
	return out
}

// Files of several documents keep the rules of CorefUD at level 2 of its validator: a tree of words that are the
// text, IDs that are one entity's in the whole file and have one type, brackets that close, heads inside of them, and
// no two mentions of the same words.
func TestRulesOfCorefUD(t *testing.T) {
	t.Parallel()
	for name, file := range together(t, "conllu", tries(150)...) {
		c := corefRules{ids: map[string]string{}, open: map[string]int{}}
		for n, line := range strings.Split(file, "\n") {
			if err := c.line(line); err != nil {
				t.Fatalf("%s, line %d: %v\n%s", name, n+1, err, line)
			}
		}
	}
}

type corefRules struct {
	doc, text, said string
	ids             map[string]string // documents and types of entities
	sents           []string
	open            map[string]int // words at which mentions of entities began
	words           int
	spans           [][2]int
}

var (
	openForm   = regexp.MustCompile(`\(([^-()|\[\]]+)-([a-z]+)-(\d+)-([^()|]*)(\))?`)
	entityForm = regexp.MustCompile(`(?:^|\|)Entity=([^|]+)`)
)

func (c *corefRules) line(line string) error {
	switch {
	case strings.HasPrefix(line, "# newdoc id = "):
		c.doc = fmt.Sprint(line, len(c.ids))
	case strings.HasPrefix(line, "# sent_id = "):
		if slices.Contains(c.sents, c.doc+line) {
			return fmt.Errorf("this sentence is there twice")
		}
		c.sents, c.text, c.words, c.spans = append(c.sents, c.doc+line), "", 0, nil
	case strings.HasPrefix(line, "# text = "):
		c.said = strings.TrimPrefix(line, "# text = ")
	case strings.HasPrefix(line, "#"):
	case line == "":
		if len(c.open) > 0 {
			return fmt.Errorf("mentions are open at the end of a sentence: %v", c.open)
		}
		if strings.TrimRight(c.text, " ") != c.said {
			return fmt.Errorf("the words are %q, the text is %q", c.text, c.said)
		}
		c.text, c.said = "", ""
	default:
		return c.word(strings.Split(line, "\t"))
	}
	return nil
}

func (c *corefRules) word(f []string) error {
	c.words++
	wantHead, wantRel := "1", "dep"
	if c.words == 1 {
		wantHead, wantRel = "0", "root"
	}
	if len(f) != 10 || f[0] != strconv.Itoa(c.words) || f[1] == "" || f[3] != "X" || f[6] != wantHead || f[7] != wantRel {
		return fmt.Errorf("no word of a tree")
	}
	c.text += f[1]
	if !slices.Contains(strings.Split(f[9], "|"), "SpaceAfter=No") {
		c.text += " "
	}
	m := entityForm.FindStringSubmatch(f[9])
	if m == nil {
		return nil
	}
	return c.entity(m[1])
}

// entity reads the brackets of a word.
func (c *corefRules) entity(s string) error {
	for s != "" {
		if m := openForm.FindStringSubmatchIndex(s); m != nil && m[0] == 0 {
			id, typ, head := s[m[2]:m[3]], s[m[4]:m[5]], s[m[6]:m[7]]
			if was, ok := c.ids[id]; ok && was != c.doc+typ {
				return fmt.Errorf("%s is in two documents, or has two types", id)
			}
			c.ids[id] = c.doc + typ
			if _, twice := c.open[id]; twice {
				return fmt.Errorf("%s is open already", id)
			}
			c.open[id] = c.words
			n, _ := strconv.Atoi(head)
			c.open[id+" head"] = n
			s = s[m[1]:]
			if m[10] < 0 {
				continue
			}
			if err := c.close(id); err != nil {
				return err
			}
			continue
		}
		id, rest, ok := strings.Cut(s, ")")
		if !ok || id == "" {
			return fmt.Errorf("brackets %q", s)
		}
		if err := c.close(id); err != nil {
			return err
		}
		s = rest
	}
	return nil
}

func (c *corefRules) close(id string) error {
	start, ok := c.open[id]
	if !ok {
		return fmt.Errorf("%s closes and is not open", id)
	}
	if head := c.open[id+" head"]; head < 1 || head > c.words-start+1 {
		return fmt.Errorf("the head of %s is word %d of %d", id, head, c.words-start+1)
	}
	delete(c.open, id)
	delete(c.open, id+" head")
	span := [2]int{start, c.words}
	if slices.Contains(c.spans, span) {
		return fmt.Errorf("two mentions of the words %v", span)
	}
	c.spans = append(c.spans, span)
	return nil
}

// Label Studio finds the text of each region at its offsets, its label in the configuration, the controls that the
// configuration names, and both ends of a relation in the same result.
func TestRulesOfLabelStudio(t *testing.T) {
	t.Parallel()
	ds := tries(100)
	ds[0].Labels = map[annotate.Type]string{"person": "PER & CO", "village": "Dörf|er"}
	files := together(t, "labelstudio", ds...)
	config := files["labelstudio.xml"]
	type region struct {
		ID, Type string
		From     string `json:"from_name"`
		To       string `json:"to_name"`
		FromID   string `json:"from_id"`
		ToID     string `json:"to_id"`
		Value    struct {
			Start, End int
			Text       string
			Labels     []string
		}
		Labels []string
	}
	var tasks []struct {
		Data        struct{ Text string }
		Annotations []struct{ Result []region }
		Predictions []struct{ Result []region }
	}
	if err := json.Unmarshal([]byte(files["all.labelstudio.json"]), &tasks); err != nil || len(tasks) != len(ds) {
		t.Fatalf("%d tasks: %v", len(tasks), err)
	}
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&#34;")
	for n, task := range tasks {
		text := []rune(task.Data.Text)
		for _, results := range append(task.Annotations, task.Predictions...) {
			ids := map[string]bool{}
			for _, g := range results.Result {
				if g.Type == "relation" {
					continue
				}
				if ids[g.ID] || g.From != "label" || g.To != "text" || g.Value.End > len(text) || string(text[g.Value.Start:g.Value.End]) != g.Value.Text || len(g.Value.Labels) != 1 {
					t.Fatalf("task %d: %+v", n, g)
				}
				if !strings.Contains(config, `<Label value="`+escape.Replace(g.Value.Labels[0])+`"`) {
					t.Fatalf("%q is not in the configuration\n%s", g.Value.Labels[0], config)
				}
				ids[g.ID] = true
			}
			for _, g := range results.Result {
				if g.Type == "relation" && (!ids[g.FromID] || !ids[g.ToID] || !strings.Contains(config, `<Relation value="`+g.Labels[0]+`"`)) {
					t.Fatalf("task %d: the relation %+v", n, g)
				}
			}
		}
	}
}

var bratForm = regexp.MustCompile(`^(?:(T\d+)\t([A-Za-z0-9_-]+) (\d+ \d+(?:;\d+ \d+)*)\t(.+)|(R\d+)\t[A-Za-z]+ Arg1:(T\d+) Arg2:(T\d+)|\*\tCoref( T\d+)+|(A\d+)\t\w+ (T\d+) \S+|(#\d+)\t\w+ (T\d+)\t.*|(N\d+)\tReference (T\d+) [^:\s]+:\S+\t.*)$`)

// brat reads every line: IDs are unique and refer to what is there, labels are of ASCII, and words are those at the
// offsets, in fragments that end with a line.
func TestRulesOfBrat(t *testing.T) {
	t.Parallel()
	for i, d := range tries(150) {
		files := together(t, "brat", d)
		text := []rune(files["d0.txt"])
		ids, used := map[string]bool{}, []string{}
		for line := range strings.Lines(files["d0.ann"]) {
			m := bratForm.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
			if m == nil {
				t.Fatalf("%d: %q", i, line)
			}
			for _, k := range []int{1, 5, 9, 11, 13} {
				if m[k] != "" && ids[m[k]] {
					t.Fatalf("%d: twice: %q", i, line)
				}
				ids[m[k]] = true
			}
			used = append(used, m[6], m[7], m[10], m[12], m[14])
			if m[1] == "" {
				continue
			}
			var words []string
			for piece := range strings.SplitSeq(m[3], ";") {
				var a, b int
				if _, err := fmt.Sscan(piece, &a, &b); err != nil || a >= b || b > len(text) || strings.Contains(string(text[a:b]), "\n") {
					t.Fatalf("%d: %q", i, line)
				}
				words = append(words, string(text[a:b]))
			}
			if strings.Join(words, " ") != m[4] {
				t.Fatalf("%d: %q, not %q", i, line, words)
			}
		}
		for _, id := range used {
			if id != "" && !ids[id] {
				t.Fatalf("%d: there is no %s", i, id)
			}
		}
	}
}

// INCEpTION builds the text of WebAnno TSV of its sentences, of which it takes only these escapes back and puts line
// ends between them; each token has to be there at its offsets, and each value in a column of a layer.
func TestRulesOfWebAnno(t *testing.T) {
	t.Parallel()
	unescape := strings.NewReplacer(`\\`, `\`, `\t`, "\t", `\n`, "\n", `\r`, "\r", `\f`, "\f", `\b`, "\b")
	for i, d := range tries(150) {
		var text []uint16
		columns, sentence, begins := 0, "", false
		for line := range strings.Lines(together(t, "webanno", d)["d0.webanno.tsv"]) {
			line = strings.TrimSuffix(line, "\n")
			switch {
			case strings.HasPrefix(line, "#T_"):
				columns += strings.Count(line, "|")
			case strings.HasPrefix(line, "#Text="):
				sentence, begins = unescape.Replace(strings.TrimPrefix(line, "#Text=")), true
			case line == "", strings.HasPrefix(line, "#FORMAT="):
			default:
				f := strings.Split(line, "\t")
				var a, b int
				if _, err := fmt.Sscanf(f[1], "%d-%d", &a, &b); err != nil || len(f) != 3+columns+1 || f[len(f)-1] != "" {
					t.Fatalf("%d: %q", i, line)
				}
				if begins {
					for len(text) < a {
						text = append(text, '\n')
					}
					text, begins = append(text[:a], utf16.Encode([]rune(sentence))...), false
				}
				if got := string(utf16.Decode(text[a:b])); got != unescape.Replace(f[2]) {
					t.Fatalf("%d: %q at %s, not %q", i, got, f[1], f[2])
				}
			}
		}
		if want := utf16.Encode([]rune(d.Text)); len(text) != len(want) {
			t.Fatalf("%d: the text is %q, not %q", i, string(utf16.Decode(text)), d.Text)
		}
	}
}
