// Compares the tables of Parquet, mentions and quotes, with byline's CSV of the same articles:
//   node parquet.mjs duckdb|hyparquet MENTIONS QUOTES CSV
import { DuckDBInstance } from '@duckdb/node-api'

const [reader, mentions, quotes, csv] = process.argv.slice(2)
const connection = await (await DuckDBInstance.create(':memory:')).connect()
const query = async sql => (await connection.runAndReadAll(sql)).getRowObjectsJson()

async function table(path) {
  if (reader === 'duckdb') return query(`SELECT * FROM read_parquet('${path}')`)
  const { asyncBufferFromFile, parquetReadObjects } = await import('hyparquet')
  const { compressors } = await import('hyparquet-compressors')
  return parquetReadObjects({ file: await asyncBufferFromFile(path), compressors })
}

const cells = {
  mention: ['article', 'title', 'start', 'end', 'text', 'type', 'form', 'entity', 'name', 'origin', 'score', 'url', 'site', 'published', 'updated', 'language'],
  quote: ['article', 'title', 'start', 'end', 'text', 'type', 'speakers', 'speaker_names', 'cue', 'cue_start', 'cue_end', 'speaker_start', 'speaker_end', 'origin', 'score', 'url', 'site', 'published', 'updated', 'language'],
}
const value = v => v === null || v === undefined ? '' : Array.isArray(v) ? v.join('; ') : String(v)
const unquoted = v => v.replace(/^'(?=[=+\-@\t\r])/, '') // as spreadsheets need it

const rows = (await query(`SELECT * FROM read_csv('${csv}', all_varchar=true, header=true, quote='"', escape='"')`))
let n = 0
for (const [kind, path] of [['mention', mentions], ['quote', quotes]]) {
  const want = rows.filter(r => r.kind === kind)
    .map(r => cells[kind].map(c => unquoted(value(c === 'speakers' ? r.speaker : c === 'speaker_names' ? r.speaker_name : r[c]))))
  const got = (await table(path)).map(r => cells[kind].map(c => value(r[c])))
  if (JSON.stringify(got) !== JSON.stringify(want)) {
    const i = got.findIndex((r, i) => JSON.stringify(r) !== JSON.stringify(want[i]))
    console.log(`${kind} ${i}: ${JSON.stringify(got[i])}, the CSV has ${JSON.stringify(want[i])}`)
    process.exit(1)
  }
  n += got.length
}
console.log(`${n} rows, each as in the CSV`)
