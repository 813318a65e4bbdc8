package annotator

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"byline/annotate/format/records"
	"byline/articles/clean"
)

// A worker keeps one copy of the program, and starts another when that fails.
type worker struct {
	pool    *Pool
	process *process
	sent    []*job    // that wait for an answer, in order
	again   []*job    // to be sent to the next process
	since   time.Time // of what the first of sent waits
	strays  []oddLine // lines since the last answer that answer nothing
	settled []string  // the texts that this process answered, the last of them
	passed  []string  // those that it passed over, the last of them
	right   bool      // this process gave an answer
}

// An oddLine is a line that answers nothing.
type oddLine struct {
	text string
	what string // is wrong with it
}

// mostSettled is how many texts a second answer is known for, and how many odd lines are kept; a batch has no more.
const mostSettled = 1000

// run works until the pool is closed or ctx ends.
func (w *worker) run(ctx context.Context) {
	for {
		if !w.resend() {
			continue
		}
		take := w.pool.jobs
		if len(w.sent) >= w.pool.program.Batch {
			take = nil
		}
		var answers <-chan line
		if w.process != nil {
			answers = w.process.lines
		}
		var late <-chan time.Time
		if len(w.sent) > 0 {
			late = time.After(time.Until(w.due()))
		}
		select {
		case j := <-take:
			w.again = append(w.again, j)
		case <-w.pool.closing:
			w.leave()
			return
		case l := <-answers:
			w.take(l)
		case <-late:
			w.late()
		case <-ctx.Done():
			w.end(ctx.Err())
			return
		}
	}
}

// due returns when the first of the texts that were sent is late. A line that is no answer may stand in the place of
// its answer, which then never comes.
func (w *worker) due() time.Time {
	if len(w.strays) > 0 {
		return w.since.Add(min(parting, w.pool.program.Timeout))
	}
	return w.since.Add(w.pool.program.Timeout)
}

// late ends a process that did not answer in time.
func (w *worker) late() {
	if len(w.strays) > 0 {
		w.fail(w.strays[0].what)
		return
	}
	w.fail(fmt.Sprintf("gave no answer within %v", w.pool.program.Timeout))
}

// resend sends what is to be sent, to a process that is started if there is none; false if that cannot be.
func (w *worker) resend() bool {
	if len(w.again) == 0 {
		return true
	}
	if w.pool.Broken() != nil {
		w.end(w.pool.unasked())
		return false
	}
	if w.process == nil {
		var err error
		if w.process, err = start(&w.pool.program); err != nil {
			w.pool.cannot(err)
			w.end(w.pool.unasked())
			return false
		}
		w.right, w.settled, w.passed, w.strays = false, nil, nil, nil
	}
	if len(w.sent) == 0 {
		w.since = time.Now()
	}
	for _, j := range w.again {
		w.sent = append(w.sent, j)
		w.process.requests <- j.line
	}
	w.again = nil
	return true
}

// leave lets a program that has answered everything end by itself, and kills one that has not.
func (w *worker) leave() {
	if w.process == nil || len(w.sent) > 0 {
		w.end(context.Canceled)
		return
	}
	w.process.in.Close()
	timer := time.NewTimer(parting)
	defer timer.Stop()
	for {
		select {
		case l := <-w.process.lines:
			if l.text != "" {
				w.take(line{text: l.text})
				continue
			}
			<-w.process.ended
			if l.exit.failed {
				w.pool.fault(exit, l.exit.status+printed(w.process.errs.last()))
			}
			w.process = nil
			return
		case <-timer.C:
			w.process.kill()
			w.forget()
			return
		}
	}
}

// end gives all that wait an error.
func (w *worker) end(err error) {
	for _, j := range append(w.sent, w.again...) {
		j.end(nil, err)
	}
	w.sent, w.again = nil, nil
	if w.process != nil {
		w.process.kill()
		w.process = nil
	}
}

// take takes a line of the program, or its end.
func (w *worker) take(l line) {
	if l.text == "" {
		w.died(l.exit)
		return
	}
	a, why := read(l.text)
	switch {
	case why == "":
	case l.exit != nil:
		l.exit.cut = brief(l.text)
		w.died(l.exit)
		return
	default:
		w.wrong(l.text, why)
		return
	}
	at := slices.IndexFunc(w.sent, func(j *job) bool { return j.id == a.ID })
	switch {
	case at >= 0:
		w.answered(at, a)
	case slices.Contains(w.passed, a.ID): // that it comes too late was said
	case slices.Contains(w.settled, a.ID):
		w.pool.fault(twice, brief(a.ID))
	case a.ID == "":
		w.stray(l.text, `answered without the "id" of the text`)
	default:
		w.stray(l.text, fmt.Sprintf("answered for %q, which it was not asked about", brief(a.ID)))
	}
}

