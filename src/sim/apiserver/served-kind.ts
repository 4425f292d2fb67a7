import { decodeType } from '../api/decode.js';
import { type FactType, kindType } from '../api/facts/fact-types.js';
import type { ApiKind } from '../api/kinds/kind.js';
import type { KubeList, KubeObject } from '../api/object.js';

/** A kind as this server serves it. */
export type ServedKind = ApiKind;

/** The kind whose version is kept, the same one for all but a few: messages of what is invalid name its group. */
export function storedKind(kind: ServedKind): ServedKind {
  return kind.storedAs?.kind ?? kind;
}

/** Tells resources apart: `pods`, `deployments.apps`. */
export function groupResource(kind: ServedKind): { group: string; resource: string } {
  return { group: kind.group, resource: kind.plural };
}

/** `v1`, `apps/v1`. */
export function apiVersionOf(kind: Pick<ServedKind, 'group' | 'version'>): string {
  return kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
}

/** An object that came in a request: defaulted as its version defaults, then as it is kept. One that is kept stays. */
export function toStored(kind: ServedKind, object: KubeObject): KubeObject {
  const { storedAs } = kind;
  if (storedAs && object.apiVersion === apiVersionOf(storedAs.kind)) return object;
  kind.applyDefaults(object);
  return storedAs ? storedAs.toStored(object) : object;
}

/** An object or a list as the asked version shows it. What is kept stays as it is; a Status is no object of the kind. */
export function fromStored<T extends object>(kind: ServedKind | undefined, object: T): T {
  const storedAs = kind?.storedAs;
  if (!storedAs) return object;
  const version = apiVersionOf(storedAs.kind);
  const shown = (one: KubeObject) =>
    one.apiVersion === version && one.kind === storedAs.kind.kind ? storedAs.fromStored(one) : one;
  const { items } = object as unknown as Partial<KubeList>;
  return Array.isArray(items)
    ? { ...object, items: items.map(shown) }
    : (shown(object as unknown as KubeObject) as unknown as T);
}

/** What is known of the fields of a kind; undefined for built-in kinds the table does not have. */
export function fieldsOfKind(kind: ServedKind): FactType | undefined {
  return kind.custom ? kind.custom.type : kindType(apiVersionOf(kind), kind.kind);
}

/** An object of a kind as it is before anybody has said anything of it. */
export function emptyObject(kind: ServedKind): KubeObject {
  const head = { apiVersion: apiVersionOf(kind), kind: kind.kind };
  const type = kind.custom ? undefined : fieldsOfKind(kind);
  return type ? (decodeType(type, head).object as unknown as KubeObject) : { ...head, metadata: {} };
}
