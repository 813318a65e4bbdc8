package annotator_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/annotator"
	"byline/annotate/engine"
	"byline/articles"
)

// The test binary is the program that is asked, if its first argument says how it behaves.
func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == "annotator" {
		os.Exit(behave(os.Args[2]))
	}
	os.Exit(m.Run())
}

// An asked is what the programs of the tests read of a request.
type asked struct {
	Byline int
	ID     string
	Text   string
	Blocks []struct {
		Start, End int
		Kind       string
	}
}

// ask asks a program that writes its number to a file and hangs.
func ask(file string) int {
	p := program("notes and hangs")
	p.Command = append(p.Command, file)
	pool := annotator.Start(context.Background(), p, 1)
	defer pool.Close()
	pool.Ask(context.Background(), text("Ann Quill left."))
	time.Sleep(time.Hour)
	return 0
}

// behave answers requests in one of several ways until its input ends.
func behave(how string) int {
	if how == "asks" {
		return ask(os.Args[3])
	}
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<24)
	late := "" // an answer that comes after the next
	for n := 1; in.Scan(); n++ {
		var r asked
		if err := json.Unmarshal(in.Bytes(), &r); err != nil || r.Byline != 1 {
			fmt.Fprintln(os.Stderr, "no request:", err)
			return 3
		}
		bad := strings.Contains(r.Text, "Trouble")
		switch {
		case how == "dies" && bad:
			fmt.Fprintln(os.Stderr, "Traceback:\nMemoryError: no room for the model")
			return 7
		case how == "hangs" && bad:
			time.Sleep(time.Hour)
		case how == "names another" && bad:
			r.ID = "another"
		case how == "prints words" && bad:
			fmt.Println("trouble")
			continue
		case how == "prints NaN" && bad:
			fmt.Printf("{\"id\":%q,\"mentions\":[{\"start\":0,\"end\":3,\"type\":\"PER\",\"score\":NaN}]}\n", r.ID)
			continue
		case how == "swaps" && bad:
			late = found(r)
			continue
		case how == "swaps" && late != "":
			fmt.Println(found(r) + "\n" + late)
			late = ""
			continue
		case how == "skips" && bad:
			continue
		case how == "notes and hangs":
			if err := os.WriteFile(os.Args[3], fmt.Append(nil, os.Getpid(), "\n"), 0o600); err != nil {
				return 5
			}
			time.Sleep(time.Hour)
		case how == "repeats":
			fmt.Printf("{\"id\":%q,%s}\n", r.ID, os.Args[3])
			continue
		case how == "counts":
			fmt.Printf("{\"id\":%q,\"model\":\"%d\",\"mentions\":[]}\n", r.ID, n)
			continue
		case how == "is gone":
			fmt.Println(found(r))
			return 0
		case how == "greets":
			fmt.Println("loading model…")
		case how == "adds":
			fmt.Println(found(r) + "\nready\nfor more")
			continue
		case how == "twice":
			fmt.Println(found(r))
		case how == "says" && bad:
			fmt.Printf("{\"id\":%q,\"error\":\"too\\u001b[2J long\"}\n", r.ID)
			continue
		case how == "bytes":
			fmt.Printf("{\"id\":%q,\"mentions\":[{\"start\":%d,\"end\":%d,\"text\":\"Ben Hale\",\"type\":\"PERSON\"}]}\n", r.ID, strings.Index(r.Text, "Ben"), strings.Index(r.Text, "Ben")+8)
			continue
		case how == "kinds":
			fmt.Printf("{\"id\":%q,\"mentions\":[{\"start\":true,\"end\":8}]}\n", r.ID)
			continue
		case how == "list":
			fmt.Printf("{\"id\":%q,\"mentions\":{}}\n", r.ID)
			continue
		case how == "cut":
			fmt.Printf("{\"id\":%q,\"mentions\":[{\"sta", r.ID)
			return 0
		}
		fmt.Println(found(r))
	}
	if how == "fails at last" {
		fmt.Fprintln(os.Stderr, "cannot save")
		return 3
	}
	return 0
}

