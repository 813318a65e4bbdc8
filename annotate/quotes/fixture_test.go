package quotes_test

import (
	"regexp"
	"strings"

	"byline/annotate"
	"byline/articles"
)

var capsRE = regexp.MustCompile(`(?:(Mr|Mrs|Ms|Dr|Gov|Sen|Rep|President|Mayor|Senator|Prime Minister)\.? )?((?:\p{Lu}\.|\p{Lu}[\p{L}’'-]*)(?: (?:of |for )?(?:\p{Lu}\.|\p{Lu}[\p{L}’'-]*))*)`)

var orgRE = regexp.MustCompile(`(?i)(inc|corp|times|post|news|party|campaign|committee|university|house|department|bank|agency|council|media|press|tass|cnn|fox|court|service|center|journal|reuters|journal|institute|association|union|imdb|poll|report)\b`)

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
