import type { LabInstance } from '../format/instance.js';
import { type ScriptStep, scriptSteps } from '../session/script.js';

/** How a case must be graded. */
export type Expected =
  /** `looking`: as far as can be seen; checks that act are not asked. */
  | { readonly kind: 'nothing'; readonly looking?: true }
  | { readonly kind: 'everything' }
  | { readonly kind: 'fails'; readonly ids: readonly string[] }
  | { readonly kind: 'less' }
  /** Of a lesson: these checks and guards hold, and those fail. */
  | {
      readonly kind: 'steps';
      readonly holds: readonly string[];
      readonly fails: readonly string[];
      readonly guards: readonly string[];
    };

/** Something that must be so: what is typed into one fresh login shell, and how it must be graded. */
export interface ProofCase {
  readonly says: string;
  /** None: the lab is left as it was found, and no shell is opened. */
  readonly steps: readonly ScriptStep[];
  readonly expects: Expected;
}

/** Everything that must be so of one lab with one draw. */
export function proofCases(instance: LabInstance): ProofCase[] {
  const solution = solutionSteps(instance);
  return [
    ...briefCases(instance),
    ...unlookedCases(solution),
    ...instance.alternatives.map(
      ({ says, script }): ProofCase => ({
        says: `alternative: ${says}`,
        steps: scriptSteps(script),
        expects: { kind: 'everything' },
      }),
    ),
    ...mistakeCases(instance, solution),
    ...droppedCases(solution),
  ];
}

/** What must be so with every draw. */
export function briefCases(instance: LabInstance): ProofCase[] {
  return [
    { says: 'untouched earns nothing', steps: [], expects: { kind: 'nothing' } },
    { says: 'the solution earns everything', steps: solutionSteps(instance), expects: { kind: 'everything' } },
  ];
}

/** What is seen soonest when a lab that was proven does not hold any more. */
export function glanceCases(instance: LabInstance): ProofCase[] {
  return briefCases(instance).map((one) =>
    one.expects.kind === 'nothing' ? { ...one, expects: { kind: 'nothing', looking: true } } : one,
  );
}

/** The whole solution as it is typed: all parts that apply, one after another in the same shell. */
export function solutionSteps(instance: LabInstance): ScriptStep[] {
  return instance.solution.flatMap(({ script }) => scriptSteps(script));
}

/**
 * What each mistake types, with what comes before it. Mistakes after the solution follow it in turn as it is written and
 * without the lines that only look, which leaves the same (that is a case of its own): so both lives can be shared.
 */
function mistakeCases(instance: LabInstance, solution: readonly ScriptStep[]): ProofCase[] {
  let afterSolution = 0;
  return instance.mistakes.map(({ says, after, script, fails }): ProofCase => {
    if (after === 'solution') afterSolution += 1;
    const before =
      after === 'solution' ? (afterSolution % 2 === 1 ? solution : withoutLooks(solution)) : partsOf(instance, after);
    return {
      says: `mistake: ${says}`,
      steps: [...before, ...scriptSteps(script)],
      expects: { kind: 'fails', ids: fails },
    };
  });
}

function partsOf(instance: LabInstance, ids: readonly string[] = []): ScriptStep[] {
  return instance.solution
    .filter(({ id }) => id !== undefined && ids.includes(id))
    .flatMap(({ script }) => scriptSteps(script));
}

function withoutLooks(solution: readonly ScriptStep[]): ScriptStep[] {
  return solution.filter(({ look }) => !look);
}

/** Lines that only look may be left out, all together. */
function unlookedCases(solution: readonly ScriptStep[]): ProofCase[] {
  const steps = withoutLooks(solution);
  if (steps.length === solution.length) return [];
  return [{ says: 'the solution without its `# look` lines earns everything', steps, expects: { kind: 'everything' } }];
}

/** The solution without each of its lines in turn; lines that only look are left out of these anyway. */
function droppedCases(solution: readonly ScriptStep[]): ProofCase[] {
  const lines = withoutLooks(solution);
  return lines.map((dropped): ProofCase => {
    const steps = lines.filter((step) => step !== dropped);
    return { says: `without \`${dropped.lines[0]?.trim()}\` points are lost`, steps, expects: { kind: 'less' } };
  });
}
