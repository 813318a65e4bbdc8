package reader

import (
	"fmt"
	"image/color"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
	"byline/ui"
	"byline/ui/session"
	"byline/ui/textview"
)

// doMsg asks a reader for an action that was chosen from a list.
type doMsg struct {
	to     *Screen
	action session.Action
}

// previewMsg asks a reader to mark what is about to be decided on.
type previewMsg struct {
	to      *Screen
	targets []review.Target
}

// englishMarks are the marks left off a quote that a title puts in marks of its own; those
// of other languages stay.
const englishMarks = "“”\"‘’'"

// An asker puts the questions of a session on the screen.
type asker struct {
	*Screen
}

// ask puts a question on the screen.
func (s *asker) ask(q *session.Question) tea.Cmd {
	if r, ok := s.svc.Workspace.(interface{ Reads() bool }); ok && r.Reads() && (q.Topic == session.AskNote || q.Topic == session.AskName) {
		return ui.Tell("You may only read here: nothing is noted or named") // before it is typed in full
	}
	switch q.Topic {
	case session.AskFind:
		return s.askFind()
	case session.AskMark:
		return s.askLetter(q, "Set mark (a letter):")
	case session.AskGoMark:
		return s.askLetter(q, "Go to mark"+marksWords(s.session.Trail())+":")
	case session.AskNote:
		return s.askNote(q)
	case session.AskName:
		return s.askWords(q, "Rename to:")
	}
	return ui.Send(s.chooser(q))
}

// askLetter asks for one letter.
func (s *asker) askLetter(q *session.Question, prompt string) tea.Cmd {
	return ui.Send(ui.AskMsg{Prompt: prompt, Letter: true, Done: func(letter string) tea.Cmd {
		if strings.TrimSpace(letter) == "" {
			return nil
		}
		return s.act(q.Typed(letter))
	}})
}

// marksWords lists the marks that are set: " (a b)".
func marksWords(t *session.Trail) string {
	names := slices.Sorted(maps.Keys(t.Marks()))
	if len(names) == 0 {
		return ""
	}
	return " (" + strings.Join(names, " ") + ")"
}

// askWords asks for words; none are no answer.
func (s *asker) askWords(q *session.Question, prompt string) tea.Cmd {
	return ui.Send(ui.AskMsg{Prompt: prompt, Initial: q.Words, Done: func(text string) tea.Cmd {
		if text = strings.TrimSpace(text); text == "" {
			return nil
		}
		return s.act(q.Typed(text))
	}})
}

// askNote asks for a note; none removes the one that is there.
func (s *asker) askNote(q *session.Question) tea.Cmd {
	prompt := "Note on “" + short(strings.Trim(session.OneLine(q.Spot.In(s.Words())), "“”\"")) + "”:"
	if q.Words != "" {
		prompt = "Edit note (empty removes it):"
	}
	return ui.Send(ui.AskMsg{Prompt: prompt, Initial: q.Words, Keep: true, Done: func(text string) tea.Cmd {
		if text = strings.TrimSpace(text); text == "" && q.Words == "" {
			return nil
		}
		return s.act(q.Typed(text))
	}})
}

// askFind finds while one types.
func (s *asker) askFind() tea.Cmd {
	search := func(words string) tea.Cmd {
		s.See()
		e := s.session.Search(words)
		if strings.TrimSpace(words) == "" {
			s.PaintFound()
		}
		return s.show(e)
	}
	done := func(words string) tea.Cmd {
		s.svc.Searches.add(words)
		return search(words)
	}
	return ui.Send(ui.AskMsg{Prompt: "Find:", Earlier: s.svc.Searches.words, Change: search, Done: done, Cancel: func() tea.Cmd {
		s.session.ClearFound()
		return beforeSearch(s.Screen)
	}})
}

// beforeSearch goes back to where a search began that found nothing, or was given up.
func beforeSearch(s *Screen) tea.Cmd {
	from := session.BeforeSearch(s.session)
	s.PaintFound()
	s.Text.ScrollTo(from, textview.Top)
	s.Remark()
	return s.moved()
}

