import { goQuote } from '../../../api/go-text.js';
import { unquote } from '../jsonpath/unquote.js';
import { OutputError } from '../output-error.js';
import { ItemStream } from './item-stream.js';
import { describeItem, type Item, type ItemType, lexTemplate } from './lexer.js';
import type { BranchNode, Command, Operand, Pipe, Statement } from './nodes.js';
import { nodeText } from './nodes.js';
import { parseCharacter, parseNumber } from './number.js';

/** The name kubectl gives its template, which every complaint begins with. */
export const TEMPLATE_NAME = 'output';

const NESTING_DEPTH_MAX = 500;

export type TemplateSet = ReadonlyMap<string, readonly Statement[]>;

/** Reads a Go template and what it defines. `functions` are the names it may call. Throws OutputError. */
export function parseTemplate(text: string, functions: ReadonlySet<string>): TemplateSet {
  const templates = new Map<string, readonly Statement[]>();
  new TreeParser(new ItemStream(lexTemplate(text)), functions, templates).root(TEMPLATE_NAME);
  return templates;
}

type Ending = { readonly type: 'end' | 'else' };

interface List {
  readonly statements: Statement[];
  readonly ending: Ending;
}

/** Reads one template; what is defined inside it has a reader of its own over the same items. */
class TreeParser {
  private variables = ['$'];
  private actionLine = 0;
  private rangeDepth = 0;
  private depth = 0;

  constructor(
    private readonly items: ItemStream,
    private readonly functions: ReadonlySet<string>,
    private readonly templates: Map<string, readonly Statement[]>,
  ) {}

  root(name: string): void {
    const statements: Statement[] = [];
    while (this.items.peek().type !== 'eof') {
      const first = this.items.next();
      if (first.type === 'left-delim') {
        const word = this.items.nextNonSpace();
        if (isKeyword(word, 'define')) {
          this.child().definition();
          continue;
        }
        this.items.back(first, word);
      } else {
        this.items.back(first);
      }
      const statement = this.textOrAction();
      if (isEnding(statement)) this.fail(`unexpected {{${statement.type}}}`);
      else statements.push(statement);
    }
    this.add(name, statements);
  }

  private child(): TreeParser {
    return new TreeParser(this.items, this.functions, this.templates);
  }

  private fail(message: string): never {
    throw new OutputError(`template: ${TEMPLATE_NAME}:${this.items.latestLine}: ${message}`);
  }

  private unexpected(item: Item, context: string): never {
    if (item.type !== 'error') this.fail(`unexpected ${describeItem(item)} in ${context}`);
    let extra = '';
    if (this.actionLine !== 0 && this.actionLine !== item.line) {
      extra = ` in action started at ${TEMPLATE_NAME}:${this.actionLine}`;
      if (item.value.endsWith(' action')) extra = extra.slice(' in action'.length);
    }
    this.fail(item.value + extra);
  }

  private expect(type: ItemType, context: string): Item {
    const item = this.items.nextNonSpace();
    if (item.type !== type) this.unexpected(item, context);
    return item;
  }

  private add(name: string, statements: readonly Statement[]): void {
    const known = this.templates.get(name);
    if (known === undefined || isEmpty(known)) this.templates.set(name, statements);
    else if (!isEmpty(statements)) this.fail(`template: multiple definition of template ${goQuote(name)}`);
  }

  private definition(): void {
    const context = 'define clause';
    const name = this.templateName(this.items.nextNonSpace(), context);
    this.expect('right-delim', context);
    this.define(name, context);
  }

  private define(name: string, context: string): void {
    const { statements, ending } = this.list();
    if (ending.type !== 'end') this.fail(`unexpected {{else}} in ${context}`);
    this.add(name, statements);
  }

  private list(): List {
    if (++this.depth > NESTING_DEPTH_MAX) this.fail('max expression depth exceeded');
    const statements: Statement[] = [];
    while (this.items.peekNonSpace().type !== 'eof') {
      const statement = this.textOrAction();
      if (isEnding(statement)) {
        this.depth--;
        return { statements, ending: statement };
      }
      statements.push(statement);
    }
    this.fail('unexpected EOF');
  }

