import type { ScalarStyle } from '../../../api/yaml/token.js';

export type NodeKind = 'scalar' | 'mapping' | 'sequence';

/**
 * A node of a document as kustomize works on it: changed in place, and aware of how it was written, because a
 * scalar's text, tag and quotes together decide what it is in the end. Keys and values of a mapping alternate.
 */
export interface Node {
  kind: NodeKind;
  /** Short: `!!str`; empty when the text alone decides. */
  tag: string;
  style: ScalarStyle | 'flow';
  value: string;
  content: Node[];
  /** A null that the author wrote and that stays. */
  keep?: boolean;
}

export const STRING = '!!str';
export const INTEGER = '!!int';
export const NULL = '!!null';

/** A scalar whose text decides its type, unless a tag is given. */
export function scalar(value: string, tag = ''): Node {
  return { kind: 'scalar', tag, style: 'plain', value, content: [] };
}

/** A scalar that stays a string. */
export function stringNode(value: string): Node {
  return { ...scalar(value, STRING), style: value.includes('\n') ? 'literal' : 'plain' };
}

/** An empty node of a kind. */
export function emptyNode(kind: NodeKind): Node {
  return { kind, tag: '', style: 'plain', value: '', content: [] };
}

/** A deep copy. */
export function copyNode(node: Node): Node {
  return { ...node, content: node.content.map(copyNode) };
}

/** Makes `target` what `source` is, for all who hold it. */
export function assign(target: Node, source: Node): void {
  Object.assign(target, source);
}

/** Whether there is nothing, or a null. */
export function isMissing(node: Node | undefined): node is undefined {
  return node === undefined || node.tag === NULL;
}

/** Whether there is nothing, a null, or a collection without content. */
export function isEmpty(node: Node | undefined): boolean {
  return node === undefined || node.tag === NULL || (node.kind !== 'scalar' && node.content.length === 0);
}

/** Whether it is a scalar that is tagged as a string, or not at all. */
export function isString(node: Node): boolean {
  return node.kind === 'scalar' && (node.tag === STRING || node.tag === '');
}

/** The text of a scalar; empty for nothing and null. */
export function textOf(node: Node | undefined): string {
  return node === undefined || node.tag === NULL ? '' : node.value;
}
