/** `node scripts/run.mjs test/reference/show.ts [--seed N] [KIND] [WORDS…]`: the share that agrees per kind, or what differs of one kind. */
import { compareAll, shares } from './compared.js';
import { EXCUSED } from './excused.js';
import { readSeed } from './seed.js';

const {
  seeds,
  words: [kind, ...words],
} = readSeed(process.argv.slice(2));
const all = compareAll(seeds);
if (kind === undefined) {
  for (const [name, equal, count] of shares(all))
    console.log(`${((100 * equal) / count).toFixed(1).padStart(5)} %  ${equal}/${count}  ${name}`);
  const equal = all.filter((one) => one.equal).length;
  console.log(`${((100 * equal) / all.length).toFixed(1)} % of ${all.length} agree`);
  for (const { reason, ids } of EXCUSED) {
    console.log(
      `${all.filter((one) => one.excused && ids.test(one.request.id)).length} of them but for this: ${reason}`,
    );
  }
} else {
  for (const { request, real, ours, equal } of all) {
    if (equal || !request.kind.endsWith(kind) || !words.every((word) => request.id.includes(word))) continue;
    console.log(`${request.id}\n  real ${short(real)}\n  ours ${short(ours)}`);
  }
}

function short({ id: _, ...answer }: { id: string }): string {
  return JSON.stringify(answer).slice(0, 1200);
}
