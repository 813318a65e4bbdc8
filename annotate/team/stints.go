package team

import (
	"cmp"
	"slices"
)

// past is what was with the articles of a set.
type past struct {
	stints   map[string][]stint // by article, in the order in which they began
	reopened map[string]bool    // articles that are blind no more
	bared    string             // the ID of the last event by which nothing was blind; empty if there was none
	sealing  string             // that of the first after it by which something was again; empty if there was none, as before it
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

// Dealt reports whether an article was ever assigned to somebody in the set.
func (s *Set) Dealt(article string) bool { return len(s.stints[article]) > 0 }

// Reopened returns the articles that were reopened, sorted.
func (s *Set) Reopened() []string { return sortedKeys(s.reopened) }

// keeps reports whether what somebody who annotated an article decides on it after they are done is no part of their reading: they
// annotated it blind, and the set is still blind.
func (s *Set) keeps(article, who string) bool {
	_, in := slices.BinarySearch(s.Articles, article)
	return in && s.Terms.Blind && !s.Retired && !s.reopened[article] &&
		slices.ContainsFunc(s.stints[article], func(t stint) bool { return t.blind && t.who == who })
}

// A Spell is a time in which somebody was done with an article in a set, by IDs of decisions.
type Spell struct {
	By   string // says that it is done
	From string // with which the time begins: By or, where that was taken back, what did it again
	To   string // with which it ends; empty while it lasts
}

// Spells returns the times in which somebody was done with an article in a set, by the log of the article, in their order.
type Spells func(set, who string) []Spell

// doneAt returns the decision by which somebody was done at the moment of an event or decision; empty if they were not.
func doneAt(all []Spell, moment string) string {
	for _, x := range all {
		if x.From <= moment && (x.To == "" || x.To > moment) {
			return x.By
		}
	}
	return ""
}

// doneNow returns the decision by which somebody is done; empty if they are not.
func doneNow(all []Spell) string {
	if n := len(all); n > 0 && all[n-1].To == "" {
		return all[n-1].By
	}
	return ""
}

// Until returns the ID of the decision by which somebody finished an article that they annotated blind: their reading of it ends there.
// It is that by which they were done when they could see first what others decided ([State.Opened]), whatever they marked later and in whichever
// copy, and otherwise the last. It is empty where their reading does not end: of whoever was not done then and is not, and of all once
// the article was reopened or the set is not blind any more.
func (s *State) Until(article, who string, spells Spells) string {
	kept, last := false, ""
	for _, x := range s.Sets {
		id, keeps := doneNow(spells(x.Name, who)), x.keeps(article, who)
		if keeps {
			id = cmp.Or(x.opened(article, who, spells), id)
		}
		if id == "" && slices.Contains(x.Assigned(article), who) {
			return ""
		}
		kept = kept || id != "" && keeps
		last = max(last, id)
	}
	if !kept {
		return ""
	}
	return last
}

// Opened reports whether somebody who was done with an article that they annotate blind could see then what others decided: all to whom
// it was assigned were done. Then they stay done.
func (s *State) Opened(article, who string, spells Spells) bool {
	return slices.ContainsFunc(s.Sets, func(x *Set) bool { return x.keeps(article, who) && x.opened(article, who, spells) != "" })
}

// A Keeping says that somebody stays done with an article in a set, whatever they took back later.
type Keeping struct{ Set, Who, By string }

// Kept returns who could see at some time what others decided on an article that they annotated blind, with the decisions by which they were done
// then.
func (s *State) Kept(article string, spells Spells) (out []Keeping) {
	for _, x := range s.Sets {
		var seen []string
		for _, t := range x.stints[article] {
			if slices.Contains(seen, t.who) || !x.keeps(article, t.who) {
				continue
			}
			seen = append(seen, t.who)
			if by := x.opened(article, t.who, spells); by != "" {
				out = append(out, Keeping{x.Name, t.who, by})
			}
		}
	}
	return out
}

// opened returns the decision by which somebody was done with an article at the first moment at which they could see what others decided;
// empty if there was none. Moments are events and decisions in the order of their IDs.
func (s *Set) opened(article, who string, spells Spells) string {
	all := s.stints[article]
	moments := []string{s.sealing}
	for _, t := range all {
		moments = append(moments, t.to)
		for _, x := range spells(s.Name, t.who) {
			moments = append(moments, x.From)
		}
	}
	slices.Sort(moments)
	for _, m := range slices.Compact(moments) {
		if m == "" || m < s.sealing {
			continue
		}
		by := doneAt(spells(s.Name, who), m)
		if by == "" {
			continue
		}
		if n, all := s.allDone(article, "", m, spells); all && n > 1 || m == s.sealing && by < s.bared {
			return by
		}
	}
	return ""
}

// allDone reports whether all but one were done at a moment to whom an article was assigned then, and returns how many people had had it.
func (s *Set) allDone(article, but, moment string, spells Spells) (n int, all bool) {
	people := map[string]bool{}
	for _, t := range s.stints[article] {
		done := doneAt(spells(s.Name, t.who), moment) != ""
		if t.who == but || t.from > moment && !done { // whoever is done had it, whatever the clocks say
			continue
		}
		people[t.who] = true
		if !done && (t.to == "" || t.to > moment) {
			return 0, false
		}
	}
	return len(people), true
}

// Foreseen reports whether an article was open to somebody who annotates it blind when it was assigned to them or before: others were done
// with it, and nobody else who had it was not.
func (s *Set) Foreseen(article, who string, spells Spells) bool {
	return !s.reopened[article] && slices.ContainsFunc(s.stints[article], func(t stint) bool {
		return t.blind && t.who == who && doneAt(spells(s.Name, who), t.from) == "" && s.openBefore(article, who, t.from, spells)
	})
}

// Open reports whether somebody could see by now what others decided on an article of the set with which they were done.
func (s *Set) Open(article, who string, spells Spells) bool {
	return s.openBefore(article, who, "\U0010ffff", spells)
}

// openBefore reports whether what others decided on an article could be seen at a moment or before it.
func (s *Set) openBefore(article, who, moment string, spells Spells) bool {
	for _, t := range s.stints[article] {
		if t.who == who {
			continue
		}
		for _, x := range spells(s.Name, t.who) {
			if _, all := s.allDone(article, who, x.From, spells); all && x.From <= moment {
				return true
			}
		}
		if _, all := s.allDone(article, who, t.to, spells); all && t.to != "" && t.to <= moment && s.someDone(article, who, t.to, spells) {
			return true
		}
	}
	return false
}

// someDone reports whether somebody but one was done with an article at a moment.
func (s *Set) someDone(article, but, moment string, spells Spells) bool {
	return slices.ContainsFunc(s.stints[article], func(t stint) bool {
		return t.who != but && doneAt(spells(s.Name, t.who), moment) != ""
	})
}

// bare notes that nothing of the set is blind by an event.
func (s *Set) bare(e *Event) { s.bared, s.sealing = e.ID, "" }

// seal notes that the set is blind by an event. What was decided while it was not, nobody decided blind, and may have taken back.
func (s *Set) seal(e *Event) {
	if s.bared != "" && s.sealing == "" {
		s.sealing = e.ID
	}
}

// reopen notes that articles are blind no more, though they are assigned.
func (s *Set) reopen(e *Event) {
	for _, id := range e.Articles {
		s.reopened[id] = true
	}
}