// chooser returns the list that answers q.
func (s *asker) chooser(q *session.Question) ui.ChooseMsg {
	msg := ui.ChooseMsg{Title: s.titleOf(q), About: s.Spot(q.Spot), At: q.Now, Enter: enterDoes[q.Topic], Aligned: q.Topic == session.Notes || q.Topic == session.Links}
	for _, c := range q.Choices {
		msg.Choices = append(msg.Choices, s.choiceOf(q, c))
	}
	s.number(q, msg.Choices)
	for i, c := range q.Choices {
		if c.Now && len(msg.Choices) == len(q.Choices) {
			msg.Now = append(msg.Now, i)
		}
	}
	switch q.Topic {
	case session.AskSpeaker:
		s.speakerChoices(q, &msg)
	case session.AskMerge:
		msg.Else = func(name string) tea.Cmd { return s.typed(q, name) }
	case session.History:
		msg.Ways = history{Screen: s.Screen, all: q.Choices}.ways(q)
	case session.Links:
		msg.Ways = links{s.Screen}.ways(q)
	case session.AskType:
		msg.Else = func(typed string) tea.Cmd { return s.typed(q, strings.Join(strings.Fields(typed), " ")) }
	case session.AskEverywhere, session.AskAlike:
		msg.Watch = func(at int) tea.Cmd {
			if at < 0 {
				return ui.Send(previewMsg{to: s.Screen})
			}
			c := q.Choices[min(at, len(q.Choices)-1)]
			if s.session.Stale(c.Do) {
				return nil
			}
			return ui.Send(previewMsg{s.Screen, c.About})
		}
	}
	return msg
}

// speakerChoices puts who says nothing after those who have a digit, and lets several be taken, or a
// name that is typed.
func (s *asker) speakerChoices(q *session.Question, msg *ui.ChooseMsg) {
	last := len(msg.Choices) - 1
	nobody := min(9, last)
	msg.Choices = slices.Insert(msg.Choices[:last:last], nobody, msg.Choices[last])
	order := slices.Insert(q.Choices[:last:last], nobody, q.Choices[last])
	msg.Now = slices.DeleteFunc(msg.Now, func(i int) bool { return i >= nobody })
	msg.Several = func(at []int) tea.Cmd {
		var marked []session.Choice
		for _, i := range at {
			marked = append(marked, order[i])
		}
		return s.later(q.Together(marked))
	}
	msg.Else = func(name string) tea.Cmd { return s.typed(q, name) }
}

func (s *asker) typed(q *session.Question, words string) tea.Cmd {
	if words == "" && q.Topic == session.AskType {
		return nil
	}
	return s.act(q.Typed(words))
}

// number gives the choices that decide something the digits as keys.
func (s *asker) number(q *session.Question, cs []ui.Choice) {
	switch q.Topic {
	case session.Headings, session.Links, session.History, session.Lost, session.Notes:
		return
	case session.AskSpeaker, session.AskCue:
		cs[len(cs)-1].Key = "0"
		cs = cs[:len(cs)-1]
	case session.AskEverywhere:
		cs = cs[:len(cs)-q.Places]
	case session.AskType:
		s.numberTypes(cs)
		return
	}
	for i := range cs {
		cs[i].Key = digitKey(i)
	}
}

// numberTypes gives a label whose key is a digit that digit, and the others the digits that are left: a label has the same key in the list
// and beside the text.
func (s *asker) numberTypes(cs []ui.Choice) {
	var taken []string
	for _, l := range s.allLabels() {
		i := slices.IndexFunc(cs, func(c ui.Choice) bool { return c.Label == l.Name })
		if i >= 0 && len(l.Key) == 1 && l.Key >= "1" && l.Key <= "9" {
			cs[i].Key = l.Key
			taken = append(taken, l.Key)
		}
	}
	n := 0
	for i := range cs {
		for cs[i].Key == "" && n < 9 {
			if key := digitKey(n); !slices.Contains(taken, key) {
				cs[i].Key = key
			}
			n++
		}
	}
}

// digitKey returns the digit that chooses the i-th of a list, "" after the ninth.
func digitKey(i int) string {
	if i >= 9 {
		return ""
	}
	return fmt.Sprint(i + 1)
}

