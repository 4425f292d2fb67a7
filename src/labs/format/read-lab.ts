import { createHash } from 'node:crypto';
import { load, parseEvents, YAMLException } from 'js-yaml';
import { consistencyProblems } from './consistency.js';
import type { Lab, LabFile } from './lab.js';
import { fieldPositions } from './positions.js';
import type { Problem } from './problem.js';
import { schemaProblems } from './validate.js';

/** A lab, or everything that is wrong with its file. Broken content is data, not an exception. */
export type ReadLab =
  | { readonly lab: Lab; readonly problems: readonly [] }
  | { readonly lab: undefined; readonly problems: readonly Problem[] };

/** Hexadecimal digits of a content hash that tell labs apart. */
const HASH_DIGITS = 16;

/** Aliases of aliases make endless lists and maps out of a few lines; nobody means so many values. */
const VALUES_MAX = 100_000;
const TOO_MANY_VALUES = `holds more than ${VALUES_MAX} values, counting what aliases (*name) repeat, or one that holds itself`;

/** Reads the text of a lab's file. `file` is the name used in problems; `worlds` are the ready-made worlds' names. */
export function readLab(file: string, source: string, worlds: readonly string[]): ReadLab {
  let value: unknown;
  let positions: ReturnType<typeof fieldPositions>;
  try {
    value = load(source, { filename: file });
    positions = fieldPositions(source, parseEvents(source, { filename: file }));
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { lab: undefined, problems: [{ file, line: lineOfException(error), field: '', message: error.reason }] };
  }
  if (!valuesWithin(value, VALUES_MAX))
    return { lab: undefined, problems: [{ file, line: undefined, field: '', message: TOO_MANY_VALUES }] };
  const problems = schemaProblems(file, value, positions);
  if (problems.length > 0) return { lab: undefined, problems };
  const content = value as LabFile;
  const inconsistent = consistencyProblems(file, content, positions, worlds);
  if (inconsistent.length > 0) return { lab: undefined, problems: inconsistent };
  const hash = createHash('sha256').update(source).digest('hex').slice(0, HASH_DIGITS);
  return { lab: { id: `${content.spec.certification}/${content.metadata.name}`, file, content, hash }, problems: [] };
}

/** Whether a value is made of no more values than so many; ends also where a value holds itself. */
function valuesWithin(value: unknown, limit: number): boolean {
  const open = [value];
  let seen = 0;
  for (let one = open.pop(); ; one = open.pop()) {
    seen += 1;
    if (one !== null && typeof one === 'object') {
      const inner = Object.values(one);
      if (seen + open.length + inner.length > limit) return false;
      for (const each of inner) open.push(each);
    }
    if (open.length === 0) return true;
  }
}

function lineOfException(error: YAMLException): number | undefined {
  const mark = error.mark as { line?: number } | undefined;
  return mark?.line === undefined ? undefined : mark.line + 1;
}
