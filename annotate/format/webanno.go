package format

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"byline/annotate"
	"byline/articles"
)

const webannoQuote = "webanno.custom.Quote"

// webannoHead declares the layers: names, of which the identifier says the entity and who
// stands behind the claim; quotes, a layer of ours; chains of coreference.
const webannoHead = "#FORMAT=WebAnno TSV 3.3\n#T_SP=" + casName + "|identifier|value\n#T_SP=" + webannoQuote + "|cue|kind|origin|score|speaker\n" +
	"#T_CH=" + casLink + "|referenceType|referenceRelation\n"

// The columns of the layers, from the fourth of a line on.
const (
	webannoName    = 0
	webannoSpeech  = 2
	webannoChain   = 7
	webannoColumns = 9
)

// writeWebAnno writes WebAnno TSV 3.3. Offsets are UTF-16 code units; tokens are cut
// where a claim begins or ends in one. A sentence runs up to the next, so that no blank of
// the text is lost. What a person rejected is left out.
func writeWebAnno(w io.Writer, d *Document, o Options) error {
	t := newWebAnno(d, o)
	b := bufio.NewWriter(w)
	b.WriteString(webannoHead)
	at := 0
	for n, s := range t.sentences {
		end := len(d.Text)
		if n+1 < len(t.sentences) {
			end = t.sentences[n+1][0].Start
		}
		fmt.Fprintf(b, "\n%s#Text=%s\n", map[bool]string{true: "\n"}[n == 0], escaped(d.Text[s[0].Start:end]))
		for i, token := range s {
			fmt.Fprintf(b, "%d-%d\t%d-%d\t%s\t", n+1, i+1, t.units.Of(token.Start), t.units.Of(token.End), escaped(token.In(d.Text)))
			for _, cell := range t.cells[at] {
				b.WriteString(cmp.Or(cell, "_") + "\t")
			}
			b.WriteByte('\n')
			at++
		}
	}
	if len(t.sentences) == 0 {
		b.WriteString("\n\n")
	}
	return b.Flush()
}

// A webanno is a document as cells of tokens.
type webanno struct {
	*tokenized
	units *Units
	cells [][webannoColumns]string
	ids   int
	busy  map[[2]int]int // how many claims a token has in a column
}

func newWebAnno(d *Document, o Options) *webanno {
	var spans []articles.Span
	items, _ := itemsOf(d, capital)
	for i := range items {
		if !items[i].rejected() {
			spans = append(spans, items[i].Span)
			o.Loss.Add(len(items[i].notes), "notes and tags: its layers have no place for them")
		}
	}
	t := &webanno{tokenized: tokenize(d, spans), units: NewUnits(d.Text)}
	t.cells = make([][webannoColumns]string, len(t.tokens))
	t.count(spans)
	chain := 0
	for i := range d.Layer.Entities {
		e := &d.Layer.Entities[i]
		if slices.ContainsFunc(e.Mentions, alive) {
			chain++
			t.entity(e, chain, o.Loss)
		}
	}
	for i := range d.Layer.Quotes {
		if q := &d.Layer.Quotes[i]; q.State != annotate.Rejected {
			t.quote(d, q, o.Loss)
		}
	}
	return t
}

// count notes how many claims begin or go on in a token: of several each needs a number.
func (t *webanno) count(spans []articles.Span) {
	t.busy = map[[2]int]int{}
	for _, s := range spans {
		if r, ok := t.of(s); ok {
			for i := r.First; i < r.End; i++ {
				t.busy[[2]int{i, 0}]++
			}
		}
	}
}

// put writes the values of a claim into the columns from first on.
func (t *webanno) put(r annotate.Range, first int, values ...string) {
	mark := ""
	if r.End-r.First > 1 || t.busy[[2]int{r.First, 0}] > 1 {
		t.ids++
		mark = fmt.Sprintf("[%d]", t.ids)
	}
	for i := r.First; i < r.End; i++ {
		for k, v := range values {
			cell := &t.cells[i][first+k]
			if *cell != "" {
				*cell += "|"
			}
			*cell += cmp.Or(escaped(v), "*") + mark
		}
	}
}

