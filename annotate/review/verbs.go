package review

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"byline/annotate"
	"byline/articles/clean"
)

// A verb describes one verb of the log. A verb about a claim has apply, target and say;
// a verb about a step, another decision or the whole article has edit.
type verb struct {
	// apply applies a decision to the layer.
	apply func(*state, *claim)
	// target writes the decisions that an edit makes about one target.
	target func(*step, Edit, Target)
	// edit writes the decisions of an edit without targets.
	edit func(*step, Edit)
	// say describes a decision in a few words, the verb first. what are the words of the target, if it has one.
	say func(r *Result, d *annotate.Decision, what string) string
	// question is the question that the decision answers; two people may answer it
	// differently. Empty for none. answer returns the answer, unless that is an entity.
	question string
	answer   func(*annotate.Decision) string
	// idle explains why an edit had no effect.
	idle string
	// once means that an edit cannot be repeated on another claim.
	once bool
	// moves means that after an edit the cursor may be on another claim.
	moves bool
}

// The questions that decisions answer.
const (
	theType    = "the type"
	theEnds    = "the ends"
	theEntity  = "the entity"
	theName    = "the name"
	theSpeaker = "the speaker"
	theCue     = "the cue"
)

const unchanged = "Already so, nothing changed"

// verbs are the verbs that this version knows. To add a verb, add a constant to package
// annotate, a row here, and a line to the package comment.
var verbs = map[annotate.Verb]verb{
	annotate.Confirm: {apply: (*state).confirm, target: (*step).confirm, say: says("confirmed"),
		question: theType, answer: isValue, idle: "Already confirmed"},
	annotate.Reject: {apply: (*state).reject, target: (*step).reject, say: says("rejected"),
		question: theType, idle: "Already rejected"},
	annotate.Relabel: {apply: (*state).relabel, target: (*step).label, say: sayType,
		question: theType, answer: isValue, idle: unchanged},
	annotate.Add: {apply: (*state).add, target: (*step).label, say: sayType,
		question: theType, answer: isValue, idle: unchanged, moves: true},
	annotate.Respan: {apply: (*state).respan, target: (*step).link, say: sayRespan,
		question: theEnds, answer: toSpan, idle: unchanged, moves: true},
	annotate.Merge: {apply: (*state).merge, target: (*step).link, say: sayMerge,
		question: theEntity, idle: unchanged},
	annotate.Split: {apply: (*state).split, target: (*step).split, say: says("split off"),
		question: theEntity, idle: unchanged},
	annotate.Rename: {apply: (*state).rename, target: (*step).plain, say: sayName,
		question: theName, answer: value, idle: unchanged, once: true},
	annotate.Attribute: {apply: (*state).attribute, target: (*step).attribute, say: saySpeakers,
		question: theSpeaker, idle: unchanged},
	annotate.Cue: {apply: (*state).cue, target: (*step).link, say: sayCue,
		question: theCue, answer: toSpan, idle: unchanged},
	annotate.Note:  {apply: (*state).note, target: (*step).note, say: sayNote, idle: unchanged},
	annotate.Tag:   {apply: (*state).note, target: (*step).plain, say: sayNote, idle: unchanged},
	annotate.Erase: {apply: (*state).erase, target: (*step).plain, say: sayErased, idle: unchanged, once: true},
	annotate.Drop:  {edit: (*step).drop, idle: unchanged},
	annotate.Undo:  {edit: (*step).undo, idle: "Nothing to undo", once: true, moves: true},
	annotate.Redo:  {edit: (*step).redo, idle: "Nothing to redo", once: true, moves: true},
	annotate.Done: {edit: (*step).finish, idle: "Already marked as done", once: true,
		say: func(_ *Result, d *annotate.Decision, _ string) string { return "marked the article as done" + inSet(d) }},
	annotate.Reopen: {edit: (*step).finish, idle: "Not marked as done", once: true,
		say: func(_ *Result, d *annotate.Decision, _ string) string {
			return "marked the article as not done" + inSet(d)
		}},
}

// Idle explains to the user why the edit had no effect.
func (e Edit) Idle() string {
	if v, ok := verbs[e.Verb]; ok {
		return v.idle
	}
	return unchanged
}

// Repeats reports whether the edit can be repeated on another claim.
func (e Edit) Repeats() bool {
	v, known := verbs[e.Verb]
	return known && !v.once
}

