package mail

import (
	"regexp"
	"strings"

	"byline/articles"
)

// An original is a message that a reply or a forward holds below its own words.
type original struct {
	open   bool
	sender string // empty if unknown, or if the line above says it
	depth  int    // of quotes, at which it stands; 0 if it goes on to the end
}

// opens returns the message that begins with the first blocks, and the number of those that introduce it: its header,
// as mail programs write it, or a line such as “On … Ann Lee wrote:” above words that nothing marks as quoted.
func opens(blocks []block) (original, int) {
	if o, n := header(blocks); n > 0 {
		return o, n
	}
	b := &blocks[0]
	if b.Quote == 0 && len(blocks) > 1 && blocks[1].Quote == 0 && introduces(b.text) {
		return original{open: true}, 1
	}
	return original{}, 0
}

// mostLabels is the most blocks that the header of an original message is spread over.
const mostLabels = 10

// header reads the header of an original message from the first blocks. It has a sender, and two of recipient, date and
// subject.
func header(blocks []block) (o original, n int) {
	var seen labels
	from := ""
	for n < min(len(blocks), mostLabels) && blocks[n].Quote == blocks[0].Quote && blocks[n].Kind != articles.Attribution {
		kinds, who, ok := labelled(blocks[n].text, seen)
		if !ok || n > 0 && kinds&fromLabel != 0 && seen&fromLabel != 0 {
			break
		}
		seen |= kinds
		if from == "" {
			from = who
		}
		n++
	}
	if seen&fromLabel == 0 || seen.others() < 2 || n == len(blocks) {
		return original{}, 0
	}
	return original{open: true, sender: senderIn(from), depth: blocks[0].Quote}, n
}

// labels are kinds of lines of a header.
type labels uint8

const (
	fromLabel labels = 1 << iota
	dateLabel
	toLabel
	subjectLabel
	otherLabel
)

// others returns how many kinds beside the sender are among l.
func (l labels) others() int {
	n := 0
	for _, k := range [...]labels{dateLabel, toLabel, subjectLabel} {
		if l&k != 0 {
			n++
		}
	}
	return n
}

// labelled reads a block of a header: lines that begin with a label, under a line that announces the message. The first
// block may be that line alone. It returns what is after the label of the sender.
func labelled(text string, seen labels) (kinds labels, from string, ok bool) {
	if len(text) > 4000 {
		return 0, "", false
	}
	i := -1
	for line := range strings.SplitSeq(text, "\n") {
		i++
		kind, value := label(line)
		switch {
		case kind == fromLabel && from == "":
			from = value
		case kind == 0 && i == 0 && seen == 0 && isAnnounced(strings.TrimSpace(line)):
		case kind == 0 && (i == 0 || kinds == 0):
			return 0, "", false
		case kind == 0 && len(line) > 200: // a long list of recipients goes on, the text of a message does not
			return 0, "", false
		}
		kinds |= kind
	}
	return kinds, from, true
}

// label returns the kind of the label that a line begins with, 0 for none, and what is after it.
func label(line string) (labels, string) {
	line = strings.TrimLeft(line, " *_\t|")
	name, value, ok := strings.Cut(line[:min(len(line), 1000)], ":")
	if !ok || len(name) > 24 {
		return 0, ""
	}
	name = strings.ToLower(strings.Trim(name, " *_\u00a0"))
	return labelNames[name], strings.Trim(strings.TrimSpace(value), "*_ \u00a0")
}

// labelNames are the labels that mail programs write, in the languages that they are used in.
var labelNames = names(map[labels]string{
	fromLabel:    "from von de da van från fra avsender od от lähettäjä kimden 发件人 寄件者 差出人 보낸사람",
	dateLabel:    "sent date gesendet datum envoyé envoyé_le enviado enviado_el enviada_em fecha data inviato verzonden skickat sendt dato wysłano отправлено дата lähetetty 发送时间 日期 送信日時 日時",
	toLabel:      "to an à para a aan till til do кому vastaanottaja 收件人 宛先",
	subjectLabel: "subject betreff betrifft objet asunto assunto oggetto onderwerp ämne emne temat тема aihe konu 主题 主旨 件名",
	otherLabel:   "cc kopie kopia copie bcc reply-to importance priority wichtigkeit priorität attachments anlagen",
})

func names(by map[labels]string) map[string]labels {
	out := map[string]labels{}
	for kind, list := range by {
		for name := range strings.FieldsSeq(list) {
			out[strings.ReplaceAll(name, "_", " ")] = kind
		}
	}
	return out
}

var (
	// announces matches the line above the header of an original message.
	announces = regexp.MustCompile(`(?i)^([-_=*> ]{2,}\s*\p{L}[\p{L}’' ]{3,50}[-_=*:. ]{2,}|[-_]{10,}|begin forwarded message:|anfang der weitergeleiteten nachricht:|début du message (transféré|réexpédié) ?:|inicio del mensaje reenviado:|inizio messaggio inoltrato:|-+ ?(original|forwarded) message ?-*)$`)
	// wrote matches the verb of a line that introduces a reply's quote, and moment a sign that a mail program wrote the line.
	wrote  = regexp.MustCompile(`(?i)(^|[\s>])(wrote|writes|schrieb|a écrit|escribió|escreveu|ha scritto|schreef|skrev|napisał|пишет|написал|kirjoitti)(\s|:|$)`)
	moment = regexp.MustCompile(`\d{1,2}[:.h]\d{2}|\S@\S+\.\S`)
	mailto = regexp.MustCompile(`(?i)[\[(<]\s*(mailto:)?\S+@[^\])>\s]*\s*[\])>]?.*$`)
)

// isAnnounced reports whether the header of an original message is below line.
func isAnnounced(line string) bool {
	return line != "" && (strings.IndexByte("-_=*>", line[0]) >= 0 || line[len(line)-1] == ':') && announces.MatchString(line)
}

// introduces reports whether a line says who wrote what is below it.
func introduces(text string) bool {
	text = strings.TrimSpace(text)
	return len(text) <= 300 && strings.HasSuffix(text, ":") && wrote.MatchString(text) && moment.MatchString(text)
}

// senderIn returns the name in the line of an original's sender, empty if it has only an address.
func senderIn(value string) string {
	name := strings.TrimSpace(mailto.ReplaceAllString(value, ""))
	if i := strings.Index(name, " on behalf of "); i > 0 {
		name = name[:i]
	}
	if who := add(nil, name); len(who) == 1 && !strings.ContainsAny(who[0], "@:") {
		return who[0]
	}
	return ""
}
