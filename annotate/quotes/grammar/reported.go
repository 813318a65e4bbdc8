package grammar

import (
	"strings"

	"byline/annotate"
	"byline/annotate/quotes/words"
	"byline/articles"
)

// A Report is a clause without quotation marks that somebody is reported to say.
type Report struct {
	Attribution
	Clause articles.Span
	Kind   ReportKind
}

// A ReportKind says where the attribution of a reported clause is.
type ReportKind uint8

// The kinds of reports.
const (
	SaidThat     ReportKind = iota // Quill said that the press was sold.
	AfterClause                    // The press was sold, Quill said.
	InsideClause                   // The press, Quill said, was sold.
	ByAccount                      // According to Quill, the press was sold.
)

// Reported returns the clauses that are reported in tokens s, which are those of a sentence.
func (g *Grammar) Reported(s annotate.Range) []Report {
	var found []Report
	for ; s.First < s.End; s.First += sentenceTokens {
		found = append(found, g.reportedIn(annotate.Range{First: s.First, End: min(s.End, s.First+sentenceTokens)})...)
	}
	return found
}

// reportedIn returns the clauses that are reported in tokens s. An attribution that embraces them
// ends the search; another may follow the clause of "said that".
func (g *Grammar) reportedIn(s annotate.Range) []Report {
	var found []Report
	for t := s.First; t < s.End; {
		if g.Marked(t) {
			t++
			continue
		}
		c, ok := g.CueAt(t)
		if !ok && g.In(t, "according", "According") {
			if r, ok := g.accordingClause(t, s); ok {
				return append(found, r)
			}
		}
		if !ok || c.Class != words.Say && c.Class != words.Tell {
			t++
			continue
		}
		var rs []Report
		rs, t = g.reportsOf(t, s, c)
		found = append(found, rs...)
	}
	return found
}

// reportsOf returns what the cue at token t reports in the tokens s, and the token to continue
// with.
func (g *Grammar) reportsOf(t int, s annotate.Range, c words.Cue) ([]Report, int) {
	if rs := g.insideClause(t, s, c); rs != nil {
		return rs, s.End
	}
	if r, ok := g.afterPhrase(t, s, c); ok {
		return []Report{r}, s.End
	}
	if r, ok := g.trailingName(t, s, c); ok {
		return []Report{r}, s.End
	}
	if r, ok := g.trailingCue(t, s, c); ok {
		return []Report{r}, s.End
	}
	if r, to, ok := g.saidThat(t, s, c); ok {
		return []Report{r}, max(to, t+1)
	}
	return nil, t + 1
}

// insideClause reads: The press, Quill said, was sold. Both sides of the attribution are reported.
func (g *Grammar) insideClause(t int, s annotate.Range, c words.Cue) []Report {
	comma := g.afterAttribution(t+1, s.End, c)
	if comma < 0 || comma+parentTokens > s.End {
		return nil
	}
	who, ok := g.finiteSubject(t, s.First, c)
	if !ok || g.hasMarks(s.First, s.End) {
		return nil
	}
	before := g.commaBefore(who.A, s.First)
	if before <= s.First || g.followsOn(comma+1) || g.Subordinate(s.First) && who.A-s.First > subordinateTokens {
		return nil
	}
	from, to := comma+1, g.clauseEnd(comma+1, s.End)
	if to-from < parentTail || g.clausal(s.First, before) && !g.clausal(from, to) {
		return nil
	}
	first := g.pastCoordinators(s.First, before-1)
	by := g.by(who, t, c)
	return []Report{
		{Attribution: by, Clause: g.Span(first, before), Kind: InsideClause},
		{Attribution: by, Clause: g.Span(from, to), Kind: InsideClause},
	}
}

// afterPhrase reads: Instead, said Ann Lee of Orrin, the press was sold.
func (g *Grammar) afterPhrase(t int, s annotate.Range, c words.Cue) (Report, bool) {
	if c.Ing || c.Base || c.Class != words.Say || t-1 <= s.First || !g.Is(t-1, ",") || g.hasMarks(s.First, s.End) {
		return Report{}, false
	}
	who, ok := g.SubjectFrom(t+1, s.End)
	if !ok || who.Entity < 0 || g.clausal(s.First, t-1) {
		return Report{}, false
	}
	from := g.pastName(who.B, s.End) + 1
	if from == 0 || g.followsOn(from) {
		return Report{}, false
	}
	to := g.clauseEnd(from, s.End)
	if to-from < accountTokens || !g.clausal(from, to) && !g.bareClause(from, to) {
		return Report{}, false
	}
	return g.clause(g.by(who, t, c), from, to, InsideClause)
}

// pastCoordinators returns the first token from t on, or end, that is no "and" or "but".
func (g *view) pastCoordinators(t, end int) int {
	for t < end && g.coordinator(t) {
		t++
	}
	return t
}

