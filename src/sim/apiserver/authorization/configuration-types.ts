import type { FactPackage } from '../../api/facts/package.js';

/** Facts of the types of apiserver.config.k8s.io/v1 that authorization has, v0.36.0. */
const V1: FactPackage = {
  id: 'authorization.config.v1',
  group: 'apiserver.config.k8s.io',
  version: 'v1',
  prefix: '',
  kinds: 'AuthorizationConfiguration',
  types: `
AuthorizationConfiguration :0:@meta.v1.TypeMeta: authorizers:0:[@AuthorizerConfiguration:
AuthorizerConfiguration type:0:s: name:0:s: webhook:0:*@WebhookConfiguration:o
WebhookConfiguration authorizedTTL:0:D: cacheAuthorizedRequests:0:*b:o unauthorizedTTL:0:D: cacheUnauthorizedRequests:0:*b:o timeout:0:D: subjectAccessReviewVersion:0:s: matchConditionSubjectAccessReviewVersion:0:s: failurePolicy:0:s: connectionInfo:0:@WebhookConnectionInfo: matchConditions:0:[@WebhookMatchCondition:
WebhookConnectionInfo type:0:s: kubeConfigFile:0:*s:
WebhookMatchCondition expression:0:s:
`,
};

/** The versions such a file may be written in; they differ in nothing but their names. */
export const AUTHORIZATION_VERSIONS: readonly FactPackage[] = ['v1', 'v1beta1', 'v1alpha1'].map((version) => ({
  ...V1,
  id: `authorization.config.${version}`,
  version,
}));

/** One entry of the file's list. */
export interface AuthorizerEntry {
  readonly type?: string;
  readonly name?: string;
  readonly webhook?: WebhookEntry | null;
}

/** How to ask somebody outside. */
export interface WebhookEntry {
  readonly authorizedTTL?: string;
  readonly cacheAuthorizedRequests?: boolean | null;
  readonly cacheUnauthorizedRequests?: boolean | null;
  readonly unauthorizedTTL?: string;
  readonly timeout?: string;
  readonly subjectAccessReviewVersion?: string;
  readonly matchConditionSubjectAccessReviewVersion?: string;
  readonly failurePolicy?: string;
  readonly connectionInfo?: { readonly type?: string; readonly kubeConfigFile?: string | null };
  readonly matchConditions?: readonly { readonly expression?: string }[] | null;
}