// found returns an answer that has the names Ann Quill and Ben Hale.
func found(r asked) string {
	var ms []string
	for _, name := range []string{"Ann Quill", "Ben Hale"} {
		if i := strings.Index(r.Text, name); i >= 0 {
			at := len([]rune(r.Text[:i]))
			ms = append(ms, fmt.Sprintf(`{"start":%d,"end":%d,"text":%q,"type":"PERSON","score":0.75}`, at, at+len(name), name))
		}
	}
	return fmt.Sprintf(`{"id":%q,"model":"two-names 1","mentions":[%s],"later":1}`, r.ID, strings.Join(ms, ","))
}

func text(words string) *articles.Article {
	return &articles.Article{ID: articles.TextID(words), Text: words}
}

func program(how string) annotator.Program {
	return annotator.Program{Name: "fake", Command: []string{os.Args[0], "annotator", how}, Timeout: time.Minute}
}

func theEngine(t *testing.T) *engine.Engine {
	t.Helper()
	e, err := engine.Default()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

const story = "Trouble: “Très bien,” said Ann Quill. Ben Hale did not answer Quill."

// What a program leaves out byline finds: who is the same, quotes and speakers.
func TestAnnotate(t *testing.T) {
	t.Parallel()
	pool := annotator.Start(t.Context(), program("well"), 1)
	defer pool.Close()
	a := text(story)
	l, notes, err := pool.Annotate(t.Context(), theEngine(t), a)
	if err != nil || len(notes) > 0 {
		t.Fatal(err, notes)
	}
	if got := describe(l, a.Text); got != "fake two-names 1 | person Ann Quill [Ann Quill fake 0.75] | person Ben Hale [Ben Hale fake 0.75] | “Très bien,” by Ann Quill" {
		t.Error(got)
	}
}

func describe(l *annotate.Layer, text string) string {
	out := []string{l.Engine}
	for _, e := range l.Entities {
		s := fmt.Sprintf("%s %s [", e.Type, e.Name)
		for i, m := range e.Mentions {
			if i > 0 {
				s += ", "
			}
			s += fmt.Sprintf("%s %s %v", m.In(text), m.Origin.Stage, m.Origin.Score)
		}
		out = append(out, s+"]")
	}
	for _, q := range l.Quotes {
		who := "nobody"
		if e := l.Entity(q.Speaker); e != nil {
			who = e.Name
		}
		out = append(out, q.In(text)+" by "+who)
	}
	return strings.Join(out, " | ")
}

// A program that fails with one text is asked for the others all the same, and the error says what it did.
func TestFailures(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ how, want string }{
		{"dies", "annotator fake ended before it had answered (exit status 7); it printed “MemoryError: no room for the model”"},
		{"hangs", "annotator fake gave no answer within 2s"},
		{"names another", `annotator fake answered for "another", which it was not asked about`},
		{"prints words", "annotator fake printed “trouble” on standard output, where only answers go"},
		{"prints NaN", "NaN is no JSON (“type\":\"PER\",\"score\":NaN}]}”)"},
		{"skips", "annotator fake gave no answer, but answered the next text"},
		{"says", "annotator fake says: too"},
	} {
		t.Run(c.how, func(t *testing.T) {
			t.Parallel()
			p := program(c.how)
			if c.how == "hangs" {
				p.Timeout = 2 * time.Second
			}
			p.Batch = 8
			pool := annotator.Start(t.Context(), p, 1)
			defer pool.Close()
			e := theEngine(t)
			var asked []*annotator.Question
			for i := range 10 {
				words := fmt.Sprintf("Ann Quill left, %d.", i)
				if trouble(i) {
					words = "Trouble. " + words
				}
				asked = append(asked, pool.Ask(t.Context(), text(words)))
			}
			for i, q := range asked {
				l, _, err := q.Layer(t.Context(), e)
				switch {
				case trouble(i) != (err != nil):
					t.Errorf("text %d: %v", i, err)
				case err == nil && len(l.Entities) != 1:
					t.Errorf("text %d: %s", i, l.Engine)
				case err != nil && !strings.Contains(err.Error(), c.want):
					t.Errorf("%s\nnot %s", err, c.want)
				case err != nil && strings.ContainsRune(err.Error(), '\x1b'):
					t.Errorf("%q reaches the terminal", err)
				}
			}
		})
	}
}

