import type { LabInstance } from '../format/instance.js';
import type { PlayedAttempt, Scripted } from '../session/attempt.js';
import { type ScriptStep, scriptSteps } from '../session/script.js';

/** Something that must be so: what is played, and how it must be graded. */
export interface ProofCase {
  readonly says: string;
  readonly scripts: readonly Scripted[];
  readonly expects:
    | { readonly kind: 'nothing' }
    | { readonly kind: 'everything' }
    | { readonly kind: 'fails'; readonly ids: readonly string[] }
    | { readonly kind: 'less' };
}

/** Plays one case from its beginning; several may be asked for at once. */
export type PlayCase = (instance: LabInstance, proof: ProofCase, columns?: number) => Promise<PlayedAttempt>;

/** Everything that must be so of one lab with one draw. */
export function proofCases(instance: LabInstance): ProofCase[] {
  const solution = solutionSteps(instance);
  return [
    { says: 'untouched earns nothing', scripts: [], expects: { kind: 'nothing' } },
    { says: 'the solution earns everything', scripts: [{ steps: solution }], expects: { kind: 'everything' } },
    ...instance.alternatives.map(
      ({ says, script }): ProofCase => ({
        says: `alternative: ${says}`,
        scripts: [{ steps: scriptSteps(script) }],
        expects: { kind: 'everything' },
      }),
    ),
    ...instance.mistakes.map(
      ({ says, after, script, fails }): ProofCase => ({
        says: `mistake: ${says}`,
        scripts: [{ steps: [...stepsBefore(instance, after), ...scriptSteps(script)] }],
        expects: { kind: 'fails', ids: fails },
      }),
    ),
    ...droppedCases(solution),
  ];
}

/** The whole solution as it is typed: all parts that apply, one after another in the same shell. */
export function solutionSteps(instance: LabInstance): ScriptStep[] {
  return instance.solution.flatMap(({ script }) => scriptSteps(script));
}

function stepsBefore(instance: LabInstance, after: 'solution' | readonly string[] | undefined): ScriptStep[] {
  if (after === undefined) return [];
  if (after === 'solution') return solutionSteps(instance);
  return instance.solution
    .filter(({ id }) => id !== undefined && after.includes(id))
    .flatMap(({ script }) => scriptSteps(script));
}

/** The solution without each of its lines in turn. */
function droppedCases(solution: readonly ScriptStep[]): ProofCase[] {
  return solution.flatMap((step, index): ProofCase[] => {
    if (step.look) return [];
    const left = solution.filter((_, other) => other !== index);
    return [
      {
        says: `without \`${step.lines[0]?.trim()}\` points are lost`,
        scripts: [{ steps: left }],
        expects: { kind: 'less' },
      },
    ];
  });
}
