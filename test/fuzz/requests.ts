/** Requests made from valid objects: of every kind and verb, some right, most of them not quite. */
import type { JsonObject } from '../../src/sim/api/object.js';
import { encodeProtobuf, hasProtobuf } from '../../src/sim/api/protobuf/codec.js';
import { printYaml } from '../../src/sim/api/yaml/print.js';
import type { Random } from '../../src/sim/kernel/random.js';
import { type PlainObject, type ValidObject, validObjects } from '../reference/valid-objects.js';
import { garbled, mutated, oddText, oddValue } from './mutate.js';

/** A request without what every one has. */
export interface FuzzRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Record<string, string>;
  readonly body?: Uint8Array;
}

const NAMESPACES = ['default', 'default', 'default', 'fuzz-one', 'fuzz-two', 'nowhere'];
const NAMES = ['a', 'b', 'c', 'web', 'one'];
const PROTOBUF = 'application/vnd.kubernetes.protobuf';
const UTF8 = new TextEncoder();

// biome-ignore format: a table
const ACCEPTS = [
  '', '', '', 'application/json', 'application/yaml', PROTOBUF, '*/*', 'text/html', 'application/cbor',
  'application/json;as=Table;g=meta.k8s.io;v=v1', 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1',
  'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1', `${PROTOBUF};as=Table;g=meta.k8s.io;v=v1`,
  `${PROTOBUF};as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json`, 'application/json;as=Table;v=v9;g=x',
];
// biome-ignore format: a table
const QUERIES = [
  'limit=1', 'limit=2', 'limit=-1', 'limit=x', 'resourceVersion=0', 'resourceVersion=1', 'resourceVersion=99999999',
  'resourceVersion=7&resourceVersionMatch=Exact', 'labelSelector=app', 'labelSelector=app%3Dx', 'labelSelector=a in (b',
  'fieldSelector=metadata.name%3Da', 'fieldSelector=spec.nodeName%3D', 'fieldSelector=__proto__%3D1', 'continue=abc',
  'continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MywiXCI', 'pretty=true', 'dryRun=All', 'dryRun=None', 'fieldManager=m',
  'fieldValidation=Strict', 'fieldValidation=Ignore', 'fieldValidation=x', 'force=true', 'timeoutSeconds=1',
  'propagationPolicy=Foreground', 'propagationPolicy=Orphan', 'gracePeriodSeconds=0', 'gracePeriodSeconds=x',
  'allowWatchBookmarks=true', 'sendInitialEvents=true&resourceVersionMatch=NotOlderThan', 'includeObject=Object', '&&=',
];
const SUBRESOURCES = [
  'status',
  'scale',
  'binding',
  'eviction',
  'token',
  'finalize',
  'approval',
  'ephemeralcontainers',
  'resize',
  'log',
  'exec',
  'proxy',
];
// biome-ignore format: a table
const PATHS = [
  '/', '/api', '/apis', '/api/v1', '/apis/apps', '/apis/apps/v1', '/version', '/healthz', '/livez?verbose', '/readyz/etcd',
  '/openapi/v3', '/metrics', '/api/v1/watch', '/apis/__proto__/v1/x', '/constructor', '/api/v1/namespaces/%00/pods',
  '/api/v1/pods', '/apis/apps/v1/deployments?watch=1&timeoutSeconds=1', '/api/v1/namespaces/../..', '//', '/%', '/api/v1/%zz',
];

/** Makes the requests of a seed one after another. */
export class FuzzRequests {
  private readonly valid: readonly ValidObject[] = validObjects();

  constructor(private readonly random: Random) {}

  next(): FuzzRequest {
    const { random } = this;
    const valid = random.pick(this.valid);
    const roll = random.below(100);
    if (roll < 26) return this.create(valid);
    if (roll < 40) return this.update(valid);
    if (roll < 64) return this.patch(valid);
    if (roll < 76) return this.read(valid);
    if (roll < 84) return this.remove(valid);
    if (roll < 88) return this.watch(valid);
    if (roll < 96) return this.below(valid);
    return this.stray();
  }