func (s *asker) titleOf(q *session.Question) string {
	switch q.Topic {
	case session.AskSpeaker:
		return "Attribute “" + short(session.OneLine(strings.Trim(q.Words, englishMarks))) + "” to"
	case session.AskQuoteType:
		return "Type of quote “" + short(session.OneLine(strings.Trim(q.Words, englishMarks))) + "”"
	case session.AskCue:
		return "Reporting verb of “" + short(session.OneLine(strings.Trim(q.Words, englishMarks))) + "”"
	case session.Notes:
		return "Notes and highlights"
	case session.AskMerge:
		return "Merge “" + short(q.Words) + "” with"
	case session.AskType:
		return "Tag “" + short(session.OneLine(q.Words)) + "” as, or type a new label"
	case session.AskEverywhere:
		return fmt.Sprintf("“%s”: %s, %d tagged", short(session.OneLine(q.Words)), plural(q.Places, "occurrence"), q.Named)
	case session.AskAlike:
		return "Confirm similar ones together"
	case session.Headings:
		return "Headings"
	case session.Links:
		return "Links"
	case session.History:
		return "History"
	case session.Lost:
		return "Decisions that lost their place"
	}
	return "Lost its place: " + lostWords(q.Choices[0].Lost)
}

// enterDoes says what Enter does in a list, where that is not choosing.
var enterDoes = map[session.Topic]string{session.Headings: "go there", session.Links: "follow", session.History: "go there", session.Notes: "go there"}

// choiceOf returns the line of the list that a choice of q has.
func (s *asker) choiceOf(q *session.Question, c session.Choice) ui.Choice {
	text := s.session.Article().Text
	ch := ui.Choice{Do: s.later(c.Do)}
	switch q.Topic {
	case session.AskSpeaker:
		ch.Label, ch.Detail, ch.Color = s.speakerWords(c)
	case session.AskMerge:
		ch.Label, ch.Detail, ch.Color = s.entityWords(q.Topic, c.Entity)
	case session.AskQuoteType:
		ch.Label, ch.Detail = string(c.Type), quoteTypeWords[annotate.QuoteType(c.Type)]
	case session.AskCue:
		ch.Label, ch.Detail = cueWords(text, c.Span)
	case session.Notes:
		ch.Label, ch.Detail = noteWords(text, c)
	case session.AskType:
		ch.Label = string(c.Type)
	case session.AskEverywhere:
		ch.Label, ch.Detail = everywhereWords(text, q, c)
	case session.AskAlike:
		ch.Label = s.alikeWords(c)
	case session.Headings:
		ch.Label = strings.Repeat("  ", max(0, c.Count-1)) + session.OneLine(c.Span.In(text))
	case session.Links:
		ch.Label, ch.Detail = session.OneLine(c.Do.Span.In(text)), c.Link
		if c.Link != "" {
			ch.Do = links{s.Screen}.open(c.Link)
		}
	case session.History:
		ch = history{Screen: s.Screen}.line(c)
	case session.Lost:
		ch.Label = lostWords(c.Lost)
		ch.Detail = c.Lost.Who + " " + c.Lost.At.Format("2 Jan 2006")
	case session.LostOne:
		return s.lostChoice(c)
	}
	return ch
}

// quoteTypeWords says what the types of quotes are.
var quoteTypeWords = map[annotate.QuoteType]string{
	annotate.Direct:   "full quotation in marks",
	annotate.Mixed:    "quoted words in the writer's sentence",
	annotate.Indirect: "reported speech, no marks",
}

// likelyWords says why somebody may speak a quote.
var likelyWords = map[session.Likelihood]string{
	session.SubjectOf:   ", subject of the verb",
	session.SpokeBefore: ", spoke before",
}

func (s *asker) speakerWords(c session.Choice) (label, detail string, col color.Color) {
	if c.Entity < 0 {
		return "No one named", "", nil
	}
	label, detail, col = s.entityWords(session.AskSpeaker, c.Entity)
	return label, detail + likelyWords[c.Likely], col
}

