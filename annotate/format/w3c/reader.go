package w3c

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/offsets"
	"byline/annotate/format/records"
	"byline/annotate/format/standoff"
	"byline/articles"
)

// read reads Web Annotations: a collection, a page, a list or one annotation. Their text
// is next to the file in a .txt file, or it is that of an article known by the source of
// the target. Each source is a document, and if several people made annotations of it, one for each of
// them; of what the others made it has only whom quotes of that person are attributed to, as suggestions. A file of
// byline's is one document for each source.
func read(in format.Input) ([]*format.Document, error) { return documents(in, offsets.CodePoints) }

// readHypothesis reads what the API of Hypothes.is returns, rows or a list of them, and what its client exports.
func readHypothesis(in format.Input) ([]*format.Document, error) {
	return documents(in, offsets.UTF16)
}

func documents(in format.Input, unit offsets.Unit) ([]*format.Document, error) {
	data, err := io.ReadAll(io.LimitReader(in, records.Limit+1))
	switch {
	case err != nil:
		return nil, err
	case len(data) > records.Limit:
		return nil, fmt.Errorf("longer than %d bytes", records.Limit)
	}
	var root any
	if err := json.Unmarshal(data, &root); err != nil {
		return nil, records.AtLine(err, data)
	}
	all, label := annotationsOf(root, in.Loss)
	r := &reader{loss: in.Loss, bound: map[string]*annotation{}, own: isOwn(root, all), described: describedIn(root), engine: engineOfClient(root)}
	for _, o := range all {
		r.read(o)
	}
	var out []*format.Document
	var failed error
	pages := r.pages()
	of := map[*page]*articles.Article{}
	for _, p := range pages {
		p.alone = len(pages) == 1
		a, err := p.article(in, label)
		if err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		if p.read { // what a library has is its own
			cmp.Or(r.described[p.source], &p.described).Take(a)
		}
		p.find(a.Text, unit, in.Loss)
		of[p] = a
	}
	r.linkParts()
	for _, p := range pages {
		a := of[p]
		if a == nil {
			continue
		}
		for i, who := range p.people(r.own) {
			labels := standoff.Spellings{}
			d := &format.Document{Article: a, Layer: p.layer(a.Text, r, reading{who, i == 0, r.own}, labels), Who: who, Labels: labels, Own: r.own}
			d.Layer.Engine = r.engine
			if err := d.Layer.Check(a.Text); err != nil {
				return out, err
			}
			out = append(out, d)
		}
	}
	return out, failed
}

// A reader collects annotations.
type reader struct {
	loss  *format.Loss
	all   []*annotation
	bound map[string]*annotation // by ID
	links [][3]string            // what it links as, from and to
	parts map[string]*linked     // what quotes are linked to, by their IDs

	own       bool                         // byline wrote the file
	engine    string                       // of byline, that suggested what is in it; empty if none is named
	described map[string]*standoff.Credits // what the file says of sources
}

// A page is what annotations are about: a source.
type page struct {
	source, title string
	alone         bool // it is the only one of the file
	all           []*annotation
	described     standoff.Credits // in rows
	read          bool             // its text lies beside the file
}

// engineOfClient returns the engine that the file whose root is v names as its client; empty if there is none.
func engineOfClient(v any) string {
	for _, o := range objectsIn(v) {
		return standoff.EngineOf(o.text("client_version"))
	}
	return ""
}

// pages returns the sources of the annotations, in the order of the file.
func (r *reader) pages() []*page {
	var out []*page
	at := map[string]*page{}
	for _, x := range r.all {
		p := at[x.source]
		if p == nil {
			p = &page{source: x.source}
			at[x.source] = p
			out = append(out, p)
		}
		p.title = cmp.Or(p.title, x.title)
		if p.described == (standoff.Credits{}) {
			p.described = x.described
		}
		p.all = append(p.all, x)
	}
	if len(out) == 0 {
		out = append(out, &page{})
	}
	return out
}

// people returns who made annotations of p; "" is last if somebody is not named, or nobody is. What byline wrote is one
// reading, whoever decided what: that of nobody, if several did.
func (p *page) people(own bool) []string {
	var out []string
	nobody := false
	for _, x := range p.all {
		nobody = nobody || x.who == "" && x.origin.Human
		if x.who != "" && !slices.Contains(out, x.who) {
			out = append(out, x.who)
		}
	}
	if own && len(out) > 1 {
		return []string{""}
	}
	if own && len(out) == 1 {
		return out
	}
	if len(out) == 0 || nobody {
		out = append(out, "")
	}
	return out
}

