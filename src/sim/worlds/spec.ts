/**
 * What a cluster is to be before anybody touches it, as plain data: the base world and the steps that change it, with
 * every variant already put in. Instants and spans are text as labs write them (`9h`, `90s`).
 */
export interface WorldSpec {
  /** A world's name in `worlds/index.ts`. */
  readonly base: string;
  /** New names for the base's hosts, by the base's own name (`controlplane`, `node01`, `node02`). */
  readonly hosts?: Readonly<Record<string, string>>;
  /** Who makes pods' network; `calico` when left out. */
  readonly cni?: NetworkPlugin;
  /** Whether pods, services and hosts have IPv6 beside IPv4. */
  readonly dualStack?: boolean;
  /** What is installed in the cluster from the beginning, by the names in `worlds/add-ons/register.ts`. */
  readonly addons?: readonly string[];
  /** `false`: no site of the internet can be reached from it, though their names are known. */
  readonly internet?: boolean;
  readonly steps?: readonly WorldStep[];
}

/** Calico enforces NetworkPolicies, flannel does not; with `none` no node is ready until somebody installs one. */
export type NetworkPlugin = 'calico' | 'flannel' | 'none';

/** Run in the order written. Exactly one of the fields is set. */
export type WorldStep =
  | { readonly manifests: string }
  | { readonly settle: true | { readonly seconds_max: number } }
  | { readonly age: string }
  | { readonly fault: { readonly name: string; readonly [parameter: string]: unknown } }
  | { readonly run: { readonly host: string; readonly as?: string; readonly script: string } }
  | { readonly file: WorldFile }
  | { readonly load: WorldLoad };

/** Work that containers are taken to do from now on, or some time after the world was handed over. One of the four first names whose they are. */
export interface WorldLoad {
  readonly deployment?: string;
  readonly statefulset?: string;
  readonly daemonset?: string;
  readonly pod?: string;
  /** `default` when left out. */
  readonly namespace?: string;
  /** The first of each pod when left out. */
  readonly container?: string;
  /** What each container uses, `250m`. */
  readonly cpu?: string;
  /** What the ready pods share, and what each request costs. */
  readonly requests?: { readonly per_second: number; readonly cpu_milliseconds: number };
  /** What each container holds, `64Mi`. */
  readonly memory?: string;
  /** So long after the world was handed over, `5m`; at once when left out. */
  readonly after?: string;
}

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