// noteWords returns the line of the list for what is noted on some words.
func noteWords(text string, c session.Choice) (label, detail string) {
	var said []string
	for _, r := range c.Remarks {
		switch {
		case r.Highlights():
			said = append(said, "highlighted")
		case r.Tag:
			said = append(said, "tag "+r.Text)
		default:
			said = append(said, "✎ "+r.Text)
		}
	}
	return session.OneLine(strings.Join(said, " · ")), "“" + session.OneLine(strings.Trim(c.Span.In(text), englishMarks)) + "”"
}

func (s *asker) entityWords(topic session.Topic, entity int) (label, detail string, col color.Color) {
	e := &s.session.Claims().Layer.Entities[entity]
	detail = string(e.Type)
	if topic == session.AskMerge {
		detail = fmt.Sprintf("%s, %d", e.Type, len(e.Mentions))
	}
	return e.Name, detail, ui.KindColor(s.Frame.Theme, e.Type)
}

func everywhereWords(text string, q *session.Question, c session.Choice) (label, detail string) {
	if c.Span.Empty() {
		all := ""
		if q.Places > 1 {
			all = fmt.Sprintf(" all %d", q.Places)
		}
		if c.Type == "" {
			return "Reject" + all, "not a name"
		}
		return "Tag" + all + " as " + string(c.Type), ""
	}
	if detail = string(c.Type); detail == "" {
		detail = "untagged"
	}
	return "  " + inContext(text, c.Span), detail
}

// cueWords describes a reporting verb to choose; an empty one is none.
func cueWords(text string, cue articles.Span) (label, detail string) {
	if cue.Empty() {
		return "No reporting verb", ""
	}
	return cue.In(text), inContext(text, cue)
}

// inContext returns the words of p in brackets, with a few whole words around them.
func inContext(text string, p articles.Span) string {
	const around = 24
	from, to := max(0, p.Start-around), min(len(text), p.End+around)
	before, after := text[from:p.Start], text[p.End:to]
	if from > 0 {
		_, whole, _ := strings.Cut(before, " ")
		before = "…" + whole
	}
	if to < len(text) {
		after = after[:max(0, strings.LastIndex(after, " "))] + "…"
	}
	return session.OneLine(strings.ToValidUTF8(before, "") + "[" + p.In(text) + "]" + strings.ToValidUTF8(after, ""))
}

// alikeWords says exactly what a choice of AskAlike confirms.
func (s *asker) alikeWords(c session.Choice) string {
	switch {
	case c.Entity >= 0:
		return fmt.Sprintf("Confirm all %d mentions of %s", c.Count, s.session.Claims().Layer.Entities[c.Entity].Name)
	case c.Type == "":
		return fmt.Sprintf("Confirm %d quotes suggested at %.0f%% or more by rule %s", c.Count, c.Score*100, c.Rule)
	}
	return fmt.Sprintf("Confirm %d mentions suggested as %s at %.0f%% or more", c.Count, c.Type, c.Score*100)
}

func (s *asker) copyLink(c session.Choice) tea.Cmd {
	if c.Link == "" {
		return ui.Send(ui.CopyMsg{Text: c.Do.Span.In(s.session.Article().Text), What: "the note"})
	}
	return ui.Send(ui.CopyMsg{Text: c.Link, What: "the link"})
}

// lostChoice offers to place a decision again, or to drop it from the list.
func (s *asker) lostChoice(c session.Choice) ui.Choice {
	switch {
	case c.Do.Edit.Verb == annotate.Drop:
		return ui.Choice{Label: "Drop it from this list", Detail: "kept in the log; undo lists it again", Do: s.later(c.Do)}
	case c.Span.Empty():
		return ui.Choice{
			Label: "Place it again", Detail: "first go to its words or select them", Do: ui.Tell("Select its words ({reader.select}), then {reader.orphans}"),
		}
	}
	detail := "under the cursor"
	if s.Sel.On {
		detail = "selected"
	}
	return ui.Choice{Label: "Place it on “" + short(session.OneLine(c.Span.In(s.session.Article().Text))) + "”", Detail: detail, Do: s.later(c.Do)}
}
