import type { JsonObject, KubeObject } from '../../../src/sim/api/object.js';
import { WATCHED } from './resources.js';

/** What a cluster did in a scenario, times, UIDs and drawn names masked. */
export interface Told {
  readonly title: string;
  /** At each calm what there was, an object a line. */
  readonly calms: readonly (readonly string[])[];
  /** What happened to each object, in order: `object: type reason: message`. */
  readonly events: readonly string[];
  /** Through which numbers and conditions each controller's object went, in order. */
  readonly changes: Readonly<Record<string, readonly string[]>>;
  /** What was refused. */
  readonly refusals: readonly string[];
}

interface Seen {
  object: KubeObject;
  readonly changes: string[];
}

const DRAWN = '[bcdfghjklmnpqrstvwxz2456789]';
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const UID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
/** What says nothing about the behaviour of a controller. */
const NOISE = new Set(['managedFields', 'uid', 'resourceVersion', 'creationTimestamp', 'namespace', 'generateName']);
/** What a kubelet says of a pod, which is played here. */
const KUBELETS = new Set([
  'hostIP',
  'hostIPs',
  'podIP',
  'podIPs',
  'startTime',
  'containerStatuses',
  'initContainerStatuses',
]);
const SPECS: Readonly<Record<string, readonly string[]>> = {
  Pod: ['hostname', 'subdomain', 'priority', 'preemptionPolicy', 'schedulingGates'],
  Node: ['taints'],
};
const PLAIN_SPECS = ['replicas', 'suspend', 'paused', 'parallelism', 'completions'];
/** Annotations that scenarios give themselves. */
const GIVEN = new Set(['played', 'play']);

/** Writes down what happens in one namespace, told of each change in order. */
export class Story {
  readonly #places: boolean;
  readonly #seen = new Map<string, Seen>();
  readonly #order: string[] = [];
  readonly #events = new Map<string, KubeObject>();
  readonly #names = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  readonly #calms: string[][] = [];
  readonly #refusals: string[] = [];

  constructor(places: boolean, namespace: string) {
    this.#places = places;
    this.#names.set(namespace, 'NAMESPACE');
  }

