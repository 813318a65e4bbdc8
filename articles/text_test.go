package articles

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
)

func TestWordsAndID(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", " ", "one", " two  words\n", "a\u00a0b\u3000c", "\xff\xfe x", strings.Repeat("long text é ", 9000)} {
		a := Article{Text: text}
		if got, want := a.Words(), len(strings.Fields(text)); got != want {
			t.Errorf("%.20q has %d words, not %d", text, got, want)
		}
		sum := sha256.Sum256([]byte(text))
		if got, want := TextID(text), hex.EncodeToString(sum[:8]); got != want {
			t.Errorf("%.20q is %s, not %s", text, got, want)
		}
	}
}
