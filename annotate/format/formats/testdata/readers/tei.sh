# Called by run: xmllint and jing hold the TEI and the projects against the schemas of what byline writes, and jing the TEI
# against the whole schema where TEI_SCHEMA names tei_all.rng.
qde() { # archives…: writes the description of each beside it, and prints its name
	python3 -c 'import sys, zipfile
for name in sys.argv[1:]:
    with open(name + ".qde", "wb") as f: f.write(zipfile.ZipFile(name).read("project.qde"))
    print(name + ".qde")' "$@"
}
if command -v xmllint >/dev/null; then
	try "xmllint --relaxng" "tei" xmllint --noout --relaxng "$here/tei.rng" out/tei/*.xml
	try "xmllint --schema" "refi" xmllint --noout --schema "$here/refi.xsd" $(qde out/refi/*.qdpx)
else
	say "xmllint" "tei, refi" 127 "libxml2-utils is not installed"
fi
if command -v jing >/dev/null; then
	try "jing" "tei" jing "${TEI_SCHEMA:-$here/tei.rng}" out/tei/*.xml
else
	say "jing" "tei" 127 "jing is not installed"
fi
