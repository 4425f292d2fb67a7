/** Records which nodes the real scheduler chose: `node scripts/run.mjs test/reference/workloads/record-choices.ts`. */
import { writeFileSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';
import { REFERENCE_VERSION } from '../real-server.js';
import { CHOICES } from './choices.js';
import { playReally, startRealCluster, withNodes } from './real-cluster.js';

const FILE = new URL('../recorded/choices.jsonl', import.meta.url);
const server = await startRealCluster();
const rows: object[] = [{ server: `kube-scheduler ${REFERENCE_VERSION}` }];
try {
  for (const [at, scenario] of CHOICES.entries()) {
    const takeAway = await withNodes(server, scenario.nodes);
    const { events } = await playReally(server, scenario, `c${at}`);
    await takeAway();
    // Pods of the last namespace would still be counted on nodes of the same name.
    await after(15_000);
    const found = events.flatMap((line) => [...line.matchAll(/Successfully assigned \S+\/(\S+) to (\S+)/g)]);
    rows.push({ title: scenario.title, nodes: Object.fromEntries(found.map(([, pod, node]) => [pod, node])) });
    console.error(scenario.title);
  }
} finally {
  await server.stop();
}
writeFileSync(FILE, `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
