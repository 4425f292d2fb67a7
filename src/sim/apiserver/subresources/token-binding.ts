import type { KubeObject } from '../../api/object.js';
import { badRequest, conflict, notFound, StatusError } from '../../api/status.js';
import type { Store } from '../../store/store.js';
import { objectOf } from '../storage/stored-object.js';

/** The object that a token is asked to be bound to. */
export interface BoundObjectReference {
  readonly kind?: string;
  readonly apiVersion?: string;
  readonly name?: string;
  readonly uid?: string;
}

interface Bound {
  readonly name: string;
  readonly uid?: string;
}

/** What a token says of the objects that it dies with. */
export interface TokenBinding {
  readonly pod?: Bound;
  readonly node?: Bound;
  readonly secret?: Bound;
}

const CORE = { Node: 'nodes', Pod: 'pods', Secret: 'secrets' } as const;

/**
 * The object a service account's token dies with, as token requests name it: a pod that runs as the account, a secret or
 * a node. Throws 400, 404 and 409.
 */
export function bindToken(
  store: Store,
  namespace: string,
  account: string,
  reference: BoundObjectReference | null | undefined,
): TokenBinding {
  if (!reference) return {};
  const { kind = '', apiVersion = '', name = '', uid } = reference;
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/', 2) : ['', apiVersion];
  const resource = group === '' ? (CORE as Readonly<Record<string, string>>)[kind] : undefined;
  if (!resource) {
    throw new StatusError(badRequest(`cannot bind token to object of type ${group}/${version}, Kind=${kind}`));
  }
  const object = read(store, kind === 'Node' ? `minions/${name}` : `${resource}/${namespace}/${name}`);
  if (!object) throw new StatusError(notFound({ group: '', resource }, name));
  if (kind === 'Pod') checkAccount(object, account);
  if (uid && uid !== object.metadata.uid) {
    const why = `the UID in the bound object reference (${uid}) does not match the UID in record. The object might have been deleted and then recreated`;
    throw new StatusError(conflict({ group: '', resource: kind }, name, why));
  }
  const bound = boundTo(object);
  if (kind === 'Secret') return { secret: bound };
  if (kind === 'Node') return { node: bound };
  const node = (object['spec'] as { nodeName?: string } | undefined)?.nodeName;
  if (!node) return { pod: bound };
  const found = read(store, `minions/${node}`);
  return { node: found ? boundTo(found) : { name: node }, pod: bound };
}

function read(store: Store, key: string): KubeObject | undefined {
  const entry = store.get(`/registry/${key}`);
  return entry && objectOf(entry);
}

function boundTo({ metadata }: KubeObject): Bound {
  return { name: metadata.name ?? '', ...(metadata.uid === undefined ? {} : { uid: metadata.uid }) };
}

function checkAccount(pod: KubeObject, account: string): void {
  const { serviceAccountName } = (pod['spec'] ?? {}) as { serviceAccountName?: string };
  if (serviceAccountName === account) return;
  const name = JSON.stringify(account);
  throw new StatusError(
    badRequest(`cannot bind token for serviceaccount ${name} to pod running with different serviceaccount name.`),
  );
}
