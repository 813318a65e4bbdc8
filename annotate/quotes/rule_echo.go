package quotes

import "strings"

// echoed gives marked words of a headline to the speaker of the quote that holds them:
// Sale ‘inevitable’ over “The sale was inevitable,” Quill said. Some words in lower case
// that no quote has are nobody's.
func (r *run) echoed() {
	end := r.head().End
	for i := 0; i < len(r.marked) && r.marked[i].a < end; i++ {
		l := r.lookAt(i)
		if r.claims[i].found() && r.claims[i].rule != &nobody || !l.letters || l.words > 12 {
			continue
		}
		words := strings.Trim(strings.ToLower(r.marked[i].In(r.d.Text)), "\"'“”‘’«»„, ")
		for k := i + 1; k < min(len(r.marked), i+100); k++ {
			c := &r.claims[k]
			if c.found() && c.rule != &nobody && strings.Contains(strings.ToLower(r.marked[k].In(r.d.Text)), words) {
				r.claims[i] = claim{who: subject{entity: c.who.entity}, rule: &echo}
				break
			}
		}
		if !r.claims[i].found() && r.titleEnd == 0 && l.words > 1 && !l.capital && !r.announced(i) {
			r.claims[i] = claim{who: subject{entity: -1}, rule: &echo}
		}
	}
}
