import type { ParameterExpansionPart, ParameterOperation, Word } from 'unbash';
import type { Waiting } from '../../kernel/wait.js';
import { CommandFailure } from '../state/failures.js';
import type { Shell } from '../state/shell.js';
import type { WordBuilder } from './builder.js';
import type { WordContext } from './compile-word.js';
import type { CompiledOperation } from './operations.js';
import { applyOperation, isUnset } from './operations.js';
import type { ParameterValue } from './parameters.js';
import { parameterOf, refuseUnset, scalarOf, subscriptsOf } from './parameters.js';
import { firstSeparator, putValue } from './put-value.js';
import type { CompiledWord, Piece } from './word.js';
import { expandSingle } from './word.js';

type CompileWord = (word: Word, context: WordContext) => CompiledWord;

/** Compiles `${…}`. */
export function compileParameter(part: ParameterExpansionPart, context: WordContext, compile: CompileWord): Piece {
  const { quoted } = context;
  const { parameter: name, prefix, operation } = part;
  if (!prefix && !part.index && !operation && name !== '@' && name !== '*' && name !== '') {
    return { waits: false, put: (shell, builder) => putScalar(shell, builder, name, quoted) };
  }
  const bad =
    name === '' ||
    operation?.type === 'Unknown' ||
    (operation?.type === 'Transform' && !/^[QEPAKakUuL]$/.test(operation.operand.text));
  if (bad) {
    const { text } = part;
    return {
      waits: false,
      put: () => {
        throw new CommandFailure(`${text}: bad substitution`, 1, 'line');
      },
    };
  }
  if (
    prefix === '!' ||
    part.index ||
    /^(?:CaseModification|Transform|Names|Slice|Replace)$/.test(operation?.type ?? '')
  )
    return notEverywhere(part, new Expansion(part, context, compile));
  const expansion = new Expansion(part, context, compile);
  if (expansion.waits) return { waits: true, put: (shell, builder) => expansion.put(shell, builder) };
  return { waits: false, put: (shell, builder) => runNow(expansion.put(shell, builder)) };
}

/** An expansion of bash's that other shells refuse; busybox's ash knows slices and replacements. */
function notEverywhere(part: ParameterExpansionPart, expansion: Expansion): Piece {
  const sliced = !part.index && part.prefix !== '!' && /^(?:Slice|Replace)$/.test(part.operation?.type ?? '');
  const refuse = ({ dialect }: Shell) => {
    if (dialect && !(sliced && dialect.slices)) throw new CommandFailure(`${part.text}: bad substitution`, 2, 'shell');
  };
  const put = (shell: Shell, builder: WordBuilder) => {
    refuse(shell);
    return expansion.put(shell, builder);
  };
  return expansion.waits
    ? { waits: true, put }
    : { waits: false, put: (shell, builder) => runNow(put(shell, builder)) };
}

function putScalar(shell: Shell, builder: WordBuilder, name: string, quoted: boolean): void {
  const value = scalarOf(shell, name);
  if (value === undefined) refuseUnset(shell, name);
  else if (quoted) builder.quoted(value);
  else builder.split(value);
}

/** Runs steps of which none waits. */
function runNow<T>(steps: Waiting<T>): T {
  const step = steps.next();
  if (!step.done) throw new Error('a word that cannot wait has waited');
  return step.value;
}

class Expansion {
  readonly waits: boolean;
  private readonly index: CompiledWord | undefined;
  private readonly operation: CompiledOperation | undefined;

