import type { Outcome } from '../../sim/kubectl/machine.js';

/** One thing that happens in a scene. */
export type Step =
  /**
   * A command line as typed; `of` is the published command that it stands for, where that cannot be typed as it is. Where
   * scenes are played in the shell and the real kubectl plays but a choice of them, those with `chosen`.
   */
  | {
      readonly kind: 'command';
      readonly line: string;
      readonly of: string;
      readonly said: Outcome;
      readonly chosen: boolean;
    }
  /** A question to the API beside kubectl: a path and the fields asked for; with `wait`, asked until it is answered so. */
  | { readonly kind: 'state'; readonly question: string; readonly answer: string; readonly wait: boolean }
  /** A line that has to succeed and is not looked at. */
  | { readonly kind: 'prepare'; readonly line: string }
  /** Objects that are there, YAML; created without kubectl. */
  | { readonly kind: 'given'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string; readonly text: string }
  /** From here on the scene plays in a namespace where nothing is yet. */
  | { readonly kind: 'namespace' }
  | { readonly kind: 'comment'; readonly text: string };

/** Commands that belong together and are played in a namespace and a folder of their own. */
export interface Scene {
  /** A page or section of the published commands, or a title of ours. */
  readonly title: string;
  readonly steps: readonly Step[];
}

/**
 * Reads scenes. `scene TITLE` begins one; `$ command` (`$& command` is chosen) is followed by its standard output behind
 * `> `, its standard error behind `! ` and `= code`; `@ command` before it gives the published command; `? path field…`
 * (`?~` waits) asks the API; `% line` prepares; `given` and `file PATH` are followed by their text behind `| `; a line that
 * goes on is behind `: `.
 */
export function readScenes(text: string): Scene[] {
  const scenes: { title: string; steps: Step[] }[] = [];
  const rows = text.split('\n');
  let at = 0;
  let of: string | undefined;
  const following = (mark: string): string[] => {
    const found: string[] = [];
    while (rows[at]?.[0] === mark) found.push((rows[at++] as string).slice(2));
    return found;
  };
  const lines = (first: string): string => [first, ...following(':')].join('\n');
  while (at < rows.length) {
    const row = rows[at++] as string;
    const rest = row.slice(2);
    const steps = scenes.at(-1)?.steps ?? [];
    if (row.startsWith('scene ')) scenes.push({ title: row.slice(6), steps: [] });
    else if (row.startsWith('@ ')) of = lines(rest);
    else if (row.startsWith('$')) {
      const chosen = row[1] === '&';
      const line = lines(row.slice(chosen ? 3 : 2));
      steps.push({ kind: 'command', line, of: of ?? line, said: readOutcome(following), chosen });
      of = undefined;
    } else if (row.startsWith('%')) steps.push({ kind: 'prepare', line: lines(rest) });
    else if (row.startsWith('?')) {
      const wait = row[1] === '~';
      const answer = rows[at]?.startsWith('> ') ? (rows[at++] as string).slice(2) : '';
      steps.push({ kind: 'state', question: row.slice(wait ? 3 : 2), answer, wait });
    } else if (row === 'given') steps.push({ kind: 'given', text: `${following('|').join('\n')}\n` });
    else if (row.startsWith('file '))
      steps.push({ kind: 'file', path: row.slice(5), text: `${following('|').join('\n')}\n` });
    else if (row === 'namespace') steps.push({ kind: 'namespace' });
    else if (row !== '') steps.push({ kind: 'comment', text: row });
  }
  return scenes;
}

function readOutcome(following: (mark: string) => string[]): Outcome {
  const whole = (found: string[]): string => found.map((line) => `${line}\n`).join('');
  const out = whole(following('>'));
  const err = whole(following('!'));
  return { out, err, code: Number(following('=')[0] ?? 0) };
}

/** Writes scenes as they are read. */
export function writeScenes(scenes: readonly Scene[]): string {
  return scenes
    .map(({ title, steps }) => [`scene ${title}`, ...steps.flatMap(written), ''].join('\n'))
    .join('\n')
    .replace(/\n\n+$/, '\n');
}

function written(step: Step): string[] {
  switch (step.kind) {
    case 'command': {
      const { line, of, said, chosen } = step;
      const before = of === line ? [] : marked('@', ':', of);
      return [
        ...before,
        ...marked(chosen ? '$&' : '$', ':', line),
        ...marked('>', '>', said.out),
        ...marked('!', '!', said.err),
        ...(said.code === 0 ? [] : [`= ${said.code}`]),
      ];
    }
    case 'state':
      return [`${step.wait ? '?~' : '?'} ${step.question}`, `> ${step.answer}`];
    case 'prepare':
      return marked('%', ':', step.line);
    case 'given':
      return ['given', ...marked('|', '|', step.text)];
    case 'file':
      return [`file ${step.path}`, ...marked('|', '|', step.text)];
    case 'namespace':
      return ['namespace'];
    case 'comment':
      return [step.text];
  }
}

function marked(first: string, next: string, text: string): string[] {
  if (text === '') return [];
  const rows = text.replace(/\n$/, '').split('\n');
  return rows.map((row, index) => `${index === 0 ? first : next} ${row}`.trimEnd());
}