// Moves reports whether the edit may put another claim under the cursor: it adds or
// removes claims, or changes their ends.
func (e Edit) Moves() bool { return verbs[e.Verb].moves }

func value(d *annotate.Decision) string { return d.Value }

func isValue(d *annotate.Decision) string { return "is " + d.Value }

func toSpan(d *annotate.Decision) string { return fmt.Sprint(d.To.Span) }

// says returns a sentence of one verb about the target.
func says(done string) func(*Result, *annotate.Decision, string) string {
	return func(_ *Result, _ *annotate.Decision, what string) string { return done + " " + what }
}

// inSet names the set that a decision about a whole article is about.
func inSet(d *annotate.Decision) string {
	if d.Value == "" {
		return ""
	}
	return " in the set “" + short(d.Value) + "”"
}

func sayRespan(_ *Result, d *annotate.Decision, _ string) string {
	was, now := words(d.Target.Exact), words(d.To.Exact)
	done := "moved"
	switch {
	case strings.Contains(now, was):
		done = "extended"
	case strings.Contains(was, now):
		done = "shortened"
	}
	if a, b := unmarked(was), unmarked(now); d.Kind == annotate.OfQuote && a != b {
		was, now = a, b
	}
	was, now = moved(was, now)
	return done + " " + kindOf(d) + "“" + was + "” to “" + now + "”"
}

func sayMerge(_ *Result, d *annotate.Decision, what string) string {
	if d.To.Span == d.Target.Span {
		return "kept " + what + " apart"
	}
	return "merged " + what + " with “" + short(d.To.Exact) + "”"
}

func sayCue(_ *Result, d *annotate.Decision, what string) string {
	if d.To.Exact == "" {
		return "cleared the reporting verb of " + what
	}
	return "set reporting verb “" + short(d.To.Exact) + "” for " + what
}

// saySpeakers names the To and Also of a decision.
func saySpeakers(r *Result, d *annotate.Decision, what string) string {
	if named := wordsShown(d); d.To.Exact == "" && named != "" {
		return "attributed to “" + short(named) + "”: " + what
	} else if d.To.Exact == "" {
		return "left unattributed: " + what
	}
	names := []string{r.nameOf(&d.To)}
	for i := range d.Also {
		names = append(names, r.nameOf(&d.Also[i]))
	}
	return "attributed to " + annotate.JoinNames(names) + ": " + what
}

// wordsShown returns the words that name the speaker of a quote, as d notes them; empty if it notes none.
func wordsShown(d *annotate.Decision) string {
	if d.Shown == nil {
		return ""
	}
	return d.Shown.Named.Exact
}

func sayType(_ *Result, d *annotate.Decision, what string) string {
	if d.Verb == annotate.Add && d.Kind == annotate.OfQuote {
		return "added " + d.Value + " " + what
	}
	return "tagged " + what + " as " + short(d.Value)
}

func sayName(_ *Result, d *annotate.Decision, what string) string {
	return "renamed " + what + " to “" + short(d.Value) + "”"
}

// highlights reports whether d is about the highlight of a passage.
func highlights(d *annotate.Decision) bool {
	return d.Kind == annotate.OfPassage && d.Value == annotate.Highlight && d.Verb != annotate.Note
}

func sayErased(_ *Result, d *annotate.Decision, what string) string {
	switch {
	case highlights(d):
		return "removed the highlight of " + what
	case d.Value == "":
		return "removed all notes on " + what
	case d.Value == "question":
		return "removed the flag from " + what
	}
	return "removed the note on " + what
}

func sayNote(_ *Result, d *annotate.Decision, what string) string {
	switch {
	case highlights(d):
		return "highlighted " + what
	case d.Verb == annotate.Tag && d.Value == "question":
		return "flagged " + what
	case d.Verb == annotate.Note:
		return "added a note to " + what + ": " + short(d.Value)
	case d.Verb == annotate.Tag:
		return "tagged " + what + " “" + short(d.Value) + "”"
	}
	return strings.TrimSpace(string(d.Verb) + " " + what + ": " + short(d.Value))
}