// coordinator reports whether token t is "and" or "but".
func (g *view) coordinator(t int) bool { return g.Low(t) == "and" || g.Low(t) == "but" }

// followsOn reports whether token t, after a comma, starts another clause of the writer's.
func (g *text) followsOn(t int) bool {
	next, ok := g.CueAt(t)
	return ok && next.Ing || g.coordinator(t) || g.In(t, "who", "as", "when", "after")
}

// saidThat reads: Quill said (that) the press was sold. The clause starts after the verb and
// what hangs on it, and ends with the sentence or a clause of the writer's. It returns the token
// after the clause.
func (g *Grammar) saidThat(t int, s annotate.Range, c words.Cue) (Report, int, bool) {
	who, ok := g.reporter(t, s.First, c)
	if !ok {
		return Report{}, 0, false
	}
	from, that := g.clauseStart(t+1, s.End, c)
	if from < 0 || g.attributesMarks(t, from, s.First, c, &who, that) {
		return Report{}, 0, false
	}
	to := g.reportEnd(from, s.End)
	if g.relative(who.B, t) || g.Subordinate(s.First) && who.A-s.First <= subordinator {
		to = g.firstComma(from, to)
	}
	if to-from < clauseTokens || g.hasMarks(from, to) || !that && !g.reports(t, from, to) {
		return Report{}, 0, false
	}
	return Report{Attribution: g.by(who, t, c), Clause: g.Span(from, to)}, to, true
}

// reporter returns the subject of the cue at token t, if it may report a clause.
func (g *Grammar) reporter(t, floor int, c words.Cue) (Subject, bool) {
	if c.Base && g.Is(t-1, "to") || g.Passive(t, floor) {
		return Subject{}, false
	}
	who, ok := g.SpeakerOf(t, floor, c)
	if !ok || g.Marked(who.A) {
		return who, false
	}
	inverted := who.B == t-1 && g.Is(t-1, ",") && g.NameAt(t+1) != nil // "the press, said Lee, was sold"
	return who, !inverted
}

// reportEnd returns the token where the clause from token from on ends, before what is marked.
func (g *Grammar) reportEnd(from, end int) int {
	to := g.clauseEnd(from, end)
	if g.hasMarks(from, to) {
		to = g.beforeMarks(from, to)
	}
	return to
}

// nounAt reports whether the cue at token t is rather a noun, or part of one, before words from token
// from on that start no clause: "most states have", "some state officials", "his comment was".
func (g *verbs) nounAt(t, from int) bool {
	c, _ := g.CueAt(t)
	if g.Is(t, "say") || c.Weight > rareWeight || !c.Base && !words.Nounish.Has(g.d.Word(t)) {
		return false
	}
	_, pronoun := g.pronounAt(from)
	return !pronoun && !g.Upper(from) && !words.Determiner.Has(g.Low(from))
}

// attributesMarks reports whether the cue at token t attributes marked words before it, or "what", rather
// than the clause from token from on, which "that" starts or not.
func (g *Grammar) attributesMarks(t, from, first int, c words.Cue, who *Subject, that bool) bool {
	if g.In(who.A-1, "what", "What", "everything", "Everything", "whatever") {
		return true // "what Quill says her plan would do"
	}
	if that { // "“…,” she wrote in a memo that was leaked"
		return from > t+thatTokens && g.hasMarks(first, t)
	}
	after := func(k int) bool { return k > first && g.Marked(k-1) } // "“…,” she said after the vote"
	return c.Ing && !g.Is(t-1, ",") || after(who.A) || after(t)
}

// reports reports whether tokens [from,to) after the cue at token t are a clause: they have a
// verb before they have a comma, and give no order to somebody.
func (g *Grammar) reports(t, from, to int) bool {
	if strings.HasSuffix(g.d.Word(from), "ing") || g.nounAt(t, from) {
		return false // "reports feeling trapped"
	}
	first := g.firstComma(from, to)
	who, ok := g.SubjectFrom(from, first)
	if g.In(t, "said", "says", "say", "added") {
		return g.Is(from, "there") || ok && who.B+1 < first && g.mayBeVerb(who.B) || g.clausal(from, to) || g.bareClause(from, first)
	}
	if ok && who.B < first && g.Is(who.B, "to") {
		return false // "warned the officials to leave"
	}
	return !words.TakesNoun.Has(g.d.Word(t)) && g.clausal(from, first)
}

// mayBeVerb reports whether token t, after a subject, is none of the words that are no verb.
func (g *Grammar) mayBeVerb(t int) bool {
	return g.Word(t) && !(words.NeverSubject | words.Of | words.Fronting).Has(g.Low(t))
}

