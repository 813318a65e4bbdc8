package meta

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// labels lead in the author's name, in the languages of the web.
var labels = regexp.MustCompile(`(?i)^(?:[\s|>–—:·•*-]*(?:` +
	`(?:(?:an? )?(?:article|story|report|interview|analysis|review|opinion|guest post|post|column|text|words|reporting|essay)s? by|(?:view )?(?:all|more) (?:posts|articles|stories)? ?(?:by|from)|about(?: the author:?)?|(?:written|posted|published|reported|submitted|created|authored|compiled|added|contributed|filed) by|by|author(?:s|\(s\))?\s*:|words\s*:)` +
	`|(?:(?:[\pL-]+ ){0,2}(?:artikel|beitrag|bericht|text|gastbeitrag|kommentar|pressemitteilung|mitteilung|wortlaut|interview|essay|analyse|kolumne|reportage|rezept|meldung|nachricht|protokoll)[^ ]* von|(?:geschrieben|verfasst|veröffentlicht|erstellt|gepostet|eingestellt|hochgeladen|geschr\.|verfaßt|publiziert|aufgezeichnet) von|von:|von|vom|über|(?:zeige )?(?:alle|mehr|weitere) (?:artikel|beiträge|texte)? ?von|(?:artikel|beiträge) von|autor(?:in|en|[:*_/]-?in(?:nen)?|innen)?\s*:|(?:die fragen stellten?|das (?:interview|gespräch) führten?|(?:interview|gespräch) geführt von)|verfasser(?:in)?\s*:|redakt(?:ion|eur|eurin)\s*:|text\s*:|text (?:und|&) (?:fotos?|bilder?|fotografie|video)\s*:|(?:bericht|interview|reportage|protokoll|kommentar|analyse|essay|recherche|rezension|gespräch|autorinnen und autoren)\s*:)` +
	`|(?:(?:propos recueillis|publié|écrit|rédigé|posté) par|par|auteure?s?\s*:|texte\s*:)` +
	`|(?:(?:escrito|publicado|redactado|enviado|postado) por|por|autora?(?:es)?\s*:|texto\s*:|redacción\s*:|redação\s*:)` +
	`|(?:(?:scritto|pubblicato|a cura) d[ia]|autore\s*:|testo\s*:)` +
	`|(?:(?:geschreven|geplaatst) door|door|auteur\s*:|tekst\s*:)` +
	`|(?:(?:skrevet|skriven|publicerad|publicert) (?:av|af)|av|af|kirjoittanut|teksti\s*:)` +
	`|(?:(?:napisał|napisała|autorka)\s*:?|przez|autor\s*:|tekst\s*:)` +
	`|(?:автор(?:ы)?\s*:|текст\s*:|作者\s*[:：]|文\s*[/:：]|記者\s*[:：]?|责任编辑\s*[:：]|编辑\s*[:：]|yazan\s*:)` +
	`)(?:\s+|$|:\s*))`)

// bare are words that stand in bylines and are no names: labels whose name stands in the next element, what one can do there.
var bare = func() map[string]bool {
	m := map[string]bool{}
	for _, list := range []string{
		"about, about the author, advertisement, af, aktualisiert, all articles, all posts, alle artikel, alle beiträge, am, and",
		"anmelden, anonym, anonymous, anzeige, article, artikel, at, auteur, auteure, auteures, auteurs, author, authors, autor",
		"autora, autore, autoren, autorenprofil, autorin, av, bio, by, comment, comments, contact, contributor, copy link",
		"copyright, correspondent, da, date, datum, di, door, drucken, e-mail, editor, el, email, facebook, folgen, follow, foto",
		"fotos, gast, geschrieben, guest, home, image, in, instagram, journalist, journalistin, kommentar, kommentare, kontakt, le",
		"lesezeit, link kopieren, linkedin, login, mehr, member, min read, mins read, more, name, nan, news, no author, none, null",
		"on, par, photo, photos, por, posted, posted by, posted in, posted on, print, profil, profile, publicado, publicado el",
		"publicado em, publicado por, published, published by, published on, publié, publié le, quelle, read more, redakteur",
		"redakteurin, registrieren, reporter, rss, senior editor, share, source, staff reporter, staff writer, stand, teilen, text",
		"texte, texto, the, twitter, uhr, um, unbekannt, undefined, unknown, updated, user, verfasst, verified, veröffentlicht",
		"veröffentlicht am, video, view, view all posts, views, vom, von, web, website, weitere artikel, weitere beiträge, words",
		"written by, xing, zur person, über den autor, über die autorin, über uns, about us, erscheinungsdatum, nachricht, meldung, interview, kommentar, analyse, standard, allgemein, uncategorized",
	} {
		for w := range strings.SplitSeq(list, ", ") {
			m[w] = true
		}
	}
	return m
}()

