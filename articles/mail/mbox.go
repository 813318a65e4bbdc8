package mail

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"iter"
	"strconv"

	"byline/articles"
	"byline/articles/stream"
)

// maxMessage is the largest message of a mailbox, attachments included.
const maxMessage = 64 << 20

// Mailbox yields the messages of a mailbox (RFC 4155), as articles or errors. The source of a
// message is "#" and its ID, or its number from 1. An error of r ends the sequence. A message of
// more than 64 MB is cut.
func Mailbox(ctx context.Context, r io.Reader) iter.Seq2[*articles.Article, error] {
	return mailbox(ctx, r, maxMessage)
}

func mailbox(ctx context.Context, r io.Reader, longest int) iter.Seq2[*articles.Article, error] {
	return func(yield func(*articles.Article, error) bool) {
		n := 0
		for message, err := range messages(stream.Reader(ctx, r), longest) {
			if err != nil {
				yield(nil, err)
				return
			}
			n++
			a, id, err := read(ctx, message)
			if err != nil {
				err = fmt.Errorf("message %d: %w", n, err)
			} else {
				a.Source = "#" + cmp.Or(id, strconv.Itoa(n))
			}
			if !yield(a, err) {
				return
			}
		}
	}
}

// messages yields the non-blank messages of a mailbox, each in its own memory, without the
// separator lines. An error of r comes last.
func messages(r io.Reader, longest int) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		br := bufio.NewReaderSize(r, 64<<10)
		var message []byte
		emit := func() bool { return len(bytes.TrimSpace(message)) == 0 || yield(message, nil) }
		blank, whole := true, true // the previous line was blank; the next read starts a line
		var err error
		for err == nil || err == bufio.ErrBufferFull {
			var line []byte
			line, err = br.ReadSlice('\n')
			switch {
			case whole && blank && bytes.HasPrefix(line, []byte("From ")):
				if !emit() {
					return
				}
				message = nil
			case len(message)+len(line) <= longest:
				message = append(message, unquoteFrom(line, whole)...)
			}
			blank = whole && len(bytes.TrimRight(line, "\r\n")) == 0
			whole = err == nil
		}
		if emit() && err != io.EOF {
			yield(nil, err)
		}
	}
}

// unquoteFrom removes one > from a line that was quoted because it looks like a separator.
func unquoteFrom(line []byte, whole bool) []byte {
	if whole && len(line) > 0 && line[0] == '>' && bytes.HasPrefix(bytes.TrimLeft(line, ">"), []byte("From ")) {
		return line[1:]
	}
	return line
}
