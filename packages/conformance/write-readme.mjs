// Writes the tables of laws into the README, from the laws themselves: `npm run readme -w @striate/conformance`.

import { readFile, writeFile } from 'node:fs/promises';
import { formatLawTables } from './dist/index.js';

const path = new URL('README.md', import.meta.url);
const [before, , after] = (await readFile(path, 'utf8')).split(/<!-- prettier-ignore-(?:start|end) -->/);
const tables = `<!-- prettier-ignore-start -->\n\n${formatLawTables()}\n\n<!-- prettier-ignore-end -->`;
await writeFile(path, before + tables + after);
