/** The columns that a definition gives its objects (apiextensions tableconvertor). */

import type { Micros } from '../../kernel/time.js';
import { ageOf } from '../duration.js';
import { Evaluator } from '../jsonpath/evaluate.js';
import { parseJsonPath } from '../jsonpath/parser.js';
import { resultText } from '../jsonpath/result-text.js';
import { type Column, column, type Printer } from '../kinds/kind.js';
import type { KubeObject } from '../object.js';
import { OutputError } from '../output-error.js';
import { parseTime } from '../time.js';
import type { CustomResourceColumn } from '../types/custom-resource-definition.js';

const AGE: CustomResourceColumn = {
  name: 'Age',
  type: 'date',
  description: 'meta.v1.ObjectMeta.creationTimestamp',
  jsonPath: '.metadata.creationTimestamp',
};

/** How objects are printed: their name, and what the columns find; without columns of their own, their age. */
export function customPrinter(columns: readonly CustomResourceColumn[] = []): Printer {
  const all = columns.length > 0 ? columns : [AGE];
  const found: { shown: Column; path: string; type: string }[] = [];
  for (const one of all) {
    if (!reader(one.jsonPath)) break;
    found.push({ shown: columnOf(one), path: one.jsonPath, type: one.type });
  }
  return {
    columns: [column('Name'), ...found.map(({ shown }) => shown)],
    rows: (object, now) => [
      { cells: [object.metadata.name, ...found.map(({ path, type }) => cell(object, path, type, now))] },
    ],
  };
}

function columnOf({ name, type, format = '', description, jsonPath, priority = 0 }: CustomResourceColumn): Column {
  const about = description || `Custom resource definition column (in JSONPath format): ${jsonPath}`;
  const { description: text } = column(name, type, priority, about);
  return { name, type, format, description: text, priority };
}

/** A path ready to be followed; undefined for one that cannot be read. */
function reader(path: string): Evaluator | undefined {
  try {
    return new Evaluator(parseJsonPath(`{${path}}`), true);
  } catch (error) {
    if (error instanceof OutputError) return undefined;
    throw error;
  }
}

/** The first value that a path finds in an object; undefined when there is none. */
export function valueAt(object: object, path: string): unknown {
  try {
    return reader(path)?.find(object)[0]?.[0];
  } catch (error) {
    if (error instanceof OutputError) return undefined;
    throw error;
  }
}

function cell(object: KubeObject, path: string, type: string, now: Micros): unknown {
  const value = valueAt(object, path);
  if (value === undefined) return null;
  if (type === 'string') return value === null ? '<no value>' : resultText(value);
  if (type === 'integer' && typeof value === 'number') return Math.trunc(value);
  if (type === 'number' && typeof value === 'number') return value;
  if (type === 'boolean' && typeof value === 'boolean') return value;
  if (type === 'date' && typeof value === 'string') return dateCell(value, now);
  return null;
}

function dateCell(text: string, now: Micros): string {
  if (text === '' || text === 'null') return '<unknown>';
  return parseTime(text) === undefined ? '<invalid>' : ageOf(text, now);
}
