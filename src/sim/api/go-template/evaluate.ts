import { goQuote } from '../go-text.js';
import { type Arguments, callFunction } from './call-function.js';
import { fieldValue } from './field-value.js';
import { byteLength } from './go-bytes.js';
import type { GoFunction } from './go-types.js';
import { goInt, type MaybeValue, plain, unbox } from './go-values.js';
import { type Input, NO_INPUT } from './input.js';
import { type AnyNode, type Command, nodeText, type Operand, type Pipe, type Template } from './nodes.js';
import { TemplateError } from './template-error.js';

/** What a template that runs may use. */
export interface TemplateGroup {
  /** Of the group itself; complaints about a template it does not have name it. */
  readonly name: string;
  readonly templates: ReadonlyMap<string, Template>;
  /** What a name in a template calls; `and`, `or` and `call` are Go's own whatever stands here. */
  readonly functions: { get(name: string): GoFunction | undefined };
  /** What a key is that a map does not have: no value, the zero value of what the map holds, or a mistake. */
  readonly missingKey: 'invalid' | 'zero' | 'error';
}

export interface Variable {
  readonly name: string;
  value: MaybeValue;
}

/** Finds the values of pipelines. Complaints name the node that was looked at last. */
export class Evaluation {
  protected readonly variables: Variable[];
  /** What complaints name. */
  node: AnyNode | undefined;

  constructor(
    readonly group: TemplateGroup,
    readonly template: Template,
    root: MaybeValue,
  ) {
    this.variables = [{ name: '$', value: root }];
  }

  /** Ends the run with a complaint that names the place. */
  fail(message: string, cause?: TemplateError): never {
    const { node } = this;
    const { name, source } = this.template;
    if (node === undefined) throw new TemplateError(`template: ${name}: ${message}`, cause, true);
    const before = source.text.slice(0, node.at);
    const line = before.split('\n').length;
    const column = byteLength(before.slice(before.lastIndexOf('\n') + 1));
    const place = `template: ${source.name}:${line}:${column}: executing ${goQuote(name)} at <${nodeText(node)}>`;
    throw new TemplateError(`${place}: ${message}`, cause, true);
  }

  protected assign(name: string, value: MaybeValue): void {
    this.variable(name).value = value;
  }

  private variable(name: string): Variable {
    const variable = this.variables.findLast((each) => each.name === name);
    return variable ?? this.fail(`undefined variable: ${name}`);
  }

  /** The value of a pipeline, out of its interface; its variables are set. */
  pipe(dot: MaybeValue, pipe: Pipe): MaybeValue {
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
    const args: Arguments = { dot, written: rest, input };
    switch (first.type) {
      case 'identifier':
        return this.functionCall(first, command, args);
      case 'field':
      case 'chain':
      case 'variable':
        return this.fields(dot, first, args);
      case 'pipe':
        this.refuseArguments(first, args);
        return this.pipe(dot, first);
    }
    this.node = first;
    this.refuseArguments(first, args);
    return first.type === 'nil' ? this.fail('nil is not a command') : this.operand(dot, first);
  }

  private refuseArguments(first: Operand, { written, input }: Arguments): void {
    if (written.length > 0 || input !== NO_INPUT) this.fail(`can't give argument to non-function ${nodeText(first)}`);
  }

  private functionCall(
    node: Extract<Operand, { type: 'identifier' }>,
    command: Command | undefined,
    args: Arguments,
  ): MaybeValue {
    this.node = node;
    const called = this.group.functions.get(node.name);
    if (called === undefined) this.fail(`${goQuote(node.name)} is not a defined function`);
    const at: AnyNode =
      command === undefined
        ? node
        : { type: 'pipe', at: command.at, variables: [], isAssignment: false, commands: [command] };
    return callFunction(this, { name: node.name, called, node: at, receiver: NO_INPUT }, args);
  }

  private fields(
    dot: MaybeValue,
    node: Extract<Operand, { type: 'field' | 'chain' | 'variable' }>,
    args: Arguments,
  ): MaybeValue {
    this.node = node;
    let value = dot;
    if (node.type === 'variable') {
      value = this.variable(node.name).value;
      if (node.fields.length === 0) this.refuseArguments(node, args);
    } else if (node.type === 'chain') {
      if (node.base.type === 'nil') this.fail(`indirection through explicit nil in ${nodeText(node)}`);
      value = this.operand(dot, node.base);
    }
    const last = node.fields.length - 1;
    const none: Arguments = { dot, written: [], input: NO_INPUT };
    return node.fields.reduce((from, name, i) => fieldValue(this, from, name, node, i === last ? args : none), value);
  }

  /** What an operand is when it stands by itself. */
  operand(dot: MaybeValue, node: Operand): MaybeValue {
    this.node = node;
    const none: Arguments = { dot, written: [], input: NO_INPUT };
    switch (node.type) {
      case 'dot':
        return dot;
      case 'nil':
        return undefined;
      case 'field':
      case 'chain':
      case 'variable':
        return this.fields(dot, node, none);
      case 'pipe':
        return this.pipe(dot, node);
      case 'identifier':
        return this.functionCall(node, undefined, none);
      case 'number':
        return this.constant(node);
      default:
        return plain(node.value);
    }
  }

  private constant({ constant, text }: Extract<Operand, { type: 'number' }>): MaybeValue {
    if (constant.isFloat) return plain(constant.float);
    return constant.int === undefined ? this.fail(`${text} overflows int`) : plain(goInt(constant.int));
  }
}
