package mail

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"byline/articles"
)

const letter = `From: =?utf-8?q?Zo=C3=AB_M=C3=BCller?= <zoe@example.org>
To: desk@example.org
Subject: =?iso-8859-1?q?The_caf=E9?=
 is sold
Date: Mon, 9 Mar 2026 11:30:00 +0100
Message-ID: <one@example.org>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8; format=flowed

The café is sold, a court in Oslo 
said on Monday.

> Is it true that
> it was empty?
>> It was.
It was not.
- one
- two

-- 
Zoë Müller
`

func crlf(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }

// show writes the blocks of an article, with one > per level of quoting.
func show(a *articles.Article) string {
	var out []string
	for _, b := range a.Blocks {
		mark := strings.Repeat(">", b.Quote)
		if b.Kind == articles.Attribution {
			mark += "="
		}
		out = append(out, mark+strings.ReplaceAll(b.In(a.Text), "\n", "\\"))
	}
	return strings.Join(out, "|")
}

func TestLetter(t *testing.T) {
	t.Parallel()
	for _, data := range []string{letter, crlf(letter)} {
		if !Is([]byte(data)) {
			t.Fatal("no message")
		}
		a, err := Import(t.Context(), []byte(data))
		if err != nil {
			t.Fatal(err)
		}
		if a.Title != "The café is sold" || a.Author != "Zoë Müller" || a.Date.String() != "2026-03-09T11:30:00+01:00" || a.Format != articles.Email {
			t.Errorf("%q by %q at %v, %s", a.Title, a.Author, a.Date, a.Format)
		}
		const want = `The café is sold, a court in Oslo said on Monday.|>Is it true that\it was empty?|>>It was.|It was not.\- one\- two`
		if got := show(a); got != want {
			t.Errorf("%s, want %s", got, want)
		}
		if err := a.Check(); err != nil {
			t.Error(err)
		}
	}
}

const parts = `From: news@example.org
Subject: Morning
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="out"

--out
Content-Type: multipart/alternative; boundary=in

--in
Content-Type: text/plain

Plain words.
--in
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

<html><body><h1>Morning</h1><p>The caf=E9 is <b>s=
old</b>.</p></body></html>
--in--
--out
Content-Type: text/html
Content-Disposition: attachment; filename=x.html

<p>No article</p>
--out
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--out--
`

func TestParts(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		parts: "Morning|The café is sold.|x.html|No article",
		parts[:strings.Index(parts, "--in\nContent-Type: text/html")]:                                                      "Plain words.",
		strings.Replace(parts, "text/html; charset", "text/calendar; charset", 1):                                          "Plain words.|x.html|No article",
		"From: a@b\nSubject: x\nContent-Type: text/plain; charset=windows-1252\nContent-Transfer-Encoding: base64\n\n4ICT": "à€“",
		"From: a@b\nSubject: x\nContent-Type: nonsense/;;=\n\nWords.":                                                      "Words.",
	} {
		a, err := Import(t.Context(), []byte(crlf(name)))
		if err != nil || show(a) != want {
			t.Errorf("%.300s\n\nis %v, %v; want %s", name, a, err, want)
		}
	}
	for _, none := range []string{"From: a@b\nSubject: x\n\n  \n", "From: a@b\nSubject: x\nContent-Type: image/png\n\nPNG", "no header\n\nwords", ""} {
		if a, err := Import(t.Context(), []byte(none)); err == nil {
			t.Errorf("%q: %+v", none, a)
		}
	}
}

func TestSavedPage(t *testing.T) {
	t.Parallel()
	page := "From: <Saved by Blink>\nSnapshot-Content-Location: https://example.org/a?b=1\nSubject: The page\nDate: Mon, 9 Mar 2026 11:30:00 +0100\nMIME-Version: 1.0\n" +
		"Content-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\n\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\nContent-Location: https://example.org/a\n\n" +
		"<html><head><title>A ferry</title></head><body><nav>Menu of many words here</nav><article><h1>A ferry</h1>" + strings.Repeat("<p>The ferry sails, and it sails again, said Ann Lee of the harbour office on Monday.</p>", 5) + "</article></body></html>\n--b--\n"
	a, err := Import(t.Context(), []byte(crlf(page)))
	if err != nil || a.Title != "A ferry" || a.Author != "" || a.Source != "https://example.org/a?b=1" || a.Format != articles.HTML || strings.Contains(a.Text, "Menu") {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestMailbox(t *testing.T) {
	t.Parallel()
	box := "From zoe@example.org Mon Mar  9 10:30:00 2026\n" + letter + "\nFrom x@example.org Mon Mar  9 10:30:00 2026\nFrom: x@example.org\nSubject: Two\n\n>From here on.\nFrom there on.\n\n" +
		"From x\nbroken\n\nFrom x\nSubject: Three\nTo: x\n\nlast"
	var got []string
	for a, err := range Mailbox(t.Context(), strings.NewReader(box)) {
		if err != nil {
			got = append(got, err.Error())
			continue
		}
		got = append(got, a.Source+" "+a.Title+" "+a.Text[max(0, len(a.Text)-30):])
	}
	want := []string{"#one@example.org The café is sold It was empty?\n\nIt was.\n\n", "#2 Two From here on. From there on.", "message 3: its header", "#4 Three last"}
	if len(got) != len(want) {
		t.Fatalf("%q", got)
	}
	for i := range want[1:] {
		if !strings.HasPrefix(got[i+1], want[i+1]) {
			t.Errorf("%q, want %q", got[i+1], want[i+1])
		}
	}
	broken := errors.New("broken")
	last := ""
	for a, err := range mailbox(t.Context(), iotest.OneByteReader(iotest.TimeoutReader(strings.NewReader(box))), 100) {
		last = fmt.Sprint(a != nil, err)
	}
	if last != "false "+iotest.ErrTimeout.Error() {
		t.Error(last, broken)
	}
}

func FuzzImport(f *testing.F) {
	f.Add([]byte(letter))
	f.Add([]byte(crlf(parts)))
	f.Add([]byte(mixed("mixed", "Content-Type: text/html\n\n<p>One.</p><p>Unsubscribe", picture, report)))
	f.Add([]byte("From: a\nodd\nSubject: \xfc\n\n-----Original Message-----\nFrom: Lee, Ann\nTo: b\nSubject: c\n\n> d\n\nOn 2 Nov 10:00 a@b.c wrote:\n\ne"))
	f.Add([]byte("From x\n" + letter + "\nFrom y\n" + letter))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 8<<10 {
			return
		}
		if a, err := Import(t.Context(), data); err == nil {
			if err := a.Check(); err != nil {
				t.Error(err)
			}
		}
		for a, err := range mailbox(t.Context(), strings.NewReader(string(data)), 1<<20) {
			if (a == nil) == (err == nil) {
				t.Error(a, err)
			}
		}
		Is(data)
	})
}
