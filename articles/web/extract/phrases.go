package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"byline/articles/web/dom"
)

// A kind is what a line is, beside text.
type kind uint8

const (
	text      kind = iota
	appendage      // it does not belong
	section        // it heads what does not belong
	legend         // it is the caption of a figure
)

// readOn begin lines that name another article. They go on with a colon or a link, or are short.
var readOn = phrases(
	"read more", "read also", "also read", "read next", "read:", "also on", "see also", "more:", "related:", "related story", "related stories", "related article", "recommended:", "see more", "don't miss", "don’t miss", "you may also like", "watch:", "listen:", "more on this story", "further reading:", "click here to read",
	"lesen sie auch", "lesen sie hier", "lesen sie mehr", "lesen sie dazu", "mehr lesen", "lies auch", "lies hier", "mehr zum thema", "mehr dazu", "mehr infos", "siehe auch", "auch interessant", "lesetipp", "weiterlesen", "weitere artikel", "zum thema:", "passend dazu", "hier geht's", "hier geht’s",
	"lire aussi", "à lire aussi", "à lire :", "à lire également", "lire la suite", "voir aussi", "à voir aussi", "lisez aussi",
	"lea también", "lea más", "lea:", "lea además", "lee también", "lee más", "leer más", "leer también", "le puede interesar", "te puede interesar", "le recomendamos", "te recomendamos", "también puedes leer", "vea también", "ver también", "mira también", "mirá también", "más información:",
	"veja também", "leia também", "leia mais", "saiba mais", "confira também", "leggi anche", "leggi di più", "guarda anche", "czytaj też", "czytaj także", "czytaj więcej", "czytaj dalej", "zobacz też", "zobacz także", "zobacz również", "przeczytaj także", "przeczytaj też",
	"lees ook", "lees meer", "lees verder", "läs också", "läs mer", "läs även", "les også", "læs også", "lue myös", "читайте также", "смотрите также", "читать далее")

// heads are headings of what is not the article.
var heads = phrases(
	"up next", "we want to hear from you", "related", "recommended", "more from", "more on this", "more stories", "more news", "you may also", "you might also", "read next", "read more", "most read", "most popular", "most viewed", "latest news", "latest stories", "latest articles", "trending", "popular posts", "recent posts", "similar posts", "similar articles", "what to read next", "editor's picks", "editors' picks", "top stories", "don't miss", "see also", "also of interest",
	"das könnte", "dies könnte", "auch interessant", "empfohlene", "lust auf mehr", "ähnliche beiträge", "ähnliche artikel", "ähnliche themen", "weitere artikel", "weitere beiträge", "weitere themen", "weitere meldungen", "weitere nachrichten", "weitere news", "mehr zum thema", "mehr aus", "mehr von", "meistgelesen", "meist gelesen", "verwandte", "noch mehr", "entdecke weitere", "passend zum thema", "aktuelle beiträge", "neueste beiträge", "lesen sie auch", "interessante artikel",
	"articles similaires", "articles liés", "articles associés", "sur le même sujet", "sur le même thème", "à lire aussi", "à lire également", "lire aussi", "les plus lus", "à ne pas manquer",
	"artículos relacionados", "noticias relacionadas", "notas relacionadas", "relacionadas", "te puede interesar", "le puede interesar", "lo más leído", "más leídas", "más noticias", "últimas noticias", "notícias relacionadas", "matérias relacionadas", "veja também", "leia também", "mais lidas", "últimas notícias",
	"articoli correlati", "articoli simili", "leggi anche", "potrebbe interessarti", "powiązane", "podobne artykuły", "zobacz także", "zobacz też", "czytaj także", "polecamy", "gerelateerd", "lees ook", "meer over", "läs mer", "les også", "relaterade",
	"comments", "leave a comment", "leave a reply", "join the conversation", "add comment", "kommentare", "schreibe einen kommentar", "kommentar schreiben", "kommentar verfassen", "commentaires", "laisser un commentaire", "comentarios", "deja un comentario", "deja una respuesta", "deixe um comentário", "commenti", "lascia un commento", "komentarze", "dodaj komentarz", "reacties",
	"about the author", "about author", "about the writer", "über den autor", "über die autorin", "über die autoren", "zum autor", "zur autorin", "der autor", "die autorin", "à propos de l'auteur", "à propos de l’auteur", "sobre el autor", "sobre la autora", "sobre o autor", "l'autore", "o autorze",
	"share this", "share on", "share:", "share the", "diesen artikel teilen", "diesen beitrag teilen", "artikel teilen", "beitrag teilen", "teilen", "partager", "compartir", "comparte", "compartilhe", "condividi", "udostępnij",
	"newsletter", "subscribe", "sign up", "stay up to date", "stay informed", "follow us", "folgen sie uns", "jetzt abonnieren", "abonnez-vous", "suscríbete", "síguenos", "iscriviti", "seguici",
	"tags", "tagged", "filed under", "schlagwörter", "schlagworte", "stichworte", "categories", "kategorien", "mots-clés", "etiquetas", "advertisement")

