package reader

import "byline/ui/session"

// SessionOf returns the session of s, for tests that decide on what is under the cursor.
func SessionOf(s *Screen) *session.Session { return s.session }
