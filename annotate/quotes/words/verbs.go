package words

// Particle returns the word without which verb w does not report what somebody says: "went
// on".
func Particle(w string) (string, bool) { p, ok := particles[w]; return p, ok }

var particles = map[string]string{
	"went": "on", "goes": "on", "shot": "back", "shoots": "back", "fired": "back", "hit": "back", "hits": "back", "chimed": "in",
	"chimes": "in", "cut": "in", "broke": "in", "jumped": "in", "weighed": "in", "piped": "up", "spoke": "up", "called": "out",
	"cried": "out", "sang": "out", "spat": "back",
}

// Before returns the first word of the adverb of two words whose second is w: "at first".
func Before(w string) (string, bool) { p, ok := firsts[w]; return p, ok }

var firsts = map[string]string{"first": "at", "once": "at", "last": "at", "turn": "in", "fact": "in", "course": "of", "more": "once"}