// trouble reports whether a text of ten is one that the program fails with.
func trouble(i int) bool { return i == 2 || i >= 5 && i <= 7 }

// Copies of a program get the texts in the order in which they were asked about.
func TestOrder(t *testing.T) {
	t.Parallel()
	for _, batch := range []int{1, 3, 8} {
		p := program("counts")
		p.Batch = batch
		pool := annotator.Start(t.Context(), p, 1)
		var asked []*annotator.Question
		done := make(chan bool)
		go func() {
			defer close(done)
			for i := range 20 {
				asked = append(asked, pool.Ask(t.Context(), text(fmt.Sprint("Text ", i))))
			}
		}()
		<-done
		for i, q := range asked {
			if l, _, err := q.Layer(t.Context(), theEngine(t)); err != nil || l.Engine != fmt.Sprint("fake ", i+1) {
				t.Errorf("text %d is %v, %v", i, l, err)
			}
		}
		pool.Close()
	}
}

// An answer that comes after that to the next text is too late, and is no second answer.
func TestTooLate(t *testing.T) {
	t.Parallel()
	for _, order := range []string{"Tab", "aTb", "TabTcTd"} {
		p := program("swaps")
		p.Batch = 8
		pool := annotator.Start(t.Context(), p, 1)
		var asked []*annotator.Question
		for i, of := range order {
			words := fmt.Sprintf("Ann Quill left, %d.", i)
			if of == 'T' {
				words = "Trouble. " + words
			}
			asked = append(asked, pool.Ask(t.Context(), text(words)))
		}
		for i, q := range asked {
			if _, _, err := q.Layer(t.Context(), theEngine(t)); (err != nil) != (order[i] == 'T') {
				t.Errorf("%s: text %d: %v", order, i, err)
			}
		}
		if errs := pool.Close(); len(errs) > 0 {
			t.Errorf("%s: %v", order, errs)
		}
	}
}

// What a program does wrong beside its answers costs no text, and is said at the end, also of a single text.
func TestFaults(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ how, one, five string }{
		{"well", "", ""},
		{"greets", "annotator fake printed 1 line on standard output that answered nothing, first “loading model…”", "printed 5 lines"},
		{"adds", "annotator fake printed 2 lines on standard output that answered nothing, first “ready”", "printed 10 lines"},
		{"twice", "annotator fake answered 1 text twice, first ", "answered 5 texts twice"},
		{"fails at last", "annotator fake answered, and then failed: exit status 3; it printed “cannot save”", "exit status 3"},
		{"is gone", "-", "times before its input did, first exit status 0, and was started again"},
	} {
		for n, want := range map[int]string{1: c.one, 5: c.five} {
			if want == "-" { // it depends on when it is seen
				continue
			}
			t.Run(fmt.Sprint(c.how, n), func(t *testing.T) {
				t.Parallel()
				p := program(c.how)
				p.Batch = n
				pool := annotator.Start(t.Context(), p, 1)
				var asked []*annotator.Question
				for i := range n {
					asked = append(asked, pool.Ask(t.Context(), text(fmt.Sprintf("Ann Quill left, %d.", i))))
				}
				for i, q := range asked {
					if l, _, err := q.Layer(t.Context(), theEngine(t)); err != nil || len(l.Entities) != 1 {
						t.Errorf("text %d: %v", i, err)
					}
				}
				got := ""
				for _, err := range pool.Close() {
					got += err.Error()
				}
				if (want == "") != (got == "") || !strings.Contains(got, want) {
					t.Errorf("%q\nnot %q", got, want)
				}
			})
		}
	}
}

