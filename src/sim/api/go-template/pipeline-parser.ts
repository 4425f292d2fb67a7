import { goQuote } from '../go-text.js';
import { unquote } from '../jsonpath/unquote.js';
import type { ItemStream } from './item-stream.js';
import { describeItem, type Item, type ItemType } from './lexer.js';
import { type Command, nodeText, type Operand, type Pipe } from './nodes.js';
import { type NumberConstant, parseCharacter, parseNumber } from './number.js';
import { TemplateError } from './template-error.js';

/** Knows which names are functions. */
export interface FunctionNames {
  has(name: string): boolean;
}

export const NESTING_DEPTH_MAX = 500;

const STARTS_OPERAND: ReadonlySet<ItemType> = new Set<ItemType>([
  'bool',
  'char-constant',
  'dot',
  'field',
  'identifier',
  'left-paren',
  'nil',
  'number',
  'raw-string',
  'string',
  'variable',
]);

const NOT_EXECUTABLE: ReadonlySet<Operand['type']> = new Set<Operand['type']>([
  'bool',
  'dot',
  'nil',
  'number',
  'string',
]);

/** Reads what stands inside an action: pipelines, commands and their operands. */
export class PipelineParser {
  protected variables = ['$'];
  protected actionLine = 0;
  protected depth = 0;

  constructor(
    /** The name complaints begin with. */
    protected readonly sourceName: string,
    protected readonly items: ItemStream,
    protected readonly functions: FunctionNames,
  ) {}

  protected fail(message: string): never {
    throw new TemplateError(`template: ${this.sourceName}:${this.items.latestLine}: ${message}`);
  }

  protected unexpected(item: Item, context: string): never {
    if (item.type !== 'error') this.fail(`unexpected ${describeItem(item)} in ${context}`);
    let extra = '';
    if (this.actionLine !== 0 && this.actionLine !== item.line) {
      extra = ` in action started at ${this.sourceName}:${this.actionLine}`;
      if (item.value.endsWith(' action')) extra = extra.slice(' in action'.length);
    }
    this.fail(item.value + extra);
  }

  protected expect(type: ItemType, context: string): Item {
    const item = this.items.nextNonSpace();
    if (item.type !== type) this.unexpected(item, context);
    return item;
  }

  protected stringValue(item: Item): string {
    if (item.type === 'raw-string') return item.value.slice(1, -1).replaceAll('\r', '');
    return unquote(item.value) ?? this.fail('invalid syntax');
  }

  protected pipeline(context: string, end: ItemType): Pipe {
    const at = this.items.peekNonSpace().at;
    const declared = this.declarations(context);
    const commands: Command[] = [];
    for (;;) {
      const item = this.items.nextNonSpace();
      if (item.type === end) break;
      if (!STARTS_OPERAND.has(item.type)) this.unexpected(item, context);
      this.items.back(item);
      commands.push(this.command());
    }
    if (commands.length === 0) this.fail(`missing value for ${context}`);
    const stage = commands.findIndex((command, i) => i > 0 && NOT_EXECUTABLE.has(command.args[0].type));
    if (stage > 0) this.fail(`non executable command in pipeline stage ${stage + 1}`);
    return { type: 'pipe', at, ...declared, commands };
  }

  private declarations(context: string): Pick<Pipe, 'variables' | 'isAssignment'> {
    const variables: string[] = [];
    for (;;) {
      const item = this.items.peekNonSpace();
      if (item.type !== 'variable') return { variables, isAssignment: false };
      this.items.next();
      const after = this.items.peek();
      const next = this.items.peekNonSpace();
      if (next.type === 'assign' || next.type === 'declare') {
        this.items.nextNonSpace();
        variables.push(this.declare(item));
        return { variables, isAssignment: next.type === 'assign' };
      }
      if (next.type !== 'char' || next.value !== ',') {
        this.items.back(...(after.type === 'space' ? [item, after] : [item]));
        return { variables, isAssignment: false };
      }
      this.items.nextNonSpace();
      variables.push(this.declare(item));
      if (context !== 'range' || variables.length >= 2) this.fail(`too many declarations in ${context}`);
      const second = this.items.peekNonSpace().type;
      if (second !== 'variable' && second !== 'right-delim' && second !== 'right-paren') {
        this.fail('range can only initialize variables');
      }
    }
  }

  private declare(item: Item): string {
    this.variables.push(item.value);
    return item.value;
  }

  private command(): Command {
    const at = this.items.peekNonSpace().at;
    const args: Operand[] = [];
    for (;;) {
      this.items.peekNonSpace();
      const operand = this.operand();
      if (operand !== undefined) args.push(operand);
      const item = this.items.next();
      if (item.type === 'space') continue;
      if (item.type === 'right-delim' || item.type === 'right-paren') this.items.back(item);
      else if (item.type !== 'pipe') this.unexpected(item, 'operand');
      break;
    }
    const [first, ...rest] = args;
    if (first === undefined) this.fail('empty command');
    return { at, args: [first, ...rest] };
  }

  private operand(): Operand | undefined {
    const term = this.term();
    const next = this.items.peek();
    if (term === undefined || next.type !== 'field') return term;
    const fields: string[] = [];
    while (this.items.peek().type === 'field') fields.push(this.items.next().value.slice(1));
    const at = next.at;
    if (term.type === 'field' || term.type === 'variable') return { ...term, at, fields: [...term.fields, ...fields] };
    if (NOT_EXECUTABLE.has(term.type)) this.fail(`unexpected . after term ${goQuote(nodeText(term))}`);
    return { type: 'chain', at, base: term, fields };
  }

  private term(): Operand | undefined {
    const item = this.items.nextNonSpace();
    const at = item.at;
    switch (item.type) {
      case 'identifier':
        if (!this.functions.has(item.value)) this.fail(`function ${goQuote(item.value)} not defined`);
        return { type: 'identifier', at, name: item.value };
      case 'dot':
      case 'nil':
        return { type: item.type, at };
      case 'variable':
        if (!this.variables.includes(item.value)) this.fail(`undefined variable ${goQuote(item.value)}`);
        return { type: 'variable', at, name: item.value, fields: [] };
      case 'field':
        return { type: 'field', at, fields: [item.value.slice(1)] };
      case 'bool':
        return { type: 'bool', at, value: item.value === 'true' };
      case 'number':
      case 'char-constant':
        return { type: 'number', at, text: item.value, constant: this.numberValue(item) };
      case 'string':
      case 'raw-string':
        return { type: 'string', at, quoted: item.value, value: this.stringValue(item) };
      case 'left-paren': {
        if (++this.depth > NESTING_DEPTH_MAX) this.fail('max expression depth exceeded');
        const pipe = this.pipeline('parenthesized pipeline', 'right-paren');
        this.depth--;
        return pipe;
      }
      default:
        this.items.back(item);
        return undefined;
    }
  }

  private numberValue(item: Item): NumberConstant {
    try {
      return item.type === 'number' ? parseNumber(item.value) : parseCharacter(item.value);
    } catch (error) {
      if (error instanceof TemplateError) this.fail(error.message);
      throw error;
    }
  }
}
