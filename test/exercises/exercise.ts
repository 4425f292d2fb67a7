import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FILE = fileURLToPath(new URL('../../../shared/vectors/ckad-exercises.jsonl', import.meta.url));

/** One step of a published solution: a command line to type, or a file's text. */
export interface PublishedStep {
  readonly type: 'command' | 'manifest';
  readonly text: string;
}

/** A published exercise with the steps that solve it. */
export interface Exercise {
  /** The letter of its page and its line there, `a14`. */
  readonly at: string;
  readonly asks: string;
  readonly steps: readonly PublishedStep[];
}

/** Why the exercises cannot be read here, or nothing. */
export function noExercises(): string | undefined {
  return existsSync(FILE) ? undefined : 'the published exercises (../shared/vectors) are not at hand';
}

/** All published exercises in their order. */
export function publishedExercises(): Exercise[] {
  return readFileSync(FILE, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { file: string; line: number; exercise: string; steps: PublishedStep[] })
    .map(({ file, line, exercise, steps }) => ({ at: `${file.slice(0, 1)}${line}`, asks: exercise, steps }));
}
