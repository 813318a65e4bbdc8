package sync

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/library/db/exchange"
	"byline/articles/clean"
)

// Client brings the library together with the one at the other end of a connection, which [Serve] serves. Name is how messages
// call it, library the file that is meant there, empty for the usual one. End ends reading from in at once.
func (l *Library) Client(ctx context.Context, name, library string, in io.Reader, out io.Writer, end func()) (Report, error) {
	p := l.peer(newWire(in, out, end), name)
	err := p.client(ctx, library)
	if err != nil && ctx.Err() == nil {
		err = fmt.Errorf("%s: %w", name, err)
	}
	return p.Report, err
}

func (p *peer) client(ctx context.Context, library string) error {
	place := "wire " + p.name + ":" + library
	if err := p.begin(ctx, place); err != nil {
		return err
	}
	known, since := knownOf(p.was.Seen)
	err := p.send(&message{Hello: &hello{Byline: "sync", Version: wireVersion, Library: library, Known: known, Since: since}})
	if err != nil && !errors.Is(err, errBroken) { // who hangs up may have said why
		return err
	}
	theirs, err := p.hello(ctx)
	if err != nil {
		return err
	}
	p.Guest, p.Reads = clean.Line(theirs.Who), theirs.Reads
	if theirs.All {
		p.was.Touched, p.was.Log = 0, 0
	}
	ids, err := p.news(ctx)
	if err != nil {
		return err
	}
	var marked []string
	for done := 0; done < len(ids); {
		n, more, err := p.ask(ctx, ids[done:])
		if err != nil {
			return err
		}
		marked = append(marked, more...)
		if done += n; p.Progress != nil {
			p.Progress(done, len(ids))
		}
	}
	if err := p.askOpened(ctx, marked); err != nil {
		return err
	}
	if err := p.askTeam(ctx, theirs.Team); err != nil {
		return err
	}
	end, err := p.end(ctx)
	if err != nil || p.troubled { // what was told of is looked at again
		return err
	}
	p.now.Seen = fmt.Appendf(nil, "%s\t%d\t%d\n", theirs.Known, end.Touched, end.Log)
	return p.Store.SaveState(ctx, place, p.now)
}

// end ends what is said, and returns how far the server came.
func (p *peer) end(ctx context.Context) (*point, error) {
	if err := p.send(&message{End: &point{}}); err != nil {
		return nil, err
	}
	m, err := p.read(ctx)
	if err == nil && m.End == nil {
		err = errors.New("it did not come to an end")
	}
	if err != nil {
		return nil, err
	}
	return m.End, nil
}

// knownOf returns which library was at the other end, and how far it had come.
func knownOf(seen []byte) (string, *point) {
	for name, s := range readSeen(seen) {
		return name, &point{s.size, s.time}
	}
	return "", nil
}

// news returns the IDs of articles that changed here or there.
func (p *peer) news(ctx context.Context) ([]string, error) {
	ids := map[string]bool{}
	for {
		m, err := p.read(ctx)
		if err != nil {
			return nil, err
		}
		for _, id := range m.IDs {
			if !isID.MatchString(id) {
				return nil, fmt.Errorf("it names an article %.40q, which none is called", id)
			}
			ids[id] = true
		}
		if m.End != nil {
			break
		}
	}
	c, err := p.Store.Changed(ctx, p.was)
	if err != nil {
		return nil, err
	}
	p.now.Touched, p.now.Log = c.Touched, c.Log
	for _, id := range c.IDs {
		ids[id] = isID.MatchString(id)
	}
	maps.DeleteFunc(ids, func(_ string, ours bool) bool { return !ours })
	return slices.Sorted(maps.Keys(ids)), nil
}

// mostAsked is how many bytes the files of the articles have that are asked for at once, without those of the last.
const mostAsked = 16 << 20

// ask brings the first of some articles together, as the client, and returns how many, and those that a guest marks as done by that.
func (p *peer) ask(ctx context.Context, ids []string) (n int, marked []string, err error) {
	m := &message{}
	files := map[string]map[string][]byte{}
	size := 0
	for _, id := range ids {
		if len(m.Have) == atOnce || size > mostAsked {
			break
		}
		h, shown, err := p.have(ctx, id)
		if err != nil {
			return 0, nil, err
		}
		for _, data := range shown {
			size += len(data)
		}
		m.Have, files[id] = append(m.Have, h), shown
	}
	ids = ids[:len(m.Have)]
	marked, err = p.exchange(ctx, ids, files, m)
	return len(ids), marked, err
}