func (r *reader) read(o object) {
	targets := o.objectsAt("target")
	if ids := o.stringsAt("target"); len(targets) == 0 && len(ids) >= 2 {
		r.link(o, ids)
		return
	}
	x := &annotation{id: o.text("id"), motive: o.text("motivation")}
	x.origin, x.state = standoff.ReadClaim(false, 1)
	if len(targets) > 1 {
		r.readEach(o, targets)
		return
	}
	for _, t := range targets {
		x.source = cmp.Or(x.source, sourceOf(t["source"]))
		for _, s := range selectorsOf(t["selector"]) {
			x.addSelector(s)
		}
	}
	if !x.hasOffsets && x.at.Exact == "" {
		r.loss.Add(1, "annotations: they select no words")
		return
	}
	x.addCreator(o)
	for _, c := range o.objectsAt("creator") {
		r.engine = cmp.Or(r.engine, standoff.EngineOf(c.text("name")))
	}
	for _, b := range o.objectsAt("body") {
		x.addBody(b)
	}
	for _, v := range o.stringsAt("body") { // a string says no purpose: it is that of the annotation
		x.addBody(object{"value": v})
	}
	x.addRow(o)
	if r.bound[x.id] != nil && x.id != "" {
		r.loss.AddSuch("annotations with the ID of another: what refers to it is about the first", x.id)
		x.id = fmt.Sprintf("%s again %d", x.id, len(r.all))
	}
	r.all = append(r.all, x)
	r.bound[x.id] = x
}

// readEach reads an annotation of several places, which is one of each of them.
func (r *reader) readEach(o object, targets []object) {
	for i, t := range targets {
		one := maps.Clone(o)
		one["target"] = map[string]any(t)
		if i > 0 {
			one["id"] = fmt.Sprintf("%s target %d", o.text("id"), i+1)
		}
		r.read(one)
	}
}

// addRow adds what only rows of Hypothes.is have.
func (x *annotation) addRow(o object) {
	x.source = cmp.Or(x.source, o.text("uri"))
	for _, d := range o.objectsAt("document") {
		for _, t := range d.stringsAt("title") {
			x.title = cmp.Or(x.title, t)
		}
		for _, dc := range d.objectsAt("dc") {
			x.described = creditsFrom(dc, "", "date.issued", "date.modified", "ispartof")
		}
	}
	for _, t := range o.stringsAt("tags") {
		x.addTag(t)
	}
	if note := o.text("text"); note != "" {
		x.remarks = append(x.remarks, annotate.Remark{Text: note})
	}
}

// addCreator adds who made an annotation.
func (x *annotation) addCreator(o object) {
	for _, c := range o.objectsAt("creator") {
		if c.text("type") == "Software" {
			x.origin, x.state = standoff.ReadClaim(true, 0)
		} else {
			x.who = cmp.Or(x.who, c.text("name"), c.text("nickname"), c.text("email"), c.text("id"))
		}
	}
	for _, c := range o.stringsAt("creator") { // an address, as the model allows
		x.who = cmp.Or(x.who, strings.TrimPrefix(c, "mailto:"))
	}
	defer func() {
		if x.who == standoff.Somebody {
			x.who = ""
		}
	}()
	if user, ok := strings.CutPrefix(o.text("user"), "acct:"); ok {
		if name, _, _ := strings.Cut(user, "@"); !slices.ContainsFunc(o.stringsAt("tags"), func(t string) bool { return strings.HasPrefix(t, "suggestion:") }) {
			x.who = cmp.Or(x.who, name)
		}
	}
}

// link adds an annotation that links others: the first to each of the rest.
func (r *reader) link(o object, ids []string) {
	as := "speaker"
	for _, b := range o.objectsAt("body") {
		as = cmp.Or(b.text("value"), as)
	}
	for _, to := range ids[1:] {
		r.links = append(r.links, [3]string{as, ids[0], to})
	}
}

// article returns the article that the annotations are about.
func (p *page) article(in format.Input, label string) (*articles.Article, error) {
	base := filepath.Base(in.Name)
	base = strings.TrimSuffix(strings.TrimSuffix(base, filepath.Ext(base)), ".hypothesis")
	if in.Open != nil && p.alone {
		f, err := in.Open(base + ".txt")
		if err == nil {
			defer f.Close()
			data, err := io.ReadAll(io.LimitReader(f, records.Limit))
			if err != nil {
				return nil, err
			}
			p.read = true
			a := standoff.Article(cmp.Or(label, p.title, base), strings.ToValidUTF8(string(data), "\ufffd"))
			if strings.HasPrefix(p.source, "http") {
				a.Source = p.source
			}
			return a, nil
		}
	}
	switch {
	case in.Article == nil && p.alone:
		return nil, errors.New("they hold no text, and none lies beside them")
	case in.Article == nil:
		return nil, fmt.Errorf("the text of %s is not in it: import it into a library that has its articles", p.source)
	}
	if p.alone {
		return in.Article(p.source, cmp.Or(label, p.title))
	}
	return in.Article(p.source, p.title)
}

