package web

import (
	"errors"
	"fmt"
	"strings"

	"golang.org/x/net/html"

	"byline/articles"
	"byline/articles/web/dom"
)

// ErrWall says that a page shows a notice, which somebody has to answer in a browser, instead of an article.
var ErrWall = errors.New("the page shows a notice instead of an article")

// The notices that pages show.
var (
	errConsent = fmt.Errorf("%w: it asks for consent to cookies", ErrWall)
	errScript  = fmt.Errorf("%w: it asks to turn on JavaScript", ErrWall)
	errCheck   = fmt.Errorf("%w: it checks whether a person reads it", ErrWall)
)

// mostWall is the most words of a notice that stands in for an article.
const mostWall = 250

// Signs of notices, in lower case. A sentence about consent has one of these.
var (
	consentSigns = []string{"cookie", "consent", "privacy", "personal data", "your data", "our partners", "third-party", "third party", "gdpr", "accept", "you agree", "legitimate interest", "vendors", "personalised ads", "personalized ads", "tracking", "manage options", "more options", "your choices", "your preferences",
		"einwillig", "zustimm", "datenschutz", "akzeptier", "partner", "personenbezogen", "werbung", "tracking", "widerruf", "consentement", "données", "partenaires", "accepter", "refuser", "consentimiento", "privacidad", "aceptar", "datos personales", "socios", "consenso", "accetta", "partner", "dati personali", "zgod", "ciasteczk", "prywatno", "toestemming", "akkoord", "samtycke", "samtykke"}
	scriptSigns = []string{"enable javascript", "enable java script", "javascript is disabled", "javascript is not enabled", "javascript is required", "javascript is turned off", "requires javascript", "need javascript", "need to enable javascript", "turn on javascript", "javascript to run this app", "without javascript", "javascript aktivieren", "javascript ist deaktiviert", "aktivieren sie javascript", "aktiviere javascript", "aktivieren sie bitte javascript", "activer javascript", "activez javascript", "habilita javascript", "habilite javascript", "activa javascript", "active javascript", "abilita javascript", "włącz javascript", "włączyć javascript", "javascript inschakelen"}
	checkSigns  = []string{"verify you are human", "verify that you are human", "verifying you are human", "are you a robot", "you are not a robot", "not a robot", "checking your browser", "checking if the site connection is secure", "unusual traffic", "captcha", "enable cookies to continue", "enable javascript and cookies", "please enable cookies", "access to this page has been denied", "you have been blocked", "automated access", "press & hold", "bist du ein mensch", "sind sie ein mensch", "ein roboter", "êtes-vous un robot", "eres un robot"}
)

// wall returns what notice a is, nil if it is an article. A story about cookies has sentences about other things as well.
func wall(a *articles.Article) error {
	if len(a.Text) > 12*mostWall {
		return nil
	}
	words, told, sentences := 0, 0, 0
	for _, b := range a.Blocks {
		if b.Kind == articles.Heading {
			continue
		}
		for sentence := range strings.SplitSeq(ends.Replace(strings.ToLower(b.In(a.Text))), "\n") {
			n := len(strings.Fields(sentence))
			words += n
			if n > 0 && holds(sentence, consentSigns) {
				told += n
				sentences++
			}
		}
	}
	switch low := strings.ToLower(a.Text); {
	case words > mostWall:
	case words <= 80 && holds(low, checkSigns):
		return errCheck
	case words <= 80 && holds(low, scriptSigns):
		return errScript
	case 10*told >= 7*words && sentences > 1 && holds(low, consentWords):
		return errConsent
	}
	return nil
}

// ends puts each sentence on a line of its own.
var ends = strings.NewReplacer("! ", "\n", "? ", "\n", ". ", "\n")

// consentWords are what a notice about consent cannot do without.
var consentWords = []string{"cookie", "consent", "einwillig", "zustimm"}

// holds reports whether one of signs is in s.
func holds(s string, signs []string) bool {
	for _, sign := range signs {
		if strings.Contains(s, sign) {
			return true
		}
	}
	return false
}

// noText returns why a page without text has none: what it tells readers without scripts, else [ErrNoText].
func noText(doc *html.Node) error {
	for n := range doc.Descendants() {
		if !dom.Is(n, "noscript", "title", "body") {
			continue
		}
		switch low := strings.ToLower(dom.Text(n)); {
		case len(low) > 12*mostWall:
		case holds(low, checkSigns) || strings.HasPrefix(low, "just a moment"):
			return errCheck
		case holds(low, scriptSigns):
			return errScript
		}
	}
	return ErrNoText
}

// fewWhole is fewer words than most articles have that are whole.
const fewWhole = 350

// cutSigns are what a page says, in lower case, where it stops for those who have not paid.
var cutSigns = []string{"to continue reading", "to keep reading", "continue reading this", "continue reading your article", "to read the full article", "to read the full story", "to read the rest of this", "to read this article", "article is for subscribers", "story is for subscribers", "content is for subscribers", "for subscribers only", "only available to subscribers", "exclusive to subscribers", "exclusively for subscribers", "reserved for subscribers", "this content is for members", "members-only story", "this post is for paid", "this post is for paying", "unlock this article", "unlock the full", "subscribe to read", "subscribe to unlock",
	"artikel weiterlesen", "um weiterzulesen", "jetzt weiterlesen", "nur für abonnenten", "für abonnenten lesbar", "exklusiv für abonnenten", "mit einem abo lesen", "réservé aux abonnés", "réservée aux abonnés", "pour lire la suite", "poursuivre votre lecture", "seguir leyendo", "continuar leyendo", "exclusivo para suscriptores", "solo para suscriptores", "exclusivo para assinantes", "continuar lendo", "riservato agli abbonati", "per continuare a leggere", "dostęp do całego artykułu", "czytaj dalej z", "alleen voor abonnees"}

// cutOff says that a may be only the beginning of the article of doc, which is for those who pay; "" if there is no sign of that.
func cutOff(a *articles.Article, doc *html.Node) string {
	n := a.Words()
	if isPaid(doc) || n < fewWhole && saysPaid(doc) {
		return fmt.Sprintf("the page says that it is for subscribers; the %d words that were got may be only its beginning", n)
	}
	return ""
}

// isPaid reports whether the data of doc say that it is not free to read.
func isPaid(doc *html.Node) bool {
	for n := range doc.Descendants() {
		if dom.Is(n, "script") && dom.Attr(n, "type") == "application/ld+json" && n.FirstChild != nil {
			_, value, found := strings.Cut(n.FirstChild.Data, `"isAccessibleForFree"`)
			value = strings.ToLower(strings.TrimLeft(value[:min(len(value), 40)], " \t\r\n:\""))
			if found && strings.HasPrefix(value, "false") {
				return true
			}
		}
	}
	return false
}

// saysPaid reports whether doc says to readers that the rest is for those who pay.
func saysPaid(doc *html.Node) bool {
	for n := range doc.Descendants() {
		if n.Type == html.TextNode && len(n.Data) > 10 && len(n.Data) < 500 && !dom.Is(n.Parent, "script", "style") && holds(strings.ToLower(n.Data), cutSigns) {
			return true
		}
	}
	return false
}
