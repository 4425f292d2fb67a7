import type { HttpRequest, HttpResponse, Peer } from '../../../kernel/network.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { KubeletContext } from '../../context.js';
import { refuse } from '../logs.js';
import { authenticator } from './authenticate.js';
import { authorizer } from './authorize.js';
import { ReviewError } from './review.js';
import { subresourcesOf, verbOf } from './subresources.js';

/** Stands before all that kubelet serves; answers whoever is not let in. `path` is decoded. */
export type Guard = (request: HttpRequest, path: string, peer: Peer) => Waiting<HttpResponse | undefined>;

/** The filter of kubelet's server (Server.InstallAuthFilter). Throws an Error that ends kubelet. */
export function createGuard(context: KubeletContext): Guard {
  const authenticate = authenticator(context);
  const authorize = authorizer(context);
  const { log } = context;
  return function* guard(request, path, peer) {
    const user = yield* authenticate(request, peer);
    if (user === 'unknown') return refuse(401, 'Unauthorized');
    if ('problem' in user) {
      log.error('server.go:376', user.problem, 'Unable to authenticate the request due to an error');
      return refuse(401, 'Unauthorized');
    }
    const verb = verbOf(request.method);
    const subresources = subresourcesOf(path);
    for (const subresource of subresources) {
      try {
        if (yield* authorize({ user, verb, subresource })) return undefined;
      } catch (error) {
        if (!(error instanceof ReviewError)) throw error;
        const fields = { user: user.name, verb, resource: 'nodes', subresource };
        log.error('server.go:394', error.message, 'Authorization error', fields);
        const words = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
        return refuse(500, `Authorization error (${words.join(', ')})`);
      }
    }
    const wanted = `user=${user.name}, verb=${verb}, resource=nodes, subresource(s)=[${subresources.join(' ')}]`;
    return refuse(403, `Forbidden (${wanted})\n`);
  };
}
