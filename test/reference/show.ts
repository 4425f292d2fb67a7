/**
 * `node scripts/run.mjs test/reference/show.ts [--seed N]`: the share that agrees per kind, and the classes of what differs;
 * with `KIND [WORDS…]` what differs of one kind; with `--write` the page docs/real-server.md.
 */
import { writeFileSync } from 'node:fs';
import { compareApplies } from './apply/compared-apply.js';
import { compareAll } from './compared.js';
import { unexplained } from './differences.js';
import { readRecording } from './recording.js';
import { page, requestsSection } from './report.js';
import { readSeed } from './seed.js';

const {
  seeds,
  words: [kind, ...words],
} = readSeed(process.argv.slice(2));
const all = compareAll(seeds);
const { server } = readRecording('creates', seeds);
if (kind === '--write') {
  writeFileSync('docs/real-server.md', page(server, all, compareApplies(seeds)));
} else if (kind === undefined) {
  console.log(requestsSection(server, all));
  for (const id of unexplained(all)) console.log(`belongs to no class: ${id}`);
} else {
  for (const { request, real, ours, equal } of all) {
    if (equal || !request.kind.endsWith(kind) || !words.every((word) => request.id.includes(word))) continue;
    console.log(`${request.id}\n  real ${short(real)}\n  ours ${short(ours)}`);
  }
}

function short({ id: _, ...answer }: { id: string }): string {
  return JSON.stringify(answer).slice(0, 1200);
}
