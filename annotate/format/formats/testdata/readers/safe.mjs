// Expands JSON-LD in safe mode, which fails on every key that the context does not have.
import jsonld from 'jsonld';
import { readFileSync, readdirSync } from 'node:fs';
const [context, dir, ending] = process.argv.slice(2);
const document = JSON.parse(readFileSync(context, 'utf8'));
const documentLoader = async (url) => ({ contextUrl: null, documentUrl: url, document });
let n = 0;
for (const file of readdirSync(dir).filter((f) => f.endsWith(ending))) {
	const expanded = await jsonld.expand(JSON.parse(readFileSync(`${dir}/${file}`, 'utf8')), { safe: true, documentLoader });
	if (!expanded.length) throw new Error(`${file}: nothing is left`);
	n++;
}
console.log(`${n} files expanded, no key dropped`);
process.exit(n ? 0 : 1);