// labelWords are words of labels; a line without one of them among its first has no label.
var labelWords = set("by about über from stellte stellten führte führten von vom par por di da d' door av af kirjoittanut przez napisał napisała yazan")

// mayBeLabelled reports whether a line may begin with a label.
func mayBeLabelled(s string) bool {
	n := 0
	for w := range strings.FieldsSeq(s) {
		if n++; n > 10 {
			return false
		}
		if n == 1 && beforeNames[strings.ToLower(w)] || labelWords[strings.ToLower(w)] || strings.ContainsAny(w, ":：") && (w[0] < '0' || w[0] > '9') {
			return true
		}
	}
	return strings.Contains(s, "作者") || strings.Contains(s, "記者") || strings.Contains(s, "文/")
}

// cutLabel returns s without the label in front of a name, and whether there was one.
func cutLabel(s string) (rest string, labelled bool) {
	if !mayBeLabelled(s) {
		return s, false
	}
	for range 3 {
		at := labels.FindStringIndex(s)
		if at == nil {
			break
		}
		label := strings.TrimSpace(s[:at[1]])
		rest = strings.TrimSpace(s[at[1]:])
		if r, _ := utf8.DecodeRuneInString(rest); len(label) < 5 && !strings.HasSuffix(label, ":") && unicode.IsLower(r) && len(strings.Fields(rest)) > 4 && !penName.MatchString(rest) {
			return s, labelled // a sentence
		}
		s, labelled = rest, true
	}
	if labelled {
		return s, true
	}
	return cutMore(s)
}

// penName matches what somebody writes under in small letters, before a date.
var penName = regexp.MustCompile(`^[\p{Ll}\d_.-]{3,30}(?:,| on| at| am| le| el|\s*[|·•–—-])\s.{0,12}\d`)

// cutMore is [cutLabel] for labels behind a date, and for words that are labels only where a name follows that is surely one.
func cutMore(s string) (rest string, labelled bool) {
	if hasDigit(s) {
		if at := dated.FindStringSubmatchIndex(s); at != nil {
			before := withoutStamps(stamped.ReplaceAllString(s[:at[2]], " "))
			if hasDigit(before) && calendarWords(before) == len(strings.Fields(before)) {
				return s[at[4]:], true
			}
		}
	}
	if first, after, ok := strings.Cut(s, " "); ok && beforeNames[strings.ToLower(first)] && surelyBegins(after) {
		return after, true
	}
	return s, false
}

// dated matches a label behind a date.
var dated = regexp.MustCompile(`^.{4,60}?[\s|,·•-]((?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or|[Dd]a|[Dd]oor|[Aa]v|[Aa]f|BY|VON|POR|PAR)\s+)(\p{Lu})`)

// stamped matches the words that lead in a date.
var stamped = regexp.MustCompile(`(?i)\b(?:posted|published|updated|veröffentlicht|erstellt|geschrieben|publié|publicado|pubblicato|geplaatst|uhr|date|datum)\b:?|[|,·•–-]`)

// withoutStamps returns s without the words that lead in a date and end or begin with a letter that is not ASCII.
func withoutStamps(s string) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(s), func(w string) bool { return stamps[strings.ToLower(strings.Trim(w, ":,."))] }), " ")
}

// beforeNames are words that are labels only where a name follows that is surely one.
var beforeNames = set("di da from autor autorin author auteur autore autora redakteur redakteurin reporter text journalist verfasser")

// surelyBegins reports whether s begins with what is surely somebody's name.
func surelyBegins(s string) bool {
	words := strings.Fields(s)
	return len(words) > 1 && isSurelyPerson(words[0]+" "+strings.Trim(words[1], ",.;"))
}

