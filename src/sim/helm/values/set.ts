import { isJsonObject } from '../../api/object.js';
import { ownField, setField } from '../../api/set-field.js';
import type { Values } from '../chart/chart.js';
import { HelmError } from '../errors.js';

/** How the text behind `=` becomes a value: typed (`--set`), text (`--set-string`), JSON, or as it stands. */
export type SetMode = 'typed' | 'text' | 'json' | 'literal';

/** What becomes of the text of a value; used by `--set-file`, whose values are paths. */
export type ReadText = (text: string) => unknown;

const INDEX_MAX = 65_536;
const NESTED_MAX = 30;
/** The end of the text was reached: no failure. */
const END = Symbol('end');

/** `a.b[0]=1,c={x,y}` set into values (strvals). Throws HelmError in its words. */
export function setValues(text: string, into: Values, mode: SetMode, read?: ReadText): void {
  const parser = new SetParser(text, mode, read ?? ((value) => (mode === 'typed' ? typedValue(value) : value)));
  parser.parse(into);
}

function typedValue(text: string): unknown {
  const lower = text.toLowerCase();
  if (lower === 'true') return true;
  if (lower === 'false') return false;
  if (lower === 'null') return null;
  if (text === '0') return 0n;
  if (/^[+-]?\d+$/.test(text) && !text.startsWith('0')) {
    const whole = BigInt(text.replace(/^\+/, ''));
    if (whole >= -(2n ** 63n) && whole < 2n ** 63n) return whole;
  }
  return text;
}

class SetParser {
  private at = 0;
  private readonly characters: readonly string[];
  /** In literal values nothing is escaped, and commas are part of them. */
  private readonly literal: boolean;

  constructor(
    text: string,
    private readonly mode: SetMode,
    private readonly read: ReadText,
  ) {
    this.characters = [...text];
    this.literal = mode === 'literal';
  }

  parse(into: Values): void {
    while (this.key(into, 0) !== END);
  }

  private key(into: Values, level: number): typeof END | undefined {
    const { text, stop } = this.until(this.literal ? '=[.' : '=[,.');
    if (stop === undefined) {
      if (text === '') return END;
      throw new HelmError(`key ${JSON.stringify(text)} has no value`);
    }
    if (stop === '[') return this.list(into, text, level);
    if (stop === '=') {
      const { value, ended } = this.value();
      set(into, text, value);
      return ended ? END : undefined;
    }
    if (stop === ',') {
      set(into, text, '');
      throw new HelmError(`key ${JSON.stringify(text)} has no value (cannot end with ,)`);
    }
    return this.nested(into, text, level + 1);
  }

  private nested(into: Values, name: string, level: number): typeof END | undefined {
    if (level > NESTED_MAX)
      throw new HelmError(`value name nested level is greater than maximum supported nested level of ${NESTED_MAX}`);
    const own = ownField(into, name);
    const inner = own === undefined ? {} : own;
    if (!isJsonObject(inner)) throw new HelmError(conversionError(inner, 'map[string]interface {}'));
    const end = this.key(inner, level);
    if (end === undefined && Object.keys(inner).length === 0)
      throw new HelmError(`key map ${JSON.stringify(name)} has no value`);
    if (Object.keys(inner).length > 0) set(into, name, inner);
    return end;
  }

  private list(into: Values, name: string, level: number): typeof END | undefined {
    const index = this.index();
    const own = ownField(into, name);
    const list = own === undefined ? [] : own;
    if (!Array.isArray(list)) throw new HelmError(conversionError(list, '[]interface {}'));
    const end = this.item(list, index, level);
    set(into, name, list);
    return end;
  }

