package review

// The former names of these types, for callers that are being rewritten.
type (
	Change = Edit
	Pen    = Writer
	Stamp  = Signature
)
