package session

// A Trail is where a reader has been and what they marked. It may outlast a session:
// places know their article.
type Trail struct {
	past, future []Place
	marks        map[string]Place
}

// maxJumps bounds the list of jumps.
const maxJumps = 100

// leave remembers p as the place that a jump leaves.
func (t *Trail) leave(p Place) {
	t.past = append(t.past, p)
	if len(t.past) > maxJumps {
		t.past = t.past[1:]
	}
	t.future = nil
}

// Marks returns the places that have names.
func (t *Trail) Marks() map[string]Place { return t.marks }

// walkTrail goes to the last place of from and remembers the one left in to.
func walkTrail(s *Session, from, to *[]Place, none Reason) Effect {
	last := len(*from) - 1
	if last < 0 {
		return Effect{None: none}
	}
	p := (*from)[last]
	*from, *to = (*from)[:last], append(*to, here(s))
	return Effect{Show: &p}
}

func setMark(s *Session, name string) Effect {
	if name == "" {
		return Effect{Asks: &Question{Topic: AskMark, Reply: Action{Name: nameSetMark}}}
	}
	if s.trail.marks == nil {
		s.trail.marks = map[string]Place{}
	}
	s.trail.marks[name] = here(s)
	return Effect{Marked: name}
}

func goToMark(s *Session, name string) Effect {
	if name == "" {
		return Effect{Asks: &Question{Topic: AskGoMark, Reply: Action{Name: GoToMark}}}
	}
	p, ok := s.trail.marks[name]
	if !ok {
		return Effect{None: noMark, About: name}
	}
	s.Leave()
	return Effect{Show: &p}
}
