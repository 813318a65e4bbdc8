package model

// The head of a run of capitals shows what the run names, and may be far from a token: "South
// Orrin Harbour and Fisheries Authority".
type capitals struct {
	first, last       int32 // tokens of the run of capitalized words around a token
	farFirst, farLast int32 // the same, across small joints: "of", "for the"
}

// joints is the most tokens between two capitalized words of a name.
const joints = 2

// runs finds the runs of capitals of sentence i. A token in none has first −1.
func (x *Document) runs(i int) {
	s := x.d.Sentences[i].Tokens
	for t := s.First; t < s.End; t++ {
		x.caps[t] = capitals{-1, -1, -1, -1}
	}
	for t := s.First; t < s.End; {
		if !x.inRun(t) {
			t++
			continue
		}
		end := t + 1
		for end < s.End && x.inRun(end) {
			end++
		}
		for k := t; k < end; k++ {
			x.caps[k].first, x.caps[k].last = int32(t), int32(end-1)
		}
		t = end
	}
	x.farRuns(s.First, s.End)
}

// farRuns joins runs across joints.
func (x *Document) farRuns(from, to int) {
	for t := from; t < to; {
		if x.caps[t].first < 0 {
			t++
			continue
		}
		last := int(x.caps[t].last)
		for next := x.nextRun(last+1, to); next > 0; next = x.nextRun(last+1, to) {
			last = int(x.caps[next].last)
		}
		for k := t; k <= last; k++ {
			x.caps[k].farFirst, x.caps[k].farLast = int32(t), int32(last)
		}
		t = last + 1
	}
}

// nextRun returns the first token of the run after the joints after token t − 1, or 0.
func (x *Document) nextRun(t, to int) int {
	for k := t; k < min(t+joints, to-1); k++ {
		switch x.d.Word(k) {
		case "of", "for", "and", "the", "&", "de", "del", "la", "in", "on", "-", "'s", "’s", "’", "s", "to":
		default:
			return 0
		}
		if x.caps[k+1].first >= 0 {
			return k + 1
		}
	}
	return 0
}

func (x *Document) inRun(t int) bool { return x.wordAt(t).form.has(capital) }

// addRuns adds the first and last words of the runs of capitals around the token.
func (p *tokenWindow) addRuns(b *bag) {
	c := &p.x.caps[p.token]
	if c.farFirst < 0 {
		return
	}
	how := uint64(p.writing)
	if c.first >= 0 {
		first, last := p.x.wordAt(int(c.first)), p.x.wordAt(int(c.last))
		where := uint64(min(p.token-int(c.first), 3))<<2 | uint64(min(int(c.last)-p.token, 3))
		b.add(plain, true, 80, where<<2|how)
		b.add(plain, false, 81, mix(last.small, how<<1|bit(p.token == int(c.last))))
		b.add(plain, false, 82, mix(first.small, how<<1|bit(p.token == int(c.first))))
		b.add(Classes, true, 83, uint64(last.classes[1])<<4|how<<1|bit(p.token == int(c.last)))
		b.add(Lists, true, 84, mix(uint64(first.class&single), where))
	}
	first, last := p.x.wordAt(int(c.farFirst)), p.x.wordAt(int(c.farLast))
	if c.farFirst != c.first || c.farLast != c.last {
		b.add(plain, false, 85, mix(last.small, how))
		b.add(plain, false, 86, mix(first.small, how))
		b.add(Classes, true, 87, uint64(first.classes[1])<<4|how)
	}
}

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}
