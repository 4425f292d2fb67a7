import { instanceOf } from '../../src/cli/find-lab.js';
import { lacking } from '../../src/clusters/capabilities.js';
import type { Capability } from '../../src/clusters/port.js';
import type { Place } from '../../src/clusters/real/real-cluster.js';
import { readCatalogue } from '../../src/labs/content/find.js';
import type { LabInstance } from '../../src/labs/format/instance.js';
import type { Lab } from '../../src/labs/format/lab.js';
import { drawsToProve } from '../../src/labs/format/structural.js';
import { reasonsOfNeeds } from '../../src/labs/needs/needs-of-lab.js';
import { type ProofCase, proofCases } from '../../src/labs/proof/case.js';
import { caseKey } from '../../src/labs/proof/case-key.js';

const SEED = '1';
const ELSEWHERE = { host: 'kd-0', hosts: { controlplane: 'kd-0', base: 'kd-0' }, answers: '/tmp/answers' };
/** What is played first: of every lab its solution, and only then what is done wrong or otherwise. */
const STAGES: readonly RegExp[] = [/^the solution earns/, /^mistake:/, /^alternative:/, /^untouched/];

/** What the cluster that is made here has of what labs need, taken as `--cluster context=` takes it. */
export const HAS: ReadonlySet<Capability> = new Set<Capability>([
  'containers',
  'expendable',
  'policy-enforcement',
  'scripts',
  'workstation',
]);

/** The same of a control plane whose nodes are only played. */
export const HAS_PLAYED: ReadonlySet<Capability> = new Set<Capability>(['expendable', 'scripts', 'workstation']);

/** One life of a lab that is played on both clusters. */
export interface LabCase {
  readonly lab: Lab;
  /** Its place among the lab's cases. */
  readonly index: number;
  readonly says: string;
  /** Names all that its outcome depends on, as far as the lab says it. */
  readonly hash: string;
}

/** What fits the cluster, and of what does not fit what is missing. */
interface Chosen {
  readonly labs: readonly Lab[];
  readonly refused: readonly { readonly lab: string; readonly lacks: readonly string[] }[];
}

/** The shipped labs whose ids have one of the words in them (all when there is none), by whether a cluster has what they need. */
export async function chooseLabs(words: readonly string[] = [], has = HAS): Promise<Chosen> {
  const labs: Lab[] = [];
  const refused: { lab: string; lacks: string[] }[] = [];
  for (const lab of readCatalogue('content').labs) {
    if (words.length > 0 && !words.some((word) => lab.id.includes(word))) continue;
    const reasons = reasonsOfNeeds(await drawn(lab, ELSEWHERE));
    const lacks = lacking(
      reasons.map(({ need }) => need),
      has,
    );
    if (lacks.length === 0) labs.push(lab);
    else refused.push({ lab: lab.id, lacks });
  }
  return { labs, refused };
}

/** All cases of labs, in the order in which they are best played: what takes long first. */
export async function casesOfLabs(labs: readonly Lab[]): Promise<LabCase[]> {
  const cases: LabCase[] = [];
  const waits = new Map<Lab, number>();
  for (const lab of labs) {
    const instance = await drawn(lab);
    waits.set(lab, secondsSlept(instance));
    for (const [index, one] of casesOf(instance).entries())
      cases.push({ lab, index, says: one.says, hash: caseKey('', instance, one).slice(0, 12) });
  }
  const wait = ({ lab }: LabCase): number => waits.get(lab) ?? 0;
  return cases.sort((one, other) => stage(one) - stage(other) || wait(other) - wait(one));
}

function secondsSlept({ world, checks }: LabInstance): number {
  const slept = [...JSON.stringify([world, checks]).matchAll(/\bsleep (\d+)/g)];
  return slept.reduce((sum, [, seconds]) => sum + Number(seconds), 0);
}

/** The draw of a lab that is played: the same on both clusters. */
export async function drawn(lab: Lab, place?: Place): Promise<LabInstance> {
  const [fixed] = drawsToProve(lab.content).whole;
  return instanceOf(lab, SEED, fixed, place);
}

/** Which cases of a lab are played: what its author says of it, not what the prover makes of that. */
export function casesOf(instance: LabInstance): ProofCase[] {
  return proofCases(instance).filter(({ says }) => STAGES.some((one) => one.test(says)));
}

function stage({ says }: LabCase): number {
  return STAGES.findIndex((one) => one.test(says));
}