// notices begin lines about the publication, not the story.
var notices = phrases(
	"©", "(c) 19", "(c) 20", "copyright ©", "copyright (c)", "copyright 19", "copyright 20", "all rights reserved", "alle rechte vorbehalten", "tous droits réservés", "todos los derechos reservados", "todos os direitos reservados", "tutti i diritti riservati", "wszelkie prawa zastrzeżone", "materiał chroniony prawem",
	"subscribe now", "subscribe to", "subscribe for", "sign up for", "sign up to", "sign up here", "sign up now", "join our newsletter", "join our telegram", "join our whatsapp", "join us on", "follow us", "like us on", "find us on", "never miss", "click here to subscribe", "get the latest", "get breaking", "get our", "get unlimited", "support our journalism", "support quality journalism", "already a subscriber", "first-time subscribers", "to view the full", "to read the full", "to continue reading", "this content is for", "if you’re seeing this message", "if you're seeing this message", "become a member", "for the latest stories", "for the latest news", "download our app", "download the", "thank you for reading", "thanks for reading", "thank you for supporting", "like this story", "like this article", "enjoyed this", "did you enjoy", "was this article", "was this helpful", "was this page", "we want to hear", "have a tip", "got a tip", "got a story", "do you have a story", "send us", "share your thoughts", "let us know in the comments", "what do you think?", "contact the author", "report a typo", "print this", "email this", "back to top", "loading", "please enable", "your browser", "javascript is", "view comments", "show comments", "view this post on instagram",
	"you receive this", "you are receiving this", "you're receiving this", "you’re receiving this", "you received this", "view this email", "view in browser", "view it in your browser", "unsubscribe", "to unsubscribe", "update your preferences", "manage your subscription", "sie erhalten diese", "wenn sie diesen newsletter", "newsletter abbestellen", "se désabonner", "darse de baja",
	"sign up below", "sign up today", "sign me up", "subscribe today", "subscribe here", "join our mailing", "already have an account", "already have a subscription", "already registered", "not a subscriber", "don't have an account", "don’t have an account", "create a free account", "please enter a valid", "invalid email", "your email address will not", "we'll never share your", "we will never share your", "you can unsubscribe", "you may unsubscribe", "unsubscribe at any", "thanks for signing up", "thank you for signing up", "thank you for subscribing", "thanks for subscribing", "thank you for registering", "you have successfully", "you are already subscribed", "read our privacy", "read our full", "see our privacy", "cookie policy", "cookie settings", "view all newsletters", "see all newsletters", "delivered to your", "straight to your inbox", "sent straight to", "get email", "get full access", "start your free", "start free trial", "support independent journalism", "support our work", "make a donation", "scroll down for", "media playback is", "image caption", "this video is not", "this video can not", "this video cannot", "video is not available", "you need to enable", "you need javascript", "you must be logged in", "you must log in", "turn on javascript", "sorry, your browser", "sorry, this video", "skip advertisement", "skip past newsletter", "after newsletter promotion", "ad feedback", "article continues after", "story continues after", "scroll to continue", "our standards: the", "embed code", "copy this link", "copied to clipboard", "share this", "share via", "share article", "order reprints", "report an error", "suggest a correction", "send a correction", "notice an error", "spotted an error", "comments are closed", "comments are turned off", "comments on this", "join the discussion", "be the first to comment", "no comments yet", "leave a comment", "post a comment", "add a comment", "read comments", "view all comments", "listen to this article", "listen to this story", "save for later", "check out our other", "for all the latest",
	"ingrese o regístrese", "este artículo ya fue guardado", "el artículo no pudo ser", "contenido exclusivo para", "ver comentarios", "ver galería", "voir les commentaires", "lire les commentaires", "article réservé aux", "réservé aux abonnés", "contenu réservé aux", "déjà abonné", "bereits abonnent", "schon abonnent", "jetzt registrieren", "jetzt anmelden", "jetzt spenden", "zum vergrößern", "zum vergrössern", "karte wird geladen", "video wird geladen",
	"verpasse keine", "verpassen sie keine", "jetzt newsletter", "jetzt abonnieren", "hier abonnieren", "abonnieren sie", "abonniere", "melden sie sich", "newsletter abonnieren", "folgen sie uns", "folge uns", "folgt uns", "war der artikel", "war dieser artikel", "möchten sie den artikel", "wie hat ihnen der artikel", "(noch keine bewertungen)", "noch keine bewertungen", "diesen artikel teilen", "den artikel mit", "artikel drucken", "artikel teilen", "rezept drucken", "drucken", "teilen", "merken", "zurück", "nach oben", "zum seitenanfang", "seite drucken", "quellen ausblenden", "für links auf dieser seite", "hinweis: dieser artikel enthält affiliate", "die mit einem sternchen", "dieser text wurde veröffentlicht unter",
	"inscrivez-vous", "abonnez-vous", "suivez-nous", "recevez", "je m'abonne", "imprimer", "partager", "suscríbete", "suscribite", "suscríbase", "síguenos", "sigue a", "únete", "regístrate", "recibe", "inscreva-se", "siga o", "siga a", "siga-nos", "receba", "iscriviti", "seguici", "zapisz się", "drukuj", "udostępnij", "meld je aan", "schrijf je in", "volg ons", "prenumerera",
	"advertising disclosure", "advertiser disclosure", "affiliate disclosure", "disclosure: this", "this article contains affiliate", "this post contains affiliate", "this post may contain affiliate", "we may receive", "we may earn", "we earn a commission", "when you purchase", "when you buy through", "as an amazon associate", "note: the advertising", "we use cookies", "this site uses cookies", "this website uses cookies", "diese website verwendet cookies", "wir verwenden cookies", "last modified", "last updated", "aktualisiert am", "zuletzt aktualisiert", "zuletzt geändert", "letzte aktualisierung", "letzte änderung", "erstellt am", "veröffentlicht am", "nous utilisons des cookies", "utilizamos cookies", "usamos cookies",
	"advertisement", "advertorial", "anzeige", "werbung", "publicidad", "publicité", "pubblicità", "publicidade", "reklama", "advertentie", "annons", "annonse", "sponsored", "story continues below", "article continues below", "continue reading below", "continues after", "continúa después")

