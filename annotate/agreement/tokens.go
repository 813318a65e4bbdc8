package agreement

import (
	"cmp"
	"slices"
	"sort"

	"byline/annotate"
	"byline/annotate/agreement/measures"
)

// tokens is what figures of tokens with one type each are about: names. Of a token in several names, the shortest has it.
const tokens = "tokens"

// none is the type of a token that is in no name.
const none = "\x00"

// A Token is a token of an article as κ and α count it, with what each annotator says of it.
type Token struct {
	annotate.Token
	Names  []string // by annotator, the type of the shortest name that it is in; empty for none
	Quotes []string // by annotator, the type of the first quote that it is in; empty for none
}

// Tokens returns the tokens of an article, and who its annotators are.
func Tokens(a *Article, o Options) (who []string, tokens []Token) {
	x := newText(a, &o)
	for _, v := range x.views {
		who = append(who, v.who)
	}
	names := x.tokenTypes()
	for i, at := range x.tokens {
		t := Token{at, make([]string, len(who)), make([]string, len(who))}
		for k := range who {
			if n := names[k][i]; n > 0 {
				t.Names[k] = x.types[n-1].typ
			}
		}
		tokens = append(tokens, t)
	}
	for k, v := range x.views {
		for _, m := range v.marks {
			if m.about != Quotes {
				continue
			}
			r := x.touched(m)
			for i := r.First; i < r.End; i++ {
				tokens[i].Quotes[k] = cmp.Or(tokens[i].Quotes[k], m.typ)
			}
		}
	}
	return who, tokens
}

// tokenTypes returns for each view the number of the type of each token, 0 for none.
func (t *text) tokenTypes() [][]int32 {
	out := make([][]int32, len(t.views))
	for i, v := range t.views {
		names := slices.DeleteFunc(slices.Clone(v.marks), func(m mark) bool { return m.about != Names })
		slices.SortStableFunc(names, func(a, b mark) int { return cmp.Compare(a.Len(), b.Len()) })
		out[i] = t.paint(names)
	}
	return out
}

// paint gives each token the type of the first mark that touches it.
func (t *text) paint(marks []mark) []int32 {
	types := make([]int32, len(t.tokens))
	next := make([]int, len(t.tokens)+1) // the first token from here on that has no type yet, or one on the way to it
	for i := range next {
		next[i] = i
	}
	free := func(i int) int {
		for next[i] != i {
			next[i] = next[next[i]]
			i = next[i]
		}
		return i
	}
	for _, m := range marks {
		r := t.touched(m)
		for i := free(r.First); i < r.End; i = free(i) {
			types[i] = int32(t.number[m.class])
			next[i] = i + 1
		}
	}
	return types
}

// touched returns the tokens that a mark shares text with.
func (t *text) touched(m mark) annotate.Range {
	first := sort.Search(len(t.tokens), func(i int) bool { return t.tokens[i].End > m.Start })
	end := first + sort.Search(len(t.tokens)-first, func(i int) bool { return t.tokens[first+i].Start >= m.End })
	return annotate.Range{First: first, End: end}
}

// countTokens counts tokens: with one type each for two and for all, then type by type.
func (t *Tally) countTokens(x *text, types [][]int32) {
	for i, a := range x.views {
		for k := i + 1; k < len(x.views); k++ {
			t.countTwo(x, types[i], types[k], a.who, x.views[k].who)
		}
	}
	if len(x.views) > 1 {
		t.countVotes(x, types)
	}
	for _, c := range append(slices.Clone(x.types), class{about: Quotes}) {
		t.countType(x, c)
	}
}

// typeOf returns the class of a token by its number.
func (x *text) typeOf(number int) class {
	if number == 0 {
		return class{tokens, none}
	}
	return class{tokens, x.types[number-1].typ}
}

// countTwo counts the tokens of two annotators.
func (t *Tally) countTwo(x *text, as, bs []int32, a, b string) {
	var n [3][]float64
	for i := range n {
		n[i] = make([]float64, len(x.types)+1)
	}
	for i := range as {
		n[0][as[i]]++
		n[1][bs[i]]++
		if as[i] == bs[i] {
			n[2][as[i]]++
		}
	}
	for c := range n[0] {
		g := group{a, b, x.typeOf(c)}
		t.add(g, tokensA, n[0][c])
		t.add(g, tokensB, n[1][c])
		t.add(g, tokensBoth, n[2][c])
	}
	size, names := float64(len(as)), group{a, b, class{about: Names}}
	t.add(names, items, size)
	t.add(names, itemsSome, size-n[2][0])
	t.add(names, tokensA, size-n[0][0])
	t.add(names, tokensB, size-n[1][0])
}

