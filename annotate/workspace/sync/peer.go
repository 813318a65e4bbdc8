package sync

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A peer is one side of a wire.
type peer struct {
	*run
	*wire
}

func (l *Library) peer(w *wire, name string) *peer {
	r := &run{Library: l, folder: &folder{memory{}, name, true}, Report: Report{By: map[string]bool{}}, seen: map[string]stamp{}, own: true}
	return &peer{r, w}
}

// hashOf returns a hash of a file.
func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}

// given reads what the other side gives of an article, and adds its files to those given.
func (p *peer) given(ctx context.Context, id string, files map[string][]byte) (*give, error) {
	m, err := p.read(ctx)
	if err != nil {
		return nil, err
	}
	if m.Give == nil || m.Give.Article != id {
		return nil, fmt.Errorf("it does not speak of article %s, as it should", id)
	}
	for name, data := range m.Give.Files {
		if kind, of, _ := parsePath(name); kind == foreignFile || of != id {
			return nil, fmt.Errorf("it gives a file %.80q, which none is called", name)
		}
		files[name] = []byte(data)
	}
	all := 0
	for _, data := range files {
		all += len(data)
	}
	if most := givenAsMany * p.most; all > most {
		return nil, fmt.Errorf("it gives more than %d MB at once", most>>20)
	}
	return m.Give, nil
}

// receive takes the files that were given, as of a folder.
func (p *peer) receive(ctx context.Context, ids []string, given map[string][]byte) error {
	if len(given) == 0 {
		return nil
	}
	p.disk = memory{given}
	paths := map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		_, id, _ := parsePath(name)
		paths[id] = append(paths[id], name)
	}
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return len(paths[id]) == 0 || p.gone[id] })
	return p.some(ctx, ids, paths)
}

// told reads the events of a message.
func (p *peer) told(n *news) *events {
	lines := tellLines{name: p.name + ", team", most: mostTold, tell: func(err error) {
		p.troubled = true
		p.Tell(err)
	}}
	defer lines.end()
	return readEvents([]byte(strings.Join(n.Events, "\n")), lines.line)
}
