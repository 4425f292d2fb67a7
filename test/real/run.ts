/**
 * `npm run test:real`: makes a real cluster on this machine and shows what runs on it; README.md here says how.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { prepareRealNodes, startRealNodes, type TestCluster } from './cluster.js';
import { canUnshare, lackingFor, ownFolder, ownName, runSideBySide } from './own-namespaces.js';
import { PARTS, type Part, playLabsAs } from './parts.js';
import { ownPerson } from './persons.js';
import { tidyPlayed } from './played.js';
import { countsOf, summaryOf, writePage } from './summary.js';

const HELP = `Usage: npm run test:real -- [PART…] [WORD…]

Makes a real Kubernetes cluster on this machine, of programs built from the public Go modules, in namespaces of its own,
and shows what runs on it. It needs Linux, root, Go 1.26, apt-get, openssl and nsenter. The first time takes some minutes.

Parts (all of them when none is named):
${PARTS.map(({ name, says }) => `  ${name.padEnd(14)} ${says}`).join('\n')}
  shell          none of these: a shell with KUBECONFIG set
  report         no cluster: counts what played.jsonl remembers, and writes it into docs/fidelity.md
Words choose labs: \`labs ckad/\`; \`case=WORDS\` plays only cases with these words.
  --clusters N   deals labs out to so many clusters side by side
  --beside N     plays so many labs beside each other on each cluster, none of them in a namespace of another's
  --new          plays only cases that are not remembered of the labs as they are
  --help         this text`;

const words = process.argv.slice(2);
if (words.includes('--help')) {
  console.log(HELP);
  process.exit(0);
}
const folder = ownFolder();
if (words.includes('report')) {
  await report();
  process.exit(0);
}
if (folder === undefined) {
  if (!canUnshare()) {
    console.error('test:real makes namespaces, for which it has to be root on Linux: nothing was run.');
    process.exit(1);
  }
  const lacking = lackingFor(numberAfter('--clusters'));
  if (lacking !== undefined) {
    console.error(`${lacking}. Nothing was run.`);
    process.exit(1);
  }
  prepareRealNodes();
  const status = await runSideBySide(numberAfter('--clusters'));
  tidyPlayed();
  for (const line of countsOf(await summaryOf())) console.log(line);
  process.exit(status);
}

const person = ownPerson();
const began = Date.now();
const tell = (line: string): void =>
  console.log(
    `${ownName()}${person ? `${person}: ` : ''}${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}`,
  );
// All that was started is killed with the process.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));
if (person !== undefined) {
  const there = { folder, kubeconfig: join(folder, 'kubeconfig') };
  const failures = await playLabsAs(person, there, tell, chosenWords());
  process.exit(failures.length > 0 ? 1 : 0);
}
const cluster = await startRealNodes(folder, tell);
tell('the cluster is ready');
const failures: string[] = [];
if (words.includes('shell')) await shell(cluster);
else
  for (const { play } of chosenParts())
    failures.push(...(await play(cluster, tell, chosenWords(), numberAfter('--beside'))));
for (const failure of failures) console.log(`\n${failure}`);
await cluster.stop();
process.exit(failures.length > 0 ? 1 : 0);

function chosenParts(): readonly Part[] {
  const named = PARTS.filter(({ name }) => words.includes(name));
  return named.length > 0 ? named : PARTS;
}

/** How many are asked for by an option; one when it is left out. */
function numberAfter(option: string): number {
  const at = words.indexOf(option);
  const count = at < 0 ? 1 : Number(words[at + 1]);
  if (Number.isInteger(count) && count > 0) return count;
  console.error(`${option} takes how many: \`${option} 3\`.`);
  process.exit(2);
}

async function report(): Promise<void> {
  tidyPlayed();
  const summary = await summaryOf();
  writePage(summary);
  for (const line of countsOf(summary)) console.log(line);
}

function chosenWords(): string[] {
  const counts = ['--clusters', '--beside'].map((option) => words.indexOf(option) + 1).filter((at) => at > 0);
  return words.filter((word, at) => !PARTS.some(({ name }) => name === word) && !counts.includes(at));
}

/** For whoever wants to look around. */
async function shell({ kubeconfig }: TestCluster): Promise<void> {
  const child = spawn('bash', { stdio: 'inherit', env: { ...process.env, KUBECONFIG: kubeconfig } });
  await new Promise((done) => child.once('exit', done));
}
