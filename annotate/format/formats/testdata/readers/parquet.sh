# Called by run: DuckDB, and hyparquet, which shares no code with it, read the tables of Parquet; each row is compared
# with that of the CSV.
"$work/byline" export --all --format parquet -o "$work/all.parquet"
(cd "$work" && npm install --silent @duckdb/node-api hyparquet hyparquet-compressors) >"$work/npm-parquet.log" 2>&1
try "DuckDB" "parquet" node parquet.mjs duckdb all.parquet all.quotes.parquet all.csv
try "hyparquet" "parquet" node parquet.mjs hyparquet all.parquet all.quotes.parquet all.csv
