// Command train makes the names model from annotated and raw texts.
package main

import (
	"encoding/binary"
	"encoding/gob"
	"flag"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"time"

	"byline/annotate/names/model"
	"byline/annotate/train/corpus"
	"byline/annotate/train/learn"
	"byline/annotate/train/mine"
)

// sources are the texts to train on.
var sources = []corpus.Source{
	{Name: "gmbfix.train", Habits: 1, Weight: 1, Cut: true},
	{Name: "docred.extra", Habits: 2, Weight: 1},
	{Name: "redocred.dev", Habits: 2, Weight: 1},
	{Name: "redocred.test", Habits: 2, Weight: 1},
	{Name: "gum_clean.train", Habits: 3, Weight: 1, NoMisc: true},
	{Name: "wikigold.all", Habits: 4, Weight: 1},
	{Name: "crossner_politics.train", Habits: 5, Weight: 1, Cut: true},
	{Name: "crossner_politics.dev", Habits: 5, Weight: 1, Cut: true},
	{Name: "crossner_politics.test", Habits: 5, Weight: 1, Cut: true},
	{Name: "uner_ewt.dev", Habits: 6, Weight: 1, NoMisc: true},
	{Name: "btc.train", Habits: 7, Weight: 1, NoMisc: true, Single: true},
	{Name: "btc.dev", Habits: 7, Weight: 1, NoMisc: true, Single: true},
	{Name: "btc.test", Habits: 7, Weight: 1, NoMisc: true, Single: true},
	{Name: "wnut17.train", Habits: 8, Weight: 1, NoMisc: true, Single: true},
	{Name: "crossner_ai.dev", Habits: 5, Weight: 0, Cut: true},
	{Name: "crossner_ai.test", Habits: 5, Weight: 0, Cut: true},
	{Name: "crossner_literature.dev", Habits: 5, Weight: 0, Cut: true},
	{Name: "crossner_literature.test", Habits: 5, Weight: 0, Cut: true},
	{Name: "crossner_music.dev", Habits: 5, Weight: 0, Cut: true},
	{Name: "crossner_music.test", Habits: 5, Weight: 0, Cut: true},
	{Name: "crossner_science.dev", Habits: 5, Weight: 0, Cut: true},
	{Name: "crossner_science.test", Habits: 5, Weight: 0, Cut: true},
	{Name: "litbank.all", Habits: 10, Weight: 0, NoMisc: true},
	{Name: "wnut17.dev", Habits: 8, Weight: 0, NoMisc: true, Single: true},
	{Name: "wnut17.test", Habits: 8, Weight: 0, NoMisc: true, Single: true},
	{Name: "re3d.train", Habits: 9, Weight: 0, NoMisc: true, Cut: true},
}

type vecs struct {
	Words  []string
	Counts []int
	V      []float32
	C      [3][]uint16
}

