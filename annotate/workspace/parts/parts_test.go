package parts_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"byline/annotate"
	"byline/annotate/format/formats"
	"byline/annotate/workspace/parts"
	"byline/annotate/workspace/sources"
	"byline/articles"
	"byline/articles/corpus"
)

// job returns a job that makes one part of the inputs, which finds nothing, in a folder of its own.
func job(t *testing.T, part, of int, inputs ...string) *parts.Job {
	t.Helper()
	return &parts.Job{Inputs: inputs, Records: sources.Records{Format: "jsonl"}, Part: part, Of: of, Dir: t.TempDir(), Workers: 2,
		Output:   parts.Output{Format: formats.Named("jsonl")},
		Annotate: func(*articles.Article) *annotate.Layer { return &annotate.Layer{} }, Engine: "test-1",
		Damaged: func(err error) { t.Errorf("damaged: %v", err) }}
}

func run(t *testing.T, j *parts.Job, x parts.Existing) (*parts.Trailer, bool) {
	t.Helper()
	trailer, kept, err := j.Run(t.Context(), x)
	if err != nil {
		t.Fatal(err)
	}
	return trailer, kept
}

// linesOf returns the lines of a file without its trailer.
func linesOf(t *testing.T, path string) []string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data = unpack(t, path, data)
	lines := strings.SplitAfter(string(data), "\n")
	return lines[:len(lines)-2]
}

func unpack(t *testing.T, path string, data []byte) []byte {
	t.Helper()
	var r io.Reader = bytes.NewReader(data)
	var err error
	switch filepath.Ext(path) {
	case ".gz":
		r, err = gzip.NewReader(r)
	case ".zst":
		r, err = zstd.NewReader(r)
	}
	if err == nil {
		data, err = io.ReadAll(r)
	}
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func pack(t *testing.T, ext, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	switch ext {
	case ".gz":
		w = gzip.NewWriter(&b)
	case ".zst":
		w, _ = zstd.NewWriter(&b)
	default:
		return []byte(s)
	}
	_, err := io.WriteString(w, s)
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func write(t *testing.T, path string, data []byte) string {
	t.Helper()
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// randomCorpus writes files with n articles in all, plain and compressed, with lines of any length and blank ones.
func randomCorpus(t *testing.T, r *rand.Rand, n int) []string {
	t.Helper()
	dir := t.TempDir()
	var names []string
	for i := 0; i < n; {
		var b strings.Builder
		for k := min(1+r.IntN(20), n-i); k > 0; k-- {
			fmt.Fprintf(&b, `{"id": "%d", "text": "%s"}`, i, strings.Repeat("word ", 1+r.IntN(200)))
			b.WriteString(strings.Repeat("\n", 1+r.IntN(3)))
			i++
		}
		text := b.String()
		if r.IntN(2) == 0 {
			text = strings.TrimRight(text, "\n")
		}
		ext := []string{"", ".gz", ".zst"}[r.IntN(3)]
		names = append(names, write(t, filepath.Join(dir, fmt.Sprintf("%03d.jsonl%s", len(names), ext)), pack(t, ext, text)))
	}
	return names
}

// Whatever the number of parts, each record is in one of them, and the parts of one are in the order of the inputs.
func TestAnyNumberOfParts(t *testing.T) {
	t.Parallel()
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 1))
		n := 1 + r.IntN(60)
		names := randomCorpus(t, r, n)
		whole := job(t, 1, 1, names...)
		run(t, whole, parts.Refuse)
		want := linesOf(t, whole.Path())
		if len(want) != n {
			t.Fatalf("seed %d: one part has %d articles, want %d", seed, len(want), n)
		}
		of := 1 + r.IntN(2*n)
		var got []string
		for part := range of {
			j := job(t, part+1, of, names...)
			j.Output.Compress = parts.Compressions[r.IntN(3)]
			trailer, _ := run(t, j, parts.Refuse)
			lines := linesOf(t, j.Path())
			if trailer.Articles != len(lines) {
				t.Errorf("seed %d: the trailer of part %d counts %d articles of %d", seed, part+1, trailer.Articles, len(lines))
			}
			got = append(got, lines...)
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("seed %d: %d parts hold %d articles in all, want %d", seed, of, len(got), n)
		}
	}
}

