package w3c

// The objects of the Web Annotation Data Model (W3C Recommendation, 23 February 2017)
// that are written. All names are in its JSON-LD context.
type (
	collectionLD struct {
		Context string `json:"@context"`
		ID      string `json:"id"`
		Type    string `json:"type"`
		Label   string `json:"label"`
		Total   int    `json:"total"`
		// About describes the article, which the targets name by its ID.
		About *sourceLD `json:"dcterms:source,omitempty"`
		First pageLD    `json:"first"`
	}
	// A sourceLD has the terms of the Dublin Core, whose prefix is in the context.
	sourceLD struct {
		ID        string   `json:"id"`
		Title     string   `json:"dcterms:title,omitempty"`
		URL       string   `json:"dcterms:identifier,omitempty"`
		Authors   []string `json:"dcterms:creator,omitempty"`
		Site      string   `json:"dcterms:publisher,omitempty"`
		Section   string   `json:"dcterms:isPartOf,omitempty"`
		Published string   `json:"dcterms:issued,omitempty"`
		Updated   string   `json:"dcterms:modified,omitempty"`
		Language  string   `json:"dcterms:language,omitempty"`
	}
	pageLD struct {
		ID         string         `json:"id"`
		Type       string         `json:"type"`
		PartOf     string         `json:"partOf"`
		StartIndex int            `json:"startIndex"`
		Items      []annotationLD `json:"items"`
	}
	annotationLD struct {
		ID         string   `json:"id"`
		Type       string   `json:"type"`
		Motivation string   `json:"motivation"`
		Creator    agentLD  `json:"creator"`
		Body       []bodyLD `json:"body"`
		Target     any      `json:"target"` // targetLD, or the IDs of two annotations
	}
	agentLD struct {
		Type string `json:"type"`
		Name string `json:"name"`
	}
	bodyLD struct {
		Type    string `json:"type"`
		Value   string `json:"value,omitempty"`
		Source  string `json:"source,omitempty"`
		Purpose string `json:"purpose"`
	}
	targetLD struct {
		Source   string       `json:"source"`
		Selector []selectorLD `json:"selector"`
	}
	selectorLD struct {
		Type   string `json:"type"`
		Start  *int   `json:"start,omitempty"`
		End    *int   `json:"end,omitempty"`
		Exact  string `json:"exact,omitempty"`
		Prefix string `json:"prefix,omitempty"`
		Suffix string `json:"suffix,omitempty"`
	}
)