  /** A watch told this. */
  hears(type: string, object: KubeObject): void {
    if (object.kind === 'Event') {
      if (type !== 'DELETED') this.#events.set(object.metadata.name as string, object);
      return;
    }
    this.#learnNames(object);
    const key = `${object.kind} ${object.metadata.name}`;
    if (type === 'DELETED') {
      this.#seen.get(key)?.changes.push('gone');
      this.#order.splice(this.#order.indexOf(key), 1);
      return;
    }
    const known = this.#seen.get(key);
    if (!known || !this.#order.includes(key)) this.#order.push(key);
    const seen = known ?? { object, changes: [] };
    seen.object = object;
    this.#seen.set(key, seen);
    if (object.kind === 'Pod') return;
    const short = shortly(object);
    if (short !== seen.changes.at(-1)) seen.changes.push(short);
  }

  /** What a canonical name stands for; itself when it is no such name. */
  actual(canonical: string): string {
    for (const [actual, name] of this.#names) if (name === canonical) return actual;
    return canonical;
  }

  refused(what: string): void {
    this.#refusals.push(this.#canonical(what));
  }

  /** Writes down what there is. */
  calm(): void {
    const rank = (key: string): number => WATCHED.findIndex(({ kind }) => key.startsWith(`${kind} `));
    const keys = [...this.#order].sort((a, b) => rank(a) - rank(b));
    this.#calms.push(keys.map((key) => this.#line((this.#seen.get(key) as Seen).object)));
  }

  tell(title: string): Told {
    const changes: Record<string, string[]> = {};
    for (const [key, { object, changes: all }] of this.#seen)
      if (object.kind !== 'Pod' && all.length > 0)
        changes[this.#canonical(key)] = all.map((one) => this.#canonical(one));
    return {
      title,
      calms: this.#calms.map((lines) => sortedPods(lines)),
      events: this.#told(),
      changes,
      refusals: this.#refusals,
    };
  }

  #told(): string[] {
    const byObject = new Map<string, string[]>();
    for (const event of this.#events.values()) {
      const { involvedObject, reason, message, type, count, source, reportingComponent } = event as unknown as {
        involvedObject: { kind: string; name: string };
        reason: string;
        message: string;
        type: string;
        count?: number;
        source?: { component?: string };
        reportingComponent?: string;
      };
      if (involvedObject.kind === 'Node') continue;
      const about = this.#canonical(`${involvedObject.kind} ${involvedObject.name}`);
      const times = (count ?? 1) > 1 ? ` (${count} times)` : '';
      const text = this.#placeless(this.#canonical(message));
      const line = `${about}: ${source?.component || reportingComponent} ${type} ${reason}: ${text}${times}`;
      byObject.set(about, [...(byObject.get(about) ?? []), line]);
    }
    return [...byObject.keys()].sort(naturally).flatMap((about) => byObject.get(about) as string[]);
  }

  #placeless(text: string): string {
    return this.#places ? text : text.replace(/ (to|node:?) n\d\b/g, ' $1 NODE');
  }

  #line(object: KubeObject): string {
    const spec = (object['spec'] ?? {}) as JsonObject;
    const shown = SPECS[object.kind] ?? PLAIN_SPECS;
    const chosen = Object.fromEntries(
      shown.filter((name) => spec[name] !== undefined).map((name) => [name, spec[name]]),
    );
    if (object.kind === 'Pod' && this.#places) chosen['nodeName'] = spec['nodeName'] ?? '';
    const { name, ...metadata } = object.metadata as unknown as JsonObject & { name: string };
    const projected = { metadata, spec: chosen, status: statusOf(object), ...rest(object) };
    const text = JSON.stringify(withoutNoise(projected, ''));
    return this.#canonical(`${object.kind} ${name} ${text}`);
  }

  #learnNames(object: KubeObject): void {
    const { name = '', labels = {}, generateName } = object.metadata;
    if (this.#names.has(name)) return;
    const hash =
      labels['pod-template-hash'] ?? labels['controller.kubernetes.io/hash'] ?? labels['controller-revision-hash'];
    const plain = hash?.slice(hash.lastIndexOf('-') + 1);
    if (plain !== undefined && !this.#names.has(plain)) this.#learn(plain, '');
    const drawn = new RegExp(`^(.*-)${DRAWN}{5}$`).exec(name);
    const base = generateName ?? (object.kind === 'Pod' && drawn ? (drawn[1] as string) : undefined);
    if (base !== undefined && name.startsWith(base)) this.#learn(name, this.#canonical(base));
    const minute = /^(.*-)\d{8}$/.exec(name);
    if (object.kind === 'Job' && minute) this.#learn(name, `${minute[1]}minute`);
  }

  #learn(actual: string, base: string): void {
    const count = (this.#counts.get(base) ?? 0) + 1;
    this.#counts.set(base, count);
    this.#names.set(actual, `${base}#${count}`);
  }

  #canonical(text: string): string {
    let result = text.replace(UID, 'UID');
    const longestFirst = [...this.#names].sort(([a], [b]) => b.length - a.length);
    for (const [actual, name] of longestFirst) result = result.replaceAll(actual, name);
    return result;
  }
}

/** The numbers and conditions of a controller's object. */
function shortly(object: KubeObject): string {
  const { replicas } = (object['spec'] ?? {}) as { replicas?: number };
  const status = (object['status'] ?? {}) as Record<string, unknown> & { conditions?: Record<string, string>[] };
  const numbers = Object.entries(status).filter(([, value]) => typeof value === 'number');
  const conditions = (status.conditions ?? []).map((one) => `${one['type']}=${one['status']}(${one['reason'] ?? ''})`);
  const deleting = object.metadata.deletionTimestamp ? ['deleting'] : [];
  const wanted = replicas === undefined ? [] : [`wants ${replicas}`];
  const named = numbers.filter(([name]) => name !== 'observedGeneration').map(([name, value]) => `${name}=${value}`);
  return [...deleting, ...wanted, ...named.sort(), ...conditions.sort()].join(' ');
}

function statusOf(object: KubeObject): JsonObject {
  const status = (object['status'] ?? {}) as JsonObject;
  if (object.kind !== 'Pod') return status;
  return Object.fromEntries(Object.entries(status).filter(([name]) => !KUBELETS.has(name)));
}

/** What a ControllerRevision holds. */
function rest(object: KubeObject): JsonObject {
  return object['revision'] === undefined ? {} : { revision: object['revision'] };
}

function withoutNoise(value: unknown, key: string): unknown {
  if (typeof value === 'string') return TIME.test(value) ? 'TIME' : value;
  if (Array.isArray(value)) {
    const all = value.map((one) => withoutNoise(one, key));
    return key === 'conditions' ? all.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : all;
  }
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !isNoise(name, key));
  return Object.fromEntries(
    kept.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, withoutNoise(one, name)]),
  );
}

function isNoise(name: string, under: string): boolean {
  if (under === 'annotations') return GIVEN.has(name) || name.endsWith('last-applied-configuration');
  return NOISE.has(name) || /^last(Transition|Update|Probe|Heartbeat)Time$/.test(name) || name === 'observedGeneration';
}

/** Pods that were made at once come in no order of their own: their lines are put in that of their names. */
function sortedPods(lines: readonly string[]): string[] {
  const isPod = (line: string): boolean => line.startsWith('Pod ');
  const first = lines.findIndex(isPod);
  if (first < 0) return [...lines];
  const pods = lines.filter(isPod).sort(naturally);
  const others = lines.filter((line) => !isPod(line));
  return [...others.slice(0, first), ...pods, ...others.slice(first)];
}

function naturally(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
