package uima

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/offsets"
	"byline/annotate/format/records"
	"byline/annotate/format/standoff"
)

// readWebAnno reads WebAnno TSV 3.1 to 3.3. Names are those of the layer NamedEntity, or
// of all layers of spans if it is not there. Chains of coreference join them to entities.
// Relations of coreference join them, too. Other layers and relations are counted as lost.
func readWebAnno(in format.Input) (*format.Document, error) {
	r := &tsvReader{loss: in.Loss, claims: map[string]*tsvClaim{}, tokens: map[string]int{}}
	return r.read(in)
}

// A tsvReader collects a file.
type tsvReader struct {
	loss   *format.Loss
	layers []tsvLayer
	tsvText
	claims map[string]*tsvClaim
	order  []*tsvClaim
	tokens map[string]int // where a token begins, by its number: "2-3"
	links  []tsvRelation
}

// A tsvRelation leads from a claim of a layer to another, which stand on tokens; numbers tell apart several claims there.
type tsvRelation struct {
	layer, base    string
	from           int    // where the token begins that it stands on
	to             string // the number of a token
	number, target string // of the claims there, 0 if there is one only
}

// A tsvLayer is a layer with its features and its first column.
type tsvLayer struct {
	kind, name string
	features   []string
	roles      []bool // of each feature: whether it says what other annotations are to this one
	column     int
}

// A tsvClaim is an annotation of tokens.
type tsvClaim struct {
	layer  *tsvLayer
	values map[string]string
	at     offsets.Stretch // in UTF-16 code units
	id     string
}

func (r *tsvReader) read(in format.Input) (*format.Document, error) {
	lines := bufio.NewReaderSize(in, 1<<16)
	for n := 1; ; n++ {
		line, err := records.Line(lines)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if err := r.line(strings.ToValidUTF8(strings.TrimRight(string(line), "\r\n"), string(utf8.RuneError))); err != nil {
			r.loss.AddSuch("lines that cannot be read", fmt.Sprintf("line %d: %v", n, err))
		}
		if err != nil {
			break
		}
	}
	r.endSentence()
	if len(r.layers) == 0 && r.text.Len() == 0 {
		return nil, errors.New("it has neither layers nor text")
	}
	return r.document(in.Name), nil
}

func (r *tsvReader) line(line string) error {
	switch {
	case strings.HasPrefix(line, "#T_"):
		r.declare(line[1:])
	case strings.HasPrefix(line, "#Text="):
		r.addLine(unescapeTSV(strings.TrimPrefix(line, "#Text=")))
	case strings.HasPrefix(line, "#"), strings.TrimSpace(line) == "":
	default:
		return r.token(strings.Split(line, "\t"))
	}
	return nil
}

// declare reads the declaration of a layer.
func (r *tsvReader) declare(line string) {
	kind, rest, _ := strings.Cut(line, "=")
	f := strings.Split(rest, "|")
	l := tsvLayer{kind: kind, name: f[0]}
	for _, have := range r.layers {
		l.column += len(have.features)
	}
	if kind == "T_SP" && len(f) == 1 {
		f = append(f, "") // a layer without features has one column
	}
	l.features = f[1:]
	for i, name := range l.features { // a role is followed by the type of what plays it
		l.roles = append(l.roles, strings.HasPrefix(name, "ROLE_") || i > 0 && strings.HasPrefix(l.features[i-1], "ROLE_") && strings.Contains(name, "."))
	}
	r.layers = append(r.layers, l)
}

// token reads the line of a token, or of a part of one.
func (r *tsvReader) token(f []string) error {
	if len(f) < 3 {
		return fmt.Errorf("%.60q is not a token", strings.Join(f, " "))
	}
	a, b, ok := strings.Cut(f[1], "-")
	start, err := strconv.Atoi(a)
	end, err2 := strconv.Atoi(b)
	if !ok || err != nil || err2 != nil || start > end || start < 0 {
		return fmt.Errorf("%q are not offsets", f[1])
	}
	start, end = r.place(start, end, unescapeTSV(f[2]), r.loss)
	r.tokens[f[0]] = start
	for i := range r.layers {
		if l := &r.layers[i]; l.kind == "T_RL" {
			r.relations(l, f, start)
		} else {
			r.layer(l, f, offsets.Stretch{Start: start, End: end})
		}
	}
	return nil
}

// relations reads the cells of a layer of relations. The last column says where each leads, "2-3" or
// "2-3[4_1]" with the numbers of the claims at its end and at this token.
func (r *tsvReader) relations(l *tsvLayer, f []string, start int) {
	last := 3 + l.column + len(l.features) - 1
	base, ok := strings.CutPrefix(l.features[len(l.features)-1], "BT_")
	if !ok || last >= len(f) || f[last] == "_" || f[last] == "" {
		return
	}
	for _, cell := range splitUnescaped(f[last], '|') {
		m := tsvEnd.FindStringSubmatch(cell)
		if m == nil {
			r.loss.Add(1, "relations of which the end is not known")
			continue
		}
		r.links = append(r.links, tsvRelation{layer: l.name, base: base, from: start, to: m[1], target: cmp.Or(m[2], "0"), number: cmp.Or(m[3], "0")})
	}
}

