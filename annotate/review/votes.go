package review

import (
	"slices"

	"byline/annotate"
)

// vote records that a person gave m the type typ.
func (w *state) vote(m *mention, typ annotate.Type) {
	e := m.entity
	if m.voted {
		e.unvote(m.Type)
	}
	m.Type, m.voted = typ, true
	i := slices.IndexFunc(e.votes, func(v vote) bool { return v.Type == typ })
	if i < 0 {
		i = len(e.votes)
		e.votes = append(e.votes, vote{Type: typ})
	}
	e.votes[i].n++
	e.votes[i].voters = append(e.votes[i].voters, m)
	for k := range e.votes {
		e.votes[k].last--
	}
	e.votes[i].last = 0
	e.elect()
	w.unsettled = append(w.unsettled, e)
}

// unvote removes a vote for typ.
func (e *entity) unvote(typ annotate.Type) {
	for i := range e.votes {
		if e.votes[i].Type == typ {
			e.votes[i].n--
		}
	}
	e.votes = slices.DeleteFunc(e.votes, func(v vote) bool { return v.n == 0 })
	e.elect()
}

// elect gives e the type with the most votes. The latest vote decides a tie.
func (e *entity) elect() {
	best := vote{}
	for _, v := range e.votes {
		if v.n > best.n || v.n == best.n && v.last > best.last {
			best = v
		}
	}
	e.Type = e.first
	if best.n > 0 {
		e.Type = best.Type
	}
}

// settle ends a step: mentions with another type than their entity leave for an entity
// of their type.
func (w *state) settle() {
	for _, e := range w.unsettled {
		if len(e.votes) > 1 {
			w.part(e)
		}
		e.alone = false
	}
	w.unsettled = w.unsettled[:0]
}

// part moves the mentions of e that people gave another type to entities of that type.
func (w *state) part(e *entity) {
	for _, v := range slices.Clone(e.votes) {
		if v.Type == e.Type {
			continue
		}
		var other *entity
		for _, m := range v.voters {
			if m.entity != e || !m.voted || m.Type != v.Type {
				continue
			}
			if other == nil {
				other = w.newEntity(v.Type, e.Origin)
			}
			w.move(m, other)
		}
	}
}