func main() {
	data := flag.String("data", "", "")
	vec := flag.String("vec", "/tmp/names-cache/vec.gob", "")
	dev := flag.String("dev", "worldwide4.dev,uner_ewt.test,gmbfix.dev", "")
	vary := flag.Float64("vary", 0, "")
	confuse := flag.Bool("confuse", false, "")
	weigh := flag.String("w", "", "")
	home := flag.Int("home", 0, "")
	frac := flag.Float64("frac", 1, "")
	rate := flag.Float64("rate", 0.1, "")
	epochs := flag.Int("epochs", 5, "")
	bits := flag.Int("bits", 21, "")
	workers := flag.Int("workers", 1, "")
	unknown := flag.Float64("unknown", 0.12, "")
	cost := flag.Float64("cost", 0, "")
	out := flag.String("out", "", "")
	mining := flag.String("mine", "", "")
	namesFile := flag.String("names", "", "")
	flag.Parse()
	if *mining != "" {
		mineNames(*data, *mining, *namesFile)
		return
	}
	t0 := time.Now()
	var v vecs
	if f, err := os.Open(*vec); err == nil {
		if err := gob.NewDecoder(f).Decode(&v); err != nil {
			panic(err)
		}
	}
	words, class, vectors := lookups(&v)
	names, _ := os.ReadFile(*namesFile)
	m := model.NewModel(words, class, names)
	var segs []learn.Segment
	tokens := 0
	for i, s := range sources {
		for _, x := range strings.Split(*weigh, ",") {
			if n, w, ok := strings.Cut(x, "="); ok && strings.HasPrefix(s.Name, n) {
				f, _ := strconv.ParseFloat(w, 32)
				s.Weight = float32(f)
			}
		}
		if s.Weight == 0 {
			continue
		}
		docs, err := corpus.Read(*data, s, i+1)
		if err != nil {
			panic(err)
		}
		if *vary > 0 {
			docs = append(docs, corpus.Vary(docs, *vary, uint64(i))...)
		}
		for k := range docs {
			if float64(k%100) >= *frac*100 {
				continue
			}
			x, _ := segments(m, &docs[k], s.Habits, s.Weight)
			segs = append(segs, x...)
			for _, y := range x {
				tokens += len(y.Tokens)
			}
		}
		fmt.Println(s.Name, len(docs), len(segs), tokens, time.Since(t0))
	}
	prune(segs)
	o := learn.Options{Rate: float32(*rate), Epochs: *epochs, Seed: 1, Rows: 1 << *bits, HiddenRows: 1 << 16, Batch: 32, Workers: *workers, Unknown: float32(*unknown), Cost: float32(*cost), Limit: 3.9}
	o.Drop = [8]float32{model.Lists: 0.25, model.Classes: 0.1, model.Text: 0.15, model.Mined: 0.3}
	n := learn.NewNet(o, vectors)
	n.Train(segs, func(e int, l float64) {
		fmt.Printf("epoch %d loglik %.5f %v\n", e, l, time.Since(t0))
		if e%2 == 0 && e < *epochs-1 {
			return
		}
		for _, name := range strings.Split(*dev, ",") {
			src := corpus.Source{Name: name, Cut: strings.HasPrefix(name, "gmb")}
			docs, err := corpus.Read(*data, src, 0)
			if err != nil {
				panic(err)
			}
			fmt.Println(name, measure(m, n, docs, *home))
		}
	})
	if *out != "" {
		b, err := export(n, words, class, names, *home)
		if err != nil {
			panic(err)
		}
		os.WriteFile(*out, b, 0o644)
		q, err := model.Open(b)
		if err != nil {
			panic(err)
		}
		fmt.Println("bytes", len(b))
		for _, name := range strings.Split(*dev, ",") {
			docs, err := corpus.Read(*data, corpus.Source{Name: name, Cut: strings.HasPrefix(name, "gmb")}, 0)
			if err != nil {
				panic(err)
			}
			fmt.Println("whole", name, measureModel(q, docs))
			if *confuse {
				fmt.Print(confusion(q, docs))
			}
		}
	}
}

// prune takes off features that are seen once.
func prune(segs []learn.Segment) {
	seen := make([]uint8, 1<<24)
	all, kept := 0, 0
	for i := range segs {
		for _, t := range segs[i].Tokens {
			for _, f := range t.Features {
				if seen[f.Hash()] < 2 {
					seen[f.Hash()]++
				}
			}
		}
	}
	for i := range segs {
		for k := range segs[i].Tokens {
			t := &segs[i].Tokens[k]
			out := make([]model.Feature, 0, len(t.Features))
			for _, f := range t.Features {
				all++
				if seen[f.Hash()] > 1 {
					out = append(out, f)
				}
			}
			kept += len(out)
			t.Features = out
		}
	}
	fmt.Println("features", all, kept)
}

func lookups(v *vecs) (words, class []byte, vectors []float32) {
	entries := make([]model.Entry, len(v.Words))
	class = make([]byte, (len(v.Words)+1)*6)
	for i, w := range v.Words {
		entries[i] = model.Entry{Hash: model.WordHash(w), Value: uint32(i + 1)}
		for k := range 3 {
			binary.LittleEndian.PutUint16(class[(i+1)*6+k*2:], v.C[k][i])
		}
	}
	vectors = make([]float32, 64+len(v.V))
	for i := range v.Words {
		copy(vectors[64+i*64:], v.V[i*64:i*64+64])
		unit(vectors[64+i*64:][:64])
	}
	return model.Table(entries), class, vectors
}

func unit(v []float32) {
	n := float32(0)
	for _, x := range v {
		n += x * x
	}
	if n == 0 {
		return
	}
	n = float32(2 / math.Sqrt(float64(n)))
	for i := range v {
		v[i] *= n
	}
}

func mineNames(data, modelFile, out string) {
	b, err := os.ReadFile(modelFile)
	if err != nil {
		panic(err)
	}
	m, err := model.Open(b)
	if err != nil {
		panic(err)
	}
	t0 := time.Now()
	c := mine.New()
	for _, name := range corpus.Texts {
		if err := corpus.Documents(data, name, func(text string) { c.Add(m, text) }); err != nil {
			panic(err)
		}
		fmt.Println(name, time.Since(t0), c.Size())
	}
	e := c.Table(3)
	fmt.Println("entries", len(e))
	os.WriteFile(out, model.Table(e), 0o644)
}
