import type { KubeObject } from '../../api/object.js';
import { badRequest, StatusError } from '../../api/status.js';
import { decide } from '../authorization/authorize.js';
import { DISCOVERY_PATHS, PUBLIC_PATHS, SELF_REVIEWS } from '../authorization/modes.js';
import type { RequestContext } from '../request/context.js';

const ANYTHING = {
  isResource: true,
  path: '',
  verb: '*',
  group: '*',
  version: '*',
  resource: '*',
  subresource: '',
  name: '',
};

/** SelfSubjectRulesReview: what may who asks do in a namespace? Throws 400 without one. */
export function reviewRules(context: RequestContext, review: KubeObject): KubeObject {
  const { namespace = '' } = (review['spec'] ?? {}) as { namespace?: string };
  if (namespace === '') throw new StatusError(badRequest('no namespace on request'));
  const { user } = context;
  const all = decide(context.parts, { user, info: { ...ANYTHING, namespace } }).decision === 'allow';
  const resourceRules = [
    ...(all ? [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }] : []),
    ...SELF_REVIEWS.map(({ group, resources }) => ({ verbs: ['create'], apiGroups: [group], resources })),
  ];
  const nonResourceRules = [
    ...(all ? [{ verbs: ['*'], nonResourceURLs: ['*'] }] : []),
    { verbs: ['get'], nonResourceURLs: DISCOVERY_PATHS },
    { verbs: ['get'], nonResourceURLs: PUBLIC_PATHS },
  ];
  const { apiVersion, kind } = review;
  // The answer is a new object; nothing of the question is in it.
  const status = { resourceRules, nonResourceRules, incomplete: false };
  return { kind, apiVersion, metadata: {}, spec: {}, status };
}
