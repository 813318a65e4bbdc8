package mail

import (
	"regexp"
	"strings"
)

// mostFurniture is the longest block, in bytes, in which a newsletter speaks of itself.
const mostFurniture = 400

var (
	// strong matches a whole piece of a line with which a newsletter speaks of itself: how to see it in a browser, how to end it.
	strong = regexp.MustCompile(`(?i)^(` + strings.Join([]string{
		`(having )?(trouble|problems|difficulty) (viewing|reading|seeing|displaying) (this|the) (e-?mail|message|newsletter)\?.*`,
		`((click|tap) (here )?(to )?)?(view|read|open|see|display) (this |it |the )?(e-?mail|message|newsletter|mailing|edition)? ?(in|on|with|using) ((your|a|the) )?(web ?)?browser( here)?`,
		`(view|read|open|see) (it |this |(this |the )?(e-?mail|message|newsletter) )?(online|on the web|as a web ?page|web version)`, `(view )?(web|online|browser) version`,
		`((click|tap) here to |to )?(unsubscribe|opt.?out)( (here|now|instantly|at any time|from (this|these|our|all|future) (list|e-?mails?|newsletters?|messages|mailings?|updates)))*( or (manage|update|change) your.*)?(,? ?(please )?(click|tap) (here|on this link))?`,
		`(you can )?unsubscribe (here|from (this|our|these).*|at any time.*|or .*preferences.*)`,
		`(if you )?(no longer|don.?t|do not) (want|wish) to (receive|get) (these|this|our|such) .*`,
		`you(.re| are)? (receiv(ed|ing)|got|getting) (this|these|our) (e-?mails?|messages?|newsletters?|mailings?) (because|as|since|at) .*`,
		`this (e-?mail|message|newsletter|mailing) was sent (to|by) \S+@\S+.*`,
		`(update|manage|change|edit) (your |my )?((e-?mail|subscription|mailing|newsletter) )?(preferences|subscriptions?|settings|profile)( (or|and) unsubscribe.*)?`,
		`add us to your address book`, `forward (this )?(e-?mail|newsletter|to a friend)( to a friend)?`,
		`(im|in ihrem|in deinem) browser (ansehen|anzeigen|öffnen|lesen)`, `(diese[nr]? )?(newsletter|e-?mail|mail) (im|in ihrem) browser (ansehen|anzeigen|öffnen|lesen)`, `(zur )?(online|web)-?(version|ansicht)`,
		`(newsletter|hier) (abbestellen|abmelden)`, `(vom newsletter )?abmelden`, `abbestellen`,
		`(voir|lire|afficher|consulter) (cet? |le |la |l.)?(e-?mail|courriel|message|newsletter)? ?(dans|sur|en) (votre|le|un|ligne) ?(navigateur)?`, `(version en ligne)`, `se désabonner|se désinscrire|désabonnement`,
		`ver (este |el )?(correo|e-?mail|mensaje|bolet[ií]n)? ?(en|no) (su|tu|el|seu|o) navegador`, `darse de baja|cancelar (la )?(suscripción|inscrição|assinatura)|descadastrar`,
		`(visualizza|vedi|apri) .{0,30}(nel|in un) (tuo )?browser|annulla (l.)?iscrizione|disiscriviti`, `(bekijk|lees) .{0,30}(browser|online)|uitschrijven|afmelden`,
	}, "|") + `)[.!:»>→ ]*$`)
	// weak matches a piece that stands beside one of those.
	weak     = regexp.MustCompile(`(?i)^(privacy( policy| notice)?|terms( of (use|service))?|contact( us)?|help|faq|about( us)?|subscribe|archives?|imprint|impressum|datenschutz|mentions légales|share|tweet|facebook|twitter|instagram|linkedin|here|click here|©.*|copyright .*|advertis(e|ing).*|forward|.{0,3})$`)
	parting  = regexp.MustCompile(`\s*(?:[|·•‧⋅]|\s[-–—]\s|\n|\s{2,})\s*`)
	inBraces = regexp.MustCompile(`[\[(<]?\s*https?://\S+?[\])>]?(\s|$)`)
)

// isFurniture reports whether a newsletter speaks of itself in a block: each piece of it says so, or is one of the links that stand
// beside.
func isFurniture(text string) bool {
	if len(text) > mostFurniture || !mayBe(text) {
		return false
	}
	says := false
	for _, piece := range parting.Split(strings.TrimSpace(inBraces.ReplaceAllString(text, " ")), -1) {
		piece = strings.Trim(strings.TrimSpace(piece), "*_ ,")
		switch {
		case strong.MatchString(piece):
			says = true
		case !weak.MatchString(piece):
			return false
		}
	}
	return says
}

// starts are the words that such a block may begin with.
var starts = func() map[string]bool {
	all := map[string]bool{}
	for word := range strings.FieldsSeq(`having trouble problems difficulty click view read open display online browser unsubscribe opt-out optout don’t don't this update manage change edit forward
		diese dieser diesen newsletter e-mail email mail hier abmelden abbestellen voir lire afficher consulter version désabonnement darse cancelar descadastrar visualizza vedi apri annulla disiscriviti
		bekijk lees uitschrijven afmelden privacy terms contact help about subscribe archive archives imprint impressum datenschutz mentions share tweet facebook twitter instagram linkedin here copyright
		advertise advertising advertisement http https
		to you if no do add im in zur vom se faq tap opt web see ver online-version web-version online-ansicht web-ansicht`) {
		all[word] = true
	}
	return all
}()

// mayBe rules out most blocks, before the patterns are asked: by their first word, and then by the words in them.
func mayBe(text string) bool {
	text = strings.TrimLeft(text, " *_|[(<\n")
	end := 0
	for end < len(text) && end < 20 && text[end] > ' ' && strings.IndexByte(".,:;!?|<>()[]/*_", text[end]) < 0 {
		end++
	}
	if end > 0 && !starts[strings.ToLower(text[:end])] {
		return false
	}
	low := strings.ToLower(text)
	for _, word := range [...]string{"browser", "subscri", "naviga", "navega", "opt", "line", "version", "ansicht", "web", "letter", "mail", "message", "preferences", "settings", "profile", "receiv", "address book",
		"abmeld", "abbestell", "désab", "désins", "baja", "cancelar", "descad", "iscri", "schrijven", "afmeld"} {
		if strings.Contains(low, word) {
			return true
		}
	}
	return false
}
