package outside

import (
	"fmt"
	"strings"

	"byline/annotate"
)

// heads are the verdicts in a word or two: they stand in the margin.
var heads = [...]string{same: "the same", otherType: "other type", otherEnds: "other ends", otherName: "other name", otherSpeaker: "other speaker", nothing: "nothing"}

// mostSaid is how many claims of one are told where there is room for a few.
const mostSaid = 3

// words returns opinions in words: whose suggestion stands, who suggests the same, who what else, and who nothing.
func (p *place) words(all []opinion) []annotate.Reason {
	var first, others []annotate.Reason
	var agree, silent []string
	say := func(list *[]annotate.Reason, of, says string) {
		*list = append(*list, annotate.Reason{Of: of, Says: says, Beside: true})
	}
	for i := range all {
		switch o := &all[i]; {
		case o.stands:
			say(&first, "stands", p.standing(o, all[i+1:]))
		case o.verdict == nothing:
			silent = append(silent, o.maker())
		case o.verdict == same && p.claim != nil:
			agree = append(agree, p.agreeing(o))
		default:
			say(&others, heads[o.verdict], p.differing(o))
		}
	}
	if len(agree) > 0 {
		say(&first, heads[same], strings.Join(agree, "; "))
	}
	if first = append(first, others...); len(silent) > 0 {
		say(&first, heads[nothing], strings.Join(silent, "; "))
	}
	return first
}

// standing tells the suggestion that stands, and why it does where others below it suggest something, too.
func (p *place) standing(o *opinion, below []opinion) string {
	out := p.told(&p.saying, false)
	switch { // what the others found changes what byline makes of it
	case o.verdict != same:
		out += "; by itself: " + p.list(o)
	case o.says[0].quote && len(o.says[0].names) == 0 && len(p.names) > 0:
		out += "; byline found who speaks"
	}
	out += " — " + o.maker()
	n := 1
	for i := range below {
		if below[i].verdict != nothing {
			n++
		}
	}
	if n == 1 {
		return out
	}
	return fmt.Sprintf("%s; %s of the %d with a suggestion here", out, o.rank(), n)
}

// rank says why the suggestion of a program goes over those of others.
func (o *opinion) rank() string {
	switch {
	case o.At.IsZero():
		return "first"
	case o.imported():
		return "imported last"
	}
	return "asked last"
}

// imported reports whether what a program suggests was read from a file.
func (o *opinion) imported() bool {
	for c := range o.Claims() {
		if c.Origin.Outside() {
			return c.Origin.Rule == annotate.Imported
		}
	}
	return false
}

// agreeing tells who suggests the same.
func (p *place) agreeing(o *opinion) string {
	out := o.maker()
	if s := &o.says[0]; s.quote && len(s.names) == 0 && len(p.names) > 0 {
		out += ", which names no speaker"
	}
	return out + score(o.says[0].score)
}

// differing tells what somebody else suggests.
func (p *place) differing(o *opinion) string {
	out := p.list(o)
	if o.yields != "" {
		out += "; gives way to " + o.yields
	}
	return out + " — " + o.maker()
}

// list tells what somebody suggests.
func (p *place) list(o *opinion) string {
	if o.verdict == nothing {
		return "nothing"
	}
	var said []string
	for i := range o.says {
		if i == mostSaid && len(o.says) > mostSaid+1 {
			said = append(said, fmt.Sprintf("%d more", len(o.says)-i))
			break
		}
		said = append(said, p.told(&o.says[i], o.verdict == otherEnds))
	}
	return strings.Join(said, "; ")
}

// told tells a claim: "person Ines Calder, 97%", "direct, by Ines Calder, 70%"; after its words, if they are not those of p.
func (p *place) told(s *saying, elsewhere bool) string {
	out := s.typ
	switch {
	case s.quote && len(s.names) == 0:
		out += ", no speaker"
	case s.quote:
		out += ", by " + annotate.JoinNames(s.names)
	case !elsewhere || !strings.EqualFold(oneLine(s.In(p.text)), oneLine(s.names[0])):
		out += " " + s.names[0]
	}
	if elsewhere {
		out = p.ends(s) + ", " + out
	}
	return out + score(s.score)
}

// ends tells the words of a claim that are not those of p.
func (p *place) ends(s *saying) string {
	here, there := p.at.In(p.text), s.In(p.text)
	bare := strings.Trim(oneLine(there), quotationMarks)
	switch {
	case !s.quote || bare != strings.Trim(oneLine(here), quotationMarks):
		return marked(shortened(there))
	case len(there) < len(here):
		return "without the marks"
	}
	return "with the marks"
}

// score tells a score; it is empty where a program gave none.
func score(f float64) string {
	if f == 0 {
		return ""
	}
	return fmt.Sprintf(", %.0f%%", 100*f)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// shortened returns words without the middle ones, if they are many: it is the ends that tell claims apart.
func shortened(words string) string {
	all := strings.Fields(words)
	if len(all) > 8 {
		all = append(append(all[:3:3], "…"), all[len(all)-3:]...)
	}
	return strings.Join(all, " ")
}

// quotationMarks are those that a quote has at its ends.
const quotationMarks = "“”\"„«»"

// marked puts words in marks, unless they have some at both ends.
func marked(words string) string {
	if strings.TrimLeft(words, quotationMarks) != words && strings.TrimRight(words, quotationMarks) != words {
		return words
	}
	return "“" + words + "”"
}
