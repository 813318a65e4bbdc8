package annotator_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
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

// behave answers requests in one of several ways until its input ends.
func behave(how string) int {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<24)
	for n := 1; in.Scan(); n++ {
		var r asked
		if err := json.Unmarshal(in.Bytes(), &r); err != nil || r.Byline != 1 {
			fmt.Fprintln(os.Stderr, "no request:", err)
			return 3
		}
		bad := strings.Contains(r.Text, "Trouble")
		switch {
		case how == "stray" && n == 1:
			fmt.Println("loading model…")
		case how == "dies" && bad:
			fmt.Fprintln(os.Stderr, "Traceback:\nMemoryError: no room for the model")
			return 7
		case how == "hangs" && bad:
			time.Sleep(time.Hour)
		case how == "order" && bad:
			r.ID = "another"
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

const story = "“Très bien,” said Ann Quill. Ben Hale did not answer Quill."

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
		{"hangs", "annotator fake gave no answer within 500ms"},
		{"order", `annotator fake answered for "another" when`},
		{"says", "annotator fake says: too"},
	} {
		t.Run(c.how, func(t *testing.T) {
			t.Parallel()
			p := program(c.how)
			if c.how == "hangs" {
				p.Timeout = time.Second / 2
			}
			p.Batch = 3
			pool := annotator.Start(t.Context(), p, 1)
			defer pool.Close()
			e := theEngine(t)
			var mu sync.Mutex
			failed := map[string]error{}
			var all sync.WaitGroup
			for _, words := range []string{"Ann Quill left.", "Trouble for Ben Hale.", "Ben Hale came back.", "Ann Quill was gone."} {
				all.Go(func() {
					l, _, err := pool.Annotate(t.Context(), e, text(words))
					mu.Lock()
					defer mu.Unlock()
					if failed[words] = err; err == nil && len(l.Entities) != 1 {
						failed[words] = errors.New(describe(l, words))
					}
				})
			}
			all.Wait()
			for words, err := range failed {
				bad := strings.HasPrefix(words, "Trouble")
				if c.how == "hangs" && !bad && err != nil && strings.Contains(err.Error(), "gave no answer") {
					continue // on a busy machine it is late with others too
				}
				if bad != (err != nil) {
					t.Errorf("%s: %v", words, err)
				}
				if bad && err != nil && !strings.Contains(err.Error(), c.want) {
					t.Errorf("%s\nnot %s", err, c.want)
				}
				if err != nil && strings.ContainsRune(err.Error(), '\x1b') {
					t.Errorf("%q reaches the terminal", err)
				}
			}
		})
	}
}

// Answers that cannot be trusted are errors that say what to change in the program.
func TestWrongAnswers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ how, want string }{
		{"stray", "printed “loading model…” on standard output, where only answers go"},
		{"bytes", "says that 34 to 42 is “Ben Hale”, but it is “ale did "},
		{"bytes", "its offsets count bytes, and must count Unicode code points"},
		{"cut", "where only answers go, one JSON object a line: it is no JSON from byte 42 on"},
		{"stray", "one JSON object a line: it is no JSON from byte 1 on"},
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

	pool = annotator.Start(t.Context(), program("cut"), 1)
	defer pool.Close()
	for range 3 {
		if pool.Broken() != nil {
			t.Error("it gave up early")
		}
		pool.Annotate(t.Context(), theEngine(t), text(story))
	}
	if err := pool.Broken(); err == nil || !strings.Contains(err.Error(), "it failed 3 times in a row and is not asked any more") {
		t.Error(err)
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