  constructor(
    private readonly part: ParameterExpansionPart,
    private readonly context: WordContext,
    compile: CompileWord,
  ) {
    const plain = { ...context, quoted: false, operand: false, assignment: false };
    this.index =
      part.index && part.index.text !== '@' && part.index.text !== '*'
        ? compile(part.index, { ...plain, quoted: !/["']/.test(part.index.text) })
        : undefined;
    this.operation = part.operation && compileOperation(part.operation, context, compile);
    this.waits = (this.index?.waits ?? false) || (this.operation?.words.some((word) => word?.waits) ?? false);
  }

  *put(shell: Shell, builder: WordBuilder): Waiting<void> {
    const { part, operation } = this;
    const { quoted } = this.context;
    if (part.prefix === '!' && (operation?.type === 'Names' || (part.index && !this.index && !operation))) {
      return this.putNames(shell, builder);
    }
    // Of a nameref it is the name that it refers to.
    const reference = part.prefix === '!' && !part.index ? shell.variables.raw(part.parameter) : undefined;
    if (reference?.has('n')) return putValue(shell, builder, { kind: 'one', value: reference.value }, quoted);
    let name = part.parameter;
    let subscript = this.index ? yield* this.subscript(shell, name) : part.index?.text;
    if (part.prefix === '!') ({ name, subscript } = this.indirect(shell, name, subscript));
    let value = parameterOf(shell, name, subscript);
    if (part.prefix === '#') return this.putLength(shell, builder, value, name);
    const shown = subscript === undefined ? name : `${name}[${this.index?.source ?? subscript}]`;
    if (operation?.type === 'Default') {
      const assign = (text: string) =>
        subscript === undefined ? shell.variables.set(name, text) : shell.variables.setElement(name, subscript, text);
      if (yield* this.putDefault(shell, builder, value, shown, assign)) return;
    } else {
      if (
        isUnset(value) &&
        value.kind === 'one' &&
        !(operation?.type === 'Transform' && 'aA'.includes(operation.operator))
      )
        refuseUnset(shell, shown);
      if (operation) value = yield* applyOperation(shell, value, operation, { name, subscript, shown });
    }
    putValue(shell, builder, value, quoted);
  }

  private *subscript(shell: Shell, name: string): Waiting<string> {
    const index = this.index as CompiledWord;
    const text = yield* expandSingle(shell, index);
    const target = shell.variables.resolve(name).name;
    if (shell.variables.find(target)?.associative) return text;
    if (text.trim() === '') throw new CommandFailure(`${this.part.text.slice(2, -1)}: bad array subscript`);
    return text;
  }

  /** `${!name}`: the parameter that the value names. */
  private indirect(
    shell: Shell,
    name: string,
    subscript: string | undefined,
  ): { name: string; subscript: string | undefined } {
    const given = parameterOf(shell, name, subscript);
    const target = given.kind === 'one' ? given.value : given.values.join(' ');
    if (target === undefined) throw new CommandFailure(`${name}: invalid indirect expansion`, 1, 'line');
    const element = /^([A-Za-z_]\w*)\[(.*)\]$/s.exec(target);
    if (element) return { name: element[1] as string, subscript: element[2] as string };
    if (!/^(?:[A-Za-z_]\w*|\d+|[@*#?$!-])$/.test(target))
      throw new CommandFailure(`${target}: invalid variable name`, 1, 'line');
    return { name: target, subscript: undefined };
  }

  private putNames(shell: Shell, builder: WordBuilder): void {
    const { part, operation } = this;
    const { quoted } = this.context;
    if (operation?.type === 'Names') {
      const values = shell.variables
        .names()
        .filter((name) => name.startsWith(part.parameter) && shell.variables.raw(name)?.isSet);
      return putValue(shell, builder, { kind: 'many', values, star: operation.operator === '*' }, quoted);
    }
    const values = subscriptsOf(shell, part.parameter);
    putValue(shell, builder, { kind: 'many', values, star: part.index?.text === '*' }, quoted);
  }

  private putLength(shell: Shell, builder: WordBuilder, value: ParameterValue, name: string): void {
    if (value.kind === 'one' && value.value === undefined) refuseUnset(shell, name);
    const length = value.kind === 'many' ? value.values.length : [...(value.value ?? '')].length;
    putValue(shell, builder, { kind: 'one', value: String(length) }, this.context.quoted);
  }

  /** `:-`, `=`, `:?`, `+` …; true when the operand took the value's place, or nothing is left to put. */
  private *putDefault(
    shell: Shell,
    builder: WordBuilder,
    value: ParameterValue,
    shown: string,
    assign: (text: string) => void,
  ): Waiting<boolean> {
    const { operator, words } = this.operation as CompiledOperation;
    const operand = words[0] as CompiledWord;
    const missing = isUnset(value) || (operator.startsWith(':') && textOf(shell, value) === '');
    const action = operator.at(-1);
    if (action === '+') {
      if (!missing) yield* putPieces(shell, builder, operand);
      return true;
    }
    if (!missing) return false;
    if (action === '-') yield* putPieces(shell, builder, operand);
    else if (action === '=') {
      const text = yield* expandSingle(shell, operand);
      assign(text);
      putValue(shell, builder, { kind: 'one', value: text }, this.context.quoted);
    } else {
      const text = yield* expandSingle(shell, operand);
      throw new CommandFailure(
        `${shown}: ${text || (operator === ':?' ? 'parameter null or not set' : 'parameter not set')}`,
        127,
        'shell',
      );
    }
    return true;
  }
}

function textOf(shell: Shell, value: ParameterValue): string {
  return value.kind === 'one' ? (value.value ?? '') : value.values.join(value.star ? firstSeparator(shell) : ' ');
}

function* putPieces(shell: Shell, builder: WordBuilder, word: CompiledWord): Waiting<void> {
  for (const piece of word.pieces) {
    if (piece.waits) yield* piece.put(shell, builder);
    else piece.put(shell, builder);
  }
}

function compileOperation(
  operation: ParameterOperation,
  context: WordContext,
  compile: CompileWord,
): CompiledOperation {
  const operand = { ...context, operand: !context.quoted, assignment: false };
  const plain = { ...context, quoted: false, operand: false, assignment: false };
  const one = (word: Word | undefined, where: WordContext) => word && compile(word, where);
  const { type, operator } = operation;
  switch (operation.type) {
    case 'Default':
      return { type, operator, words: [one(operation.operand, operand)] };
    case 'Remove':
      return { type, operator, words: [one(operation.operand, plain)] };
    case 'CaseModification':
      return { type, operator, words: [one(operation.operand, plain)] };
    case 'Replace':
      return { type, operator, words: [one(operation.pattern, plain), one(operation.replacement, plain)] };
    case 'Slice':
      return {
        type,
        operator,
        words: [one(operation.offset, { ...plain, quoted: true }), one(operation.length, { ...plain, quoted: true })],
      };
    case 'Transform':
      return { type, operator: operation.operand.text, words: [] };
    default:
      return { type, operator, words: [] };
  }
}
