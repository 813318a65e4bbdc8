package main_test

import (
	"encoding/csv"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// statusLine says how many claims of the article on the screen are reviewed.
var statusLine = regexp.MustCompile(` (\d+) of (\d+) reviewed`)

// reviewed returns how many claims of the article are reviewed, and how many there are; all is 0 while that is not known.
func (f farScreen) reviewed() (n, all int) {
	m := statusLine.FindStringSubmatch(f.Text())
	if m == nil {
		return 0, 0
	}
	n, _ = strconv.Atoi(m[1])
	all, _ = strconv.Atoi(m[2])
	return n, all
}

// wharfStory is an article of which each has a name of its own.
func wharfStory(i int) string {
	names := []string{"Marta", "Ingrid", "Ruth", "Clara", "Nadia", "Peter", "Daniel", "Tomas", "Roman", "Elias"}
	firms := []string{"Halden", "Corvin", "Strand", "Amble", "Calder"}
	who, firm := names[i%10]+" "+[]string{"Quill", "Okoro"}[i/10], firms[i%5]+" Shipping"
	return fmt.Sprintf("Wharf %d is sold\n\n%s, who ran Wharf %d for years, sold it to %s on Monday.\n\n“It was time,” said %s.\n", i, who, i, firm, who)
}

// annotate reviews the articles that are assigned to the one whose screen it is, one after the other, as they come. Where odd says
// so, the first name of an article is rejected, else everything is confirmed. It returns the keys.
func (f farScreen) annotate(t *testing.T, articles int, odd func(title string) bool) (keys int) {
	t.Helper()
	title := regexp.MustCompile(`Wharf \d+ is sold`)
	seen := map[string]bool{}
	press := func(key string) { keys++; f.Type(key) }
	for range articles {
		now := ""
		f.Until(t, "the next article", func() bool {
			now = title.FindString(strings.SplitN(f.Text(), "\n", 2)[0])
			_, all := f.reviewed()
			return now != "" && !seen[now] && all > 0
		})
		seen[now] = true
		_, all := f.reviewed()
		press("a")
		f.Wait(t, "suggested")
		for n := range all {
			key := "y"
			if n == 0 && odd(now) {
				key = "X"
			}
			press(key)
			f.Until(t, fmt.Sprintf("%d of %d reviewed", n+1, all), func() bool { done, _ := f.reviewed(); return done >= n+1 })
			if done, _ := f.reviewed(); done == all {
				break
			}
		}
		press("D")
	}
	f.Wait(t, "so is all that is assigned to you") // the last is kept before somebody else begins
	return keys
}

// Two annotators and a curator take twenty articles from assignment to a curated export, each on a terminal over SSH. Blind, the
// annotators do not see each other; where they differ, the curator decides, with at most 1.1 keys a question.
func TestTeamOverSSH(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program")
	}
	const articles = 20
	var texts []string
	for i := range articles {
		texts = append(texts, wharfStory(i))
	}
	h := serving(t, []string{"ann", "bob", "dora"}, texts)
	for _, args := range [][]string{{"team", "add", "May", "--all", "--members", "ann,bob", "--curators", "dora"}, {"team", "assign", "May", "--each", "2", "--blind"}} {
		if out, err := inHome(h.dir, h.bin, args...).CombinedOutput(); err != nil {
			t.Fatalf("%q: %v\n%s", args, err, out)
		}
	}
	keys := 0
	for _, who := range []string{"ann", "bob"} {
		s := screen(t, h.as(t, who), 110, 32)
		s.Wait(t, "Wharf")
		s.Type("\r")
		keys += s.annotate(t, articles, func(title string) bool { return who == "bob" && len(title)%2 == 1 })
		s.Type("q")
	}
	t.Logf("annotating: %d keys for %d articles twice", keys, articles)

	dora := terminal(t, h.as(t, "dora"), "team adjudicate --set May", 110, 32)
	questions := regexp.MustCompile(` \d+ of \d+ · .*\?`)
	end := regexp.MustCompile(`(\d+) questions answered, with (\d+) keys`)
	last, answers := "", 0
	for !end.MatchString(dora.Text()) {
		now := ""
		dora.Until(t, "the next question, or the end", func() bool {
			text := dora.Text()
			now = questions.FindString(text)
			return end.MatchString(text) || now != "" && now != last
		})
		if last = now; !end.MatchString(dora.Text()) {
			dora.Type("1") // as ann answered
			answers++
		}
	}
	m := end.FindStringSubmatch(dora.Text())
	settled, _ := strconv.Atoi(m[1])
	if settled == 0 || m[2] != strconv.Itoa(answers) || float64(answers) > 1.1*float64(settled) {
		t.Errorf("%d keys, and %q", answers, m[0])
	}
	t.Logf("adjudicating: %d keys for %d questions", answers, settled)

	curated, errs, err := ask(t, h.as(t, "dora"), "export --all --curated -f csv")
	anns, errs2, err2 := ask(t, h.as(t, "ann"), "export --all --by ann -f csv")
	if err != nil || err2 != nil {
		t.Fatalf("%v, %v\n%s%s", err, err2, errs, errs2)
	}
	// The curator always took ann's answer, so the curated reading has what ann has.
	if got, want := claimsIn(curated), claimsIn(anns); got != want || !strings.Contains(got, "Marta Quill") {
		t.Errorf("curated:\n%s\nann's:\n%s", got, want)
	}
}

// claimsIn returns the claims of an export as CSV, a line each: where they are, their type, and who speaks.
func claimsIn(export string) string {
	rows, err := csv.NewReader(strings.NewReader(export)).ReadAll()
	if err != nil || len(rows) == 0 {
		return fmt.Sprint(err)
	}
	var out []string
	for _, row := range rows[1:] {
		var line []string
		for i, column := range rows[0] {
			switch column {
			case "kind", "article", "start", "end", "text", "type", "name", "speaker_name":
				line = append(line, row[i])
			}
		}
		out = append(out, strings.Join(line, ","))
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}
