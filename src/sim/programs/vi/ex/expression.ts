import type { Editor } from '../state/editor.js';
import { EditorError } from '../state/failures.js';
import { optionFact, readOption } from '../state/options.js';

/** A value of vim's language, as far as it goes here. */
export type Value = string | number;

/** One part of an expression: a text in quotes, a number, an option, a variable of the environment, a register, a name. */
const PART =
  /^\s*(?:"((?:\\.|[^"\\])*)"|'((?:''|[^'])*)'|(-?\d+)|&(?:[lg]:)?(\w+)|\$(\w+)|@(.)|((?:[gvbs]:)?[A-Za-z_]\w*))\s*/;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', e: '\x1b', b: '\x08' };

/** A variable's name with its scope. */
export const variableName = (name: string): string => (name.includes(':') ? name : `g:${name}`);

/**
 * The value of an expression: parts joined by `.` or `..`, numbers by `+` and `-`. Undefined for what this editor cannot
 * work out, such as lists and function calls. Throws E121 and E113.
 */
export function evaluate(editor: Editor, text: string): Value | undefined {
  let rest = text;
  let value: Value | undefined;
  let sign = '';
  for (;;) {
    const found = PART.exec(rest);
    if (!found) return undefined;
    rest = rest.slice(found[0].length);
    if (rest.startsWith('(') || rest.startsWith('[')) return undefined;
    const part = partValue(editor, found);
    value = value === undefined ? part : joined(value, sign, part);
    if (rest === '') return value;
    const operator = /^(?:\.\.?|[+-])/.exec(rest)?.[0];
    if (operator === undefined) return undefined;
    sign = operator;
    rest = rest.slice(operator.length);
  }
}

function joined(left: Value, sign: string, right: Value): Value {
  if (sign.startsWith('.')) return `${left}${right}`;
  return sign === '+' ? Number(left) + Number(right) : Number(left) - Number(right);
}

function partValue(editor: Editor, found: RegExpExecArray): Value {
  const [, double, single, number, option, environment, register, name] = found;
  if (double !== undefined) return double.replace(/\\([\s\S])/g, (_, char: string) => ESCAPES[char] ?? char);
  if (single !== undefined) return single.replace(/''/g, "'");
  if (number !== undefined) return Number(number);
  if (environment !== undefined) return editor.sys.environment.get(environment) ?? '';
  if (register !== undefined) return editor.registers.get(register)?.lines.join('\n') ?? '';
  if (option !== undefined) {
    const fact = optionFact(option);
    if (!fact) throw new EditorError(`E113: Unknown option: ${option}`);
    const value = readOption(fact, editor.global, editor.buffer.options);
    return typeof value === 'boolean' ? Number(value) : value;
  }
  const value = editor.variables.get(variableName(name ?? ''));
  if (value === undefined) throw new EditorError(`E121: Undefined variable: ${name}`);
  return value;
}
