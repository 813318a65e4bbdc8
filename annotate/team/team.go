// Package team holds who reads which articles, when several people annotate a library: sets of articles, their
// members, what is assigned to whom, their guidelines and labels. It decides nothing about any article: what people
// decide, and that they are done, is in the log of each article (see package review).
//
// # A log of events
//
// All of it is a log of events that only grows. [StateOf] is a pure function of a set of events: they are sorted by ID,
// duplicates count once, and two logs merged in either order mean the same. An event of a verb that this version does
// not know has no effect; it stays in the log, and so do fields that it does not know.
//
// An event of the verb assign holds the deal itself, article by article, besides the terms that it was made by. So
// nobody is moved by an event that arrives late, and whoever has begun an article keeps it. The deal is a function of
// the set, its seed and the IDs of its articles ([Set.Deal]): made twice it is the same, and a new annotator only adds
// to it.
//
// # Blind annotation
//
// In a set with blind terms an article is sealed until everybody to whom it is assigned there has marked it as done:
// until then everybody but curators of the set, or whoever created it if it has none, sees of it what machines found and
// what they decided themselves. Only these change the set. Whoever is done with such an article has made their reading of it: what they
// decide once they could see what others decided is no part of it, though they mark it as done again elsewhere, unless these reopen it. See [State.Sealed], [State.Hides],
// [State.Until] and [State.Allow].
//
// # The events outside the program
//
// [Encode] writes one event a line as a JSON object. The names of the fields are a contract; later versions may add
// some:
//
//	{"team":1,"id":"01K0A","at":"2026-11-23T14:05:00Z","who":"carl","verb":"create","set":"May","value":"tag:may","articles":["5d1c…","77ab…"]}
//	{"team":1,"id":"01K0B","at":"2026-11-23T14:05:10Z","who":"carl","verb":"join","set":"May","members":["ann","bob"]}
//	{"team":1,"id":"01K0C","at":"2026-11-23T14:06:00Z","who":"carl","verb":"assign","set":"May","terms":{"each":2,"overlap":0.2,"seed":7,"blind":true},"deal":{"ann":["5d1c…"],"bob":["5d1c…","77ab…"]}}
//
// They mean:
//
//	team        the version of this format, 1
//	id          of the event, a ULID; events take effect in the order of their IDs
//	at, who     when, RFC 3339 in UTC, and by whom
//	verb        what was done; see below
//	set         the name of the set
//	value       what the verb takes: a query, a role, a text
//	articles    IDs of articles
//	members     names of people, as they sign decisions
//	terms       of assign; see [Terms]
//	deal        of assign: for each person the IDs of the articles
//	labels      of labels: {"name":"weapon","key":"1"}
//
// The verbs:
//
//	create      the set has the articles, which the query in value found; again, it has them besides those it had
//	exclude     the articles are not in the set, and nobody's, also where they are assigned later
//	join        the members belong to the set, in the role in value: "annotator", which may be left out, or "curator"
//	leave       they do not; what was assigned to them stays theirs until it is withdrawn
//	assign      articles are assigned, under the terms
//	withdraw    the articles, or all if there are none, are not assigned to the members
//	reopen      the articles are blind no more: their annotators may decide again, whoever is done
//	guidelines  the guidelines of the set are the text in value
//	labels      the labels of the set, with their keys
//	retire      the set is closed: nothing of it is assigned or blind any more, until it is created again
package team

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// The roles of members.
const (
	Annotator = "annotator" // articles are assigned to them
	Curator   = "curator"   // settles what annotators answered differently
)

// A Label is a type of the set's own, with the key that gives it.
type Label struct {
	Name string `json:"name"`
	Key  string `json:"key"`
}

// A Member is somebody who belongs to a set.
type Member struct{ Name, Role string }

// A Set is articles that a team works on.
type Set struct {
	Name       string
	Query      string    // that found its articles last
	By         string    // who created it
	At         time.Time // when
	Articles   []string  // IDs, sorted
	Members    []Member  // in the order of their names
	Terms      Terms     // of the last assignment; the seed is that of the first
	Guidelines string
	Labels     []Label
	Retired    bool

	assigned map[string][]string           // to whom, by article, in the order in which it was assigned
	hidden   map[string]map[string]float64 // by article and person, the share that was; see Hides
	past
	roles  map[string]string // of the members, by name, while the log is read
	seeded bool
}

// Assigned returns to whom an article is assigned, in the order in which it was; nobody, if it is not in the set.
func (s *Set) Assigned(article string) []string {
	if _, in := slices.BinarySearch(s.Articles, article); s.Retired || !in {
		return nil
	}
	return s.assigned[article]
}

// Of returns the articles that are assigned to somebody, in the order of the deal.
func (s *Set) Of(who string) []string {
	var out []string
	for _, id := range s.Articles {
		if slices.Contains(s.Assigned(id), who) {
			out = append(out, id)
		}
	}
	s.shuffle(out)
	return out
}