// Answers that cannot be trusted are errors that say what to change in the program.
func TestWrongAnswers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ how, want string }{
		{"bytes", "says that 43 to 51 is “Ben Hale”, but it is “ale did "},
		{"bytes", "its offsets count bytes, and must count Unicode code points"},
		{"cut", "ended in the middle of a line (exit status 0), after “{\"id\":"},
		{"prints words", "one JSON object a line: it is no JSON from byte 3 on (“trouble”)"},
		{"kinds", "one JSON object a line: mentions.start is true or false, not a number"},
		{"list", "one JSON object a line: mentions is an object, not a list"},
	} {
		pool := annotator.Start(t.Context(), program(c.how), 1)
		_, _, err := pool.Annotate(t.Context(), theEngine(t), text(story))
		var e *annotator.Error
		if !errors.As(err, &e) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v\nnot %s", c.how, err, c.want)
		}
		pool.Close()
	}
}

// A program that cannot work is not started for each of many texts.
func TestGivesUp(t *testing.T) {
	t.Parallel()
	p := program("well")
	p.Command = []string{"/nowhere/such-program"}
	pool := annotator.Start(t.Context(), p, 1)
	if _, _, err := pool.Annotate(t.Context(), theEngine(t), text(story)); err == nil || !strings.Contains(err.Error(), "annotator fake does not start") || pool.Broken() == nil {
		t.Errorf("%v, %v", err, pool.Broken())
	}
	pool.Close()

	for how, want := range map[string]string{"cut": "ended in the middle", "skips": "gave no answer within 2s", "prints words": "printed “trouble”"} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			p := program(how)
			if p.Batch = 8; how == "skips" {
				p.Timeout = 2 * time.Second
			}
			pool := annotator.Start(t.Context(), p, 1)
			defer pool.Close()
			var asked []*annotator.Question
			for i := range 6 {
				asked = append(asked, pool.Ask(t.Context(), text(fmt.Sprintf("Trouble %d: Ann Quill left.", i))))
			}
			for i, q := range asked {
				_, _, err := q.Layer(t.Context(), theEngine(t))
				var unasked *annotator.UnaskedError
				if err == nil || errors.As(err, &unasked) != (i >= 3) || i < 3 && !strings.Contains(err.Error(), want) {
					t.Errorf("text %d: %v", i, err)
				}
			}
			if err := pool.Broken(); err == nil || err.Error() != "annotator fake failed 3 times in a row and is not asked any more" {
				t.Error(err)
			}
		})
	}
}

// A program that has worked is given up later, since texts that it cannot read may follow each other.
func TestGivesUpLater(t *testing.T) {
	t.Parallel()
	pool := annotator.Start(t.Context(), program("prints NaN"), 1)
	defer pool.Close()
	for i := range 13 {
		words := "Ann Quill left."
		if i > 0 {
			words = fmt.Sprintf("Trouble %d.", i)
		}
		_, _, err := pool.Annotate(t.Context(), theEngine(t), text(words))
		var unasked *annotator.UnaskedError
		if (err != nil) != (i > 0) || errors.As(err, &unasked) != (i > 10) {
			t.Errorf("text %d: %v", i, err)
		}
	}
}

