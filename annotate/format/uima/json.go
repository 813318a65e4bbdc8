package uima

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"byline/annotate/format"
	"byline/annotate/format/records"
)

// writeJSON writes a CAS as UIMA's JSON, version 0.4, with its types. Offsets are UTF-16
// code units.
func writeJSON(w io.Writer, d *format.Document, _ format.Options) error {
	b := bufio.NewWriter(w)
	j := newEncoder(b)
	b.WriteString("{\n \"%TYPES\":{")
	for i, t := range types {
		features := map[string]any{"%NAME": t.name, "%SUPER_TYPE": t.super}
		for _, f := range t.features {
			features[f[0]] = map[string]string{"%NAME": f[0], "%RANGE": f[1]}
		}
		b.WriteString(strings.Repeat(",", min(i, 1)) + "\n  ")
		j.encode(t.name)
		b.WriteByte(':')
		j.encode(features)
	}
	b.WriteString("\n },\n \"%FEATURE_STRUCTURES\":[")
	n := eachStructure(d, j.structure)
	b.WriteString("\n ],\n \"%VIEWS\":{\"_InitialView\":{\"%SOFA\":1,\"%MEMBERS\":[")
	for id := 2; id <= n; id++ {
		b.WriteString(strings.Repeat(",", min(id-2, 1)) + strconv.Itoa(id))
	}
	b.WriteString("]}}\n}\n")
	if j.err != nil {
		return j.err
	}
	return b.Flush()
}

// An encoder writes values of JSON one after the other. It keeps the first error.
type encoder struct {
	out   *bufio.Writer
	json  *json.Encoder
	value bytes.Buffer
	err   error
}

func newEncoder(w *bufio.Writer) *encoder {
	e := &encoder{out: w}
	e.json = json.NewEncoder(&e.value)
	e.json.SetEscapeHTML(false)
	return e
}

// structure writes a feature structure as an element of a list.
func (e *encoder) structure(s *structure) {
	e.out.WriteString(strings.Repeat(",", min(s.id-1, 1)) + "\n  {\"%ID\":")
	e.encode(s.id)
	e.out.WriteString(",\"%TYPE\":")
	e.encode(s.typ)
	if s.typ != typeSofa && s.typ != typeEntity && s.typ != typeCredit {
		e.out.WriteString(",\"@sofa\":1")
	}
	for _, f := range s.features {
		name := f.name
		if _, ok := f.value.(ref); ok {
			name = "@" + name
		}
		e.out.WriteByte(',')
		e.encode(name)
		e.out.WriteByte(':')
		e.encode(f.value)
	}
	e.out.WriteByte('}')
}

// encode writes v without the line feed that [json.Encoder] adds.
func (e *encoder) encode(v any) {
	e.value.Reset()
	err := e.json.Encode(v)
	if err == nil {
		_, err = e.out.Write(bytes.TrimSuffix(e.value.Bytes(), []byte("\n")))
	}
	if e.err == nil {
		e.err = err
	}
}

// readJSON reads a CAS from UIMA's JSON.
func readJSON(in format.Input) ([]*format.Document, error) {
	all, err := jsonStructures(in, in.Loss)
	if err != nil {
		return nil, err
	}
	return documents(in.Name, all, in.Loss)
}

func jsonStructures(in io.Reader, loss *format.Loss) ([]readStructure, error) {
	data, err := io.ReadAll(io.LimitReader(in, records.Limit))
	if err != nil {
		return nil, err
	}
	var j struct {
		Structures []json.RawMessage `json:"%FEATURE_STRUCTURES"`
	}
	if err := json.Unmarshal(data, &j); err != nil {
		return nil, records.AtLine(err, data)
	}
	if len(j.Structures) == 0 {
		return nil, errors.New("it holds no feature structures")
	}
	all := make([]readStructure, 0, len(j.Structures))
	for _, raw := range j.Structures {
		s, err := jsonStructure(raw)
		if err != nil {
			loss.AddSuch("feature structures that cannot be read", fmt.Sprintf("%.60q", raw))
			continue
		}
		all = append(all, s)
	}
	return all, nil
}

// jsonStructure returns the feature structure that an object is.
func jsonStructure(raw []byte) (readStructure, error) {
	var fs map[string]json.RawMessage
	s := readStructure{values: map[string]string{}}
	if err := json.Unmarshal(raw, &fs); err != nil {
		return s, err
	}
	for name, raw := range fs {
		value := strings.TrimSpace(string(raw))
		if strings.HasPrefix(value, `"`) {
			if err := json.Unmarshal(raw, &value); err != nil {
				return s, err
			}
		}
		s.values[strings.TrimPrefix(name, "@")] = value
	}
	s.id, s.typ = s.values["%ID"], s.values["%TYPE"]
	if s.typ == "" {
		return s, errors.New("it has no type")
	}
	return s, nil
}

func sniffJSON(head []byte) bool { return jsonHead.Match(head) }

var jsonHead = regexp.MustCompile(`\A\s*\{\s*"%(?:TYPES|FEATURE_STRUCTURES|VIEWS)"\s*:`)
