package refi

import (
	"archive/zip"
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/offsets"
	"byline/annotate/format/standoff"
)

// newWriter returns a writer of a project of REFI-QDA 1.0 (.qdpx): a zip archive of plain
// texts and project.qde. A type is a code, and an entity a code below it, which is known
// by its name in all articles. A mention is a selection with the code of its entity, a
// quote one with the code of its type. Links lead from a quote to its speaker and its
// cue. Variables of a text say where and when it was published. Positions are code points. What a person rejected is left out. Since the codes
// come first in the file, all selections are kept in memory until the end, as what their elements are made of.
func newWriter(w io.Writer, o format.Options) format.Writer {
	return &writer{zip: zip.NewWriter(w), o: o, codes: map[string]*code{}, users: map[string]string{}}
}

// A code is a code with those below it, in the order they were added.
type code struct {
	guid, name string
	below      []*code
}

type writer struct {
	zip     *zip.Writer
	o       format.Options
	codes   map[string]*code
	top     []*code
	users   map[string]string // GUIDs of users by name
	order   []string          // names of users
	sources []exported
	known   []string // variables
}

// An exported article is what a source is made of, but for its text, which is written at once.
type exported struct {
	guid, name, about string
	values            [][2]string // of variables
	claims            []claim
	links             []relation
}

// A claim is what a selection is made of.
type claim struct {
	id          string // of the item
	start, end  int32
	name, about string
	user        string // name
	code        *code
	notes       []annotate.Remark
}

// A relation is what a link is made of.
type relation struct{ from, to, name string } // IDs of items

// guid returns a GUID that depends only on parts.
func guid(parts ...string) string {
	return strings.TrimPrefix(standoff.URN(append([]string{"refi"}, parts...)...), "urn:uuid:")
}

// code returns the code with a name below another one, or at the top if that is nil.
func (w *writer) code(below *code, name string) *code {
	key := name
	if below != nil {
		key = below.guid + name
	}
	c := w.codes[key]
	if c != nil {
		return c
	}
	c = &code{guid: guid("code", key), name: name}
	w.codes[key] = c
	if below == nil {
		w.top = append(w.top, c)
	} else {
		below.below = append(below.below, c)
	}
	return c
}

// user returns the GUID of a user.
func (w *writer) user(name string) string {
	if w.users[name] == "" {
		w.users[name] = guid("user", name)
		w.order = append(w.order, name)
	}
	return w.users[name]
}

func (w *writer) Write(d *format.Document) error {
	s := exported{guid: guid("source", d.ID, strconv.Itoa(len(w.sources)+1)), name: cmp.Or(d.Title, d.ID), about: d.ID + " " + d.Source}
	text := d.Text
	if w.o.CRLF {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	f, err := w.zip.Create("sources/" + s.guid + ".txt")
	if err != nil {
		return err
	}
	if _, err := io.WriteString(f, text); err != nil {
		return err
	}
	points := offsets.NewPoints(d.Text)
	at := func(off int) int32 {
		n := points.Of(off)
		if w.o.CRLF {
			n += strings.Count(d.Text[:off], "\n")
		}
		return int32(n)
	}
	w.user(engine)
	items, edges := standoff.Items(d, func(t annotate.Type) string { return string(t) })
	codes := w.codesOf(d)
	s.claims = make([]claim, 0, len(items))
	for i := range items {
		if it := &items[i]; !it.Rejected() {
			s.claims = append(s.claims, w.claim(d, it, codes[i], at))
		}
	}
	standoff.CreditsOf(d.Article).Each(func(name, value string) {
		w.variable(name)
		s.values = append(s.values, [2]string{name, value})
	})
	for _, e := range edges {
		if e.Label != "Coref" {
			s.links = append(s.links, relation{items[e.From].ID, items[e.To].ID, strings.ToLower(e.Label)})
		}
	}
	w.sources = append(w.sources, s)
	return nil
}

// engine is the user who made what nobody decided.
const engine = "byline"

// claim returns what a claim is written of, and notes its users.
func (w *writer) claim(d *format.Document, it *standoff.Item, code *code, at func(int) int32) claim {
	s := claim{id: it.ID, start: at(it.Start), end: at(it.End), about: it.Form, user: engine, code: code, notes: it.Notes}
	s.name = strings.Clone(offsets.First(strings.Join(strings.Fields(it.In(d.Text)), " "), 60)) // not to keep the text
	if it.Who() == standoff.Human {
		s.user = cmp.Or(it.Decider, standoff.Somebody)
	} else {
		_, score := it.By.Words()
		s.about = strings.TrimSpace(it.Form + " " + score)
	}
	w.user(s.user)
	for _, r := range it.Notes {
		w.user(cmp.Or(r.Who, standoff.Somebody))
	}
	return s
}

// variable returns the GUID of a variable of texts.
func (w *writer) variable(name string) string {
	if !slices.Contains(w.known, name) {
		w.known = append(w.known, name)
	}
	return guid("variable", name)
}

// codesOf returns the code of each item of d.
func (w *writer) codesOf(d *format.Document) []*code {
	var out []*code
	named := map[string]bool{}
	for i := range d.Layer.Entities {
		e := &d.Layer.Entities[i]
		key := string(e.Type) + "\x00" + e.Name
		if slices.ContainsFunc(e.Mentions, standoff.Alive) {
			if named[key] {
				w.o.Loss.Add(1, "entities with the same name in one article: codes are told apart by name")
			}
			named[key] = true
		}
		for range e.Mentions {
			out = append(out, w.code(w.code(nil, d.Spelled(e.Type)), cmp.Or(strings.TrimSpace(e.Name), "unnamed")))
		}
	}
	for _, q := range d.Layer.Quotes {
		out = append(out, w.code(w.code(nil, "quote"), string(q.Type)))
		if q.State == annotate.Rejected {
			continue
		}
		if !standoff.SpeakerWords(q, standoff.Speakers(d.Layer, q, d.Text)).Empty() {
			out = append(out, w.code(nil, strings.ToLower(standoff.SpeakerMention)))
		}
		if !q.Cue.Empty() {
			out = append(out, w.code(nil, "cue"))
		}
	}
	return out
}
