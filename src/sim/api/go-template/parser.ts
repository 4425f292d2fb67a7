import { goQuote } from '../go-text.js';
import { ItemStream } from './item-stream.js';
import { type Item, lexTemplate } from './lexer.js';
import type { BranchNode, Statement, Template, TemplateText } from './nodes.js';
import { type FunctionNames, NESTING_DEPTH_MAX, PipelineParser } from './pipeline-parser.js';

/**
 * Reads a Go template and what it defines, all by name, its own name being that of the text. `functions` are the names
 * it may call. Throws TemplateError, for instance `template: output:1: unexpected "}" in operand`.
 */
export function parseTemplate(source: TemplateText, functions: FunctionNames): Map<string, Template> {
  const templates = new Map<string, Template>();
  new TreeParser(source, new ItemStream(lexTemplate(source.text)), functions, templates).root(source.name);
  return templates;
}

/**
 * Adds what was parsed to templates that were there before: those of the same name are replaced, but by an empty one
 * only where there was none.
 */
export function addTemplates(known: Map<string, Template>, parsed: ReadonlyMap<string, Template>): void {
  for (const [name, template] of parsed) if (!known.has(name) || !isEmpty(template.body)) known.set(name, template);
}

type Ending = { readonly type: 'end' | 'else' };

interface List {
  readonly statements: Statement[];
  readonly ending: Ending;
}

/** Reads one template; what is defined inside it has a reader of its own over the same items. */
class TreeParser extends PipelineParser {
  private rangeDepth = 0;

  constructor(
    private readonly source: TemplateText,
    items: ItemStream,
    functions: FunctionNames,
    private readonly templates: Map<string, Template>,
  ) {
    super(source.name, items, functions);
  }

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
    return new TreeParser(this.source, this.items, this.functions, this.templates);
  }

  private add(name: string, body: readonly Statement[]): void {
    const known = this.templates.get(name);
    if (known === undefined || isEmpty(known.body)) this.templates.set(name, { name, source: this.source, body });
    else if (!isEmpty(body)) this.fail(`template: multiple definition of template ${goQuote(name)}`);
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
}

function isKeyword(item: Item, word: string): boolean {
  return item.type === 'keyword' && item.value === word;
}

function isEnding(statement: Statement | Ending): statement is Ending {
  return statement.type === 'end' || statement.type === 'else';
}

function isEmpty(statements: readonly Statement[]): boolean {
  return statements.every((statement) => statement.type === 'text' && statement.text.trim() === '');
}
