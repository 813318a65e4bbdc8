package reader

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
	"byline/ui"
	"byline/ui/session"
)

// history words what people decided, in the list of decisions and in the explanation of a claim.
type history struct {
	*Screen
	all  []session.Choice // of the list, whatever it is narrowed to
	kind kind             // that it is narrowed to
}

// did says what a verb did, with what it takes: "attributed to %s".
var did = map[annotate.Verb]string{
	annotate.Confirm: "confirmed", annotate.Reject: "rejected", annotate.Relabel: "tagged as %s", annotate.Add: "added as %s",
	annotate.Respan: "moved to “%s”", annotate.Merge: "merged with %s", annotate.Split: "split off", annotate.Rename: "renamed to %s",
	annotate.Attribute: "attributed to %s", annotate.Cue: "set reporting verb “%s”", annotate.Note: "added note: %s", annotate.Tag: "tagged “%s”", annotate.Erase: "removed the note", annotate.Drop: "dropped from the list",
	annotate.Done: "marked the article as done in the set “%s”", annotate.Reopen: "marked the article as not done in the set “%s”",
}

// didSign says what was done with a sign that is stored as a tag.
var didSign = map[annotate.Verb]map[string]string{
	annotate.Tag:   {annotate.Highlight: "highlighted", "question": "flagged"},
	annotate.Erase: {annotate.Highlight: "removed the highlight", "question": "removed the flag", "": "removed all notes"},
}

// without says what a verb did that takes nothing.
var without = map[annotate.Verb]string{annotate.Attribute: "left unattributed", annotate.Cue: "cleared the reporting verb",
	annotate.Done: "marked the article as done", annotate.Reopen: "marked the article as not done"}

// signs are those of the verbs that have one in the panel.
var signs = map[annotate.Verb]string{annotate.Confirm: "●", annotate.Reject: "✗", annotate.Note: "✎"}

// verbWords says what an event did, the verb first, but not to what.
func verbWords(e *review.Event) string {
	words, ok := did[e.Verb]
	switch {
	case didSign[e.Verb][e.About] != "":
		return didSign[e.Verb][e.About]
	case !ok:
		return string(e.Verb)
	case e.About == "" && without[e.Verb] != "":
		return without[e.Verb]
	case !strings.Contains(words, "%s"):
		return words
	}
	about := e.About
	if strings.Contains(words, "“%s”") {
		about = strings.Trim(about, englishMarks)
	}
	return fmt.Sprintf(words, about)
}

// lostWords says what was decided where, of a decision whose words are gone: "tagged as place · “Halden”".
func lostWords(d *annotate.Decision) string {
	e := review.Event{Verb: d.Verb, About: short(session.OneLine(cmp.Or(d.To.Exact, d.Value)))}
	return verbWords(&e) + " · “" + short(session.OneLine(strings.Trim(d.Target.Exact, englishMarks))) + "”"
}

// A kind is what a decision is about, as the list is narrowed to it.
type kind uint8

const (
	allKinds kind = iota
	onNames
	onQuotes
	notes
)

// kindNames name the kinds, in the order of the key for the next.
var kindNames = [...]string{allKinds: "all", onNames: "names", onQuotes: "quotes", notes: "notes and flags"}

func kindOf(e *review.Event) kind {
	switch {
	case e.Verb == annotate.Note || e.Verb == annotate.Tag || e.Verb == annotate.Erase:
		return notes
	case len(e.Targets) > 0 && e.Targets[0].Kind == annotate.OfQuote:
		return onQuotes
	}
	return onNames
}

// line is the line of a decision in the list: "✗ rejected · quote “never directly…””.
func (h history) line(c session.Choice) ui.Choice {
	e := c.Event
	ch := ui.Choice{Label: e.Did, Detail: fmt.Sprintf("%s, %s", e.Who, moment(e.At, now(h.Screen))), Do: h.later(c.Do), Also: []string{kindNames[kindOf(e)]}}
	if e.Verb != "" {
		sign := signs[e.Verb]
		if sign == "" {
			sign = "·"
		}
		on := "“" + short(session.OneLine(strings.Trim(e.Words, englishMarks))) + "”"
		if kindOf(e) == onQuotes {
			on = "quote " + on
		}
		switch ch.Label = sign + " " + verbWords(e) + " · " + on; {
		case e.Verb == annotate.Note: // the note may be longer than the line
			ch.Label = sign + " note on " + on + ": " + e.About
		case e.Words == "" && len(e.Targets) > 0 && e.Targets[0].Empty(): // about the article
			ch.Label = sign + " " + verbWords(e)
		}
		if n := len(e.Targets); n > 1 && e.Verb != annotate.Respan {
			ch.Label += fmt.Sprintf(" ×%d", n)
		}
	}
	if e.Undone {
		ch.Detail = "undone · " + ch.Detail
	}
	return ch
}

// ways are what can be done with a decision of the list beside going there.
func (h history) ways(q *session.Question) []ui.Way {
	return []ui.Way{
		{Key: "ctrl+x", Short: "undo this", Do: func(at int) tea.Cmd { return h.undo(q.Choices[at].Event) }},
		{Key: "ctrl+f", Short: "show " + kindNames[(h.kind+1)%kind(len(kindNames))], Do: func(int) tea.Cmd { return h.narrow(q) }},
	}
}

// undo takes back one decision, whatever came after it.
func (h history) undo(e *review.Event) tea.Cmd {
	switch {
	case e.Undone:
		return ui.Tell("Already undone")
	case e.Who != h.svc.Workspace.Who():
		return ui.Tell("Only " + e.Who + " can undo this decision")
	}
	return h.later(session.Action{Name: session.Decide, Edit: review.Edit{Verb: annotate.Undo, Value: e.ID}})
}

// narrow shows the list with the decisions of the next kind that there are any of.
func (h history) narrow(q *session.Question) tea.Cmd {
	for next := h.kind + 1; ; next++ {
		h.kind = next % kind(len(kindNames))
		of := *q
		of.Choices = slices.DeleteFunc(slices.Clone(h.all), func(c session.Choice) bool { return h.kind != allKinds && kindOf(c.Event) != h.kind })
		if len(of.Choices) > 0 {
			msg := (&asker{h.Screen}).chooser(&of)
			msg.Ways = h.ways(&of)
			return ui.Send(msg)
		}
	}
}

// moment says when something was, as briefly as is clear at now, in the zone of now.
func moment(at, now time.Time) string {
	at = at.In(now.Location())
	switch {
	case at.Year() != now.Year():
		return at.Format("2 Jan 2006")
	case at.YearDay() != now.YearDay():
		return articles.Moment(at, "2 Jan 15:04", now.Location())
	}
	return articles.Moment(at, "15:04", now.Location())
}

// now returns the time, in the zone that the workspace says.
func now(s *Screen) time.Time {
	if w, ok := s.svc.Workspace.(interface{ Zone() *time.Location }); ok {
		return time.Now().In(w.Zone())
	}
	return time.Now()
}
