import type { JsonObject, KubeObject } from '../../../src/sim/api/object.js';
import { rankOf } from './resources.js';
import type { Scenario } from './scenario.js';

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
/** More endpoints than these are not listed. */
const MANY = 20;
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
  PersistentVolume: ['claimRef', 'capacity', 'persistentVolumeReclaimPolicy', 'storageClassName'],
  Service: ['type', 'clusterIP'],
  ServiceCIDR: ['cidrs'],
  VolumeAttachment: ['attacher', 'nodeName', 'source'],
  PersistentVolumeClaim: ['volumeName', 'storageClassName', 'resources'],
};
const PLAIN_SPECS = ['replicas', 'suspend', 'paused', 'parallelism', 'completions'];
/** What is looked at again and again: how often the same was said then depends on when a scenario began. */
const LOOKED_AT_AGAIN = new Set(['PersistentVolume', 'PersistentVolumeClaim', 'HorizontalPodAutoscaler', 'Service']);
/** Annotations that scenarios give themselves. */
const GIVEN = new Set(['played', 'play']);

/** Writes down what happens in one namespace, told of each change in order. */
export class Story {
  readonly #places: boolean;
  readonly #without: ReadonlySet<string>;
  readonly #seen = new Map<string, Seen>();
  readonly #order: string[] = [];
  readonly #events = new Map<string, KubeObject>();
  readonly #names = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  readonly #calms: string[][] = [];
  readonly #refusals: string[] = [];

  constructor({ places, without = [] }: Scenario, namespace: string) {
    this.#places = places;
    this.#without = new Set(without);
    this.#names.set(namespace, 'NAMESPACE');
  }

  /** A watch told this. */
  hears(type: string, object: KubeObject): void {
    if (object.kind === 'Event') {
      if (type !== 'DELETED') this.#events.set(object.metadata.name as string, object);
      return;
    }
    this.#learnNames(object);
    if (object.kind === 'VolumeAttachment') this.#learnAttachment(object);
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
    if (object.kind === 'Pod') return this.#learnAddress(object);
    const short = shortly(object);
    if (short !== seen.changes.at(-1)) seen.changes.push(short);
  }

  /** What a canonical name stands for; itself when it is no such name. */
  actual(canonical: string): string {
    for (const [actual, name] of this.#names) if (name === canonical) return actual;
    return canonical;
  }

  refused(what: string): void {
    this.#refusals.push(this.canonical(what));
  }

  /** Writes down what there is. */
  calm(): void {
    const rank = (key: string): number => rankOf(kindOf(key));
    const told = this.#order.filter((key) => !this.#without.has(kindOf(key)));
    const keys = told.sort((a, b) => rank(a) - rank(b));
    this.#calms.push(keys.map((key) => this.#line((this.#seen.get(key) as Seen).object)));
  }

  tell(title: string): Told {
    const changes: Record<string, string[]> = {};
    for (const [key, { object, changes: all }] of this.#seen)
      if (object.kind !== 'Pod' && all.length > 0 && !this.#without.has(object.kind))
        changes[this.canonical(key)] = all.map((one) => this.canonical(one));
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
      if (involvedObject.kind === 'Node' || this.#without.has(involvedObject.kind)) continue;
      const about = this.canonical(`${involvedObject.kind} ${involvedObject.name}`);
      const isCounted = !LOOKED_AT_AGAIN.has(involvedObject.kind);
      const times = isCounted && (count ?? 1) > 1 ? ` (${count} times)` : '';
      const text = this.#placeless(this.canonical(message));
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
    // How often a slice was written on the way depends on how fast everybody is.
    if (object.kind === 'EndpointSlice') delete metadata['generation'];
    const projected = { metadata, spec: chosen, status: statusOf(object), ...this.#rest(object) };
    const text = JSON.stringify(withoutNoise(projected, ''));
    return this.canonical(`${object.kind} ${name} ${text}`);
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
    if (base !== undefined && name.startsWith(base)) this.#learn(name, this.canonical(base));
    const minute = /^(.*-)\d{8}$/.exec(name);
    if (object.kind === 'Job' && minute) this.#learn(name, `${minute[1]}minute`);
  }

  /** The address of a pod is known by the pod's name. */
  #learnAddress(pod: KubeObject): void {
    const { podIP } = (pod['status'] ?? {}) as { podIP?: string };
    if (podIP) this.#names.set(podIP, `IP-of-${this.canonical(pod.metadata.name as string)}`);
  }

  /** The names of attachments are hashes of volume, driver and node. */
  #learnAttachment({ metadata: { name = '' } }: KubeObject): void {
    if (/^csi-[0-9a-f]{64}$/.test(name) && !this.#names.has(name)) this.#learn(name, 'csi-');
  }

  /** What some kinds have beside metadata, spec and status. */
  #rest(object: KubeObject): JsonObject {
    const { revision, endpoints, addressType, ports, subsets } = object as unknown as Record<string, unknown>;
    if (object.kind === 'ControllerRevision') return { revision } as JsonObject;
    if (object.kind === 'EndpointSlice')
      return { addressType, ports, endpoints: this.#sorted(endpoints) } as JsonObject;
    if (object.kind !== 'Endpoints') return {};
    const all = (subsets ?? []) as readonly Record<string, unknown>[];
    const sorted = all.map(({ addresses, notReadyAddresses, ...more }) => ({
      addresses: this.#sorted(addresses),
      notReadyAddresses: this.#sorted(notReadyAddresses),
      ...more,
    }));
    return { subsets: sorted } as unknown as JsonObject;
  }

  /** Endpoints come in no order of their own: in that of how they read. Of many their number says enough. */
  #sorted(endpoints: unknown): unknown {
    if (!Array.isArray(endpoints)) return endpoints;
    if (endpoints.length > MANY) return `${endpoints.length} of them`;
    const lines = endpoints.map((one) => this.canonical(JSON.stringify(withoutNoise(this.#anywhere(one), ''))));
    return lines.sort(naturally).map((line) => JSON.parse(line) as unknown);
  }

  #anywhere(endpoint: object): object {
    if (this.#places) return endpoint;
    const { nodeName: _, zone: __, ...rest } = endpoint as Record<string, unknown>;
    return rest;
  }

  #learn(actual: string, base: string): void {
    const count = (this.#counts.get(base) ?? 0) + 1;
    this.#counts.set(base, count);
    this.#names.set(actual, `${base}#${count}`);
  }

  /** A text with the names, UIDs and addresses in it replaced by what stands for them. */
  canonical(text: string): string {
    let result = text.replace(UID, 'UID');
    const longestFirst = [...this.#names].sort(([a], [b]) => b.length - a.length);
    for (const [actual, name] of longestFirst) result = result.replaceAll(actual, name);
    return result.replace(/(?<=multiple HPAs: \[)[^\]]*/g, (names) => names.split(' ').sort().join(' '));
  }
}

/** What `Pod web` is. */
function kindOf(key: string): string {
  return key.split(' ', 1)[0] as string;
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
  if (object.kind === 'Node') return { volumesAttached: status['volumesAttached'] ?? [] };
  if (object.kind !== 'Pod') return status;
  return Object.fromEntries(Object.entries(status).filter(([name]) => !KUBELETS.has(name)));
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
