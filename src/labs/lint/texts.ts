import type { LabFile } from '../format/lab.js';

/** Something a learner reads, and where it stands. */
export interface Prose {
  readonly path: string;
  readonly text: string;
  /** Shown in one row: a title, what a check says. */
  readonly oneLine: boolean;
}

/** Everything a learner reads of a lab. */
export function proseOf({ metadata, spec }: LabFile): Prose[] {
  const prose = (path: string, text: string | undefined, oneLine = false): Prose[] =>
    text === undefined ? [] : [{ path, text, oneLine }];
  const parts = (path: string, texts: string | readonly (string | { readonly text: string })[] = []): Prose[] =>
    typeof texts === 'string'
      ? prose(path, texts)
      : texts.flatMap((part, index) =>
          typeof part === 'string' ? prose(`${path}/${index}`, part) : prose(`${path}/${index}/text`, part.text),
        );
  return [
    ...prose('metadata/title', metadata.title, true),
    ...parts('spec/task', spec.task),
    ...spec.checks.flatMap(({ says, because }, index) => [
      ...prose(`spec/checks/${index}/says`, says, true),
      ...prose(`spec/checks/${index}/because`, because),
    ]),
    ...parts('spec/hints', spec.hints),
    ...(spec.alternatives ?? []).flatMap(({ says }, index) => prose(`spec/alternatives/${index}/says`, says, true)),
    ...(spec.mistakes ?? []).flatMap(({ says }, index) => prose(`spec/mistakes/${index}/says`, says, true)),
    ...parts('spec/explains', spec.explains),
  ];
}

/** A numbered requirement of a task. */
export interface Requirement {
  readonly number: number;
  readonly text: string;
  /** Of the task, or of the paragraph of it that holds the requirement. */
  readonly path: string;
}

/** The numbered requirements of a lab's task; one that is worded in several ways is there several times. */
export function requirementsOf({ spec }: LabFile): Requirement[] {
  const texts = typeof spec.task === 'string' ? [{ text: spec.task }] : spec.task;
  return texts.flatMap(({ text }, index) => {
    const path = typeof spec.task === 'string' ? 'spec/task' : `spec/task/${index}/text`;
    const found: { number: number; text: string; path: string }[] = [];
    let open = false;
    for (const line of text.split('\n')) {
      const item = /^\s*(\d+)[.)]\s+(.*)$/.exec(line);
      if (item) found.push({ number: Number(item[1]), text: item[2] as string, path });
      else if (open && line.trim() !== '') (found.at(-1) as { text: string }).text += ` ${line.trim()}`;
      open = line.trim() !== '' && (item !== null || open);
    }
    return found;
  });
}

/** Every text inside a value, with its path below the value's. */
export function textsIn(value: unknown, path: string): { readonly path: string; readonly text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) => textsIn(inner, `${path}/${name}`));
}

/** Scripts that are typed: what they are called, and where they stand. */
export function scriptsOf({ spec }: LabFile): { readonly path: string; readonly script: string }[] {
  return (['solution', 'alternatives', 'mistakes'] as const).flatMap((name) =>
    (spec[name] ?? []).map(({ script }, index) => ({ path: `spec/${name}/${index}/script`, script })),
  );
}
