package tables

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"byline/annotate/format"
	"byline/annotate/format/formattest"
	"byline/articles"
)

// No cell can be run as a formula, and all other cells are unchanged except for line ends.
func TestTable(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	w := New(&b, ';')
	w.Row("=1+1", "+1", "-1", "@x", "\tx", "\rx")
	w.Row("a=1", "1-1", "", "a;b", "two\nlines", `"`)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	want := "'=1+1;'+1;'-1;'@x;'\tx;\"'x\"\r\na=1;1-1;;\"a;b\";\"two\r\nlines\";\"\"\"\"\r\n"
	if b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
	b.Reset()
	w = New(&b, '\t')
	w.Row("two\nlines", "a\tb", "=1")
	w.Row("x", "")
	if err := w.Close(); err != nil || b.String() != "\"two\nlines\"\t\"a\tb\"\t'=1\nx\t\n" {
		t.Errorf("%v: %q", err, b.String())
	}
	row := []string{"=1"}
	if w.Row(row...); row[0] != "=1" {
		t.Errorf("the caller's row became %q", row)
	}
	failing, pipe := io.Pipe()
	failing.CloseWithError(errors.New("cable pulled"))
	w = New(pipe, ',')
	w.Row("a")
	if err := w.Close(); err == nil || err.Error() != "cable pulled" {
		t.Error(err)
	}
}

// What spreadsheets make of a table: rows in another order, semicolons, the encoding of Windows.
func TestTableOfASpreadsheet(t *testing.T) {
	t.Parallel()
	article := func(id, text string) *format.Document {
		return &format.Document{Article: &articles.Article{ID: id, Text: text}}
	}
	known := []*format.Document{article("a", "\u201cNo,\u201d Zo\u00eb said."), article("b", "Zo\u00eb left Halden.")}
	for name, file := range map[string]string{
		"sorted by type":      "kind,article,start,end,text,type,entity,speaker\nquote,a,0,5,\u201cNo\u002c\u201d,direct,,e1\nmention,b,0,3,Zo\u00eb,person,e1,\nmention,a,6,9,Zo\u00eb,person,e1,\nmention,b,9,15,Halden,place,e2,\n",
		"semicolons":          "kind;article;start;end;text;type;entity;speaker\nquote;a;0;5;;direct;;e1\nmention;a;6;9;Zo\u00eb;person;e1;\nmention;b;0;3;Zo\u00eb;person;e1;\nmention;b;9;15;Halden;place;e2;\n",
		"Windows":             "kind,article,start,end,text,type,entity,speaker\nquote,a,0,5,,direct,,e1\nmention,a,6,9,Zo\xeb,person,e1,\nmention,b,0,3,Zo\xeb,person,e1,\nmention,b,9,15,Halden,place,e2,\n",
		"Excel's line, CR":    "sep=;\rkind;article;start;end;text;type;entity;speaker\rquote;a;0;5;;direct;;e1\rmention;a;6;9;Zo\u00eb;person;e1;\rmention;b;0;3;Zo\u00eb;person;e1;\rmention;b;9;15;Halden;place;e2;\r",
		"numbers, empty rows": "kind,article,start,end,text,type,entity,speaker\nquote,a,0.0,5.00,,direct,,e1\n,,,,,,,\nmention,a,\"6,0\",9,Zo\u00eb,person,e1,\n\nmention,b,0E+00,3,Zo\u00eb,person,e1,\nmention,b,9,1.5E+01,Halden,place,e2,\n",
	} {
		file = strings.Replace(file, "\u201cNo,\u201d", "", 1)
		loss := &format.Loss{}
		ds := (formattest.Folder{"t.csv": []byte(file)}).Read(t, &CSV, loss, []string{"t.csv"}, known...)
		if !sniffCSV([]byte(file)) || len(ds) != 2 || loss.Total() != 0 {
			t.Fatalf("%s: %d documents, lost %q", name, len(ds), loss.Lines())
		}
		if q := ds[0].Layer.Quotes; len(q) != 1 || q[0].Speaker != "e1" || len(formattest.Claims(ds[1])) != 2 {
			t.Errorf("%s: %+v, %q", name, q, formattest.Claims(ds[1]))
		}
	}
}

// A row that cannot be read costs that row, and rows like it make one line.
func TestBadRows(t *testing.T) {
	t.Parallel()
	const file = "article,start,end,text,type\na,x,3,Ann,person\na,0,,Ann,person\na,9,15,Halden,place\n"
	loss := &format.Loss{}
	d := (formattest.Folder{"t.csv": []byte(file)}).Read(t, &CSV, loss, []string{"t.csv"}, &format.Document{Article: &articles.Article{ID: "a", Text: "Ann left Halden."}})[0]
	if got, want := loss.Lines(), []string{`2 rows that cannot be read, such as line 2: start "x" and end "3" are no offsets`}; !slices.Equal(got, want) {
		t.Errorf("lost %q", got)
	}
	if got := formattest.Claims(d); !slices.Equal(got, []string{"mention 9-15 place"}) {
		t.Errorf("%q", got)
	}
}

// FuzzTable compares rows with those of package csv, which quotes like programs that read them expect.
func FuzzTable(f *testing.F) {
	for _, s := range []string{"", "a", "-1", "=1+1", "a,b", "a;b", "say \"no\"", "a\nb", "a\r\nb", " a", "\u00a0a", `\.`, "Zoë 😀", "\xff", "'x"} {
		f.Add(s, "x", s)
	}
	f.Fuzz(func(t *testing.T, a, b, c string) {
		for _, comma := range []byte{',', '\t', ';'} {
			var got, want bytes.Buffer
			table := New(&got, comma)
			table.Row(a, b, c)
			table.rowWith(table.further([]string{b}), c, []string{a})
			if err := table.Close(); err != nil {
				t.Fatal(err)
			}
			w := csv.NewWriter(&want)
			w.Comma, w.UseCRLF = rune(comma), comma != '\t'
			for range 2 {
				_ = w.Write([]string{escapeFormula(a), escapeFormula(b), escapeFormula(c)})
			}
			if w.Flush(); got.String() != want.String() {
				t.Errorf("%q, not %q", got.String(), want.String())
			}
		}
	})
}