// exchange sends what is asked for of articles, and takes and gives what there is. It returns those that a guest marks as done by that.
func (p *peer) exchange(ctx context.Context, ids []string, files map[string]map[string][]byte, m *message) (marked []string, err error) {
	if err := p.send(m); err != nil {
		return nil, err
	}
	given := map[string][]byte{}
	wants := map[string][]string{}
	for _, id := range ids {
		g, err := p.given(ctx, id, given)
		if err != nil {
			return nil, err
		}
		wants[id] = g.Want
	}
	for _, id := range ids {
		g := giving(id, files[id], wants[id])
		if p.marks(g) {
			marked = append(marked, id)
		}
		if err := p.say(&message{Give: g}); err != nil {
			return nil, err
		}
	}
	if err := p.flush(); err != nil {
		return nil, err
	}
	if err := p.receive(ctx, ids, given); err != nil {
		return nil, err
	}
	return marked, p.wasTaken(ctx)
}

// askOpened asks once more for articles that a guest marked as done: what others decided may be open to them by that. Nothing is given a
// second time.
func (p *peer) askOpened(ctx context.Context, marked []string) error {
	for ids := range slices.Chunk(marked, atOnce) {
		m := &message{}
		for _, id := range ids {
			h, _, err := p.have(ctx, id)
			if err != nil {
				return err
			}
			m.Have = append(m.Have, h)
		}
		if _, err := p.exchange(ctx, ids, nil, m); err != nil {
			return err
		}
	}
	return nil
}

// have returns what the library has of an article.
func (p *peer) have(ctx context.Context, id string) (have, map[string][]byte, error) {
	h := have{Article: id, Hashes: map[string]string{}, Gone: p.gone[id]}
	if h.Gone {
		p.Purged++
		return h, nil, nil
	}
	files, a, err := p.shown(ctx, id)
	if err != nil {
		return h, nil, err
	}
	if a != nil && isSample(a) {
		h.Gone = true
		return h, nil, nil
	}
	h.Private = a != nil && a.Removed
	for name, data := range files {
		h.Hashes[name] = hashOf(data)
	}
	return h, files, nil
}

// wasTaken reads what the server took.
func (p *peer) wasTaken(ctx context.Context) error {
	m, err := p.read(ctx)
	if err != nil {
		return err
	}
	if m.Took == nil {
		return errors.New("it did not say what it took")
	}
	p.Went, p.Put = p.Went+m.Took.Decisions, p.Put+m.Took.Articles
	for _, told := range m.Took.Told {
		p.troubled = true
		p.Tell(fmt.Errorf("%s: there: %.500s", p.name, clean.Line(told)))
	}
	return nil
}

// marks reports whether a guest gives with the files of an article that they are done with it.
func (p *peer) marks(g *give) bool {
	if p.Guest == "" || p.Reads {
		return false
	}
	for name, data := range g.Files {
		if kind, _, _ := parsePath(name); kind == logFile && strings.Contains(data, `"`+string(annotate.Done)+`"`) {
			return true
		}
	}
	return false
}

// giving returns the files that the other side wants and that are there.
func giving(id string, files map[string][]byte, want []string) *give {
	g := &give{Article: id, Files: map[string]string{}}
	for _, name := range want {
		if data, ok := files[name]; ok {
			g.Files[name] = string(data)
		}
	}
	return g
}

// askTeam brings the logs of the team together, as the client.
func (p *peer) askTeam(ctx context.Context, theirs string) error {
	if p.Team == nil || theirs == "" {
		return nil
	}
	held, err := p.held(ctx)
	if err != nil || held.hash() == theirs {
		return err
	}
	m := &message{Team: &news{}}
	for _, id := range slices.Sorted(maps.Keys(held.lines)) {
		m.Team.Events = append(m.Team.Events, string(held.lines[id]))
	}
	if err := p.send(m); err != nil {
		return err
	}
	if m, err = p.read(ctx); err != nil {
		return err
	}
	if m.Team == nil {
		return errors.New("it did not say what its team does")
	}
	p.Events[1] += m.Team.Took
	return p.takeEvents(ctx, held, p.told(m.Team))
}

// shown returns the files that a folder would have of an article, and the article; nothing where there is none.
func (p *peer) shown(ctx context.Context, id string) (map[string][]byte, *exchange.Article, error) {
	a, err := p.Store.Read(ctx, id)
	if err != nil || a == nil {
		return map[string][]byte{}, nil, err
	}
	if p.guest != nil {
		if err := p.guest.show(ctx, a); err != nil {
			return nil, nil, err
		}
	}
	files, err := render(a)
	if p.guest != nil && a.Removed { // of what is in the trash, guests have only what is theirs
		maps.DeleteFunc(files, func(name string, _ []byte) bool { return name != logPath(id, p.guest.who) })
	}
	return files, a, err
}