// clauseStart returns the token where the clause that a cue before token t reports starts, −1
// where none does, and whether "that" or a question word starts it.
func (g *Grammar) clauseStart(t, end int, c words.Cue) (from int, that bool) {
	if j := g.complement(t, end, c); j >= 0 {
		return j, true
	}
	if c.Class == words.Tell { // the addressee comes first
		who, ok := g.SubjectFrom(t, end)
		if !ok || g.Is(t, "to") {
			return -1, false
		}
		if t = who.B; t < end && !g.Is(t, ",") {
			if j := g.pronounClause(t, end); j >= 0 {
				return j, false
			}
		}
	} else if t, that = g.pastAddressee(t, end); t < 0 || that {
		return t, that
	}
	t = g.pastTime(t, end)
	switch {
	case t >= end || !g.wordOrNumber(t):
		return -1, false
	case g.In(t, "in", "at", "on", "after", "during", "under", "before", "from"):
		return g.pronounClause(t+1, end), false
	case g.circumstance(t):
		return -1, false
	}
	return t, g.Is(t, "that")
}

// pastAddressee returns the token after the comma and the addressee that a verb of saying may
// have before the clause it reports, −1 where no clause follows, and whether "that" is there.
func (g *Grammar) pastAddressee(t, end int) (int, bool) {
	if t >= end {
		return -1, false
	}
	if g.Is(t, ",") { // "In Orrin, Quill said, the press was"
		t++
		if next, ok := g.CueAt(t); ok && next.Ing && t < end {
			return -1, false
		}
	}
	if t+2 < end && (words.Addressee.Has(g.d.Word(t)) && !g.Finite(t+1) || g.Is(t, "her") && g.Is(t+1, "that")) {
		t++
		return t, g.Is(t, "that") // "warned her that"
	}
	return t, false
}

// circumstance reports whether token t starts what says where, when or how something was said,
// and no clause.
func (g *Grammar) circumstance(t int) bool {
	switch w := g.Low(t); w {
	case "by", "about", "so", "and", "as", "nothing", "after", "before", "during", "when", "while", "once", "because", "compared", "via":
		return true
	case "if":
		return g.Is(t-1, ",")
	default:
		return words.Of.Has(w)
	}
}

// clauseEnd returns the token where the clause that starts at token from ends.
func (g *Grammar) clauseEnd(from, end int) int {
	end = g.trimMarks(from, end, "%", ")")
	for j := from + clauseTokens; j+1 < end; j++ {
		switch {
		case g.In(j, "—", "–", "―", "--") && g.dashAfter(j, end) > 0:
			j = g.dashAfter(j, end)
		case g.In(j, ";", "—"):
			return j
		case g.In(j, "and", "but") && g.saysMore(j+1):
			return g.dropComma(j) // "and said she would"
		case g.Is(j, ",") && g.leavesClause(j+1, end):
			return j
		}
	}
	return end
}

// saysMore reports whether token t, after "and", is a verb that reports another clause.
func (g *verbs) saysMore(t int) bool {
	c, ok := g.CueAt(t)
	if !ok || c.Base || c.Ing {
		return false
	}
	if c.Class == words.Naming {
		return g.In(t+1, "it", "him", "her", "them", "the", "a", "an") && g.In(t, "called", "described")
	}
	return c.Class == words.Say && (c.Weight > commonWeight || g.Is(t+1, "that"))
}

// leavesClause reports whether token t, after a comma, starts what is no part of the clause
// before: a clause of the writer's, or an attribution that ends the sentence.
func (g *Grammar) leavesClause(t, end int) bool {
	if g.Is(t, "but") && words.Finite.Has(g.d.Word(t+1)) && t+1 < end {
		return false // "would fall, but would rise again"
	}
	if g.In(t, "but", "while", "although", "though", "according", "adding", "noting", "saying", "citing") {
		return true
	}
	who, ok := g.SubjectFrom(t, end)
	if !ok || who.Form == annotate.Nominal {
		return false
	}
	v, ok := g.VerbAfter(who.B, end)
	return ok && v == end-1
}

// trailingCue reads: The press was sold, Quill said on Monday.
func (g *Grammar) trailingCue(t int, s annotate.Range, c words.Cue) (Report, bool) {
	who, ok := g.finiteSubject(t, s.First, c)
	if !ok || g.Passive(t, s.First) || who.A-s.First < trailedTokens || !g.Is(who.A-1, ",") && !g.titled(who.A) {
		return Report{}, false
	}
	comma := who.A - 1
	for comma > s.First && !g.Is(comma, ",") {
		comma--
	}
	if !g.endsWith(t, s.End) || s.First >= g.titleEnd && !g.reports(t, s.First, comma) || g.bears(&who, comma) {
		return Report{}, false
	}
	from := g.pastAnd(s.First)
	if comma-s.First < trailedTokens || g.hasMarks(s.First, comma) || g.openingPhrase(from, s.First, comma) {
		return Report{}, false
	}
	return g.clause(g.by(who, t, c), from, comma, AfterClause)
}

