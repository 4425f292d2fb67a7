import { NotSimulated, WrongSyntax } from './failures.js';
import { ExpressionParser } from './parse-expression.js';
import { type Token, tokensOf } from './tokens.js';
import type { Expression, Handler, Statement } from './tree.js';

/** The statements of a program. Throws `WrongSyntax`, and `NotSimulated` for what is not understood. */
export function parseProgram(source: string): Statement[] {
  return new StatementParser(tokensOf(source)).program();
}

class StatementParser extends ExpressionParser {
  program(): Statement[] {
    const statements: Statement[] = [];
    while (this.token.kind !== 'end') {
      if (this.token.kind === 'indent') throw new WrongSyntax('unexpected indent', this.token.line, 'IndentationError');
      statements.push(...this.statement());
    }
    return statements;
  }

  private statement(): Statement[] {
    const { line, text, kind } = this.token;
    if (kind === 'operator' && text === '@') throw new NotSimulated('decorators', line);
    const compound = kind === 'name' ? this.compound(text, line) : undefined;
    if (compound) return [compound];
    const statements: Statement[] = [];
    do {
      if (this.token.kind === 'newline') break;
      statements.push(this.simple());
    } while (this.take(';'));
    if (this.token.kind === 'newline') this.at += 1;
    else if (this.token.kind !== 'end') throw this.wrong();
    return statements;
  }

  private compound(word: string, line: number): Statement | undefined {
    switch (word) {
      case 'if':
      case 'while':
        this.at += 1;
        return this.conditional(word, line);
      case 'for': {
        this.at += 1;
        const target = this.target();
        this.need('in');
        const over = this.expressions();
        const body = this.block('for', line);
        if (this.is('else')) throw new NotSimulated('else of a for', line);
        return { kind: 'for', line, target, over, body };
      }
      case 'def':
        return this.definition(line);
      case 'class': {
        this.at += 1;
        const name = this.name();
        const base = this.take('(') && !this.is(')') ? this.expression() : undefined;
        if (this.is(',')) throw new NotSimulated('several base classes', line);
        this.take(')');
        return { kind: 'class', line, name, base, body: this.block('class', line) };
      }
      case 'try':
        return this.attempt(line);
      case 'with': {
        this.at += 1;
        const value = this.expression();
        const as = this.take('as') ? this.target() : undefined;
        return { kind: 'with', line, value, as, body: this.block('with', line) };
      }
      case 'async':
      case 'nonlocal':
      case 'assert':
        throw new NotSimulated(word, line);
      default:
        return undefined;
    }
  }

  private conditional(kind: 'if' | 'while', line: number): Statement {
    const test = this.expression();
    const body = this.block(kind, line);
    const next = this.token.line;
    if (kind === 'if' && this.take('elif'))
      return { kind, line, test, body, otherwise: [this.conditional('if', next)] };
    if (kind === 'while' && this.is('else')) throw new NotSimulated('else of a while', next);
    return { kind, line, test, body, otherwise: this.take('else') ? this.block('else', next) : [] };
  }

  private definition(line: number): Statement {
    this.at += 1;
    const name = this.name();
    this.need('(');
    const parameters = this.parameters(')');
    if (this.take('->')) this.expression();
    return { kind: 'def', line, name, parameters, body: this.block('function definition', line) };
  }

  private attempt(line: number): Statement {
    this.at += 1;
    const body = this.block('try', line);
    const handlers: Handler[] = [];
    while (this.take('except')) {
      const type = this.is(':') ? undefined : this.expression();
      const as = this.take('as') ? this.name() : undefined;
      handlers.push({ type, as, body: this.block('except', line) });
    }
    const otherwise = this.take('else') ? this.block('else', line) : [];
    return {
      kind: 'try',
      line,
      body,
      handlers,
      otherwise,
      last: this.take('finally') ? this.block('finally', line) : [],
    };
  }

  private isKind(kind: Token['kind']): boolean {
    return this.token.kind === kind;
  }

  private block(after: string, line: number): Statement[] {
    this.need(':');
    if (!this.isKind('newline')) return this.statement();
    this.at += 1;
    if (!this.isKind('indent')) {
      const what = after === 'function definition' || after === 'class' ? after : `'${after}' statement`;
      const words = after === 'class' ? 'class definition' : what;
      throw new WrongSyntax(
        `expected an indented block after ${words} on line ${line}`,
        this.token.line,
        'IndentationError',
      );
    }
    this.at += 1;
    const statements: Statement[] = [];
    while (!this.isKind('dedent')) {
      if (this.isKind('end')) throw this.wrong();
      statements.push(...this.statement());
    }
    this.at += 1;
    return statements;
  }

  private simple(): Statement {
    const { line, text, kind } = this.token;
    const ended = () => this.token.kind === 'newline' || this.is(';');
    if (kind === 'name') {
      if (this.take('pass', 'break', 'continue')) return { kind: text as 'pass', line };
      if (this.take('return')) return { kind: 'return', line, value: ended() ? undefined : this.expressions() };
      if (this.take('raise')) {
        const value = ended() ? undefined : this.expression();
        if (this.take('from')) this.expression();
        return { kind: 'raise', line, value };
      }
      if (this.take('import')) return this.imported(line);
      if (this.take('from')) return this.importedFrom(line);
      if (this.take('global', 'del')) {
        const names = this.expressions();
        const kind = text === 'del' ? 'delete' : 'global';
        return { kind, line, names: names.kind === 'tuple' ? names.items : [names] };
      }
    }
    return this.assignment(line);
  }

  private assignment(line: number): Statement {
    const first = this.expressions();
    const operator = this.take('+=', '-=', '*=', '/=', '//=', '%=', '**=', '&=', '|=', '^=', '<<=', '>>=');
    if (operator !== undefined)
      return { kind: 'augment', line, target: first, operator: operator.slice(0, -1), value: this.expressions() };
    if (this.take(':')) this.expression();
    const all: Expression[] = [first];
    while (this.take('=')) all.push(this.expressions());
    const value = all.pop() ?? first;
    return all.length === 0 ? { kind: 'expression', line, value } : { kind: 'assign', line, targets: all, value };
  }

  private dotted(): string {
    let name = this.name();
    while (this.take('.')) name += `.${this.name()}`;
    return name;
  }

  private imported(line: number): Statement {
    const module = this.dotted();
    const as = this.take('as') ? this.name() : undefined;
    if (this.is(',')) {
      // `import os, time`: the rest is a statement of its own, which the pieces make room for.
      this.at += 1;
      const rest = this.imported(line);
      const first: Statement = { kind: 'import', line, module, as: as ?? '' };
      return { kind: 'if', line, test: { kind: 'constant', value: true }, body: [first, rest], otherwise: [] };
    }
    return { kind: 'import', line, module, as: as ?? '' };
  }

  private importedFrom(line: number): Statement {
    const module = this.dotted();
    this.need('import');
    if (this.is('*')) throw new NotSimulated('import *', line);
    const bracket = this.take('(');
    const names: [string, string][] = [];
    do {
      const name = this.name();
      names.push([name, this.take('as') ? this.name() : name]);
    } while (this.take(','));
    if (bracket) this.need(')');
    return { kind: 'from', line, module, names };
  }
}
