package sync

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"

	"byline/annotate/team"
	"byline/articles/clean"
)

// A Team is the log of a team: who reads which articles.
type Team interface {
	Events(ctx context.Context) ([]team.Event, error)
	Merge(ctx context.Context, events []team.Event) (int, error)
}

// events are events of a team as lines, by ID.
type events struct {
	lines  map[string][]byte
	bad    [][]byte
	broken bool
}

// add adds an event. Of two with one ID, which no byline makes, the first stays, and the error names both.
func (e *events) add(x team.Event) error {
	line, err := team.Encode(x)
	if err != nil {
		return err
	}
	if had, ok := e.lines[x.ID]; ok && !bytes.Equal(line, had) {
		return doubleEvent(had, line, true)
	}
	e.lines[x.ID] = line
	return nil
}

// doubleEvent says that two different events have one ID, of a library and of elsewhere; where neither is of the library, two says so.
func doubleEvent(here, there []byte, two bool) error {
	what := func(line []byte) (id, words string) {
		x, err := team.Decode(line)
		if err != nil {
			return "", "what cannot be read"
		}
		about := strings.Join(slices.Concat(x.Members, slices.Sorted(maps.Keys(x.Deal)), []string{x.Value}), " ")
		return x.ID, clean.Line(strings.TrimSpace(fmt.Sprintf("%.40s: %s “%.60s” %.60s", x.Who, x.Verb, x.Set, about)))
	}
	id, is := what(here)
	_, other := what(there)
	if two {
		return fmt.Errorf("two events have the ID %s, and events never change: one %s; the other %s; both stay, and the first counts", clean.Line(id), is, other)
	}
	return fmt.Errorf("event %s is not the one of that ID here, and events never change: here %s; there %s; both stay, and that of here counts here", clean.Line(id), is, other)
}

func (e *events) bytes() []byte {
	var b bytes.Buffer
	for _, id := range slices.Sorted(maps.Keys(e.lines)) {
		b.Write(e.lines[id])
		b.WriteByte('\n')
	}
	writeBad(&b, e.bad)
	return b.Bytes()
}

// readEvents reads the lines of a log of a team.
func readEvents(raw []byte, tell func(line int, err error)) *events {
	e := &events{lines: map[string][]byte{}}
	n := 0
	for line := range eachLine(raw) {
		n++
		if isConflict(line) {
			e.broken = true
			tell(n, errConflict)
			return e
		}
		if len(line) == 0 {
			continue
		}
		x, err := team.Decode(line)
		switch {
		case len(line) > mostLine:
			err = errHuge
		case badTime(err):
			err = errNoTime
		case err != nil:
			err = notOurs(line)
		default:
			err = e.add(x)
		}
		if err != nil {
			e.bad = append(e.bad, line)
			tell(n, err)
		}
	}
	return e
}

// badTime reports whether an error is that of a time which is none.
func badTime(err error) bool {
	_, bad := errors.AsType[*time.ParseError](err)
	return bad
}

// held returns the events of the library.
func (r *run) held(ctx context.Context) (*events, error) {
	all, err := r.Team.Events(ctx)
	if err != nil {
		return nil, err
	}
	e := &events{lines: map[string][]byte{}}
	for i := range all {
		if err := e.add(all[i]); err != nil {
			return nil, err
		}
	}
	return e, nil
}

// takeEvents takes those of other that the library lacks.
func (r *run) takeEvents(ctx context.Context, held, other *events) error {
	var fresh []team.Event
	for _, id := range slices.Sorted(maps.Keys(other.lines)) {
		if had, ok := held.lines[id]; ok {
			if !bytes.Equal(had, other.lines[id]) {
				r.troubled = true
				r.Tell(fmt.Errorf("the log of the team: %w", doubleEvent(had, other.lines[id], false)))
			}
			continue
		}
		if x, err := team.Decode(other.lines[id]); err == nil {
			fresh = append(fresh, x)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	n, err := r.Team.Merge(ctx, fresh)
	r.Events[0] += n
	return err
}

// events brings the logs of the team together.
func (r *run) events(ctx context.Context) error {
	if r.Team == nil {
		return nil
	}
	raw, err := r.ReadFile(teamFile)
	switch {
	case errors.Is(err, errNoFile): // which was told
		return nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("read %s: %w", r.path(teamFile), withoutPath(err))
	}
	lines := tellLines{name: r.path(teamFile), most: mostTold, tell: func(err error) {
		r.troubled = true
		r.Tell(err)
	}}
	file := readEvents(raw, lines.line)
	lines.end()
	if file.broken {
		return nil
	}
	held, err := r.held(ctx)
	if err != nil {
		return err
	}
	if err := r.takeEvents(ctx, held, file); err != nil {
		return err
	}
	for id, line := range held.lines {
		if _, ok := file.lines[id]; !ok {
			file.lines[id] = line
			r.Events[1]++
		}
	}
	if is := file.bytes(); !bytes.Equal(is, raw) {
		s, err := r.write(teamFile, is)
		if err != nil {
			return err
		}
		r.seen[teamFile] = s
	}
	return nil
}

// hash returns what tells whether two logs are the same.
func (e *events) hash() string {
	sum := sha256.Sum256(e.bytes())
	return hex.EncodeToString(sum[:8])
}
