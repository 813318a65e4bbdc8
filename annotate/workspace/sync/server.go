package sync

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"byline/annotate/library/db"
	"byline/annotate/library/db/exchange"
	"byline/articles/clean"
)

// Serve serves the library to a [Library.Client] at the other end. Open opens the library that the client means.
func Serve(ctx context.Context, in io.Reader, out io.Writer, end func(), open func(ctx context.Context, library string, do func(context.Context, *Library) error) error) error {
	w := newWire(in, out, end)
	err := serve(ctx, w, open)
	if err != nil && ctx.Err() == nil && !errors.Is(err, errBroken) {
		_ = w.send(&message{Error: clean.Line(err.Error())}) // if nobody listens, nobody minds
	}
	return err
}

func serve(ctx context.Context, w *wire, open func(ctx context.Context, library string, do func(context.Context, *Library) error) error) error {
	theirs, err := w.hello(ctx)
	if err != nil {
		return err
	}
	return open(ctx, theirs.Library, func(ctx context.Context, l *Library) error {
		var told []string
		served := *l
		served.Clashes, served.Progress = nil, nil
		served.Tell = func(err error) { told = append(told, err.Error()) }
		p := served.peer(w, "the client")
		if g := l.guest; g != nil {
			if theirs.Library != "" {
				return errors.New("only one library is open here: name the host alone, as in ssh:HOST")
			}
			served.Tell = func(err error) { told = append(told, g.plain(err).Error()) }
			p.most = mostOfGuest
			defer func() {
				if p.Came+p.New > 0 {
					g.changed()
				}
			}()
		}
		return p.server(ctx, theirs, &told)
	})
}

func (p *peer) server(ctx context.Context, client *hello, told *[]string) (err error) {
	if p.gone, err = p.Store.Purged(ctx); err != nil {
		return err
	}
	identity, err := p.Store.Identity(ctx)
	if err != nil && !errors.Is(err, db.ErrReadOnly) { // which has none: all is looked at each time
		return err
	}
	if err := p.list(ctx, client, identity); err != nil {
		return err
	}
	for {
		m, err := p.read(ctx)
		if err != nil {
			return err
		}
		switch {
		case m.End != nil:
			return p.send(&message{End: &point{p.now.Touched, p.now.Log}})
		case m.Team != nil:
			if err := p.answerTeam(ctx, m.Team); err != nil {
				return err
			}
			continue
		case len(m.Have) == 0 || len(m.Have) > mostAtOne:
			return errors.New("the client asks for nothing, or for too much at once")
		}
		*told = nil
		t, err := p.answer(ctx, m.Have)
		if err != nil {
			return err
		}
		t.Told = *told
		if err := p.send(&message{Took: t}); err != nil {
			return err
		}
	}
}

// list says hello, and which articles the client is to look at: all, if it does not know this library.
func (p *peer) list(ctx context.Context, client *hello, identity string) error {
	var since exchange.State
	now, err := p.Store.Changed(ctx, exchange.State{Touched: 1 << 62, Log: 1 << 62})
	if err != nil {
		return err
	}
	all := true
	known, hidden, _ := strings.Cut(client.Known, ".")
	if s := client.Since; identity != "" && known == identity && s != nil && s.Touched <= now.Touched && s.Log <= now.Log {
		since, all = exchange.State{Touched: s.Touched, Log: s.Log}, false
	}
	c, err := p.Store.Changed(ctx, since)
	if err != nil {
		return err
	}
	me := &hello{Byline: "sync", Version: wireVersion, Known: identity, All: all}
	if g := p.guest; g != nil {
		more, err := g.greet(ctx, me, hidden)
		if err != nil {
			return err
		}
		c.IDs = slices.Compact(slices.Sorted(slices.Values(append(c.IDs, more...))))
	}
	p.now.Touched, p.now.Log = c.Touched, c.Log
	if p.Team != nil {
		held, err := p.held(ctx)
		if err != nil {
			return err
		}
		me.Team = held.hash()
	}
	if err := p.say(&message{Hello: me}); err != nil {
		return err
	}
	ids := slices.DeleteFunc(c.IDs, func(id string) bool { return !isID.MatchString(id) })
	for chunk := range slices.Chunk(ids, 1000) {
		if err := p.say(&message{IDs: chunk}); err != nil {
			return err
		}
	}
	return p.send(&message{End: &point{}})
}

