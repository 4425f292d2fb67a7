import { goType } from '../go-type.js';
import { goPrint, sortedEntries } from '../go-value.js';
import { isJsonObject } from '../object.js';
import { OutputError } from '../output-error.js';
import { compareValues } from './compare.js';
import type { ListNode, Node, Slice } from './nodes.js';

/**
 * Runs a template over a value and finds, for each of its parts, the values it stands for. One of these serves
 * many values, but as in client-go a template that has run a range goes on inside it for the next value.
 */
export class Evaluator {
  private ranges = { begun: 0, inside: 0, ended: 0 };
  private lastEnd = -1;
  private start = 0;

  constructor(
    private readonly nodes: readonly Node[],
    private readonly allowMissingKeys: boolean,
  ) {}

  /** Throws OutputError. */
  find(value: unknown): unknown[][] {
    const found: unknown[][] = [];
    const start = this.start;
    for (let i = start; i < this.nodes.length; i++) {
      const results = this.walk([value], this.nodes[i] as Node);
      if (this.ranges.ended > 0 && this.ranges.ended <= this.ranges.inside) {
        this.ranges.ended--;
        this.lastEnd = i;
        break;
      }
      if (this.ranges.begun > 0) {
        found.push(...this.range(results, i + 1));
        // On after the range's end, unless it was never reached.
        if (this.lastEnd > i) i = this.lastEnd;
        continue;
      }
      found.push(results);
    }
    return found;
  }

  private range(values: unknown[], bodyStart: number): unknown[][] {
    const found: unknown[][] = [];
    this.ranges.begun--;
    this.ranges.inside++;
    for (const value of values) {
      this.start = bodyStart;
      found.push(...this.find(value ?? undefined));
    }
    if (values.length === 0) {
      // The body is walked all the same, to find where it ends; what it finds is dropped.
      this.start = bodyStart;
      this.find(undefined);
    }
    this.ranges.inside--;
    return found;
  }

  private walk(input: unknown[], node: Node): unknown[] {
    switch (node.type) {
      case 'list':
        return this.list(input, node);
      case 'text':
        return [node.text];
      case 'constant':
        return input.map(() => node.value);
      case 'identifier':
        return this.identifier(input, node.name);
      case 'field':
        return this.field(input, node.name);
      case 'array':
        return slices(input, node.slice);
      case 'filter':
        return this.filter(input, node);
      case 'union':
        return node.members.flatMap((member) => this.list(input, member));
      case 'wildcard':
        return input.flatMap(childrenOf);
      case 'recursive':
        return descend(input);
    }
  }

  private list(input: unknown[], list: ListNode): unknown[] {
    return list.nodes.reduce((values, node) => this.walk(values, node), input);
  }

  private identifier(input: unknown[], name: string): unknown[] {
    if (name === 'range') {
      this.ranges.begun++;
      return input;
    }
    if (name !== 'end') throw new OutputError(`unrecognized identifier ${name}`);
    if (this.ranges.inside === 0) throw new OutputError('not in range, nothing to end');
    this.ranges.ended++;
    return [];
  }

  private field(input: unknown[], name: string): unknown[] {
    const found: unknown[] = [];
    for (const value of input) {
      if (isJsonObject(value) && Object.hasOwn(value, name) && value[name] !== undefined) found.push(value[name]);
    }
    if (found.length === 0 && input.length > 0 && !this.allowMissingKeys) throw new OutputError(`${name} is not found`);
    return found;
  }

  private filter(input: unknown[], node: Extract<Node, { type: 'filter' }>): unknown[] {
    const kept: unknown[] = [];
    for (const value of input) {
      if (!Array.isArray(value)) {
        throw new OutputError(`${goPrint(value)} is not array or slice and cannot be filtered`);
      }
      kept.push(...value.filter((item) => this.passes(item, node)));
    }
    return kept;
  }

  private passes(item: unknown, node: Extract<Node, { type: 'filter' }>): boolean {
    if (node.operator === 'exists') return this.existing(item, node.left).length > 0;
    const left = onlyOne(this.list([item], node.left));
    if (left === undefined) return false;
    const right = onlyOne(this.list([item], node.right));
    return right !== undefined && compareValues(node.operator, left.value, right.value);
  }

  /** A path that cannot be followed does not exist; that is no mistake here. */
  private existing(item: unknown, path: ListNode): unknown[] {
    let values = [item];
    for (const node of path.nodes) {
      try {
        values = this.walk(values, node);
      } catch (error) {
        if (!(error instanceof OutputError)) throw error;
        return node.type === 'field' ? [] : values;
      }
    }
    return values;
  }
}

function onlyOne(values: unknown[]): { readonly value: unknown } | undefined {
  if (values.length > 1) throw new OutputError('can only compare one element at a time');
  return values.length === 0 ? undefined : { value: values[0] };
}

/** What a value holds; a text holds its bytes. */
function childrenOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') return [...Buffer.from(value, 'utf8')];
  return isJsonObject(value) ? sortedEntries(value).map(([, item]) => item) : [];
}

function descend(input: unknown[]): unknown[] {
  const found: unknown[] = [];
  for (const value of input) {
    const children = childrenOf(value);
    if (children.length > 0) found.push(value, ...descend(children));
  }
  return found;
}

function slices(input: unknown[], slice: Slice): unknown[] {
  const found: unknown[] = [];
  for (const value of input) {
    if (value === null) continue;
    if (!Array.isArray(value)) throw new OutputError(`${goType(value)} is not array or slice`);
    const bounds = boundsIn(value.length, slice);
    if (bounds === undefined) return found;
    if (slice.step !== undefined && slice.step <= 0) throw new OutputError('step must be > 0');
    for (let i = bounds.from; i < bounds.to; i += slice.step ?? 1) found.push(value[i]);
  }
  return found;
}

/** Undefined when nothing is asked for. */
function boundsIn(length: number, slice: Slice): { readonly from: number; readonly to: number } | undefined {
  let from = slice.from ?? 0;
  let to = slice.to ?? length;
  if (from < 0) from += length;
  if (to < 0 || (to === 0 && slice.single)) to += length;
  if (to === from) return undefined;
  const outside = (index: number): OutputError =>
    new OutputError(`array index out of bounds: index ${index}, length ${length}`);
  if (from >= length || from < 0) throw outside(from);
  if (to > length || to < 0) throw outside(to - 1);
  if (from > to) throw new OutputError(`starting index ${from} is greater than ending index ${to}`);
  return { from, to };
}
