package workspace_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
)

// piles are decisions that pile up on few names: what a reader asks for in turn i.
var piles = []struct {
	name string
	edit func(at func(words string) []review.Target, i int) review.Edit
}{
	{"notes", func(at func(string) []review.Target, i int) review.Edit {
		return review.Edit{Verb: annotate.Note, Targets: at([]string{"Marta Quill", "Courier", "Halden"}[i%3]), Value: fmt.Sprintf("note %d", i)}
	}},
	{"tags", func(at func(string) []review.Target, i int) review.Edit {
		return review.Edit{Verb: annotate.Tag, Targets: at("Halden"), Value: fmt.Sprintf("tag %d", i)}
	}},
	{"notes-erased", func(at func(string) []review.Target, i int) review.Edit {
		if i%2 == 0 {
			return review.Edit{Verb: annotate.Note, Targets: at("Halden"), Value: "note"}
		}
		return review.Edit{Verb: annotate.Erase, Targets: at("Halden"), Value: "note"}
	}},
	{"confirmed-undone", func(at func(string) []review.Target, i int) review.Edit {
		if i%2 == 0 {
			return review.Edit{Verb: annotate.Confirm, Targets: at("Halden")}
		}
		return review.Edit{Verb: annotate.Undo}
	}},
	{"confirmed-rejected", func(at func(string) []review.Target, i int) review.Edit {
		return review.Edit{Verb: []annotate.Verb{annotate.Confirm, annotate.Reject}[i%2], Targets: at("Halden")}
	}},
	{"relabelled", func(at func(string) []review.Target, i int) review.Edit {
		return review.Edit{Verb: annotate.Relabel, Targets: at("Halden"), Value: []string{"organization", "person", "place"}[i%3]}
	}},
	{"ends", func(at func(string) []review.Target, i int) review.Edit {
		w := []string{"Marta Quill", "Marta Quill sold"}
		return review.Edit{Verb: annotate.Respan, Targets: at(w[i%2]), To: at(w[1-i%2])[0].Span}
	}},
	{"merged-split", func(at func(string) []review.Target, i int) review.Edit {
		if i%2 == 0 {
			return review.Edit{Verb: annotate.Merge, Targets: at("Marta Quill"), To: at("Halden")[0].Span}
		}
		return review.Edit{Verb: annotate.Split, Targets: at("Marta Quill")}
	}},
	{"merged-split-many", func(at func(string) []review.Target, i int) review.Edit {
		if i%2 == 0 {
			return review.Edit{Verb: annotate.Merge, Targets: at("Borg"), To: at("Marta Quill")[0].Span}
		}
		return review.Edit{Verb: annotate.Split, Targets: at("Marta Quill")}
	}},
	{"noted-ends", func(at func(string) []review.Target, i int) review.Edit {
		if i < 300 {
			return review.Edit{Verb: annotate.Note, Targets: at("Marta Quill"), Value: fmt.Sprintf("note %d", i)}
		}
		w := []string{"Marta Quill", "Marta Quill sold"}
		return review.Edit{Verb: annotate.Respan, Targets: at(w[i%2]), To: at(w[1-i%2])[0].Span}
	}},
	{"attributed", func(at func(string) []review.Target, i int) review.Edit {
		q := at("“We sold it,”")
		q[0].Kind = annotate.OfQuote
		return review.Edit{Verb: annotate.Attribute, Targets: q, To: at([]string{"Quill.", "Halden was"}[i%2])[0].Span}
	}},
	{"cue", func(at func(string) []review.Target, i int) review.Edit {
		q := at("“We sold it,”")
		q[0].Kind = annotate.OfQuote
		return review.Edit{Verb: annotate.Cue, Targets: q, To: at([]string{"said", "was"}[i%2])[0].Span}
	}},
	{"quote-ends", func(at func(string) []review.Target, i int) review.Edit {
		w := []string{"“We sold it,”", "“We sold it,” said"}
		q := at(w[i%2])
		q[0].Kind = annotate.OfQuote
		return review.Edit{Verb: annotate.Respan, Targets: q, To: at(w[1-i%2])[0].Span}
	}},
	{"renamed", func(at func(string) []review.Target, i int) review.Edit {
		return review.Edit{Verb: annotate.Rename, Targets: at("Halden"), Value: fmt.Sprintf("Halden %d", i)}
	}},
}

// BenchmarkPiled makes two thousand decisions about the same few names, in an article that names one of them 400 times, and reports
// what each leaves behind on the heap and what it allocates.
//
//	go test -run '^$' -bench Piled -benchtime 1x ./annotate/workspace
func BenchmarkPiled(b *testing.B) {
	const n = 2000
	text := text + strings.Repeat(" Borg said no.", 400)
	at := func(words string) []review.Target {
		i := strings.Index(text, words)
		return []review.Target{{Kind: annotate.OfMention, Span: articles.Span{Start: i, End: i + len(words)}}}
	}
	for _, p := range piles {
		b.Run(p.name, func(b *testing.B) {
			for b.Loop() {
				r := newFixture(b)
				a := r.open(b, r.add(b, story("a", text))).Article
				before, all := heap()
				for i := range n {
					if _, _, err := r.Edit(ctx, a, p.edit(at, i)); err != nil {
						b.Fatal(err)
					}
				}
				after, allocated := heap()
				b.ReportMetric((after-before)/n, "B-held/decision")
				b.ReportMetric((allocated-all)/n, "B-allocated/decision")
				runtime.KeepAlive(r)
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

// heap returns the bytes that something on the heap refers to, and those that were allocated so far.
func heap() (held, allocated float64) {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc), float64(m.TotalAlloc)
}
