/** What an expression may cost at least and at most, by how large values can be: cel-go's checker/cost. */
import type { Checked } from '../check/checker.js';
import type { Estimate, SizeEstimator } from '../program.js';
import { characterCount } from '../run/sizes.js';
import { ACCUMULATOR, type Call, type Comprehension, type ListNode, type MapNode, type Node } from '../syntax/ast.js';
import { type CelType, DYN, isOptional } from '../types.js';
import { Uint } from '../values.js';
import { fixed, MOST, plus, times, UNKNOWN, union } from './amounts.js';
import { guessCall } from './call-estimates.js';
import { guessExtension } from './extension-estimates.js';
import type { CallEstimate, Estimator, Part } from './parts.js';
import { guessStandard } from './standard-estimates.js';

/** Sizes of what a list or map holds. */
interface EntrySize {
  readonly container: 'list' | 'map';
  readonly key: Estimate;
  readonly value: Estimate;
}

interface Local {
  readonly path: readonly string[];
  readonly size: Estimate | undefined;
  readonly entry: EntrySize | undefined;
}

const NOTHING = fixed(0);
const ONE = fixed(1);

/** What an expression may cost. */
export function estimateCost(checked: Checked, sizes: SizeEstimator = () => undefined): Estimate {
  return new Coster(checked, sizes).cost(checked.root);
}

class Coster implements Estimator {
  private readonly paths = new Map<Node, readonly string[]>();
  private readonly sizes = new Map<Node, Estimate>();
  private readonly entries = new Map<Node, EntrySize>();
  private readonly locals = new Map<string, Local[]>();

  constructor(
    private readonly checked: Checked,
    private readonly known: SizeEstimator,
  ) {}

  cost(node: Node): Estimate {
    switch (node.kind) {
      case 'literal':
        return NOTHING;
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
        return node.fields.reduce((sum, { value }) => plus(sum, this.cost(value)), fixed(40));
      case 'comprehension':
        return this.isBinding(node) ? this.binding(node) : this.loop(node);
    }
  }

  sizeOf(part: Part): Estimate {
    return part.size ?? this.known(part.path) ?? UNKNOWN;
  }

  element(list: Part): { type: CelType; size: Estimate } | undefined {
    const [type] = list.type.params;
    if (!type) return undefined;
    const path = list.path.length === 0 ? [] : [...list.path, '@items'];
    return { type, size: this.known(path) ?? UNKNOWN };
  }

  private typeOf(node: Node): CelType {
    return this.checked.types.get(node) ?? DYN;
  }

  private local(name: string): Local | undefined {
    return this.locals.get(name)?.at(-1);
  }

  private push(name: string, local: Local): void {
    this.locals.set(name, [...(this.locals.get(name) ?? []), local]);
  }

  private pop(name: string): void {
    this.locals.get(name)?.pop();
  }

  private named(node: Node, name: string): Estimate {
    this.paths.set(node, this.local(name)?.path ?? [name]);
    return ONE;
  }

  private select(node: Node & { kind: 'select' }): Estimate {
    const reference = this.checked.references.get(node);
    if (reference) return this.named(node, reference.name);
    const sum = this.cost(node.operand);
    if (node.test) return sum;
    this.paths.set(node, [...this.path(node.operand), node.field]);
    const { kind } = this.typeOf(node.operand);
    return kind === 'map' || kind === 'struct' || kind === 'param' ? plus(sum, ONE) : sum;
  }

  private path(node: Node): readonly string[] {
    const local = node.kind === 'ident' ? this.local(node.name) : undefined;
    return local?.path ?? this.paths.get(node) ?? [];
  }

  private part(node: Node): Part {
    const path = this.path(node);
    const seen = path[0] === ACCUMULATOR || path[0] === '__result__' ? [] : path;
    return { node, type: this.typeOf(node), path: seen, size: this.size(node) };
  }

  private call(node: Call): Estimate {
    const { name, overloads = [], namespaced } = this.checked.references.get(node) ?? { name: node.name };
    if (name === 'dyn') return this.dynamic(node);
    const costs = node.args.map((arg) => this.cost(arg));
    const args = node.args.map((arg) => this.part(arg));
    if (overloads.length === 0) return NOTHING;
    const hasTarget = node.target !== undefined && !namespaced;
    const before = hasTarget && node.target ? this.cost(node.target) : NOTHING;
    const target = hasTarget && node.target ? this.part(node.target) : undefined;
    let cost: Estimate = { min: MOST, max: 0 };
    let size: Estimate | undefined;
    for (const overload of overloads) {
      const found = this.callCost(node, name, overload, target, args, costs);
      cost = union(cost, found.cost);
      if (found.size) size = size ? union(size, found.size) : found.size;
      const [holder] = node.args;
      if (holder && (overload === 'index_list' || overload === 'index_map')) {
        size = this.entry(holder)?.value;
        this.paths.set(node, [...this.path(holder), overload === 'index_list' ? '@items' : '@values']);
      }
      size ??= this.size(node);
    }
    if (size) this.sizes.set(node, size);
    return plus(before, cost);
  }

  private dynamic(node: Call): Estimate {
    const [arg] = node.args as [Node];
    const cost = this.cost(arg);
    this.copySizes(node, arg);
    return plus(ONE, cost);
  }

  private copySizes(to: Node, from: Node): void {
    const size = this.size(from);
    if (size) this.sizes.set(to, size);
    const entry = this.entry(from);
    if (entry) this.entries.set(to, entry);
  }

