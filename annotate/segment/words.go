package segment

// An after says what comes after an abbreviation.
type after uint8

const (
	none         after = iota // not an abbreviation
	title                     // a name: "Mr."; no sentence ends here
	suffix                    // anything: "Inc."; a sentence ends if one clearly starts
	month                     // a number, or the end of a sentence: "Jan."
	beforeNumber              // an abbreviation before a number only: "No."
)

// abbreviation says what kind of abbreviation w, given without its dot, is.
func abbreviation(w string) after {
	switch w {
	case "Mr", "Mrs", "Ms", "Mx", "Messrs", "Dr", "Drs", "Prof", "Hon", "Rev", "Fr", "Sr", "St", "Ste", "Sgt", "Cpl",
		"Pvt", "Capt", "Cmdr", "Lt", "Maj", "Col", "Gen", "Brig", "Adm", "Gov", "Sen", "Sens", "Rep", "Reps", "Pres",
		"Supt", "Insp", "Det", "Atty", "Amb", "Mt", "Ft", "Mme", "Mlle", "Msgr", "Sra", "Dra", "vs", "Vs", "eg", "ie", "cf",
		"MR", "MRS", "MS", "DR", "PROF", "REV", "ST", "GEN", "COL", "CAPT", "LT", "SGT", "GOV", "SEN", "REP":
		return title
	case "Inc", "Corp", "Co", "Cos", "Ltd", "LLC", "Bros", "Jr", "Esq", "etc", "al", "approx", "dept", "Dept", "est", "Ave", "Blvd",
		"Rd", "Assn", "Univ", "Ph.D", "PhD", "Ala", "Ariz", "Ark", "Calif", "Colo", "Conn", "Fla", "Ga", "Ill", "Kan", "Ky",
		"La", "Md", "Mich", "Minn", "Mo", "Mont", "Neb", "Nev", "Okla", "Ont", "Ore", "Pa", "Tenn", "Va", "Vt", "Wis", "Wyo":
		return suffix
	case "Jan", "Feb", "Aug", "Sept", "Oct", "Nov", "Dec":
		return month
	case "No", "Nos", "no", "nos", "Art", "Vol", "vol", "pp", "p", "Mar", "Apr", "Jun", "Jul", "Sep", "Fig", "fig", "Sec", "sec":
		return beforeNumber
	}
	return none
}

// starter reports whether w often starts a sentence and seldom goes on with a name.
func starter(w string) bool {
	switch w {
	case "A", "About", "According", "After", "All", "Also", "Although", "An", "And", "Another", "Any", "As", "Asked", "At",
		"Because", "Before", "Both", "But", "By", "During", "Each", "Earlier", "Even", "Every", "For", "From", "Given", "He", "Her",
		"Here", "His", "How", "However", "I", "If", "In", "Instead", "It", "Its", "Just", "Last", "Later", "Like", "Many",
		"Meanwhile", "More", "Most", "Much", "My", "Next", "No", "Not", "Now", "On", "Once", "One", "Only", "Other", "Others", "Our",
		"Over", "Perhaps", "She", "Since", "So", "Some", "Still", "Such", "That", "The", "Their", "Then", "There", "These",
		"They", "This", "Those", "Though", "Three", "To", "Two", "Under", "Until", "We", "What", "When", "Where",
		"Whether", "Which", "While", "Who", "Why", "With", "Without", "Yet", "You":
		return true
	}
	return false
}
