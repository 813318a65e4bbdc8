package display

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/annotate"
	"byline/ui"
	"byline/ui/columns"
	"byline/ui/session"
	"byline/ui/theme"
)

// A Panel is the list next to the text: entities with the forms of their names,
// or quotes with their speakers. It and the text are one: what is current in the
// one is current in the other.
type Panel struct {
	Tab    tab
	Focus  bool
	Filter string
	Rows   []row
	closed [tabCount]listing // the rows with no entity open; what is not needed any more is written over
	opened []row             // what Rows were with an entity open, to be written over
	cursor int               // index of the current row
	top    int
	open   int // entity whose forms are shown; −1 for none
	grab   int // 1 + the entity of the row that the mouse holds; 0 for none
	Marked markedRows
	Height int // rows for the list, as last drawn
}

// refresh lists again, keeping the cursor on the same entity or quote.
func (p *Panel) refresh(s *Scene, text string) {
	was := row{entity: -1, quote: -1}
	if p.cursor < len(p.Rows) {
		was = p.Rows[p.cursor]
	}
	for i := range p.closed { // none keeps claims that are gone
		p.closed[i].turn(s.Claims, tab(i) == p.Tab)
	}
	if l, now := &p.closed[p.Tab], (listed{s.Claims, p.Filter}); l.of != now {
		*l = listing{now, s.rows(l.rows[:0], text, p.Tab, p.Filter)}
	}
	p.unfold(s, text)
	p.cursor = max(0, min(p.cursor, len(p.Rows)-1))
	p.seek(func(r row) bool { return r.entity == was.entity && r.quote == was.quote && r.form == was.form })
}

// A listing is what a scene lists on a tab. It is kept as long as none of these
// changes: a step must not cost more the more there is to list.
type listing struct {
	of   listed
	rows []row
}

type listed struct {
	claims *session.Claims // nil where the rows are out of date
	filter string
}

// turn notes that other claims are listed from now on. Rows of quotes stay where the quotes do, whose speakers' numbers
// are part of them; only a filter looks at names. Those that are shown are brought up to date.
func (l *listing) turn(to *session.Claims, shown bool) {
	was := l.of.claims
	if was == nil || was == to {
		return
	}
	l.of.claims = nil
	quotes, same := to.Layer.Quotes, to.Layer.SharesQuotes(was.Layer)
	if len(l.rows) == 0 || l.rows[0].quote < 0 || l.of.filter != "" || !same && (!shown || len(quotes) != len(was.Layer.Quotes)) {
		return
	}
	if l.of.claims = to; same {
		return
	}
	for i := range quotes {
		a, b := was.Layer.Quotes[i], quotes[i]
		if a != b && (a.State != b.State || a.Origin.Score != b.Origin.Score || a.Speaker != b.Speaker) {
			rows := quoteRow(to.Layer, i)
			copy(l.rows[2*i:], rows[:])
		}
	}
}

// unfold makes the rows of the listing with the forms of the open entity under it.
func (p *Panel) unfold(s *Scene, text string) {
	if p.Tab == quotesTab { // there are many, and none is changed
		p.Rows = p.closed[quotesTab].rows
		return
	}
	p.opened = append(p.opened[:0], p.closed[p.Tab].rows...)
	p.Rows = p.opened
	if p.open < 0 {
		return
	}
	i := slices.IndexFunc(p.Rows, func(r row) bool { return r.entity == p.open })
	if i >= 0 {
		p.opened = slices.Insert(p.opened, i+1, formRows(text, p.open, &s.Layer.Entities[p.open])...)
		p.Rows = p.opened
	}
}

func (p *Panel) seek(want func(row) bool) {
	for i, r := range p.Rows {
		if want(r) && !r.second {
			p.cursor = i
			return
		}
	}
}

// follow makes the row of claim c the current one, on its tab. The row of a form stays
// current as long as the claim is of its entity.
func (p *Panel) follow(s *Scene, text string, c session.Claim) {
	was, _ := p.current()
	if c.Kind() == annotate.OfQuote {
		p.Tab = quotesTab
		p.refresh(s, text)
		p.seek(func(r row) bool { return r.quote == c.Index })
		return
	}
	p.Tab = tabOf(s.Type(c))
	p.refresh(s, text)
	p.seek(func(r row) bool { return r.entity == c.Entity && r.form == "" })
	if p.Focus && was.entity == c.Entity && was.quote < 0 && was.form != "" {
		p.seek(func(r row) bool { return r.entity == c.Entity && r.form == was.form })
	}
}

// left reports whether claim c went to another list by a decision in the panel: who goes down a
// list stays there, on the row that comes next.
func (p *Panel) left(s *Scene, c session.Claim) bool {
	return p.Focus && !session.IsQuote(c) && p.Tab != quotesTab && tabOf(s.Type(c)) != p.Tab
}