// countVotes counts the types that all annotators gave.
func (t *Tally) countVotes(x *text, types [][]int32) {
	all := group{class: class{about: tokens}}
	given, givenSome := make([]float64, len(x.types)+1), make([]float64, len(x.types)+1)
	votesOf := make([]float64, len(x.types)+1)
	var sum, sumSome, some float64
	used := make([]int32, 0, len(types))
	m := float64(len(types))
	for i := range x.tokens {
		for _, of := range types {
			if votesOf[of[i]]++; votesOf[of[i]] == 1 {
				used = append(used, of[i])
			}
		}
		equal := 0.0
		marked := len(used) > 1 || used[0] != 0
		for _, c := range used {
			equal += votesOf[c] * (votesOf[c] - 1)
			given[c] += votesOf[c]
			if marked {
				givenSome[c] += votesOf[c]
			}
			votesOf[c] = 0
		}
		used = used[:0]
		sum += equal / (m * (m - 1))
		if marked {
			some++
			sumSome += equal / (m * (m - 1))
		}
	}
	t.add(all, items, float64(len(x.tokens)))
	t.add(all, itemsSome, some)
	t.add(all, concord, sum)
	t.add(all, concordSome, sumSome)
	t.add(all, same, m*sum)
	t.add(all, sameSome, m*sumSome)
	t.add(all, votes, m*float64(len(x.tokens)))
	for c := range given {
		g := group{class: x.typeOf(c)}
		t.add(g, votes, given[c])
		t.add(g, votesSome, givenSome[c])
	}
}

// countType counts the tokens that are in a mark of a type, which may be in one of another type too, and the others.
func (t *Tally) countType(x *text, c class) {
	ranges := make([][]annotate.Range, len(x.views))
	for i, v := range x.views {
		ranges[i] = x.covered(v, c)
	}
	for i, a := range x.views {
		for k := i + 1; k < len(x.views); k++ {
			g := group{a.who, x.views[k].who, c}
			t.add(g, tokensA, sizeOf(ranges[i]))
			t.add(g, tokensB, sizeOf(ranges[k]))
			t.add(g, tokensBoth, inBoth(ranges[i], ranges[k]))
		}
	}
	m := float64(len(x.views))
	if m < 2 {
		return
	}
	g := group{class: c}
	for _, r := range pieces(ranges) {
		n, yes := float64(r.size), float64(r.views)
		t.add(g, votes, n*yes)
		t.add(g, differ, n*m*(1-measures.Concord([]float64{yes, m - yes})))
	}
}

// covered returns the tokens in marks of a class, as ranges in order that do not touch.
func (x *text) covered(v *view, c class) []annotate.Range {
	var out []annotate.Range
	for _, m := range v.marks {
		if m.about != c.about || c.typ != "" && m.typ != c.typ {
			continue
		}
		r := x.touched(m)
		if n := len(out); n > 0 && r.First <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, r.End)
		} else if r.First < r.End {
			out = append(out, r)
		}
	}
	return out
}

func sizeOf(rs []annotate.Range) float64 {
	n := 0
	for _, r := range rs {
		n += r.End - r.First
	}
	return float64(n)
}

// inBoth returns how many tokens two lists have in OfBoth.
func inBoth(a, b []annotate.Range) float64 {
	n := 0
	for len(a) > 0 && len(b) > 0 {
		n += max(0, min(a[0].End, b[0].End)-max(a[0].First, b[0].First))
		if a[0].End < b[0].End {
			a = a[1:]
		} else {
			b = b[1:]
		}
	}
	return float64(n)
}

// A piece is some tokens that the same number of views cover.
type piece struct{ size, views int }

// pieces cuts lists of ranges into pieces that at least one view covers.
func pieces(of [][]annotate.Range) []piece {
	type end struct{ at, step int }
	var ends []end
	for _, rs := range of {
		for _, r := range rs {
			ends = append(ends, end{r.First, 1}, end{r.End, -1})
		}
	}
	slices.SortFunc(ends, func(a, b end) int { return cmp.Compare(a.at, b.at) })
	var out []piece
	depth := 0
	for i, e := range ends {
		if i > 0 && depth > 0 && e.at > ends[i-1].at {
			out = append(out, piece{e.at - ends[i-1].at, depth})
		}
		depth += e.step
	}
	return out
}
