package team

import (
	"slices"
)

// past is what was with the articles of a set.
type past struct {
	stints   map[string][]stint // by article, in the order in which they began
	reopened map[string]bool    // articles that are blind no more
	bared    string             // the ID of the last event by which nothing was blind; empty if there was none
}

// A stint is a time in which an article is assigned to somebody.
type stint struct {
	who      string
	from, to string // the IDs of the events that began and ended it; to is empty while it lasts
	blind    bool   // the terms were, at some time
}

// begin notes that an article is assigned to somebody by an event.
func (s *Set) begin(article, who string, e *Event) {
	s.stints[article] = append(s.stints[article], stint{who: who, from: e.ID})
}

// end notes that an article is taken back from people by an event, or from everybody if there are none.
func (s *Set) end(article string, e *Event, who []string) {
	for i := range s.stints[article] {
		if x := &s.stints[article][i]; x.to == "" && (len(who) == 0 || slices.Contains(who, x.who)) {
			x.to = e.ID
		}
	}
}

// blinded notes that what is assigned is annotated blind.
func (s *Set) blinded() {
	for _, all := range s.stints {
		for i := range all {
			all[i].blind = all[i].blind || all[i].to == ""
		}
	}
}

// Had reports whether an article was ever assigned to somebody in one of the sets.
func (s *State) Had(article, who string) bool {
	return slices.ContainsFunc(s.Sets, func(x *Set) bool {
		return slices.ContainsFunc(x.stints[article], func(t stint) bool { return t.who == who })
	})
}

// Reopened returns the articles that were reopened, sorted.
func (s *Set) Reopened() []string { return sortedKeys(s.reopened) }

// keeps reports whether what somebody who annotated an article decides on it after they are done is no part of their reading: they
// annotated it blind, and the set is still blind.
func (s *Set) keeps(article, who string) bool {
	_, in := slices.BinarySearch(s.Articles, article)
	return in && s.Terms.Blind && !s.Retired && !s.reopened[article] &&
		slices.ContainsFunc(s.stints[article], func(t stint) bool { return t.blind && t.who == who })
}

// Until returns the ID of the decision by which somebody finished an article that they annotated blind: their reading of it ends there,
// since they may have seen then what others decided. It is empty where their reading does not end: of whoever is not done, and
// of all once the article was reopened or the set is not blind any more.
func (s *State) Until(article, who string, done Done) string {
	kept, last := false, ""
	for _, x := range s.Sets {
		id := done(x.Name, who)
		if id == "" && slices.Contains(x.Assigned(article), who) {
			return ""
		}
		kept = kept || id != "" && x.keeps(article, who)
		last = max(last, id)
	}
	if !kept {
		return ""
	}
	return last
}

// Opened reports whether somebody who is done with an article that they annotated blind could see at some time since what
// others decided: all to whom it was assigned then were done. Then they stay done.
func (s *State) Opened(article, who string, done Done) bool {
	return slices.ContainsFunc(s.Sets, func(x *Set) bool {
		by := done(x.Name, who)
		return by != "" && x.keeps(article, who) && x.openedAfter(article, by, func(who string) string { return done(x.Name, who) })
	})
}

// openedAfter reports whether there was a moment, not before the event or decision with an ID, at which everybody was done to whom an
// article was assigned, of several people who had it.
func (s *Set) openedAfter(article, id string, done func(who string) string) bool {
	if s.bared > id {
		return true
	}
	all := s.stints[article]
	moments := []string{id}
	for _, t := range all {
		moments = append(moments, done(t.who), t.to)
	}
	return slices.ContainsFunc(moments, func(m string) bool {
		if m == "" || m < id {
			return false
		}
		people := map[string]bool{}
		for _, t := range all {
			d := done(t.who)
			is := d != "" && d <= m
			if t.from > m && !is { // whoever is done had it, whatever the clocks say
				continue
			}
			people[t.who] = true
			if !is && (t.to == "" || t.to > m) {
				return false
			}
		}
		return len(people) > 1
	})
}

// bare notes that nothing of the set is blind by an event.
func (s *Set) bare(e *Event) { s.bared = e.ID }

// reopen notes that articles are blind no more, though they are assigned.
func (s *Set) reopen(e *Event) {
	for _, id := range e.Articles {
		s.reopened[id] = true
	}
}
