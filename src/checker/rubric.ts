/** What a check says about a value. Exactly one of the fields but `missing` is set. */
export interface Condition {
  readonly equals?: unknown;
  /** A text contains a text; a list contains an item. */
  readonly contains?: unknown;
  /** A regular expression, somewhere in the text. */
  readonly matches?: string;
  readonly exists?: true;
  /** The object exists, the field does not. */
  readonly absent?: true;
  readonly atLeast?: number | string;
  readonly atMost?: number | string;
  /** Equal as Kubernetes quantities: `0.5` and `500m`. */
  readonly quantity?: string;
  /** What a left-out field stands for. */
  readonly missing?: unknown;
}

/** One object by name, or several by label selector (`""`: all). */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly selector?: string;
}

/** Where a connection or a question comes from. */
export type Source =
  /** A pod made for the check, with these labels. */
  | { readonly probe: { readonly namespace: string; readonly labels?: Readonly<Record<string, string>> } }
  /** Existing pods: none is a failure, several must all pass. */
  | { readonly pods: { readonly namespace: string; readonly selector: string } }
  | { readonly host: string };

export type Destination =
  | { readonly address: string; readonly port: number }
  | { readonly service: { readonly namespace: string; readonly name: string }; readonly port: number }
  | { readonly pods: { readonly namespace: string; readonly selector: string }; readonly port: number };

export interface ResourceSubject extends Condition {
  readonly resource: ObjectRef;
  /** Starts with `$`. Without it the object itself is meant. */
  readonly jsonpath?: string;
  /** Over several objects; `all` when left out. `count` counts objects that match, `sum` adds their values up. */
  readonly over?: 'all' | 'any' | 'none' | 'count' | 'sum';
}

export interface GoneSubject {
  readonly gone: ObjectRef;
}

export interface UnchangedSubject {
  readonly unchanged: readonly (ObjectRef & {
    /** JSONPaths whose values must be as they were. */
    readonly paths: readonly string[];
    /** Only that the values are the same set; which object has which does not matter. */
    readonly set?: boolean;
  })[];
}

export interface ConnectSubject {
  readonly connect: {
    readonly from: Source;
    readonly to: Destination;
    readonly protocol?: 'tcp' | 'udp';
    /** True: a connection is made. False: it is refused or dropped. */
    readonly reaches: boolean;
    readonly timeout_seconds?: number;
  };
}

export interface ResolveSubject {
  readonly resolve: { readonly from: Source; readonly names: readonly string[] };
}

export interface FileSubject extends Condition {
  readonly file: {
    readonly host: string;
    readonly path: string;
    /** Octal, such as `"0600"`. */
    readonly mode?: string;
    /** `user` or `user:group`. */
    readonly owner?: string;
    /** Into its content read as YAML or JSON. */
    readonly jsonpath?: string;
  };
}

export interface AnswerSubject {
  readonly answer: {
    readonly host: string;
    readonly path: string;
    /** A resource as kind/name, however its kind is spelled. */
    readonly names?: string;
    /** The text, white space at both ends apart. */
    readonly equals?: string | number;
    /** The text equals what the cluster says at this path. */
    readonly resource?: ObjectRef;
    readonly jsonpath?: string;
  };
}

export interface UnitSubject {
  readonly unit: {
    readonly host: string;
    readonly name: string;
    readonly active?: boolean;
    readonly enabled?: boolean;
  };
}

export interface EtcdSubject {
  readonly etcd: {
    readonly host: string;
    /** A snapshot's path on the host. */
    readonly snapshot: string;
    /** Keys that must be in it. */
    readonly keys?: readonly string[];
    /** How many keys at least. */
    readonly keys_min?: number;
  };
}

export interface ScriptSubject {
  readonly script: {
    readonly host: string;
    readonly as?: string;
    /** The command line. */
    readonly run: string;
    /** 0 when left out. */
    readonly code?: number;
    readonly output?: Condition;
    readonly timeout_seconds?: number;
  };
}

export interface GroupSubject {
  readonly all?: readonly Subject[];
  readonly any?: readonly Subject[];
}

/** What a check looks at. */
export type Subject =
  | ResourceSubject
  | GoneSubject
  | UnchangedSubject
  | ConnectSubject
  | ResolveSubject
  | FileSubject
  | AnswerSubject
  | UnitSubject
  | EtcdSubject
  | ScriptSubject
  | GroupSubject;

/** One line of a rubric. */
export type Check = Subject & {
  readonly id: string;
  readonly says: string;
  /** Why it matters; shown on failure. */
  readonly because?: string;
  /** The number of the requirement in the task it belongs to. */
  readonly serves?: number;
  /** Left out for guards. */
  readonly points?: number;
  /** Earns nothing and must hold; voids what it names when it does not. */
  readonly guard?: boolean;
  /** All points of the task when left out. */
  readonly voids?: readonly string[];
  /** Earns only when these pass too. */
  readonly counts_with?: readonly string[];
};

/** How one check ended. */
export interface CheckResult {
  readonly id: string;
  readonly says: string;
  readonly guard: boolean;
  readonly serves: number | undefined;
  readonly passed: boolean;
  readonly points: number;
  readonly earned: number;
  readonly expected: string;
  readonly found: string;
  readonly because: string | undefined;
}

/** A graded task. */
export interface Report {
  readonly points: number;
  readonly total: number;
  readonly passed: boolean;
  readonly checks: readonly CheckResult[];
}
