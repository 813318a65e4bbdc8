// Has Apache Annotator find every selector in the text, and compares the words.
import { JSDOM } from 'jsdom';
import { readFileSync, readdirSync } from 'node:fs';
const dom = new JSDOM('');
for (const k of ['document', 'Node', 'NodeFilter', 'Range', 'Text']) globalThis[k] = dom.window[k];
const { createTextPositionSelectorMatcher, createTextQuoteSelectorMatcher } = await import('@apache-annotator/dom');
const dir = process.argv[2];
let n = 0, wrong = 0;
for (const file of readdirSync(dir).filter((f) => f.endsWith('.jsonld'))) {
	const text = readFileSync(`${dir}/${file.replace(/\.jsonld$/, '.txt')}`, 'utf8');
	const body = dom.window.document.body;
	body.replaceChildren(dom.window.document.createTextNode(text));
	const scope = dom.window.document.createRange();
	scope.selectNodeContents(body);
	for (const a of JSON.parse(readFileSync(`${dir}/${file}`, 'utf8')).first.items) {
		if (!a.target.selector) continue;
		const [position, quote] = a.target.selector;
		for (const match of [createTextPositionSelectorMatcher(position), createTextQuoteSelectorMatcher(quote)]) {
			let found = 0;
			for await (const range of match(scope)) {
				found++;
				if (range.toString() === quote.exact) { found = Infinity; break; }
			}
			n++;
			if (found !== Infinity) { wrong++; console.log(`${file}: ${JSON.stringify(quote.exact)} is not there`); }
		}
	}
}
console.log(`${n} selectors, ${wrong} wrong`);
process.exit(wrong || !n ? 1 : 0);
