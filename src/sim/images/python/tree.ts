/** Expressions of Python, as far as they are understood. */
export type Expression =
  | { readonly kind: 'constant'; readonly value: bigint | number | string | boolean | null }
  | { readonly kind: 'bytes'; readonly text: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'format'; readonly parts: readonly (string | FormatPart)[] }
  | { readonly kind: 'list' | 'tuple' | 'set'; readonly items: readonly Expression[] }
  | { readonly kind: 'dict'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | {
      readonly kind: 'comprehension';
      readonly shape: 'list' | 'dict';
      readonly item: Expression;
      readonly value: Expression | undefined;
      readonly target: Expression;
      readonly over: Expression;
      readonly tests: readonly Expression[];
    }
  | { readonly kind: 'unary'; readonly operator: string; readonly of: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'logic'; readonly operator: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'compare'; readonly first: Expression; readonly rest: readonly (readonly [string, Expression])[] }
  | { readonly kind: 'choice'; readonly test: Expression; readonly then: Expression; readonly otherwise: Expression }
  | { readonly kind: 'lambda'; readonly parameters: readonly Parameter[]; readonly body: Expression }
  | { readonly kind: 'attribute'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'index'; readonly of: Expression; readonly at: Expression }
  | { readonly kind: 'slice'; readonly of: Expression; readonly from?: Expression; readonly to?: Expression }
  | { readonly kind: 'call'; readonly callee: Expression; readonly args: readonly Argument[] };

export interface FormatPart {
  readonly value: Expression;
  readonly conversion: string;
  readonly spec: string;
}

export interface Argument {
  readonly name?: string;
  readonly value: Expression;
}

export interface Parameter {
  readonly name: string;
  readonly otherwise?: Expression;
}

/** Statements; `line` is where each begins. */
export type Statement = { readonly line: number } & (
  | { readonly kind: 'expression'; readonly value: Expression }
  | { readonly kind: 'assign'; readonly targets: readonly Expression[]; readonly value: Expression }
  | { readonly kind: 'augment'; readonly target: Expression; readonly operator: string; readonly value: Expression }
  | {
      readonly kind: 'if' | 'while';
      readonly test: Expression;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    }
  | {
      readonly kind: 'for';
      readonly target: Expression;
      readonly over: Expression;
      readonly body: readonly Statement[];
    }
  | {
      readonly kind: 'def';
      readonly name: string;
      readonly parameters: readonly Parameter[];
      readonly body: readonly Statement[];
    }
  | {
      readonly kind: 'class';
      readonly name: string;
      readonly base: Expression | undefined;
      readonly body: readonly Statement[];
    }
  | { readonly kind: 'return'; readonly value: Expression | undefined }
  | { readonly kind: 'pass' | 'break' | 'continue' }
  | { readonly kind: 'global' | 'delete'; readonly names: readonly Expression[] }
  | { readonly kind: 'import'; readonly module: string; readonly as: string }
  | { readonly kind: 'from'; readonly module: string; readonly names: readonly (readonly [string, string])[] }
  | { readonly kind: 'raise'; readonly value: Expression | undefined }
  | {
      readonly kind: 'try';
      readonly body: readonly Statement[];
      readonly handlers: readonly Handler[];
      readonly otherwise: readonly Statement[];
      readonly last: readonly Statement[];
    }
  | {
      readonly kind: 'with';
      readonly value: Expression;
      readonly as: Expression | undefined;
      readonly body: readonly Statement[];
    }
);

export interface Handler {
  readonly type: Expression | undefined;
  readonly as: string | undefined;
  readonly body: readonly Statement[];
}