  private create(valid: ValidObject): FuzzRequest {
    const { object, name, collection } = this.placed(valid);
    const named = { ...object, metadata: { ...object.metadata, name } };
    return this.sent('POST', this.queried(collection), this.random.below(3) === 0 ? named : this.mutated(named));
  }

  private update(valid: ValidObject): FuzzRequest {
    const { object, name, collection } = this.placed(valid);
    const named = { ...object, metadata: { ...object.metadata, name } };
    return this.sent('PUT', this.queried(`${collection}/${name}`), this.mutated(named));
  }

  private patch(valid: ValidObject): FuzzRequest {
    const { object, name, collection } = this.placed(valid);
    const { random } = this;
    const target = `${collection}/${name}${random.below(8) === 0 ? `/${random.pick(SUBRESOURCES)}` : ''}`;
    const type = random.pick([
      'json-patch+json',
      'merge-patch+json',
      'strategic-merge-patch+json',
      'apply-patch+yaml',
      'x',
    ]);
    const part = mutated(random, { ...object, metadata: {} } as unknown as JsonObject, random.below(4));
    const keys = Object.keys(part).filter((key) => random.below(2) === 0 || key === 'spec');
    const some = Object.fromEntries(keys.map((key) => [key, part[key]]));
    const labels = { metadata: { labels: { [oddText(random)]: oddValue(random), ok: 'yes' } } };
    const whole = { ...object, metadata: { name, ...(random.below(3) === 0 ? labels.metadata : {}) } };
    const body =
      type === 'json-patch+json'
        ? this.operations(object as unknown as JsonObject)
        : type === 'apply-patch+yaml'
          ? random.below(2) === 0
            ? whole
            : mutated(random, whole as unknown as JsonObject, 1)
          : random.below(3) === 0
            ? labels
            : some;
    const query =
      type === 'apply-patch+yaml' && random.below(6) > 0 ? `?fieldManager=m${random.below(3)}&force=true` : '';
    const bytes = UTF8.encode(JSON.stringify(body));
    return {
      method: 'PATCH',
      target: query === '' ? this.queried(target) : target + query,
      headers: { ...this.accepting(), 'content-type': `application/${type}` },
      body: random.below(12) === 0 ? garbled(random, bytes) : bytes,
    };
  }

  private operations(object: JsonObject): unknown[] {
    const { random } = this;
    return Array.from({ length: 1 + random.below(3) }, () => {
      const path = this.pointer(object);
      const op = random.pick(['add', 'remove', 'replace', 'test', 'copy', 'move', 'mend']);
      return random.below(15) === 0
        ? oddValue(random)
        : { op, path, from: this.pointer(object), value: oddValue(random) };
    });
  }

  private pointer(object: JsonObject): string {
    const { random } = this;
    const steps: string[] = [];
    for (let at: unknown = object; typeof at === 'object' && at !== null; ) {
      const keys = Object.keys(at);
      if (keys.length === 0 || random.below(5) === 0) break;
      const key = random.pick(keys);
      steps.push(key);
      at = (at as JsonObject)[key];
    }
    if (random.below(6) === 0) steps.push(random.pick(['-', '0', '-1', '99', '~', oddText(random)]));
    return steps.map((step) => `/${step}`).join('');
  }

  private read(valid: ValidObject): FuzzRequest {
    const { name, collection } = this.placed(valid);
    const target = this.random.below(2) === 0 ? collection : `${collection}/${name}`;
    return {
      method: this.random.below(9) === 0 ? 'HEAD' : 'GET',
      target: this.queried(target),
      headers: this.accepting(),
    };
  }

  private remove(valid: ValidObject): FuzzRequest {
    const { random } = this;
    const { name, collection } = this.placed(valid);
    const target = this.queried(random.below(12) === 0 ? `${collection}` : `${collection}/${name}`);
    if (random.below(3) > 0) return { method: 'DELETE', target, headers: this.accepting() };
    const options = { kind: 'DeleteOptions', apiVersion: 'v1', gracePeriodSeconds: random.below(3), preconditions: {} };
    return this.sent(
      'DELETE',
      target,
      mutated(random, options as unknown as JsonObject, random.below(2)) as unknown as PlainObject,
    );
  }

