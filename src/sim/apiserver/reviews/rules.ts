import type { KubeObject } from '../../api/object.js';
import { badRequest, StatusError } from '../../api/status.js';
import type { PolicyRule } from '../../api/types/rbac.js';
import { joinErrors } from '../authorization/rbac/describe.js';
import type { RequestContext } from '../request/context.js';

/** SelfSubjectRulesReview: what may who asks do in a namespace? Throws 400 without one. */
export function reviewRules(context: RequestContext, review: KubeObject): () => KubeObject {
  const { namespace = '' } = (review['spec'] ?? {}) as { namespace?: string };
  if (namespace === '') throw new StatusError(badRequest('no namespace on request'));
  return () => rulesIn(context, review, namespace);
}

function rulesIn({ user, parts }: RequestContext, review: KubeObject, namespace: string): KubeObject {
  const said = parts.authorizers.flatMap((one) => one.rulesFor?.(user, namespace, parts.etcd.current) ?? []);
  const rules = said.flatMap((one) => one.rules);
  const errors = said.flatMap((one) => one.errors);
  const { apiVersion, kind } = review;
  const status = {
    resourceRules: rules.filter(({ resources }) => resources?.length).map(resourceRule),
    nonResourceRules: rules.filter(({ nonResourceURLs }) => nonResourceURLs?.length).map(nonResourceRule),
    incomplete: said.some((one) => one.incomplete),
    ...(errors.length > 0 ? { evaluationError: joinErrors(errors) } : {}),
  };
  // The answer is a new object; nothing of the question is in it.
  return { kind, apiVersion, metadata: {}, spec: {}, status };
}

function resourceRule({ verbs, apiGroups, resources, resourceNames }: PolicyRule): PolicyRule {
  return {
    verbs: verbs ?? null,
    ...(apiGroups?.length ? { apiGroups } : {}),
    ...(resources ? { resources } : {}),
    ...(resourceNames?.length ? { resourceNames } : {}),
  };
}

function nonResourceRule({ verbs, nonResourceURLs }: PolicyRule): PolicyRule {
  return { verbs: verbs ?? null, ...(nonResourceURLs ? { nonResourceURLs } : {}) };
}
