import type { JsonObject, KubeObject } from '../../../src/sim/api/object.js';

/** Something that was so from an instant on: seconds since the scenario began, and words. */
export type Stage = readonly [at: number, what: string];

/** What a node did in a scenario; times, addresses, ids and digests masked. */
export interface Told {
  readonly title: string;
  /** Through what each part of each pod went: `p phase`, `p Ready`, `p/main`. */
  readonly series: Readonly<Record<string, readonly Stage[]>>;
  /** Each pod's status at the end, or `gone`. */
  readonly last: Readonly<Record<string, string>>;
  /** By pod, in the order they came first: `Type Reason: message (N times)`. */
  readonly events: Readonly<Record<string, readonly Stage[]>>;
  /** By pod, what the runtime was asked for that changes something. */
  readonly calls: Readonly<Record<string, readonly Stage[]>>;
  readonly refusals: readonly string[];
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly started?: boolean;
  readonly restartCount: number;
  readonly state?: Record<string, JsonObject>;
  readonly lastState?: Record<string, JsonObject>;
}

const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?( ?\+0000 UTC|Z)?/g;
const UID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Writes down what happens in one namespace, told of each change in order. */
export class Story {
  readonly #namespace: string;
  /** The node's address. */
  #host: string | undefined;
  readonly #series = new Map<string, Stage[]>();
  readonly #last = new Map<string, string>();
  readonly #events = new Map<string, { at: number; object: KubeObject }>();
  readonly #calls: Record<string, Stage[]> = {};
  readonly #refusals: string[] = [];

  constructor(namespace: string) {
    this.#namespace = namespace;
  }

  /** A watch told this, so many seconds after the beginning. */
  hears(at: number, type: string, object: KubeObject): void {
    const { name = '', uid } = object.metadata;
    if (object.kind === 'Event') {
      if (type === 'DELETED') return;
      this.#events.set(uid ?? name, { at: this.#events.get(uid ?? name)?.at ?? at, object });
      return;
    }
    if (object.kind !== 'Pod') return;
    if (type === 'DELETED') {
      this.#stage(`${name} life`, at, 'gone');
      this.#last.set(name, 'gone');
      return;
    }
    this.#pod(at, name, object);
  }

  /** The runtime was asked for something. */
  called(at: number, pod: string, what: string): void {
    this.#calls[pod] = [...(this.#calls[pod] ?? []), [round(at), this.#masked(what)]];
  }

  refused(what: string): void {
    this.#refusals.push(this.#masked(what));
  }

  tell(title: string): Told {
    return {
      title,
      series: Object.fromEntries([...this.#series].sort(([a], [b]) => (a < b ? -1 : 1))),
      last: Object.fromEntries(this.#last),
      events: this.#told(),
      calls: this.#calls,
      refusals: this.#refusals,
    };
  }

  #pod(at: number, name: string, object: KubeObject): void {
    const status = (object['status'] ?? {}) as JsonObject;
    if (status['hostIP']) this.#host = status['hostIP'] as string;
    const { deletionGracePeriodSeconds: grace } = object.metadata as { deletionGracePeriodSeconds?: number };
    this.#stage(`${name} life`, at, grace === undefined ? 'there' : `deleted with ${grace} s`);
    const words = (key: string): string => (status[key] ? ` ${status[key]}` : '');
    this.#stage(`${name} phase`, at, `${status['phase']}${words('reason')}${words('message')}`);
    for (const { type, ...condition } of (status['conditions'] ?? []) as unknown as Condition[]) {
      const { reason, message } = condition;
      const why = [reason, message].filter((one) => one).join(': ');
      this.#stage(`${name} ${type}`, at, `${condition.status}${why ? ` (${why})` : ''}`);
    }
    for (const list of ['initContainerStatuses', 'containerStatuses', 'ephemeralContainerStatuses'])
      for (const one of (status[list] ?? []) as unknown as ContainerStatus[])
        this.#stage(`${name}/${one.name}`, at, containerLine(one));
    this.#last.set(name, this.#masked(JSON.stringify(plain(status))));
  }

  #stage(of: string, at: number, what: string): void {
    const stages = this.#series.get(of) ?? [];
    this.#series.set(of, stages);
    const text = this.#masked(what);
    if (stages.at(-1)?.[1] !== text) stages.push([round(at), text]);
  }

  #told(): Record<string, Stage[]> {
    const told: Record<string, Stage[]> = {};
    for (const { at, object } of this.#events.values()) {
      const { involvedObject, reason, message, type, count } = object as unknown as {
        involvedObject: { kind: string; name: string; fieldPath?: string };
        reason: string;
        message: string;
        type: string;
        count?: number;
      };
      if (involvedObject.kind !== 'Pod') continue;
      const times = (count ?? 1) > 1 ? ` (${count} times)` : '';
      const about = involvedObject.fieldPath ? ` ${involvedObject.fieldPath}` : '';
      const line: Stage = [round(at), `${type} ${reason}${about}: ${this.#masked(message)}${times}`];
      told[involvedObject.name] = [...(told[involvedObject.name] ?? []), line];
    }
    return told;
  }

  #masked(text: string): string {
    return text
      .replaceAll(this.#namespace, 'NAMESPACE')
      .replaceAll(this.#host ?? 'NAMESPACE', this.#host ? 'ADDRESS' : 'NAMESPACE')
      .replace(TIME, 'TIME')
      .replace(UID, 'UID')
      .replace(/containerd:\/\/[0-9a-f]{64}/g, 'containerd://ID')
      .replace(/sha256:[0-9a-f]{64}/g, 'sha256:DIGEST')
      .replace(/\b[0-9a-f]{64}\b/g, 'ID')
      .replace(/(?:127\.1|10\.244|172\.30)\.\d+\.\d+/g, 'ADDRESS')
      .replace(/\([0-9a-f]{32}\)/g, '(UID)')
      .replace(/used: \d+/g, 'used: USED')
      .replace(/ in [\d.]+m?s \([\d.]+m?s including waiting\)\. Image size: \d+ bytes/, ' in SPAN. Image size: SIZE');
  }
}

/** A container's state in a line. */
function containerLine(one: ContainerStatus): string {
  const flags = [one.ready ? 'ready' : 'unready', one.started ? 'started' : 'unstarted'];
  const before = stateLine(one.lastState);
  return `${stateLine(one.state)}, ${flags.join(', ')}, ${one.restartCount} restarts${before ? `, before: ${before}` : ''}`;
}

function stateLine(state: Record<string, JsonObject> = {}): string {
  return Object.entries(state)
    .map(([kind, { reason, message, exitCode, signal }]) => {
      const words = [kind, exitCode, signal, reason, message && JSON.stringify(message)];
      return words.filter((word) => word !== undefined).join(' ');
    })
    .join(' and ');
}

/** A status in an order of its own, without what only says when and where. */
function plain(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const all = value.map((one) => plain(one));
    return key === 'conditions' ? all.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : all;
  }
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !['imageID', 'hostIP', 'hostIPs'].includes(name));
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, plain(one, name)]));
}

function round(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
