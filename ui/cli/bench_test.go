package cli

import (
	"encoding/json"
	"io"
	"strings"
	"testing"

	"byline/articles/samples"
)

// BenchmarkAnnotate streams the sample stories as records through the command, on
// one core and on all; bytes are those of the stream.
func BenchmarkAnnotate(b *testing.B) {
	stories, err := samples.All()
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
