import type { KubeObject } from '../../api/object.js';
import type { Waiting } from '../../kernel/wait.js';
import type { ServerParts } from '../parts.js';
import type { RequestContext } from '../request/context.js';
import type { WriteParameters } from '../request/options.js';
import { LOOPBACK } from '../request/user-info.js';
import type { ServedKind } from '../served-kind.js';
import { findObject } from '../storage/get.js';
import { createObject } from '../verbs/create.js';
import { updateObject } from '../verbs/update.js';

/** Creates an object as the server itself (its loopback client), past authentication and authorization. */
export function* createAsServer(parts: ServerParts, kind: ServedKind, object: KubeObject): Waiting<KubeObject> {
  return yield* createObject(contextOf(parts, kind, object, 'create'), kind, object, PARAMETERS);
}

/** Writes a changed object, or its status, as the server itself. */
export function* updateAsServer(
  parts: ServerParts,
  kind: ServedKind,
  object: KubeObject,
  subresource: '' | 'status' = '',
): Waiting<void> {
  const store = yield* parts.etcd.store('write');
  const { namespace = '', name = '' } = object.metadata;
  const old = findObject(store, kind, namespace, name);
  if (old)
    yield* updateObject(contextOf(parts, kind, object, 'update', subresource), kind, store, object, old, PARAMETERS);
}

const PARAMETERS: WriteParameters = {
  dryRun: false,
  fieldManager: 'kube-apiserver',
  fieldValidation: 'Ignore',
  force: undefined,
};

function contextOf(
  parts: ServerParts,
  kind: ServedKind,
  { metadata }: KubeObject,
  verb: 'create' | 'update',
  subresource: '' | 'status' = '',
): RequestContext {
  return {
    parts,
    request: { method: verb === 'create' ? 'POST' : 'PUT', target: '', headers: {} },
    peer: { address: { address: '127.0.0.1', port: 0 } },
    info: {
      isResource: true,
      path: '',
      verb,
      prefix: 'api',
      group: kind.group,
      version: kind.version,
      namespace: metadata.namespace ?? '',
      resource: kind.plural,
      subresource,
      name: verb === 'create' ? '' : (metadata.name ?? ''),
      parts: [],
    },
    query: new URLSearchParams(),
    user: LOOPBACK,
    accept: { encoding: 'object', as: undefined, asVersion: '', pretty: false },
    now: parts.now(),
    warnings: new Set(),
  };
}
