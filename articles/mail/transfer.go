package mail

import (
	"bytes"
	"encoding/base64"
	"strings"
)

// transfer undoes the transfer encoding of a part. Bytes that the encoding does not allow are passed over, so that one
// of them does not end the text.
func transfer(coding string, data []byte) []byte {
	switch strings.ToLower(strings.TrimSpace(coding)) {
	case "quoted-printable":
		return unquote(data)
	case "base64":
		return unbase(data)
	}
	return data
}

// unquote decodes quoted-printable (RFC 2045, 6.7). An equals sign before anything else than two figures or a line end
// stands for itself.
func unquote(data []byte) []byte {
	out := make([]byte, 0, len(data))
	for len(data) > 0 {
		i := bytes.IndexByte(data, '=')
		if i < 0 {
			return append(out, data...)
		}
		out, data = append(out, data[:i]...), data[i+1:]
		if len(data) >= 2 {
			if hi, lo := hex(data[0]), hex(data[1]); hi >= 0 && lo >= 0 {
				out, data = append(out, byte(hi<<4|lo)), data[2:]
				continue
			}
		}
		line, rest := cutLine(data)
		if len(bytes.TrimSpace(line)) > 0 {
			out = append(out, '=')
			continue
		}
		data = rest // a soft line end
	}
	return out
}

func hex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	}
	return -1
}

// unbase decodes base64. Text in several pieces, each with its own padding, is joined.
func unbase(data []byte) []byte {
	out := make([]byte, 0, len(data)*3/4)
	var four [4]byte
	n := 0
	end := func() {
		var three [3]byte
		if k, _ := base64.RawStdEncoding.Decode(three[:], four[:n]); k > 0 { // a single letter left over is nothing
			out = append(out, three[:k]...)
		}
		n = 0
	}
	for _, c := range data {
		switch {
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '+', c == '/':
			if four[n] = c; n == 3 {
				n = 4
				end()
				continue
			}
			n++
		case c == '=' && n > 0:
			end()
		}
	}
	end()
	return out
}
