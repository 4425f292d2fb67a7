import { join } from 'node:path';
import type { RealSource } from '../../src/clusters/real/real-cluster.js';
import { CONTRACT } from '../clusters/contract/cases.js';
import { playContract } from '../clusters/contract/contract.js';
import { asKind, putBackAsKind } from './as-kind.js';
import { casesOfLabs, chooseLabs, HAS, HAS_PLAYED, type LabCase } from './cases.js';
import type { TestCluster } from './cluster.js';
import { sitExam } from './exam.js';
import { because } from './known-differences.js';
import { kubectl } from './kubectl.js';
import { playCases } from './labs.js';
import { measuredSides } from './measured.js';
import { claimsFolder } from './own-run.js';
import { claimedCases, playAsPersons } from './persons.js';
import { type Remembered, readPlayed, remember } from './played.js';
import { provenCluster } from './proof.js';
import { sourceOf } from './source.js';

/** Something that is done with the cluster. */
export interface Part {
  readonly name: string;
  readonly says: string;
  /** It makes no sense where nodes are only played. */
  readonly containers?: true;
  /** Gives what went wrong. */
  play(
    cluster: TestCluster,
    tell: (line: string) => void,
    words: readonly string[],
    beside: number,
  ): Promise<readonly string[]>;
}

const NOBODY = { onStep: () => {}, confirm: async () => true };
const WANTED = { base: 'three-node' };

export const PARTS: readonly Part[] = [
  {
    name: 'cluster',
    says: 'what the cluster itself can do, with the official kubectl',
    containers: true,
    play: ({ kubeconfig }, tell) => provenCluster(kubeconfig, tell),
  },
  { name: 'contract', says: 'what kubedrill demands of every cluster', play: contract },
  {
    name: 'kind',
    says: 'the same of a cluster that kind is said to have made: kind and docker stand in, nodes and kubectl are real',
    containers: true,
    play: contractOfKind,
  },
  {
    name: 'labs',
    says: 'the labs with their solutions and mistakes, on this and on the simulated cluster',
    play: labs,
  },
  {
    name: 'exam',
    says: 'an exam whose tasks share the cluster, and the same tasks on simulated clusters',
    play: sitExam,
  },
  {
    name: 'side-by-side',
    says: 'what a lab costs here and on the simulated cluster',
    containers: true,
    async play(cluster, tell) {
      for (const line of await measuredSides(cluster)) tell(line);
      return [];
    },
  },
];

const NAMESPACE = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'contract' } };

function contract(cluster: TestCluster, tell: (line: string) => void): Promise<readonly string[]> {
  const lacks = cluster.containers ? {} : { containers: 'its nodes are only played' };
  return contractOf(sourceOf(cluster), lacks, tell);
}

async function contractOfKind(cluster: TestCluster, tell: (line: string) => void): Promise<readonly string[]> {
  const { source, remove } = asKind(cluster);
  try {
    return [...(await contractOf(source, {}, tell)), ...(await putBackAsKind(source, tell))];
  } finally {
    remove();
  }
}

async function contractOf(
  source: RealSource,
  lacks: Readonly<Record<string, string>>,
  tell: (line: string) => void,
): Promise<readonly string[]> {
  const opened = await source.open(WANTED, NOBODY);
  for (const note of opened.notes ?? []) tell(`note: ${note}`);
  await opened.setUp({ ...WANTED, steps: [{ manifests: JSON.stringify(NAMESPACE) }] }, NOBODY);
  const { hosts, answers } = opened.place;
  const host = { name: hosts['controlplane'] ?? '', user: 'candidate', answers };
  const results = await playContract(CONTRACT, { cluster: opened, namespace: 'contract', host, lacks });
  for (const { title, result, why } of results) tell(`${result} ${title}${why ? `: ${why}` : ''}`);
  const failed = results.filter(({ result }) => result === 'failed');
  return failed.map(({ title, why }) => `the contract: ${title}\n${why}`);
}

async function labs(
  cluster: TestCluster,
  _tell: (line: string) => void,
  _words: readonly string[],
  beside: number,
): Promise<readonly string[]> {
  const has = [...(await sourceOf(cluster).capabilities(WANTED))].sort();
  const expected = cluster.containers ? HAS : HAS_PLAYED;
  if (has.join() !== [...expected].sort().join())
    return [`the cluster can do ${has.join(', ')}: cases.ts says otherwise`];
  const failed = await playAsPersons(beside);
  return failed === 0 ? [] : ['cases grade otherwise, and nobody knows why: they are told above'];
}

/** What one person plays of the labs on a cluster that is there, beside others; gives what nobody can explain. */
export async function playLabsAs(
  person: number,
  cluster: Pick<TestCluster, 'kubeconfig' | 'folder' | 'containers'>,
  tell: (line: string) => void,
  words: readonly string[],
): Promise<readonly string[]> {
  const version = await kubectl(cluster.kubeconfig, ['get', '--raw', '/version']);
  const { gitVersion } = JSON.parse(version) as { gitVersion: string };
  const as = { kubernetes: gitVersion, ...(cluster.containers ? {} : { nodes: 'played' as const }) };
  const claims = { all: claimsFolder(cluster.folder), here: join(cluster.folder, 'played-now') };
  const failures: string[] = [];
  const at = { source: sourceOf(cluster, person), as };
  await playCases(claimedCases(await wantedCases(words, cluster), claims), at, (played) => {
    remember(played);
    failures.push(...tellCase(played, tell));
  });
  return failures;
}

/** The cases that words choose; `--new` leaves out what is remembered of the labs as they are. */
async function wantedCases(
  words: readonly string[],
  { containers }: Pick<TestCluster, 'containers'>,
): Promise<LabCase[]> {
  const only = words.find((word) => word.startsWith('case='))?.slice('case='.length) ?? '';
  const { labs: fitting } = await chooseLabs(
    words.filter((word) => !/^case=|^--/.test(word)),
    containers ? HAS : HAS_PLAYED,
  );
  const remembered = readPlayed().filter(({ nodes }) => (nodes === undefined) === containers);
  const known = new Set(words.includes('--new') ? remembered.map((one) => `${one.lab} ${one.case} ${one.hash}`) : []);
  const cases = await casesOfLabs(fitting);
  return cases.filter(({ lab, says, hash }) => says.includes(only) && !known.has(`${lab.id} ${says} ${hash}`));
}

/** Tells how a case came out; gives what nobody can explain. */
function tellCase(one: Remembered, tell: (line: string) => void): string[] {
  const { lab, case: says, checks, differs } = one;
  const unknown = differs.filter((difference) => because(one, difference) === undefined);
  const word = differs.length === 0 ? 'alike' : unknown.length === 0 ? 'known' : 'OTHER';
  tell(`${word} ${lab} ${says} (${checks - differs.length} of ${checks})`);
  for (const { check, simulated, real } of differs)
    tell(`      ${check}: simulated ${JSON.stringify(simulated)}; real ${JSON.stringify(real)}`);
  return unknown.length > 0 ? [`${lab}: ${says}: grades otherwise, and nobody knows why`] : [];
}
