import { goFloat } from '../../../api/go-number.js';
import { type GoData, GoInteger, GoNil, isGoMap, itemsOf, typeOfData } from '../../../api/go-template/go-values.js';
import { sortedKeys } from '../../../api/go-template/sorted-keys.js';
import { TemplateError } from '../../../api/go-template/template-error.js';
import { formatTimeText, isTime } from '../time/go-time.js';

const NAMED: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

/** Data as BurntSushi's library writes it: a table's own keys before its inner tables, these two spaces in. Throws TemplateError. */
export function writeToml(data: GoData): string {
  const writer = new TomlWriter();
  writer.value([], data);
  return writer.text;
}

function isNothing(data: GoData): boolean {
  return data === null || data === undefined || data instanceof GoNil;
}

/** Whether a value gets a head of its own: a map, or a list of nothing but maps. */
function isTable(data: GoData): boolean {
  return isGoMap(data) || isTableList(data);
}

function isTableList(data: GoData): boolean {
  return Array.isArray(data) && data.length > 0 && data.every(isGoMap);
}

function quoted(text: string): string {
  const escaped = text.replace(/["\\\x00-\x1f\x7f]/g, (char) => {
    return NAMED[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}

function keyText(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : quoted(key);
}

class TomlWriter {
  text = '';

  value(path: readonly string[], data: GoData): void {
    if (isNothing(data)) return;
    if (isTableList(data)) this.tableList(path, data as GoData[]);
    else if (isGoMap(data)) this.table(path, data);
    else this.line(path, this.element(data));
  }

  private line(path: readonly string[], shown: string): void {
    const key = path.at(-1);
    this.text += key === undefined ? shown : `${this.indent(path)}${keyText(key)} = ${shown}\n`;
  }

  /** As far in as the tables around. */
  private indent(path: readonly string[]): string {
    return '  '.repeat(Math.max(path.length - 1, 0));
  }

  private gap(): void {
    if (this.text !== '') this.text += '\n';
  }

  private head(path: readonly string[], open: string, close: string): void {
    this.text += `${this.indent(path)}${open}${path.map(keyText).join('.')}${close}\n`;
  }

  private table(path: readonly string[], map: { [key: string]: GoData }): void {
    if (path.length === 1) this.gap();
    if (path.length > 0) this.head(path, '[', ']');
    this.entries(path, map);
  }

  private tableList(path: readonly string[], tables: readonly GoData[]): void {
    if (path.length === 0) throw new TemplateError('toml: top-level values must be Go maps or structs');
    for (const table of tables) {
      this.gap();
      this.head(path, '[[', ']]');
      this.entries(path, table as { [key: string]: GoData });
    }
  }

  private entries(path: readonly string[], map: { [key: string]: GoData }): void {
    const keys = sortedKeys(map);
    for (const inner of [false, true]) {
      for (const key of keys) if (isTable(map[key]) === inner) this.value([...path, key], map[key]);
    }
  }

  private element(data: GoData): string {
    if (typeof data === 'string') return quoted(data);
    if (typeof data === 'boolean') return String(data);
    if (data instanceof GoInteger)
      return data.type.text === undefined ? String(data.value) : quoted(data.type.text(data as never));
    if (typeof data === 'number') return floatText(data);
    if (isTime(data)) return formatTimeText(data, '2006-01-02T15:04:05.999999999Z07:00');
    if (isGoMap(data)) {
      const parts = sortedKeys(data).filter((key) => !isNothing(data[key]));
      return `{${parts.map((key) => `${keyText(key)} = ${this.element(data[key])}`).join(', ')}}`;
    }
    if (typeOfData(data)?.kind !== 'slice')
      throw new TemplateError(`unexpected type: ${typeOfData(data)?.name ?? '<nil>'}`);
    const items = itemsOf(data);
    if (items.some(isNothing)) throw new TemplateError('toml: cannot encode array with nil element');
    return `[${items.map((item) => this.element(item)).join(', ')}]`;
  }
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  const text = goFloat(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
