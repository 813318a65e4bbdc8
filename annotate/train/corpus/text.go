package corpus

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// Texts are the raw texts in the order in which they are read.
var Texts = []string{
	"newsworthy-cc0", "wikinews-ccby25", "enwiki-sample-ccbysa", "gov-blogs-pd", "sotu-pd", "pm-transcripts-ccby", "senate-pr-pd",
}

// Documents calls each with each document of the raw text name in dir: paragraphs, one per line.
func Documents(dir, name string, each func(text string)) error {
	f, err := os.Open(filepath.Join(dir, "text", name+".txt.zst"))
	if err != nil {
		return fmt.Errorf("read text: %w", err)
	}
	defer f.Close()
	z, err := zstd.NewReader(f, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return fmt.Errorf("read text %s: %w", name, err)
	}
	defer z.Close()
	lines := bufio.NewScanner(z)
	lines.Buffer(make([]byte, 1<<20), 1<<26)
	var doc strings.Builder
	for lines.Scan() {
		if len(lines.Bytes()) > 0 {
			doc.Write(lines.Bytes())
			doc.WriteByte('\n')
			continue
		}
		if doc.Len() > 0 {
			each(doc.String())
		}
		doc.Reset()
	}
	if doc.Len() > 0 {
		each(doc.String())
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read text %s: %w", name, err)
	}
	return nil
}