var (
	between  = regexp.MustCompile(`(?i)\s*(?:;|\||/|·|•|\n|&amp;|&|\+|、|，|,\s*(?:and|und|et|y|e|en|og|och|i)\s|,|\s(?:and|und|et|y|e|en|og|och|ja|ve|und|with|mit|sowie)\s)\s*`)
	brackets = regexp.MustCompile(`\s*[(\[（][^)\]）]{0,80}[)\]）]`)
	noise    = regexp.MustCompile(`\S+@\S+|(?i:https?://\S+|www\.\S+)|(^|\s)@\w+`)
	ending   = regexp.MustCompile(`(?i)\s+(?:[-–—|]\s.*|(?:for|für|from|at|bei|aus|in|on|am|vor|sur|para|para|pour|is|ist|has|writes|schreibt|published|updated|posted|reports?|berichtet|special to)\s.*|(?:le|el|il|op|em|den|kl|à|um)\s+\d.*|(?:am|on|in|at|um|for|from)|,\s*)$`)
	clock    = regexp.MustCompile(`\d{1,2}[:.]\d\d|\d{4}|\d{1,2}\.\s?\d{1,2}\.|(?i)\d+\s*(?:min|hours?|days?|stunden|tage|comments?|kommentare?)`)
)

// parseByline reads the words of a byline: names between separators, lines of several elements.
func parseByline(s string) (b byline) {
	if len(s) > 1000 {
		return b
	}
	if strings.ContainsRune(s, '@') || strings.Contains(s, "://") || strings.Contains(s, "www.") {
		s = noise.ReplaceAllString(s, " ")
	}
	if strings.ContainsAny(s, ".-–—") {
		s = nextCredit.ReplaceAllString(s, "; $1")
	}
	for part := range strings.Lines(s) {
		part = line(part)
		if connects(part) {
			continue
		}
		if len(b.people) > 0 && !continues(s, part) && !isSurelyPerson(part) {
			b.add(byline{agencies: parsePart(part).agencies})
			continue
		}
		b.add(parsePart(part))
	}
	return b
}

// connects reports whether a line is only a mark or a word between names.
func connects(part string) bool {
	if len(part) > 12 {
		return false
	}
	return strings.TrimSpace(between.ReplaceAllString(" "+part+" ", "")) == ""
}

// continues reports whether part, which stands on a line of its own in s, is one more name of a list: a comma or an "and" stands
// before it.
func continues(s, part string) bool {
	i := strings.Index(s, part)
	if i <= 0 {
		return false
	}
	before := strings.TrimRight(s[:i], " \n")
	if j := strings.LastIndexByte(before, '\n'); j >= 0 && connects(before[j+1:]) {
		return true
	}
	return strings.HasSuffix(before, ",") || strings.HasSuffix(before, "&") || strings.HasSuffix(before, ";") || strings.HasSuffix(before, " and") || strings.HasSuffix(before, " und") || between.FindStringIndex(part) != nil && between.FindStringIndex(part)[0] == 0
}

// source leads in whom a text is from that is not the site's own.
var source = regexp.MustCompile(`(?i)^[\s|([]*(?:quellen?|sources?|from|fuente|fonte|bron|källa|kilde|źródło|источник|来源|來源)\s*[:：]\s*`)

// parsePart reads one line of a byline.
func parsePart(s string) (b byline) {
	if strings.ContainsRune(s, '(') {
		s = pictured.ReplaceAllString(s, "")
	}
	if at := source.FindStringIndex(s); at != nil {
		return sourcesIn(s[at[1]:])
	}
	pieces := piecesOf(s)
	described := false // by what somebody is; places may follow, and other things that look like names
	for i, piece := range pieces {
		switch {
		case piece == "" || len(piece) > 120 || bare[strings.ToLower(piece)]:
		case isRole(piece):
			described = true
		case isBody(piece):
			b.agencies = append(b.agencies, piece)
			described = true
		case !isPerson(piece):
		case !described || len(b.people) == 0 || isSurelyPerson(piece) || i+1 < len(pieces) && isRole(pieces[i+1]):
			b.people = append(b.people, inCase(piece))
		}
	}
	b.people = withoutTails(b.people)
	return b
}

var (
	// lesser matches the credits of those who did something else than write.
	lesser = regexp.MustCompile(`(?i)^(?:fotos?|bild(?:er)?|fotografie|photos?|photograph(?:y|s|er)|pictures?|illustrat\w+|grafik(?:en)?|videos?|edit(?:ed|ing)|(?:medically |fact[- ]?)?(?:reviewed|checked)|translat\w+|übersetz\w+|traduit|traducción|redigiert)\b[^:]{0,20}(?:\s(?:by|von|par|por|de|di)\s|:)`)
	// nextCredit matches what begins another credit in the same line.
	nextCredit = regexp.MustCompile(`(?i)(?:\.|\s[-–—])\s+((?:photos?|fotos?|bilder|photography|illustrations?|edited|video|written|words|text|von|by)\s+(?:by|von|\p{L}+)\s)`)
)

