package format

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"regexp"
	"strings"
)

// writeCASJSON writes a CAS as UIMA's JSON, version 0.4, with its types. Offsets are
// UTF-16 code units.
func writeCASJSON(w io.Writer, d *Document, _ Options) error {
	c := casOf(d)
	b := bufio.NewWriter(w)
	j := &jsonWriter{Writer: b}
	j.enc = json.NewEncoder(&j.value)
	j.enc.SetEscapeHTML(false)
	b.WriteString("{\n \"%TYPES\":{")
	for i, t := range casTypes {
		features := map[string]any{"%NAME": t.name, "%SUPER_TYPE": t.super}
		for _, f := range t.features {
			features[f[0]] = map[string]string{"%NAME": f[0], "%RANGE": f[1]}
		}
		b.WriteString(strings.Repeat(",", min(i, 1)) + "\n  ")
		j.put(t.name)
		b.WriteByte(':')
		j.put(features)
	}
	b.WriteString("\n },\n \"%FEATURE_STRUCTURES\":[")
	var members []int
	for i, s := range c.all {
		b.WriteString(strings.Repeat(",", min(i, 1)) + "\n  {\"%ID\":")
		j.put(s.id)
		b.WriteString(",\"%TYPE\":")
		j.put(s.typ)
		if i > 0 {
			members = append(members, s.id)
			if s.typ != casEntity {
				b.WriteString(",\"@sofa\":1")
			}
		}
		for _, f := range s.features {
			name := f.name
			if _, ok := f.value.(ref); ok {
				name = "@" + name
			}
			b.WriteByte(',')
			j.put(name)
			b.WriteByte(':')
			j.put(f.value)
		}
		b.WriteByte('}')
	}
	b.WriteString("\n ],\n \"%VIEWS\":{\"_InitialView\":{\"%SOFA\":1,\"%MEMBERS\":")
	j.put(members)
	b.WriteString("}}\n}\n")
	if j.err != nil {
		return j.err
	}
	return b.Flush()
}

// readCASJSON reads a CAS from UIMA's JSON.
func readCASJSON(in Input) iter.Seq2[*Document, error] {
	return func(yield func(*Document, error) bool) {
		all, err := jsonStructures(in)
		var d *Document
		if err == nil {
			d, err = casDocument(in.Name, all, in.Loss)
		}
		if err != nil {
			err = fmt.Errorf("read the CAS %s: %w", in.Name, err)
		}
		yield(d, err)
	}
}

func jsonStructures(in io.Reader) ([]readStructure, error) {
	data, err := io.ReadAll(io.LimitReader(in, longestObject))
	if err != nil {
		return nil, err
	}
	var j struct {
		Structures []map[string]json.RawMessage `json:"%FEATURE_STRUCTURES"`
	}
	if err := json.Unmarshal(data, &j); err != nil {
		return nil, placed(err, data)
	}
	if len(j.Structures) == 0 {
		return nil, errors.New("it holds no feature structures")
	}
	all := make([]readStructure, len(j.Structures))
	for i, fs := range j.Structures {
		s := &all[i]
		s.values = make(map[string]string, len(fs))
		for name, raw := range fs {
			value := strings.TrimSpace(string(raw))
			if strings.HasPrefix(value, `"`) {
				if err := json.Unmarshal(raw, &value); err != nil {
					return nil, fmt.Errorf("feature structure %d: %s: %w", i+1, name, err)
				}
			}
			s.values[strings.TrimPrefix(name, "@")] = value
		}
		s.id, s.typ = s.values["%ID"], s.values["%TYPE"]
	}
	return all, nil
}

func isCASJSON(head []byte) bool { return casJSONHead.Match(head) }

var casJSONHead = regexp.MustCompile(`\A\s*\{\s*"%(?:TYPES|FEATURE_STRUCTURES|VIEWS)"\s*:`)
