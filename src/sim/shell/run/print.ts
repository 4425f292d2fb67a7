import type { CaseItem, CompoundList, If, Pipeline, Redirection, Statement, SyntaxNode, TestExpression } from 'unbash';

/** Writes commands as bash writes them in `declare -f` and `type`; words stay as they were written. */
export class CommandPrinter {
  constructor(
    private readonly source: string,
    private readonly multiline = true,
  ) {}

  /** A function's definition: `name () { … }`. */
  definition(name: string, body: SyntaxNode): string {
    const block = body.type === 'BraceGroup' ? this.group(body.body, 0) : `{ \n    ${this.node(body, 1)}\n}`;
    if (body.type === 'Redirected' && body.command.type === 'BraceGroup')
      return `${name} () \n${this.group(body.command.body, 0)}${this.redirects(body.redirects)}`;
    return `${name} () \n${block}`;
  }

  /** Any command. */
  node(node: SyntaxNode, depth: number): string {
    switch (node.type) {
      case 'Statement':
        return this.node(node.command, depth);
      case 'AndOr':
        return node.commands
          .map((part, at) => (at === 0 ? '' : ` ${node.operators[at - 1]} `) + this.node(part, depth))
          .join('');
      case 'Pipeline':
        return this.pipeline(node, depth);
      case 'Redirected':
        return this.node(node.command, depth) + this.redirects(node.redirects);
      case 'BraceGroup':
        return this.group(node.body, depth);
      case 'Subshell':
        return `( ${this.list(node.body.commands, depth, false)} )`;
      case 'If':
        return this.conditional(node, depth, 'if');
      case 'While':
        return `${node.kind} ${this.inline(node.clause, depth)}; do${this.block(node.body, depth)}${this.indent(depth)}done`;
      case 'For':
      case 'Select':
        return `${node.type.toLowerCase()} ${node.name.text} in ${node.wordlist ? node.wordlist.map((word) => word.text).join(' ') : '"$@"'};${this.indent(depth)}do${this.block(node.body, depth)}${this.indent(depth)}done`;
      case 'ArithmeticFor': {
        const part = (inner: { pos: number; end: number } | undefined) => (inner ? this.text(inner) : '1');
        return `for ((${part(node.initialize)}; ${part(node.test)}; ${part(node.update)}))${this.indent(depth)}do${this.block(node.body, depth)}${this.indent(depth)}done`;
      }
      case 'Case':
        return `case ${node.word.text} in ${node.items.map((item) => this.caseItem(item, depth + 1)).join('')}${this.indent(depth)}esac`;
      case 'TestCommand':
        return `[[ ${this.test(node.expression)} ]]`;
      case 'ArithmeticCommand':
        return `((${node.body}))`;
      case 'Function': {
        const body = this.definition(node.name.text, node.body).replace(/\n/g, `\n${'    '.repeat(depth)}`);
        return `function ${body}`;
      }
      case 'Command':
        return this.simple(node);
      case 'Coproc':
        return `coproc ${node.name?.text ?? 'COPROC'} ${this.node(node.body, depth)}`;
      default:
        return this.text(node);
    }
  }

  private text(node: { pos: number; end: number }): string {
    return this.source.slice(node.pos, node.end);
  }

  private indent(depth: number): string {
    return this.multiline ? `\n${'    '.repeat(depth)}` : ' ';
  }

  private simple(node: Extract<SyntaxNode, { type: 'Command' }>): string {
    const prefix = node.prefix.filter((part) => part.type === 'Assignment').map((part) => part.text);
    const words = [...prefix, ...(node.name ? [node.name.text] : []), ...node.args.map((part) => part.text)];
    return words.join(' ') + this.redirects(node.redirects, words.length === 0);
  }

  private redirects(redirections: readonly Redirection[], first = false): string {
    const texts = redirections.map((one) => this.redirection(one));
    const joined = texts.join(' ');
    return joined === '' ? '' : first ? joined : ` ${joined}`;
  }