// offers begin lines that offer something if they are short or linked: they may begin a sentence of the text as well.
var offers = phrases(
	"sign up", "subscribe", "join now", "join today", "join the", "log in", "login to", "sign in", "register", "create an account", "by signing up", "by subscribing", "by submitting", "by clicking", "by registering", "by entering your email", "by providing your email", "enter your email", "check your inbox", "please check", "please wait", "please try again", "something went wrong", "an error has occurred", "there was an error", "privacy policy", "privacy notice", "terms of use", "terms of service", "terms and conditions", "manage your", "manage preferences", "essential news", "the biggest stories", "the best of", "all the latest", "daily news", "get news", "get more", "get updates", "get notified", "get alerts", "get the", "get access", "try it free", "free trial", "support us", "donate", "please consider", "help us", "find out more", "learn more", "want more", "looking for more", "check out", "for more", "stay up to date", "stay informed", "stay connected", "keep up with", "keep up to date", "follow our", "follow the", "click to", "click on", "tap to", "swipe to", "hover over", "view gallery", "view photos", "view full", "view slideshow", "see gallery", "see more photos", "continue reading", "continue to read", "join the conversation", "have your say", "save this", "share on", "share with", "share your", "watch the video", "watch more", "play video", "explore more", "discover more", "shop now", "buy now", "order now", "go to", "visit our", "view more", "show more", "load more",
	"ver más", "mostrar más", "leer la nota", "ver también", "comparta", "compártelo", "más información", "réagir", "en savoir plus", "je m'inscris", "dieser artikel ist", "dieser inhalt ist", "sie haben bereits", "sie sind bereits", "du bist bereits", "du hast bereits", "jetzt lesen", "jetzt testen", "jetzt kaufen", "jetzt bestellen", "klicken sie", "bitte klicken", "nutze die", "unterstützen sie", "mehr erfahren", "mehr informationen", "weitere informationen", "hier klicken", "zur galerie", "zum video", "scopri di più", "saiba como", "dowiedz się więcej")

