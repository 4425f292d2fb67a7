import { parseAddress } from './parse-address.js';
import { parseSubstitution, parseTransliteration } from './parse-substitution.js';
import type { Address, SedCommand } from './script.js';
import { ScriptError } from './script.js';
import type { ScriptPiece } from './script-reader.js';
import { ScriptReader } from './script-reader.js';

/** Parses a script. Throws ScriptError in GNU sed's words. */
export function parseScript(pieces: readonly ScriptPiece[], extended: boolean): SedCommand[] {
  return new ScriptParser(new ScriptReader(pieces), extended).all();
}

const ONE_ADDRESS = '=aiqQrR';
const PLAIN = '=dDgGhHnNpPxzF';

class ScriptParser {
  private readonly commands: SedCommand[] = [];
  private readonly blocks: number[] = [];

  constructor(
    private readonly reader: ScriptReader,
    private readonly extended: boolean,
  ) {}

  all(): SedCommand[] {
    const { reader } = this;
    for (;;) {
      reader.skipSpace();
      if (reader.char === undefined) break;
      this.command();
    }
    if (this.blocks.length > 0) throw reader.error("unmatched `{'", 0);
    this.resolveLabels();
    return this.commands;
  }

  private command(): void {
    const { reader } = this;
    const from = parseAddress(reader, this.extended);
    let to: Address | undefined;
    if (from) {
      reader.skipBlanks();
      if (reader.char === ',') {
        reader.take();
        reader.skipBlanks();
        to = parseAddress(reader, this.extended, true);
        if (!to) {
          reader.take();
          throw reader.error("unexpected `,'");
        }
      }
    }
    reader.skipBlanks();
    let negated = false;
    while (reader.char === '!') {
      reader.take();
      if (negated) throw reader.error("multiple `!'s");
      negated = true;
      reader.skipBlanks();
    }
    const name = reader.take();
    if (name === undefined || (name === '\n' && from)) {
      reader.at = Math.min(reader.at, reader.text.length);
      throw reader.error('missing command');
    }
    if (from?.kind === 'line' && from.line === 0 && to?.kind !== 'pattern')
      throw reader.error('invalid usage of line address 0');
    this.body(name, { from, to, negated });
  }

  private body(name: string, where: { from: Address | undefined; to: Address | undefined; negated: boolean }): void {
    const { reader } = this;
    if (name === '#') {
      if (where.from) throw reader.error("comments don't accept any addresses");
      reader.line();
      return;
    }
    if (where.to && ONE_ADDRESS.includes(name) && !'=aiRr'.includes(name))
      throw reader.error('command only uses one address');
    if (name === ':') {
      if (where.from) throw reader.error(": doesn't want any addresses");
      const label = this.label(/^[^\s;]*/);
      if (label === '') throw reader.error('":" lacks a label');
      this.add(name, where, { text: label });
    } else if (name === '{') {
      this.blocks.push(this.commands.length);
      this.add(name, where);
    } else if (name === '}') this.closeBlock(where.from);
    else if (PLAIN.includes(name)) {
      this.add(name, where);
      this.endOfCommand();
    } else if ('btT'.includes(name)) this.add(name, where, { text: this.label(/^[^\n;}]*/).trim() });
    else if ('aic'.includes(name)) this.add(name, where, { text: this.text() });
    else if ('rRwW'.includes(name)) this.add(name, where, { text: this.fileName() });
    else if ('qQlL'.includes(name)) this.withNumber(name, where);
    else if (name === 's') {
      this.add(name, where, { substitution: parseSubstitution(reader, this.extended) });
      this.endOfCommand();
    } else if (name === 'y') {
      this.add(name, where, { table: parseTransliteration(reader) });
      this.endOfCommand();
    } else if (name === 'v') reader.line();
    else throw reader.error(`unknown command: \`${name}'`);
  }

  private withNumber(
    name: string,
    where: { from: Address | undefined; to: Address | undefined; negated: boolean },
  ): void {
    this.reader.skipBlanks();
    this.add(name, where, { number: this.reader.number() });
    this.endOfCommand();
  }

  private add(
    name: string,
    where: { from: Address | undefined; to: Address | undefined; negated: boolean },
    more: Partial<Pick<SedCommand, 'text' | 'number' | 'substitution' | 'table'>> = {},
  ): void {
    this.commands.push({
      name,
      ...where,
      text: '',
      number: undefined,
      substitution: undefined,
      table: undefined,
      ...more,
      target: 0,
      active: false,
      until: 0,
    });
  }

  private closeBlock(address: Address | undefined): void {
    if (address) throw this.reader.error("} doesn't want any addresses");
    const open = this.blocks.pop();
    if (open === undefined) throw this.reader.error("unexpected `}'");
    (this.commands[open] as SedCommand).target = this.commands.length;
    this.endOfCommand();
  }

  private endOfCommand(): void {
    const { reader } = this;
    reader.skipBlanks();
    const char = reader.char;
    if (char === undefined || char === '\n' || char === ';' || char === '}' || char === '#') {
      if (char === '\n' || char === ';') reader.take();
      return;
    }
    reader.take();
    throw reader.error('extra characters after command');
  }

  private label(pattern: RegExp): string {
    this.reader.skipBlanks();
    const label = pattern.exec(this.reader.text.slice(this.reader.at))?.[0] ?? '';
    this.reader.at += label.length;
    return label;
  }

  private fileName(): string {
    this.reader.skipBlanks();
    const name = this.reader.line();
    if (name === '') throw this.reader.error('missing filename in r/R/w/W commands');
    return name;
  }

  /** The text of a, i and c: one line, or after a backslash and newline as many as end in backslashes. */
  private text(): string {
    const { reader } = this;
    reader.skipBlanks();
    if (reader.char === undefined) throw reader.error("expected \\ after `a', `c' or `i'");
    if (reader.char === '\\') {
      const after = /^\\[ \t]*\n/.exec(reader.text.slice(reader.at));
      if (after) {
        reader.at += after[0].length;
      } else {
        reader.take();
      }
      if (reader.at >= reader.text.length) return '';
    }
    let result = '';
    for (;;) {
      const char = reader.take();
      if (char === undefined || char === '\n') break;
      result += char === '\\' ? (reader.take() ?? '') : char;
    }
    return `${result}\n`;
  }

  private resolveLabels(): void {
    const labels = new Map<string, number>();
    for (const [index, { name, text }] of this.commands.entries()) if (name === ':') labels.set(text, index);
    for (const command of this.commands) {
      if (!'btT'.includes(command.name)) continue;
      const target = command.text === '' ? this.commands.length : labels.get(command.text);
      if (target === undefined) throw new ScriptError(`can't find label for jump to \`${command.text}'`);
      command.target = target;
    }
  }
}
