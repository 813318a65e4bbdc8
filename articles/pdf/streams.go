package pdf

import (
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
	"io"

	"byline/articles/stream"
)

// Bounds of what the streams of a document become, pictures aside. The drawing of a page takes a few MB at most.
const (
	mostStream  = 64 << 20
	mostStreams = 512 << 20
)

// checkStreams returns an error if data is small and becomes very large, as no document does: whoever reads it would take long to
// find no text in it.
func checkStreams(ctx context.Context, data []byte) error {
	left := int64(mostStreams)
	for at := 0; ; {
		i := bytes.Index(data[at:], []byte("stream"))
		if i < 0 || ctx.Err() != nil {
			return ctx.Err()
		}
		before := data[max(at, at+i-2000) : at+i]
		at += i + len("stream")
		if bytes.HasSuffix(before, []byte("end")) {
			continue
		}
		dict := before[max(0, bytes.LastIndex(before, []byte("obj"))):]
		n := unpacked(ctx, dict, data[at:], min(mostStream, left)+1)
		switch left -= n; {
		case n > mostStream:
			return fmt.Errorf("%w: a page of it becomes more than %d MB", errTooBig, mostStream>>20)
		case left < 0:
			return fmt.Errorf("%w: they become more than %d MB together", errTooBig, mostStreams>>20)
		}
	}
}

// unpacked returns how many bytes the stream that data begins with becomes, by its dictionary, up to most; 0 if it is not compressed,
// or a picture.
func unpacked(ctx context.Context, dict, data []byte, most int64) int64 {
	layers := min(4, bytes.Count(dict, []byte("/FlateDecode"))+bytes.Count(dict, []byte("/Fl ")))
	if layers == 0 || bytes.Contains(dict, []byte("/Image")) {
		return 0
	}
	var r io.Reader = bytes.NewReader(bytes.TrimLeft(data[:min(len(data), 4)], "\r\n"))
	r = io.MultiReader(r, bytes.NewReader(data[min(len(data), 4):]))
	for range layers {
		z, err := zlib.NewReader(r)
		if err != nil {
			return 0
		}
		r = z
	}
	n, _ := io.Copy(io.Discard, io.LimitReader(stream.Reader(ctx, r), most)) // what is before an error counts
	return n
}