// isOffer reports whether l offers something, and is set apart or linked as offers are.
func (l *line) isOffer(s string) bool {
	if l.heading || l.words > 30 || dom.Is(l.in, "li", "td", "dd") || offers.begins(s) == 0 {
		return false
	}
	if l.words <= 8 && !l.endsSentence() {
		return true
	}
	return 2*l.linked > len(l.text)
}

// credits begin lines that say who made a picture.
var credits = phrases(
	"foto:", "fotos:", "foto ©", "foto von", "photo:", "photos:", "photo by", "photos by", "photo ©", "photo credit", "photograph by", "photograph:", "photography by", "image:", "images:", "image by", "image credit", "image source", "image via", "image copyright", "bild:", "bilder:", "bild ©", "bildquelle", "bildnachweis", "bildrechte", "titelbild:", "titelfoto:", "beitragsbild", "header image", "featured image", "cover image", "credit:", "credits:", "picture:", "pictures:", "illustration:", "illustration by", "grafik:", "crédit photo", "crédit :", "crédits", "photo d'illustration", "foto de", "imagen:", "crédito", "créditos", "fot.", "zdjęcie:", "foto di", "bildtext:", "video:", "getty images")

// bylines begin lines above a text that say who wrote it.
var bylines = phrases("by ", "von ", "par ", "por ", "di ", "door ", "av ", "text:", "text von", "posted by", "posted on", "posted in", "published", "updated", "last updated", "written by", "words by", "author:", "autor:", "autorin:", "veröffentlicht", "erstellt", "aktualisiert", "stand:", "publié", "mis à jour", "publicado", "actualizado", "atualizado", "pubblicato", "opublikowano", "category", "kategorie", "in:", "lesezeit", "reading time", "temps de lecture", "news date", "datum:")

// appeared is what WordPress adds to an item of a feed, in the languages it is used in most.
var appeared = regexp.MustCompile(`(?i)^(?:the post .{1,300} (?:appeared first|first appeared) on |der beitrag .{1,300} erschien zuerst auf |la entrada .{1,300} (?:se publicó primero|apareció primero|aparece primero) en |l['’]article .{1,300} est apparu en premier sur |o post .{1,300} apareceu primeiro em |l['’]articolo .{1,300} (?:proviene da|sembra essere il primo su) |artykuł .{1,300} pochodzi z serwisu )`)

// IsFeedLine reports whether s is the line that WordPress adds to an item of a feed: where the post appeared first.
func IsFeedLine(s string) bool { return len(s) < 600 && appeared.MatchString(strings.TrimSpace(s)) }

// appearing are how a line begins that matches appeared.
var appearing = phrases("the post", "der beitrag", "la entrada", "l'article", "l’article", "o post", "l'articolo", "l’articolo", "artykuł")

