/** Shows what differs: `node scripts/run.mjs test/reference/admission/show.ts [BEGINNING-OF-CASE WORDS…]`. */
import { differences } from '../masked.js';
import { CASES } from './cases.js';
import { compareCases } from './compare.js';
import { CONNECTIONS } from './connections.js';

const words = process.argv.slice(2);
const [first = ''] = words;
const chapter = first.startsWith('x-') ? 'connections' : 'admission';
const chosen = chapter === 'connections' ? CONNECTIONS : CASES;
const compared = compareCases(
  chosen.filter(({ name }) => name.startsWith(first)),
  chapter,
);
for (const { real, ours, equal } of compared) {
  if (equal || !words.every((word) => real.id.includes(word))) continue;
  console.log(`${real.id}\n  real ${real.status} ${JSON.stringify(real.body).slice(0, 700)}`);
  for (const difference of differences(real, ours)) console.log(`  ${JSON.stringify(difference).slice(0, 900)}`);
}
const same = compared.filter(({ equal }) => equal).length;
console.log(`${same} of ${compared.length}, ${((100 * same) / compared.length).toFixed(2)} %`);
