import { CONTRACT } from '../clusters/contract/cases.js';
import { playContract } from '../clusters/contract/contract.js';
import type { TestCluster } from './cluster.js';
import type { ComparedCase } from './compared-reports.js';
import { chooseLabs, comparedLabs } from './labs.js';
import { measuredSides } from './measured.js';
import { provenCluster } from './proof.js';
import { sourceOf } from './source.js';

/** Something that is done with the cluster. */
export interface Part {
  readonly name: string;
  readonly says: string;
  /** Gives what went wrong. */
  play(cluster: TestCluster, tell: (line: string) => void, words: readonly string[]): Promise<readonly string[]>;
}

const NOBODY = { onStep: () => {}, confirm: async () => true };
const WANTED = { base: 'three-node' };

export const PARTS: readonly Part[] = [
  {
    name: 'cluster',
    says: 'what the cluster itself can do, with the official kubectl',
    play: ({ kubeconfig }, tell) => provenCluster(kubeconfig, tell),
  },
  { name: 'contract', says: 'what kubedrill demands of every cluster', play: contract },
  {
    name: 'labs',
    says: 'the labs with their solutions and mistakes, on this and on the simulated cluster',
    play: labs,
  },
  {
    name: 'side-by-side',
    says: 'what a lab costs here and on the simulated cluster',
    async play(cluster, tell) {
      for (const line of await measuredSides(cluster)) tell(line);
      return [];
    },
  },
];

const NAMESPACE = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'contract' } };

async function contract(cluster: TestCluster, tell: (line: string) => void): Promise<readonly string[]> {
  const opened = await sourceOf(cluster).open(WANTED, NOBODY);
  await opened.setUp({ ...WANTED, steps: [{ manifests: JSON.stringify(NAMESPACE) }] }, NOBODY);
  const { hosts, answers } = opened.place;
  const host = { name: hosts['controlplane'] ?? '', user: 'candidate', answers };
  const results = await playContract(CONTRACT, { cluster: opened, namespace: 'contract', host });
  for (const { title, result, why } of results) tell(`${result} ${title}${why ? `: ${why}` : ''}`);
  const failed = results.filter(({ result }) => result === 'failed');
  return failed.map(({ title, why }) => `the contract: ${title}\n${why}`);
}

async function labs(
  cluster: TestCluster,
  tell: (line: string) => void,
  words: readonly string[],
): Promise<readonly string[]> {
  const source = sourceOf(cluster);
  const capabilities = await source.capabilities(WANTED);
  tell(`it can do: ${[...capabilities].sort().join(', ')}`);
  const only = words.find((word) => word.startsWith('case='))?.slice('case='.length);
  const place = { host: 'kd-0', hosts: { controlplane: 'kd-0', base: 'kd-0' }, answers: '/tmp/answers' };
  const named = words.filter((word) => !word.startsWith('case='));
  const { labs: fitting, refused } = await chooseLabs(capabilities, place, named);
  for (const { lab, lacks } of refused) tell(`not here ${lab}: ${lacks.join(', ')}`);
  const compared = await comparedLabs(
    fitting,
    (person) => sourceOf(cluster, person),
    (one) => tellCase(one, tell),
    only,
  );
  const differing = compared.filter(({ differences }) => differences.length > 0);
  const unknown = differing.filter(({ differences }) => differences.some(({ because }) => because === undefined));
  tell(`${fitting.length} labs of ${fitting.length + refused.length}, ${compared.length} cases:`);
  tell(
    `${compared.length - differing.length} grade alike, ${differing.length - unknown.length} differ for a known reason`,
  );
  return unknown.map(({ lab, says }) => `${lab}: ${says}: grades otherwise, and nobody knows why`);
}

function tellCase({ lab, says, alike, checks, differences }: ComparedCase, tell: (line: string) => void): void {
  const word = differences.length === 0 ? 'alike' : differences.every(({ because }) => because) ? 'known' : 'OTHER';
  tell(`${word} ${lab} ${says} (${alike} of ${checks})`);
  for (const { check, text, because } of differences) tell(`      ${check}: ${text}${because ? ` [${because}]` : ''}`);
}