func (t *webanno) entity(e *annotate.Entity, chain int, loss *Loss) {
	if e.Name != longest(e, t.text) {
		loss.Add(1, "names that people gave: an entity has none but its mentions")
	}
	link := 0
	for _, m := range e.Mentions {
		r, ok := t.of(m.Span)
		if !alive(m) {
			continue
		}
		if !ok {
			loss.Add(1, "mentions that hold no token")
			continue
		}
		link++
		who, score := stands{m.State, m.Origin}.words()
		t.put(r, webannoName, strings.Join([]string{"byline", e.ID, string(m.Form), who, score, string(e.Type)}, "/"), conllType(e.Type))
		for i := r.First; i < r.End; i++ {
			for k, v := range []string{fmt.Sprintf("%s[%d]", cmp.Or(escaped(string(m.Form)), "*"), chain), fmt.Sprintf("*->%d-%d", chain, link)} {
				cell := &t.cells[i][webannoChain+k]
				if *cell != "" {
					*cell += "|"
				}
				*cell += v
			}
		}
	}
}

func (t *webanno) quote(d *Document, q *annotate.Quote, loss *Loss) {
	r, ok := t.of(q.Span)
	if !ok {
		loss.Add(1, "quotes that begin or end in no token")
		return
	}
	place := func(s articles.Span) string {
		if s.Empty() {
			return ""
		}
		return fmt.Sprintf("%d-%d", t.units.Of(s.Start), t.units.Of(s.End))
	}
	says := ""
	if e := speaker(d.Layer, q); e != nil {
		says = e.ID + "@" + place(q.SpeakerMention)
	}
	who, score := stands{q.State, q.Origin}.words()
	t.put(r, webannoSpeech, place(q.Cue), string(q.Type), who, score, says)
}

// escaped writes what has a meaning in the format with a backslash.
func escaped(s string) string {
	return strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "|", `\|`, "_", `\_`, "->", `\->`, ";", `\;`, "\t", `\t`, "\n", `\n`, "\r", `\r`, "*", `\*`).Replace(s)
}

// readWebAnno reads WebAnno TSV of versions 3.1 to 3.3. Names are those of the layer
// NamedEntity, or where there is none of every layer of spans; chains of coreference make
// entities of them. Other layers and relations are passed over.
func readWebAnno(in Input) iter.Seq2[*Document, error] {
	return func(yield func(*Document, error) bool) {
		r := &tsvReader{loss: in.Loss, claims: map[string]*tsvClaim{}}
		d, err := r.read(in)
		if err != nil {
			err = fmt.Errorf("read WebAnno TSV %s: %w", in.Name, err)
		}
		yield(d, err)
	}
}

// A tsvReader gathers a file.
type tsvReader struct {
	loss   *Loss
	layers []tsvLayer
	text   strings.Builder
	units  int // of the text
	sent   string
	lines  int // of the sentence's text
	fresh  bool
	claims map[string]*tsvClaim
	order  []*tsvClaim
}

// A tsvLayer is a layer with its features and its first column.
type tsvLayer struct {
	kind, name string
	features   []string
	column     int
}

// A tsvClaim is an annotation of tokens.
type tsvClaim struct {
	layer  *tsvLayer
	values map[string]string
	at     stretch // in UTF-16 code units
	id     string
}

func (r *tsvReader) read(in Input) (*Document, error) {
	lines := bufio.NewReaderSize(in, 1<<16)
	for n := 1; ; n++ {
		line, err := lineOf(lines)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if err2 := r.line(strings.ToValidUTF8(strings.TrimRight(string(line), "\r\n"), string(utf8.RuneError))); err2 != nil {
			return nil, fmt.Errorf("line %d: %w", n, err2)
		}
		if err != nil {
			break
		}
	}
	if len(r.layers) == 0 && r.text.Len() == 0 {
		return nil, errors.New("it has neither layers nor text")
	}
	return r.document(in.Name)
}

