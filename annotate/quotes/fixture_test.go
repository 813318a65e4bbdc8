package quotes_test

import (
	"regexp"
	"strings"

	"byline/annotate"
	"byline/articles"
)

var tokenRE = regexp.MustCompile("(?:\\p{Lu}\\.)+|(?:Mr|Mrs|Ms|Dr|Gov|Sen|Rep|St|Prof)\\.|[\\p{L}\\p{N}]+(?:[’'&.,-][\\p{L}\\p{N}]+)*|``|''|\\.\\.\\.|--|[^\\s]")

func split(text string) *annotate.Doc {
	d := &annotate.Doc{Text: text}
	off := 0
	for _, line := range strings.SplitAfter(text, "\n") {
		if strings.TrimSpace(line) != "" {
			para(d, articles.Span{Start: off, End: off + len(strings.TrimRight(line, "\n"))})
		}
		off += len(line)
	}
	return d
}

func para(d *annotate.Doc, s articles.Span) {
	p := annotate.Para{Span: s, Block: articles.Block{Span: s}}
	p.Sentences.First = len(d.Sentences)
	first := len(d.Tokens)
	sent := func() {
		if len(d.Tokens) > first {
			d.Sentences = append(d.Sentences, annotate.Sentence{Span: articles.Span{Start: d.Tokens[first].Start, End: d.Tokens[len(d.Tokens)-1].End}, Tokens: annotate.Range{First: first, End: len(d.Tokens)}, Paragraph: len(d.Paragraphs)})
			first = len(d.Tokens)
		}
	}
	text := s.In(d.Text)
	locs := tokenRE.FindAllStringIndex(text, -1)
	ended := false
	for _, l := range locs {
		w := text[l[0]:l[1]]
		k := annotate.Word
		switch {
		case strings.ContainsAny(w, "\"“”«»‘’'`") && !strings.ContainsAny(strings.ToLower(w), "abcdefghijklmnopqrstuvwxyz0123456789"):
			k = annotate.Mark
		case w[0] >= '0' && w[0] <= '9':
			k = annotate.Number
		case len([]rune(w)) <= 3 && !regexp.MustCompile(`\pL`).MatchString(w):
			k = annotate.Punct
		}
		if ended && !(k == annotate.Mark && l[0] > 0 && text[l[0]-1] != ' ') {
			c := []rune(w)[0]
			if c >= 'A' && c <= 'Z' || k == annotate.Mark {
				sent()
			}
			ended = false
		}
		d.Tokens = append(d.Tokens, annotate.Token{Span: articles.Span{Start: s.Start + l[0], End: s.Start + l[1]}, Kind: k})
		if w == "." || w == "!" || w == "?" {
			ended = true
		}
	}
	sent()
	p.Sentences.End = len(d.Sentences)
	d.Paragraphs = append(d.Paragraphs, p)
}

var capsRE = regexp.MustCompile(`(?:(Mr|Mrs|Ms|Dr|Gov|Sen|Rep|President|Mayor|Senator|Prime Minister)\.? )?((?:\p{Lu}[\p{L}’'-]*\.?)(?: (?:(?:of|the|for|and) )?\p{Lu}[\p{L}'-]*\.?)*)`)

var orgRE = regexp.MustCompile(`(?i)(inc|corp|times|post|news|party|campaign|committee|university|house|department|bank|agency|council|media|press|tass|cnn|fox|court|service|center|journal|reuters|journal|institute|association|union)\b`)

// guess makes entities of runs of capitals: enough to try speakers on.
func guess(text string) []annotate.Entity {
	var es []annotate.Entity
	byKey := map[string]int{}
	for _, l := range capsRE.FindAllStringSubmatchIndex(text, -1) {
		s := articles.Span{Start: l[4], End: l[5]}
		w := strings.TrimSuffix(strings.TrimSuffix(s.In(text), "’s"), "'s")
		s.End = s.Start + len(w)
		f := strings.Fields(w)
		if len(f) == 0 || len(w) < 3 {
			continue
		}
		if len(f) == 1 && (regexp.MustCompile(`[\s“"]` + strings.ToLower(regexp.QuoteMeta(w)) + `\b`).MatchString(text)) {
			continue
		}
		if days[f[0]] {
			continue
		}
		ty := annotate.Person
		if orgRE.MatchString(w) || f[0] == "The" {
			ty = annotate.Organization
		}
		key := f[len(f)-1]
		m := annotate.Mention{Span: s, Form: annotate.Name, Type: ty}
		if l[2] >= 0 {
			m.Title = articles.Span{Start: l[2], End: l[3]}
		}
		k, ok := byKey[key]
		if !ok {
			k = len(es)
			byKey[key] = k
			es = append(es, annotate.Entity{ID: "e" + itoa(k+1), Type: ty, Name: w})
		}
		if len(w) > len(es[k].Name) {
			es[k].Name = w
		}
		es[k].Mentions = append(es[k].Mentions, m)
	}
	return es
}

var days = map[string]bool{"The": false, "In": true, "On": true, "But": true, "And": true, "He": true, "She": true, "It": true, "They": true, "I": true, "We": true, "According": true, "Monday": true, "Tuesday": true, "Wednesday": true, "Thursday": true, "Friday": true, "Saturday": true, "Sunday": true, "A": true, "An": true, "This": true, "That": true, "When": true, "While": true, "After": true, "If": true, "As": true, "At": true, "For": true, "With": true, "There": true, "You": true, "What": true, "No": true, "Yes": true, "So": true}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}
