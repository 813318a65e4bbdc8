// Package agreement measures how far people agree who annotated the same articles.
//
// An [Article] has a [Reading] by each person who finished it. [Count] counts what each measure needs, article by article;
// a [Study] collects the counts, and [Study.Report] computes the figures: for all annotators, for each pair, for each type,
// and for each article.
//
//	span F      names and quotes that two people marked alike: ends and type, ends only, some text and type
//	κ, α        tokens, by the type that each person gave them
//	α_U, γ      marks as units of a text, for any number of people at once
//	clusters    who is the same: B³, CEAF and MUC
//	speakers    of quotes that two people marked alike
//
// Package measures below holds the formulas and their sources.
//
// A figure that is of two people is first computed for each pair over all the articles that both finished; the figure of
// all is the mean of the pairs that have one. Chance is taken over all articles where types have the same meaning
// everywhere (κ, α), and within each article where they have not (speakers) or where places count (α_U, γ): there the
// observed and the expected disagreement are summed over articles and divided once. Intervals come from drawing articles,
// not tokens, with replacement: what is in one article is not independent.
//
// What a person left as the machine suggested it counts as theirs, as in an export; the report says how much that is, and
// [Options] can leave it out. Nothing here reads a file; the same readings, options and seed give the same figures, bit for
// bit, in whatever order the articles are counted and added.
package agreement