  private callCost(
    node: Call,
    name: string,
    overload: string,
    target: Part | undefined,
    args: readonly Part[],
    costs: readonly Estimate[],
  ): CallEstimate {
    const sum = costs.reduce(plus, NOTHING);
    const own =
      guessExtension(overload, target, args, this) ?? guessCall(name, { overload, target, args, estimator: this });
    if (own) return { ...own, cost: plus(own.cost, sum) };
    this.mergeEntries(node, overload, args);
    return guessStandard({ overload, target, args, costs, sum }) ?? { cost: plus(ONE, sum) };
  }

  /** What a choice or a sum of lists holds is what either holds. */
  private mergeEntries(node: Call, overload: string, args: readonly Part[]): void {
    const merged = overload === 'conditional' ? args.slice(1) : /^add_(string|bytes|list)$/.test(overload) ? args : [];
    const [left, right] = merged.map((part) => this.entry(part.node));
    if (!left || !right) return;
    const { container } = left;
    this.entries.set(node, { container, key: union(left.key, right.key), value: union(left.value, right.value) });
  }

  private list(node: ListNode): Estimate {
    let value: Estimate = { min: node.elements.length === 0 ? 0 : MOST, max: 0 };
    let sum = fixed(10);
    for (const element of node.elements) {
      sum = plus(sum, this.cost(element));
      value = union(value, this.size(element) ?? UNKNOWN);
    }
    this.entries.set(node, { container: 'list', key: ONE, value });
    return sum;
  }

  private map(node: MapNode): Estimate {
    const none: Estimate = { min: node.entries.length === 0 ? 0 : MOST, max: 0 };
    let [key, value] = [none, none];
    let sum = fixed(30);
    for (const entry of node.entries) {
      sum = plus(sum, plus(this.cost(entry.key), this.cost(entry.value)));
      key = union(key, this.size(entry.key) ?? UNKNOWN);
      value = union(value, this.size(entry.value) ?? UNKNOWN);
    }
    this.entries.set(node, { container: 'map', key, value });
    return sum;
  }

  private isBinding(node: Comprehension): boolean {
    const { range, condition } = node;
    const isEmpty = range.kind === 'list' && range.elements.length === 0;
    return isEmpty && condition.kind === 'literal' && condition.value === false && node.accumulator !== '__result__';
  }

  private binding(node: Comprehension): Estimate {
    const before = plus(this.cost(node.range), this.cost(node.init));
    this.push(node.accumulator, this.localOf(node.init));
    const sum = plus(before, this.cost(node.result));
    this.pop(node.accumulator);
    this.copySizes(node, node.result);
    return sum;
  }

  private localOf(node: Node): Local {
    const entry = this.entry(node);
    return { path: this.path(node), size: this.size(node), entry };
  }

  private loop(node: Comprehension): Estimate {
    const before = plus(this.cost(node.range), this.cost(node.init));
    this.push(node.accumulator, this.localOf(node.init));
    for (const [name, local] of this.loopLocals(node)) this.push(name, local);
    const each = plus(this.cost(node.condition), this.cost(node.step));
    this.pop(node.variable);
    if (node.second !== undefined) this.pop(node.second);
    const sum = plus(before, this.cost(node.result));
    this.pop(node.accumulator);
    const count = this.size(node.range) ?? UNKNOWN;
    this.loopSizes(node, count);
    return plus(sum, times(count, each));
  }

  private loopSizes(node: Comprehension, count: Estimate): void {
    const { init } = node;
    const size =
      init.kind === 'literal' ? this.size(init) : init.kind === 'list' || init.kind === 'map' ? count : undefined;
    if (size) this.sizes.set(node, size);
    const entry = init.kind === 'list' || init.kind === 'map' ? this.entry(node.step) : undefined;
    if (entry) this.entries.set(node, entry);
  }

  private loopLocals({ range, variable, second }: Comprehension): [string, Local][] {
    const entry = this.entry(range);
    const isList = (entry?.container ?? this.typeOf(range).kind) === 'list';
    const under = (name: string, size: Estimate | undefined): Local => {
      return { path: [...this.path(range), name], size, entry: undefined };
    };
    const values = under(isList ? '@items' : '@values', entry?.value);
    if (second === undefined) return [[variable, isList ? values : under('@keys', entry?.key)]];
    const key = under(isList ? '@indices' : '@keys', entry?.key);
    // Both paths are appended to one slice in Go: where that has room left, the second one overwrites the first.
    const depth = this.path(range).length;
    const overwritten = (depth & (depth - 1)) !== 0;
    return [
      [variable, overwritten ? { ...key, path: values.path } : key],
      [second, values],
    ];
  }

  private entry(node: Node): EntrySize | undefined {
    return this.entries.get(node) ?? (node.kind === 'ident' ? this.local(node.name)?.entry : undefined);
  }

  private size(node: Node): Estimate | undefined {
    const computed = this.sizes.get(node) ?? literalSize(node);
    if (computed) return computed;
    const told = this.known(this.path(node));
    if (told) {
      this.sizes.set(node, told);
      return told;
    }
    if (isScalar(this.typeOf(node))) return ONE;
    return node.kind === 'ident' ? this.local(node.name)?.size : undefined;
  }
}

function literalSize(node: Node): Estimate | undefined {
  if (node.kind === 'list') return fixed(node.elements.length);
  if (node.kind === 'map') return fixed(node.entries.length);
  if (node.kind !== 'literal') return undefined;
  const { value } = node;
  if (typeof value === 'string') return fixed(characterCount(value));
  if (value instanceof Uint8Array) return fixed(value.length);
  return value === null || typeof value !== 'object' || value instanceof Uint ? ONE : undefined;
}

const SCALARS: ReadonlySet<CelType['kind']> = new Set(['bool', 'double', 'duration', 'int', 'timestamp', 'uint']);

function isScalar(type: CelType): boolean {
  return isOptional(type) ? isScalar(type.params[0] ?? DYN) : SCALARS.has(type.kind);
}