// carry finds the entities of the open row and of the current one among those of another
// scene.
func (p *Panel) carry(from, to *Scene) {
	p.open = sameEntity(from, to, p.open)
	if p.cursor < len(p.Rows) && p.Rows[p.cursor].quote < 0 {
		p.Rows[p.cursor].entity = sameEntity(from, to, p.Rows[p.cursor].entity)
	}
}

// sameEntity returns the entity of scene to that has a mention of entity e of from, −1 for
// none.
func sameEntity(from, to *Scene, e int) int {
	if e < 0 || e >= len(from.Layer.Entities) {
		return -1
	}
	for _, m := range from.Layer.Entities[e].Mentions {
		if at := to.FindMention(m.Span); at >= 0 {
			return to.List[at].Entity
		}
	}
	return -1
}

// Move steps the cursor by n rows; a quote's two lines count as one.
func (p *Panel) Move(n int) {
	step := 1
	if n < 0 {
		step = -1
	}
	for ; n != 0; n -= step {
		at := p.cursor + step
		if at >= 0 && at < len(p.Rows) && p.Rows[at].second {
			at += step
		}
		if at < 0 || at >= len(p.Rows) {
			return
		}
		p.cursor = at
	}
}

// Step moves the cursor to the next entity or quote in direction dir, or, with here, to
// the one under it; after the last comes the first, which round reports. It is false where
// there is no other.
func (p *Panel) Step(dir int, here bool) (stepped, round bool) {
	heads := func(i int) bool { return p.Rows[i].form == "" && !p.Rows[i].second }
	if len(p.Rows) == 0 {
		return false, false
	}
	i := p.cursor
	if !here || dir < 0 {
		i += dir
	}
	for range len(p.Rows) + 1 {
		switch {
		case i < 0:
			i, round = len(p.Rows)-1, true
		case i >= len(p.Rows):
			i, round = 0, true
		}
		if heads(i) {
			stepped = i != p.cursor || here
			p.cursor = i
			return stepped, round && stepped
		}
		i += dir
	}
	return false, false
}

// PointTo makes what the current row is about the current claim of on, where the panel has the
// keys and no claim is current.
func (p *Panel) PointTo(s *Scene, text string, on *session.Session) {
	r, ok := p.current()
	if !p.Focus || !ok || on.Cursor() >= 0 {
		return
	}
	if at := s.claimOf(text, r); at >= 0 {
		on.Point(at)
	}
}

// Unfolds reports whether the current row is that of an entity with several forms, which are
// not shown.
func (p *Panel) Unfolds(s *Scene, text string) bool {
	r, ok := p.current()
	if !ok || r.quote >= 0 || r.form != "" || r.entity == p.open {
		return false
	}
	ms := s.Layer.Entities[r.entity].Mentions
	return slices.ContainsFunc(ms, func(m annotate.Mention) bool { return session.OneLine(m.In(text)) != session.OneLine(ms[0].In(text)) })
}

// Unfold shows the forms of the current row's entity below it, or hides them and goes back
// to the entity. It reports whether the row has forms.
func (p *Panel) Unfold(on bool, s *Scene, text string) bool {
	r, ok := p.current()
	if !ok || r.quote >= 0 {
		return false
	}
	if p.open = -1; on {
		p.open = r.entity
	} else {
		r.form = ""
	}
	p.refresh(s, text)
	p.seek(func(o row) bool { return o.entity == r.entity && o.quote < 0 && o.form == r.form })
	return true
}

// Turn shows the next list, in direction dir, that has anything in it.
func (p *Panel) Turn(dir int, s *Scene, text string) {
	t := p.Tab
	for range tabCount {
		t = (t + tab(dir) + tabCount) % tabCount
		if s.totals[t] > 0 || t <= quotesTab {
			break
		}
	}
	p.Tab, p.cursor, p.open = t, 0, -1
	p.refresh(s, text)
}

// Narrow lists only what holds part.
func (p *Panel) Narrow(part string, s *Scene, text string) {
	p.Filter, p.cursor = part, 0
	p.refresh(s, text)
}

// rowAt returns the row that line y of a panel of so many lines shows, −1 for none.
func (p *Panel) rowAt(y, lines int) int {
	i := p.top + y - (lines - p.Height) // the list has the lines below the tabs
	if i < p.top || i >= len(p.Rows) {
		return -1
	}
	if p.Rows[i].second {
		i--
	}
	return i
}

// current returns the row under the cursor.
func (p *Panel) current() (row, bool) {
	if p.cursor >= len(p.Rows) {
		return row{}, false
	}
	return p.Rows[p.cursor], true
}

// canvas is what the panel draws on.
type canvas struct {
	theme         *theme.Theme
	method        ansi.Method
	width, height int
}

