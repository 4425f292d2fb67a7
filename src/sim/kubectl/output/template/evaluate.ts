import { goQuote } from '../../../api/go-text.js';
import { isJsonObject } from '../../../api/object.js';
import { OutputError } from '../../../api/output-error.js';
import { FUNCTIONS, type TemplateFunction } from './functions.js';
import { fieldOf } from './index-value.js';
import { type AnyNode, type Command, nodeText, type Operand, type Pipe } from './nodes.js';
import type { TemplateSet } from './parser.js';
import { TEMPLATE_NAME } from './pipeline-parser.js';
import { boxed, isTrue, type MaybeValue, plain, typeName, unbox } from './value.js';

export interface ExecuteOptions {
  readonly allowMissingKeys: boolean;
}

/** What stands for no argument coming through the pipe; nothing at all may come through it. */
const NO_INPUT = Symbol('no input');
type Input = MaybeValue | typeof NO_INPUT;

export interface Variable {
  readonly name: string;
  value: MaybeValue;
}

/** What all templates of one run have in common. */
export interface Shared {
  readonly text: string;
  readonly templates: TemplateSet;
  readonly options: ExecuteOptions;
  readonly out: string[];
  steps: number;
}

/** Finds the values of pipelines. Complaints name the node that was looked at last. */
export class Evaluation {
  protected readonly variables: Variable[];
  protected node: AnyNode | undefined;

  constructor(
    protected readonly shared: Shared,
    private readonly name: string,
    root: MaybeValue,
    protected readonly depth: number,
  ) {
    this.variables = [{ name: '$', value: root }];
  }

  protected fail(message: string): never {
    const node = this.node;
    if (node === undefined) throw new OutputError(`template: ${this.name}: ${message}`);
    const before = this.shared.text.slice(0, node.at);
    const line = before.split('\n').length;
    const column = Buffer.byteLength(before.slice(before.lastIndexOf('\n') + 1), 'utf8');
    const place = `${TEMPLATE_NAME}:${line}:${column}`;
    throw new OutputError(`template: ${place}: executing ${goQuote(this.name)} at <${nodeText(node)}>: ${message}`);
  }

  protected assign(name: string, value: MaybeValue): void {
    this.variable(name).value = value;
  }

  private variable(name: string): Variable {
    const variable = this.variables.findLast((each) => each.name === name);
    return variable ?? this.fail(`undefined variable: ${name}`);
  }

  protected pipe(dot: MaybeValue, pipe: Pipe): MaybeValue {
    this.node = pipe;
    let value: Input = NO_INPUT;
    for (const command of pipe.commands) value = unbox(this.command(dot, command, value));
    const result = value === NO_INPUT ? undefined : value;
    for (const name of pipe.variables) {
      if (pipe.isAssignment) this.assign(name, result);
      else this.variables.push({ name, value: result });
    }
    return result;
  }

  private command(dot: MaybeValue, command: Command, input: Input): MaybeValue {
    const [first, ...rest] = command.args;
    switch (first.type) {
      case 'identifier':
        this.node = first;
        return this.callFunction(dot, first.name, command, rest, input);
      case 'field':
      case 'chain':
      case 'variable':
        return this.operandWithArguments(dot, first, rest.length > 0 || input !== NO_INPUT);
      case 'pipe':
        this.refuseArguments(first, rest, input);
        return this.pipe(dot, first);
      case 'nil':
        this.node = first;
        this.refuseArguments(first, rest, input);
        return this.fail('nil is not a command');
      default:
        this.node = first;
        this.refuseArguments(first, rest, input);
        return this.operand(dot, first);
    }
  }

  private refuseArguments(first: Operand, rest: readonly Operand[], input: Input): void {
    if (rest.length > 0 || input !== NO_INPUT) this.fail(`can't give argument to non-function ${nodeText(first)}`);
  }

  private operandWithArguments(
    dot: MaybeValue,
    node: Extract<Operand, { type: 'field' | 'chain' | 'variable' }>,
    hasArguments: boolean,
  ): MaybeValue {
    this.node = node;
    let start = dot;
    if (node.type === 'variable') {
      start = this.variable(node.name).value;
      if (node.fields.length === 0 && hasArguments) this.fail(`can't give argument to non-function ${nodeText(node)}`);
    } else if (node.type === 'chain') {
      if (node.base.type === 'nil') this.fail(`indirection through explicit nil in ${nodeText(node)}`);
      start = this.operand(dot, node.base);
    }
    const last = node.fields.length - 1;
    return node.fields.reduce((value, field, i) => this.field(value, field, hasArguments && i === last), start);
  }

