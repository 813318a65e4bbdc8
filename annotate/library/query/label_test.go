package query_test

import (
	"errors"
	"strings"
	"testing"

	"byline/annotate/library/query"
)

// labels of all kinds: plain, with capitals, of several words, with other letters, with a
// sign, and called like fields.
var labels = []string{"weapon", "Court", "secret weapon", "Straße", "R&D", "person", "tag", "title"}

func TestLabels(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"weapon:Orrin":                  "name:Orrin(weapon)",
		"WEAPON:orr*":                   "name:orr*(WEAPON)",
		`weapon:"Orrin Bay" -court:*`:   "(and name:Orrin Bay(weapon) (not name:*(court)))",
		`"secret weapon":Orrin`:         "name:Orrin(secret weapon)",
		`"Secret  Weapon":"Orrin Bay"`:  "name:Orrin Bay(Secret Weapon)",
		"straße:kai STRASSE:kai":        "", // ß is a letter of its own
		"Straße:kai":                    "name:kai(Straße)",
		"r&d:lab":                       "name:lab(r&d)",
		"tag:x title:y person:z":        "(and tag:x title:y person:z)",
		`"tag":x "title":y "person":z`:  "(and name:x(tag) name:y(title) name:z(person))",
		"label:weapon":                  "label:weapon",
		`label:"secret weapon" label:*`: "(and label:secret weapon label:*)",
		`"harbour office":x`:            "(and :harbour office ::x)",
		"weapon:orrin said:fire":        "said:fire+name:orrin(weapon)",
		`"weapon" orrin weapon`:         "(and :weapon :orrin :weapon)",
		"weapon://a.b/c":                ":weapon://a.b/c",
		"état:x":                        ":état:x",
		`"secret weapon":`:              "",
		"weapon:":                       "",
		"weapon:...":                    "",
	} {
		e, err := query.Parse(text, query.Options{Now: now, Labels: labels})
		if want == "" {
			if err == nil {
				t.Errorf("%q is %s, want an error", text, show(e))
			}
			continue
		}
		if err != nil || show(e) != want {
			t.Errorf("%q is %s, %v; want %s", text, show(e), err, want)
		}
	}
}

// TestUnknownLabels uses labels that do not exist: the error suggests a similar one, and
// AnyLabel accepts them all.
func TestUnknownLabels(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"wepon:x":  "there is no field wepon:; do you mean weapon:?",
		"cour:x":   "there is no field cour:; do you mean Court:?",
		"labels:x": "there is no field labels:; do you mean label:?",
		"r_d:x":    "",
		"zzzzzz:x": "there is no field zzzzzz:; put the words in double quotes if you mean the colon",
	} {
		_, err := query.Parse(text, query.Options{Now: now, Labels: labels})
		var wrong *query.Error
		switch {
		case want == "" && err == nil:
		case !errors.As(err, &wrong) || wrong.Message != want || wrong.Field+":x" != text:
			t.Errorf("%q: %v, want %s", text, err, want)
		}
		e, err := query.Parse(text, query.Options{Now: now, AnyLabel: true})
		if err != nil || !e.NeedsAnnotation() && want != "" {
			t.Errorf("%q of any label: %s, %v", text, show(e), err)
		}
	}
}

func TestLabelGaps(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a wea":        `a weapon:`,
		"cou":          `Court:`,
		`x -"secret w`: `x -"secret weapon":`,
		"secr":         `"secret weapon":`,
		"stras":        "",
		"STRA":         "Straße:",
		"r&":           `"R&D":`,
		"ta":           `tag:|"tag":`,
		"label:wea":    "label:weapon",
		`label:"sec`:   `label:"secret weapon"`,
		"label:":       `label:weapon|label:Court|label:"secret weapon"|label:Straße|label:R&D|label:person|label:tag|label:title`,
		"weapon:":      "",
	} {
		g := query.AtEnd(text, labels)
		var got []string
		for _, v := range g.FixedValues() {
			got = append(got, g.Fill(text, v))
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%q may become %s, want %s", text, s, want)
		}
	}
	if g := query.AtEnd(`x "Secret weapon":"Orrin B`, labels); g.Field != query.Name || g.Label != "Secret weapon" || g.Text != "Orrin B" {
		t.Errorf("%+v", g)
	}
}
