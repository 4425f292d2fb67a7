/** Expressions as they are read. `at` is where an expression's mark stands in the text, counted in UTF-16 units. */
import type { Value } from '../values.js';

/** Written values: null, booleans, numbers, texts, bytes. */
export interface Literal {
  readonly kind: 'literal';
  readonly at: number;
  readonly value: Value;
}

/** A name. */
export interface Ident {
  readonly kind: 'ident';
  readonly at: number;
  readonly name: string;
}

/** A field after a dot; `test` asks whether it is there. */
export interface Select {
  readonly kind: 'select';
  readonly at: number;
  readonly operand: Node;
  readonly field: string;
  readonly test: boolean;
}

/** A function with its arguments, of a target where one stands before the dot. Operators are functions too. */
export interface Call {
  readonly kind: 'call';
  readonly at: number;
  readonly name: string;
  readonly target: Node | undefined;
  readonly args: readonly Node[];
}

/** A list; `optional` elements are left out where their value is. */
export interface ListNode {
  readonly kind: 'list';
  readonly at: number;
  readonly elements: readonly Node[];
  readonly optional: ReadonlySet<number>;
}

/** An entry of a map. */
export interface Entry {
  readonly at: number;
  readonly key: Node;
  readonly value: Node;
  readonly optional: boolean;
}

/** A map. */
export interface MapNode {
  readonly kind: 'map';
  readonly at: number;
  readonly entries: readonly Entry[];
}

/** A field of an object that is made. */
export interface FieldEntry {
  readonly at: number;
  readonly name: string;
  readonly value: Node;
  readonly optional: boolean;
}

/** An object of a type that is named. */
export interface StructNode {
  readonly kind: 'struct';
  readonly at: number;
  readonly type: string;
  readonly fields: readonly FieldEntry[];
}

/** A loop over a list or map: what all macros become. */
export interface Comprehension {
  readonly kind: 'comprehension';
  readonly at: number;
  readonly range: Node;
  readonly variable: string;
  readonly second: string | undefined;
  readonly accumulator: string;
  readonly init: Node;
  readonly condition: Node;
  readonly step: Node;
  readonly result: Node;
}

/** Any expression. */
export type Node = Literal | Ident | Select | Call | ListNode | MapNode | StructNode | Comprehension;

/** The name macros gather their result under, which no text can write. */
export const ACCUMULATOR = '@result';

/** The name of an expression that is a name with fields (`a.b.c`), undefined of others. */
export function qualifiedName(node: Node): string | undefined {
  if (node.kind === 'ident') return node.name;
  if (node.kind !== 'select' || node.test) return undefined;
  const holder = qualifiedName(node.operand);
  return holder === undefined ? undefined : `${holder}.${node.field}`;
}