  private textOrAction(): Statement | Ending {
    const item = this.items.nextNonSpace();
    if (item.type === 'text') return { type: 'text', at: item.at, text: item.value };
    if (item.type !== 'left-delim') this.unexpected(item, 'input');
    this.actionLine = item.line;
    const action = this.action();
    this.actionLine = 0;
    return action;
  }

  private action(): Statement | Ending {
    const item = this.items.nextNonSpace();
    if (item.type === 'keyword') {
      const control = this.control(item);
      if (control !== undefined) return control;
    }
    this.items.back(item);
    return { type: 'action', at: item.at, pipe: this.pipeline('command', 'right-delim') };
  }

  private control(item: Item): Statement | Ending | undefined {
    switch (item.value) {
      case 'if':
      case 'range':
      case 'with':
        return this.branch(item.value);
      case 'end':
        this.expect('right-delim', 'end');
        return { type: 'end' };
      case 'else':
        return this.otherwise();
      case 'break':
      case 'continue':
        return this.leaveRange(item.value, item.at);
      case 'template':
        return this.call();
      case 'block':
        return this.block();
      default:
        return undefined;
    }
  }

  private otherwise(): Ending {
    const next = this.items.peekNonSpace();
    // `{{else if` goes on as if the `if` stood in an action of its own.
    if (!isKeyword(next, 'if') && !isKeyword(next, 'with')) this.expect('right-delim', 'else');
    return { type: 'else' };
  }

  private leaveRange(type: 'break' | 'continue', at: number): Statement {
    this.expect('right-delim', `{{${type}}}`);
    if (this.rangeDepth === 0) this.fail(`{{${type}}} outside {{range}}`);
    return { type, at };
  }

  private branch(type: BranchNode['type']): BranchNode {
    const outer = this.variables.length;
    const pipe = this.pipeline(type, 'right-delim');
    if (type === 'range') this.rangeDepth++;
    const { statements: body, ending } = this.list();
    if (type === 'range') this.rangeDepth--;
    const otherwise = ending.type === 'else' ? this.elseBody(type) : undefined;
    this.variables.length = outer;
    return { type, at: pipe.at, pipe, body, otherwise };
  }

  private elseBody(type: BranchNode['type']): Statement[] {
    if (type !== 'range' && isKeyword(this.items.peek(), type)) {
      this.items.next();
      return [this.branch(type)];
    }
    const { statements, ending } = this.list();
    if (ending.type !== 'end') this.fail('expected end; found {{else}}');
    return statements;
  }

  private call(): Statement {
    const context = 'template clause';
    const item = this.items.nextNonSpace();
    const name = this.templateName(item, context);
    const next = this.items.nextNonSpace();
    if (next.type === 'right-delim') return { type: 'template', at: item.at, name, pipe: undefined };
    this.items.back(next);
    return { type: 'template', at: item.at, name, pipe: this.pipeline(context, 'right-delim') };
  }

  private block(): Statement {
    const context = 'block clause';
    const item = this.items.nextNonSpace();
    const name = this.templateName(item, context);
    const pipe = this.pipeline(context, 'right-delim');
    this.child().define(name, context);
    return { type: 'template', at: item.at, name, pipe };
  }

  private templateName(item: Item, context: string): string {
    if (item.type !== 'string' && item.type !== 'raw-string') this.unexpected(item, context);
    return this.stringValue(item);
  }

  private stringValue(item: Item): string {
    if (item.type === 'raw-string') return item.value.slice(1, -1).replaceAll('\r', '');
    return unquote(item.value) ?? this.fail('invalid syntax');
  }

  private pipeline(context: string, end: ItemType): Pipe {
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
        return { type: 'number', at, text: item.value, ...this.numberValue(item) };
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

  private numberValue(item: Item): { value: number; isFloat: boolean } {
    try {
      return item.type === 'number' ? parseNumber(item.value) : parseCharacter(item.value);
    } catch (error) {
      if (error instanceof OutputError) this.fail(error.message);
      throw error;
    }
  }
}

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

function isKeyword(item: Item, word: string): boolean {
  return item.type === 'keyword' && item.value === word;
}

function isEnding(statement: Statement | Ending): statement is Ending {
  return statement.type === 'end' || statement.type === 'else';
}

function isEmpty(statements: readonly Statement[]): boolean {
  return statements.every((statement) => statement.type === 'text' && statement.text.trim() === '');
}
