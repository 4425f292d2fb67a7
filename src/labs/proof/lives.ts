import type { ScriptStep } from '../session/script.js';
import type { ProofCase } from './case.js';

/** What is typed in one go, and the cases that are judged when the world is quiet after it. */
export interface Stretch {
  readonly steps: readonly ScriptStep[];
  readonly cases: readonly ProofCase[];
}

/** One machine from its beginning on: stretches, typed one after another into the same login shell. */
export type Life = readonly Stretch[];

interface Place {
  readonly cases: ProofCase[];
  readonly next: Map<string, { readonly step: ScriptStep; readonly place: Place }>;
}

/**
 * Shares machines between cases. A case that begins with all that another one types is the same learner a little later:
 * who reads the task and lets a minute pass, has done all but the last line, has solved it and then spoils something.
 * Every moment of that life can be graded; to the rest of it grading is nothing but time that passed. So
 * `untouched`, the solution without its last line, the solution, and one mistake after it are one life, and cases that
 * type the same are one moment.
 *
 * What sharing cannot show is that a solution only works when somebody waits between its lines: where only these two are
 * proven, the solution is typed in one go after a look at the task. And what fails on a shared machine is played again
 * alone before it is told, so that sharing is never to blame.
 */
export function sharedLives(cases: readonly ProofCase[]): Life[] {
  const root: Place = { cases: [], next: new Map() };
  for (const one of cases) placeOf(root, one.steps).cases.push(one);
  return cases.length === 0 ? [] : livesFrom(root, []);
}

/** Each case alone on a machine, typed without a pause. */
export function lonelyLives(cases: readonly ProofCase[]): Life[] {
  return cases.map((one) => [{ steps: one.steps, cases: [one] }]);
}

function placeOf(root: Place, steps: readonly ScriptStep[]): Place {
  let place = root;
  for (const step of steps) {
    const key = step.lines.join('\n');
    let next = place.next.get(key);
    if (!next) {
      next = { step, place: { cases: [], next: new Map() } };
      place.next.set(key, next);
    }
    place = next.place;
  }
  return place;
}

/** All lives that go through a place. The first of them has its cases, and what was judged before. */
function livesFrom(place: Place, typed: readonly ScriptStep[]): Life[] {
  const own: Stretch[] = place.cases.length > 0 ? [{ steps: typed, cases: place.cases }] : [];
  const ways = [...place.next.values()];
  if (ways.length === 0) return [own];
  const judgedHere = own.length > 0;
  return ways.flatMap(({ step, place: next }, way) => {
    const begun = judgedHere && way === 0;
    const lives = livesFrom(next, begun ? [step] : [...typed, step]);
    return lives.map((life, index) => {
      if (!begun) return life;
      if (index === 0) return [...own, ...life];
      const [first, ...others] = life;
      return first ? [{ ...first, steps: [...typed, ...first.steps] }, ...others] : life;
    });
  });
}
