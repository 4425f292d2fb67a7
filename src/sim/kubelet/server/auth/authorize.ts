import type { Waiting } from '../../../kernel/wait.js';
import type { KubeletContext } from '../../context.js';
import type { KubeletUser } from './authenticate.js';
import { ExpiringCache } from './expiring-cache.js';
import { askReview } from './review.js';

/** What somebody wants of this node. */
interface NodeAccess {
  readonly user: KubeletUser;
  readonly verb: string;
  readonly subresource: string;
}

/** Whether it is allowed. Throws `ReviewError` when nobody can say. */
type Authorize = (access: NodeAccess) => Waiting<boolean>;

/** Who may do what, as authorization.mode says (app.BuildAuthz). Throws an Error for a mode there is none of. */
export function authorizer(context: KubeletContext): Authorize {
  const { authorizationMode } = context.config;
  if (authorizationMode === 'AlwaysAllow')
    return function* allow() {
      return true;
    };
  if (authorizationMode !== 'Webhook') throw new Error(`unknown authorization mode ${authorizationMode}`);
  return accessReviewer(context);
}

/** Asks the API server, and remembers a yes longer than a no. */
function accessReviewer(context: KubeletContext): Authorize {
  const { config, nodeName, sys } = context;
  const known = new ExpiringCache<boolean>();
  return function* review({ user, verb, subresource }) {
    const { name, ...rest } = user;
    const resourceAttributes = { verb, version: 'v1', resource: 'nodes', subresource, name: nodeName };
    const spec = { resourceAttributes, user: name, ...rest };
    const key = JSON.stringify(spec);
    const kept = known.get(key, sys.now());
    if (kept !== undefined) return kept;
    const status = yield* askReview(context, 'authorization.k8s.io', 'SubjectAccessReview', spec);
    const allowed = status['allowed'] === true && status['denied'] !== true;
    known.set(key, allowed, sys.now() + (allowed ? config.authorizedCacheTtl : config.unauthorizedCacheTtl));
    return allowed;
  };
}
