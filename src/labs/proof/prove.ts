import type { Report } from '../../checker/rubric.js';
import { ClusterError } from '../../clusters/port.js';
import { seededDice } from '../dice.js';
import { instantiate, type LabInstance } from '../format/instance.js';
import type { Lab } from '../format/lab.js';
import { structuralDraws } from '../format/structural.js';
import type { PlayedAttempt } from '../session/attempt.js';
import { type PlayCase, type ProofCase, proofCases } from './case.js';
import { type FailedCommand, failedCommand } from './failed-command.js';

/** Something that is not as it must be. */
export interface ProofFailure {
  readonly lab: string;
  readonly seed: string;
  readonly draw: Readonly<Record<string, unknown>>;
  readonly says: string;
  readonly expected: string;
  readonly found: string;
  /** The commands that were typed, to see it by hand. */
  readonly commands: readonly string[];
  /** The first command that ended with another status than 0, where everything was to succeed. */
  readonly failed?: FailedCommand;
}

export interface ProofResult {
  readonly lab: string;
  readonly cases: number;
  readonly failures: readonly ProofFailure[];
}

/** What is said of every case of a lab whose world is described wrongly. */
const UNMADE = 'the world can be made';

/** Seeds tried for what is not structural. */
const SEEDS = ['1', '2', '3'];

/** What there is to prove of a lab, begun as soon as it was asked for. */
export interface Proving {
  readonly lab: string;
  /** In their order, whichever is decided first. */
  readonly cases: readonly { readonly says: string; readonly failure: Promise<ProofFailure | undefined> }[];
}

/**
 * Proves a lab: for every value of every structural variant all cases, and for more seeds that untouched earns nothing
 * and the solution everything.
 */
export function startProof(lab: Lab, play: PlayCase): Proving {
  const cases = instancesToProve(lab).flatMap(({ instance, whole }) => {
    const all = proofCases(instance);
    return (whole ? all : all.slice(0, 2)).map((proof) => {
      const failure = proveCase(instance, proof, play);
      // Whoever waits for it gets the error; until somebody does, it is not an unhandled one.
      failure.catch(() => {});
      return { says: proof.says, failure };
    });
  });
  return { lab: lab.id, cases };
}

/** Waits until a lab is proven. */
export async function endProof({ lab, cases }: Proving): Promise<ProofResult> {
  const found = await Promise.all(cases.map(({ failure }) => failure));
  return { lab, cases: cases.length, failures: found.filter((failure) => failure !== undefined) };
}

function instancesToProve(lab: Lab): { instance: LabInstance; whole: boolean }[] {
  const make = (seed: string, fixed: LabInstance['draw']): LabInstance =>
    instantiate(lab, { seed, dice: seededDice(seed), fixed });
  const [first = '1', ...others] = SEEDS;
  const structural = structuralDraws(lab.content).map((fixed) => ({ instance: make(first, fixed), whole: true }));
  return [...structural, ...others.map((seed) => ({ instance: make(seed, {}), whole: false }))];
}

async function proveCase(instance: LabInstance, proof: ProofCase, play: PlayCase): Promise<ProofFailure | undefined> {
  const of = { lab: instance.lab.id, seed: instance.seed, draw: instance.draw };
  let played: PlayedAttempt;
  try {
    played = await play(instance, proof);
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    return { ...of, says: UNMADE, expected: 'a world in which it is played', found: error.message, commands: [] };
  }
  const verdict = judgeCase(proof, played);
  if (!verdict) return undefined;
  const commands = proof.scripts.flatMap(({ steps }) => steps.flatMap(({ lines }) => lines));
  // Where a program of ours broke, that is what there is to say.
  const asks = proof.expects.kind === 'everything' && played.crashes.length === 0;
  const failed = asks ? await failedCommand(instance, proof, play) : undefined;
  return { ...of, says: proof.says, commands, ...verdict, ...(failed ? { failed } : {}) };
}

function judgeCase(
  { expects }: ProofCase,
  { report, crashes }: PlayedAttempt,
): { expected: string; found: string } | undefined {
  const [crash] = crashes;
  if (crash)
    return { expected: 'no program of ours breaks', found: `${crash.command} on ${crash.host}: ${crash.message}` };
  const failing = report.checks.filter(({ passed }) => !passed);
  const details = failing.map(({ id, expected, found }) => `${id} (expected ${expected}; found ${found})`).join('; ');
  switch (expects.kind) {
    case 'everything':
      return report.passed
        ? undefined
        : { expected: `${report.total} of ${report.total} points`, found: `${report.points} points: ${details}` };
    case 'nothing':
      return judgeUntouched(report);
    case 'less':
      return report.points < report.total
        ? undefined
        : {
            expected: `less than ${report.total} points`,
            found: 'everything: the line is idle; mark it # look or drop it',
          };
    case 'fails': {
      const ids = failing.map(({ id }) => id);
      const same = ids.length === expects.ids.length && expects.ids.every((id) => ids.includes(id));
      return same
        ? undefined
        : { expected: `fails ${expects.ids.join(', ')} and nothing else`, found: details || 'everything passes' };
    }
  }
}

function judgeUntouched(report: Report): { expected: string; found: string } | undefined {
  const guard = report.checks.find((check) => check.guard && !check.passed);
  if (guard) return { expected: `guard ${guard.id} holds`, found: guard.found };
  const earning = report.checks.filter(({ earned }) => earned > 0).map(({ id }) => id);
  return earning.length === 0
    ? undefined
    : { expected: 'no points', found: `${earning.join(', ')} earn ${report.points}` };
}
