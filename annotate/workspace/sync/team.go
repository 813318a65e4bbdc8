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

	"byline/annotate/team"
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

// add adds an event. Of two with one ID the one that sorts first stays, as in a library.
func (e *events) add(x team.Event) error {
	line, err := team.Encode(x)
	if err != nil {
		return err
	}
	if had, ok := e.lines[x.ID]; !ok || bytes.Compare(line, had) < 0 {
		e.lines[x.ID] = line
	}
	return nil
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
		case err != nil:
			err = errNoJSON
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
		if !bytes.Equal(held.lines[id], other.lines[id]) {
			if x, err := team.Decode(other.lines[id]); err == nil {
				fresh = append(fresh, x)
			}
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
		if had, ok := file.lines[id]; !ok || bytes.Compare(line, had) < 0 {
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
