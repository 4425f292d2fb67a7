import { instanceOf } from '../../src/cli/find-lab.js';
import { lacking } from '../../src/clusters/capabilities.js';
import type { Capability } from '../../src/clusters/port.js';
import type { Place, RealSource } from '../../src/clusters/real/real-cluster.js';
import { readCatalogue } from '../../src/labs/content/find.js';
import type { LabInstance } from '../../src/labs/format/instance.js';
import type { Lab } from '../../src/labs/format/lab.js';
import { drawsToProve } from '../../src/labs/format/structural.js';
import { reasonsOfNeeds } from '../../src/labs/needs/needs-of-lab.js';
import { type ProofCase, proofCases } from '../../src/labs/proof/case.js';
import { playRealAttempt } from '../../src/labs/real/play-real-attempt.js';
import { playAttempt } from '../../src/labs/session/attempt.js';
import { type ComparedCase, comparedCase, type PlayedCase } from './compared-reports.js';
import { KNOWN_DIFFERENCES } from './known-differences.js';

const SEED = '1';
/** Attempts keep to namespaces of their own; but probes of several would meet in `default`. */
const AT_ONCE = 1;

/** What fits the cluster, and of what does not fit what is missing. */
export interface Chosen {
  readonly labs: readonly Lab[];
  readonly refused: readonly { readonly lab: string; readonly lacks: readonly string[] }[];
}

/** The shipped labs whose ids have one of the words in them (all when there is none), by whether a cluster has what they need. */
export async function chooseLabs(
  capabilities: ReadonlySet<Capability>,
  place: Place,
  words: readonly string[],
): Promise<Chosen> {
  const labs: Lab[] = [];
  const refused: { lab: string; lacks: string[] }[] = [];
  for (const lab of readCatalogue('content').labs) {
    if (words.length > 0 && !words.some((word) => lab.id.includes(word))) continue;
    const reasons = reasonsOfNeeds(await drawn(lab, place));
    const lacks = lacking(
      reasons.map(({ need }) => need),
      capabilities,
    );
    if (lacks.length === 0) labs.push(lab);
    else refused.push({ lab: lab.id, lacks });
  }
  return { labs, refused };
}

/** The draw of a lab that is played: the same on both clusters. */
export async function drawn(lab: Lab, place?: Place): Promise<LabInstance> {
  const [fixed] = drawsToProve(lab.content).whole;
  return instanceOf(lab, SEED, fixed, place);
}

/** Which cases of a lab are played: what its author says of it, not what the prover makes of that. */
export function casesOf(instance: LabInstance): ProofCase[] {
  return proofCases(instance).filter(({ says }) =>
    /^(?:untouched|the solution earns|alternative:|mistake:)/.test(says),
  );
}

/** Plays each case of labs on both clusters and compares the reports, telling of each as it comes out. */
export async function comparedLabs(
  labs: readonly Lab[],
  sourceFor: (person: number) => RealSource,
  tells: (compared: ComparedCase) => void,
  only = '',
): Promise<ComparedCase[]> {
  const compared: ComparedCase[] = [];
  const waiting = [...labs];
  const work = async (_: unknown, person: number): Promise<void> => {
    const source = sourceFor(person);
    for (let lab = waiting.shift(); lab !== undefined; lab = waiting.shift()) {
      for (const [index, { says }] of casesOf(await drawn(lab)).entries()) {
        if (!says.includes(only)) continue;
        const played = await playedCase(lab, index, says, source);
        const one = comparedCase(played, KNOWN_DIFFERENCES);
        compared.push(one);
        tells(one);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return compared;
}

async function playedCase(lab: Lab, index: number, says: string, source: RealSource): Promise<PlayedCase> {
  const stepsOf = (instance: LabInstance): [] | [{ steps: ProofCase['steps'] }] => {
    const { steps = [] } = casesOf(instance)[index] ?? {};
    return steps.length === 0 ? [] : [{ steps }];
  };
  const failed = (error: unknown): { failed: string } => ({ failed: String(error).split('\n')[0] ?? '' });
  const instance = await drawn(lab);
  const simulated = await playAttempt(instance, stepsOf(instance)).then(({ report }) => report, failed);
  const real = await playRealAttempt(lab, {
    source,
    instantiate: (place) => drawn(lab, place),
    scripts: async (there) => stepsOf(there),
    onStep: () => {},
    confirm: async () => true,
  }).then(({ report, left }) => (left.length > 0 ? { failed: left.join('; ') } : report), failed);
  return { lab: lab.id, says, simulated, real };
}
