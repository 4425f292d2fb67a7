/** `node scripts/run.mjs test/reference/show-explain.ts [WORD]`: the shares that agree, or what differs, real and ours, of types and fields named so. */
import { existsSync, readFileSync } from 'node:fs';
import { testServer } from '../sim/apiserver/harness.js';
import { compareOpenApi, ourDocuments, type Share, textOf } from './openapi/compared-openapi.js';
import { KEPT } from './openapi/record-openapi.js';
import { type Documents, typeTexts } from './openapi/texts.js';

const [word] = process.argv.slice(2);
const server = testServer();
const ours = ourDocuments(server);
if (word === undefined) {
  const { fields, ...parts } = compareOpenApi(ours, textOf(server.request({ target: '/openapi/v2' })));
  for (const [name, share] of Object.entries(parts)) show(name, share);
  for (const [group, share] of fields) show(`fields of ${group}`, share);
} else {
  const file = `${KEPT}/documents.json`;
  if (!existsSync(file)) throw new Error(`${file} is not there: npm run reference -- explain makes it`);
  const documents: Documents = new Map(JSON.parse(readFileSync(file, 'utf8')) as [string, string][]);
  const mine = typeTexts(ours);
  for (const [name, real] of typeTexts(documents)) {
    const own = mine.get(name);
    const rows = Object.entries({ ...real.fields, '': real.text }).map(([field, text]) => {
      return [field, text, (field === '' ? own?.text : own?.fields[field]) ?? '<none>'] as const;
    });
    for (const [field, text, said] of [...rows, [' schema', real.schema, own?.schema ?? '<none>'] as const]) {
      const id = `${name}${field === '' ? '' : `.${field}`}`;
      if (text !== said && id.includes(word)) console.log(`${id}\n  real ${text}\n  ours ${said}`);
    }
  }
}

function show(name: string, { equal, all, wrong }: Share): void {
  console.log(`${((100 * equal) / all).toFixed(1).padStart(5)} %  ${equal}/${all}  ${name}`);
  for (const one of wrong.slice(0, 10)) console.log(`         ${one}`);
}
