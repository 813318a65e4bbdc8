package review

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"runtime"
	"testing"
	"time"

	"byline/annotate"
)

// piling writes one step after another on few words, and applies each to a draft.
type piling struct {
	text    string
	machine *annotate.Layer
	ids     IDs
	log     []annotate.Decision
	draft   *Draft
	shown   Result
}

// newPiling begins on a text in which one person is named n times, and another once at its end.
func newPiling(n int) *piling {
	text, l, _ := crowded(n, 1)
	text += "Marta Berg was not there."
	last := annotate.Entity{ID: idAt(1), Type: annotate.Person, Name: "Marta Berg"}
	last.Mentions = append(last.Mentions, found(annotate.Person, annotate.Name, at(text, "Marta Berg", 0)))
	l.Entities = append(l.Entities, last)
	p := &piling{text: text, machine: l, ids: IDs{Random: rand.NewChaCha8([32]byte{3})}}
	p.draft = Anchoring{}.Draft(text, l, nil)
	p.shown = p.draft.Result()
	return p
}

// decide makes a decision on words, of which to may be empty.
func (p *piling) decide(v annotate.Verb, words, to, value string) {
	d := annotate.Decision{Verb: v, Kind: annotate.OfMention, Value: value, Target: Anchor(p.text, at(p.text, words, 0))}
	if to != "" {
		d.To = Anchor(p.text, at(p.text, to, 0))
	}
	p.sign(d)
}

// turn takes back a step, counted from the last, or does it again.
func (p *piling) turn(v annotate.Verb, back int) {
	p.sign(annotate.Decision{Verb: v, Value: p.log[len(p.log)-1-back].ID})
}

func (p *piling) sign(d annotate.Decision) {
	d.ID, d.Who = p.ids.Next(time.UnixMilli(1.7e12)), "ann"
	d.Step = d.ID
	p.log = append(p.log, d)
	p.draft, p.shown = p.draft.With(&p.shown, []annotate.Decision{d}, p.log)
}

// check fails unless the draft says what the log says from its beginning.
func (p *piling) check(t *testing.T, what string) {
	t.Helper()
	if full := Apply(p.text, p.machine, p.log); !reflect.DeepEqual(p.shown, full) {
		t.Fatalf("%s: %s", what, differ(p.text, p.shown, full))
	}
}

// piles are decisions that pile up on few names: the i-th.
var piles = map[string]func(p *piling, i int){
	"notes": func(p *piling, i int) { p.decide(annotate.Note, "Quill0", "", fmt.Sprint("note ", i)) },
	"tags":  func(p *piling, i int) { p.decide(annotate.Tag, "Quill0", "", fmt.Sprint("tag ", i)) },
	"notes whose name has other ends again and again": func(p *piling, i int) {
		words := []string{"Marta Berg", "Marta Berg was"}
		if i < 800 {
			p.decide(annotate.Note, words[0], "", fmt.Sprint("note ", i))
			return
		}
		p.decide(annotate.Respan, words[i%2], words[1-i%2], "")
	},
	"notes that two names have in turn": func(p *piling, i int) {
		words := []string{"Marta Berg", "Marta Berg was"}
		if i%2 == 0 {
			p.decide(annotate.Note, words[i/2%2], "", fmt.Sprint("note ", i))
			return
		}
		p.decide(annotate.Respan, words[i/2%2], words[1-i/2%2], "")
	},
	"merges and splits": func(p *piling, i int) {
		if i%2 == 0 {
			p.decide(annotate.Merge, "Quill0", "Marta Berg", "")
			return
		}
		p.decide(annotate.Split, "Marta Berg", "", "")
	},
	"names": func(p *piling, i int) { p.decide(annotate.Rename, "Quill0", "", fmt.Sprint("Quill ", i)) },
}

// What a draft holds grows with its log alone, however many decisions are about the same few names, and however many mentions
// those have.
func TestPiledIsLinear(t *testing.T) {
	const most = 12 << 10 // bytes of a decision; 25,000 to 51,000 where a step held what was there before it
	for what, decide := range piles {
		p := newPiling(500)
		before := held()
		for i := range 2500 {
			decide(p, i)
		}
		each := (held() - before) / len(p.log)
		if each > most {
			t.Errorf("%s: %d bytes a decision", what, each)
		}
		for back := range 3 {
			p.turn(annotate.Undo, 2*back)
			p.check(t, what)
		}
	}
}

// held returns the bytes on the heap that something refers to.
func held() int {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// Notes that are added, removed, and moved with their name to where others are or are not come back by undo.
func TestNotesComeBack(t *testing.T) {
	t.Parallel()
	words := []string{"Marta Berg", "Marta Berg was", "Berg", "Quill0"}
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 5))
		p := newPiling(2)
		for range 40 {
			on, to := words[r.IntN(4)], words[r.IntN(4)]
			switch r.IntN(8) {
			case 0, 1, 2:
				p.decide([]annotate.Verb{annotate.Note, annotate.Tag}[r.IntN(2)], on, "", []string{"ask", "see", annotate.Highlight}[r.IntN(3)])
			case 3:
				p.decide(annotate.Erase, on, "", []string{"ask", "see", ""}[r.IntN(3)])
			case 4, 5:
				p.decide(annotate.Respan, on, to, "")
			default:
				if n := len(p.log); n > 0 {
					p.turn([]annotate.Verb{annotate.Undo, annotate.Undo, annotate.Redo}[r.IntN(3)], r.IntN(min(n, 12)))
				}
			}
			p.check(t, fmt.Sprint("seed ", seed))
		}
	}
}