// A folder is its files of records, however deep, and two machines may name it differently.
func TestFolders(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "b", "c"), 0o777); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "z.jsonl"), []byte("{\"text\": \"z\"}\n"))
	write(t, filepath.Join(dir, "b", "c", "a.NDJSON.gz"), pack(t, ".gz", "{\"text\": \"a\"}\n"))
	write(t, filepath.Join(dir, "b", "readme.txt"), []byte("no records"))
	j := job(t, 1, 1, dir)
	if got, _ := run(t, j, parts.Refuse); got.Articles != 2 {
		t.Errorf("%d articles, want 2", got.Articles)
	}
	for _, x := range []struct{ name, want string }{
		{t.TempDir(), "no files of jsonl in this folder"},
		{filepath.Join(dir, "none"), "no such file"},
		{os.DevNull, "not a file"},
	} {
		if _, _, err := job(t, 1, 1, x.name).Run(t.Context(), parts.Refuse); err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: %v, want %s", x.name, err, x.want)
		}
	}
}

// What is damaged is counted once, by whichever part has it, and the rest is annotated.
func TestDamagedRecords(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	good := "{\"text\": \"words\"}\n"
	long := `{"text": "` + strings.Repeat("x", corpus.LongestRecord) + "\"}\n"
	packed := pack(t, ".gz", strings.Repeat(good, 5000))
	names := []string{
		write(t, filepath.Join(dir, "a.jsonl"), []byte(good+"not JSON\n{\"id\": 1}\n"+good+"\xff\xfe\n"+good+`{"text": "panic"}`+"\n")),
		write(t, filepath.Join(dir, "b.jsonl"), []byte(good+long+good)),
		write(t, filepath.Join(dir, "c.jsonl.gz"), packed[:len(packed)-4]), // cut: all of its lines are there
		write(t, filepath.Join(dir, "d.jsonl"), nil),
	}
	for _, of := range []int{1, 2, 7} {
		var damaged []string
		made, counted := 0, 0
		for part := range of {
			j := job(t, part+1, of, names...)
			j.Damaged = func(err error) { damaged = append(damaged, err.Error()) }
			j.Annotate = func(a *articles.Article) *annotate.Layer {
				if a.Text == "panic" {
					panic("out of range")
				}
				return &annotate.Layer{}
			}
			trailer, _ := run(t, j, parts.Refuse)
			made += trailer.Articles
			counted += trailer.Damaged
		}
		if made != 3+2+5000 || counted != 6 || len(damaged) != 6 {
			t.Errorf("%d parts: %d articles, %d damaged:\n%s", of, made, counted, strings.Join(damaged, "\n"))
		}
		for _, want := range []string{"out of range", "too long", "unexpected EOF", "not JSON at byte 2"} {
			if !slices.ContainsFunc(damaged, func(s string) bool { return strings.Contains(s, want) && strings.Contains(s, dir) }) {
				t.Errorf("%d parts: nothing says %q and where:\n%s", of, want, strings.Join(damaged, "\n"))
			}
		}
	}
}

