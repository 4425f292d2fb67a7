import type { Check } from '../../checker/rubric.js';

export type Certification = 'cka' | 'ckad' | 'cks';

/** A value a variant may have: a plain one, or several that belong together. */
export type VariantValue = string | number | boolean | { readonly [name: string]: string | number | boolean };

/** How a variant is drawn. */
export type Variant =
  | { readonly oneOf: readonly VariantValue[] }
  | { readonly prefix: string; readonly number: readonly [first: number, last: number] };

/** When something applies: each named value must be the given one. `{cause.answer: x}` */
export type When = Readonly<Record<string, string | number | boolean>>;

export interface ConditionalText {
  readonly when?: When;
  readonly text: string;
}

export interface SolutionPart {
  readonly id?: string;
  readonly when?: When;
  readonly script: string;
}

export interface Alternative {
  readonly says: string;
  readonly when?: When;
  readonly script: string;
}

export interface Mistake {
  readonly says: string;
  readonly when?: When;
  /** Plays these first: the whole solution, or the parts of it with these ids. */
  readonly after?: 'solution' | readonly string[];
  readonly script: string;
  /** The checks that fail; all others pass. */
  readonly fails: readonly string[];
}

export interface Hint extends ConditionalText {
  /** What it costs in practice, in points of the task. */
  readonly price?: number;
}

/** Steps of a world as a lab writes them; checked when the world is built. */
export interface LabWorld {
  readonly base: string;
  readonly hosts?: Readonly<Record<string, string>>;
  readonly steps?: readonly Readonly<Record<string, unknown>>[];
}

/** A lab as its file says it, variants not drawn yet. Field by field explained in the JSON Schema. */
export interface LabFile {
  readonly apiVersion: 'kubedrill.dev/v1';
  readonly kind: 'Lab';
  readonly metadata: { readonly name: string; readonly title: string };
  readonly spec: {
    readonly certification: Certification;
    readonly domain: string;
    readonly types?: readonly string[];
    readonly difficulty: number;
    readonly minutes: number;
    /** The host the task is done on, by its base name; `controlplane` when left out. */
    readonly host?: string;
    readonly settle_seconds_max?: number;
    readonly variants?: Readonly<Record<string, Variant>>;
    readonly world: LabWorld;
    readonly task: string | readonly ConditionalText[];
    readonly checks: readonly (Check & { readonly when?: When })[];
    readonly hints?: readonly (string | Hint)[];
    readonly solution: readonly SolutionPart[];
    readonly alternatives?: readonly Alternative[];
    readonly mistakes?: readonly Mistake[];
    readonly explains: string | readonly ConditionalText[];
    readonly reads?: readonly string[];
  };
}

/** A lab with the name it goes by everywhere: `cka/drain-a-node`. */
export interface Lab {
  readonly id: string;
  readonly file: string;
  readonly content: LabFile;
  /** Of the file's text; an attempt belongs to one. */
  readonly hash: string;
}
