package evidence

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"byline/annotate"
)

// Shares are the tagger's probabilities of the four types and of no name, as package names has
// them.
type Shares = [5]float32

// The sizes of the net.
const (
	Types   = 5 // with no name, the last
	Size    = 8 // numbers in a row
	Hidden  = 32
	Outputs = Types + 1 // the types, and whether the span is right

	// The inputs: shares of the mention, of its group on average, the greatest of the group;
	// sums of rows around the mention, around its group, and of the name; shares of
	// related names, and sums of rows of these; the tagger's score.
	OwnShares = 0
	AllShares = OwnShares + Types
	TopShares = AllShares + Types
	OwnRows   = TopShares + Types
	AllRows   = OwnRows + Size
	OfName    = AllRows + Size
	OfLonger  = OfName + Size
	OfWords   = OfLonger + Ways*Types
	Score     = OfWords + Ways*Size
	One       = Score + 1
	Inputs    = One + 1

	// Unit is what stands for 1 in sums and inputs, Weight in weights, Fine in results.
	Unit   = 32
	Weight = 256
	Fine   = 256

	// Many is how many mentions of a group add to its evidence; of more, the mean counts so often.
	Many     = 64
	rootMany = 8
)

// Params are the numbers of a model that are not rows.
type Params struct {
	In      [Hidden][Inputs]int16
	Out     [Outputs][Hidden]int16
	Direct  [Outputs][Inputs]int16
	Log     [1025]int16    // of a probability of i/1024, in 1/Unit
	Root    [65]int16      // 1/√i, in 1/Weight
	Exp     [Fine]float64  // exp(−i/Fine)
	Powers  [32]float64    // exp(−i)
	Certain [2][33]float64 // how often a decision with a raw score of i/32 is right
}

// A Model decides types.
type Model struct {
	marks, rows []byte // by slot: the low half of the clue, odd, or 0 for none; its row
	pairs       *pairs
	Params
}

// pairs are the weights into the hidden units, those of two units in one number: sums of products with inputs are those of both.
type pairs [Hidden / 2][Inputs]int64

func (p *Params) pairs() *pairs {
	all := &pairs{}
	for u := range all {
		for k := range all[u] {
			all[u][k] = int64(p.In[2*u][k]) + int64(p.In[2*u+1][k])<<32
		}
	}
	return all
}

const magic = "byline types 01\n"

// Open returns the model in data, which it keeps without copying.
func Open(data []byte) (*Model, error) {
	const head = len(magic) + 4
	if len(data) < head || string(data[:len(magic)]) != magic {
		return nil, errors.New("open evidence model: no model")
	}
	slots := int(binary.LittleEndian.Uint32(data[len(magic):]))
	if slots < 1 || slots > (len(data)-head)/(2+Size) {
		return nil, fmt.Errorf("open evidence model: %d slots in %d bytes", slots, len(data))
	}
	m := &Model{marks: data[head:][:slots*2], rows: data[head+slots*2:][:slots*Size]}
	if _, err := binary.Decode(data[head+slots*(2+Size):], binary.LittleEndian, &m.Params); err != nil {
		return nil, fmt.Errorf("open evidence model: %w", err)
	}
	m.pairs = m.Params.pairs()
	return m, nil
}

// File returns clues with their rows, weights in 1/Unit with 128 for 0, and params as a model file.
func File(cs []Clue, rows []byte, p *Params) ([]byte, error) {
	for i := range p.Log {
		p.Log[i] = int16(math.Round(Unit * math.Log(max(float64(i)/1024, 1.0/4096))))
	}
	for i := range p.Root {
		p.Root[i] = int16(math.Round(Weight / math.Sqrt(float64(max(i, 1)))))
	}
	for i := range p.Exp {
		p.Exp[i] = math.Exp(-float64(i) / Fine)
	}
	for i := range p.Powers {
		p.Powers[i] = math.Exp(-float64(i))
	}
	slots := len(cs)*4/3 + 2
	data := binary.LittleEndian.AppendUint32([]byte(magic), uint32(slots))
	head := len(data)
	data = append(data, make([]byte, slots*(2+Size))...)
	marks, to := data[head:][:slots*2], data[head+slots*2:]
	for i, c := range cs {
		at := c.slot(slots)
		for binary.LittleEndian.Uint16(marks[at*2:]) != 0 {
			at = (at + 1) % slots
		}
		binary.LittleEndian.PutUint16(marks[at*2:], c.mark())
		copy(to[at*Size:], rows[i*Size:][:Size])
	}
	data, err := binary.Append(data, binary.LittleEndian, p)
	if err != nil {
		return nil, fmt.Errorf("write evidence model: %w", err)
	}
	return data, nil
}

// slot returns the first slot in which c may be, mark what marks its slot.
func (c Clue) slot(slots int) int { return int(uint64(c) * uint64(slots) >> 32) }
func (c Clue) mark() uint16       { return uint16(c) | 1 }

// A row is a sum of rows.
type row [Size]int32

// sum adds the rows of clues. Those that are in no row, because few texts had them, add nothing.
func (m *Model) sum(cs []Clue) (r row) {
	slots := len(m.marks) / 2
	for _, c := range cs {
		mark := c.mark()
		for at := c.slot(slots); ; at++ {
			if at == slots {
				at = 0
			}
			have := binary.LittleEndian.Uint16(m.marks[at*2:])
			if have == 0 {
				break
			}
			if have == mark {
				row := m.rows[at*Size:][:Size]
				for k := range r {
					r[k] += int32(row[k]) - 128
				}
				break
			}
		}
	}
	return r
}

