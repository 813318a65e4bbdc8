package standoff

import (
	"strings"

	"github.com/google/uuid"

	"byline/articles"
)

// Address returns the web address that an article came from, or a URN made of its ID.
func Address(a *articles.Article) string {
	if strings.HasPrefix(a.Source, "http://") || strings.HasPrefix(a.Source, "https://") {
		return a.Source
	}
	return articleURN(a.ID)
}

// articleURN returns a URN made of the ID of an article.
func articleURN(id string) string { return URN("article", id) }

// URN returns the URN of a UUID of version 5 (RFC 9562), which depends only on parts.
func URN(parts ...string) string {
	return "urn:uuid:" + uuid.NewSHA1(uuid.NameSpaceOID, []byte(strings.Join(parts, "\x00"))).String()
}