  private index(): number {
    const { text, stop } = this.until(']');
    if (stop === undefined) throw new HelmError('error parsing index: EOF');
    if (!/^[+-]?\d+$/.test(text))
      throw new HelmError(`error parsing index: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
    return Number(text);
  }

  private item(list: unknown[], index: number, level: number): typeof END | undefined {
    if (index < 0) throw new HelmError(`negative ${index} index not allowed`);
    const { text, stop } = this.until('[.=');
    if (text !== '') throw new HelmError(`unexpected data at end of array index: ${JSON.stringify(text)}`);
    if (stop === undefined) return END;
    if (stop === '=') {
      const { value, ended } = this.value();
      setIndex(list, index, value);
      return ended ? END : undefined;
    }
    if (stop === '[') {
      const next = this.index();
      const inner = Array.isArray(list[index]) ? (list[index] as unknown[]) : [];
      const end = this.item(inner, next, level);
      setIndex(list, index, inner);
      return end;
    }
    const inner: Values = isJsonObject(list[index]) ? (list[index] as Values) : {};
    const end = this.key(inner, level);
    setIndex(list, index, inner);
    return end;
  }

  private value(): { value: unknown; ended: boolean } {
    if (this.mode === 'json') return this.jsonValue();
    if (this.literal) return { value: this.rest(), ended: true };
    if (this.characters[this.at] === '{') return { value: this.braces(), ended: false };
    const { text, stop } = this.until(',');
    if (text === '' && stop === undefined) return { value: '', ended: true };
    return { value: this.read(text), ended: false };
  }

  private rest(): string {
    const text = this.characters.slice(this.at).join('');
    this.at = this.characters.length;
    return text;
  }

  private braces(): unknown[] {
    this.at += 1;
    const list: unknown[] = [];
    for (;;) {
      const { text, stop } = this.until(',}');
      if (stop === undefined) throw new HelmError("list must terminate with '}'");
      if (stop === '}') {
        if (this.characters[this.at] === ',') this.at += 1;
        list.push(this.read(text));
        return list;
      }
      list.push(this.read(text));
    }
  }

  private jsonValue(): { value: unknown; ended: boolean } {
    if (this.skipSpace()) return { value: null, ended: false };
    const text = this.characters.slice(this.at).join('');
    const length = jsonLength(text);
    if (length === undefined) throw new HelmError('invalid JSON');
    this.at += [...text.slice(0, length)].length;
    const value = JSON.parse(text.slice(0, length)) as unknown;
    this.skipSpace();
    return { value, ended: false };
  }

  /** Passes spaces; true at the end and behind a comma. */
  private skipSpace(): boolean {
    while (/^\s$/.test(this.characters[this.at] ?? '')) this.at += 1;
    if (this.at >= this.characters.length) return true;
    if (this.characters[this.at] !== ',') return false;
    this.at += 1;
    return true;
  }

  /** The text up to one of the characters, which is passed; none at the end. A backslash escapes. */
  private until(stops: string): { text: string; stop: string | undefined } {
    let text = '';
    while (this.at < this.characters.length) {
      const character = this.characters[this.at] as string;
      this.at += 1;
      if (stops.includes(character)) return { text, stop: character };
      if (character === '\\' && !this.literal) {
        text += this.characters[this.at] ?? '';
        this.at += 1;
      } else text += character;
    }
    return { text, stop: undefined };
  }
}

function set(into: Values, name: string, value: unknown): void {
  if (name !== '') setField(into, name, value);
}

function setIndex(list: unknown[], index: number, value: unknown): void {
  if (index > INDEX_MAX)
    throw new HelmError(`index of ${index} is greater than maximum supported index of ${INDEX_MAX}`);
  while (list.length <= index) list.push(null);
  list[index] = value;
}

function conversionError(value: unknown, wanted: string): string {
  const is =
    value === null
      ? 'nil'
      : Array.isArray(value)
        ? '[]interface {}'
        : isJsonObject(value)
          ? 'map[string]interface {}'
          : typeof value === 'string'
            ? 'string'
            : typeof value === 'boolean'
              ? 'bool'
              : typeof value === 'bigint'
                ? 'int64'
                : 'float64';
  return `unable to parse key: interface conversion: interface {} is ${is}, not ${wanted}`;
}

/** How long the JSON value is with which a text begins; undefined when it begins with none. */
function jsonLength(text: string): number | undefined {
  const scalar = /^(?:"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/.exec(text);
  if (scalar) return scalar[0].length;
  if (!/^[[{]/.test(text)) return undefined;
  let depth = 0;
  for (const token of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token[0] === '{' || token[0] === '[') depth += 1;
    else if (token[0] === '}' || token[0] === ']') depth -= 1;
    if (depth > 0 || token[0].startsWith('"')) continue;
    const length = token.index + 1;
    try {
      JSON.parse(text.slice(0, length));
      return length;
    } catch {
      return undefined;
    }
  }
  return undefined;
}