var tsvEnd = regexp.MustCompile(`^(\d+-\d+)(?:\[(\d+)_(\d+)\])?$`)

// relate joins the claims between which relations of coreference lead, and counts the others.
func (r *tsvReader) relate(s *standoff.Reader) {
	for _, l := range r.links {
		one, two := r.at(l.base, l.from, l.number), r.at(l.base, r.tokens[l.to], l.target)
		if !strings.Contains(strings.ToLower(l.layer), "coref") || s.Annotation(one) == nil || s.Annotation(two) == nil {
			r.loss.Add(1, fmt.Sprintf("relations of the layer %.60s: only those of coreference are read", l.layer))
			continue
		}
		s.Join(two, one)
	}
}

// at returns the ID of a claim on the token that begins there.
func (r *tsvReader) at(layer string, start int, number string) string {
	if number != "0" {
		return layer + "[" + number
	}
	return fmt.Sprint(layer, " at ", start, " ", 0)
}

// layer reads the cells of a layer.
func (r *tsvReader) layer(l *tsvLayer, f []string, at offsets.Stretch) {
	for k, feature := range l.features {
		if 3+l.column+k >= len(f) {
			return
		}
		cell := f[3+l.column+k]
		if cell == "_" || cell == "" {
			continue
		}
		for n, v := range splitUnescaped(cell, '|') {
			key, value := l.claimOf(v, at, n)
			c := r.claim(key, l, at)
			c.at.End = max(c.at.End, at.End)
			if value != "*" {
				c.values[feature] = value
			}
		}
	}
}

// claimOf returns the key of the claim that the n-th value of a cell belongs to, and the
// value without the number that tells claims apart, as in "PER[3]".
func (l *tsvLayer) claimOf(v string, at offsets.Stretch, n int) (key, value string) {
	if l.kind == "T_CH" {
		return fmt.Sprint(l.name, " chain at ", at.Start, " ", n), v
	}
	if m := tsvNumber.FindStringSubmatch(v); m != nil {
		return l.name + "[" + m[2], m[1]
	}
	return fmt.Sprint(l.name, " at ", at.Start, " ", n), v
}

// claim returns the claim with a key, and adds it if there is none.
func (r *tsvReader) claim(key string, l *tsvLayer, at offsets.Stretch) *tsvClaim {
	c := r.claims[key]
	if c == nil {
		c = &tsvClaim{layer: l, values: map[string]string{}, at: at, id: key}
		r.claims[key] = c
		r.order = append(r.order, c)
	}
	return c
}

var tsvNumber = regexp.MustCompile(`^(.*[^\\]|)\[(\d+)\]$`)

func (r *tsvReader) document(name string) *format.Document {
	text := r.text.String()
	s := standoff.NewReader(r.loss)
	named := slices.ContainsFunc(r.layers, func(l tsvLayer) bool { return l.name == typeName })
	spans := map[offsets.Stretch][]string{}
	entities := map[string]string{} // the first mention by the ID of the entity
	for _, c := range r.order {
		switch {
		case c.layer.name == webannoQuote:
			s.AddAnyway(c.id, "Quote", c.at)
			s.Say(c.id, "Form", unescapeTSV(c.values["kind"]))
			s.Say(c.id, "Origin", unescapeTSV(c.values["origin"]))
			s.Say(c.id, "Score", unescapeTSV(c.values["score"]))
		case c.layer.name == typeName, c.layer.kind == "T_SP" && !named && len(c.values) > 0:
			r.name(s, c, entities)
			spans[c.at] = append(spans[c.at], c.id)
		case c.layer.kind == "T_SP" && len(c.values) > 0 && !strings.Contains(c.layer.name, ".syntax.") && !strings.Contains(c.layer.name, ".lexmorph.") && !strings.Contains(c.layer.name, ".segmentation."):
			r.loss.Add(1, fmt.Sprintf("annotations of the layer %.60s: names and quotes are read", c.layer.name))
		}
	}
	r.relate(s)
	if len(entities) == 0 {
		r.joinChains(s, spans)
	}
	r.relateQuotes(s, entities)
	d := &format.Document{Article: standoff.Article(standoff.TitleOf(name), text)}
	d.Layer = s.Layer(text, offsets.UTF16)
	d.Labels, d.Own = s.Labels(), len(entities) > 0
	return d
}

// name adds a mention.
func (r *tsvReader) name(s *standoff.Reader, c *tsvClaim, entities map[string]string) {
	s.AddAnyway(c.id, cmp.Or(unescapeTSV(r.label(c)), "other"), c.at)
	ours := strings.SplitN(unescapeTSV(c.values["identifier"]), "/", 6)
	if len(ours) != 6 || ours[0] != "byline" {
		if id := unescapeTSV(c.values["identifier"]); id != "" {
			b := s.Annotation(c.id)
			b.Remarks = append(b.Remarks, annotate.Remark{Text: id, Tag: true})
		}
		return
	}
	s.Say(c.id, "Form", ours[2])
	s.Say(c.id, "Origin", ours[3])
	s.Say(c.id, "Score", ours[4])
	s.Say(c.id, "Type", ours[5])
	if first := entities[ours[1]]; first != "" {
		s.Join(first, c.id)
	} else {
		entities[ours[1]] = c.id
	}
}

