import type { KubeObject } from '../../api/object.js';
import { isNotFound } from '../../api/status.js';
import { objectPath } from '../../client/paths.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Session } from '../session.js';
import type { Info } from './info.js';
import type { SelectionOptions } from './selection.js';

/** Reads an object from the server. Where there is none, a namespace that is missing, too, is the better news. */
export function* refresh(
  session: Session,
  info: Info,
  options: Pick<SelectionOptions, 'accept' | 'query' | 'subresource'> = {},
): Waiting<KubeObject> {
  const path = objectPath(info.mapping, info.name, info.namespace, options.subresource);
  try {
    const object = yield* session
      .rest()
      .send<KubeObject>({ method: 'GET', path, accept: options.accept, query: options.query });
    info.object = object;
    return object;
  } catch (error) {
    if (isNotFound(error) && info.namespace !== '' && info.namespace !== 'default')
      yield* checkNamespace(session, info.namespace);
    throw error;
  }
}

/** Throws when it is not there; who may not know that hears nothing of it. */
function* checkNamespace(session: Session, name: string): Waiting<void> {
  try {
    yield* session.rest().send({ method: 'GET', path: `/api/v1/namespaces/${name}` });
  } catch (error) {
    if (isNotFound(error)) throw error;
  }
}
