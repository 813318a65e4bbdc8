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

// maxMessage bounds a message of a mailbox, attachments included.
const maxMessage = 64 << 20

// Mailbox yields the messages of a mailbox (RFC 4155), each as its article or with what is
// wrong with it. The source of a message is "#" and its ID, or its number from 1. An error of
// r ends them. Of a message of more than 64 MB the beginning is read.
func Mailbox(ctx context.Context, r io.Reader) iter.Seq2[*articles.Article, error] {
	return mailbox(ctx, r, maxMessage)
}

func mailbox(ctx context.Context, r io.Reader, longest int) iter.Seq2[*articles.Article, error] {
	return func(yield func(*articles.Article, error) bool) {
		br := bufio.NewReaderSize(stream.Reader(ctx, r), 64<<10)
		var message []byte
		n := 0
		emit := func() bool {
			if len(bytes.TrimSpace(message)) == 0 {
				return true
			}
			n++
			a, id, err := read(ctx, message)
			if err != nil {
				return yield(nil, fmt.Errorf("message %d: %w", n, err))
			}
			a.Source = "#" + cmp.Or(id, strconv.Itoa(n))
			return yield(a, nil)
		}
		blank, whole := true, true // the line before was blank; what is read begins a line
		for {
			line, err := br.ReadSlice('\n')
			if whole && blank && bytes.HasPrefix(line, []byte("From ")) {
				if !emit() {
					return
				}
				message = message[:0:0]
			} else if len(message)+len(line) <= longest {
				message = append(message, unquoted(line, whole)...)
			}
			blank = whole && len(bytes.TrimRight(line, "\r\n")) == 0
			whole = err == nil
			if err == bufio.ErrBufferFull {
				continue
			}
			if err != nil {
				if emit() && err != io.EOF {
					yield(nil, err)
				}
				return
			}
		}
	}
}

// unquoted takes one > from a line that it keeps from beginning a message.
func unquoted(line []byte, whole bool) []byte {
	if whole && len(line) > 0 && line[0] == '>' && bytes.HasPrefix(bytes.TrimLeft(line, ">"), []byte("From ")) {
		return line[1:]
	}
	return line
}