// bears reports whether who, between two commas of which the first is at token comma, bears the role before it:
// "the keeper’s daughter, Ann Lee, asked".
func (g *cast) bears(who *Subject, comma int) bool {
	return who.Entity >= 0 && g.Is(who.B, ",") && g.SpeakerNoun(comma-1) && g.noun(comma-1).Person()
}

// endsWith reports whether the cue at token t is the last verb of a sentence that ends before end.
func (g *Grammar) endsWith(t, end int) bool {
	return g.closing(t+1, end) && (end-t <= trailTokens || g.Is(t+1, ","))
}

// finiteSubject returns the subject before the cue at token t, if the cue is a verb that it may
// have.
func (g *Grammar) finiteSubject(t, floor int, c words.Cue) (Subject, bool) {
	if c.Ing {
		return Subject{}, false
	}
	who, ok := g.subjectBefore(t, floor)
	return who, ok && (!c.Base || g.Agree(t, &who))
}

// openingPhrase reports whether tokens [first,comma), of which the clause would start with token
// from, are too short for one: "In the spring after the sale, Quill said".
func (g *Grammar) openingPhrase(from, first, comma int) bool {
	return g.fronting(from) && comma-first < frontedTokens || g.Subordinate(from) && comma-first < frontedClause
}

// trailingName reads: The press was sold, said Ann Lee.
func (g *Grammar) trailingName(t int, s annotate.Range, c words.Cue) (Report, bool) {
	title, shortest := s.First < g.Headline().End, namedTokens
	if title {
		shortest = headlineClause
	}
	if c.Ing || c.Base || c.Class != words.Say || t-s.First < shortest || !g.Is(t-1, ",") || g.hasMarks(s.First, t-1) {
		return Report{}, false
	}
	who, ok := g.SubjectFrom(t+1, s.End)
	if !ok || who.Form == annotate.Pronoun || !title && (g.fronting(s.First) || !g.clausal(s.First, t-1)) {
		return Report{}, false
	}
	if who.B < s.End && !g.endsAttribution(who.B) {
		return Report{}, false
	}
	return g.clause(g.by(who, t, c), g.pastAnd(s.First), t-1, AfterClause)
}

// endsAttribution reports whether token t, after a speaker, adds no clause to an attribution.
func (g *Grammar) endsAttribution(t int) bool {
	if g.Marked(t) || g.Finite(t) {
		return false
	}
	return !g.Word(t) || g.day(t) || g.In(t, "in", "at", "on", "of", "from", "for")
}

// accordingClause reads "According to Quill, the press was sold" and "The press was sold,
// according to Quill".
func (g *Grammar) accordingClause(t int, s annotate.Range) (Report, bool) {
	by, ok := g.According(t, s.End)
	if !ok {
		return Report{}, false
	}
	forward := t == s.First || g.In(t-1, "and", "but")
	from, to := s.First, t
	if forward {
		from, to = g.afterSource(by.Who.B, s.End), s.End
	}
	to = g.trimMarks(from, to, "%")
	if !forward {
		from = g.lastSemicolon(from, to) + 1
	}
	if from >= to || to-from < accountTokens || g.Is(to-1, "and") || g.hasMarks(from, to) {
		return Report{}, false
	}
	if forward {
		to = g.clauseEnd(from, to)
	}
	return g.clause(by, g.pastAnd(from), to, ByAccount)
}

// clause returns the report of tokens [from,to), if there are any: of "ORRIN, Oct. 3 (Courier) -
// according to Quill" the dateline is no clause.
func (g *Grammar) clause(by Attribution, from, to int, k ReportKind) (Report, bool) {
	if from >= to {
		return Report{}, false
	}
	return Report{Attribution: by, Clause: g.Span(from, to), Kind: k}, true
}

// lastSemicolon returns the token of the last semicolon in (from,to), from−1 for none.
func (g *Grammar) lastSemicolon(from, to int) int {
	for j := to - 1; j > from; j-- {
		if g.Is(j, ";") {
			return j
		}
	}
	return from - 1
}

// afterSource returns the token after the comma that ends who gives an account, from token k on,
// over an apposition: "According to Lee, a professor at Orrin, the".
func (g *Grammar) afterSource(k, end int) int {
	from := g.firstComma(k, end) + 1
	j := g.firstComma(min(from, end), end)
	if j+sourceTail < end && j-from < sourceTokens && (words.Determiner.Has(g.Low(from)) || g.Low(from) == "who") && !g.clausal(from, j) {
		return j + 1
	}
	return from
}
