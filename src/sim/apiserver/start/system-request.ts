import type { KubeObject } from '../../api/object.js';
import type { Waiting } from '../../kernel/wait.js';
import type { ServerParts } from '../parts.js';
import type { RequestContext } from '../request/context.js';
import { LOOPBACK } from '../request/user-info.js';
import type { ServedKind } from '../served-kind.js';
import { createObject } from '../verbs/create.js';

/** Creates an object as the server itself (its loopback client), past authentication and authorization. */
export function* createAsServer(parts: ServerParts, kind: ServedKind, object: KubeObject): Waiting<KubeObject> {
  const { namespace = '' } = object.metadata;
  const context: RequestContext = {
    parts,
    request: { method: 'POST', target: '', headers: {} },
    peer: { address: { address: '127.0.0.1', port: 0 } },
    info: {
      isResource: true,
      path: '',
      verb: 'create',
      prefix: 'api',
      group: kind.group,
      version: kind.version,
      namespace,
      resource: kind.plural,
      subresource: '',
      name: '',
      parts: [],
    },
    query: new URLSearchParams(),
    user: LOOPBACK,
    accept: { encoding: 'object', as: undefined, asVersion: '', pretty: false },
    now: parts.now(),
    warnings: new Set(),
  };
  return yield* createObject(context, kind, object, {
    dryRun: false,
    fieldManager: 'kube-apiserver',
    fieldValidation: 'Ignore',
    force: undefined,
  });
}
