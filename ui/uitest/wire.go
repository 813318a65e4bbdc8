package uitest

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Foreign lists what is in the output of a terminal program that neither byline nor Bubble
// Tea writes: other control sequences, sequences that contain the word marker or the number 6666, and
// invisible or misleading characters.
func Foreign(wire []byte, marker string) []string {
	var out []string
	var state byte
	p := ansi.NewParser()
	for len(wire) > 0 {
		seq, _, n, next := ansi.DecodeSequence(wire, state, p)
		if n == 0 {
			break
		}
		if why := foreign(seq, p, marker); why != "" {
			out = append(out, fmt.Sprintf("%s: %q", why, seq))
		}
		state, wire = next, wire[n:]
	}
	return out
}

func foreign(seq []byte, p *ansi.Parser, marker string) string {
	switch {
	case len(seq) > 1 && seq[0] == ansi.ESC:
		return foreignSequence(seq, p, marker)
	case len(seq) == 1 && (seq[0] < 0x20 || seq[0] == 0x7f):
		if !strings.ContainsRune("\r\n\t\b", rune(seq[0])) {
			return "control"
		}
	case !utf8.Valid(seq):
		return "raw byte"
	}
	return foreignRune(seq)
}

// written are the control sequences that the program may write: private marker,
// intermediate byte and final byte.
var written = strings.Fields("m H A B C D G d J K X P @ L M S T r b I Z ` a e f h l ?h ?l $p ?$p c >c ?c >q n ?n u ?u =u >u <u >m ?m t _q ?W")

// fromText reports whether a sequence has the marker, where byline does not write words of a text: the window's title names the
// article, and a link has the address in the text. No colour, mode or place has the number 6666.
func fromText(seq, marker string) bool {
	title := strings.HasPrefix(seq, "\x1b]2;") && strings.HasSuffix(seq, "– byline\a")
	link := strings.HasPrefix(seq, "\x1b]8;;http") && !strings.HasPrefix(seq, "\x1b]8;;http://"+marker)
	return strings.Contains(seq, "6666") || marker != "" && strings.Contains(seq, marker) && !title && !link
}

func foreignSequence(seq []byte, p *ansi.Parser, marker string) string {
	if fromText(string(seq), marker) {
		return "from the text"
	}
	switch seq[1] {
	case '[':
		if key := controlKey(ansi.Cmd(p.Command())); !slices.Contains(written, key) {
			return "control sequence " + key
		}
		return ""
	case ']':
		switch p.Command() {
		case 0, 2, 8, 9, 10, 11, 12, 22, 52, 110, 111, 112, 7501:
			return ""
		}
		return "operating system command"
	case 'P':
		if strings.HasPrefix(string(seq), "\x1bP+q") {
			return "" // asks for a terminfo capability
		}
		return "device control string"
	case '_', '^', 'X':
		return "application string"
	case '7', '8', 'M', '=', '>', '(', ')', 'H', 'D', 'E', 'c':
		return ""
	}
	return "escape sequence"
}

// controlKey returns the key of a control sequence in written, with _ for a blank.
func controlKey(c ansi.Cmd) string {
	key := ""
	for _, b := range []byte{c.Prefix(), c.Intermediate(), c.Final()} {
		switch b {
		case 0:
		case ' ':
			key += "_"
		default:
			key += string(rune(b))
		}
	}
	return key
}

func foreignRune(seq []byte) string {
	for _, r := range string(seq) {
		switch {
		case r == utf8.RuneError, r == 0x200d, r >= 0xfe00 && r <= 0xfe0f:
		case r >= 0x80 && r < 0xa0:
			return "C1 control"
		case unicode.Is(unicode.Cf, r), r == 0x2028, r == 0x2029:
			return "invisible character"
		}
	}
	return ""
}
