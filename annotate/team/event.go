package team

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"byline/articles/clean"
)

// A Verb says what an event does; see the package comment.
type Verb string

// The verbs of the events.
const (
	Create    Verb = "create"
	Exclude   Verb = "exclude"
	Join      Verb = "join"
	Leave     Verb = "leave"
	Assign    Verb = "assign"
	Withdraw  Verb = "withdraw"
	Reopen    Verb = "reopen"
	Guide     Verb = "guidelines"
	SetLabels Verb = "labels"
	Retire    Verb = "retire"
)

// An Event is one entry of the log of a team.
type Event struct {
	ID       string // a ULID: unique over machines and time; sorts by the time it was made
	At       time.Time
	Who      string
	Verb     Verb
	Set      string
	Value    string
	Articles []string
	Members  []string
	Terms    Terms
	Deal     map[string][]string // articles by person
	Labels   []Label

	rest map[string]json.RawMessage // fields that this version does not know
}

// format is the version of the format of events.
const format = 1

// eventJSON is an event as a line of JSON. The names of its fields are a contract. Empty fields are omitted.
type eventJSON struct {
	Team     int                 `json:"team"`
	ID       string              `json:"id"`
	At       time.Time           `json:"at,omitzero"`
	Who      string              `json:"who,omitempty"`
	Verb     Verb                `json:"verb"`
	Set      string              `json:"set,omitempty"`
	Value    string              `json:"value,omitempty"`
	Articles []string            `json:"articles,omitempty"`
	Members  []string            `json:"members,omitempty"`
	Terms    Terms               `json:"terms,omitzero"`
	Deal     map[string][]string `json:"deal,omitempty"`
	Labels   []Label             `json:"labels,omitempty"`
}

// known are the names of the fields of eventJSON.
var known = []string{"team", "id", "at", "who", "verb", "set", "value", "articles", "members", "terms", "deal", "labels"}

// Encode returns e as one line of JSON without a newline: the fields that this version knows in a fixed order, then
// those that it does not know, by name. The same event is the same bytes everywhere.
func Encode(e Event) ([]byte, error) {
	at := e.At
	if !at.IsZero() {
		at = at.UTC()
	}
	line, err := compact(eventJSON{format, e.ID, at, e.Who, e.Verb, e.Set, e.Value, e.Articles, e.Members, e.Terms, e.Deal, e.Labels})
	if err != nil {
		return nil, fmt.Errorf("encode the event %s: %w", e.ID, err)
	}
	if len(e.rest) == 0 {
		return line, nil
	}
	more, err := compact(e.rest)
	if err != nil {
		return nil, fmt.Errorf("encode the event %s: %w", e.ID, err)
	}
	return append(append(line[:len(line)-1], ','), more[1:]...), nil
}

func compact(x any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(x); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// Decode reads a line that [Encode] wrote, or somebody else: its strings are made printable, as [clean.Line] and, for
// guidelines, [clean.String] do. Unknown verbs and fields are not errors, and are kept.
func Decode(line []byte) (Event, error) {
	var j eventJSON
	if err := json.Unmarshal(line, &j); err != nil {
		return Event{}, fmt.Errorf("decode an event: %w", err)
	}
	if j.ID == "" || j.Verb == "" {
		return Event{}, fmt.Errorf("decode an event: it has no id or no verb")
	}
	rest := map[string]json.RawMessage{}
	if err := json.Unmarshal(line, &rest); err != nil {
		return Event{}, fmt.Errorf("decode an event: %w", err)
	}
	maps.DeleteFunc(rest, func(name string, _ json.RawMessage) bool {
		return slices.ContainsFunc(known, func(k string) bool { return strings.EqualFold(k, name) })
	})
	if len(rest) == 0 {
		rest = nil
	}
	e := Event{ID: clean.Line(j.ID), At: j.At, Who: clean.Line(j.Who), Verb: Verb(clean.Line(string(j.Verb))), Set: clean.Line(j.Set),
		Value: clean.String(j.Value), Articles: lines(j.Articles), Members: lines(j.Members), Terms: j.Terms.clean(), rest: rest}
	for _, who := range sortedKeys(j.Deal) {
		if e.Deal == nil {
			e.Deal = map[string][]string{}
		}
		e.Deal[clean.Line(who)] = lines(j.Deal[who])
	}
	for _, l := range j.Labels {
		e.Labels = append(e.Labels, Label{clean.Line(l.Name), clean.Line(l.Key)})
	}
	return e, nil
}

func lines(all []string) []string {
	for i, s := range all {
		all[i] = clean.Line(s)
	}
	return all
}

// Unique returns events sorted by ID, of several with one ID the one whose encoding sorts first.
func Unique(events []Event) []Event {
	out := slices.Clone(events)
	slices.SortStableFunc(out, func(a, b Event) int {
		if c := cmp.Compare(a.ID, b.ID); c != 0 {
			return c
		}
		x, _ := Encode(a) // fails only for a share that is no number, which Decode lets nobody have
		y, _ := Encode(b)
		return bytes.Compare(x, y)
	})
	return slices.CompactFunc(out, func(a, b Event) bool { return a.ID == b.ID })
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// Fault says what is wrong with the line of an event, which is kept beside its ID, its time and the name of who recorded it; empty if
// nothing is. Newer says that nothing is but what this byline does not know, as where a newer one wrote it.
func Fault(line []byte, id, who string, at time.Time) (wrong string, newer bool) {
	e, err := Decode(line)
	switch {
	case err != nil:
		return "it cannot be read", false
	case e.ID != clean.Line(id):
		return fmt.Sprintf("it has the ID of another, “%.40s”", e.ID), false
	case e.Who != clean.Line(who):
		return fmt.Sprintf("it is signed by another, “%.40s”", e.Who), false
	case !at.IsZero() && e.At.UnixMilli() != at.UnixMilli(), at.IsZero() && !e.At.IsZero():
		return "its time is another", false
	case verbs[e.Verb] == nil:
		return fmt.Sprintf("this byline does not know its verb, “%.40s”", e.Verb), true
	case e.Set == "":
		return "it is about no set", false
	case len(e.rest) > 0:
		return "it has a field that this byline does not know", true
	}
	return "", false
}