// View draws the panel: exactly c.height lines of c.width cells.
func (p *Panel) view(s *Scene, text string, c canvas) []string {
	lines := p.tabs(s, c)
	if p.Filter != "" {
		lines = append(lines, c.theme.Key.Render(columns.Fit(" filter: "+p.Filter, c.width, c.method)))
	}
	p.Height = max(1, c.height-len(lines))
	p.top = max(0, min(p.top, p.cursor))
	last := p.cursor
	if last+1 < len(p.Rows) && p.Rows[last+1].second {
		last++
	}
	p.top = max(p.top, last-p.Height+1)
	for i := p.top; i < min(len(p.Rows), p.top+p.Height); i++ {
		lines = append(lines, p.line(s, text, i, c))
	}
	if len(p.Rows) == 0 {
		lines = append(lines, c.theme.Muted.Render(columns.Fit(p.nothing(), c.width, c.method)))
	}
	for len(lines) < c.height {
		lines = append(lines, columns.Blank(c.width))
	}
	return lines[:c.height]
}

func (p *Panel) nothing() string {
	if p.Filter != "" {
		return " No matches; esc clears the filter"
	}
	return fmt.Sprintf(" No %s in this article", [...]string{"people", "organizations", "quotes", "places", "labels of your own"}[p.Tab])
}

// line draws row i.
func (p *Panel) line(s *Scene, text string, i int, c canvas) string {
	r := p.Rows[i]
	at := " "
	if i == p.cursor || r.second && i == p.cursor+1 {
		at = "▸"
	}
	if r.second {
		at = " "
	}
	left, right := p.words(s, text, r), ""
	if r.count > 0 {
		right = strconv.Itoa(r.count) + " "
	}
	if signs := s.rowSigns(text, r); signs != "" {
		right = signs + " " + right
	}
	right = " " + right
	sign := " "
	if p.Marked.has(r) {
		sign = "✓"
	}
	body := columns.Between(sign+at+" "+left, right, c.width, c.method)
	chosen := i == p.cursor || r.second && i == p.cursor+1
	if chosen && p.Focus {
		return c.theme.Chosen.Render(body)
	}
	return p.style(s, r, c.theme, chosen).Render(body)
}

func (p *Panel) words(s *Scene, text string, r row) string {
	switch {
	case r.second:
		return "  " + session.OneLine(s.Layer.Quotes[r.quote].In(text))
	case r.quote >= 0:
		return r.sign + " " + SpeakerNames(s.Claims, text, r.quote)
	case r.form != "":
		return "  " + r.sign + " " + r.form
	}
	return r.sign + " " + s.Layer.Entities[r.entity].Name
}

// SpeakerNames names who speaks quote q, by the entities or by the words in the text.
func SpeakerNames(s *session.Claims, text string, q int) string {
	if names := s.SpeakerNames(q); names != "" {
		return names
	}
	if m := s.Layer.Quotes[q].SpeakerMention; !m.Empty() {
		return session.OneLine(m.In(text))
	}
	return "unattributed"
}

func (p *Panel) style(s *Scene, r row, th *theme.Theme, chosen bool) lipgloss.Style {
	st := th.Text
	switch {
	case r.second:
		return th.Muted.Italic(true)
	case r.form != "":
		st = th.Muted
	case r.entity >= 0:
		st = lipgloss.NewStyle().Foreground(ui.KindColor(th, s.Layer.Entities[r.entity].Type))
	}
	if r.sign == theme.SignRejected {
		st = th.Muted.Strikethrough(true)
	}
	return st.Bold(chosen)
}

// A marked row is one that the next merging or splitting in the panel is about. Rows are
// known by the name and form they show, which outlast a change of the layer.
type marked struct {
	entity int
	form   string
}

type markedRows []marked

func (m markedRows) has(r row) bool {
	return r.quote < 0 && slices.Contains(m, marked{r.entity, r.form})
}

// entities returns the entities that rows were marked of, each once, those with the most
// mentions first.
func (m markedRows) entities(s *Scene) []int {
	var out []int
	for _, x := range m {
		if !slices.Contains(out, x.entity) {
			out = append(out, x.entity)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int {
		return cmp.Compare(len(s.Layer.Entities[b].Mentions), len(s.Layer.Entities[a].Mentions))
	})
	return out
}

// Mark marks the panel's current row, or takes the mark away, and goes on to the next.
func (p *Panel) Mark() {
	r, ok := p.current()
	if !ok || r.quote >= 0 {
		return
	}
	x := marked{r.entity, r.form}
	if i := slices.Index(p.Marked, x); i >= 0 {
		p.Marked = slices.Delete(p.Marked, i, i+1)
	} else {
		p.Marked = append(p.Marked, x)
	}
	n := 1
	for at := p.cursor + n; r.form == "" && at < len(p.Rows) && p.Rows[at].form != ""; at++ {
		n++ // after an entity comes the next, not the forms of its name
	}
	p.Move(n)
}
