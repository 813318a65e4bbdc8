package extract

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"byline/articles/web/dom"
)

// buttons are words of which the buttons beside an article are made.
var buttons = setOf("share", "tweet", "pin", "pinit", "email", "e-mail", "mail", "print", "save", "like", "likes", "comment", "comments", "reply", "facebook", "twitter", "x", "whatsapp", "telegram", "pinterest", "linkedin", "reddit", "flipboard", "instagram", "messenger", "tumblr", "xing", "pocket", "bluesky", "mastodon", "threads", "copy", "link", "copied", "via", "on", "this", "article", "story", "post", "page", "more", "show", "hide", "view", "all", "play", "pause", "stop", "video", "close", "open", "menu", "next", "previous", "back", "top", "subscribe", "follow", "gallery", "fullscreen", "download", "listen", "bookmark", "login", "log", "sign", "in", "up", "to", "here",
	"teilen", "drucken", "merken", "speichern", "kommentieren", "kommentar", "kommentare", "artikel", "empfehlen", "versenden", "vorlesen", "anhören", "weiter", "zurück", "schließen", "mehr", "anzeigen", "bildstrecke",
	"partager", "imprimer", "envoyer", "commenter", "commentaires", "réagir", "enregistrer", "compartir", "guardar", "imprimir", "enviar", "comentar", "comentarios", "compartilhar", "compartilhe", "condividi", "stampa", "commenta", "udostępnij", "drukuj", "skomentuj", "deel", "delen", "dela", "del")

// verbs are those of buttons that a line of nothing but their words has to have.
var verbs = setOf("share", "tweet", "pin", "print", "save", "email", "e-mail", "facebook", "twitter", "whatsapp", "pinterest", "linkedin", "subscribe", "login", "comments", "bookmark",
	"teilen", "drucken", "merken", "speichern", "kommentieren", "kommentare", "bildstrecke", "partager", "imprimer", "envoyer", "commenter", "commentaires", "compartir", "imprimir", "comentarios", "compartilhar", "compartilhe", "condividi", "stampa", "udostępnij", "drukuj", "delen", "dela")

// isButtons reports whether l is nothing but words of buttons, and figures.
func (l *line) isButtons() bool {
	if l.heading || l.words > 8 || l.endsSentence() {
		return false
	}
	found := false
	for _, w := range strings.FieldsFunc(strings.ToLower(l.text), func(r rune) bool { return !isWord(r) && r != '-' }) {
		if !buttons[w] && (w[0] < '0' || w[0] > '9') {
			return false
		}
		found = found || verbs[w]
	}
	return found
}

// filing begins lines that say where a publication files an article.
var filing = phrases("tags:", "tags ", "tag:", "tagged", "topics:", "keywords:", "category:", "category :", "categories:", "filed under", "filed in", "posted in", "labels:", "schlagwörter", "schlagworte", "stichwort", "stichworte", "themen:", "kategorie", "kategorien", "abgelegt unter", "eingeordnet unter", "veröffentlicht in", "rubrik:", "catégorie", "catégories", "mots-clés", "étiquettes", "classé dans", "categoría", "categorías", "etiquetas", "archivado en", "publicado en", "temas:", "palabras clave", "categoria", "argomenti", "tematy", "trefwoorden",
	"posted by", "posted on", "erstellt von", "geschrieben von", "créé", "publié par", "published by")

// isFiled reports whether l says where the publication files the article, as the lines of tags do.
func (l *line) isFiled() bool {
	if filing.begins(l.start()) > 0 {
		return true
	}
	tags := 0
	for w := range strings.FieldsSeq(l.text) {
		if strings.HasPrefix(w, "#") {
			tags++
		}
	}
	return tags > 0 && tags == l.words
}

// reach begins lines that say how to reach the writers.
var reach = phrases("contact", "email", "e-mail", "reach", "write to", "follow", "send", "got a", "have a", "do you have", "you can contact", "you can reach", "you can follow", "tips", "call", "tel", "phone", "twitter", "kontakt", "schreiben sie", "e-mail an", "contacto", "escríbenos", "contactez", "écrivez", "the reporter can be", "the author can be", "readers can", "to contact", "to reach")

// address is an address of electronic mail, or a name on a network.
var address = regexp.MustCompile(`[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+\.\p{L}|(?:^|[\s(])@\w+|\b(?:[Ff]acebook|[Tt]witter|[Ii]nstagram)\b`)

// isContact reports whether l says how to reach somebody.
func (l *line) isContact() bool {
	return l.words <= 40 && reach.begins(l.start()) > 0 && address.MatchString(l.text)
}

// signed are the signs that the end of a caption has which says who made the picture.
const signed = ":/©)"

// isLegend reports whether l is the caption of a picture that the page sets as a paragraph: it ends with who made the picture, or
// stands next to one and is no sentence.
func (l *line) isLegend(at spot) bool {
	if l.heading || l.caption || l.words > 40 || l.words < 3 || dom.Is(l.in, "li", "td", "th", "dd", "dt") || l.endsSentence() && l.text[len(l.text)-1] != ')' {
		return false
	}
	return l.isCredited() || !l.inLink() && !at.by.isNamed(l) && !matches(full, l.text) && l.besidePicture()
}

// isCredited reports whether l ends with who made a picture, after not too many words on what it shows.
func (l *line) isCredited() bool {
	start := max(0, len(l.text)-80)
	if l.words < 5 || !strings.ContainsAny(l.text[start:], signed) {
		return false
	}
	i := credited.FindStringIndex(l.text[start:])
	if i == nil || i[0]+start == 0 || strings.Contains(l.text[start+i[0]:], "Quelle") {
		return false
	}
	return strings.Count(l.text[:start+i[0]], " ") < 25
}

// besidePicture reports whether what stands directly before l is a picture.
func (l *line) besidePicture() bool {
	first := l.nodes[0]
	for _, n := range l.nodes {
		if n.Type == html.ElementNode && (n.Data == "img" || textIn(n) == "" && dom.First(n, "img") != nil) {
			return true
		}
		if strings.TrimSpace(textIn(n)) != "" {
			break
		}
	}
	for k := first.PrevSibling; k != nil; k = k.PrevSibling {
		if k.Type == html.ElementNode && k.Data != "br" || strings.TrimSpace(textIn(k)) != "" {
			return isPicture(k)
		}
	}
	for k := l.in.PrevSibling; k != nil; k = k.PrevSibling {
		if k.Type == html.ElementNode || strings.TrimSpace(textIn(k)) != "" {
			return isPicture(k)
		}
	}
	return false
}

// isPicture reports whether n holds a picture and no text.
func isPicture(n *html.Node) bool {
	return n.Type == html.ElementNode && (n.Data == "img" || dom.First(n, "img") != nil) && strings.TrimSpace(textIn(n)) == ""
}
