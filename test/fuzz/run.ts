/**
 * `npm run fuzz [-- --requests N --seed TEXT]`: sends requests made from valid objects, most of them not quite right, to an
 * API server in this process, and tells what must not have been. Ends with 1 when there is such a thing.
 */
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.js';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 1e6) },
  },
});
const requests = Number(values.requests);
if (!Number.isSafeInteger(requests) || requests < 1)
  throw new Error(`--requests wants a number, not ${values.requests}`);
const began = performance.now();
let heap = 0;
const { hash, statuses, findings, revision, objects } = fuzz(requests, values.seed, () => {
  heap = Math.max(heap, process.memoryUsage().heapUsed);
});
const seconds = (performance.now() - began) / 1000;
console.log(
  `${requests} requests, seed ${values.seed}: ${seconds.toFixed(1)} s, ${(requests / seconds).toFixed(0)} a second`,
);
console.log([...statuses].map(([status, count]) => `${status}: ${count}`).join(', '));
console.log(`revision ${revision}, ${objects} objects, heap ${(heap / 2 ** 20).toFixed(0)} MiB at most, hash ${hash}`);
for (const finding of findings) console.log(`- ${finding}`);
console.log(findings.length === 0 ? 'all invariants hold' : `${findings.length} findings`);
process.exitCode = findings.length === 0 ? 0 : 1;
