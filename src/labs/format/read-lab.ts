import { createHash } from 'node:crypto';
import { constructFromEvents, parseEvents, YAMLException } from 'js-yaml';
import { READING_RULES } from '../lint/reading/register.js';
import type { Rule } from '../lint/rule.js';
import { runRules } from '../lint/run-rules.js';
import { SOURCE_RULES } from '../lint/source/register.js';
import type { Source } from '../lint/source/source.js';
import { READER_RULES } from '../lint/source/yaml.js';
import type { Lab, LabFile } from './lab.js';
import { fieldName, lineFinder, mapSource, type SourceMap } from './positions.js';
import type { Problem } from './problem.js';
import { schemaProblems } from './validate.js';

/** A lab, or everything that is wrong with its file. Broken content is data, not an exception. */
export type ReadLab =
  | { readonly lab: Lab; readonly problems: readonly [] }
  | { readonly lab: undefined; readonly problems: readonly Problem[] };

/** Hexadecimal digits of a content hash that tell labs apart. */
export const HASH_DIGITS = 16;
/** How deep lists and maps may stand in each other. */
const DEPTH_MAX = 64;
const VALUES_MAX = 100_000;
const TOO_MANY_VALUES = `holds more than ${VALUES_MAX} values, counting what aliases (*name) repeat, or one that holds itself`;

/** Reads the text of a lab's file. `file` is the name used in problems; `worlds` are the ready-made worlds' names. */
export function readLab(file: string, source: string, worlds: readonly string[]): ReadLab {
  const parsed = parseSource(file, source);
  if ('problems' in parsed) return { lab: undefined, problems: parsed.problems };
  const { value, positions } = parsed;
  const wrong = schemaProblems(file, value, positions);
  if (wrong.length > 0) return { lab: undefined, problems: wrong };
  const content = value as LabFile;
  const problems = runRules(READING_RULES, { file, content, positions, worlds });
  if (problems.length > 0) return { lab: undefined, problems };
  const hash = createHash('sha256').update(source).digest('hex').slice(0, HASH_DIGITS);
  return { lab: { id: `${content.spec.certification}/${content.metadata.name}`, file, content, hash }, problems: [] };
}

/** What a file's text is as YAML and where everything in it stands; or what is wrong with it as a file. */
export function parseSource(
  file: string,
  text: string,
): { readonly value: unknown; readonly positions: SourceMap['positions'] } | { readonly problems: readonly Problem[] } {
  try {
    const events = parseEvents(text, { filename: file, maxDepth: DEPTH_MAX });
    const map = mapSource(text, events);
    const problems = sourceProblems(file, { text, events, ...map });
    if (problems.length > 0) return { problems };
    const [value, ...more] = constructFromEvents(events, { source: text, filename: file });
    if (events.length === 0) return { problems: [fileProblem(file, READER_RULES.documents, NOTHING)] };
    if (more.length > 0) return { problems: [fileProblem(file, READER_RULES.documents, SEVERAL)] };
    if (!valuesWithin(value, VALUES_MAX))
      return { problems: [fileProblem(file, READER_RULES.values, TOO_MANY_VALUES)] };
    return { value, positions: map.positions };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const control = sourceProblems(file, { text, events: [], scalars: [], lineAt: lineFinder(text) });
    return { problems: control.length > 0 ? control : [syntaxProblem(file, error)] };
  }
}

const NOTHING = 'expected a document, but the input is empty';
const SEVERAL = 'expected a single document in the stream, but found more';

/** Something wrong with a whole file. */
export function fileProblem(file: string, { name, remedy }: Rule, message: string, line?: number): Problem {
  return { file, line, field: '', message: `${message}; ${remedy}`, rule: name };
}

function sourceProblems(file: string, source: Source): Problem[] {
  return SOURCE_RULES.flatMap((rule) => {
    const problems: Problem[] = [];
    rule.check(source, (line, path, message) =>
      problems.push({ ...fileProblem(file, rule, message, line), field: fieldName(path) }),
    );
    return problems;
  });
}

function syntaxProblem(file: string, error: YAMLException): Problem {
  const { reason } = error;
  const rule = /^duplicated mapping key/.test(reason)
    ? READER_RULES.twinKey
    : /maxDepth/.test(reason)
      ? READER_RULES.deep
      : READER_RULES.notYaml;
  const mark = error.mark as { line?: number } | undefined;
  return fileProblem(file, rule, reason, mark?.line === undefined ? undefined : mark.line + 1);
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