// label returns the label of a name: its value, else the first feature that it has. The others are counted as lost.
func (r *tsvReader) label(c *tsvClaim) string {
	from := "value"
	if c.values[from] == "" {
		from = ""
	}
	for i, f := range c.layer.features {
		v := c.values[f]
		switch {
		case v == "" || f == from || f == "identifier":
		case c.layer.roles[i]:
			if strings.HasPrefix(f, "ROLE_") {
				r.loss.Add(len(splitUnescaped(v, ';')), "roles in an annotation: only coreference and speakers are read")
			}
		case from == "":
			from = f
		default:
			r.loss.Add(1, fmt.Sprintf("features %.40s of names", f))
		}
	}
	return c.values[from]
}

// joinChains joins the names at the links of a chain.
func (r *tsvReader) joinChains(s *standoff.Reader, spans map[offsets.Stretch][]string) {
	type link struct{ chain, number string }
	at := map[link]offsets.Stretch{}
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
		p.Start, p.End = min(p.Start, c.at.Start), max(p.End, c.at.End)
		at[k] = p
	}
	first := map[string]string{}
	for _, k := range order {
		ids := spans[at[k]]
		if len(ids) == 0 {
			id := "link " + k.chain + "-" + k.number
			if s.Add(id, "other", at[k]) != nil {
				continue
			}
			ids = []string{id}
		}
		if first[k.chain] != "" {
			s.Join(first[k.chain], ids[0])
			continue
		}
		first[k.chain] = ids[0]
	}
}

var tsvLink = regexp.MustCompile(`->(\d+)-(\d+)$`)

// relateQuotes adds the speakers and cues of quotes.
func (r *tsvReader) relateQuotes(s *standoff.Reader, entities map[string]string) {
	at := map[string]string{} // mentions by entity and offsets
	for _, c := range r.order {
		if ours := strings.SplitN(unescapeTSV(c.values["identifier"]), "/", 3); len(ours) == 3 {
			at[fmt.Sprintf("%s@%d-%d", ours[1], c.at.Start, c.at.End)] = c.id
		}
	}
	for _, c := range r.order {
		if c.layer.name != webannoQuote {
			continue
		}
		for who := range strings.SplitSeq(unescapeTSV(c.values["speaker"]), "; ") {
			id, place, _ := strings.Cut(who, "@")
			switch {
			case at[who] != "":
				s.Relate(standoff.SpeakerThere, c.id, at[who])
				continue
			case entities[id] != "":
				s.Relate(standoff.SpeakerEntity, c.id, entities[id])
			case id != "":
				r.loss.Add(1, "speakers that are not in the file")
			}
			r.part(s, c, standoff.SpeakerMention, place)
		}
		r.part(s, c, "Cue", unescapeTSV(c.values["cue"]))
	}
}

// part adds the part of a quote at a place, "12-19", if there is one.
func (r *tsvReader) part(s *standoff.Reader, quote *tsvClaim, label, place string) {
	if place == "" {
		return
	}
	a, b, ok := strings.Cut(place, "-")
	start, err := strconv.Atoi(a)
	end, err2 := strconv.Atoi(b)
	if !ok || err != nil || err2 != nil {
		r.loss.AddSuch("cues and places of speakers that cannot be read", fmt.Sprintf("%.40q", place))
		return
	}
	s.Relate(label, quote.id, s.AddAnyway(quote.id+" "+label, label, offsets.Stretch{Start: start, End: end}))
}

// splitUnescaped splits s at the bytes at that do not follow a backslash.
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

// unescapeTSV is the reverse of escapeTSV and of webannoText: what has a meaning in values only is never behind
// a backslash of a text.
func unescapeTSV(s string) string {
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
		case 'f':
			b.WriteByte('\f')
		case 'b':
			b.WriteByte('\b')
		case 'u': // in version 3.1
			n, err := strconv.ParseUint(s[i+1:min(i+5, len(s))], 16, 16)
			if err != nil || i+5 > len(s) {
				b.WriteByte('u')
				continue
			}
			i += 4
			if low := surrogate(s[i+1:]); utf16.IsSurrogate(rune(n)) && low != 0 {
				b.WriteRune(utf16.DecodeRune(rune(n), low))
				i += 6
				continue
			}
			b.WriteRune(rune(n))
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// surrogate returns the second half of a pair that s begins with, as "\ude00", else 0.
func surrogate(s string) rune {
	if len(s) < 6 || s[:2] != `\u` {
		return 0
	}
	n, err := strconv.ParseUint(s[2:6], 16, 16)
	if err != nil || n < 0xdc00 || n > 0xdfff {
		return 0
	}
	return rune(n)
}

func sniffWebAnno(head []byte) bool { return webannoForm.Match(head) }

var webannoForm = regexp.MustCompile(`\A#FORMAT=WebAnno TSV 3`)
