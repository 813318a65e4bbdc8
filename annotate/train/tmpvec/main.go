// Command tmpvec writes vectors.
package main

import (
	"encoding/gob"
	"fmt"
	"os"
	"time"

	"byline/annotate/train/corpus"
	"byline/annotate/train/vectors"
)

func main() {
	t0 := time.Now()
	c := vectors.NewCounter()
	for _, n := range corpus.Texts {
		if err := corpus.Documents(os.Args[1], n, c.Add); err != nil {
			panic(err)
		}
		fmt.Println(n, time.Since(t0))
	}
	k := c.Corpus(10)
	c = nil
	fmt.Println(len(k.Words), len(k.Text), time.Since(t0))
	last := -1
	v := vectors.Options{Window: 3, Negatives: 5, Epochs: 3, Rate: 0.025, Sample: 1e-4, Seed: 1}.Learn(k, func(d float64) {
		if p := int(d * 100); p != last {
			last = p
			fmt.Println(p, time.Since(t0))
		}
	})
	out := struct {
		Words  []string
		Counts []int
		V      []float32
		C      [3][]uint16
	}{Words: k.Words, Counts: k.Counts, V: v}
	for i, n := range []int{64, 256, 1024} {
		out.C[i] = vectors.Classes(v, n, 8, 1)
		fmt.Println("classes", n, time.Since(t0))
	}
	f, _ := os.Create(os.Args[2])
	if err := gob.NewEncoder(f).Encode(out); err != nil {
		panic(err)
	}
	f.Close()
}