// follow is an invitation to follow somebody, or to write to the paper.
var follow = regexp.MustCompile(`(?i)^follow .{1,80} on (?:twitter|facebook|instagram|x|linkedin|bluesky|mastodon|whatsapp|telegram)\b`)

// when is a date or a time of day, in figures.
var when = regexp.MustCompile(`(?:^|\D)(?:(?:19|20)\d\d|\d{1,2}[:h.]\d\d|\d{1,2}[./]\d{1,2}[./]\d{2})(?:\D|$)`)

// views says whose opinions a text does not give.
var views = regexp.MustCompile(`not responsible for the (?:opinions|content|views)|(?:[Vv]iews|[Oo]pinions)(?: and opinions| and views)? expressed (?:in|here|are|by)\b`)

// numbered is how the caption of a figure begins that is set as a paragraph.
var numbered = regexp.MustCompile(`^(?:Abbildung|Abb\.|Figure|Fig\.|Figura|Grafik|Tabelle|Table|Ilustracja|Rys\.) ?\d+(?:[:.]| [-–—])`)

// credited is the end of a caption that says who made the picture.
var credited = regexp.MustCompile(`[\s|/(\[–—-]*(?:©|\([cC]\)|\b(?:Foto|Fotos|Photo|Photos|Photograph|Photography|Bild|Image|Picture|Credit|Credits|Quelle|Crédit photo|Crédit|Crédito|Fot\.|Illustration|Grafik)(?: ?©| ?:|/| by\b| von\b| via\b| credit\b)).*$|\s*[(\[][^()\[\]]*\b(?:AP|AFP|Reuters|Getty|dpa|EPA|EFE|ANSA|PA|Shutterstock|Alamy|iStock|imago|picture alliance|Photo|Foto)\b[^()\[\]]*[)\]]\.?\s*$`)

// minutes is the time that reading takes.
var minutes = regexp.MustCompile(`(?i)^\d+ ?-?min(?:ute|uten|utes)?s?\.? ?(?:read|de lecture|lesezeit|de lectura|lesedauer)?$`)

// calendar are the first letters of months and days, and the words between the figures of a date.
var calendar = phrases("jan", "feb", "mar", "mär", "mrt", "apr", "abr", "avr", "may", "mai", "mag", "maj", "mei", "jun", "juin", "jui", "jul", "lip", "lug", "aug", "aoû", "ago", "sie", "sep", "set", "wrz", "okt", "oct", "ott", "out", "paź", "nov", "lis", "dez", "dec", "déc", "dic", "gru", "fév", "fev", "ene", "gen", "giu", "sty", "lut", "kwi", "cze",
	"mon", "tue", "wed", "thu", "fri", "sat", "sun", "die", "mit", "don", "fre", "sam", "son", "lun", "mer", "jeu", "ven", "dim", "mié", "jue", "vie", "sáb", "dom", "at", "on", "um", "uhr", "am", "pm", "de", "del", "à", "a", "um", "le", "el", "der", "den", "gmt", "utc", "est", "edt", "cet", "cest", "ist", "updated", "update", "published", "posted", "last", "min", "h", "hrs", "o'clock", "kl", "mis", "jour", "stand", "by", "von", "par", "por", "afp", "dpa", "reuters", "ap", "efe", "ansa", "pap", "apa", "sda", "kna", "epd")

// isDate reports whether l is a date or a time of day and nothing else.
func (l *line) isDate() bool {
	return l.words <= 20 && matches(when, l.text) && l.sense() == 0
}

// matches is MatchString for a pattern that needs a figure: most lines have none, and the pattern takes much longer to say so.
func matches(pattern *regexp.Regexp, s string) bool {
	return strings.ContainsAny(s, "0123456789") && pattern.MatchString(s)
}

// sense returns how many words of l are no part of a date or a byline.
func (l *line) sense() int {
	strange := 0
	for _, w := range strings.FieldsFunc(strings.ToLower(l.text), func(r rune) bool { return !isWord(r) }) {
		if r := []rune(w); unicode.IsLetter(r[0]) && !inCalendar(w) {
			strange++
		}
	}
	return strange
}