// read returns the answer that a line is, or what is wrong with it.
func read(text string) (a *answer, why string) {
	a = &answer{}
	if !utf8.ValidString(text) {
		return nil, "it is not UTF-8"
	}
	if err := json.Unmarshal([]byte(text), a); err != nil {
		return nil, reason(text, err)
	}
	return a, ""
}

// reason says why a line is no answer, and shows where.
func reason(text string, err error) string {
	syntax, ok := errors.AsType[*json.SyntaxError](err)
	if !ok {
		return clipped(strings.ReplaceAll(records.Plain(err).Error(), ".stretch.", "."), longestMessage)
	}
	at := min(max(int(syntax.Offset)-1, 0), len(text))
	for _, word := range []string{"NaN", "Infinity"} {
		if strings.HasPrefix(text[at:], word) {
			return fmt.Sprintf("%s is no JSON (“%s”); leave out what has no value", word, around(text, at))
		}
	}
	return fmt.Sprintf("it is no JSON from byte %d on (“%s”)", syntax.Offset, around(text, at))
}

// around returns the words of a line around a byte.
func around(text string, at int) string {
	from, to := max(at-20, 0), min(at+20, len(text))
	return clean.Line(strings.ToValidUTF8(text[from:to], ""))
}

// wrong takes a line that is no answer. If it has the ID of a text it was to be the answer to that.
func (w *worker) wrong(text, why string) {
	what := fmt.Sprintf("printed “%s” on standard output, where only answers go, one JSON object a line: %s", brief(text), why)
	for at, j := range w.sent {
		if id, err := json.Marshal(j.id); err == nil && strings.Contains(text, string(id)) {
			w.pass(at)
			w.charge(w.sent[0], what)
			w.settle()
			return
		}
	}
	w.stray(text, what)
}

// stray keeps a line that answers nothing until the next answer tells whether one is missing.
func (w *worker) stray(text, what string) {
	if len(w.sent) == 0 {
		w.pool.fault(stray, brief(text))
		return
	}
	if len(w.strays) == 0 {
		w.since = time.Now()
	}
	if len(w.strays) == mostSettled {
		w.pool.fault(stray, brief(text))
		return
	}
	w.strays = append(w.strays, oddLine{brief(text), what})
}

// answered takes the answer to a text that was sent. Answers keep the order of the texts: those before it get none.
func (w *worker) answered(at int, a *answer) {
	w.pass(at)
	j := w.sent[0]
	w.right = true
	w.pool.note(nil)
	if j.death != nil {
		w.pool.fault(early, j.death.What)
	}
	w.settle()
	if a.Error != "" {
		j.end(nil, &Error{Program: w.pool.program.Name, What: "says: " + clipped(a.Error, longestMessage)})
		return
	}
	j.end(a, nil)
}

// pass fails the first n texts that were sent.
func (w *worker) pass(n int) {
	for range n {
		what := "gave no answer, but answered the next text; answers keep the order of the texts"
		if len(w.strays) > 0 {
			what, w.strays = w.strays[0].what, w.strays[1:]
		}
		w.charge(w.sent[0], what)
		w.passed = lastOf(append(w.passed, w.sent[0].id))
		w.sent = w.sent[1:]
	}
}

// lastOf returns the last of many texts.
func lastOf(ids []string) []string { return ids[max(0, len(ids)-mostSettled):] }

// settle ends the wait for the first text that was sent.
func (w *worker) settle() {
	for _, l := range w.strays {
		w.pool.fault(stray, l.text)
	}
	w.settled = lastOf(append(w.settled, w.sent[0].id))
	w.sent, w.strays, w.since = w.sent[1:], nil, time.Now()
}

// charge fails a text.
func (w *worker) charge(j *job, what string) {
	err := &Error{Program: w.pool.program.Name, What: what, Stderr: w.process.errs.last()}
	w.pool.note(err)
	j.end(nil, err)
}

// died takes the end of the process. The text that it was to answer is sent once more if it had answered others, since
// these may have used up its memory.
func (w *worker) died(e *ending) {
	run := w.process
	run.kill()
	switch {
	case len(w.sent) == 0:
		w.pool.fault(early, e.status)
		w.forget()
		return
	case w.right && w.sent[0].death == nil && !e.long:
		w.sent[0].death = &Error{What: e.status}
	default:
		what := e.sentence()
		if len(w.strays) > 0 {
			what = w.strays[0].what + "; and it " + what
		}
		w.charge(w.sent[0], what)
		w.sent = w.sent[1:]
	}
	w.again, w.sent = w.sent, nil
	w.forget()
}

// fail ends the process. The text that it was to answer next fails; those behind it are sent once more.
func (w *worker) fail(what string) {
	w.process.kill()
	w.charge(w.sent[0], what)
	w.again, w.sent = w.sent[1:], nil
	w.forget()
}

// forget forgets a process that has ended.
func (w *worker) forget() { w.process, w.strays = nil, nil }