// together matches those with whom somebody wrote: "Ann Lee (with Bo Gray)".
var together = regexp.MustCompile(`\s*\((?i:avec|with|mit|con|com|med|met|y|and|und|et) (\p{Lu}[^()]{3,80})\)`)

// pictured matches who made the pictures: "Ann Lee (photos)".
var pictured = regexp.MustCompile(`(?i)[^,;/&|()]+\((?:fotos?|bild(?:er)?|photos?|images?|illustration(?:en|s)?|videos?|grafik(?:en)?|kamera|camera)\)`)

// piecesOf returns what stands between the separators of a byline, "" for what is no credit of a writer.
func piecesOf(s string) []string {
	if s = strings.TrimSpace(s); strings.HasPrefix(s, "(") && strings.IndexByte(s, ')') == len(s)-1 {
		s = s[1 : len(s)-1]
	}
	if strings.Contains(s, "(") {
		s = together.ReplaceAllString(s, ", $1")
	}
	s, _ = cutLabel(strings.TrimSpace(brackets.ReplaceAllString(s, "")))
	pieces := between.Split(s, 30)
	for i := range pieces {
		if pieces[i] = strings.Trim(pieces[i], " ,.|"); strings.ContainsAny(pieces[i], " :") && lesser.MatchString(pieces[i]) {
			pieces[i] = ""
		}
		pieces[i] = cutPiece(pieces[i])
		if who, _, ok := strings.Cut(pieces[i], " of the "); ok && strings.Contains(who, " ") && isPerson(who) && !isBody(who) {
			pieces[i] = who // "Ann Lee of the Courier"
		}
	}
	return pieces
}

// cutPiece returns what stands between two separators of a byline without labels, dates and what else is no name.
func cutPiece(piece string) string {
	if len(piece) > maxShort {
		return ""
	}
	piece, _ = cutLabel(strings.Trim(piece, " .,:;|–—-•·\"“”„*©"))
	if at := clock.FindStringIndex(piece); at != nil {
		piece = strings.TrimSpace(piece[:at[0]])
	}
	piece = strings.Trim(ending.ReplaceAllString(piece, ""), " ,:;|–—-•·\"“”„*(")
	piece = strings.TrimSpace(strings.TrimSuffix(cutDay(piece), " on"))
	if i := strings.LastIndexByte(piece, ' '); i > 0 && stamps[strings.ToLower(piece[i+1:])] {
		piece = piece[:i]
	}
	return piece
}

// stamps are words that stand between a name and a date.
var stamps = set("publiée paru parue écrit actualisé opublikowano опубликовано published posted updated veröffentlicht aktualisiert erstellt publié publicado actualizado pubblicato")

// withoutTails returns names without the single words behind a whole name, which say what somebody does or is.
func withoutTails(people []string) []string {
	if len(people) < 2 || len(strings.Fields(people[0])) < 2 {
		return people
	}
	return slices.DeleteFunc(people, func(p string) bool { return len(strings.Fields(p)) == 1 })
}

// sourcesIn returns whom a text is from, by what stands behind a label.
func sourcesIn(s string) (b byline) {
	for _, piece := range between.Split(s, 10) {
		piece = strings.Trim(brackets.ReplaceAllString(piece, ""), " .,:;|–—-•·\"“”„*()")
		switch r, _ := utf8.DecodeRuneInString(piece); {
		case len(piece) < 2 || len(strings.Fields(piece)) > 5 || !unicode.IsLetter(r) || bare[strings.ToLower(piece)] || isAddress(piece):
		case isSurelyPerson(piece):
			b.people = append(b.people, piece)
		default:
			b.agencies = append(b.agencies, piece)
		}
	}
	return b
}

// cutDay returns s without the name of a month or a weekday and all behind it.
func cutDay(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		key := strings.ToLower(strings.Trim(w, ".,"))
		if i > 0 && (weekdays[key] || monthOf(key) > 0 && i+1 < len(words) && unicode.IsDigit(rune(words[i+1][0]))) {
			return strings.TrimRight(strings.Join(words[:i], " "), " ,-–|")
		}
		if i == 0 && (weekdays[key] || monthOf(key) > 0) && len(words) == 1 {
			return ""
		}
	}
	return s
}