func (r *tsvReader) line(line string) error {
	switch {
	case strings.HasPrefix(line, "#T_"):
		kind, rest, _ := strings.Cut(line[1:], "=")
		f := strings.Split(rest, "|")
		column := 0
		for _, l := range r.layers {
			column += len(l.features)
		}
		if kind == "T_SP" && len(f) == 1 {
			f = append(f, "") // a layer without features has one column
		}
		r.layers = append(r.layers, tsvLayer{kind, f[0], f[1:], column})
	case strings.HasPrefix(line, "#Text="):
		if r.lines++; r.lines > 1 {
			r.sent += "\n"
		}
		r.sent += unescaped(strings.TrimPrefix(line, "#Text="))
		r.fresh = true
	case strings.HasPrefix(line, "#"), strings.TrimSpace(line) == "":
	default:
		return r.token(strings.Split(line, "\t"))
	}
	return nil
}

// token takes in the line of a token, or of a part of one.
func (r *tsvReader) token(f []string) error {
	if len(f) < 3 {
		return fmt.Errorf("%.60q is no token", strings.Join(f, " "))
	}
	a, b, ok := strings.Cut(f[1], "-")
	start, err := strconv.Atoi(a)
	end, err2 := strconv.Atoi(b)
	if !ok || err != nil || err2 != nil || start > end || start < 0 {
		return fmt.Errorf("%q are no offsets", f[1])
	}
	if r.fresh {
		if gap := start - r.units; gap < 0 || gap > 1<<20 {
			return fmt.Errorf("a sentence begins at %d, behind %d", start, r.units)
		} else if gap > 0 {
			r.put(map[bool]string{true: " ", false: strings.Repeat("\n", gap)}[gap == 1])
		}
		r.put(r.sent)
		r.sent, r.lines, r.fresh = "", 0, false
	}
	for i := range r.layers {
		r.layer(&r.layers[i], f, stretch{start: start, end: end})
	}
	return nil
}

func (r *tsvReader) put(s string) {
	r.text.WriteString(s)
	for _, c := range s {
		r.units += utf16.RuneLen(c)
	}
}

// layer takes in the cells of a layer.
func (r *tsvReader) layer(l *tsvLayer, f []string, at stretch) {
	for k, feature := range l.features {
		if 3+l.column+k >= len(f) {
			return
		}
		cell := f[3+l.column+k]
		if cell == "_" || cell == "" {
			continue
		}
		for n, v := range splitUnescaped(cell, '|') {
			value, id := v, ""
			if m := tsvNumber.FindStringSubmatch(v); m != nil && l.kind != "T_CH" {
				value, id = m[1], m[2]
			}
			key := fmt.Sprint(l.name, " at ", at.start, " ", n)
			if id != "" {
				key = l.name + "[" + id
			}
			if l.kind == "T_CH" {
				key = fmt.Sprint(l.name, " chain at ", at.start, " ", n)
			}
			c := r.claims[key]
			if c == nil {
				c = &tsvClaim{layer: l, values: map[string]string{}, at: at, id: key}
				r.claims[key] = c
				r.order = append(r.order, c)
			}
			c.at.end = max(c.at.end, at.end)
			if value != "*" {
				c.values[feature] = value
			}
		}
	}
}

var tsvNumber = regexp.MustCompile(`^(.*[^\\]|)\[(\d+)\]$`)

func (r *tsvReader) document(name string) (*Document, error) {
	text := r.text.String()
	s := newStandoff(r.loss)
	named := slices.ContainsFunc(r.layers, func(l tsvLayer) bool { return l.name == casName })
	spans := map[stretch][]string{}
	entities := map[string]string{} // by our ID, the first mention
	for _, c := range r.order {
		switch {
		case c.layer.name == webannoQuote:
			if err := s.add(c.id, "Quote", c.at); err != nil {
				return nil, err
			}
			s.say(c.id, "Form", unescaped(c.values["kind"]))
			s.say(c.id, "Origin", unescaped(c.values["origin"]))
			s.say(c.id, "Score", unescaped(c.values["score"]))
		case c.layer.name == casName, c.layer.kind == "T_SP" && !named && len(c.values) > 0:
			if err := r.name(s, c, entities); err != nil {
				return nil, err
			}
			spans[c.at] = append(spans[c.at], c.id)
		}
	}
	if len(entities) == 0 {
		r.chains(s, spans)
	}
	if err := r.speech(s, entities); err != nil {
		return nil, err
	}
	d := &Document{Article: foreign(titleFrom(name), text)}
	d.Layer = s.layer(text, "UTF-16 code units")
	return d, d.Layer.Check(text)
}

