package format

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"byline/annotate"
	"byline/articles"
)

// readW3C reads Web Annotations: a collection, a page, a list or one annotation. The text
// lies beside the file with the ending .txt, or is an article that is known by the
// target's source.
func readW3C(in Input) (*Document, error) { return linkedDocument(in, "code points") }

// readHypothesis reads what the API of Hypothes.is answers, rows or a list of them.
func readHypothesis(in Input) (*Document, error) { return linkedDocument(in, "UTF-16 code units") }

// An object is JSON that was read, whatever its shape.
type object map[string]any

func (o object) text(key string) string {
	s, _ := o[key].(string)
	return s
}

// objectsAt returns the objects at key: one, or those of a list.
func (o object) objectsAt(key string) []object { return objectsIn(o[key]) }

func objectsIn(v any) []object {
	switch v := v.(type) {
	case map[string]any:
		return []object{v}
	case []any:
		var out []object
		for _, x := range v {
			if m, ok := x.(map[string]any); ok {
				out = append(out, m)
			}
		}
		return out
	}
	return nil
}

// stringsAt returns the strings at key: one, or those of a list.
func (o object) stringsAt(key string) []string {
	switch v := o[key].(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, x := range v {
			if s, ok := x.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}

// annotationsOf returns the annotations that a file holds.
func annotationsOf(root any) (all []object, label string) {
	for _, o := range objectsIn(root) {
		label = cmp.Or(label, o.text("label"))
		switch {
		case o["first"] != nil:
			more, _ := annotationsOf(o["first"])
			all = append(all, more...)
		case o["items"] != nil:
			all = append(all, o.objectsAt("items")...)
		case o["rows"] != nil:
			all = append(all, o.objectsAt("rows")...)
		default:
			all = append(all, o)
		}
	}
	return all, label
}

func linkedDocument(in Input, unit string) (*Document, error) {
	data, err := io.ReadAll(io.LimitReader(in, longestObject+1))
	switch {
	case err != nil:
		return nil, err
	case len(data) > longestObject:
		return nil, fmt.Errorf("longer than %d bytes", longestObject)
	}
	var root any
	if err := json.Unmarshal(data, &root); err != nil {
		return nil, placed(err, data)
	}
	all, label := annotationsOf(root)
	r := &linkedReader{loss: in.Loss, bound: map[string]*annotated{}}
	for _, o := range all {
		r.read(o)
	}
	a, err := r.article(in, label)
	if err != nil {
		return nil, err
	}
	d := &Document{Article: a, Layer: r.layer(a.Text, unit), Who: r.who}
	return d, d.Layer.Check(a.Text)
}

// A linkedReader gathers annotations.
type linkedReader struct {
	loss   *Loss
	all    []*annotated
	bound  map[string]*annotated // by ID
	links  [][3]string           // as what, from, to
	source string
	title  string
	who    string
}

// annotated is an annotation of words.
type annotated struct {
	id, typ, key, name string
	form, speaker      string // of a quote the form is its type
	at                 stretch
	placed             bool // it has offsets
	prefix, suffix     string
	span               articles.Span
	remarks            []annotate.Remark
	origin             annotate.Origin
	state              annotate.State
}

func (r *linkedReader) read(o object) {
	targets := o.objectsAt("target")
	if ids := o.stringsAt("target"); len(targets) == 0 && len(ids) >= 2 {
		r.link(o, ids)
		return
	}
	x := &annotated{id: o.text("id")}
	x.origin, x.state = by(false, 1)
	for _, t := range targets {
		r.source = cmp.Or(r.source, sourceOf(t["source"]))
		for _, s := range selectorsOf(t["selector"]) {
			x.select1(s)
		}
	}
	if !x.placed && x.at.exact == "" {
		r.loss.Add(1, "annotations: they select no words of the text")
		return
	}
	r.agent(o, x)
	for _, b := range o.objectsAt("body") {
		x.body(b)
	}
	for _, v := range o.stringsAt("body") {
		x.body(object{"value": v})
	}
	r.rows(o, x)
	r.all = append(r.all, x)
	r.bound[x.id] = x
}

// rows reads what Hypothes.is says.
func (r *linkedReader) rows(o object, x *annotated) {
	r.source = cmp.Or(r.source, o.text("uri"))
	for _, d := range o.objectsAt("document") {
		for _, t := range d.stringsAt("title") {
			r.title = cmp.Or(r.title, t)
		}
	}
	for _, t := range o.stringsAt("tags") {
		x.tag(t)
	}
	if note := o.text("text"); note != "" {
		x.remarks = append(x.remarks, annotate.Remark{Text: note})
	}
}

// tag takes in a tag of a row.
func (x *annotated) tag(t string) {
	name, value, ok := strings.Cut(t, ":")
	switch {
	case ok && name == "entity":
		x.key, x.name, _ = strings.Cut(value, " ")
	case ok && name == "speaker":
		x.speaker = value
	case ok && name == "suggestion":
		x.score(value)
	case isForm(t):
		x.form = t
	case x.typ == "":
		x.typ = t
	default:
		x.remarks = append(x.remarks, annotate.Remark{Text: t, Tag: true})
	}
}

func isForm(s string) bool {
	return slices.Contains([]string{string(annotate.Nominal), string(annotate.Pronoun), string(annotate.Direct), string(annotate.Mixed), string(annotate.Indirect)}, s)
}

// score makes x a machine's claim of that score.
func (x *annotated) score(s string) {
	if n, err := strconv.ParseFloat(s, 64); err == nil {
		x.origin, x.state = by(true, n)
	}
}

// body takes in a body of an annotation.
func (x *annotated) body(b object) {
	value, purpose := cmp.Or(b.text("value"), b.text("chars")), b.text("purpose")
	switch {
	case purpose == "identifying" && sourceOf(b["source"]) != "":
		x.key = sourceOf(b["source"])
	case value == "":
	case purpose == "identifying":
		x.name = value
	case purpose == "classifying" && isForm(value):
		x.form = value
	case purpose == "assessing":
		x.score(value)
	case purpose == "commenting" || purpose == "describing" || purpose == "replying" || purpose == "questioning":
		x.remarks = append(x.remarks, annotate.Remark{Text: value})
	case x.typ == "" && purpose != "bookmarking":
		x.typ = value
	default:
		x.remarks = append(x.remarks, annotate.Remark{Text: value, Tag: true})
	}
}

// agent reads who made an annotation.
func (r *linkedReader) agent(o object, x *annotated) {
	for _, c := range o.objectsAt("creator") {
		if c.text("type") == "Software" {
			x.origin, x.state = by(true, 1)
		} else {
			r.who = cmp.Or(r.who, c.text("name"))
		}
	}
	if user, ok := strings.CutPrefix(o.text("user"), "acct:"); ok {
		if name, _, _ := strings.Cut(user, "@"); !slices.ContainsFunc(o.stringsAt("tags"), func(t string) bool { return strings.HasPrefix(t, "suggestion:") }) {
			r.who = cmp.Or(r.who, name)
		}
	}
}

// link takes in an annotation that leads from one to another.
func (r *linkedReader) link(o object, ids []string) {
	as := "speaker"
	for _, b := range o.objectsAt("body") {
		as = cmp.Or(b.text("value"), as)
	}
	r.links = append(r.links, [3]string{as, ids[0], ids[1]})
}

// sourceOf returns an IRI that is given as such, or as an object with an ID.
func sourceOf(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	for _, o := range objectsIn(v) {
		return o.text("id")
	}
	return ""
}

// selectorsOf returns selectors with those that refine them.
func selectorsOf(v any) []object {
	var out []object
	for _, s := range objectsIn(v) {
		out = append(append(out, s), s.objectsAt("refinedBy")...)
	}
	return out
}

// select1 takes in a selector.
func (x *annotated) select1(s object) {
	switch s.text("type") {
	case "TextPositionSelector":
		start, ok := s["start"].(float64)
		end, ok2 := s["end"].(float64)
		if ok && ok2 {
			x.at.start, x.at.end, x.placed = int(start), int(end), true
		}
	case "TextQuoteSelector":
		x.at.exact, x.prefix, x.suffix = s.text("exact"), s.text("prefix"), s.text("suffix")
	}
}

// article finds the text that the annotations are about.
func (r *linkedReader) article(in Input, label string) (*articles.Article, error) {
	base := filepath.Base(in.Name)
	base = strings.TrimSuffix(strings.TrimSuffix(base, filepath.Ext(base)), ".hypothesis")
	if in.Open != nil {
		f, err := in.Open(base + ".txt")
		if err == nil {
			defer f.Close()
			data, err := io.ReadAll(io.LimitReader(f, longestObject))
			if err != nil {
				return nil, err
			}
			a := foreign(cmp.Or(label, r.title, base), strings.ToValidUTF8(string(data), "\ufffd"))
			if strings.HasPrefix(r.source, "http") {
				a.Source = r.source
			}
			return a, nil
		}
	}
	if in.Article == nil {
		return nil, errors.New("they hold no text, and none lies beside them")
	}
	return in.Article(r.source, cmp.Or(label, r.title))
}

func (r *linkedReader) layer(text, unit string) *annotate.Layer {
	var at []stretch
	for _, x := range r.all {
		if x.placed {
			at = append(at, x.at)
		}
	}
	al := align(text, unit, at, r.loss)
	r.all = slices.DeleteFunc(r.all, func(x *annotated) bool { return !x.find(al) })
	g := &gathering{}
	var remarks []annotate.Remark
	cues, speakers := r.linked()
	for _, x := range r.all {
		kind := annotate.OfMention
		switch x.typ {
		case "cue":
			continue
		case "quote":
			kind = annotate.OfQuote
			g.quote(x.quote(cues[x.id], speakers[x.id]))
		default:
			x.mention(g)
		}
		for _, m := range x.remarks {
			m.Kind, m.Span, m.Who = kind, x.span, r.who
			remarks = append(remarks, m)
		}
	}
	l := g.layer(text)
	l.Remarks = remarks
	return l
}

// linked returns what quotes are linked to, by their IDs.
func (r *linkedReader) linked() (cues, speakers map[string]*annotated) {
	cues, speakers = map[string]*annotated{}, map[string]*annotated{}
	for _, l := range r.links {
		to := r.bound[l[2]]
		switch {
		case to == nil || to.span.Empty() || r.bound[l[1]] == nil:
			r.loss.Add(1, "links: one of their annotations is not there")
		case l[0] == "cue":
			cues[l[1]] = to
		default:
			speakers[l[1]] = to
		}
	}
	return cues, speakers
}

// find places x: by its offsets, or by its words and what stands around them.
func (x *annotated) find(al *aligner) bool {
	ok := false
	if x.placed {
		if x.span, ok = al.place(x.at); ok && (x.at.exact == "" || same(x.span.In(al.text), x.at.exact)) {
			return true
		}
	}
	if x.span, ok = quoted(al.text, x.at.exact, x.prefix, x.suffix); !ok {
		al.loss.Add(1, "annotations: the text does not have their words")
	}
	return ok
}

// quoted returns the place of words in text around which most of prefix and suffix stands.
func quoted(text, words, prefix, suffix string) (articles.Span, bool) {
	var best articles.Span
	if words == "" {
		return best, false
	}
	most := -1
	const tries = 10_000 // places of one-letter words in a long text
	from := 0
	for range tries {
		i := strings.Index(text[from:], words)
		if i < 0 {
			break
		}
		s := articles.Span{Start: from + i, End: from + i + len(words)}
		if n := commonEnd(text[:s.Start], prefix) + commonBegin(text[s.End:], suffix); n > most {
			best, most = s, n
		}
		from = s.Start + 1
	}
	return best, most >= 0
}

func commonBegin(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func commonEnd(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}

func (x *annotated) quote(cue, speaker *annotated) annotate.Quote {
	q := annotate.Quote{Span: x.span, Type: annotate.QuoteType(x.form), Speaker: x.speaker, Origin: x.origin, State: x.state}
	if q.Type != annotate.Mixed && q.Type != annotate.Indirect {
		q.Type = annotate.Direct
	}
	if cue != nil {
		q.Cue = cue.span
	}
	if speaker != nil {
		q.Speaker, q.SpeakerMention = speaker.entity(), speaker.span
	}
	return q
}

// entity returns the key of the entity that x mentions: of its own where it names none.
func (x *annotated) entity() string {
	return cmp.Or(x.key, x.id, fmt.Sprint("at ", x.span.Start, " ", x.span.End))
}

func (x *annotated) mention(g *gathering) {
	m := annotate.Mention{Span: x.span, Type: typeNamed(x.typ), Form: annotate.Form(x.form), Origin: x.origin, State: x.state}
	if m.Form != annotate.Nominal && m.Form != annotate.Pronoun {
		m.Form = annotate.Name
	}
	g.mention(x.entity(), m)
	if x.name != "" {
		g.name(x.entity(), x.name)
	}
}

// isW3C and isHypothesis report whether a head begins a file of theirs.
func isW3C(head []byte) bool        { return w3cHead.Match(head) }
func isHypothesis(head []byte) bool { return hypothesisHead.Match(head) }

var (
	w3cHead        = regexp.MustCompile(`"https?://www\.w3\.org/ns/anno(?:\.jsonld)?"|"type"\s*:\s*\[?\s*"Annotation(?:Collection|Page)?"`)
	hypothesisHead = regexp.MustCompile(`\A\s*(?:\{\s*"(?:total|rows)"\s*:|\[?\s*\{)[^\x00]*"(?:user"\s*:\s*"acct:|uri"\s*:)`)
)
