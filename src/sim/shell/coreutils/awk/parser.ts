import { ExpressionParser } from './parse-expression.js';
import type { AwkFunction, AwkProgram, Expr, LValue, Redirection, Rule, Statement } from './syntax.js';
import { AwkSyntaxError } from './syntax.js';

/** Parses an awk program. Throws AwkSyntaxError in mawk's words. */
export function parseAwk(text: string): AwkProgram {
  return new ProgramParser(text).program();
}

class ProgramParser extends ExpressionParser {
  private readonly functions = new Map<string, AwkFunction>();
  private inFunction = false;
  private inRule = false;

  program(): AwkProgram {
    const begin: Statement[] = [];
    const end: Statement[] = [];
    const rules: Rule[] = [];
    for (this.skipTerminators(); this.token.kind !== 'end'; this.skipTerminators()) {
      if (this.takeKeyword('BEGIN')) begin.push(this.block());
      else if (this.takeKeyword('END')) end.push(this.block());
      else if (this.takeKeyword('function') || this.takeKeyword('func')) this.functionDefinition();
      else rules.push(this.rule());
    }
    for (const name of this.called)
      if (!this.functions.has(name))
        throw new AwkSyntaxError(`line ${this.token.line}: function ${name} never defined`);
    return { begin, end, rules, functions: this.functions };
  }

  private rule(): Rule {
    const pattern: Expr[] = [];
    if (!this.is('{')) {
      pattern.push(this.expression());
      if (this.takeSign(',')) {
        this.skipNewlines();
        pattern.push(this.expression());
      }
    }
    this.inRule = true;
    const body = this.is('{') ? this.block() : undefined;
    this.inRule = false;
    return { pattern, body };
  }

  private functionDefinition(): void {
    const name = this.token.text;
    if (this.token.kind !== 'name' && this.token.kind !== 'call') throw this.unexpected();
    this.advance();
    this.expect('(');
    const parameters: string[] = [];
    while (!this.is(')')) {
      if (this.token.kind !== 'name') throw this.unexpected();
      parameters.push(this.token.text);
      this.advance();
      if (!this.takeSign(',')) break;
      this.skipNewlines();
    }
    this.expect(')');
    this.skipNewlines();
    this.inFunction = true;
    this.inRule = true;
    const body = this.block();
    this.inFunction = false;
    this.inRule = false;
    this.functions.set(name, { name, parameters, body });
  }

  private block(): Statement {
    this.expect('{');
    const body: Statement[] = [];
    for (this.skipTerminators(); !this.is('}'); this.skipTerminators()) {
      if (this.token.kind === 'end') throw new AwkSyntaxError(`line ${this.token.line}: missing } near end of file`);
      body.push(this.statement());
    }
    this.expect('}');
    return { kind: 'block', body };
  }

  /** The statement a condition or loop governs; a lone `;` is none. */
  private governed(): Statement {
    this.skipNewlines();
    if (this.takeSign(';')) return { kind: 'block', body: [] };
    return this.statement();
  }

  private statement(): Statement {
    if (this.is('{')) return this.block();
    if (this.token.kind === 'keyword') {
      switch (this.token.text) {
        case 'if':
          return this.ifStatement();
        case 'while': {
          this.advance();
          const test = this.parenthesized();
          if (this.takeSign(';')) return { kind: 'while', test, body: { kind: 'block', body: [] } };
          return { kind: 'while', test, body: this.governed() };
        }
        case 'do':
          return this.doStatement();
        case 'for':
          return this.forStatement();
      }
    }
    const statement = this.simple();
    this.endOfStatement();
    return statement;
  }

  private ifStatement(): Statement {
    this.advance();
    const test = this.parenthesized();
    const yes = this.governed();
    const mark = this.position;
    this.skipTerminators();
    if (this.takeKeyword('else')) return { kind: 'if', test, yes, no: this.governed() };
    this.position = mark;
    return { kind: 'if', test, yes, no: undefined };
  }