  private field(receiver: MaybeValue, name: string, hasArguments: boolean): MaybeValue {
    const strict = !this.shared.options.allowMissingKeys;
    if (receiver === undefined) {
      if (strict) this.fail(`nil data; no entry for key ${goQuote(name)}`);
      return undefined;
    }
    if (receiver.boxed && receiver.data === null) this.fail(`nil pointer evaluating interface {}.${name}`);
    if (!isJsonObject(receiver.data)) this.fail(`can't evaluate field ${name} in type ${typeName(receiver)}`);
    if (hasArguments) this.fail(`${name} is not a method but has arguments`);
    const found = fieldOf(receiver.data, name);
    if (found === undefined && strict) this.fail(`map has no entry for key ${goQuote(name)}`);
    return found === undefined ? undefined : boxed(found);
  }

  /** What an operand is when it stands as an argument. */
  private operand(dot: MaybeValue, node: Operand): MaybeValue {
    this.node = node;
    switch (node.type) {
      case 'dot':
        return dot;
      case 'nil':
        return undefined;
      case 'field':
      case 'chain':
      case 'variable':
        return this.operandWithArguments(dot, node, false);
      case 'pipe':
        return this.pipe(dot, node);
      case 'identifier':
        return this.callFunction(dot, node.name, { at: node.at, args: [node] }, [], NO_INPUT);
      case 'number':
        return plain(node.value, node.isFloat ? 'float64' : 'int');
      default:
        return plain(node.value);
    }
  }

  private callFunction(
    dot: MaybeValue,
    name: string,
    command: Command,
    args: readonly Operand[],
    input: Input,
  ): MaybeValue {
    const called = FUNCTIONS.get(name);
    if (called === undefined) this.fail(`${goQuote(name)} is not a defined function`);
    this.checkCount(name, called, args.length, input);
    if (name === 'and' || name === 'or') return this.shortCircuit(dot, name === 'or', args, input);
    const values = args.map((arg, i) => {
      if (i === 0 && called.takesString === true) return this.stringArgument(dot, arg);
      return this.operand(dot, arg);
    });
    if (input !== NO_INPUT)
      values.push(values.length === 0 && called.takesString === true ? this.asString(input) : input);
    try {
      if (name === 'call') throw notCallable(values, args);
      return called.call(values);
    } catch (error) {
      if (!(error instanceof OutputError)) throw error;
      this.node = { type: 'pipe', at: command.at, variables: [], isAssignment: false, commands: [command] };
      return this.fail(`error calling ${name}: ${error.message}`);
    }
  }

  private checkCount(name: string, called: TemplateFunction, written: number, input: Input): void {
    const given = written + (input === NO_INPUT ? 0 : 1);
    if (called.variadic ? given >= called.fixed : given === called.fixed) return;
    if (called.variadic) this.fail(`wrong number of args for ${name}: want at least ${called.fixed} got ${written}`);
    this.fail(`wrong number of args for ${name}: want ${called.fixed} got ${given}`);
  }

  private shortCircuit(dot: MaybeValue, stopsAt: boolean, args: readonly Operand[], input: Input): MaybeValue {
    let value: MaybeValue;
    for (const arg of args) {
      value = this.operand(dot, arg);
      if (isTrue(value) === stopsAt) return value;
    }
    return input === NO_INPUT ? value : input;
  }

  private stringArgument(dot: MaybeValue, arg: Operand): MaybeValue {
    if (arg.type === 'string') return this.operand(dot, arg);
    if (arg.type === 'nil') {
      this.node = arg;
      this.fail('cannot assign nil to string');
    }
    if (arg.type === 'number' || arg.type === 'bool') {
      this.node = arg;
      this.fail(`expected string; found ${nodeText(arg)}`);
    }
    return this.asString(this.operand(dot, arg));
  }

  private asString(value: MaybeValue): MaybeValue {
    if (value === undefined) this.fail('invalid value; expected string');
    if (typeof value.data === 'string') return value;
    if (value.boxed && value.data === null) this.fail('wrong type for value; expected string; got interface {}');
    this.fail(`wrong type for value; expected string; got ${value.type}`);
  }
}

function notCallable([value]: readonly MaybeValue[], [written]: readonly Operand[]): OutputError {
  const callee = unbox(value);
  if (callee === undefined) return new OutputError('call of nil');
  const piped = typeof callee.data === 'string' ? callee.data : `<${callee.type} Value>`;
  return new OutputError(`non-function ${written === undefined ? piped : nodeText(written)} of type ${callee.type}`);
}