// name takes in a mention.
func (r *tsvReader) name(s *standoff, c *tsvClaim, entities map[string]string) error {
	value := c.values["value"]
	for _, f := range c.layer.features {
		value = cmp.Or(value, c.values[f])
	}
	if err := s.add(c.id, cmp.Or(unescaped(value), "other"), c.at); err != nil {
		return err
	}
	ours := strings.SplitN(unescaped(c.values["identifier"]), "/", 6)
	if len(ours) != 6 || ours[0] != "byline" {
		return nil
	}
	s.say(c.id, "Form", ours[2])
	s.say(c.id, "Origin", ours[3])
	s.say(c.id, "Score", ours[4])
	s.say(c.id, "Type", ours[5])
	if first := entities[ours[1]]; first != "" {
		s.join(first, c.id)
	} else {
		entities[ours[1]] = c.id
	}
	return nil
}

// chains joins the names under the links of a chain.
func (r *tsvReader) chains(s *standoff, spans map[stretch][]string) {
	type link struct{ chain, number string }
	at := map[link]stretch{}
	var order []link
	for _, c := range r.order {
		if c.layer.kind != "T_CH" {
			continue
		}
		m := tsvLink.FindStringSubmatch(c.values["referenceRelation"])
		if m == nil {
			continue
		}
		k := link{m[1], m[2]}
		p, ok := at[k]
		if !ok {
			p = c.at
			order = append(order, k)
		}
		p.start, p.end = min(p.start, c.at.start), max(p.end, c.at.end)
		at[k] = p
	}
	first := map[string]string{}
	for _, k := range order {
		ids := spans[at[k]]
		if len(ids) == 0 {
			id := "link " + k.chain + "-" + k.number
			if s.add(id, "other", at[k]) != nil {
				continue
			}
			ids = []string{id}
		}
		if first[k.chain] != "" {
			s.join(first[k.chain], ids[0])
			continue
		}
		first[k.chain] = ids[0]
	}
}

var tsvLink = regexp.MustCompile(`->(\d+)-(\d+)$`)

// speech gives quotes their speakers and cues.
func (r *tsvReader) speech(s *standoff, entities map[string]string) error {
	at := map[string]string{} // mentions by entity and place
	for _, c := range r.order {
		if ours := strings.SplitN(unescaped(c.values["identifier"]), "/", 3); len(ours) == 3 {
			at[fmt.Sprintf("%s@%d-%d", ours[1], c.at.start, c.at.end)] = c.id
		}
	}
	for _, c := range r.order {
		if c.layer.name != webannoQuote {
			continue
		}
		if who := unescaped(c.values["speaker"]); who != "" {
			id, _, _ := strings.Cut(who, "@")
			if to := cmp.Or(at[who], entities[id]); to != "" {
				s.rels = append(s.rels, [3]string{"Speaker", c.id, to})
			}
		}
		a, b, ok := strings.Cut(unescaped(c.values["cue"]), "-")
		start, err := strconv.Atoi(a)
		end, err2 := strconv.Atoi(b)
		if !ok || err != nil || err2 != nil {
			continue
		}
		if err := s.add(c.id+" cue", "Cue", stretch{start: start, end: end}); err != nil {
			return err
		}
		s.rels = append(s.rels, [3]string{"Cue", c.id, c.id + " cue"})
	}
	return nil
}

// splitUnescaped splits s at a byte that no backslash stands before.
func splitUnescaped(s string, at byte) []string {
	var out []string
	from := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case at:
			out = append(out, s[from:i])
			from = i + 1
		}
	}
	return append(out, s[from:])
}

// unescaped undoes escaped.
func unescaped(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch s[i] {
		case 't':
			b.WriteByte('\t')
		case 'n':
			b.WriteByte('\n')
		case 'r':
			b.WriteByte('\r')
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

func isWebAnno(head []byte) bool { return webannoForm.Match(head) }

var webannoForm = regexp.MustCompile(`\A#FORMAT=WebAnno TSV 3`)
