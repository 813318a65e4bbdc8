package formats

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/review"
	"byline/articles"
)

// shore is a text, and shoreLayer what a machine made of it.
const shore = "Åsa Lee spoke in Lund. “We sail at dawn,” Lee said. The Marlin left."

func shoreLayer() *annotate.Layer {
	at := func(words string) articles.Span {
		i := strings.Index(shore, words)
		return articles.Span{Start: i, End: i + len(words)}
	}
	return &annotate.Layer{Engine: "e-1",
		Entities: []annotate.Entity{
			{ID: "e1", Name: "Åsa Lee", Type: annotate.Person, Mentions: []annotate.Mention{{Span: at("Åsa Lee"), Form: annotate.Name}}},
			{ID: "e2", Name: "Lund", Type: annotate.Place, Mentions: []annotate.Mention{{Span: at("Lund"), Form: annotate.Name}}},
		},
		Quotes: []*annotate.Quote{{Span: at("“We sail at dawn,”"), Type: annotate.Direct, Cue: at("said")}},
	}
}

// survives has everything that reads a log read one with these lines, as they are stored and as they are.
func survives(t *testing.T, lines ...[]byte) {
	t.Helper()
	var log []annotate.Decision
	reader := review.Decoder{Text: shore}
	for _, line := range lines {
		if d, err := reader.Decode(line); err == nil {
			log = append(log, d)
		}
	}
	a, machine := &articles.Article{ID: articles.TextID(shore), Text: shore, Blocks: []articles.Block{{Span: articles.Span{End: len(shore)}}}}, shoreLayer()
	for _, log := range [][]annotate.Decision{log, review.Anchoring{}.Anchored(shore, log)} {
		r := review.Apply(shore, machine, log)
		if err := r.Layer.Check(shore); err != nil {
			t.Fatal(err)
		}
		review.Verdicts(shore, log)
		for _, b := range review.Blame(shore, log, machine) {
			_ = b.Span.In(shore)
		}
		for _, e := range review.Entries(shore, log) {
			_, _ = e.Target.In(shore), e.To.In(shore)
		}
		if err := review.WriteLog(io.Discard, a, log); err != nil {
			t.Fatal(err)
		}
		review.Merger{Text: shore, Machine: machine}.Standing(log)
		for _, f := range Writable() {
			if err := f.WriteOne(io.Discard, format.Options{}, &format.Document{Article: a, Layer: r.Layer, Log: log}); err != nil {
				t.Fatal(err)
			}
		}
	}
	r := review.Apply(shore, machine, review.Anchoring{}.Anchored(shore, log))
	for _, e := range r.History() {
		_ = e.Span.In(shore) // where the panel jumps to
	}
}

// hostile are decisions whose places are in no text, or not in this one: by verb, kind, place, and where in the decision that stands.
func hostile() (lines []string) {
	places := []string{`{"start":0,"end":1000000000000000000}`, fmt.Sprintf(`{"start":0,"end":%d}`, len(shore)+21), `{"start":-1,"end":5}`, `{"start":-1,"end":-5}`,
		`{"start":9,"end":3}`, `{"start":1,"end":2,"exact":""}`, fmt.Sprintf(`{"start":%d,"end":%[1]d}`, len(shore)), `{"start":-9223372036854775808,"end":9223372036854775807,"exact":"Lee"}`,
		`{"start":1000000000000000000,"end":1000000000000000003,"exact":"Lee"}`}
	const good = `{"start":9,"end":14,"exact":"spoke"}`
	n := 0
	for _, verb := range []string{"confirm", "reject", "relabel", "respan", "add", "merge", "split", "rename", "attribute", "cue", "note", "tag", "erase", "done", "bogus"} {
		for _, kind := range []string{"mention", "quote", "passage"} {
			for _, p := range places {
				for _, fields := range []string{`"target":P`, `"target":G,"to":P`, `"target":G,"to":G,"also":[P,G]`, `"target":G,"shown":{"of":[{"at":P}],"named":P,"cue":P}`, `"target":P,"to":P`} {
					fields = strings.ReplaceAll(strings.ReplaceAll(fields, "P", p), "G", good)
					n++
					lines = append(lines, fmt.Sprintf(`{"id":"01M8NDJZHH5E1T59DPPG%06d","who":"ann","verb":"%s","kind":"%s",%s,"value":"person"}`, n, verb, kind, fields))
				}
			}
		}
	}
	return lines
}

// A place that no text has, or that is not in this one, harms nobody who reads the log; nor do all of them together.
func TestHostileLogs(t *testing.T) {
	t.Parallel()
	all := hostile()
	var bytes [][]byte
	for i, line := range all {
		bytes = append(bytes, []byte(line))
		if i%97 == 0 { // one by one, from all verbs, kinds and places
			survives(t, bytes[i])
		}
	}
	survives(t, bytes...)
	for _, line := range bytes {
		d, err := review.Decode(line)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := review.DecodeSound(line); err == nil {
			if f, newer := review.Fault(line, d.ID, d.Who, time.Time{}); f != "" && !newer {
				t.Errorf("what a check calls damaged, %s, is taken: %s", f, line)
			}
		}
	}
}

// FuzzHostileLogs has everything that reads a log read anything.
func FuzzHostileLogs(f *testing.F) {
	all := hostile()
	for i := 0; i < len(all); i += 7 {
		f.Add([]byte(all[i]), []byte(all[len(all)-1-i]))
	}
	f.Fuzz(func(t *testing.T, one, other []byte) {
		if json.Valid(one) || json.Valid(other) {
			survives(t, one, other)
		}
	})
}
