/**
 * Records what the real kubelet does in the scenarios: `node scripts/run.mjs test/reference/kubelet/record.ts [WORDS]`,
 * all of them or those whose title has the words. They are played side by side and twice: what comes out in two ways
 * is left out. Needs root, for containers are processes in namespaces of their own.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { REFERENCE_VERSION } from '../real-server.js';
import { startRealNode } from './real-node.js';
import { SCENARIOS } from './scenarios/register.js';
import type { Told } from './story.js';

const FILE = new URL('../recorded/kubelet.jsonl', import.meta.url);
const words = process.argv.slice(2).join(' ');
// The longest begin first, so that all end soon.
const wanted = SCENARIOS.filter(({ title }) => title.includes(words)).sort((a, b) => b.seconds - a.seconds);
const known = new Map<string, Told>();
if (existsSync(FILE))
  for (const line of readFileSync(FILE, 'utf8').trim().split('\n').slice(1)) {
    const told = JSON.parse(line) as Told;
    known.set(told.title, told);
  }

// What else is going on on this machine is not to be seen; what is started from here has this priority, too.
setPriority(-15);
const node = await startRealNode();
try {
  for (const told of await node.play(
    wanted,
    wanted.map((one) => `s${SCENARIOS.indexOf(one)}x`),
  ))
    known.set(told.title, told);
} finally {
  await node.stop();
}
const head = { server: `kubelet ${REFERENCE_VERSION}` };
const rows = SCENARIOS.flatMap(({ title }) => known.get(title) ?? []);
writeFileSync(FILE, `${[head, ...rows].map((row) => JSON.stringify(row)).join('\n')}\n`);
