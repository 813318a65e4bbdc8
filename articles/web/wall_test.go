package web_test

import (
	"errors"
	"strings"
	"testing"

	"byline/articles/web"
)

// A page of which only a notice is left is no article; a short article about such notices is one.
func TestWalls(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ page, want string }{
		"consent":          {`<main><h1>Before you go on</h1><p>We and our partners store cookies on your device to show personalised ads. With your consent we use your data to measure what you read. You can accept or refuse.</p><p>By clicking OK you agree to our privacy policy. You can change your choices at any time.</p><button>OK</button></main>`, "consent to cookies"},
		"German":           {`<div><h1>Weiter mit Werbung</h1><p>Lesen Sie diese Seite wie gewohnt mit Werbung und Cookies. Die Zustimmung ist jederzeit widerrufbar.</p><p>Details zu unseren Partnern finden Sie in der Datenschutzerklärung.</p></div>`, "consent to cookies"},
		"script":           {`<div id="root">You need to enable JavaScript to run this app.</div>`, "JavaScript"},
		"noscript":         {`<noscript>Please enable JavaScript to go on.</noscript><div id="root"></div>`, "JavaScript"},
		"robots":           {`<h1>Just a moment</h1><p>Checking your browser before you go to example.org. Please wait.</p>`, "whether a person"},
		"robots, no text":  {`<html><head><title>Just a moment...</title></head><body></body></html>`, "whether a person"},
		"empty":            {`<p> </p>`, "holds no text"},
		"story of cookies": {`<article><h1>Larvik bans cookies</h1><p>The town of Larvik no longer lets its pages set cookies, said Marta Quill, who leads its council, on Monday.</p><p>Nobody had read the notices, she said. The town will save the money and paint the harbour.</p></article>`, ""},
		"story of scripts": {`<article><h1>The code</h1><p>` + strings.Repeat(prose, 3) + `</p><p>You need to enable JavaScript to see the map.</p></article>`, ""},
	} {
		page := c.page
		if !strings.Contains(page, "<html") {
			page = "<!doctype html><html><head><title>Halden Courier</title></head><body>" + page + "</body></html>"
		}
		_, err := web.Import(t.Context(), []byte(page))
		switch {
		case c.want == "" && err != nil, c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: %v", name, err)
		case name != "empty" && c.want != "" && !errors.Is(err, web.ErrWall):
			t.Errorf("%s: %v is no wall", name, err)
		}
	}
}

// Of an article that stops before its end for those who have not paid, a warning says so.
func TestCutOff(t *testing.T) {
	t.Parallel()
	story := "<article><h1>The press is sold</h1><p>" + strings.Repeat(prose, 3) + "</p>"
	for name, c := range map[string]struct {
		page string
		want bool
	}{
		"said in words": {story + `<div class="wall"><h3>Keep reading</h3><p>Subscribe to continue reading this story.</p></div></article>`, true},
		"German":        {story + `<div><p>Jetzt weiterlesen mit dem Abo</p></div></article>`, true},
		"data":          {`<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree": "False"}</script>` + story + `</article>`, true},
		"free":          {`<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":true}</script>` + story + `</article>`, false},
		"a menu":        {`<nav><a href="/s">Already a subscriber? Log in</a></nav>` + story + `</article>`, false},
		"whole":         {story + strings.Repeat("<p>"+prose+"</p>", 60) + `<p>Subscribe to continue reading our other stories.</p></article>`, false},
	} {
		a, err := web.Import(t.Context(), []byte("<!doctype html><html><head><title>The press is sold</title></head><body>"+c.page+"</body></html>"))
		if err != nil {
			t.Fatal(name, err)
		}
		if got := strings.Contains(strings.Join(a.Warnings, " "), "for subscribers"); got != c.want {
			t.Errorf("%s: %q", name, a.Warnings)
		}
	}
}
