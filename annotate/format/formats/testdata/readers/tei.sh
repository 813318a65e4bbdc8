# Called by run: xmllint reads the TEI, and jing validates it where TEI_SCHEMA names tei_all.rng.
if command -v xmllint >/dev/null; then
	try "xmllint" "tei" xmllint --noout out/tei/*.xml
else
	say "xmllint" "tei" 127 "libxml2-utils is not installed"
fi
if command -v jing >/dev/null && [ -n "${TEI_SCHEMA:-}" ]; then
	try "jing" "tei" jing "$TEI_SCHEMA" out/tei/*.xml
else
	say "jing" "tei" 127 "set TEI_SCHEMA to tei_all.rng, and install jing"
fi
