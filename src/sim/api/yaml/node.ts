import type { ScalarStyle } from './token.js';

/** What the parser makes of one document: a tree that still knows lines, anchors and styles. */
export type Node = ScalarNode | SequenceNode | MappingNode | AliasNode;

interface NodeBase {
  /** Counted from zero. */
  readonly line: number;
}

export interface ScalarNode extends NodeBase {
  readonly kind: 'scalar';
  readonly value: string;
  /** The full tag, or the empty string. */
  readonly tag: string;
  /** Its type is to be read from its text: it is plain, or tagged `!`. */
  readonly implicit: boolean;
  readonly style: ScalarStyle;
}

export interface SequenceNode extends NodeBase {
  readonly kind: 'sequence';
  /** Written in brackets. */
  readonly flow: boolean;
  readonly items: Node[];
}

export interface MappingNode extends NodeBase {
  readonly kind: 'mapping';
  /** Written in braces. */
  readonly flow: boolean;
  readonly entries: { readonly key: Node; readonly value: Node }[];
}

export interface AliasNode extends NodeBase {
  readonly kind: 'alias';
  readonly name: string;
  readonly target: Node;
}
