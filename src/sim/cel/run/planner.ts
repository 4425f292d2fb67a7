/** Checked expressions as programs: closures that hold what is known before they run. */

import { readPattern } from '../../api/go-pattern.js';
import type { Checked, Reference } from '../check/checker.js';
import type { Environment } from '../environment.js';
import type { Call, Comprehension, ListNode, MapNode, Node, StructNode } from '../syntax/ast.js';
import { DYN } from '../types.js';
import { CelError, CelList, Optional, TypeValue, Uint, type Value } from '../values.js';
import { ArrayList, EntryMap, GrowingList, keyOf, valuesOf } from './collections.js';
import { dispatcher } from './dispatch.js';
import { charge, type Frame, type Step } from './frame.js';
import { NO_OVERLOAD } from './mistakes.js';
import { follow, type Qualifier } from './qualify.js';
import { built, caller, either, equality, logical, loop } from './steps.js';
import { goTypeName, valueText } from './text.js';

/** A program that can not be made, though the expression is right. */
export class PlanError extends Error {}

/** A part of a program, with what others may make of it. */
interface Plan {
  readonly run: Step;
  /** The value, where it is known already. */
  readonly constant?: { readonly value: Value };
  /** Of a variable or a part of a value: how it is found without what reading it costs. */
  readonly attribute?: Attribute;
}

interface Attribute {
  readonly base: Step;
  readonly qualifiers: readonly Qualifier[];
  /** What reading it costs beside its qualifiers. */
  readonly own: number;
}

const CONVERSIONS: ReadonlySet<string> = new Set([
  'bool',
  'bytes',
  'double',
  'duration',
  'dyn',
  'int',
  'string',
  'timestamp',
  'type',
  'uint',
]);
const LIST_COST = 10;
const MAP_COST = 30;
const STRUCT_COST = 40;

/** Makes one program. */
export class Planner {
  private readonly scopes: Map<string, { slot: number; init?: Step }>[] = [];
  private slots = 0;

  constructor(
    private readonly checked: Checked,
    private readonly environment: Environment,
  ) {}

  /** The program, and how many variables its loops need. */
  plan(): { run: Step; slots: number } {
    const { run } = this.node(this.checked.root);
    return { run, slots: this.slots };
  }

  private node(node: Node): Plan {
    switch (node.kind) {
      case 'literal':
        return constant(node.value);
      case 'ident':
        return this.named(node, this.checked.references.get(node)?.name ?? node.name);
      case 'select':
        return this.select(node);
      case 'call':
        return this.call(node);
      case 'list':
        return this.list(node);
      case 'map':
        return this.map(node);
      case 'struct':
        return this.struct(node);
      case 'comprehension':
        return this.comprehension(node);
    }
  }

  private named(node: Node, name: string): Plan {
    for (let at = this.scopes.length - 1; at >= 0; at -= 1) {
      const local = this.scopes[at]?.get(name);
      if (local) return attribute({ base: localVariable(local), qualifiers: [], own: 1 });
    }
    const type = this.checked.types.get(node);
    if (type?.kind === 'type' && this.environment.variable(name) === undefined) {
      return constant(new TypeValue(type.params[0] ?? DYN));
    }
    const missing = new CelError(`no such attribute(s): ${name}`);
    const base: Step = ({ variables }) => (Object.hasOwn(variables, name) ? (variables[name] as Value) : missing);
    return attribute({ base, qualifiers: [], own: 1 });
  }

  private select(node: Node & { kind: 'select' }): Plan {
    const reference = this.checked.references.get(node);
    if (reference) return this.named(node, reference.name);
    const key: Step = () => node.field;
    return this.part(this.node(node.operand), { key, optional: false, test: node.test });
  }

  /** A value's part; parts of parts become one row of qualifiers. */
  private part(operand: Plan, qualifier: Qualifier): Plan {
    const holder = operand.attribute ?? { base: operand.run, qualifiers: [], own: 1 };
    const { own } = holder;
    const found = { ...holder, qualifiers: [...holder.qualifiers, qualifier] };
    if (!qualifier.test) return attribute(found);
    // The server takes the cost of the variable back, and has none to take back where the holder is a choice.
    return tested({ ...found, own: own - 1 });
  }