// Whoever waits can leave, and a program that does not end is killed.
func TestLeave(t *testing.T) {
	t.Parallel()
	pool := annotator.Start(t.Context(), program("hangs"), 1)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, _, err := pool.Annotate(ctx, theEngine(t), text("Trouble")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	all, end := context.WithCancel(t.Context())
	other := annotator.Start(all, program("hangs"), 2)
	result := make(chan error)
	go func() {
		_, _, err := other.Annotate(t.Context(), theEngine(t), text("Trouble"))
		result <- err
	}()
	end()
	if err := <-result; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	other.Close()
	pool.Close()
}

// What an answer has that is no name or quote is left out and counted; what is given twice is taken once.
func TestLeftOut(t *testing.T) {
	t.Parallel()
	const words = "Ann Quill of Halden Media said “No, never,” twice.\n\nÅsa Zoë came. 中文名字 left."
	for _, c := range []struct{ answer, claims, notes string }{
		{`"mentions":[{"start":9,"end":10,"type":"PER"},{"start":31,"end":32,"type":"PER"},{"start":50,"end":52,"type":"PER"}],"quotes":[]`,
			"", "3 mentions without a letter or digit"},
		{`"mentions":[{"start":0,"end":10,"type":"PER"},{"start":9,"end":12,"type":"ORG"},{"start":51,"end":59,"type":"PER"}],"quotes":[]`,
			"person Ann Quill, organization of, person Åsa Zoë", ""},
		{`"mentions":[{"start":1,"end":9,"type":"PER"},{"start":4,"end":8,"type":"PER"},{"start":14,"end":25,"type":"PER"}],"quotes":[]`,
			"", "3 mentions that begin or end within a word"},
		{`"mentions":[{"start":66,"end":68,"type":"PER"}],"quotes":[]`, "person 中文", ""},
		{`"mentions":[{"start":0,"end":76,"type":"PER"},{"start":44,"end":55,"type":"PER"}],"quotes":[]`,
			"", "2 mentions that go on in another paragraph"},
		{`"mentions":[{"start":0,"end":9,"type":"PER"},{"start":0,"end":9,"type":"PERSON"},{"start":0,"end":9,"type":"ORG"},{"start":0,"end":3,"type":"ORG"}],"quotes":[]`,
			"person Ann Quill", "1 mention that was given before, 2 mentions that overlap another"},
		{`"mentions":[{"start":0,"end":9,"type":"PER","entity":"x"},{"start":13,"end":25,"type":"ORG","entity":"x"},{"start":52,"end":59,"type":"PER","entity":"x"}],"quotes":[]`,
			"person Ann Quill Åsa Zoë, organization Halden Media", "1 entity of several types, which became one of each type"},
		{`"mentions":[],"quotes":[{"start":31,"end":43},{"start":31,"end":43},{"start":35,"end":50},{"start":26,"end":50}]`,
			"said “No, never,” twice.; “No, never,”", "1 quote that was given before, 1 quote that crosses another"},
		{`"mentions":[],"quotes":[{"start":31,"end":44},{"start":9,"end":10},{"start":27,"end":50}]`,
			"“No, never,”", "1 quote without a letter or digit, 1 quote that begins or ends within a word"},
		{`"mentions":[{"start":0,"end":9,"type":"A"},{"start":51,"end":59,"type":"B"},{"start":13,"end":25,"type":"C"},{"start":13,"end":25,"type":"ref"}],"quotes":[]`,
			"person Ann Quill, organization Halden Media", "1 mention of type B, which the settings do not name"},
	} {
		p := program("repeats")
		p.Command = append(p.Command, c.answer)
		p.Types = map[string]string{"A": "PERSON", "C": "Org", "ref": ""}
		pool := annotator.Start(t.Context(), p, 1)
		l, notes, err := pool.Annotate(t.Context(), theEngine(t), text(words))
		pool.Close()
		if err != nil {
			t.Errorf("%s: %v", c.answer, err)
			continue
		}
		if err := l.Check(words); err != nil {
			t.Error(err)
		}
		var claims, left []string
		for _, e := range l.Entities {
			claim := string(e.Type)
			for _, m := range e.Mentions {
				claim += " " + m.In(words)
			}
			claims = append(claims, claim)
		}
		got := strings.Join(claims, ", ")
		for i, q := range l.Quotes {
			if i > 0 {
				got += "; "
			}
			got += q.In(words)
		}
		for _, n := range notes {
			what := n.Many
			if n.N == 1 {
				what = n.One
			}
			left = append(left, fmt.Sprint(n.N, " ", what))
		}
		if got != c.claims || strings.Join(left, ", ") != c.notes {
			t.Errorf("%s\n%q, %q\nnot %q, %q", c.answer, got, left, c.claims, c.notes)
		}
	}
}

// Offsets are said to count something else only if they then have the words that the answer gives, all of them.
func TestUnits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, mentions, want string }{
		{"Ann 🙂 Quill met Ben.", `{"start":7,"end":12,"text":"Quill"},{"start":17,"end":20,"text":"Ben"}`, "count UTF-16 code units"},
		{"Ann 🙂 Quill met Ben.", `{"start":1,"end":4,"text":"Ann"},{"start":7,"end":12,"text":"Quill"},{"start":17,"end":20,"text":"Ben"}`, ""},
		{"Ann é Quill met Ben.", `{"start":7,"end":12,"text":"Quill"},{"start":17,"end":20,"text":"Ben"}`, "count bytes"},
		{"Ann é Quill met Ben.", `{"start":1,"end":4,"text":"Ann"},{"start":7,"end":12,"text":"Quill"}`, ""},
	} {
		p := program("repeats")
		p.Command = append(p.Command, `"mentions":[`+c.mentions+`]`)
		pool := annotator.Start(t.Context(), p, 1)
		_, _, err := pool.Annotate(t.Context(), theEngine(t), text(c.text))
		pool.Close()
		if err == nil || strings.Contains(err.Error(), "its offsets count") != (c.want != "") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.mentions, err)
		}
	}
}