func TestExistingParts(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	in := write(t, filepath.Join(dir, "in.jsonl"), []byte("{\"text\": \"one\"}\n{\"text\": \"two\"}\n"))
	made := func(change func(*parts.Job)) *parts.Job {
		j := job(t, 1, 1, in)
		j.Dir = filepath.Join(dir, "out")
		change(j)
		return j
	}
	same := func(*parts.Job) {}
	run(t, made(same), parts.Refuse)
	path := made(same).Path()
	if _, _, err := made(same).Run(t.Context(), parts.Refuse); !errors.Is(err, parts.ErrExists) {
		t.Errorf("%v, want ErrExists", err)
	}
	if trailer, kept := run(t, made(same), parts.Resume); !kept || trailer.Articles != 2 {
		t.Errorf("kept %v, %+v", kept, trailer)
	}
	if _, kept := run(t, made(same), parts.Replace); kept {
		t.Error("kept where it should be replaced")
	}
	other := write(t, filepath.Join(dir, "longer.jsonl"), []byte("{\"text\": \"another\"}\n"))
	for name, change := range map[string]func(*parts.Job){
		"engine": func(j *parts.Job) { j.Engine = "test-2" },
		"inputs": func(j *parts.Job) { j.Inputs = []string{other} },
		"fields": func(j *parts.Job) { j.Records.Title = "text" },
		"kinds":  func(j *parts.Job) { j.Output.Kinds = []string{"quote"} },
		"cut":    func(j *parts.Job) { cut(t, j.Path(), 5) },
		"line":   func(j *parts.Job) { dropFirstLine(t, j.Path()) },
		"empty":  func(j *parts.Job) { write(t, j.Path(), nil) },
		"binary": func(j *parts.Job) { write(t, j.Path(), []byte("\x1f\x8b\x00")) },
	} {
		run(t, made(same), parts.Replace)
		if _, kept := run(t, made(change), parts.Resume); kept {
			t.Errorf("%s: kept a part that is another", name)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*")); len(left) != 1 {
		t.Errorf("the folder holds %q", left)
	}
}

func cut(t *testing.T, path string, n int64) {
	t.Helper()
	info, err := os.Stat(path)
	if err == nil {
		err = os.Truncate(path, info.Size()-n)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func dropFirstLine(t *testing.T, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	write(t, path, data[bytes.IndexByte(data, '\n')+1:])
}

// What others left behind is removed with the next part that is whole, also where two make the same one.
func TestNothingIsLeftBehind(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	in := write(t, filepath.Join(dir, "in.jsonl"), []byte("{\"text\": \"one\"}\n"))
	for _, name := range formatNames() {
		j := job(t, 1, 2, in)
		j.Dir = filepath.Join(dir, name+"[1]")
		j.Output.Format = formats.Named(name)
		ctx, cancel := context.WithCancel(t.Context())
		j.Annotate = func(*articles.Article) *annotate.Layer { cancel(); return &annotate.Layer{} }
		if _, _, err := j.Run(ctx, parts.Refuse); !errors.Is(err, context.Canceled) {
			t.Errorf("%v, want canceled", err)
		}
		if _, err := os.Stat(j.Path()); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("a part that was not finished is there: %v", err)
		}
		write(t, filepath.Join(j.Dir, "."+filepath.Base(j.Path())+".1abc"), []byte("left by a kill"))
		second := *j
		j.Annotate = func(*articles.Article) *annotate.Layer { // while this one runs, another makes the part
			second.Annotate = func(*articles.Article) *annotate.Layer { return &annotate.Layer{} }
			run(t, &second, parts.Refuse)
			return &annotate.Layer{}
		}
		if trailer, _ := run(t, j, parts.Refuse); trailer.Articles != 1 {
			t.Errorf("%+v", trailer)
		}
		left, err := os.ReadDir(j.Dir)
		if want := map[string]int{"jsonl": 1, "parquet": 2}[name]; err != nil || len(left) != want {
			t.Errorf("%s: the folder holds %v, %v", name, left, err)
		}
	}
}

func formatNames() []string { return parts.Formats }

// A reader of inputs that fails is an error, not a damaged record: the next try may have it.
func TestUnreadableInput(t *testing.T) {
	t.Parallel()
	if os.Getuid() == 0 {
		t.Skip("root reads everything")
	}
	in := write(t, filepath.Join(t.TempDir(), "in.jsonl"), []byte("{}"))
	if err := os.Chmod(in, 0); err != nil {
		t.Fatal(err)
	}
	if _, _, err := job(t, 1, 1, in).Run(t.Context(), parts.Refuse); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("%v, want permission denied", err)
	}
}

// Tables are dealt out by rows, which may hold line ends.
func TestTables(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("id,text\n")
	for i := range 100 {
		fmt.Fprintf(&b, "%d,\"two\n\nparagraphs\"\n", i)
	}
	in := write(t, filepath.Join(t.TempDir(), "in.csv"), []byte(b.String()))
	var sizes []int
	total := 0
	for part := range 4 {
		j := job(t, part+1, 4, in)
		j.Records.Format = "csv"
		trailer, _ := run(t, j, parts.Refuse)
		sizes = append(sizes, trailer.Articles)
		total += trailer.Articles
	}
	if total != 100 || slices.Min(sizes) < 20 || slices.Max(sizes) > 30 {
		t.Errorf("100 rows in parts of %v", sizes)
	}
}
