import type { Ask } from '../../../cel/index.js';
import type { AdmissionRequest } from '../admission.js';

/** Lets expressions ask what the one who makes a request may do, or what a service account may. */
export function askAuthorizers({ parts, user }: Pick<AdmissionRequest, 'parts' | 'user'>): Ask {
  return ({ serviceAccount, verb, path, ...asked }) => {
    const subject = serviceAccount ? accountUser(serviceAccount) : user;
    const { group = '', resource = '', subresource = '', namespace = '', name = '' } = asked;
    const isResource = path === undefined;
    const what = isResource ? { group, version: '*', resource, subresource, namespace, name } : NO_RESOURCE;
    const info = { isResource, path: path ?? '', verb, ...what };
    const reasons: string[] = [];
    for (const authorizer of parts.authorizers) {
      const { decision, reason = '' } = authorizer.authorize({ user: subject, info, store: parts.etcd.current }, parts);
      if (decision !== 'no-opinion') return { allowed: decision === 'allow', reason };
      if (reason !== '') reasons.push(reason);
    }
    return { allowed: false, reason: reasons.join('\n') };
  };
}

const NO_RESOURCE = { group: '', version: '', resource: '', subresource: '', namespace: '', name: '' };

function accountUser({ namespace, name }: { namespace: string; name: string }) {
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
  return { name: `system:serviceaccount:${namespace}:${name}`, groups };
}
