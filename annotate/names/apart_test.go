package names_test

import (
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/names"
)

// A firm that trades and a town are told from a person of the same name.
func TestApart(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"[O Kvale Group] grew. [P Kvale] fell 3 percent. [P Jon Kvale] left. [P Kvale] fell.", "O O P P"},
		{"[P Jo Halden] saw [O Halden Media Inc.] grow, and [P Halden] shares rose, [P Halden] said.", "P O O P"},
		{"[P Halden] shares the view of [O Orrin Group]. [P Orrin] rose 2.5 percent.", "P O O"},
		{"[P Jo Halden] left [O Halden Media]. [P Halden] shares his flat with a cat. [P Halden] bonds with it.", "P O P P"},
		{"[O Quill Horn Works] grew; [P Quill] hired. [P Jo Quill] left, and [P Quill] wept.", "O O P P"},
		{"[P Kvale] won. [O Kvale Rovers] have a cup, and [P Kvale] drank from it. The [P Kvale] family sang.", "O O O P"},
		{"[P Ann Pike] of [O Pike Foods] left. [P Ms. Pike] and [P Mr. Lund] wept: [P Mr. Holt] and [P Ms. Brandt] bought [P Pike].", "P O P P P P O"},
		{"[P Ann Pike] left. [P Pike] owns [O Pike Foods]. [P Ms. Pike] and [P Mr. Lund] wept: [P Mr. Holt] and [P Ms. Brandt] met [P Pike].", "P P O P P P P P"},
		{"[O Lund & Sons] grew; [P Lund] fell. [P Per Lund] of [O Kvale & Daughter] met [P Kvale] and [P Lund].", "O O P O P P"},
		{"The [P Quill] scale and the [P Lund] effect; [P Per Kvale] and the [P Kvale] test.", "M M P P"},
		{"She got an [O MBE]. The Duke of [O Kent] and the Duke of [O Halden Foods] left [P Jan Quill Trust] and [P Ann Works].", "M L O O P"},
		{"[O Jardine Finch], chief executive of [O Orrin Works], met [O Orrin Finch Foods], a firm, and Ann of [O Kvale Finch], chairman.", "P O O O"},
		{"The [M Orrin Playhouse] gave it, and the [M Playhouse] wept; [M The Lost Theatre] was a play.", "O O M"},
		{"The [L Orrin Playhouse] gave it, and the [M Playhouse] wept.", "L L"},
		{"[P Seri Ann Quill] and Dato’ [P Seri Per Lund] left.", "P P"},
		{"[O Obama Foundation] grew; [P Obama] spoke. [O Martin Foods] grew; [P Martin] spoke.", "O P O P"},
		{"[P Lundvik] grows. [O Lundvik Library] and [O Lundvik Town Council] wrote to [P Per Lundvik]. [P Lundvik] read it.", "L O O P P"},
		{"[P Lundvik] grows. [O Lundvik Library] shut, and [O Lundvik Library] opened. [O Kvale Council] met [P Kvale].", "P O O O P"},
		{"[P Per Lund] left the town of [P Lund], and [P Lund] wept.", "P L P"},
		{"The mayor of [P Oslo] and the speech of [P Oslo] in [P Oslo].", "L P P"},
		{"The village of [P Kvalvikeggen] and [M Oslo] stock.", "P M"},
		{"[P Marta Quill] of [P Lund] and [P Per Lund] of [P Ann Pike]; [P Kvale] of [P Lund].", "P L P P P P"},
		{"[O AUBURN], Ala. ([O OBX]) — Two ferries sank. [P TIGERS] 1 (10) — [P Pike]. [O Quill] (OBX) — no.", "L O P P O"},
		{"[O BREMEN] — Two ferries sank.\n[P QUILL]: I did. [P KVALE] — he said. [O BREMEN]: sunk.", "L P P O"},
		{"A registered ferry pilot ([O RFP]) and other [O RFPs]; the Ferry Pilots’ Union ([O FPU]). [O RFP] law.", "M M O M"},
		{"The Chief Harbour Commissioner ([O CHC]) met [O Chief Harbour Council] ([O CHC]).", "M O M"},
		{"A registered ferry pilot ([O RFP]) and other [O RFPs] met the [O Ferry Pilots] ([O FP]).", "M M O O"},
		{"He saw a ferry. ([O AF]) It was a long, lost ([O LL]) one of the free people ([P FP]).", "O O P"},
		{"The [O Kvale] family met the [O Lund] clan, a [O Pike] family and the [O Orrin Homes] family; the [P Quill] family.", "M M O O P"},
		{"[O Mulyani], 52, and [L Lund], 31, met [O Kvale], 1999, and [O Halden], 100, at [O OB1], 42.", "P L O O O"},
		{"The assembly of [O Westmark], the King of [P Orrinia], the government of [O Hamas], of [P Sanchez] and of [O Halden Group].", "L L O P O"},
		{"The prime minister of [O Orrinia] met [O Orrinia]; the capital of [O HSA], the king of [P Smith].", "L O O P"},
		{"The research ship [M Havorn] and the trawler “[P Anna]” met; [P Havorn] left, [P Anna Lee] and [P Anna] too.", "M M M P M"},
		{"Hurricane [P Ida] hit [L Orrin]. [P Ida] left. A tall ship, [O Halden Media] said, and [P Per Lund].", "M L M O P"},
		{"[O Ford Motor] and (Mr.) [P Ford] shares.", "O O"},
	} {
		text, tagger := unmark(c.text)
		for i := range tagger.spans {
			tagger.spans[i].Origin.Score = 0.9
		}
		var got []string
		for _, m := range names.Apart(text, tagger.spans) {
			got = append(got, map[annotate.Type]string{annotate.Person: "P", annotate.Organization: "O", annotate.Place: "L", annotate.Other: "M"}[m.Type])
			if (m.Origin.Rule == "apart") != (m.Origin.Score == 0.8) {
				t.Errorf("%s: %+v", c.text, m)
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %s, want %s", c.text, s, c.want)
		}
	}
}