// Deals returns the articles that are assigned to each person, in the order of the deal.
func (s *Set) Deals() map[string][]string {
	out := map[string][]string{}
	for _, id := range s.Articles {
		for _, who := range s.Assigned(id) {
			out[who] = append(out[who], id)
		}
	}
	for _, ids := range out {
		s.shuffle(ids)
	}
	return out
}

// Role returns the role of a member; empty for whoever is none.
func (s *Set) Role(who string) string {
	i, ok := slices.BinarySearchFunc(s.Members, who, func(m Member, who string) int { return strings.Compare(m.Name, who) })
	if !ok {
		return ""
	}
	return s.Members[i].Role
}

// Annotators returns the names of the members who annotate, sorted.
func (s *Set) Annotators() []string {
	var out []string
	for _, m := range s.Members {
		if m.Role == Annotator {
			out = append(out, m.Name)
		}
	}
	return out
}

// State is what a log of events comes to.
type State struct {
	Sets []*Set // sorted by name
}

// Set returns the set with that name, or the only one whose name is the same but for case; nil if there is none.
func (s *State) Set(name string) *Set {
	names := make([]string, len(s.Sets))
	for i, x := range s.Sets {
		names[i] = x.Name
	}
	if i := slices.Index(names, Spelt(names, name)); i >= 0 {
		return s.Sets[i]
	}
	return nil
}

