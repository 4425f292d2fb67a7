/**
 * Records what a real cluster does in the scenarios: `node scripts/run.mjs test/reference/workloads/record.ts [WORDS]`,
 * all of them, those whose title has the words, or with `--new` those that are not recorded yet. Each is played twice: what
 * comes out in two ways is left out.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { REFERENCE_VERSION } from '../real-server.js';
import { type MeasuredNamespaces, serveMetrics } from './metrics-server.js';
import { playReally, startRealCluster, withNodes } from './real-cluster.js';
import type { Scenario } from './scenario.js';
import { SCENARIOS } from './scenarios/register.js';
import { steady } from './steady.js';
import type { Told } from './story.js';

/** So many scenarios are played side by side. */
const AT_ONCE = 16;
const FILE = new URL('../recorded/workloads.jsonl', import.meta.url);
const words = process.argv.slice(2).join(' ');
const known = new Map<string, Told>();
if (existsSync(FILE))
  for (const line of readFileSync(FILE, 'utf8').trim().split('\n').slice(1)) {
    const told = JSON.parse(line) as Told;
    known.set(told.title, told);
  }
const wanted = SCENARIOS.filter(({ title }) => (words === '--new' ? !known.has(title) : title.includes(words)));

const server = await startRealCluster();
try {
  for (const group of groups(wanted)) {
    const [first, second] = [await playAll(group, 'first'), await playAll(group, 'second')];
    for (const [index, { title }] of group.entries())
      known.set(title, steady(first[index] as Told, second[index] as Told));
    console.error(group.map(({ title }) => title).join('\n'));
    save();
  }
} finally {
  await server.stop();
}

async function playAll(group: readonly Scenario[], time: string): Promise<Told[]> {
  const [{ nodes, metrics }] = group as readonly [Scenario];
  const takeAway = await withNodes(server, nodes);
  const namespaces: MeasuredNamespaces = new Map();
  const silence = metrics ? await serveMetrics(server, namespaces) : undefined;
  const name = (scenario: Scenario): string => `s${SCENARIOS.indexOf(scenario)}-${time}`;
  const told = await Promise.all(group.map((scenario) => playReally(server, scenario, name(scenario), namespaces)));
  await silence?.();
  await takeAway();
  return told;
}

/** Those that share their nodes, and the APIs of metrics, are played side by side. */
function groups(scenarios: readonly Scenario[]): (readonly Scenario[])[] {
  const isAlone = (one: Scenario): boolean => one.places || (one.alone ?? false);
  const alone = scenarios.filter(isAlone);
  const others = scenarios.filter((one) => !isAlone(one));
  const plain = others.filter(({ metrics }) => !metrics);
  const measured = others.filter(({ metrics }) => metrics);
  return [...inGroups(plain), ...inGroups(measured), ...alone.map((one) => [one])];
}

function inGroups(scenarios: readonly Scenario[]): (readonly Scenario[])[] {
  const together: (readonly Scenario[])[] = [];
  for (let at = 0; at < scenarios.length; at += AT_ONCE) together.push(scenarios.slice(at, at + AT_ONCE));
  return together;
}

function save(): void {
  const head = { server: `kube-controller-manager and kube-scheduler ${REFERENCE_VERSION}, KWOK v0.8.0` };
  const rows = SCENARIOS.flatMap(({ title }) => known.get(title) ?? []);
  writeFileSync(FILE, `${[head, ...rows].map((row) => JSON.stringify(row)).join('\n')}\n`);
}
