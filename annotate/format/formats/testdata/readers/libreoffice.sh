# Called by run: LibreOffice opens the CSV as a spreadsheet and saves it again; each cell is as byline wrote it, and
# none is a formula.
if command -v soffice >/dev/null; then
	sheet() {
		soffice -env:UserInstallation=file://"$work/office" --headless --convert-to xlsx:"Calc MS Excel 2007 XML" \
			--infilter="CSV:44,34,76,1,,0,false,false" --outdir "$work" "$work/all.csv" >/dev/null 2>&1 &&
			python3 "$here/sheet.py" "$work/all.csv" "$work/all.xlsx"
	}
	try "LibreOffice Calc" "csv" sheet
else
	say "LibreOffice Calc" "csv" 127 "libreoffice-calc-nogui is not installed"
fi
