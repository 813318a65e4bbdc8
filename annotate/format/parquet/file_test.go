package parquet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"reflect"
	"testing"

	pq "github.com/parquet-go/parquet-go"
)

// What is written is read, by a reader that is not ours: few and many different values, nulls, lists, and more rows than one group has.
func TestTable(t *testing.T) {
	t.Parallel()
	type row struct {
		One    string   `parquet:"one"`
		Few    string   `parquet:"few"`
		Many   string   `parquet:"many"`
		Maybe  *string  `parquet:"maybe,optional"`
		List   []string `parquet:"list,list"`
		Number *int32   `parquet:"number,optional"`
		Score  float64  `parquet:"score"`
	}
	columns := []column{
		{name: "one", dict: true}, {name: "few", dict: true}, {name: "many", dict: true}, {name: "maybe", shape: maybe, dict: true},
		{name: "list", shape: list}, {name: "number", shape: maybe, kind: number}, {name: "score", kind: fraction},
	}
	for _, n := range []int{0, 1, 7, 8, 9, 100, rowGroup + 333} {
		r := rand.New(rand.NewPCG(uint64(n), 1))
		var b bytes.Buffer
		table := newTable(&b, columns)
		want := make([]row, n)
		for i := range want {
			w := row{One: "same", Few: fmt.Sprint(r.IntN(3)), Many: fmt.Sprint(r.IntN(20_000)), Score: r.Float64()}
			if i/50%2 == 0 { // in runs, and one by one
				w.Few = "run"
			}
			for range r.IntN(4) {
				w.List = append(w.List, fmt.Sprint("é", r.IntN(9)))
			}
			if r.IntN(3) > 0 {
				s, k := fmt.Sprint("v", r.IntN(300)), r.Int32()-1<<30
				w.Maybe, w.Number = &s, &k
			}
			want[i] = w
			table.text(w.One)
			table.text(w.Few)
			table.text(w.Many)
			if w.Maybe == nil {
				table.none()
				table.texts(w.List)
				table.none()
			} else {
				table.text(*w.Maybe)
				table.texts(w.List)
				table.number(*w.Number)
			}
			table.fraction(w.Score)
			if err := table.end(); err != nil {
				t.Fatal(err)
			}
		}
		if err := table.close(); err != nil {
			t.Fatal(err)
		}
		got := make([]row, n+1)
		reader := pq.NewGenericReader[row](bytes.NewReader(b.Bytes()))
		read := 0
		for read < len(got) {
			k, err := reader.Read(got[read:])
			read += k
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		for i := range got[:read] {
			if len(got[i].List) == 0 {
				got[i].List = nil
			}
		}
		if read != n || !reflect.DeepEqual(got[:read], want) {
			t.Errorf("%d rows of %d, or not the same", read, n)
		}
	}
}

// A footer that somebody else wrote, or nobody, is read or is an error.
func FuzzNoted(f *testing.F) {
	var b bytes.Buffer
	table := newTable(&b, []column{{name: "a", dict: true}})
	table.notes = [][2]string{{"byline", "made"}}
	table.text("x")
	if err := errors.Join(table.end(), table.close()); err != nil {
		f.Fatal(err)
	}
	footer, err := readFooter(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(footer)
	f.Add([]byte{0x59, 0x9c, 0xff, 0xff, 0xff, 0xff, 0x0f, 0})
	f.Fuzz(func(t *testing.T, footer []byte) {
		if value, err := noted(footer, "byline"); err != nil && value != "" {
			t.Errorf("%q, %v", value, err)
		}
	})
}
