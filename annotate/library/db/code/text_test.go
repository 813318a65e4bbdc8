package code

import (
	"bytes"
	"strings"
	"testing"
)

func TestTextCode(t *testing.T) {
	t.Parallel()
	story := "The harbour board voted on Tuesday to close the ferry, said Marta Quill, its chair. “We have no money left,” she told reporters."
	long := strings.Repeat(story+"\n\n", 20_000)
	for _, text := range []string{"", "Ferry.", story, strings.Repeat("é", 500), long[:longest], long, "\x00\x01" + story} {
		stored := EncodeText(text)
		var back Text
		if err := back.Scan(stored); err != nil || string(back) != text {
			t.Fatalf("%.40q: %v", text, err)
		}
		b, packed := stored.([]byte)
		if packed != (len(text) >= shortest && len(text) <= longest) {
			t.Errorf("%d bytes: packed %v", len(text), packed)
		}
		if packed && len(b) >= len(text)*3/4 {
			t.Errorf("%d bytes take %d", len(text), len(b))
		}
	}
}

// What an older program wrote is read for good: a text of version 1.
func TestTextVersion1(t *testing.T) {
	t.Parallel()
	const text = "The harbour board voted on Tuesday to close the ferry, said Marta Quill, its chair."
	packed := []byte("\x01!\x01S\xad\x01\x00\xd4\x01The tothe ferrMarta Quill, i.\a\xfc\x11\xfe꿮\x99\xf6\xb9\xc9\b\x9d|\x83\xa7\xc6\x03\xb6\xe3\x81=")
	var back Text
	if err := back.Scan(packed); err != nil || string(back) != text {
		t.Errorf("%q, %v", back, err)
	}
}

func FuzzText(f *testing.F) {
	f.Add("The harbour board voted on Tuesday to close the ferry, said Marta Quill, its chair.", []byte{1, 0x20, 1})
	f.Fuzz(func(t *testing.T, text string, damaged []byte) {
		var back Text
		if err := back.Scan(EncodeText(text)); err != nil || string(back) != text {
			t.Errorf("%q: %q, %v", text, back, err)
		}
		if b, ok := EncodeText(text).([]byte); ok && !bytes.Equal(b, EncodeText(text).([]byte)) {
			t.Error("not the same bytes")
		}
		_ = back.Scan(damaged) // must not panic, nor take more memory than a text may have
	})
}