// bodies are the words of names of what is no person, and agencies by their own names.
var bodies = set(`dpa afp ap epd kna apa sid efe ansa reuters tass xinhua belga anp ntb tt ritzau stt ctk pap agerpres lusa keystone sda ats upi ians pti bloomberg
	redaction redacción redação redazione rédaction red redakcja newsdesk desk newsroom staff team gmbh ag inc ltd llc corp kg verein stiftung foundation
	gymnasium akademie academy college museum verlag photography editors editorial correspondents news media magazin magazine times daily radio tv network
	online group association society company council committee board office department commission admin administrator webmaster partner pressemitteilung
	wire wires accesswire courier herald tribune gazette chronicle telegraph kurier anzeiger nachrichten rundschau service services contributor contributors
	blog forum`)

// bodyStarts, bodyEnds and bodyPhrases are what longer words of such names begin and end with, and names of several words.
var (
	bodyStarts  = []string{"redaktion", "agentur", "agencia", "agence", "agenzia", "agency", "agenturen", "agencies", "verband", "institut", "universit", "ministeri", "pressestelle", "presstelle"}
	bodyEnds    = []string{"schule", "zeitung", "blatt", "newswire"}
	bodyPhrases = []string{"associated press", "canadian press", "press release", "editor in chief"}
)

// hasBody reports whether one of the words of a name is that of a body.
func hasBody(s string) bool {
	low := strings.ToLower(s)
	for w := range strings.FieldsFuncSeq(low, func(r rune) bool { return unicode.IsSpace(r) || r == '.' || r == '/' || r == '-' || r == ',' }) {
		if bodies[w] || len(w) > 5 && hasAnyEnd(w) {
			return true
		}
	}
	for _, p := range bodyPhrases {
		if strings.Contains(low, p) {
			return true
		}
	}
	return strings.HasSuffix(low, " e.v.") || strings.HasSuffix(low, " e. v.") || strings.HasSuffix(low, " e.v") || strings.HasSuffix(low, " e. v")
}

func hasAnyEnd(w string) bool {
	for _, start := range bodyStarts {
		if strings.HasPrefix(w, start) {
			return true
		}
	}
	for _, end := range bodyEnds {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

// roles are the words that lead in what somebody does.
var roles = regexp.MustCompile(`(?i)^(?:(?:the|an?|der|die|le|la|el|our|unsere?) )?(?:(?:senior|chief|staff|deputy|associate|assistant|executive|managing|contributing|special|freelance|guest|vice|co-?|former|political|foreign|national|news|sports|business|science|health|education|technology|digital|lead|principal|general|stellvertretende[rn]?|leitende[rn]?|freie[rn]?|ehemalige[rn]?|politischer?)[ -]*)*(?:editor|writer|reporter|correspondent|columnist|journalist|producer|photographer|director|attorney|professor|president|ceo|cto|founder|researcher|analyst|author|contributor|fellow|lecturer|blogger|manager|head|minister|consultant|redakteur|redaktor|korrespondent|chefredakteur|geschäftsführer|projektleiter|leiter|vorstand|vorsitzende|sprecher|pressesprecher|wissenschaftler|professor|fotograf|mitarbeiter|volontär|praktikant|kolumnist|journaliste|rédacteur|rédactrice|correspondant|periodista|redactor|editora|jornalista|repórter|giornalista|direttore|redattore|redacteur|verslaggever|executive)(?:in|innen|r|rin|s|es|a)?(?:$|[\s,(])|^(?:senior|chief|deputy|assistant|associate|managing|contributing|head of|director of|professor of|vice president) `)

// does matches a job at the end of what is no name: "Courier business reporter"; a source; a degree.
var does = regexp.MustCompile(`(?i)\s(?:reporter|editor|writer|contributor|correspondent|columnist|producer|photographer|journalist|redakteur(?:in)?|korrespondent(?:in)?|engineer|scientist|developer|designer|manager|director|officer|strategist|analyst|advocate|evangelist|intern|fellow|professor)s?$|^(?:source|quelle|photo|foto|image|bild|video|credit)s?\s*:|^(?:ph\.?d\.?|m\.?d\.?|m\.?a\.?|b\.?a\.?|r\.?n\.?|r\.?d\.?|jr\.?|sr\.?|esq\.?|llm|mba|mph|msc|bsc|frcs)$|(?:報導|报道|報道)$`)

// isRole reports whether s says what somebody does rather than who somebody is.
func isRole(s string) bool { return mayBeRole(s) && (roles.MatchString(s) || does.MatchString(s)) }

// mayBeRole reports whether a word of s begins as one of [roles] and [does] does: an expression costs more to ask.
func mayBeRole(s string) bool {
	if len(s) < 8 || strings.Contains(s, ":") || strings.Contains(s, "報") || strings.Contains(s, "报") {
		return true
	}
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return unicode.IsSpace(r) || r == '-' || r == '(' || r == '/' }) {
		if len(w) > 2 && roleStarts[strings.ToLower(w[:3])] {
			return true
		}
	}
	return false
}