// answer brings some articles together, as the server.
func (p *peer) answer(ctx context.Context, all []have) (*took, error) {
	var ids []string
	asked := map[string]bool{}
	for _, h := range all {
		if !isID.MatchString(h.Article) || slices.Contains(ids, h.Article) {
			return nil, fmt.Errorf("the client names an article %.40q", h.Article)
		}
		ids = append(ids, h.Article)
		m, err := p.compare(ctx, &h)
		if err != nil {
			return nil, err
		}
		for _, name := range m.Give.Want {
			asked[name] = true
		}
		if err := p.say(m); err != nil {
			return nil, err
		}
	}
	if err := p.flush(); err != nil {
		return nil, err
	}
	given := map[string][]byte{}
	for _, id := range ids {
		if _, err := p.given(ctx, id, given); err != nil {
			return nil, err
		}
	}
	for name := range given {
		if !asked[name] {
			return nil, fmt.Errorf("the client gives a file %.80q, which was not asked for", name)
		}
	}
	came, added := p.Came, p.New
	if err := p.receive(ctx, ids, given); err != nil {
		return nil, err
	}
	return &took{Decisions: p.Came - came, Articles: p.New - added}, nil
}

// compare returns the files of an article that the client lacks or has otherwise, and those that are wanted of it.
func (p *peer) compare(ctx context.Context, h *have) (*message, error) {
	g := &give{Article: h.Article, Files: map[string]string{}}
	if h.Gone || p.gone[h.Article] {
		return &message{Give: g}, nil
	}
	files, a, err := p.shown(ctx, h.Article)
	if err != nil {
		return nil, err
	}
	if a != nil && (isSample(a) || a.Removed && len(h.Hashes) == 0) || h.Private && a == nil { // what is in the trash goes nowhere
		return &message{Give: g}, nil
	}
	for name, data := range files {
		if h.Hashes[name] != hashOf(data) {
			g.Files[name] = string(data)
		}
	}
	g.Want, err = wanted(h, files)
	if p.guest != nil {
		g.Want = slices.DeleteFunc(g.Want, func(name string) bool { return !p.guest.wants(name, a) })
	}
	return &message{Give: g}, err
}

// wanted returns the files of the client that are not here, or are otherwise.
func wanted(h *have, files map[string][]byte) ([]string, error) {
	var out []string
	for name, hash := range h.Hashes {
		if kind, id, _ := parsePath(name); kind == foreignFile || id != h.Article {
			return nil, fmt.Errorf("the client names a file %.80q", name)
		}
		if data, ok := files[name]; !ok || hashOf(data) != hash {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out, nil
}

// answerTeam brings the logs of the team together, as the server.
func (p *peer) answerTeam(ctx context.Context, n *news) error {
	answer := &news{}
	if p.Team != nil {
		held, err := p.held(ctx)
		if err != nil {
			return err
		}
		theirs := p.told(n)
		was := p.Events[0]
		if p.guest == nil {
			err = p.takeEvents(ctx, held, theirs)
		}
		if err != nil {
			return err
		}
		answer.Took = p.Events[0] - was
		for _, id := range slices.Sorted(maps.Keys(held.lines)) {
			if !bytes.Equal(theirs.lines[id], held.lines[id]) {
				answer.Events = append(answer.Events, string(held.lines[id]))
			}
		}
	}
	return p.send(&message{Team: answer})
}
