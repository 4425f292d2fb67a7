import type { LabInstance } from '../format/instance.js';
import type { LessonFile, LessonStep } from '../lesson/lesson.js';
import { type ScriptStep, scriptSteps } from '../session/script.js';
import type { ProofCase } from './case.js';

/**
 * Everything that must be so of a lesson: before a step's solution none of its checks holds but guards, and after it all
 * of them do. Every case types all steps up to its own, so they are one life.
 */
export function lessonCases({ solution }: LabInstance, { spec }: LessonFile): ProofCase[] {
  const done = spec.steps.filter(({ checks }) => checks !== undefined);
  const scripts = new Map(solution.map(({ id, script }) => [id, scriptSteps(script)]));
  const typed: ScriptStep[] = [];
  const cases = done.map((step, index): ProofCase => {
    const before = done[index - 1];
    if (before) typed.push(...(scripts.get(before.id) ?? []));
    return {
      says: before
        ? `after the step ${before.id} it is done, and ${step.id} is not`
        : `at first ${step.id} is not done`,
      steps: [...typed],
      expects: { kind: 'steps', holds: ids(before), fails: earning(step), guards: guards(step) },
    };
  });
  const last = done.at(-1);
  if (!last) return cases;
  const steps = [...typed, ...(scripts.get(last.id) ?? [])];
  const expects = { kind: 'steps', holds: ids(last), fails: [], guards: [] } as const;
  return [...cases, { says: `after the step ${last.id} it is done`, steps, expects }];
}

function ids(step: LessonStep | undefined): string[] {
  return (step?.checks ?? []).map(({ id }) => id);
}

function earning({ checks = [] }: LessonStep): string[] {
  return checks.filter(({ guard }) => !guard).map(({ id }) => id);
}

function guards({ checks = [] }: LessonStep): string[] {
  return checks.filter(({ guard }) => guard).map(({ id }) => id);
}
