import { type Condition, conditionFields, describeCondition, describeValue, judge } from '../condition.js';
import { findValue } from '../json-path.js';
import { map, type Schema, text } from '../schema/words.js';

/** What a line must be: a text, or what is found in it read as JSON. */
export interface LineCondition extends Condition {
  readonly jsonpath?: string;
  /** The condition must not hold. A line that is no JSON meets nothing that is asked of JSON. */
  readonly not?: boolean;
}

/** The schema of a `LineCondition`. */
export const lineCondition: Schema = map(
  {
    jsonpath: text('Into the line read as JSON; the line itself when left out.', { pattern: '^\\$' }),
    not: { type: 'boolean', description: 'The condition must not hold.' },
    ...conditionFields,
  },
  [],
  'What a line must be.',
);

/** A line, read as JSON once for all conditions. */
export interface Line {
  readonly text: string;
  /** `undefined`: it is no JSON. */
  readonly json: unknown;
}

/** Reads a line. */
export function readLine(text: string): Line {
  try {
    const json: unknown = JSON.parse(text);
    return { text, json: typeof json === 'object' && json !== null ? json : undefined };
  } catch {
    return { text, json: undefined };
  }
}

/** Whether a line meets a condition. */
export function meets({ text, json }: Line, condition: LineCondition): boolean {
  const { jsonpath, not = false } = condition;
  if (jsonpath === undefined) return judge(text, condition).passed !== not;
  return json !== undefined && judge(findValue(json, jsonpath), condition).passed !== not;
}

/** A condition in words: `$.verb create`, `contains denied`. */
export function describeLine(condition: LineCondition): string {
  const words = describeCondition(condition);
  const what = `${condition.not ? 'not ' : ''}${words}`;
  return condition.jsonpath === undefined ? what : `${condition.jsonpath} ${what}`;
}

/** What stands in a line where a condition looks. */
export function valueInLine({ text, json }: Line, { jsonpath }: LineCondition): string {
  if (jsonpath === undefined) return text;
  return json === undefined ? 'no JSON' : `${jsonpath} ${describeValue(findValue(json, jsonpath))}`;
}
