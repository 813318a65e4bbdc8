package review

import (
	"fmt"

	"byline/annotate"
)

// A verb describes one verb of the log. A verb about a claim has apply, target and say;
// a verb about a step or another decision has edit.
type verb struct {
	// apply applies a decision to the layer.
	apply func(*state, *claim)
	// target writes the decisions that an edit makes about one target.
	target func(*step, Edit, Target)
	// edit writes the decisions of an edit without targets.
	edit func(*step, Edit)
	// say describes a decision in a few words. what are the words of the target.
	say func(d *annotate.Decision, what string) string
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

const unchanged = "nothing to change"

// verbs are the verbs that this version knows. To add a verb, add a constant to package
// annotate, a row here, and a line to the package comment.
var verbs = map[annotate.Verb]verb{
	annotate.Confirm: {apply: (*state).confirm, target: (*step).confirm, say: says(" confirmed"),
		question: theType, answer: isValue, idle: "confirmed already"},
	annotate.Reject: {apply: (*state).reject, target: (*step).reject, say: says(" rejected"),
		question: theType, idle: "rejected already"},
	annotate.Relabel: {apply: (*state).relabel, target: (*step).label, say: sayType,
		question: theType, answer: isValue, idle: unchanged},
	annotate.Add: {apply: (*state).add, target: (*step).label, say: sayType,
		question: theType, answer: isValue, idle: unchanged, moves: true},
	annotate.Respan: {apply: (*state).respan, target: (*step).link, say: sayTo(" is now ", ""),
		question: theEnds, answer: toSpan, idle: unchanged, moves: true},
	annotate.Merge: {apply: (*state).merge, target: (*step).link, say: sayTo(" is the same as ", ""),
		question: theEntity, idle: unchanged},
	annotate.Split: {apply: (*state).split, target: (*step).split, say: says(" stands for itself"),
		question: theEntity, idle: unchanged},
	annotate.Rename: {apply: (*state).rename, target: (*step).plain, say: sayName,
		question: theName, answer: value, idle: unchanged, once: true},
	annotate.Attribute: {apply: (*state).attribute, target: (*step).attribute, say: saySpeakers,
		question: theSpeaker, idle: unchanged},
	annotate.Cue: {apply: (*state).cue, target: (*step).link, say: sayTo(" is led in by ", " has no cue"),
		question: theCue, answer: toSpan, idle: unchanged},
	annotate.Note: {apply: (*state).note, target: (*step).plain, say: sayNote, idle: unchanged},
	annotate.Tag:  {apply: (*state).note, target: (*step).plain, say: sayNote, idle: unchanged},
	annotate.Drop: {edit: (*step).drop, idle: unchanged},
	annotate.Undo: {edit: (*step).undo, idle: "nothing to undo", once: true, moves: true},
	annotate.Redo: {edit: (*step).redo, idle: "nothing to redo", once: true, moves: true},
}

// Idle explains to the user why the edit had no effect.
func (e Edit) Idle() string {
	if v, ok := verbs[e.Verb]; ok {
		return v.idle
	}
	return unchanged
}

// Repeats reports whether the edit can be repeated on another claim.
func (e Edit) Repeats() bool { return e.Verb != "" && !verbs[e.Verb].once }

// Moves reports whether the edit may put another claim under the cursor: it adds or
// removes claims, or changes their ends.
func (e Edit) Moves() bool { return verbs[e.Verb].moves }

func value(d *annotate.Decision) string { return d.Value }

func isValue(d *annotate.Decision) string { return "is " + d.Value }

func toSpan(d *annotate.Decision) string { return fmt.Sprint(d.To.Span) }

func says(done string) func(*annotate.Decision, string) string {
	return func(_ *annotate.Decision, what string) string { return what + done }
}

// sayTo names the To of a decision, or says none if it is empty.
func sayTo(link, none string) func(*annotate.Decision, string) string {
	return func(d *annotate.Decision, what string) string {
		if d.To.Exact == "" && none != "" {
			return what + none
		}
		return what + link + "“" + short(d.To.Exact) + "”"
	}
}

// saySpeakers names the To and Also of a decision.
func saySpeakers(d *annotate.Decision, what string) string {
	if d.To.Exact == "" {
		return what + " has no speaker"
	}
	names := []string{"“" + short(d.To.Exact) + "”"}
	for _, a := range d.Also {
		names = append(names, "“"+short(a.Exact)+"”")
	}
	return what + " is said by " + annotate.JoinNames(names)
}

func sayType(d *annotate.Decision, what string) string { return what + " is " + article(d.Value) }

func sayName(d *annotate.Decision, what string) string {
	return what + " is called “" + short(d.Value) + "”"
}

func sayNote(d *annotate.Decision, what string) string {
	if d.Verb == annotate.Tag && d.Value == "question" {
		return what + " is doubtful"
	}
	return what + ": " + string(d.Verb) + " " + short(d.Value)
}