// What goes on after a title is cut off a name only behind one.
func TestApartCutsTitles(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, title, name string }{
		{"Dato’ [P Seri Per Lund] left.", "Seri", "Per Lund"},
		{"Datuk [P Wira Per Lund] left.", "Wira", "Per Lund"},
		{"Then [P Seri Ann Quill] left.", "", "Seri Ann Quill"},
	} {
		text, tagger := unmark(c.text)
		m := names.Apart(text, tagger.spans)[0]
		if m.In(text) != c.name || m.Title.In(text) != c.title {
			t.Errorf("%s: %q, %q", c.text, m.Title.In(text), m.In(text))
		}
	}
}

// What is called as only people are is a person where the tagger is not sure that it is an organization.
func TestApartCalled(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text  string
		score float64
		want  annotate.Type
	}{
		{"[O Helen Ferris]'s set is a desk.", 0.6, annotate.Person},
		{"The win of [O Peter Carter], a guest.", 0.6, annotate.Person},
		{"[O Helen Ferris]'s shop.", 0.9, annotate.Organization},
		{"[O Helen Works]'s shop.", 0.6, annotate.Organization},
		{"[O Goldman Sachs]'s shop.", 0.6, annotate.Organization},
		{"[O Peter Carter Smith] grew.", 0.6, annotate.Organization},
		{"He works for [O Peter Carter] now.", 0.6, annotate.Organization},
		{"[O Peter Carter] 24 Pike 11.", 0.6, annotate.Organization},
	} {
		text, tagger := unmark(c.text)
		tagger.spans[0].Origin.Score = c.score
		if m := names.Apart(text, tagger.spans)[0]; m.Type != c.want {
			t.Errorf("%s: %s, want %s", c.text, m.Type, c.want)
		}
	}
}
