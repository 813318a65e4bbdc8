package parquet_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	pq "github.com/parquet-go/parquet-go"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/formattest"
	"byline/annotate/format/offsets"
	"byline/annotate/format/parquet"
	"byline/articles"
)

// rows returns the rows of a table as maps from columns to values.
func rows(t *testing.T, table []byte) (columns []string, out []map[string]any) {
	t.Helper()
	f, err := pq.OpenFile(bytes.NewReader(table), int64(len(table)))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range f.Schema().Fields() {
		columns = append(columns, c.Name())
	}
	r := pq.NewGenericReader[map[string]any](f, f.Schema())
	defer r.Close()
	for {
		row := []map[string]any{{}}
		n, err := r.Read(row)
		out = append(out, row[:n]...)
		if errors.Is(err, io.EOF) {
			return columns, out
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// tables returns the table of mentions and that of quotes.
func tables(t *testing.T, docs ...*format.Document) (mentions, quotes []byte) {
	t.Helper()
	var m, q bytes.Buffer
	f := parquet.Format
	for _, w := range []format.Writer{f.NewWriter(&m, format.Options{}), f.Beside[0].NewWriter(&q, nil)} {
		for _, d := range docs {
			if err := w.Write(d); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return m.Bytes(), q.Bytes()
}

// What the layer has is in the rows, in its order, and offsets cut the words from the text.
func TestRows(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		d := formattest.Random(seed)
		d.Site, d.Date = "The Wire", articles.ParseDate("2026-11-02T10:15:00")
		m, q := tables(t, formattest.Story(), d)
		text := []rune(d.Text)
		_, all := rows(t, m)
		var got, want []string
		for _, row := range all {
			if row["article"] != d.ID {
				continue
			}
			at := row["text"].(string)
			if cut := string(text[row["start"].(int32):row["end"].(int32)]); cut != at {
				t.Errorf("seed %d: the offsets cut %q from the text, the row says %q", seed, cut, at)
			}
			if row["site"] != "The Wire" || row["published"] != "2026-11-02T10:15:00" {
				t.Errorf("seed %d: site %v, published %v", seed, row["site"], row["published"])
			}
			got = append(got, fmt.Sprint(row["entity"], row["type"], row["name"], row["form"], at))
		}
		for e, mention := range d.Layer.Mentions() {
			if mention.State != annotate.Rejected {
				want = append(want, fmt.Sprint(e.ID, e.Type, e.Name, mention.Form, mention.In(d.Text)))
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("seed %d: mentions are\n%s\nwant\n%s", seed, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		checkQuotes(t, d, q)
	}
}

func checkQuotes(t *testing.T, d *format.Document, table []byte) {
	t.Helper()
	_, all := rows(t, table)
	points := offsets.NewPoints(d.Text)
	var got, want []string
	for _, row := range all {
		if row["article"] == d.ID {
			got = append(got, fmt.Sprint(row["start"], row["end"], row["type"], row["speaker"] != nil, row["cue"] != nil, row["cue_start"] != nil))
		}
	}
	for _, x := range d.Layer.Quotes {
		if x.State != annotate.Rejected {
			speaker := d.Layer.Entity(x.Speaker)
			spoken := speaker != nil && slices.ContainsFunc(speaker.Mentions, func(m annotate.Mention) bool { return m.State != annotate.Rejected })
			want = append(want, fmt.Sprint(points.Of(x.Start), points.Of(x.End), x.Type, spoken, !x.Cue.Empty(), !x.Cue.Empty()))
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("quotes of %s are\n%s\nwant\n%s", d.ID, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// The columns are a contract: new ones come at the end of the struct that they belong to, none is renamed.
func TestColumns(t *testing.T) {
	t.Parallel()
	m, q := tables(t)
	const about = "article title url authors site published updated language start end text type "
	const judged = " origin score notes tags"
	for _, x := range []struct {
		table []byte
		want  string
	}{
		{m, about + "form entity name" + judged},
		{q, about + "speaker speaker_name speakers speaker_names speaker_start speaker_end cue cue_start cue_end" + judged},
	} {
		columns, none := rows(t, x.table)
		slices.Sort(columns)
		want := strings.Fields(x.want)
		slices.Sort(want)
		if !slices.Equal(columns, want) || len(none) != 0 {
			t.Errorf("columns %s, want %s; %d rows of no article", columns, want, len(none))
		}
	}
}

// Every cut of a table is an error when it is asked for what was noted in it.
func TestNoted(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	w := parquet.NewMentions(&b)
	if err := w.Write(formattest.Story()); err != nil {
		t.Fatal(err)
	}
	w.Note("byline", "made")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	whole := b.Bytes()
	if got, err := parquet.Noted(bytes.NewReader(whole), int64(len(whole)), "byline"); got != "made" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := parquet.Noted(bytes.NewReader(whole), int64(len(whole)), "other"); err == nil {
		t.Error("no error for a key that is not there")
	}
	for n := 0; n < len(whole); n += 7 {
		if got, err := parquet.Noted(bytes.NewReader(whole[:n]), int64(n), "byline"); err == nil {
			t.Errorf("%q of the first %d of %d bytes", got, n, len(whole))
		}
	}
}
