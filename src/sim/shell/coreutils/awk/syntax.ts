/** Expressions of an awk program. */
export type Expr =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'regex'; readonly source: string }
  | LValue
  | { readonly kind: 'group'; readonly items: readonly Expr[] }
  | { readonly kind: 'unary'; readonly operator: '!' | '-' | '+'; readonly operand: Expr }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'and' | 'or'; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'match'; readonly negated: boolean; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'in'; readonly index: readonly Expr[]; readonly array: string }
  | { readonly kind: 'conditional'; readonly test: Expr; readonly yes: Expr; readonly no: Expr }
  | { readonly kind: 'assign'; readonly target: LValue; readonly operator: string; readonly value: Expr }
  | { readonly kind: 'step'; readonly target: LValue; readonly by: 1 | -1; readonly before: boolean }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expr[] }
  | { readonly kind: 'builtin'; readonly name: string; readonly args: readonly Expr[] }
  | {
      readonly kind: 'getline';
      readonly target: LValue | undefined;
      readonly from: 'input' | 'file' | 'command';
      readonly source: Expr | undefined;
    };

/** What can be assigned to. */
export type LValue =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'field'; readonly index: Expr }
  | { readonly kind: 'element'; readonly array: string; readonly index: readonly Expr[] };

/** Where print and printf write to. */
export interface Redirection {
  readonly kind: '>' | '>>' | '|';
  readonly target: Expr;
}

export type Statement =
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  | { readonly kind: 'expression'; readonly value: Expr }
  | { readonly kind: 'print' | 'printf'; readonly args: readonly Expr[]; readonly to: Redirection | undefined }
  | { readonly kind: 'if'; readonly test: Expr; readonly yes: Statement; readonly no: Statement | undefined }
  | { readonly kind: 'while'; readonly test: Expr; readonly body: Statement }
  | { readonly kind: 'do'; readonly test: Expr; readonly body: Statement }
  | {
      readonly kind: 'for';
      readonly start: Statement | undefined;
      readonly test: Expr | undefined;
      readonly next: Statement | undefined;
      readonly body: Statement;
    }
  | { readonly kind: 'for-in'; readonly variable: LValue; readonly array: string; readonly body: Statement }
  | { readonly kind: 'delete'; readonly array: string; readonly index: readonly Expr[] | undefined }
  | { readonly kind: 'break' | 'continue' | 'next' | 'nextfile' }
  | { readonly kind: 'exit' | 'return'; readonly value: Expr | undefined };

export interface AwkFunction {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly body: Statement;
}

/** A rule: a pattern (or two, for a range), and what to do; without a body the record is printed. */
export interface Rule {
  readonly pattern: readonly Expr[];
  readonly body: Statement | undefined;
}

export interface AwkProgram {
  readonly begin: readonly Statement[];
  readonly end: readonly Statement[];
  readonly rules: readonly Rule[];
  readonly functions: ReadonlyMap<string, AwkFunction>;
}

/** Wrong program; the message lacks the program's name. */
export class AwkSyntaxError extends Error {}