// roleStarts are the first three bytes of the words that [roles] and [does] have.
var roleStarts = set("edi wri rep cor col jou pro pho dir att pre ceo cto fou co- res ana aut con fel lec blo man hea min red kor che ges lei vor spr wis fot mit vol pra kol r\xc3\xa9 per jor gio ver exe sen chi dep ass vic spo bus sci hea edu tec dig lea pri gen eng dev des off str adv eva int ste fre ehe pol")

// isBody reports whether s names an agency, a desk or a company rather than a person.
func isBody(s string) bool {
	words := strings.Fields(s)
	if len(words) > 8 {
		return false
	}
	return hasBody(s) || len(words) > 2 && len(words[0]) > 2 && unicode.IsLetter(rune(words[0][0])) && words[0] == strings.ToUpper(words[0]) && s != strings.ToUpper(s) && !strings.Contains(words[0], ".")
}

// isPerson reports whether s may be the name of a person, or one that somebody writes under.
func isPerson(s string) bool {
	words := strings.Fields(s)
	if len(words) > 6 || len(s) > 70 || strings.ContainsAny(s, "?!=<>{}[]%#:\"“”…") {
		return false
	}
	if r, _ := utf8.DecodeRuneInString(s); unicode.IsDigit(r) || len(words) > 1 && hasDigit(s) {
		return false
	}
	return strings.IndexFunc(s, unicode.IsLetter) >= 0 && utf8.RuneCountInString(s) > 1 && (len(words) == 1 || capitals(words))
}

// capitals reports whether words are written as names are: with capitals but for the small words of surnames and one other, or in a
// script without capitals.
func capitals(words []string) bool {
	upper, lower := 0, 0
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case unicode.IsLower(r):
			if !particles[w] {
				lower++
			}
		case unicode.IsLetter(r):
			upper++
		}
	}
	return upper > lower && lower <= 1
}

// particles are the small words of surnames.
var particles = set("von van de der den del della di da do dos das du la le el al bin ibn ben ter ten zu zum zur y e af av v. v vom d' st. und ó")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// likely returns how much a list looks like names of people: the least of any.
func likely(people []string) float64 {
	least := 1.0
	for _, p := range people {
		r, _ := utf8.DecodeRuneInString(p)
		words := strings.Fields(p)
		switch {
		case initialed.MatchString(p):
		case len(words) == 1 && unicode.IsLower(r):
			least = min(least, 0.4)
		case len(words) == 1 && unicode.IsUpper(r):
			least = min(least, 0.55)
		case openers[strings.ToLower(words[0])]:
			least = min(least, 0.3)
		case len(words) > 4:
			least = min(least, 0.6)
		case !given[fold(words[0])] && oddWord(words):
			least = min(least, 0.5)
		}
	}
	return least
}

// openers are words with which sentences and headings begin, but no names.
var openers = set("the a an der die das den dem ein eine einer im in am an on at my mein meine unser unsere our your dein ihr for für with mit und and what was wie how why warum who wer this dies diese these mehr more all alle neu zum zur les des une un una los las il lo gli i w na o jetzt heute today")

// oddWord reports whether one of the words of a name is in small letters and no particle.
func oddWord(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		r, _ := utf8.DecodeRuneInString(w)
		return unicode.IsLower(r) && !particles[w]
	})
}

// inCase returns a name that is all capitals in the usual case.
func inCase(s string) string {
	words := strings.Fields(s)
	if len(words) < 2 || s != strings.ToUpper(s) || s == strings.ToLower(s) {
		return s
	}
	for i, w := range words {
		if utf8.RuneCountInString(w) > 2 || i == len(words)-1 || strings.ContainsAny(w, "AEIOUY") && w[len(w)-1] != 'J' { // not initials
			words[i] = capital(w)
		}
	}
	return strings.Join(words, " ")
}

// capital returns w with capitals at its start and behind hyphens and apostrophes only.
func capital(w string) string {
	start := true
	return strings.Map(func(r rune) rune {
		out := unicode.ToLower(r)
		if start {
			out = unicode.ToUpper(r)
		}
		start = r == '-' || r == '\'' || r == '’' || r == '.'
		return out
	}, w)
}
