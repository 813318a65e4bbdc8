package tasks

import (
	"regexp"
)

// What the JSON of annotation tools starts with: keys that only one of them has.
var (
	prodigyHead = regexp.MustCompile(`\A\s*\{\s*"(?:text|_input_hash|meta|ents)"\s*:(?:[^\x00]*"(?:token_start|token_end|_view_id|_task_hash|answer|ents)"\s*:|[^\x00]*"tokens"\s*:\s*\[\s*\{\s*"(?:text|id|start)")`)
	trainHead   = regexp.MustCompile(`\A\s*\[\s*(?:\[\s*)?"(?:[^"\\]|\\.)*"\s*,\s*\{\s*"(?:entities|cats|spans|links)"\s*:`) // of spaCy
	doccanoHead = regexp.MustCompile(`\A\s*\[?\s*\{[^\x00]*"start_offset"\s*:|\A\s*\{[^\n]*"(?:Comments|from_id|annotation_approver)"\s*:|\A\s*\[?\s*\{\s*"(?:id"\s*:\s*\d+|text|data)[^\n]*"(?:labels?|entities)"\s*:\s*\[(?:\]|\s*\[\s*\d+\s*,\s*\d+\s*,)`)
	objectData  = regexp.MustCompile(`\A\s*\[?\s*\{[^\x00]*"data"\s*:\s*\{`)
	webHead     = regexp.MustCompile(`\A\s*\{\s*"(?:client_version|export_date|export_userid|@context)"`) // of annotations of web pages
	studioHead  = regexp.MustCompile(`\A\s*\[?\s*\{[^\x00]*"(?:annotations|predictions|completions)"\s*:\s*\[\s*[\]{\d]|\A\s*\[\s*\{\s*"id"\s*:\s*\d+\s*,[^\x00]*"data"\s*:\s*\{|\A\s*\[\s*\{[^\x00]*"(?:annotation_id"\s*:|labels"\s*:\s*\[\s*")`)
)

func isProdigy(head []byte) bool { return prodigyHead.Match(head) || trainHead.Match(head) }

func isDoccano(head []byte) bool { return doccanoHead.Match(head) && !objectData.Match(head) }

func isStudio(head []byte) bool {
	return studioHead.Match(head) && !isDoccano(head) && !webHead.Match(head)
}