  private redirection(one: Redirection): string {
    const { descriptor } = one;
    const head =
      descriptor === undefined
        ? ''
        : descriptor.type === 'FileDescriptor'
          ? String(descriptor.value)
          : `{${descriptor.name}}`;
    if (one.type === 'HereDoc')
      return `${head}${one.operator}${one.delimiter?.text ?? ''}\n${one.body.text}${one.delimiter?.value ?? ''}\n`;
    const space = one.operator === '>&' || one.operator === '<&' ? '' : ' ';
    const number =
      head === '' && one.operator === '>&' && /^\d/.test(one.target?.text ?? '')
        ? '1'
        : head === '' && one.operator === '<&'
          ? '0'
          : head;
    return `${number}${one.operator}${space}${one.target?.text ?? ''}`;
  }

  private pipeline(node: Pipeline, depth: number): string {
    const prefix = node.prefixes
      .map((one) => (one.type === 'Negation' ? '! ' : one.posix ? 'time -p ' : 'time '))
      .join('');
    const members = node.commands.map(
      (part, at) => (at === 0 ? '' : node.operators[at - 1] === '|&' ? ' 2>&1 | ' : ' | ') + this.node(part, depth),
    );
    return prefix + members.join('');
  }

  private group(body: CompoundList, depth: number): string {
    if (!this.multiline) return `{ ${this.list(body.commands, depth, false)}; }`;
    return `{ ${this.block(body, depth, true)}${this.indent(depth)}}`;
  }

  /** The commands of a body, each on its line. */
  private block(body: CompoundList, depth: number, bare = false): string {
    return `${this.indent(depth + 1)}${this.list(body.commands, depth + 1, true)}${bare ? '' : this.endOf(body)}`;
  }

  private endOf(body: CompoundList): string {
    return body.commands.at(-1)?.background ? '' : ';';
  }

  private list(statements: readonly Statement[], depth: number, lines: boolean): string {
    return statements
      .map((statement, at) => {
        const text = this.node(statement, depth);
        const end = statement.background ? ' &' : at < statements.length - 1 && !text.endsWith('\n') ? ';' : '';
        const gap = at === statements.length - 1 ? '' : lines || this.multiline ? this.indent(depth) : ' ';
        return text + end + gap;
      })
      .join('');
  }

  private inline(body: CompoundList, depth: number): string {
    return this.list(body.commands, depth, false);
  }

  private conditional(node: If, depth: number, word: string): string {
    let text = `${word} ${this.inline(node.clause, depth)}; then${this.block(node.then, depth)}`;
    let level = depth;
    for (const branch of node.elif) {
      text += `${this.indent(level)}else${this.indent(level + 1)}if ${this.inline(branch.clause, level + 1)}; then${this.block(branch.then, level + 1)}`;
      level += 1;
    }
    if (node.else) text += `${this.indent(level)}else${this.block(node.else, level)}`;
    for (; level > depth; level -= 1) text += `${this.indent(level)}fi;`;
    return `${text}${this.indent(depth)}fi`;
  }

  private caseItem(item: CaseItem, depth: number): string {
    const patterns = item.pattern.map((word) => word.text).join(' | ');
    const body =
      item.body.commands.length > 0 ? this.indent(depth + 1) + this.list(item.body.commands, depth + 1, true) : '';
    return `${this.indent(depth)}${patterns})${body}${this.indent(depth)}${item.terminator ?? ';;'}`;
  }

  private test(node: TestExpression): string {
    switch (node.type) {
      case 'TestLogical':
        return node.operands.map((operand) => this.test(operand)).join(` ${node.operator} `);
      case 'TestNot':
        return `! ${this.test(node.operand)}`;
      case 'TestGroup':
        return `( ${this.test(node.expression)} )`;
      case 'TestUnary':
        return `${node.operator} ${node.operand.text}`;
      default:
        return `${node.left.text} ${node.operator} ${node.right.text}`;
    }
  }
}