// Members returns the names of all members and of everybody to whom something is assigned, sorted.
func (s *State) Members() []string {
	var out []string
	for _, x := range s.Sets {
		for _, m := range x.Members {
			out = append(out, m.Name)
		}
		for _, who := range x.assigned {
			out = append(out, who...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Done returns the ID of the decision by which somebody has finished an article in a set, by the log of the article; empty if they have
// not.
type Done func(set, who string) (id string)

// Sealed reports whether an article is sealed: it is assigned in a set with blind terms, and somebody to whom it is
// has not finished it.
func (s *State) Sealed(article string, done Done) bool {
	return slices.ContainsFunc(s.Sets, func(x *Set) bool { return x.sealed(article, done) })
}

func (s *Set) sealed(article string, done Done) bool {
	return s.Terms.Blind && !s.reopened[article] && slices.ContainsFunc(s.Assigned(article), func(who string) bool { return done(s.Name, who) == "" })
}

// Hides reports whether who sees no decision of others on an article: it is sealed in a set that they do not lead, or
// annotate.
func (s *State) Hides(article, who string, done Done) bool {
	return slices.ContainsFunc(s.Sets, func(x *Set) bool {
		return x.sealed(article, done) && (!slices.Contains(x.Seers(), who) || slices.Contains(x.Assigned(article), who))
	})
}

// Seers returns who sees what is sealed in the set, unless it is assigned to them: those who lead it and do not annotate.
func (s *Set) Seers() []string {
	return slices.DeleteFunc(s.leaders(), func(who string) bool { return s.Role(who) == Annotator })
}

// leaders returns who decides on a set and sees what is sealed in it: its curators or, if it has none, whoever created it.
func (s *Set) leaders() []string {
	var out []string
	for _, m := range s.Members {
		if m.Role == Curator {
			out = append(out, m.Name)
		}
	}
	if len(out) == 0 {
		out = append(out, s.By)
	}
	return out
}

func (s *Set) leads(who string) bool { return slices.Contains(s.leaders(), who) }

// A LeadersError says that somebody wanted to change a blind set that others lead.
type LeadersError struct {
	Set     string
	Leaders []string
}

func (e *LeadersError) Error() string {
	return fmt.Sprintf("%s is blind: only %s may change it, so that nobody sees by that what is sealed; ask them, or sign with --who if that is you", e.Set, strings.Join(e.Leaders, ", "))
}

// Allow returns a [LeadersError] if who may not record e: a set that is blind is changed only by its curators or, if it has
// none, by whoever created it. Everybody may leave.
func (s *State) Allow(who string, e *Event) error {
	x := s.Set(e.Set)
	if x == nil || !x.Terms.Blind || x.Retired || x.leads(who) {
		return nil
	}
	if e.Verb == Leave && len(e.Members) == 1 && e.Members[0] == who {
		return nil
	}
	return &LeadersError{x.Name, x.leaders()}
}

// Assigned returns the sets in which an article is assigned to somebody.
func (s *State) Assigned(article, who string) (out []*Set) {
	for _, x := range s.Sets {
		if slices.Contains(x.Assigned(article), who) {
			out = append(out, x)
		}
	}
	return out
}

// Hiding returns the sets in which suggestions in an article are hidden from somebody, or were when it was assigned to them; see
// [Set.Hides].
func (s *State) Hiding(article, who string) (out []*Set) {
	for _, x := range s.Sets {
		if x.hidden[article][who] > 0 {
			out = append(out, x)
		}
	}
	return out
}

// HiddenFrom returns from whom suggestions in an article are hidden, or were when it was assigned to them, sorted.
func (s *State) HiddenFrom(article string) (out []string) {
	for _, x := range s.Sets {
		out = append(out, sortedKeys(x.hidden[article])...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// HidesFrom reports whether suggestions in an article of the set are hidden from somebody, or were when it was assigned to them.
func (s *Set) HidesFrom(who string) bool {
	for _, hidden := range s.hidden {
		if hidden[who] > 0 {
			return true
		}
	}
	return false
}

// HidesAs reports whether s hides the same suggestions in an article from the same people as o, which may be nil.
func (s *Set) HidesAs(o *Set, article string) bool {
	if o == nil {
		return len(s.hidden[article]) == 0
	}
	return maps.Equal(s.hidden[article], o.hidden[article]) && (s.Terms.Seed == o.Terms.Seed || len(s.hidden[article]) == 0)
}

// StateOf returns what a log of events comes to. Their order does not matter.
func StateOf(events []Event) *State {
	all := Unique(events)
	sets := map[string]*Set{}
	for i := range all {
		e := &all[i]
		do := verbs[e.Verb]
		if do == nil || e.Set == "" {
			continue
		}
		s := sets[e.Set]
		if s == nil {
			s = &Set{Name: e.Set, By: e.Who, At: e.At, assigned: map[string][]string{}, hidden: map[string]map[string]float64{},
				roles: map[string]string{}, past: past{stints: map[string][]stint{}, reopened: map[string]bool{}}}
			sets[e.Set] = s
		}
		do(s, e)
	}
	out := &State{}
	for _, s := range sets {
		for _, name := range sortedKeys(s.roles) {
			s.Members = append(s.Members, Member{name, s.roles[name]})
		}
		s.roles = nil
		out.Sets = append(out.Sets, s)
	}
	slices.SortFunc(out.Sets, func(a, b *Set) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// verbs are what events do to their sets. To add one, add a constant, a row here, and a line to the package comment.
var verbs = map[Verb]func(*Set, *Event){
	Create:   (*Set).create,
	Exclude:  (*Set).exclude,
	Join:     (*Set).join,
	Leave:    (*Set).leave,
	Assign:   (*Set).assign,
	Withdraw: (*Set).withdraw,
	Reopen:   (*Set).reopen,
	Guide:    func(s *Set, e *Event) { s.Guidelines = e.Value },
	SetLabels: func(s *Set, e *Event) {
		s.Labels = slices.Clone(e.Labels)
	},
	Retire: func(s *Set, e *Event) { s.Retired = true; s.bare(e) },
}

func (s *Set) create(e *Event) {
	s.Retired = false
	if s.Terms.Blind {
		s.seal(e)
	}
	s.Query = cmp.Or(e.Value, s.Query)
	fresh := slices.DeleteFunc(slices.Clone(e.Articles), func(id string) bool {
		_, had := slices.BinarySearch(s.Articles, id)
		return had
	})
	if len(fresh) == 0 {
		return
	}
	s.Articles = append(s.Articles, fresh...)
	slices.Sort(s.Articles)
	s.Articles = slices.Compact(s.Articles)
}

func (s *Set) exclude(e *Event) {
	s.Articles = slices.DeleteFunc(s.Articles, func(id string) bool { return slices.Contains(e.Articles, id) })
	for _, id := range e.Articles {
		delete(s.assigned, id)
		s.end(id, e, nil)
	}
}

func (s *Set) join(e *Event) {
	for _, name := range e.Members {
		s.roles[name] = cmp.Or(e.Value, Annotator)
	}
}

func (s *Set) leave(e *Event) {
	for _, name := range e.Members {
		delete(s.roles, name)
	}
}

func (s *Set) assign(e *Event) {
	seed := s.Terms.Seed
	if s.Terms = e.Terms; s.seeded {
		s.Terms.Seed = seed
	}
	s.seeded = true
	for _, who := range sortedKeys(e.Deal) {
		for _, id := range e.Deal[who] {
			if !slices.Contains(s.assigned[id], who) {
				s.assigned[id] = append(s.assigned[id], who)
				s.begin(id, who, e)
			}
		}
	}
	if e.Terms.Blind {
		s.blinded()
		if !s.Retired {
			s.seal(e)
		}
	} else {
		s.bare(e)
	}
	if e.Terms.Hidden > 0 {
		s.hide(e.Terms.Hidden)
	}
}

// hide notes that a share of the suggestions is hidden from everybody to whom something is assigned.
func (s *Set) hide(share float64) {
	for id, all := range s.assigned {
		if s.hidden[id] == nil {
			s.hidden[id] = map[string]float64{}
		}
		for _, who := range all {
			s.hidden[id][who] = max(s.hidden[id][who], share)
		}
	}
}

func (s *Set) withdraw(e *Event) {
	ids := e.Articles
	if len(ids) == 0 {
		ids = sortedKeys(s.assigned)
	}
	for _, id := range ids {
		s.assigned[id] = slices.DeleteFunc(s.assigned[id], func(who string) bool { return slices.Contains(e.Members, who) })
		s.end(id, e, e.Members)
	}
}
