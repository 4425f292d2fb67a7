/** A parsed JSONPath template: texts and actions one after another. */
export type Node =
  | { readonly type: 'list'; readonly nodes: readonly Node[] }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'field'; readonly name: string }
  | { readonly type: 'identifier'; readonly name: string }
  | { readonly type: 'constant'; readonly value: number | boolean }
  | { readonly type: 'array'; readonly slice: Slice }
  | { readonly type: 'filter'; readonly left: ListNode; readonly right: ListNode; readonly operator: string }
  | { readonly type: 'union'; readonly members: readonly ListNode[] }
  | { readonly type: 'wildcard' }
  | { readonly type: 'recursive' };

export type ListNode = Extract<Node, { type: 'list' }>;

/** `[from:to:step]`; a bound that was not written is undefined. */
export interface Slice {
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly step: number | undefined;
  /** `to` was made from `from`, because a single index was written. */
  readonly single: boolean;
}
