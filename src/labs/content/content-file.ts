import { load, parseEvents, YAMLException } from 'js-yaml';
import type { Schema } from '../../checker/schema/words.js';
import { fieldName, fieldPositions, lineOf, type Positions } from '../format/positions.js';
import type { Problem } from '../format/problem.js';
import { schemaProblems } from '../format/validate.js';
import { READER_RULES } from '../lint/source/yaml.js';

/** A file's value, or everything that is wrong with it. */
export type ContentFile<Value> =
  | { readonly value: Value; readonly problems: readonly [] }
  | { readonly value: undefined; readonly problems: readonly Problem[] };

/** Tells what is wrong beyond the schema, by a field's path (`exams/cka/minutes`). */
export type Inconsistencies<Value> = (value: Value) => readonly { readonly path: string; readonly message: string }[];

/** Reads the text of one of the files beside the labs. `file` is the name used in problems. */
export function readContentFile<Value>(
  file: string,
  source: string,
  schema: Schema,
  inconsistencies: Inconsistencies<Value>,
): ContentFile<Value> {
  let value: unknown;
  try {
    value = load(source, { filename: file });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const line = (error.mark as { line?: number } | undefined)?.line;
    const { name: rule } = READER_RULES.notYaml;
    return broken([{ file, line: line === undefined ? undefined : line + 1, field: '', message: error.reason, rule }]);
  }
  // Lines are looked up only for what is wrong: the file that ships is right, and read whenever the program starts.
  if (schemaProblems(file, value, new Map(), schema).length > 0)
    return broken(schemaProblems(file, value, positionsOf(file, source), schema));
  const wrong = inconsistencies(value as Value);
  if (wrong.length === 0) return { value: value as Value, problems: [] };
  const positions = positionsOf(file, source);
  return broken(
    wrong.map(({ path, message }) => ({
      file,
      line: lineOf(positions, path),
      field: fieldName(path),
      message,
      rule: 'inconsistent',
    })),
  );
}

const broken = (problems: readonly Problem[]): ContentFile<never> => ({ value: undefined, problems });
const positionsOf = (file: string, source: string): Positions =>
  fieldPositions(source, parseEvents(source, { filename: file }));
