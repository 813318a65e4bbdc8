package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"byline/articles/samples"
)

// BenchmarkAnnotate streams the sample stories as records through the command, on
// one core and on all; bytes are those of the stream.
func BenchmarkAnnotate(b *testing.B) {
	stories, err := samples.All(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	var lines strings.Builder
	words := 0
	for _, a := range stories {
		line, err := json.Marshal(map[string]string{"title": a.Title, "text": a.Text})
		if err != nil {
			b.Fatal(err)
		}
		lines.Write(append(line, '\n'))
		words += a.Words()
	}
	for _, jobs := range []string{"1", "0"} {
		args := []string{"annotate", "--from", "jsonl", "-j", jobs}
		if jobs == "0" {
			args = args[:3]
		}
		b.Run("jobs="+jobs, func(b *testing.B) {
			stream := strings.Repeat(lines.String(), b.N)
			b.SetBytes(int64(lines.Len()))
			b.ResetTimer()
			if status := Main(args, strings.NewReader(stream), io.Discard, io.Discard); status != statusDone {
				b.Fatal(status)
			}
			b.ReportMetric(float64(words*b.N)/b.Elapsed().Seconds(), "words/s")
		})
	}
}

// BenchmarkAdd10000 adds 10,000 Markdown files of some 400 words each to a library and annotates
// them, then adds them again, which finds nothing new.
func BenchmarkAdd10000(b *testing.B) {
	dir := b.TempDir()
	stories, err := samples.All(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	const files = 10_000
	for i := range files {
		a := stories[i%len(stories)]
		text := a.Text[:min(len(a.Text), 2400)]
		text = fmt.Sprintf("# Story %d\n\n%s\n", i, strings.ToValidUTF8(text, ""))
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(i, ".md")), []byte(text), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	add := func(library string) {
		if status := Main([]string{"--library", library, "add", dir}, strings.NewReader(""), io.Discard, io.Discard); status != statusDone {
			b.Fatal(status)
		}
	}
	known := filepath.Join(b.TempDir(), "known.db")
	add(known)
	b.Run("new", func(b *testing.B) {
		for b.Loop() {
			add(filepath.Join(b.TempDir(), "new.db"))
		}
		b.ReportMetric(files*float64(b.N)/b.Elapsed().Seconds(), "articles/s")
	})
	b.Run("known", func(b *testing.B) {
		for b.Loop() {
			add(known)
		}
		b.ReportMetric(files*float64(b.N)/b.Elapsed().Seconds(), "articles/s")
	})
}
