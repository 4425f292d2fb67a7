import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import type { Exercise } from './exercise.js';

const ROWS = new URL('./rows.yaml', import.meta.url);

/** How an exercise is sat here, and what comes of it. */
export interface Row {
  readonly at: string;
  /** Typed before: what the exercise takes for granted. */
  readonly first?: string;
  /**
   * What is typed, where it is not simply every step: a number is the step of that number, `3 > pod.yaml` writes a step's
   * text into a file, anything else is a line (`keys: …` are keys), as somebody types it who fills the blanks in.
   */
  readonly type?: readonly (number | string)[];
  /** Patterns that must be found in what the terminal showed. */
  readonly sees?: readonly string[];
  /** Commands asked afterwards, and the pattern that their output must hold. */
  readonly then?: Readonly<Record<string, string>>;
  /** Why the simulation does not do it. Such a row is only told, not played. */
  readonly without?: string;
}

/** The rows by the places of their exercises. */
export function rows(): Map<string, Row> {
  const all = load(readFileSync(ROWS, 'utf8')) as Row[];
  return new Map(all.map((row) => [row.at, row]));
}

/** The lines that are typed for an exercise. Throws for a row that speaks of a step that is not there. */
export function linesOf({ at, steps }: Exercise, row: Row): string[] {
  const before = row.first === undefined ? [] : row.first.trimEnd().split('\n');
  const chosen = row.type ?? everyStep(steps);
  const text = (number: number): string => {
    const step = steps[number];
    if (!step) throw new Error(`${at} has no step ${number}`);
    return step.text;
  };
  return [
    ...before,
    ...chosen.flatMap((one) => {
      if (typeof one === 'number') return withoutRemark(text(one)).split('\n');
      const file = /^(\d+) > (\S+)$/.exec(one);
      return file ? written(text(Number(file[1])), file[2] as string) : one.split('\n');
    }),
  ];
}

/** All commands; a text goes into the file that an editor was opened on before, or that the next command reads. */
function everyStep(steps: Exercise['steps']): (number | string)[] {
  return steps.flatMap((step, number): (number | string)[] => {
    const edited = (at: number): string | undefined => /^vim? (\S+)/.exec(steps[at]?.text ?? '')?.[1];
    if (step.type === 'command') return edited(number) === undefined ? [number] : [];
    const next = steps.slice(number).find(({ text }) => / -f /.test(text));
    const file = edited(number - 1) ?? / -f (\S+)/.exec(next?.text ?? '')?.[1];
    return file === undefined ? [] : [`${number} > ${file}`];
  });
}

function written(text: string, file: string): string[] {
  return [`cat > ${file} <<'END-OF-FILE'`, ...text.split('\n'), 'END-OF-FILE'];
}

/** A line without the remark behind it; within quotes a `#` begins none. */
function withoutRemark(line: string): string {
  return line.replace(/ +#+ [^'"]*$/, '');
}
