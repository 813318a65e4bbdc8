package annotator

import "fmt"

// A fault is something that a program does wrong although every text has its answer.
type fault int

const (
	stray fault = iota // a line that is no answer to anything
	twice              // a text is answered again
	early              // it ended before its input did
	exit               // it ended with an exit status that says that it failed
	kinds
)

// faults counts the faults of a program.
type faults [kinds]struct {
	n     int
	first string // what was printed, or how it ended
}

func (f *faults) add(kind fault, sample string) {
	if f[kind].n++; f[kind].n == 1 {
		f[kind].first = sample
	}
}

// errors returns a sentence for each kind of fault that there was.
func (f *faults) errors(program string) []error {
	var out []error
	for kind, c := range f {
		if c.n == 0 {
			continue
		}
		what := ""
		switch fault(kind) {
		case stray:
			what = fmt.Sprintf("printed %s on standard output that answered nothing, first “%s”; print messages to standard error", count(c.n, "line"), c.first)
		case twice:
			what = fmt.Sprintf("answered %s twice, first %q; the first answer was taken", count(c.n, "text"), c.first)
		case early:
			what = fmt.Sprintf("ended %s before its input did, first %s, and was started again; it should read until its input ends", count(c.n, "time"), c.first)
		case exit:
			what = "answered, and then failed: " + c.first
		}
		out = append(out, &Error{Program: program, What: what})
	}
	return out
}

// count returns a number of things: "1 line", "2 lines".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
