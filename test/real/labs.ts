import type { RealSource } from '../../src/clusters/real/real-cluster.js';
import type { LabInstance } from '../../src/labs/format/instance.js';
import type { ProofCase } from '../../src/labs/proof/case.js';
import { playRealAttempt } from '../../src/labs/real/play-real-attempt.js';
import { playAttempt } from '../../src/labs/session/attempt.js';
import { casesOf, drawn, type LabCase } from './cases.js';
import { comparedReports, type Outcome } from './compared-reports.js';
import type { Remembered } from './played.js';

/** Set-ups and checks wait in real time, some for minutes. */
const CASE_MS_MAX = 20 * 60_000;

/** Plays cases one after another on both clusters and compares the reports, telling of each as it comes out. */
export async function playCases(
  cases: AsyncIterable<LabCase>,
  at: { readonly source: RealSource; readonly as: Pick<Remembered, 'kubernetes' | 'nodes'> },
  tells: (played: Remembered) => void,
): Promise<void> {
  for await (const one of cases) {
    const simulated = await playSimulated(one);
    const real = await playReal(one, at.source);
    const { lab, says, hash } = one;
    const played = new Date().toISOString().slice(0, 10);
    const head = { lab: lab.id, case: says, hash };
    tells({ ...head, ...comparedReports(simulated, real), played, ...at.as });
  }
}

async function playSimulated(one: LabCase): Promise<Outcome> {
  const instance = await drawn(one.lab);
  return playAttempt(instance, scriptsOf(one, instance)).then(({ report }) => report, broken);
}

async function playReal(one: LabCase, source: RealSource): Promise<Outcome> {
  return playRealAttempt(one.lab, {
    source,
    instantiate: (place) => drawn(one.lab, place),
    scripts: async (there) => scriptsOf(one, there),
    onStep: () => {},
    confirm: async () => true,
    signal: AbortSignal.timeout(CASE_MS_MAX),
  }).then(({ report, left }) => (left.length > 0 ? { broken: left.join('; ') } : report), broken);
}

function scriptsOf({ index }: LabCase, instance: LabInstance): { steps: ProofCase['steps'] }[] {
  const { steps = [] } = casesOf(instance)[index] ?? {};
  return steps.length === 0 ? [] : [{ steps }];
}

function broken(error: unknown): { broken: string } {
  return { broken: String(error).split('\n').slice(0, 3).join(' ') };
}