// find keeps the annotations whose words are in the text.
func (p *page) find(text string, unit offsets.Unit, loss *format.Loss) {
	var at []offsets.Stretch
	for _, x := range p.all {
		if x.hasOffsets {
			at = append(at, x.at)
		}
	}
	al := offsets.Align(text, unit, at, loss)
	p.all = slices.DeleteFunc(p.all, func(x *annotation) bool { return !x.find(al) })
}

// A reading is what one person made of a text. The first has what machines made, too, and one of byline's everything.
type reading struct {
	who        string
	first, own bool
}

// has reports whether an annotation is part of the reading.
func (d reading) has(x *annotation) bool {
	return d.own || x.who == d.who && (d.who != "" || x.origin.Human) || d.first && x.who == "" && !x.origin.Human
}

// others returns annotations that are not part of a reading, but that its quotes are attributed to.
func (p *page) others(d reading, links map[string]*linked) map[*annotation]bool {
	out := map[*annotation]bool{}
	named := map[string]bool{} // entities
	for _, x := range p.all {
		if x.typ != "quote" || !d.has(x) {
			continue
		}
		if to := links[x.id]; to != nil {
			for _, s := range to.speakers {
				out[s] = !d.has(s)
			}
		}
		for _, key := range x.speakers {
			named[key] = true
		}
	}
	for _, x := range p.all {
		if x.key != "" && named[x.key] && !d.has(x) && x.typ != "quote" {
			out[x] = true
		}
	}
	return out
}

// layer returns what one person made of the text, and notes how labels are spelled.
func (p *page) layer(text string, r *reader, d reading, labels standoff.Spellings) *annotate.Layer {
	g := &standoff.Builder{}
	var remarks []annotate.Remark
	links := r.parts
	others := p.others(d, links)
	for _, x := range p.all {
		if !d.has(x) {
			if !others[x] {
				continue
			}
			other := *x
			x = &other
			x.origin, x.state = standoff.ReadClaim(true, 0)
			x.remarks = nil
		}
		if d.own && x.origin.Human {
			x.origin.Stage = x.who
		}
		kind := annotate.OfMention
		switch x.typ {
		case linkCue, linkWords:
			continue
		case "quote":
			kind = annotate.OfQuote
			g.Quote(x.quote(links[x.id]))
		default:
			if x.isPassage() {
				kind = annotate.OfPassage
				break
			}
			x.mention(g)
			labels.Note(standoff.TypeNamed(x.typ), x.typ, r.loss)
		}
		for _, m := range x.remarks {
			m.Kind, m.Span, m.Who = kind, x.span, x.who
			remarks = append(remarks, m)
		}
	}
	l := g.Layer(text)
	l.Remarks = remarks
	return l
}

// A linked is what a quote is linked to.
type linked struct {
	cue, words *annotation
	speakers   []*annotation
	elsewhere  []bool // of each speaker: that mention does not name it there
}

// linkParts finds what quotes are linked to.
func (r *reader) linkParts() {
	out := map[string]*linked{}
	r.parts = out
	for _, l := range r.links {
		to := r.bound[l[2]]
		if to == nil || to.span.Empty() || r.bound[l[1]] == nil {
			r.loss.Add(1, "links: an annotation is missing")
			continue
		}
		q := out[l[1]]
		if q == nil {
			q = &linked{}
			out[l[1]] = q
		}
		switch l[0] {
		case linkCue:
			q.cue = to
		case linkWords:
			q.words = to
		default:
			q.speakers, q.elsewhere = append(q.speakers, to), append(q.elsewhere, l[0] == linkEntity)
		}
	}
}

// sniff and sniffHypothesis report whether head is the start of a file of theirs.
func sniff(head []byte) bool { return magic.Match(head) }

func sniffHypothesis(head []byte) bool { return hypothesisHead.Match(head) }

var (
	magic          = regexp.MustCompile(`"https?://www\.w3\.org/ns/anno(?:\.jsonld)?"|"type"\s*:\s*\[?\s*"Annotation(?:Collection|Page)?"`)
	hypothesisHead = regexp.MustCompile(`\A\s*(?:\{\s*"(?:total|rows|export_date|export_userid|client_version)"\s*:|\[?\s*\{)[^\x00]*"(?:user"\s*:\s*"acct:|uri"\s*:)`)
)