  private call(node: Call): Plan {
    const reference = this.checked.references.get(node) ?? { name: node.name };
    const nodes = node.target && !reference.namespaced ? [node.target, ...node.args] : node.args;
    const { name } = reference;
    if (name === '_[_]' || name === '_[?_]' || name === '_?._') return this.index(nodes, name !== '_[_]');
    const args = nodes.map((arg) => this.node(arg));
    const steps = args.map(({ run }) => run);
    switch (name) {
      case '_&&_':
        return { run: logical(steps, false) };
      case '_||_':
        return { run: logical(steps, true) };
      case '_?_:_':
        return conditional(args);
      case '_==_':
        return { run: equality(steps, true) };
      case '_!=_':
        return { run: equality(steps, false) };
      default:
        return this.function(reference, args, steps);
    }
  }

  private index([operand, key]: readonly Node[], optional: boolean): Plan {
    const holder = this.node(operand as Node);
    const by = this.node(key as Node);
    if (by.constant && !isKey(by.constant.value)) {
      throw new PlanError(`invalid qualifier type: ${goTypeName(by.constant.value)}`);
    }
    const step = by.attribute ? resolver(by.attribute) : by.run;
    return this.part(holder, { key: keyStep(step), optional, test: false });
  }

  private function({ name, overloads = [] }: Reference, args: readonly Plan[], steps: readonly Step[]): Plan {
    const declaration = this.environment.function(name);
    if (!declaration) throw new PlanError(`no such overload: ${name}`);
    const only = overloads.length === 1 ? (overloads[0] ?? '') : '';
    const pattern = patternMistake(name, args);
    if (pattern !== undefined) throw new PlanError(pattern);
    if (only === 'optional_or_optional' || (name === 'or' && only === '')) return { run: either(steps, true) };
    if (only === 'optional_orValue_value' || (name === 'orValue' && only === '')) return { run: either(steps, false) };
    if (only === 'in_list') {
      const member = membership(args);
      if (member) return member;
    }
    const apply = dispatcher(name, declaration, only);
    if (args.length === 1 && args[0]?.constant && CONVERSIONS.has(name)) return folded(apply([args[0].constant.value]));
    const lazy = args.length > 2 || (only === '' && !declaration.run && declaration.overloads.length > 1);
    return { run: caller(name, only, steps, apply, lazy) };
  }

  private list({ elements, optional }: ListNode): Plan {
    const plans = elements.map((element) => this.node(element));
    const make = (frame: Frame): Value => {
      const values: Value[] = [];
      for (let at = 0; at < plans.length; at += 1) {
        const value = plans[at]?.run(frame) as Value;
        if (value instanceof CelError) return value;
        if (!optional.has(at)) values.push(value);
        else if (!(value instanceof Optional)) return optionalMistake('list element', value);
        else if (value.value !== undefined) values.push(value.value);
      }
      return new ArrayList(values);
    };
    return plans.every((plan) => plan.constant) ? constant(make(EMPTY)) : { run: built(make, LIST_COST) };
  }

  private map({ entries }: MapNode): Plan {
    const plans = entries.map(({ key, value, optional }) => ({
      key: this.node(key),
      value: this.node(value),
      optional,
    }));
    const make = (frame: Frame): Value => {
      const made: [Value, Value][] = [];
      for (const { key, value, optional } of plans) {
        const name = key.run(frame);
        if (name instanceof CelError) return name;
        const given = value.run(frame);
        if (given instanceof CelError) return given;
        if (!optional) made.push([name, given]);
        else if (!(given instanceof Optional)) return optionalMistake(`entry '${valueText(name)}'`, given);
        else if (given.value !== undefined) made.push([name, given.value]);
      }
      return new EntryMap(made);
    };
    const known = plans.every(({ key, value }) => key.constant && value.constant);
    return known ? constant(make(EMPTY)) : { run: built(make, MAP_COST) };
  }

  private struct(node: StructNode): Plan {
    const name = this.checked.references.get(node)?.name ?? node.type;
    const create = this.environment.object(name)?.create;
    const fields = node.fields.map((field) => ({ ...field, plan: this.node(field.value) }));
    const make = (frame: Frame): Value => {
      const made = new Map<string, Value>();
      for (const field of fields) {
        const value = field.plan.run(frame);
        if (value instanceof CelError) return value;
        if (!field.optional) made.set(field.name, value);
        else if (!(value instanceof Optional)) return optionalMistake(`entry '${field.name}'`, value);
        else if (value.value !== undefined) made.set(field.name, value.value);
      }
      return create ? create(made) : new CelError(`unknown type '${name}'`);
    };
    return { run: built(make, STRUCT_COST) };
  }

  private slot(): number {
    this.slots += 1;
    return this.slots - 1;
  }

