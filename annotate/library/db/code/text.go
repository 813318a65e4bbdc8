package code

import (
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// firstDictionary is what texts of version 1 are compressed with: phrases of our own stories, and how often letters
// come in them. A text of a hundred words takes a fifth less with it than without. It must never change; another one
// is another version. It was made by
//
//	zstd --train --maxdict=16384
//
// of articles/samples and the open articles of annotate/eval/testdata, in pieces of 300 to 1,000 bytes.
//
//go:embed text-1.zdict
var firstDictionary []byte

// A text is compressed if it has that many bytes. A shorter one gains nothing, and a longer one is opened faster as it is.
const (
	shortest = 64
	longest  = 1 << 20
)

// The version of the code of texts, and how a frame of [zstd] begins, which is left out.
//
// [zstd]: https://www.rfc-editor.org/rfc/rfc8878
const (
	textVersion = 1
	frameMagic  = "\x28\xb5\x2f\xfd"
)

// ErrText reports bytes that are no text.
var ErrText = errors.New("a text cannot be read")

// EncodeText returns a text as a database stores it: as bytes if these are fewer, else as the string itself.
func EncodeText(text string) any {
	if len(text) < shortest || len(text) > longest {
		return text
	}
	enc, err := encoder()
	if err != nil {
		return text
	}
	b := enc.EncodeAll([]byte(text), make([]byte, 0, len(text)))
	if len(b) >= len(text) || !strings.HasPrefix(string(b[:len(frameMagic)]), frameMagic) {
		return text
	}
	b = b[len(frameMagic)-1:]
	b[0] = textVersion
	return b
}

var encoder = sync.OnceValues(func() (*zstd.Encoder, error) {
	return zstd.NewWriter(nil, zstd.WithEncoderDict(firstDictionary), zstd.WithEncoderLevel(zstd.SpeedFastest),
		zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(false), zstd.WithWindowSize(1<<18), zstd.WithSingleSegment(true))
})

var decoder = sync.OnceValues(func() (*zstd.Decoder, error) {
	return zstd.NewReader(nil, zstd.WithDecoderDicts(firstDictionary), zstd.WithDecoderConcurrency(1),
		zstd.WithDecoderMaxMemory(2*longest), zstd.WithDecoderLowmem(true))
})

// A Text is scanned from what [EncodeText] returned.
type Text string

// Scan implements [database/sql.Scanner].
func (t *Text) Scan(v any) error {
	switch v := v.(type) {
	case string:
		*t = Text(v)
		return nil
	case []byte:
		text, err := decodeText(v)
		*t = Text(text)
		return err
	}
	return fmt.Errorf("%w: it is a %T", ErrText, v)
}

func decodeText(b []byte) (string, error) {
	if len(b) == 0 || b[0] != textVersion {
		return "", fmt.Errorf("%w: its code is not known", ErrText)
	}
	dec, err := decoder()
	if err != nil {
		return "", err
	}
	frame := append([]byte(frameMagic), b[1:]...)
	text, err := dec.DecodeAll(frame, nil)
	if err != nil {
		return "", ErrText
	}
	return string(text), nil
}
