/**
 * What a cluster is to be before anybody touches it, as plain data: the base world and the steps that change it, with
 * every variant already put in. Instants and spans are text as labs write them (`9h`, `90s`).
 */
export interface WorldSpec {
  /** A world's name in `worlds/index.ts`. */
  readonly base: string;
  /** New names for the base's hosts, by the base's own name (`controlplane`, `node01`, `node02`). */
  readonly hosts?: Readonly<Record<string, string>>;
  /** What is installed in the cluster from the beginning, by the names in `worlds/add-ons/register.ts`. */
  readonly addons?: readonly string[];
  readonly steps?: readonly WorldStep[];
}

/** Run in the order written. Exactly one of the fields is set. */
export type WorldStep =
  | { readonly manifests: string }
  | { readonly settle: true | { readonly seconds_max: number } }
  | { readonly age: string }
  | { readonly fault: { readonly name: string; readonly [parameter: string]: unknown } }
  | { readonly run: { readonly host: string; readonly as?: string; readonly script: string } }
  | { readonly file: WorldFile };

export interface WorldFile {
  /** A host's base name or its new one. */
  readonly host: string;
  readonly path: string;
  readonly content: string;
  /** `user` or `user:group`; root when left out. */
  readonly owner?: string;
  /** Octal, `"0644"` when left out. */
  readonly mode?: string;
}

/** How long things take: `brisk` to practise, `exam` as on a real cluster. */
export type Timing = 'brisk' | 'exam';
