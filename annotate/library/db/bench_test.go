package db_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/library/query"
	"byline/articles"
)

// vocabulary returns 32,000 words whose beginnings are as unevenly distributed as in a
// natural language.
func vocabulary() []string {
	onsets := strings.Fields("co re in de pro con st un ma pa ex tr sh ba lo wa fi gr no or")
	syllables := strings.Fields("ta ri men lo sa ve kin du por nel mi ra tos len da gi ber hu sel va no fer ti lam re zo pan cu dil mo war ne li bas to gre si hal ju wen")
	var out []string
	for i := range len(onsets) * len(syllables) * len(syllables) {
		n := len(syllables)
		out = append(out, onsets[i%len(onsets)]+syllables[i/len(onsets)%n]+syllables[i/len(onsets)/n])
	}
	return out
}

// library10k returns a library with 10,000 articles of about 600 words each, with a few
// words in most articles and most words in a few.
func library10k(b *testing.B) *db.DB {
	b.Helper()
	r := rand.New(rand.NewPCG(1, 1))
	s := fresh(b)
	words := vocabulary()
	err := s.AddAll(ctx, func(yield func(*articles.Article) bool) {
		for i := range 10_000 {
			var text strings.Builder
			for j := range 600 {
				if j%60 == 59 {
					text.WriteString(".\n\n")
				}
				text.WriteString(words[int(math.Pow(float64(len(words)), r.Float64()))-1] + " ")
			}
			if i%100 == 0 {
				text.WriteString("the rare harbour of Orrin Bay")
			}
			if !yield(story(fmt.Sprintf("Story %d of %s", i, words[i%5000]), text.String()+"common")) {
				return
			}
		}
	}, nil)
	if err != nil {
		b.Fatal(err)
	}
	return s
}

func BenchmarkLibrary10000(b *testing.B) {
	s := library10k(b)
	b.Run("entries", func(b *testing.B) {
		for b.Loop() {
			must[[]library.Entry](b)(s.Entries(ctx))
		}
	})
	for name, q := range map[string]string{"rare": "harbour", "common": "common", "phrase": `"rare harbour of"`, "prefix": "harb", "letter": "w", "letters": "co", "three": "con", "two": "lotata common"} {
		b.Run("search/"+name, func(b *testing.B) {
			n, from := 0, busy()
			for b.Loop() {
				n = len(must[[]library.Hit](b)(s.Search(ctx, q, 50)))
			}
			b.ReportMetric((busy()-from)/float64(b.N), "cpu-ms/op")
			b.ReportMetric(float64(n), "hits")
		})
	}
	id := must[[]library.Entry](b)(s.Entries(ctx))[0].ID
	b.Run("append", func(b *testing.B) {
		i := 0
		for b.Loop() {
			if err := s.Append(ctx, id, nil, db.Row{ID: fmt.Sprint(b.N, "-", i), Body: []byte(`{"verb":"confirm"}`)}); err != nil {
				b.Fatal(err)
			}
			i++
		}
	})
}

// busy returns the processor time of all threads in milliseconds; 0 on a system that does not tell.
func busy() float64 {
	tasks, _ := filepath.Glob("/proc/self/task/*/schedstat")
	sum := 0.0
	for _, t := range tasks {
		if stat, err := os.ReadFile(t); err == nil {
			ns, _ := strconv.ParseFloat(strings.Fields(string(stat))[0], 64)
			sum += ns / 1e6
		}
	}
	return sum
}

// BenchmarkOpen measures the start of the program: no other process has the library open,
// and one question is asked.
func BenchmarkOpen(b *testing.B) {
	s := library10k(b)
	id := must[[]library.Entry](b)(s.Entries(ctx))[0].ID
	s.Close()
	for b.Loop() {
		s := must[*db.DB](b)(db.Open(ctx, s.Path()))
		must[library.Entry](b)(s.Entry(ctx, id))
		s.Close()
	}
}

// BenchmarkAddAll adds 10,000 articles of about 600 words in each iteration.
func BenchmarkAddAll(b *testing.B) {
	for b.Loop() {
		s := library10k(b)
		b.StopTimer()
		s.Close()
		info := must[os.FileInfo](b)(os.Stat(s.Path()))
		b.ReportMetric(float64(info.Size())/1e6, "MB")
		b.StartTimer()
	}
}