// What a program names itself and its types is shown and kept in part only.
func TestLongNames(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 100_000)
	for _, answer := range []string{`"mentions":[],"model":"` + long + `"`, `"mentions":[{"start":0,"end":3,"type":"` + long + `"}]`, `"mentions":[{"start":0,"end":3,"type":"PER","form":"` + long + `"}]`,
		`"mentions":[],"quotes":[{"start":0,"end":3,"type":"` + long + `"}]`, `"error":"` + long + `"`} {
		p := program("repeats")
		p.Command = append(p.Command, answer)
		pool := annotator.Start(t.Context(), p, 1)
		l, notes, err := pool.Annotate(t.Context(), theEngine(t), text("Ann left."))
		pool.Close()
		said := fmt.Sprint(notes, err)
		if l != nil {
			said += l.Engine
		}
		if len(said) > 600 || !strings.Contains(said, "xxx…") {
			t.Errorf("%d bytes: %.200s", len(said), said)
		}
	}
}

// A name that goes over a line end is one line, and the same as one that does not.
func TestNamesOverLines(t *testing.T) {
	t.Parallel()
	const words = "Ann\nQuill met Ann Quill, Orrin\nBay\nCourier and Ben\nHale."
	p := program("repeats")
	p.Command = append(p.Command, `"mentions":[{"start":0,"end":9,"type":"PER"},{"start":14,"end":23,"type":"PER"},{"start":25,"end":42,"type":"ORG"},{"start":47,"end":55,"type":"PER","entity":"b"}],"quotes":[]`)
	pool := annotator.Start(t.Context(), p, 1)
	defer pool.Close()
	l, _, err := pool.Annotate(t.Context(), theEngine(t), text(words))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range l.Entities {
		names = append(names, fmt.Sprintf("%s %d", e.Name, len(e.Mentions)))
	}
	if got := strings.Join(names, ", "); got != "Ann Quill 2, Orrin Bay Courier 1, Ben Hale 1" {
		t.Errorf("%q", got)
	}
}