// Fault says what is wrong with the line of a decision, which is kept beside its ID, its time and the name of who made it; empty if
// nothing is. Newer says that nothing is but what this byline does not know, as where a newer one wrote it. Where its words are is not
// asked: a decision outlives its text.
func Fault(line []byte, id, who string, at time.Time) (wrong string, newer bool) {
	var j decisionJSON
	if err := json.Unmarshal(line, &j); err != nil {
		return "it cannot be read", false
	}
	d, err := j.decision()
	if err != nil {
		return "it has no ID or no verb", false
	}
	switch {
	case d.ID != clean.Line(id):
		return fmt.Sprintf("it has the ID of another, “%.40s”", d.ID), false
	case d.Who != clean.Line(who):
		return fmt.Sprintf("it is signed by another, “%.40s”", d.Who), false
	case !at.IsZero() && d.At.UnixMilli() != at.UnixMilli(), at.IsZero() && !d.At.IsZero():
		return "its time is another", false
	}
	if what := unknown(&d); what != "" {
		return what, true
	}
	if err := soundPlaces(&d); err != nil {
		return err.Error(), false
	}
	strict := json.NewDecoder(bytes.NewReader(line))
	strict.DisallowUnknownFields()
	if strict.Decode(&decisionJSON{}) != nil {
		return "it has a field that this byline does not know", true
	}
	return "", false
}

// Void reports whether the decision in a line applies to nothing: its place is one that no text has, or has no words.
func Void(line []byte) bool {
	var j decisionJSON
	if json.Unmarshal(line, &j) != nil {
		return false
	}
	d, err := j.decision()
	return err == nil && unknown(&d) == "" && (misplaced(&d) || verbs[d.Verb].apply != nil && d.Target.Exact == "")
}

// unknown says what this version does not know of a decision.
func unknown(d *annotate.Decision) string {
	v, known := verbs[d.Verb]
	switch {
	case !known:
		return fmt.Sprintf("this byline does not know its verb, “%.40s”", d.Verb)
	case v.apply != nil && d.Kind != annotate.OfMention && d.Kind != annotate.OfQuote && d.Kind != annotate.OfPassage:
		return fmt.Sprintf("this byline does not know its kind, “%.40s”", d.Kind)
	case d.Layer != "" && d.Layer != annotate.Curated:
		return fmt.Sprintf("this byline does not know its layer, “%.40s”", d.Layer)
	}
	return ""
}

// soundPlaces returns why a decision that this version knows can be about the words of no text; nil if it can.
func soundPlaces(d *annotate.Decision) error {
	if verbs[d.Verb].apply != nil && d.Target.Exact == "" {
		return errNoWords
	}
	for _, a := range anchorsOf(d) {
		if !possible(a) || !fits(a) {
			return fmt.Errorf("its offsets, %d to %d, do not fit its words", a.Start, a.End)
		}
	}
	return nil
}

// fits reports whether an anchor has as many bytes of words as its span, or none, as one whose words were gone from a text that
// was exported.
func fits(a *annotate.Anchor) bool {
	return a.Start >= 0 && (a.End-a.Start == len(a.Exact) || a.Start == 0 && a.End == 0)
}

// mostText is how many bytes a text has at most. It is an int where that has 32 bits, too.
const mostText = 1<<31 - 1

// misplaced reports whether d has an anchor that no text has.
func misplaced(d *annotate.Decision) bool {
	if !possible(&d.Target) || !possible(&d.To) {
		return true
	}
	for i := range d.Also {
		if !possible(&d.Also[i]) {
			return true
		}
	}
	s := d.Shown
	if s == nil {
		return false
	}
	for i := range s.Of {
		if !possible(&s.Of[i].Anchor) {
			return true
		}
	}
	return !possible(&s.Named) || !possible(&s.Cue)
}

// possible reports whether a text can have an anchor: its offsets are some, and it has words unless it is empty.
func possible(a *annotate.Anchor) bool {
	return 0 <= a.Start && a.Start <= a.End && a.End <= mostText && (a.Exact != "" || a.Empty())
}

// DecodeSound is like [Decode], for what others made: a decision that can be about the words of no text, though this version knows what it
// does, is an error. It is damaged, or made to do damage.
func DecodeSound(line []byte) (annotate.Decision, error) {
	var j decisionJSON
	if err := json.Unmarshal(line, &j); err != nil {
		return annotate.Decision{}, fmt.Errorf("decode a decision: %w", err)
	}
	d, err := j.decision()
	if err != nil || unknown(&d) != "" {
		return harmless(d, err)
	}
	return d, soundPlaces(&d)
}

var errNoWords = errors.New("it names no words of a text")