// BenchmarkAdd adds one article of about 600 words in each iteration.
func BenchmarkAdd(b *testing.B) {
	s := fresh(b)
	i := 0
	for b.Loop() {
		i++
		a := story(fmt.Sprint(b.N, " ", i), fmt.Sprint(b.N, i, strings.Repeat(" some words of a story", 120)))
		must[db.Added](b)(s.Add(ctx, a))
	}
}

func BenchmarkDataVersion(b *testing.B) {
	s := fresh(b)
	for b.Loop() {
		must[int64](b)(s.DataVersion(ctx))
	}
}

// BenchmarkAppend logs one decision in each iteration, as a keypress does.
func BenchmarkAppend(b *testing.B) {
	s := fresh(b)
	id := must[db.Added](b)(s.Add(ctx, story("Press", "Text."))).ID
	i := 0
	for b.Loop() {
		i++
		if err := s.Append(ctx, id, &annotate.Counts{}, db.Row{ID: fmt.Sprint(b.N, "-", i), Body: []byte(`{"verb":"confirm"}`)}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAppendSoon is BenchmarkAppend without waiting for the disk, to say what that costs.
func BenchmarkAppendSoon(b *testing.B) {
	s := fresh(b)
	id := must[db.Added](b)(s.Add(ctx, story("Press", "Text."))).ID
	i := 0
	for b.Loop() {
		i++
		if err := db.AppendSoon(ctx, s, id, &annotate.Counts{}, db.Row{ID: fmt.Sprint(b.N, "-", i), Body: []byte(`{"verb":"confirm"}`)}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSearchLate10MB(b *testing.B) {
	s := fresh(b)
	must[db.Added](b)(s.Add(ctx, story("Long", strings.Repeat("Some words of a story. ", 450_000)+"zebra")))
	for b.Loop() {
		if len(must[[]library.Hit](b)(s.Search(ctx, "zebra", 5))) != 1 {
			b.Fatal("not found")
		}
	}
}

func BenchmarkArticle10MB(b *testing.B) {
	s := fresh(b)
	id := must[db.Added](b)(s.Add(ctx, story("Long", strings.TrimSpace(strings.Repeat(strings.Repeat("Some words of a story. ", 9)+"\n\n", 50_000))))).ID
	for b.Loop() {
		must[*articles.Article](b)(s.Article(ctx, id))
	}
}

// BenchmarkNames searches 10,000 articles with twelve names each for names.
func BenchmarkNames(b *testing.B) {
	s := fresh(b)
	words := vocabulary()
	r := rand.New(rand.NewPCG(1, 1))
	var list []db.Layer
	err := s.AddAll(ctx, func(yield func(*articles.Article) bool) {
		for i := range 10_000 {
			if !yield(story(fmt.Sprint("Story ", i), fmt.Sprint("Text ", i))) {
				return
			}
		}
	}, func(_ *articles.Article, a db.Added) {
		l := db.Layer{ID: a.ID, Engine: "one", Version: 1}
		for j := range 12 {
			name := words[r.IntN(len(words))] + " " + words[r.IntN(100)]
			l.Names = append(l.Names, db.Name{Key: name, Name: name, Type: []annotate.Type{annotate.Person, annotate.Organization, annotate.Place}[j%3], Count: 1})
		}
		list = append(list, l)
	})
	if err != nil {
		b.Fatal(err)
	}
	if err := s.SaveLayers(ctx, list); err != nil {
		b.Fatal(err)
	}
	for _, q := range []string{"person:" + words[7], "name:" + words[7], "name:co", "person:*"} {
		e := must[query.Expr](b)(query.Parse(q, query.Options{Typing: true}))
		b.Run(q, func(b *testing.B) {
			n := 0
			for b.Loop() {
				n = len(must[[]library.Hit](b)(s.Hits(ctx, e, 50)))
			}
			b.ReportMetric(float64(n), "hits")
		})
	}
	b.Run("save", func(b *testing.B) {
		for b.Loop() {
			if err := s.SaveLayers(ctx, list[:32]); err != nil {
				b.Fatal(err)
			}
		}
	})
}