func inCalendar(w string) bool {
	for i := range w {
		if i > 2 && i <= 5 && calendar.begins(w[:i]) == i {
			return true
		}
	}
	return calendar.begins(w) > 0
}

// A phraseSet finds which of many phrases a line begins with, by its first letter.
type phraseSet map[string][]string

func phrases(list ...string) phraseSet {
	set := phraseSet{}
	for _, p := range list {
		set[key(p)] = append(set[key(p)], p)
	}
	return set
}

func key(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}

// begins returns the length of the phrase that s, in lower case, begins with as whole words; 0 if there is none.
func (p phraseSet) begins(s string) int {
	if s == "" {
		return 0
	}
	longest := 0
	for _, phrase := range p[key(s)] {
		if len(phrase) > longest && strings.HasPrefix(s, phrase) {
			r, _ := utf8.DecodeRuneInString(s[len(phrase):])
			last, _ := utf8.DecodeLastRuneInString(phrase)
			if !isWord(r) || !isWord(last) {
				longest = len(phrase)
			}
		}
	}
	return longest
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// start returns how l begins, in lower case and from its first word on.
func (l *line) start() string {
	s := strings.ToLower(strings.TrimLeftFunc(l.text[:min(len(l.text), 200)], func(r rune) bool { return !isWord(r) && r != '©' && r != '(' }))
	return strings.TrimPrefix(s, "(")
}

// kind says what l is at a spot.
func (l *line) kind(at spot) kind {
	if r, _ := utf8.DecodeRuneInString(l.text); l.words > 80 || strings.ContainsRune("“”„«»\"‘’‚'‹「『", r) {
		return text // somebody speaks
	}
	s := l.start()
	switch {
	case l.caption:
		if !l.cutCredit() {
			return appendage
		}
		return text
	case numbered.MatchString(l.text):
		return legend
	case l.quoted && (l.linked == 0 || !l.isReadOn(s)):
		return text
	case l.isHead(s):
		return section
	case l.isReadOn(s), l.isNotice(s), l.isOffer(s), l.isButtons(), at.before && l.isOrigin(s, at.by), l.isTimed(at.by):
		return appendage
	case l.isLegend(at):
		return legend
	}
	return text
}

// cutCredit cuts who made the picture from a caption, and reports whether anything is left.
func (l *line) cutCredit() bool {
	s := strings.ToLower(l.text[:min(len(l.text), 200)])
	if l.words <= 8 && credits.begins(s)+notices.begins(s) > 0 {
		return false
	}
	for i := len(l.nodes) - 1; i >= 0; i-- {
		n := l.nodes[i]
		if strings.TrimSpace(textIn(n)) == "" {
			continue
		}
		if n.Type != html.TextNode {
			return true
		}
		at := credited.FindStringIndex(n.Data)
		if at == nil {
			return true
		}
		n.Data = n.Data[:at[0]]
		return i > 0 || strings.TrimSpace(n.Data) != ""
	}
	return true
}

// isHead reports whether l heads what does not belong: a heading, or a few words on a line of their own.
func (l *line) isHead(s string) bool {
	n := heads.begins(s)
	if n == 0 || l.words > 9 {
		return false
	}
	rest := strings.TrimRight(s[n:], " :.!?…")
	if l.heading {
		return l.words <= 7 || rest == ""
	}
	return rest == ""
}

func (l *line) isReadOn(s string) bool {
	n := readOn.begins(s)
	if n == 0 || l.words > 40 {
		return false
	}
	rest := strings.TrimSpace(s[n:])
	return rest == "" || strings.HasSuffix(s[:n], ":") || strings.ContainsAny(rest[:min(len(rest), 4)], ":|»>–—-→…") || strings.HasPrefix(rest, "...") || 2*l.linked > len(l.text) || l.inLink()
}

func (l *line) isNotice(s string) bool {
	switch {
	case appearing.begins(s) > 0 && appeared.MatchString(l.text), hasViews(l.text), strings.HasPrefix(s, "follow ") && l.words <= 30 && follow.MatchString(l.text):
		return true
	case l.isDated(), l.isBareLink(), l.isCall():
		return true
	case l.words <= 16 && credits.begins(s) > 0:
		return true
	case l.heading:
		return false
	}
	n := notices.begins(s)
	if n == 0 {
		return false
	}
	// A word alone, such as "print", has to be the whole line.
	if !strings.Contains(s[:n], " ") && s[:n] != "©" {
		rest := strings.TrimLeft(s[n:], " ")
		return rest == "" || !isWord([]rune(rest)[0]) || l.words <= 3
	}
	return true
}

// channels are ways in which publications reach their readers.
var channels = regexp.MustCompile(`(?i)\b(?:newsletters?|telegram|whatsapp|posteingang|inbox|boletín|boletines|facebook|instagram|twitter|youtube|e-?mail alerts?|app store|google play)\b`)

// calls ask the reader to do something, at the start of a sentence or after a comma.
var calls = regexp.MustCompile(`(?i)(?:^|[.!?:,;¿¡] ?)(?:sign up|subscribe|join us|join our|follow us|like us|download|click here|get our|get the|únete|suscríbe\w*|suscribite|síguenos|sigue|puede escribirnos|abonniere\w*|melde\w* (?:dich|sie)|lass dir|folge?n? (?:uns|sie)|hol dir|inscrivez|abonnez|suivez|rejoignez|iscriviti|seguici|inscreva|siga|zapisz|obserwuj)(?:\P{L}|$)`)

// isCall reports whether l calls on readers to subscribe or to follow, and is set apart or linked as such calls are.
func (l *line) isCall() bool {
	if l.words > 45 || l.linked == 0 && !l.isStyled() || hasMarks(l.text) {
		return false
	}
	low := strings.ToLower(l.text)
	return slices.ContainsFunc(channelWords, func(w string) bool { return strings.Contains(low, w) }) && channels.MatchString(l.text) && calls.MatchString(l.text)
}

// hasMarks reports whether quotation marks are in s.
func hasMarks(s string) bool {
	return (strings.IndexByte(s, "“"[0]) >= 0 || strings.IndexByte(s, "«"[0]) >= 0) && strings.ContainsAny(s, "“”„«»")
}

// channelWords are in all that channels matches. Most lines have none of them, and an expression costs more to ask.
var channelWords = []string{"newsletter", "telegram", "whatsapp", "posteingang", "inbox", "bolet", "facebook", "instagram", "twitter", "youtube", "mail alert", "app store", "google play"}

// hasViews reports whether s disclaims the views of its author. Few lines have the words that it takes.
func hasViews(s string) bool {
	return (strings.Contains(s, " express") || strings.Contains(s, "responsible")) && views.MatchString(s)
}

// isStyled reports whether all of l is emphasised.
func (l *line) isStyled() bool {
	if dom.Is(l.in, "em", "i", "strong", "b", "u") {
		return true
	}
	for _, n := range l.nodes {
		if strings.TrimSpace(textIn(n)) != "" && !dom.Is(n, "em", "i", "strong", "b", "u") {
			return false
		}
	}
	return true
}

// isDated reports whether l is nothing but a time element.
func (l *line) isDated() bool {
	if l.words > 12 || l.heading {
		return false
	}
	for _, n := range append([]*html.Node{l.in}, l.nodes...) {
		if n.Data == "time" || strings.HasPrefix(dom.Attr(n, "itemprop"), "date") && l.isDate() {
			return l.isDate() || n.Data == "time" && (n == l.in || len(strings.TrimSpace(dom.Text(n))) == len(l.text))
		}
	}
	return false
}

// isBareLink reports whether l is a link and no sentence, in a paragraph of its own.
func (l *line) isBareLink() bool {
	if l.heading || l.words < 3 || !dom.Is(l.in, "p", "div", "a", "strong", "em") || 100*l.linked < 95*len(l.text) {
		return false
	}
	return !l.endsSentence()
}

// endsSentence reports whether l ends as a sentence does.
func (l *line) endsSentence() bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(l.text, "»”\"’)]“"))
	return strings.ContainsRune(".!?…。！？:", r)
}