  private doStatement(): Statement {
    this.advance();
    const body = this.governed();
    this.skipTerminators();
    if (!this.takeKeyword('while')) throw this.unexpected();
    const test = this.parenthesized();
    this.endOfStatement();
    return { kind: 'do', test, body };
  }

  private forStatement(): Statement {
    this.advance();
    this.expect('(');
    const mark = this.position;
    const variable = this.forInVariable();
    if (variable) return { kind: 'for-in', ...variable, body: this.governed() };
    this.position = mark;
    const start = this.is(';') ? undefined : this.simple();
    this.expect(';');
    this.skipNewlines();
    const test = this.is(';') ? undefined : this.expression();
    this.expect(';');
    this.skipNewlines();
    const next = this.is(')') ? undefined : this.simple();
    this.expect(')');
    if (this.takeSign(';')) return { kind: 'for', start, test, next, body: { kind: 'block', body: [] } };
    return { kind: 'for', start, test, next, body: this.governed() };
  }

  private forInVariable(): { variable: LValue; array: string } | undefined {
    if (this.token.kind !== 'name') return undefined;
    const name = this.token.text;
    this.advance();
    if (!this.takeKeyword('in')) return undefined;
    const array = this.token.text;
    if (this.token.kind !== 'name') return undefined;
    this.advance();
    return this.takeSign(')') ? { variable: { kind: 'variable', name }, array } : undefined;
  }

  private parenthesized(): Expr {
    this.expect('(');
    const test = this.expression();
    this.expect(')');
    return test;
  }

  private simple(): Statement {
    if (this.token.kind !== 'keyword') return { kind: 'expression', value: this.expression() };
    const { text } = this.token;
    switch (text) {
      case 'print':
      case 'printf':
        return this.print(text);
      case 'next':
      case 'nextfile':
        if (!this.inRule) throw new AwkSyntaxError(`line ${this.token.line}: improper use of next`);
        this.advance();
        return { kind: text };
      case 'break':
      case 'continue':
        this.advance();
        return { kind: text };
      case 'return':
        if (!this.inFunction) throw new AwkSyntaxError(`line ${this.token.line}: return outside function body`);
        this.advance();
        return { kind: text, value: this.atEnd() ? undefined : this.expression() };
      case 'exit':
        this.advance();
        return { kind: text, value: this.atEnd() ? undefined : this.expression() };
      case 'delete':
        return this.deletion();
      default:
        return { kind: 'expression', value: this.expression() };
    }
  }

  private deletion(): Statement {
    this.advance();
    const array = this.token.text;
    if (this.token.kind !== 'name') throw this.unexpected();
    this.advance();
    if (!this.takeSign('[')) return { kind: 'delete', array, index: undefined };
    const index = this.list(']');
    this.expect(']');
    return { kind: 'delete', array, index };
  }

  private print(kind: 'print' | 'printf'): Statement {
    this.advance();
    let args: readonly Expr[] = [];
    if (!this.atEnd() && !this.is('>') && !this.is('>>') && !this.is('|')) args = this.printArguments();
    const sign = this.token.kind === 'sign' ? this.token.text : '';
    let to: Redirection | undefined;
    if (sign === '>' || sign === '>>' || sign === '|') {
      this.advance();
      to = { kind: sign, target: this.withoutComparison(() => this.expression()) };
    }
    return { kind, args, to };
  }

  /** In parentheses a `>` compares; outside it redirects. */
  private printArguments(): readonly Expr[] {
    const args = this.withoutComparison(() => {
      const items = [this.expression()];
      while (this.takeSign(',')) {
        this.skipNewlines();
        items.push(this.expression());
      }
      return items;
    });
    const [only] = args;
    return args.length === 1 && only?.kind === 'group' ? only.items : args;
  }

  private atEnd(): boolean {
    return this.token.kind === 'newline' || this.token.kind === 'end' || this.is(';') || this.is('}');
  }

  private endOfStatement(): void {
    if (this.takeSign(';') || this.is('}')) return;
    if (this.token.kind === 'newline') {
      this.advance();
      return;
    }
    if (this.token.kind === 'end') return;
    throw this.unexpected();
  }
}
