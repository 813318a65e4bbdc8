// Has Recogito's W3C adapter parse every annotation of words.
import { JSDOM } from 'jsdom';
import { readFileSync, readdirSync } from 'node:fs';
const dom = new JSDOM('<div id="text"></div>', { pretendToBeVisual: true });
globalThis.window = dom.window;
for (const k of ['document', 'Node', 'NodeFilter', 'Range', 'Text', 'HTMLElement', 'Element', 'Document', 'DOMRect', 'CSS', 'MutationObserver'])
	try { globalThis[k] = dom.window[k]; } catch { /* node has its own */ }
const { W3CTextFormat } = await import('@recogito/text-annotator');
const dir = process.argv[2];
let n = 0, wrong = 0;
for (const file of readdirSync(dir).filter((f) => f.endsWith('.jsonld'))) {
	const container = dom.window.document.getElementById('text');
	container.textContent = readFileSync(`${dir}/${file.replace(/\.jsonld$/, '.txt')}`, 'utf8');
	const items = JSON.parse(readFileSync(`${dir}/${file}`, 'utf8')).first.items.filter((a) => a.target.selector);
	const adapter = W3CTextFormat(items[0].target.source, container);
	for (const a of items) {
		n++;
		const { parsed, error } = adapter.parse(a);
		const quote = parsed?.target.selector[0].quote;
		if (error || quote !== a.target.selector[1].exact) { wrong++; console.log(file, error?.message ?? quote); }
	}
}
console.log(`${n} annotations, ${wrong} wrong`);
process.exit(wrong || !n ? 1 : 0);
