import { goQuote } from '../../api/go-text.js';
import { readManifests } from '../../api/yaml/manifests.js';
import { shapeProblem } from '../resource/files.js';
import type { Info } from '../resource/info.js';
import { groupResourceOf } from '../resource/mapper.js';

/** Why the file is opened once more: what stands in its header. */
export interface Reason {
  readonly head: string;
  readonly causes: readonly string[];
}

/** What stands above the object: what is asked, and what was wrong with the last try. */
export function headerText(head: string, reasons: readonly Reason[]): string {
  const lines = reasons.flatMap(({ head, causes }) => [
    `# ${head}${causes.length > 0 ? ':' : ''}`,
    ...causes.map((cause) => `# * ${cause}`),
    '#',
  ]);
  return head + lines.map((line) => `${line.replaceAll('\n', '\n# ')}\n`).join('');
}

/** A text without its comments. */
export function stripHeader(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .join('\n');
}

/** What counts of a text when two are compared. */
export function stripComments(text: string): string {
  return stripHeader(text).trim();
}

/** Whether a text holds more than comments. */
export function hasLines(text: string): boolean {
  return text.split('\n').some((line) => line.trim() !== '' && !line.trim().startsWith('#'));
}

/** What is wrong with the file before anything is sent: blamed on the first object, whatever it is. */
export function validationProblem(text: string, first: Info): Reason | undefined {
  const { documents, error } = readManifests(text);
  const problem = error ?? shapeProblem(documents[0]?.value ?? null);
  if (problem === undefined) return undefined;
  return {
    head: `${shownAs(first)} was not valid`,
    causes: [`<nil>: Invalid value: "The edited file failed validation": ${problem}`],
  };
}

/** An object as messages about its edit name it. */
export function shownAs({ mapping, name }: Info): string {
  return `${groupResourceOf(mapping)} ${goQuote(name)}`;
}
