package review

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"byline/annotate"
	"byline/articles"
)

// documented returns the lines of the example in the package comment.
func documented(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(string(data)) {
		if line, ok := strings.CutPrefix(line, "//\t{"); ok {
			lines = append(lines, "{"+line)
		}
	}
	return lines
}

// The example in the package comment is what WriteLog writes, and has no field that
// is not in the form.
func TestDocumentedLog(t *testing.T) {
	t.Parallel()
	const text = "Halden paid."
	at := time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC)
	log := []annotate.Decision{
		{ID: "01K0A", Step: "01K0A", At: at, Who: "ann", Verb: annotate.Relabel, Kind: annotate.OfMention,
			Target: Anchor(text, articles.Span{End: 6}), Value: "organization", Engine: "model-3", Score: .93},
		{ID: "01K0B", Step: "01K0B", At: at.Add(90 * time.Second), Who: "ann", Verb: annotate.Undo, Value: "01K0A"},
	}
	var b strings.Builder
	if err := WriteLog(&b, &articles.Article{ID: "5d1c", Text: text}, log); err != nil {
		t.Fatal(err)
	}
	lines := documented(t)
	if want := strings.Join(lines, ""); b.String() != want {
		t.Errorf("wrote\n%snot, as documented,\n%s", b.String(), want)
	}
	for i, line := range lines {
		r := json.NewDecoder(strings.NewReader(line))
		r.DisallowUnknownFields()
		var j entryJSON
		if err := r.Decode(&j); err != nil {
			t.Fatal(err)
		}
		if j.Log != logVersion || j.ID != log[i].ID || !j.At.Equal(log[i].At) || j.Verb != log[i].Verb || j.Undone != (i == 0) {
			t.Errorf("%s is read as %+v", line, j)
		}
	}
}

func TestWriteLogPlaces(t *testing.T) {
	t.Parallel()
	const before, now = "Zoë 😀 met Quill.", "Yesterday Zoë 😀 met Quill, they say."
	quill, zoe := at(before, "Quill", 0), at(before, "Zoë", 0)
	log := []annotate.Decision{
		{ID: "2", Verb: annotate.Merge, Kind: annotate.OfMention, Target: Anchor(before, quill), To: Anchor(before, zoe)},
		{ID: "1", Who: "a\x1b[2J\u202e\U000e0041", Verb: annotate.Add, Target: annotate.Anchor{Span: quill, Exact: "Ferris & Sons"}, Value: "<b>"},
		{ID: "1", Verb: annotate.Reject},
	}
	var b bytes.Buffer
	if err := WriteLog(&b, &articles.Article{ID: "x", Text: now}, log); err != nil {
		t.Fatal(err)
	}
	const want = `{"log":1,"article":"x","id":"1","step":"1","at":null,"who":"a\u001b[2J\u202e\udb40\udc41","verb":"add","target":{"start":null,"end":null,"text":"Ferris & Sons","prefix":"","suffix":""},"value":"<b>","undone":false}
{"log":1,"article":"x","id":"2","step":"2","at":null,"who":"","verb":"merge","kind":"mention","target":{"start":20,"end":25,"text":"Quill","prefix":"Yesterday Zoë 😀 met ","suffix":", they say."},"to":{"start":10,"end":13,"text":"Zoë","prefix":"Yesterday ","suffix":" 😀 met Quill, they say."},"undone":false}
`
	if got := b.String(); got != want {
		t.Errorf("wrote\n%s, not\n%s", got, want)
	}
	var back entryJSON
	if err := json.Unmarshal(bytes.SplitN(b.Bytes(), []byte("\n"), 2)[0], &back); err != nil || back.Who != log[1].Who {
		t.Errorf("%q was written, %q is read, %v", log[1].Who, back.Who, err)
	}
	failure := errors.New("full")
	if err := WriteLog(failing{failure}, &articles.Article{}, log); !errors.Is(err, failure) {
		t.Errorf("a lost log: %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestEntriesUndone(t *testing.T) {
	t.Parallel()
	s := sit(t, story, machine())
	s.do(s.on(annotate.Confirm, "Marta Quill", 0))
	s.do(s.on(annotate.Reject, "Tom Ferris", 0))
	s.do(Edit{Verb: annotate.Undo})
	s.do(Edit{Verb: annotate.Undo})
	s.do(Edit{Verb: annotate.Redo})
	var undone []bool
	for _, e := range Entries(story, s.log) {
		undone = append(undone, e.Undone)
	}
	if want := []bool{false, true, false, false, false}; !reflect.DeepEqual(undone, want) {
		t.Errorf("undone: %v, want %v", undone, want)
	}
}
