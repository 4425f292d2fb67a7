/** `node scripts/run.mjs test/reference/apply/show.ts [--seed N] [WORDS…]`: the share that agrees, or the requests that differ and whose name has the words. */
import { readSeed } from '../seed.js';
import { compareApplies } from './compared-apply.js';

const { seeds, words } = readSeed(process.argv.slice(2));
const all = compareApplies(seeds);
const drawn = all.filter(({ asked }) => asked.sequence.name.startsWith('drawn '));
const written = all.filter((one) => !drawn.includes(one));
for (const [name, some] of [
  ['written', written],
  ['drawn', drawn],
] as const) {
  const equal = some.filter((one) => one.equal).length;
  console.log(`${name}: ${equal} of ${some.length} agree (${((100 * equal) / some.length).toFixed(1)} %)`);
}
for (const { asked, real, ours, equal } of all) {
  if (equal || (words.length === 0 && !process.env['ALL']) || !words.every((word) => ours.id.includes(word))) continue;
  console.log(`${ours.id}   ${asked.request.text.slice(0, 400)}\n  real ${short(real)}\n  ours ${short(ours)}`);
}

function short({ id: _, ...answer }: { id: string }): string {
  return JSON.stringify(answer).slice(0, 1500);
}
