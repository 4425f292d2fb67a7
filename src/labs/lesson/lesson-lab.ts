import type { Check } from '../../checker/rubric.js';
import type { ConditionalText, LabFile, SolutionPart } from '../format/lab.js';
import type { LessonFile } from './lesson.js';

/** A lesson in the form of a lab, and where what stands in it comes from. */
export interface LessonLab {
  readonly content: LabFile;
  /** The path in the lesson's file of a path in the lab's form. */
  place(path: string): string;
}

/**
 * A lesson as a lab: its checks in a row, its solutions as parts of one. So machines are made of it, journals belong to
 * it and rules are held against it as for any lab.
 */
export function asLab({ metadata, spec }: LessonFile): LessonLab {
  const task: ConditionalText[] = [];
  const checks: Check[] = [];
  const solution: SolutionPart[] = [];
  const places = new Map<string, string>([['spec/solution', 'spec/steps']]);
  const tell = (path: string, text: string | undefined): void => {
    if (text === undefined) return;
    places.set(`spec/task/${task.length}/text`, path);
    task.push({ text });
  };
  spec.steps.forEach((step, index) => {
    const path = `spec/steps/${index}`;
    for (const field of ['title', 'text', 'do', 'shows'] as const) tell(`${path}/${field}`, step[field]);
    step.checks?.forEach((check, number) => {
      places.set(`spec/checks/${checks.length}`, `${path}/checks/${number}`);
      checks.push({ ...check, ...(check.guard ? {} : { points: 1 }) } as Check);
    });
    if (step.solution === undefined) return;
    places.set(`spec/solution/${solution.length}/id`, `${path}/id`);
    places.set(`spec/solution/${solution.length}/script`, `${path}/solution`);
    solution.push({ id: step.id, script: step.solution });
  });
  const { steps: _, place: __, ...same } = spec;
  return {
    content: {
      apiVersion: 'kubedrill.dev/v1',
      kind: 'Lab',
      metadata,
      spec: { ...same, difficulty: 1, task, checks, solution },
    },
    place: (path) => placeOf(path, places),
  };
}

function placeOf(path: string, places: ReadonlyMap<string, string>): string {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    const place = places.get(path.slice(0, end));
    if (place !== undefined) return place + path.slice(end);
  }
  return path;
}
