import type { Check } from '../../checker/rubric.js';
import type { Capability, Timing } from '../../clusters/port.js';
import type { LessonFile } from '../lesson/lesson.js';

export type Certification = 'cka' | 'ckad' | 'cks';

/** A value that is no map and no list. */
export type Plain = string | number | boolean;

/** A value a variant may have: a plain one, or several that belong together, known by the one called `name`. */
export type VariantValue = Plain | { readonly [name: string]: Plain };

/** How a variant is drawn. */
export type Variant = Choice | NumberRange | Handful;

/** One of several values. */
export interface Choice {
  readonly oneOf: readonly VariantValue[];
}

/** A whole number, or a name that ends in one. */
export interface NumberRange {
  readonly prefix?: string;
  readonly number: readonly [first: number, last: number];
  /** Only first, first + step, first + 2 steps, …; 1 when left out. */
  readonly step?: number;
}

/** Several different values of a list, in the order they are written in. */
export interface Handful {
  readonly draw: number;
  readonly of: readonly VariantValue[];
  /** Of each of these groups at most one is drawn. */
  readonly never_together?: readonly (readonly Plain[])[];
}

/** What a named value must be: this one, one of these, or a list that has or lacks something. */
export type Expected =
  | Plain
  | readonly Plain[]
  | { readonly has?: Plain | readonly Plain[]; readonly lacks?: Plain | readonly Plain[] };

/** When something applies: all of these hold. `{cause.answer: x}`, `{faults: {has: a}}`, `{total: [5, 10]}` */
export type When = Readonly<Record<string, Expected>>;

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

/** One step of a world as a lab writes it. */
export type LabStep = Readonly<Record<string, unknown>> & { readonly when?: When };

/** A page to read. */
export interface ConditionalPage {
  readonly when?: When;
  readonly url: string;
}

/** A world as a lab writes it; its steps are checked when it is built. */
export interface LabWorld {
  readonly base: string;
  readonly hosts?: Readonly<Record<string, string>>;
  readonly cni?: 'calico' | 'flannel' | 'none';
  readonly dualStack?: boolean;
  readonly addons?: readonly string[];
  readonly internet?: boolean;
  readonly steps?: readonly LabStep[];
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
    /** What a cluster must be able to do beyond what is found in the lab itself. */
    readonly needs?: readonly Capability[];
    /** How long things take, whatever was asked for. */
    readonly timing?: Timing;
    readonly variants?: Readonly<Record<string, Variant>>;
    /** Values worked out of drawn ones, by CEL expressions; each may use those before it. */
    readonly derive?: Readonly<Record<string, Plain>>;
    readonly world: LabWorld;
    readonly task: string | readonly ConditionalText[];
    readonly checks: readonly (Check & { readonly when?: When })[];
    readonly hints?: readonly (string | Hint)[];
    readonly solution: readonly SolutionPart[];
    readonly alternatives?: readonly Alternative[];
    readonly mistakes?: readonly Mistake[];
    readonly explains: string | readonly ConditionalText[];
    readonly reads?: readonly (string | ConditionalPage)[];
  };
}

/** A lab with the name it goes by everywhere: `cka/drain-a-node`. */
export interface Lab {
  readonly id: string;
  readonly file: string;
  readonly content: LabFile;
  /** Of the file's text; an attempt belongs to one. */
  readonly hash: string;
  /** What it is made of when it is a lesson. */
  readonly lesson?: LessonFile;
}