  private comprehension(node: Comprehension): Plan {
    const init = this.node(node.init).run;
    const range = this.node(node.range).run;
    const accumulator = { slot: this.slot(), init };
    const variable = this.slot();
    const second = node.second === undefined ? undefined : this.slot();
    this.scopes.push(new Map([[node.accumulator, accumulator]]));
    const names = new Map([[node.variable, { slot: variable }]]);
    if (node.second !== undefined && second !== undefined) names.set(node.second, { slot: second });
    this.scopes.push(names);
    const condition = this.node(node.condition).run;
    const step = this.node(node.step).run;
    this.scopes.pop();
    const result = this.node(node.result).run;
    this.scopes.pop();
    return { run: loop({ range, accumulator: accumulator.slot, variable, second, condition, step, result }) };
  }
}

/** A frame for what is worked out before any evaluation. */
const EMPTY: Frame = { cost: 0, limit: Number.POSITIVE_INFINITY, variables: {}, slots: [] };

function constant(value: Value): Plan {
  return { run: () => value, constant: { value } };
}

function folded(value: Value): Plan {
  if (value instanceof CelError) throw new PlanError(value.message);
  return constant(value);
}

function resolver({ base, qualifiers }: Attribute): Step {
  return qualifiers.length === 0 ? base : (frame) => follow(frame, base(frame), qualifiers);
}

function attribute(found: Attribute): Plan {
  const resolve = resolver(found);
  const run: Step = (frame) => {
    const value = resolve(frame);
    charge(frame, found.own);
    return value;
  };
  return { run, attribute: found };
}

function tested(found: Attribute): Plan {
  const { run } = attribute(found);
  const test: Step = (frame) => {
    const value = run(frame);
    return value instanceof Optional ? value.value !== undefined : value;
  };
  return { run: test, attribute: found };
}

function localVariable({ slot, init }: { slot: number; init?: Step }): Step {
  if (!init) return ({ slots }) => slots[slot] as Value;
  return (frame) => {
    const known = frame.slots[slot];
    if (known !== undefined) return known;
    const value = init(frame);
    const begun = value instanceof CelList && value.size === 0 ? new GrowingList([], 0) : value;
    frame.slots[slot] = begun;
    return begun;
  };
}

/** A key that a value can have; others are an error in Go's words. */
function keyStep(step: Step): Step {
  return (frame) => {
    const key = step(frame);
    if (isKey(key) || key instanceof CelError) return key;
    return new CelError(`invalid qualifier type: ${goTypeName(key)}`);
  };
}

function isKey(value: Value): boolean {
  return value !== null && (typeof value !== 'object' || value instanceof Uint);
}

/** A choice; the variables it chooses between cost nothing to read. */
function conditional(args: readonly Plan[]): Plan {
  const [condition, yes, no] = args as [Plan, Plan, Plan];
  const branch = ({ attribute: found, run }: Plan) => (found ? resolver(found) : run);
  const whenTrue = branch(yes);
  const whenFalse = branch(no);
  const base: Step = (frame) => {
    const chosen = condition.run(frame);
    if (chosen === true) return whenTrue(frame);
    if (chosen === false) return whenFalse(frame);
    return chosen instanceof CelError ? chosen : NO_OVERLOAD;
  };
  return attribute({ base, qualifiers: [], own: 0 });
}

/** Whether a value is in a list that is known: looked up, which costs nothing. */
function membership([value, list]: readonly Plan[]): Plan | undefined {
  const known = list?.constant?.value;
  if (!value || !(known instanceof CelList)) return undefined;
  if (known.size === 0) return constant(false);
  const elements = valuesOf(known);
  const isPlain = (element: Value) => element !== null && (typeof element !== 'object' || keyOf(element) !== element);
  if (!elements.every((element) => isPlain(element) || element === null)) return undefined;
  const keys = new Set(elements.map(keyOf));
  const run: Step = (frame) => {
    const wanted = value.run(frame);
    return wanted instanceof CelError ? wanted : keys.has(keyOf(wanted));
  };
  return { run };
}

/** A pattern that is written out must be one. */
function patternMistake(name: string, args: readonly Plan[]): string | undefined {
  if (name !== 'matches' && name !== 'find' && name !== 'findAll') return undefined;
  const pattern = args[1]?.constant?.value;
  if (typeof pattern !== 'string') return undefined;
  const read = readPattern(pattern);
  return typeof read === 'string' ? read : undefined;
}

function optionalMistake(what: string, value: Value): CelError {
  return new CelError(`cannot initialize optional ${what} from non-optional value ${valueText(value)}`);
}
