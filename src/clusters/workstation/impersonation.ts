import type { FarResponse } from '../sim/sim-cluster.js';
import { statusAnswer } from './status-answer.js';

/** What somebody must be allowed to impersonate, as an access review asks it. */
export interface Impersonated {
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name: string;
}

const AUTHENTICATION = 'authentication.k8s.io';
const ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/;
const EXTRA = 'impersonate-extra-';

/** What the headers of a request want to be, in the order in which an API server asks whether that is allowed. */
export function wantedImpersonations(headers: Readonly<Record<string, string>>): Impersonated[] {
  const { 'impersonate-user': user = '', 'impersonate-group': groups, 'impersonate-uid': uid } = headers;
  const [, namespace, account] = ACCOUNT.exec(user) ?? [];
  const extras = Object.entries(headers).filter(([name]) => name.startsWith(EXTRA));
  return [
    namespace !== undefined && account !== undefined
      ? { group: '', resource: 'serviceaccounts', namespace, name: account }
      : { group: '', resource: 'users', name: user },
    ...(groups === undefined ? [] : groups.split('\n').map((name) => ({ group: '', resource: 'groups', name }))),
    ...extras.flatMap(([header, values]) => {
      const subresource = decodeURIComponent(header.slice(EXTRA.length));
      return values.split('\n').map((name) => ({ group: AUTHENTICATION, resource: 'userextras', subresource, name }));
    }),
    ...(uid === undefined ? [] : [{ group: AUTHENTICATION, resource: 'uids', name: uid }]),
  ];
}

/** An API server's words for whoever may not. */
export function impersonationRefusal({ user }: { readonly user: string }, wanted: Impersonated): FarResponse {
  const { group, resource, subresource, namespace, name } = wanted;
  const qualified = group === '' ? resource : `${resource}.${group}`;
  const what = subresource === undefined ? resource : `${resource}/${subresource}`;
  const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  const words = `${qualified} "${name}" is forbidden: User "${user}" cannot impersonate resource "${what}" in API group "${group}" ${where}`;
  return statusAnswer(403, 'Forbidden', words, { name, ...(group === '' ? {} : { group }), kind: resource });
}
