// Reads {"passes", "sentences"} from standard input, finds people, organizations and
// places in each sentence with compromise, and prints {"seconds", "names"}: the time of
// the best pass, and by sentence the names with offsets in code points. Honorifics are
// left out.
import nlp from 'compromise'
import { readFileSync } from 'node:fs'

const { passes, sentences } = JSON.parse(readFileSync(0, 'utf8'))

const kinds = [['people', 'person'], ['organizations', 'organization'], ['places', 'place']]

function tag(text) {
  const doc = nlp(text)
  return kinds.map(([method]) => doc[method]().json({ offset: true, terms: { offset: true } }))
}

// Offsets of strings in JavaScript are UTF-16.
const points = (text, at) => [...text.slice(0, at)].length

function named(text, found) {
  return found.flatMap((list, k) => list.flatMap(({ terms }) => {
    const name = terms.filter(t => !t.tags.includes('Honorific'))
    if (name.length === 0) return []
    const last = name[name.length - 1].offset
    return [{ start: points(text, name[0].offset.start), end: points(text, last.start + last.length), type: kinds[k][1] }]
  }))
}

tag('Warm up the tagger once.')
let best = Infinity
let found = []
for (let i = 0; i < passes; i++) {
  const start = process.hrtime.bigint()
  found = sentences.map(tag)
  best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e9)
}
process.stdout.write(JSON.stringify({ seconds: best, names: found.map((f, i) => named(sentences[i], f)) }))