// LogOf returns the logarithm of p as an input.
func (m *Model) LogOf(p float32) float32 { return float32(m.log(p)) / Unit }

// log returns the logarithm of p in 1/Unit.
func (m *Model) log(p float32) int16 { return m.Log[min(max(int(p*1024), 0), 1024)] }

// A Note is the evidence beside a mention.
type Note struct {
	around row
	shares [Types]int16 // logarithms
	score  int16
	known  bool // the tagger has shares
}

// Read returns the evidence beside the mentions ms of d, for which the tagger has shares.
func (m *Model) Read(d *annotate.Doc, ms []annotate.Mention, shares []Shares) []Note {
	notes := make([]Note, len(ms))
	if m == nil {
		return notes
	}
	Contexts(d, ms, shares, func(i int, cs []Clue) {
		n := &notes[i]
		n.known = shares[i] != Shares{}
		n.around = m.sum(cs)
		for k, p := range shares[i] {
			n.shares[k] = m.log(p)
		}
		n.score = m.log(float32(ms[i].Origin.Score))
	})
	return notes
}

// Contexts calls each with the clues around each of the mentions ms of d.
func Contexts(d *annotate.Doc, ms []annotate.Mention, shares []Shares, each func(i int, cs []Clue)) {
	p := newPage(d, ms, shares)
	n := 0
	var c clues
	for i := range ms {
		for n+1 < len(d.Sentences) && d.Sentences[n].Tokens.End <= p.ranges[i].First {
			n++
		}
		c = p.context(c[:0], i, n)
		each(i, c)
	}
}

// inputs are the inputs of the net.
type inputs [Inputs]int32

// pooled returns the inputs that the members of each group share.
func (m *Model) pooled(gs []Group, notes []Note) []inputs {
	all := make([]inputs, len(gs))
	for g := range gs {
		m.pool(&all[g], gs[g].Members, notes)
		for k, s := range m.sum(gs[g].Clues) {
			all[g][OfName+k] = s
		}
		all[g][One] = Unit
	}
	for g := range gs {
		for way, r := range gs[g].Related {
			if r > 0 {
				copy(all[g][OfLonger+way*Types:][:Types], all[r-1][AllShares:])
				copy(all[g][OfWords+way*Size:][:Size], all[r-1][OfName:])
			}
		}
	}
	return all
}

// pool adds up the evidence beside the members of a group.
func (m *Model) pool(x *inputs, members []int, notes []Note) {
	for k := range Types {
		x[TopShares+k] = int32(m.Log[0])
	}
	var shares [Types]int64 // of a million mentions, sums are too large for 32 bits
	var rows [Size]int64
	for _, i := range members {
		for k, s := range notes[i].shares {
			shares[k] += int64(s)
			x[TopShares+k] = max(x[TopShares+k], int32(s))
		}
		for k, s := range notes[i].around {
			rows[k] += int64(s)
		}
	}
	for k, s := range shares {
		x[AllShares+k] = int32(s / int64(len(members)))
	}
	for k, s := range rows {
		x[AllRows+k] = m.scaled(s, len(members))
	}
}

// scaled returns a sum over n mentions divided by √n, or, of more than Many, their mean times √Many.
func (m *Model) scaled(sum int64, n int) int32 {
	if n <= Many {
		return int32(sum * int64(m.Root[n]) / Weight)
	}
	return int32(sum * rootMany / int64(n))
}

// result computes the outputs for inputs, in 1/Fine.
func (m *Model) result(x *inputs) (out [Outputs]int32) {
	for o := range out {
		out[o] = dot(&m.Direct[o], x)
	}
	for u := range m.pairs {
		low, high := dotPair(&m.pairs[u], x)
		m.addUnit(&out, 2*u, low/Weight)
		m.addUnit(&out, 2*u+1, high/Weight)
	}
	for o := range out {
		out[o] /= Unit * Weight / Fine
	}
	return out
}

// addUnit adds what hidden unit u, which is h, adds to the outputs.
func (m *Model) addUnit(out *[Outputs]int32, u int, h int32) {
	if h <= 0 {
		return
	}
	for o := range out {
		out[o] += h * int32(m.Out[o][u])
	}
}

// dotPair returns the sums of products for two units.
func dotPair(w *[Inputs]int64, x *inputs) (low, high int32) {
	s := int64(0)
	for k, v := range x {
		s += w[k] * int64(v)
	}
	low = int32(s)
	return low, int32((s - int64(low)) >> 32)
}

func dot(w *[Inputs]int16, x *inputs) (s int32) {
	for k, v := range x {
		s += int32(w[k]) * v
	}
	return s
}

// exp returns e to the power of x/Fine for x ≤ 0.
func (m *Model) exp(x int32) float64 {
	x = -x
	if x >= int32(len(m.Powers))*Fine {
		return 0
	}
	return float64(m.Powers[x/Fine] * m.Exp[x%Fine]) // rounded here, lest a sum fuses with it
}

// chances returns the probabilities of the types, and that the span is right.
func (m *Model) chances(out *[Outputs]int32) (p [Types]float64, span float64) {
	top := out[0]
	for _, x := range out[:Types] {
		top = max(top, x)
	}
	all := 0.0
	for k := range p {
		p[k] = m.exp(out[k] - top)
		all += p[k]
	}
	for k := range p {
		p[k] /= all
	}
	if s := out[Types]; s > 0 {
		span = 1 / (1 + m.exp(-s))
	} else {
		e := m.exp(s)
		span = e / (1 + e)
	}
	return p, span
}
