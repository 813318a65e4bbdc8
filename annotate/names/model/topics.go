package model

import "byline/annotate"

const (
	Topics      = 32   // that a text or a sentence may have
	FineClasses = 1024 // of words, the finest of the three divisions
)

// setTopics finds the topic of x and of each of its sentences, from 1; 0 is none. The classes of the words
// speak for topics, as the table that was learned from raw texts says.
func (x *Document) setTopics() {
	if len(x.m.topics) < FineClasses*Topics {
		return
	}
	var all [Topics]int64
	x.topics = make([]uint8, len(x.d.Sentences))
	for i := range x.d.Sentences {
		var sum [Topics]int64
		s := x.d.Sentences[i].Tokens
		for t := s.First; t < s.End; t++ {
			if w := x.wordAt(t); w.id > 0 && w.classes[2] < FineClasses {
				x.m.addTopics(&sum, w.classes[2])
			}
		}
		x.topics[i] = mostOf(&sum)
		for k := range all {
			all[k] += sum[k]
		}
	}
	x.topic = mostOf(&all)
}

// addTopics adds what a word of a fine class says for each topic. The table has the square roots.
func (m *Model) addTopics(sum *[Topics]int64, class uint16) {
	row := m.topics[int(class)*Topics:][:Topics]
	for k := range sum {
		sum[k] += int64(row[k]) * int64(row[k])
	}
}

// mostOf returns the topic for which most is said.
func mostOf(sum *[Topics]int64) uint8 {
	best := 0
	for k := range sum {
		if sum[k] > sum[best] {
			best = k
		}
	}
	if sum[best] == 0 {
		return 0
	}
	return uint8(best + 1)
}

// addTopics adds the topics of the text and of the sentence, alone and with the word and its neighbours:
// in a report of a match a town is often a club.
func (p *tokenWindow) addTopics(b *bag) {
	if len(p.x.topics) == 0 {
		return
	}
	c := p.w[2]
	for k, t := range [2]uint8{p.x.topic, p.x.topics[p.sentence]} {
		t, n := uint64(t), uint64(210+10*k)
		b.add(Topical, true, n, t)
		b.add(Topical, false, n+1, mix(t, c.shape))
		b.add(Topical, false, n+2, mix(t, uint64(c.class&single)))
		b.add(Topical, false, n+3, mix(t, uint64(c.known>>WordShift&codeMask)&31))
		b.add(Topical, false, n+4, mix(t, p.w[1].small))
		b.add(Topical, false, n+5, mix(t, p.w[3].small))
	}
}

// ClassCounts returns how many words of each fine class are in d.
func (m *Model) ClassCounts(d *annotate.Doc) map[uint16]int {
	x := &Document{m: m, d: d}
	x.lookUp()
	counts := map[uint16]int{}
	for t := range d.Tokens {
		if w := x.wordAt(t); w.id > 0 {
			counts[w.classes[2]]++
		}
	}
	return counts
}
