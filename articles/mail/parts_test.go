package mail

import (
	"strings"
	"testing"
)

// mixed makes a message of parts; each begins with its header.
func mixed(kind string, parts ...string) string {
	return "From: Ann Lee <ann@example.org>\nSubject: Parts\nMIME-Version: 1.0\nContent-Type: multipart/" + kind + "; boundary=cut\n\n--cut\n" + strings.Join(parts, "\n--cut\n") + "\n--cut--\n"
}

const (
	picture = "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo="
	report  = "Content-Type: message/rfc822\nContent-Disposition: attachment; filename=fwd.eml\n\nFrom: Bo Berg <bo@example.org>\nSubject: Quay\nDate: Mon, 2 Nov 2026 10:00:00 +0100\nContent-Type: text/plain\n\nThe quay is shut, and it stays shut."
)

func TestAllParts(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct{ data, want string }{
		"pages around a picture":   {mixed("mixed", "Content-Type: text/html\n\n<p>Part one.</p>", picture, "Content-Type: text/html\n\n<p>Part two by <b>Bo Berg</b>.</p>"), "Part one.|Part two by Bo Berg."},
		"texts around a file":      {mixed("mixed", "Content-Type: text/plain\n\nFirst.", "Content-Type: application/pdf\n\n%PDF", "Content-Type: text/plain\n\nSecond."), "First.|Second."},
		"a page, then a text":      {mixed("mixed", "Content-Type: text/html\n\n<p>First.</p>", "Content-Type: text/plain\n\nThe list's address."), "First.|The list's address."},
		"a forwarded message":      {mixed("mixed", "\nSee below.", report), "See below.|From: Bo Berg <bo@example.org>\\Date: Mon, 2 Nov 2026 10:00:00 +0100\\Subject: Quay|>The quay is shut, and it stays shut.|>=Bo Berg"},
		"a digest":                 {mixed("digest", "\nFrom: Bo Berg <bo@example.org>\nSubject: One\n\nThe first."), "From: Bo Berg <bo@example.org>\\Subject: One|>The first.|>=Bo Berg"},
		"the page has no text":     {mixed("alternative", "\nIn words.", "Content-Type: text/html\n\n<img src=a.png>"), "In words."},
		"a page of two parts":      {mixed("alternative", "\nIn words.", "Content-Type: multipart/mixed; boundary=in\n\n--in\nContent-Type: text/html\n\n<p>One.</p>\n--in\nContent-Type: text/html\n\n<p>Two.</p>\n--in--"), "One.|Two."},
		"no end":                   {strings.TrimSuffix(mixed("mixed", "\nFirst.", "\nSecond."), "--cut--\n"), "First.|Second."},
		"a text that is attached":  {mixed("mixed", "\nSee the release.", "Content-Type: text/plain; name=\"=?utf-8?q?r=C3=A9sum=C3=A9.txt?=\"\nContent-Disposition: attachment\n\nThe quay is shut."), "See the release.|résumé.txt|The quay is shut."},
		"nothing but that":         {"From: a@b\nSubject: x\nContent-Type: text/html\nContent-Disposition: attachment; filename=\"C:\\\\tmp\\\\page.html\"\n\n<p>The quay is shut.", "page.html|The quay is shut."},
		"a page that is attached":  {mixed("mixed", "\nRead this.", "Content-Type: text/html\nContent-Disposition: attachment; filename=p.html\n\n<title>Quay shut</title><nav><a href=/>Home</a></nav><article><h1>Quay shut</h1><p class=byline>By Ann Lee</p><p>The quay is shut, and it stays shut until the water has gone, says the harbour master, who lives behind it and has seen it all before.</p></article><footer>© Courier</footer>"), "Read this.|p.html|Ann Lee|Quay shut|The quay is shut, and it stays shut until the water has gone, says the harbour master, who lives behind it and has seen it all before."},
		"no name":                  {mixed("mixed", "\nSee below.", "Content-Type: text/plain\nContent-Disposition: attachment\n\nThe quay is shut."), "See below.|The quay is shut."},
		"tables, cards, calendars": {mixed("mixed", "\nSee below.", "Content-Type: text/plain; name=a.csv\nContent-Disposition: attachment\n\n1;2", "Content-Type: text/x-vcard\nContent-Disposition: attachment; filename=a.vcf\n\nN:Berg"), "See below."},
		"no line before the parts": {strings.Replace(mixed("mixed", "Content-Type: text/plain\n\nFirst.", "\nSecond."), "\n\n--cut", "\nThis message has several parts.\n--cut", 1), "First.|Second."},
		"one bad byte in base64":   {"From: a@b\nSubject: x\nContent-Transfer-Encoding: base64\n\nVGhlIHF1YXk\x00gaXMgc2h1dC4=", "The quay is shut."},
		"a bare equals sign":       {"From: a@b\nSubject: x\nContent-Transfer-Encoding: quoted-printable\n\nA = b, caf=C3=A9=\n.", "A = b, café."},
	} {
		a, err := Import(t.Context(), []byte(crlf(x.data)))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := show(a); got != x.want {
			t.Errorf("%s: %s, want %s", name, got, x.want)
		}
		if err := a.Check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCharsets(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct{ data, want string }{
		"the page's own":         {"From: a@b\nSubject: x\nContent-Type: text/html\n\n<html><head><meta charset=windows-1251></head><p>\xcc\xee\xf1\xea\xe2\xe0", "Москва"},
		"the page's, older":      {"From: a@b\nSubject: x\nContent-Type: text/html\n\n<html><head><meta http-equiv=Content-Type content=\"text/html; charset=iso-8859-2\"></head><p>\xa3\xf3d\xbc", "Łódź"},
		"the part's comes first": {"From: a@b\nSubject: x\nContent-Type: text/html; charset=iso-8859-1\n\n<meta charset=windows-1251><p>caf\xe9", "café"},
		"nobody's":               {"From: a@b\nSubject: x\n\nZ\xfcrich \x96 Bern", "Zürich – Bern"},
		"one that none knows":    {"From: a@b\nSubject: x\nContent-Type: text/plain; charset=x-unknown\n\nZ\xfcrich", "Zürich"},
		"UTF-8 that is none":     {"From: a@b\nSubject: x\nContent-Type: text/plain; charset=utf-8\n\nZ\xfcrich", "Zürich"},
	} {
		a, err := Import(t.Context(), []byte(x.data))
		if err != nil || show(a) != x.want {
			t.Errorf("%s: %v, %v, want %s", name, a, err, x.want)
		}
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct{ header, title, author string }{
		"raw bytes":                {"From: J\xfcrg Roth <j@example.org>\nSubject: Die Presse f\xfcr Z\xfcrich", "Die Presse für Zürich", "Jürg Roth"},
		"raw bytes of a charset":   {"From: a@example.org\nSubject: \xcc\xee\xf1\xea\xe2\xe0\nContent-Type: text/plain; charset=windows-1251", "Москва", "a@example.org"},
		"raw UTF-8":                {"From: Zoë Moe <z@example.org>\nSubject: Café", "Café", "Zoë Moe"},
		"no colon":                 {"From: a@example.org\nno header line\nSubject: Sold", "Sold", "a@example.org no header line"},
		"wrong folding":            {"From: a@example.org\nSubject: The press is sold\nand the paper closes\nTo: b@example.org", "The press is sold and the paper closes", "a@example.org"},
		"wrong folding at the end": {"From: a@example.org\nSubject: The press is sold\nand the paper closes", "The press is sold and the paper closes", "a@example.org"},
		"family name first":        {"From: Lee, Ann <ann@example.org>\nSubject: x", "x", "Ann Lee"},
		"the same in marks":        {"From: \"van der Berg, Jan\" <jan@example.org>\nSubject: x", "x", "Jan van der Berg"},
		"an academic":              {"From: \"Ann Lee, PhD\" <ann@example.org>\nSubject: x", "x", "Ann Lee, PhD"},
		"two of them":              {"From: Ann Lee <ann@example.org>, Bo Berg <bo@example.org>\nSubject: x", "x", "Ann Lee and Bo Berg"},
		"brackets in the name":     {"From: Ann Lee [Desk] <ann@example.org>\nSubject: x", "x", "Ann Lee [Desk]"},
		"no address":               {"From: Ann Lee\nSubject: x", "x", "Ann Lee"},
	} {
		a, err := Import(t.Context(), []byte(x.header+"\n\nWords."))
		if err != nil || a.Title != x.title || a.Author != x.author || show(a) != "Words." {
			t.Errorf("%s: %+v, %v", name, a, err)
		}
		if !strings.HasPrefix(name, "no address") && !strings.Contains(x.header, "Subject: x") && !Is([]byte(x.header+"\nTo: c\n\nWords.")) {
			t.Errorf("%s: no message", name)
		}
	}
	if a, err := Import(t.Context(), []byte("From: a@example.org\nSubject: x\nThe blank line\nis missing here.\nMore.\n\nEnd.")); err != nil || !strings.HasPrefix(show(a), "The blank line is missing here.") {
		t.Error(a, err)
	}
	old := "From: <Saved by Windows Internet Explorer 8>\nSubject: The page\nMIME-Version: 1.0\nContent-Type: multipart/related; type=\"text/html\"; boundary=b\n\n--b\nContent-Type: text/html; charset=windows-1251\nContent-Location: https://example.org/a\n\n" +
		"<html><head><title>A ferry</title></head><body><h1>A ferry</h1>" + strings.Repeat("<p>The ferry sails, and it sails again, said Ann Lee of the harbour office on Monday.</p>", 5) + "</body></html>\n--b--\n"
	if a, err := Import(t.Context(), []byte(old)); err != nil || a.Author != "" || a.Source != "https://example.org/a" {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestReplies(t *testing.T) {
	t.Parallel()
	const top = "From: Ann Lee <ann@example.org>\nSubject: Re: Quay\n"
	for name, x := range map[string]struct{ data, want string }{
		"Outlook": {top + "\nI agree.\n\n-----Original Message-----\nFrom: Bo Berg [mailto:bo@example.org]\nSent: Monday, November 2, 2026 10:00 AM\nTo: Ann Lee\nSubject: Quay\n\nWe had no choice.\n\nIt is shut.\n",
			`I agree.|-----Original Message-----\From: Bo Berg [mailto:bo@example.org]\Sent: Monday, November 2, 2026 10:00 AM\To: Ann Lee\Subject: Quay|>We had no choice.|>It is shut.|>=Bo Berg`},
		"German, twice": {top + "\nJa.\n\nVon: Berg, Bo <bo@example.org>\nGesendet: Montag, 2. November 2026 10:00\nAn: Lee, Ann\nBetreff: Kai\n\nZu.\n\nVon: Cy Moe <cy@example.org>\nDatum: 1. November 2026\nBetreff: Kai\n\nOffen?\n",
			`Ja.|Von: Berg, Bo <bo@example.org>\Gesendet: Montag, 2. November 2026 10:00\An: Lee, Ann\Betreff: Kai|>Zu.|>=Bo Berg|Von: Cy Moe <cy@example.org>\Datum: 1. November 2026\Betreff: Kai|>Offen?|>=Cy Moe`},
		"Outlook's page": {top + "Content-Type: text/html\n\n<p>I agree.</p><div style='border-top:solid 1pt'><p><b>From:</b> Bo Berg &lt;bo@example.org&gt;<br><b>Sent:</b> Monday 10:00<br><b>To:</b> Ann Lee<br><b>Subject:</b> Quay</p></div><p>No choice.</p>",
			`I agree.|From: Bo Berg <bo@example.org>\Sent: Monday 10:00\To: Ann Lee\Subject: Quay|>No choice.|>=Bo Berg`},
		"a header in paragraphs": {top + "Content-Type: text/html\n\n<p>See:</p><div>---------- Forwarded message ----------</div><div>From: <b>Bo Berg</b></div><div>Date: Mon, 2 Nov</div><div>Subject: Quay</div><div>No choice.</div>",
			`See:|---------- Forwarded message ----------|From: Bo Berg|Date: Mon, 2 Nov|Subject: Quay|>No choice.|>=Bo Berg`},
		"Apple's forward": {top + "\nSee:\n\nBegin forwarded message:\n\n> From: Bo Berg <bo@example.org>\n> Subject: Quay\n> Date: 2 November 2026\n>\n> No choice.\n\nSo he says.",
			`See:|Begin forwarded message:|From: Bo Berg <bo@example.org>\Subject: Quay\Date: 2 November 2026|>No choice.|>=Bo Berg|So he says.`},
		"below a line, unmarked": {top + "\nYes.\n\nOn Mon, 2 Nov 2026 at 10:00, Bo Berg <bo@example.org> wrote:\n\nNo choice.\n\nNone.", "Yes.|On Mon, 2 Nov 2026 at 10:00, Bo Berg <bo@example.org> wrote:|>No choice.|>None."},
		"below a line, marked":   {top + "\nOn Mon, 2 Nov 2026 at 10:00, Bo Berg <bo@example.org>\nwrote:\n> No choice.\n\nYes.", "On Mon, 2 Nov 2026 at 10:00, Bo Berg <bo@example.org> wrote:|>No choice.|Yes."},
		"French, unmarked":       {top + "\nOui.\n\nLe lun. 2 nov. 2026 à 10:00, Bo Berg <bo@example.org> a écrit :\n\nNon.", "Oui.|Le lun. 2 nov. 2026 à 10:00, Bo Berg <bo@example.org> a écrit :|>Non."},
		"prose":                  {top + "\nOn Monday the mayor wrote:\n\nNothing.\n\nFrom: the sea.\n\nTo: the town.", "On Monday the mayor wrote:|Nothing.|From: the sea.|To: the town."},
		"a marked page":          {top + "Content-Type: text/html\n\n<p>Yes.</p><div>On 2 Nov, at 10:00, Bo Berg wrote:</div><blockquote type=cite><p>No choice.</p></blockquote>", "Yes.|On 2 Nov, at 10:00, Bo Berg wrote:|>No choice."},
	} {
		a, err := Import(t.Context(), []byte(x.data))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := show(a); got != x.want {
			t.Errorf("%s:\n%s, want\n%s", name, got, x.want)
		}
		if err := a.Check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFurniture(t *testing.T) {
	t.Parallel()
	for _, out := range []string{
		"View this email in your browser", "View in browser", "Trouble viewing this email? Click here.", "Unsubscribe", "Unsubscribe | Privacy Policy | Contact us", "To unsubscribe from this list, click here.",
		"Update your preferences or unsubscribe", "Unsubscribe <https://example.org/u?x=1>", "View web version", "You are receiving this email because you signed up on our page.",
		"Newsletter im Browser ansehen", "Newsletter abbestellen · Impressum", "Se désinscrire", "Ver este correo en su navegador", "Darse de baja",
	} {
		if !isFurniture(out) {
			t.Errorf("%q stays", out)
		}
	}
	for _, in := range []string{
		"Thousands of readers unsubscribe each week.", "“Unsubscribe,” said Ann Lee, “and tell them why.”", "The browser was the first to show pictures.", "Privacy policy", "Contact us", "Read the full story", "She manages her preferences.",
		"A newsletter for Halden", "Open in August", "Online", "He forwards each email to the mayor.",
	} {
		if isFurniture(in) {
			t.Errorf("%q is left out", in)
		}
	}
	a, err := Import(t.Context(), []byte("From: a@b\nSubject: x\nContent-Type: text/html\n\n<p><a href=https://example.org>View this email in your browser</a></p><p>The <b>quay</b> is shut.</p><ul><li>One<li>Two</ul><p>Unsubscribe | Help</p>"))
	if err != nil || show(a) != "The quay is shut.|One|Two" || len(a.Inline) != 1 || a.Inline[0].In(a.Text) != "quay" || a.Check() != nil {
		t.Errorf("%+v, %v", a, err)
	}
}

// Files that are attached and not read are named, those that hold no words are not.
func TestUnreadAttachments(t *testing.T) {
	t.Parallel()
	file := func(kind, name string) string {
		return "Content-Type: " + kind + "\nContent-Disposition: attachment; filename=\"" + name + "\"\n\nx"
	}
	many := []string{"\nWords."}
	for range 100 {
		many = append(many, file("application/pdf", "a.pdf"))
	}
	for name, x := range map[string]struct {
		parts []string
		want  string
	}{
		"none":      {[]string{"\nWords.", picture, file("image/jpeg", "a.jpg"), file("application/pgp-signature", "a.asc")}, ""},
		"documents": {[]string{"\nWords.", file("application/pdf", "../../the report.pdf"), file("text/csv", "a\x1b[31m.csv")}, "attached and not read: the report.pdf, a\ufffd[31m.csv; save what you need and add it by itself"},
		"nameless":  {[]string{"\nWords.", "Content-Type: application/msword\nContent-Disposition: attachment\n\nx"}, "attached and not read: a file of application/msword; save what you need and add it by itself"},
		"many":      {many, "attached and not read: " + strings.Repeat("a.pdf, ", 20) + "…; save what you need and add it by itself"},
	} {
		a, err := Import(t.Context(), []byte(mixed("mixed", x.parts...)))
		if err != nil || strings.Join(a.Warnings, "|") != x.want {
			t.Errorf("%s: %v, warnings %q, want %q", name, err, a.Warnings, x.want)
		}
	}
}

// Words of a header are decoded together where a letter is cut between them.
func TestEncodedWords(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"=?utf-8?b?ww==?= =?utf-8?b?vCBRdWF5?=":                    "ü Quay",
		"=?utf-8?q?Z=C3?=\n =?utf-8?q?=BCrich_is?= shut":           "Zürich is shut",
		"=?UTF-8?Q?Z=C3?= =?utf-8?B?vHJpY2g=?=":                    "Zürich",
		"=?iso-8859-1?q?caf=E9?= =?utf-8?q?_s=C3=BCd?=":            "café süd",
		"=?utf-8*de?q?S=C3=BCd?=":                                  "Süd",
		"=?utf-7?q?M+APY-we?=":                                     "Möwe",
		"Re: =?gb2312?b?1tDOxA==?= and more =?utf-8?q?=E2=82=AC?=": "Re: 中文 and more €",
		"=?x-none?q?abc?= is kept":                                 "=?x-none?q?abc?= is kept",
		"=?=?=":                                                    "=?=?=",
		"":                                                         "",
	} {
		if got := word(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
	if who := people("=?utf-8?q?J=C3?= =?utf-8?q?=BCrgen_Roth?= <j@example.org>"); len(who) != 1 || who[0] != "Jürgen Roth" {
		t.Errorf("the sender is %q", who)
	}
}
