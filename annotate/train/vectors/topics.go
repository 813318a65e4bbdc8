package vectors

import (
	"maps"
	"math"
	"slices"
)

// A Histogram is how many words of each class are in a document.
type Histogram = map[uint16]int

// A share is the weight of a class in a document.
type share struct {
	class  uint16
	weight float32
}

// topicRounds is how often documents are divided again.
const topicRounds = 12

// Topics divides documents into k topics by spherical k-means over the classes of their words, of which
// those weigh more that fewer documents have. It returns a row of k bytes for each class: the square
// root of what a word of it says for each topic.
func Topics(docs []Histogram, classes, k int) []byte {
	rarity := rarities(docs, classes)
	rows := make([][]share, len(docs))
	for i, d := range docs {
		rows[i] = weigh(d, rarity)
	}
	r := rng(3)
	seed := func(center []float32) { addRow(center, rows[int(r.next()>>33)%len(rows)]) }
	centers := make([]float32, k*classes)
	for t := range k {
		seed(centers[t*classes:][:classes])
	}
	of := make([]int, len(rows))
	for range topicRounds {
		for i, row := range rows {
			of[i] = nearestTopic(centers, row, classes)
		}
		clear(centers)
		sizes := make([]int, k)
		for i, row := range rows {
			addRow(centers[of[i]*classes:][:classes], row)
			sizes[of[i]]++
		}
		for t := range k {
			if sizes[t] == 0 {
				seed(centers[t*classes:][:classes])
			}
			unit(centers[t*classes:][:classes])
		}
	}
	return topicBytes(centers, rarity, classes)
}

// rarities returns the logarithm of how many documents there are for each that has a class.
func rarities(docs []Histogram, classes int) []float32 {
	r := make([]float32, classes)
	for _, d := range docs {
		for c := range d {
			r[c]++
		}
	}
	for c, n := range r {
		r[c] = float32(math.Log(float64(len(docs)+1) / float64(n+1)))
	}
	return r
}

// weigh returns the shares of the classes of d, as a vector of length 1.
func weigh(d Histogram, rarity []float32) (row []share) {
	sum := 0.0
	for _, c := range slices.Sorted(maps.Keys(d)) {
		x := rarity[c] * float32(1+math.Log(float64(d[c])))
		sum += float64(x) * float64(x)
		row = append(row, share{c, x})
	}
	f := float32(1 / (math.Sqrt(sum) + 1e-9))
	for i := range row {
		row[i].weight *= f
	}
	return row
}

func addRow(to []float32, row []share) {
	for _, s := range row {
		to[s.class] += s.weight
	}
}

func nearestTopic(centers []float32, row []share, classes int) int {
	best, most := 0, float32(-9)
	for t := 0; t*classes < len(centers); t++ {
		c := centers[t*classes:][:classes]
		sum := float32(0)
		for _, s := range row {
			sum += c[s.class] * s.weight
		}
		if sum > most {
			best, most = t, sum
		}
	}
	return best
}

// topicBytes scales what a word of a class says for a topic so that the most is 255.
func topicBytes(centers, rarity []float32, classes int) []byte {
	k := len(centers) / classes
	most := float32(0)
	for i, x := range centers {
		most = max(most, x*rarity[i%classes])
	}
	out := make([]byte, len(centers))
	for i, x := range centers {
		root := math.Sqrt(float64(x * rarity[i%classes] / most))
		out[i%classes*k+i/classes] = byte(math.Round(root * 255))
	}
	return out
}
