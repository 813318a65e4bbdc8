package web_test

import (
	"strings"
	"testing"
)

// What an article's first and last lines say of who wrote it, and when.
func TestEdges(t *testing.T) {
	t.Parallel()
	end := "<p>It rained all day on the harbour and the ships, and the yard stayed empty until the evening.</p>"
	for _, c := range []struct{ name, body, authors, date string }{
		{"signature", body + end + "<p><em>Anna Gray</em></p>", "Anna Gray", ""},
		{"labelled", body + end + "<p>Text: Anna Gray, Fotos: Bo Gray</p>", "Anna Gray", ""},
		{"portrait", body + end + "<p><em>Ida Moe is a reporter at the Larvik Post.</em></p>", "Ida Moe", ""},
		{"report of an agency", body + end + "<p>(Reporting by Ida Moe in Halden; Editing by Bo Gray)</p>", "Ida Moe", ""},
		{"reports from two towns", body + end + "<p>(Reporting by Ida Moe in Halden and Bo Gray in Larvik; Additional reporting by Cy Holm; Editing by Eva Poe)</p>", "Ida Moe; Bo Gray; Cy Holm", ""},
		{"several credits", body + end + "<p>Reporting by Ida Moe, Bo Gray and K. Berg; writing by Max Orr. Additional reporting by Cy Holm. Editing by Eva Poe.</p>", "Ida Moe; Bo Gray; K. Berg; Max Orr; Cy Holm", ""},
		{"beside the byline", "<p class=byline>By Anna Gray</p>" + body + end + "<p><em>Additional reporting by Cy Holm and Pia Berg</em></p>", "Anna Gray; Cy Holm; Pia Berg", ""},
		{"who contributed", "<p class=byline>By Anna Gray</p>" + body + end + "<p>Cy Holm contributed to this report.</p>", "Anna Gray; Cy Holm", ""},
		{"with what they do", "<p class=byline>By Anna Gray</p>" + body + end + "<p>Staff writer Cy Holm in Larvik and Associated Press reporter Pia Berg contributed to this report.</p>", "Anna Gray; Cy Holm; Pia Berg", ""},
		{"an engineer", "<p><em>Posted by Anna Gray, Software Engineer on the Courier</em></p>" + body + end, "Anna Gray", ""},
		{"who edited", "<p class=byline>By Anna Gray</p>" + body + end + "<p>Editing by Eva Poe</p>", "Anna Gray", ""},
		{"of a paper", "<p>By IDA MOE and BO GRAY of the Larvik Post</p>" + body + end, "Ida Moe; Bo Gray", ""},
		{"office of a body", "<p>By the Office of the Mayor</p>" + body + end, "", ""},
		{"agency at the end", body + end + "<p>(dpa/lno)</p>", " / dpa; lno", ""},
		{"source", body + end + "<p>Quelle: Larvik Post</p>", " / Larvik Post", ""},
		{"dateline", "<p>Halden (dpa) – The town loses its last printed paper this week, and nobody in the town was surprised.</p>" + body, " / dpa", ""},
		{"date", "<p>Halden, 2 November 2026 – The town loses its last printed paper this week, and nobody was surprised.</p>" + body, "", "2026-11-02"},
		{"press release", "<p>HALDEN, Nov. 2, 2026 /PRNewswire/ -- The town loses its last printed paper this week, and nobody was surprised.</p>" + body, " / PRNewswire", "2026-11-02"},
		{"press release of two towns", "<p>HALDEN, Norway and OSLO, Norway--(BUSINESS WIRE)--Nov. 2, 2026--The town loses its last printed paper this week, and nobody was surprised.</p>" + body, " / BUSINESS WIRE", "2026-11-02"},
		{"sentence with a date", "<p>On 2 November 2026 the town lost its last printed paper, and nobody in the town was surprised by it.</p>" + body, "", ""},
		{"somebody in the article", "<p>Anna Gray, who had lent them the yard for as long as anybody remembers, stayed there until the evening came.</p>" + body + "<p>Anna Gray</p>", "", ""},
		{"speaker", body + "<blockquote><p>We had no choice.</p><p>Anna Gray</p></blockquote>", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := imported(t, "<!doctype html><html lang=en-GB><head><title>The press is sold</title></head><body><article><h1>The press is sold</h1>"+c.body+"</article></body></html>")
			got := strings.Join(a.Authors, "; ")
			if len(a.Agencies) > 0 {
				got += " / " + strings.Join(a.Agencies, "; ")
			}
			date := ""
			if !a.Date.IsZero() {
				date = a.Date.Day().String()
			}
			if got != c.authors || date != c.date {
				t.Errorf("%q on %q, want %q on %q", got, date, c.authors, c.date)
			}
		})
	}
}
