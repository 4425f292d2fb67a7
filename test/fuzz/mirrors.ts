import type { KubeObject } from '../../src/sim/api/object.js';
import { apiVersionOf, type ServedKind } from '../../src/sim/apiserver/served-kind.js';
import type { HttpStream } from '../../src/sim/kernel/network.js';
import type { TestServer } from '../sim/apiserver/harness.js';

const HEADERS = { authorization: 'Bearer reference-token', accept: 'application/vnd.kubedrill.object' };

/** Seconds. */
const FOR_EVER = 10_000_000;

interface Event {
  readonly type: string;
  readonly object: KubeObject;
}

/** What the watches of all kinds have told from the beginning: it must be what a list tells in the end. */
export class Mirrors {
  private readonly open: { kind: ServedKind; stream: HttpStream; objects: Map<string, KubeObject> }[] = [];
  private readonly problems: string[] = [];

  constructor(private readonly server: TestServer) {
    for (const kind of server.parts.kinds.all()) {
      if (!kind.verbs.includes('watch')) continue;
      const { stream } = server.request({
        method: 'GET',
        target: `${collectionOf(kind)}?watch=true&timeoutSeconds=${FOR_EVER}`,
        headers: HEADERS,
      });
      if (stream) this.open.push({ kind, stream, objects: new Map() });
    }
    this.read();
  }

  /** Takes in what has happened. */
  read(): void {
    for (const mirror of this.open) {
      const { kind, stream, objects } = mirror;
      for (let item = stream.items.tryReceive(); item !== undefined; item = stream.items.tryReceive()) {
        if (item === 'end') {
          this.problems.push(`the watch of ${kind.plural} has ended`);
          break;
        }
        this.take(kind, objects, (item as { object: Event }).object);
      }
    }
  }

  /** Where lists tell something else. */
  differences(): string[] {
    const problems = [...this.problems];
    for (const { kind, objects } of this.open) {
      const answer = this.server.request({ method: 'GET', target: collectionOf(kind), headers: HEADERS });
      const { items } = answer.object as { items: KubeObject[] };
      const listed = new Map(items.map((item) => [keyOf(item), textOf(item)]));
      const watched = new Map([...objects].map(([key, object]) => [key, textOf(object)]));
      for (const key of new Set([...listed.keys(), ...watched.keys()])) {
        if (listed.get(key) !== watched.get(key))
          problems.push(`${kind.plural} ${key}: the watch tells another object`);
      }
    }
    return problems;
  }

  close(): void {
    for (const { stream } of this.open) stream.cancel();
  }

  private take(kind: ServedKind, objects: Map<string, KubeObject>, { type, object }: Event): void {
    const key = keyOf(object);
    const before = objects.get(key);
    const versions = [before, object].map((one) => Number(one?.metadata.resourceVersion ?? 0));
    if ((versions[0] ?? 0) >= (versions[1] ?? 0))
      this.problems.push(`${kind.plural} ${key}: the revision does not rise`);
    if ((type === 'ADDED') === (before !== undefined)) this.problems.push(`${kind.plural} ${key}: ${type} out of turn`);
    if (type === 'DELETED') objects.delete(key);
    else objects.set(key, object);
  }
}

function collectionOf(kind: ServedKind): string {
  return `${kind.group === '' ? '/api' : '/apis'}/${apiVersionOf(kind)}/${kind.plural}`;
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

function textOf(object: KubeObject): string {
  return JSON.stringify(object);
}
