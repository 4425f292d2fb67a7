import type { LabInstance } from '../format/instance.js';
import type { Lab } from '../format/lab.js';
import { briefCases, glanceCases, type ProofCase, proofCases } from './case.js';
import { CaseInPlay, type Decided, type ProofFailure, type Prover } from './case-in-play.js';
import { type Effort, effortOf, effortText, minutesAreOff } from './effort.js';
import { instancesToProve, type ToProve, UnderivedDraw } from './instances.js';
import { judgeCase } from './judge.js';
import { lessonCases } from './lesson-cases.js';
import { type Life, lonelyLives, sharedLives } from './lives.js';
import type { Tell } from './players.js';

export type { Decided, ProofFailure, Prover } from './case-in-play.js';

/** One case of a lab's proof, under way. */
export interface CaseUnderWay {
  readonly says: string;
  readonly decided: Promise<Decided>;
}

/** What there is to prove of a lab, begun as soon as it was asked for. */
export interface Proving {
  readonly lab: string;
  readonly hash: string;
  /** What the solution of the first draw costs. */
  readonly effort: Effort | undefined;
  /** Warnings: what cannot be played, and is probably not meant. */
  readonly notes: readonly string[];
  /** In their order, whichever is decided first. */
  readonly cases: readonly CaseUnderWay[];
}

export interface ProofResult {
  readonly lab: string;
  /** Of the file that was proven. */
  readonly hash: string;
  readonly effort: Effort | undefined;
  readonly notes: readonly string[];
  readonly cases: number;
  /** How many of them were known from an earlier proof. */
  readonly remembered: number;
  readonly milliseconds: number;
  readonly slowest: { readonly says: string; readonly milliseconds: number };
  readonly failures: readonly ProofFailure[];
}

/** Begins to prove a lab: all cases of some draws, and for others that untouched earns nothing and the solution everything. */
export async function startProof(lab: Lab, prover: Prover, toProve?: readonly ToProve[]): Promise<Proving> {
  try {
    return startInstances(lab, prover, toProve ?? (await instancesToProve(lab)));
  } catch (error) {
    if (error instanceof UnderivedDraw) return unmadeProof(lab, error);
    throw error;
  }
}

function startInstances(lab: Lab, prover: Prover, instances: readonly ToProve[]): Proving {
  const [first] = instances;
  const effort = first && effortOf(first.instance);
  // Who is at a lesson reads more than they type.
  const off = first && effort && !lab.lesson && minutesAreOff(first.instance, effort);
  const notes = off ? [minutesNote(first.instance, effort)] : [];
  const begun = instances.map((one) => startInstance(one, prover));
  liveInTurn(begun.map(({ lives }) => lives));
  return { lab: lab.id, hash: lab.hash, effort, notes, cases: begun.flatMap(({ cases }) => cases) };
}

/** Begins the first life of each draw, which tells most and for which a machine may be prepared, then the second, and on. */
function liveInTurn(draws: readonly (readonly (() => void)[])[]): void {
  const longest = Math.max(0, ...draws.map((lives) => lives.length));
  for (let turn = 0; turn < longest; turn += 1) for (const lives of draws) lives[turn]?.();
}

/** Waits until a lab is proven, and has it remembered. */
export async function endProof(
  { lab, hash, effort, notes, cases }: Proving,
  { memory }: Pick<Prover, 'memory'> = {},
): Promise<ProofResult> {
  const decided = await Promise.all(cases.map((one) => one.decided));
  memory?.save(lab);
  const times = cases.map(({ says }, index) => ({ says, milliseconds: decided[index]?.milliseconds ?? 0 }));
  return {
    lab,
    hash,
    effort,
    notes,
    cases: cases.length,
    remembered: decided.filter(({ remembered }) => remembered).length,
    milliseconds: times.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
    slowest: times.reduce((slow, one) => (one.milliseconds > slow.milliseconds ? one : slow), {
      says: '',
      milliseconds: 0,
    }),
    failures: decided.flatMap(({ failure }) => (failure ? [failure] : [])),
  };
}

/** Nothing of it can be played; that is its one case, so that the other labs are proven all the same. */
function unmadeProof({ id, hash }: Lab, { seed, reason, message }: UnderivedDraw): Proving {
  const says = 'its values can be drawn';
  const expected = 'a value for each name under derive';
  const failure = { lab: id, seed, draw: reason.values, says, expected, found: message, commands: [] };
  const decided = Promise.resolve({ failure, milliseconds: 0, remembered: false });
  return { lab: id, hash, effort: undefined, notes: [], cases: [{ says, decided }] };
}

function minutesNote({ minutes }: LabInstance, effort: Effort): string {
  return `spec.minutes is ${minutes}, and the solution takes ${effortText(effort)}`;
}

const CASES: Readonly<Record<ToProve['extent'], (instance: LabInstance) => ProofCase[]>> = {
  whole: proofCases,
  brief: briefCases,
  glance: glanceCases,
};

/** The cases of one draw: those that are remembered are decided, the others share machines in lives that are yet to begin. */
function startInstance(
  { instance, extent }: ToProve,
  prover: Prover,
): { readonly cases: readonly CaseUnderWay[]; readonly lives: readonly (() => void)[] } {
  const cases = casesOf(instance, extent);
  const found = cases.map((one) => new CaseInPlay(instance, one, prover));
  const open = found.filter((one) => !one.known).map(({ proof }) => proof);
  const inPlay = new Map(found.map((one) => [one.proof, one]));
  return {
    cases: found.map(({ proof, decided }) => ({ says: proof.says, decided })),
    lives: sharedLives(open).map(
      (life) => () => void liveFor(instance, life, prover, (proof) => inPlay.get(proof) as CaseInPlay),
    ),
  };
}

function casesOf(instance: LabInstance, extent: ToProve['extent']): ProofCase[] {
  const { lesson } = instance.lab;
  if (lesson) return lessonCases(instance, lesson);
  return CASES[extent](instance);
}

/** Lives one life and decides its cases. What fails on a shared machine is played again on one of its own. */
async function liveFor(
  instance: LabInstance,
  life: Life,
  prover: Prover,
  inPlay: (proof: ProofCase) => CaseInPlay,
): Promise<void> {
  const doubted: ProofCase[] = [];
  try {
    const tell: Tell = ({ cases }, seen, milliseconds) => {
      for (const proof of cases) {
        if (life.length > 1 && judgeCase(proof, seen)) doubted.push(proof);
        else void inPlay(proof).judge(seen, milliseconds);
      }
    };
    await prover.players.live(instance, life, tell, prover.signal);
    await Promise.all(lonelyLives(doubted).map((alone) => liveFor(instance, alone, prover, inPlay)));
  } catch (error) {
    for (const { cases } of life) for (const proof of cases) inPlay(proof).giveUp(error);
  }
}