  private watch(valid: ValidObject): FuzzRequest {
    const { collection } = this.placed(valid);
    const target = this.queried(`${collection}?watch=true`);
    return { method: 'GET', target, headers: this.accepting() };
  }

  /** Subresources. */
  private below(valid: ValidObject): FuzzRequest {
    const { random } = this;
    const { object, name, collection } = this.placed(valid);
    const target = this.queried(`${collection}/${name}/${random.pick(SUBRESOURCES)}`);
    const named = this.mutated({ ...object, metadata: { ...object.metadata, name } });
    const bodies: unknown[] = [
      named,
      { apiVersion: 'autoscaling/v1', kind: 'Scale', metadata: { name }, spec: { replicas: random.below(5) - 1 } },
      { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name } },
      { apiVersion: 'v1', kind: 'Binding', metadata: { name }, target: { name: 'n1' } },
      { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { audiences: [oddText(random)] } },
    ];
    return this.sent(
      random.pick(['GET', 'PUT', 'POST', 'PATCH', 'DELETE']),
      target,
      random.pick(bodies) as PlainObject,
    );
  }

  private stray(): FuzzRequest {
    const { random } = this;
    const method = random.pick(['GET', 'GET', 'POST', 'OPTIONS', 'TRACE', 'DELETE', 'PUT']);
    return { method, target: this.queried(random.pick(PATHS)), headers: this.accepting() };
  }

  private mutated(object: PlainObject): PlainObject {
    return mutated(this.random, object as unknown as JsonObject, 1 + this.random.below(2)) as unknown as PlainObject;
  }

  /** An object somewhere, under one of few names, so that requests meet each other's objects. */
  private placed({ object, collection }: ValidObject): { object: PlainObject; name: string; collection: string } {
    const { random } = this;
    const own = object.metadata.name ?? 'a';
    const name =
      random.below(40) === 0 ? encodeURIComponent(oddText(random).toWellFormed()) : random.pick([...NAMES, own, own]);
    if (object.metadata.namespace === undefined) return { object, name, collection };
    const namespace = random.pick(NAMESPACES);
    return {
      object: { ...object, metadata: { ...object.metadata, namespace } },
      name,
      collection: collection.replace(/\/namespaces\/[^/]+\//, `/namespaces/${namespace}/`),
    };
  }

  private queried(target: string): string {
    const { random } = this;
    if (random.below(3) > 0) return target;
    const query = Array.from({ length: 1 + random.below(2) }, () => random.pick(QUERIES)).join('&');
    return `${target}${target.includes('?') ? '&' : '?'}${query}`;
  }

  private accepting(): Record<string, string> {
    const accept = this.random.below(4) === 0 ? this.random.pick(ACCEPTS) : '';
    return accept === '' ? {} : { accept };
  }

  /** A body as JSON, YAML or protobuf, some of them garbled. */
  private sent(method: string, target: string, object: PlainObject): FuzzRequest {
    const { random } = this;
    const [type, bytes] = this.written(object);
    const body = random.below(15) === 0 ? garbled(random, bytes) : bytes;
    return { method, target, headers: { ...this.accepting(), 'content-type': type }, body };
  }

  private written(object: PlainObject): [type: string, bytes: Uint8Array] {
    const roll = this.random.below(10);
    const json = (): [string, Uint8Array] => ['application/json', UTF8.encode(JSON.stringify(object))];
    if (roll < 6) return json();
    if (roll < 7) return ['application/yaml', UTF8.encode(printYaml(object))];
    if (roll < 8) return ['application/yaml', UTF8.encode(JSON.stringify(object))];
    try {
      if (hasProtobuf(object.apiVersion, object.kind)) return [PROTOBUF, encodeProtobuf(object)];
    } catch {
      // What has no message goes as JSON.
    }
    return json();
  }
}
