/**
 * `npm run seeded [-- --seeds N --from N --shrink --twice --journal --look SCRIPT]`: lives the journals of seeds, each in a world of its own, and tells what
 * must not have been. `--shrink` tells the shortest journal that still fails, `--twice` lives each again and compares the
 * hashes. Ends with 1 when there is such a thing.
 */
import { parseArgs } from 'node:util';
import { describeDeed } from './deed.js';
import { journalOf, runSeed } from './seeded-run.js';
import { shrink } from './shrink.js';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    shrink: { type: 'boolean', default: false },
    twice: { type: 'boolean', default: false },
    look: { type: 'string' },
    journal: { type: 'boolean', default: false },
  },
});
const from = Number(values.from);
const count = Number(values.seeds);
let failed = 0;
const began = performance.now();
for (let number = from; number < from + count; number += 1) {
  const seed = String(number);
  const acts = journalOf(seed);
  const started = process.cpuUsage();
  const { findings, hash, seconds, told, statuses } = runSeed(seed, acts, values.look);
  const again = values.twice ? runSeed(seed).hash : hash;
  const all = again === hash ? findings : [...findings, 'another life of this seed has another hash'];
  const took = (process.cpuUsage(started).user / 1e6).toFixed(1);
  const answers = [...statuses].sort(([a], [b]) => a - b).map(([status, times]) => `${status}×${times}`);
  console.log(
    `seed ${seed}: ${took} s for ${seconds.toFixed(0)} s, ${told} changes, ${answers.join(' ')}, hash ${hash}`,
  );
  if (values.journal) for (const { after, deed } of acts) console.log(`    ${after} s, ${describeDeed(deed)}`);
  if (all.length === 0) continue;
  failed += 1;
  for (const finding of all) console.log(`  - ${finding}`);
  if (!values.shrink) continue;
  // The same kind of finding: names of pods are other ones where less happened.
  const kinds = new Set(all.map(kindOf));
  const shortest = shrink(acts, (shorter) => runSeed(seed, shorter).findings.some((one) => kinds.has(kindOf(one))));
  for (const { after, deed } of shortest) console.log(`    ${after} s, ${describeDeed(deed)}`);
}
const minutes = ((performance.now() - began) / 60_000).toFixed(1);
console.log(
  failed === 0
    ? `all of ${count} seeds hold, ${minutes} min`
    : `${failed} of ${count} seeds do not hold, ${minutes} min`,
);
process.exitCode = failed === 0 ? 0 : 1;

function kindOf(finding: string): string {
  return finding.split(':')[0] ?? finding;
}
