/**
 * `npm run test:real`: makes a real cluster on this machine and shows what runs on it; README.md here says how.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { prepareRealNodes, startRealNodes, type TestCluster } from './cluster.js';
import { preparePlayedNodes, startPlayedNodes } from './kwok.js';
import { IN_OWN_NAMESPACES, lackingFor, whyNoNamespaces } from './own-namespaces.js';
import { endWithTheOthers, ownFolder, ownName, runSideBySide } from './own-run.js';
import { PARTS, type Part, playLabsAs } from './parts.js';
import { ownPerson } from './persons.js';
import { tidyPlayed } from './played.js';
import { countsOf, summariesOf, writePage } from './summary.js';

const HELP = `Usage: npm run test:real -- [PART…] [WORD…]

Makes a real Kubernetes cluster on this machine, of programs built from the public Go modules, in namespaces of its own,
and shows what runs on it. It needs Linux, root, Go 1.26, apt-get, openssl and nsenter. The first time takes some minutes.
Without root, or with --kwok, it makes a control plane on loopback whose nodes KWOK plays (Go and openssl are enough):
no containers run there, and only what needs none is shown.

Parts (all of them when none is named):
${PARTS.map(({ name, says }) => `  ${name.padEnd(14)} ${says}`).join('\n')}
  shell          none of these: a shell with KUBECONFIG set
  report         no cluster: counts what played.jsonl remembers, and writes it into docs/fidelity.md
Words choose labs: \`labs ckad/\`; \`case=WORDS\` plays only cases with these words.
  --clusters N   deals labs out to so many clusters side by side
  --beside N     plays so many labs beside each other on each cluster, none of them in a namespace of another's
  --kwok         a control plane whose nodes are played, though others could be made
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
const kwok = words.includes('--kwok');
if (folder === undefined) {
  const why = whyNoNamespaces();
  const status = kwok || why !== undefined ? await runPlayed(why) : await runReal();
  tidyPlayed();
  for (const line of (await summariesOf()).flatMap(countsOf)) console.log(line);
  process.exit(status);
}

const person = ownPerson();
const began = Date.now();
const tell = (line: string): void =>
  console.log(
    `${ownName()}${person ? `${person}: ` : ''}${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}`,
  );
endWithTheOthers(kwok ? folder : undefined);
if (person !== undefined) {
  const there = { folder, kubeconfig: join(folder, 'kubeconfig'), containers: !kwok };
  const failures = await playLabsAs(person, there, tell, chosenWords());
  process.exit(failures.length > 0 ? 1 : 0);
}
const cluster = await (kwok ? startPlayedNodes : startRealNodes)(folder, tell);
tell('the cluster is ready');
const failures: string[] = [];
if (words.includes('shell')) await shell(cluster);
else
  for (const { name, containers, play } of chosenParts())
    if (containers && !cluster.containers) tell(`${name} is left out: it needs containers that run`);
    else failures.push(...(await play(cluster, tell, chosenWords(), numberAfter('--beside'))));
for (const failure of failures) console.log(`\n${failure}`);
await cluster.stop();
process.exit(failures.length > 0 ? 1 : 0);

/** Nodes in namespaces. */
async function runReal(): Promise<number> {
  const lacking = lackingFor(numberAfter('--clusters'));
  if (lacking !== undefined) {
    console.error(`${lacking}. Nothing was run.`);
    return 1;
  }
  prepareRealNodes();
  return await runSideBySide(numberAfter('--clusters'), IN_OWN_NAMESPACES);
}

/** Nodes that are played: asked for, or since there is a reason why no others can be made. */
async function runPlayed(why: string | undefined): Promise<number> {
  if (!kwok) console.log(`No nodes that run containers can be made here (${why}): KWOK plays them.`);
  preparePlayedNodes();
  return await runSideBySide(numberAfter('--clusters'), { words: ['--kwok'] });
}

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
  const summaries = await summariesOf();
  writePage(summaries);
  for (const line of summaries.flatMap(countsOf)) console.log(line);
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
