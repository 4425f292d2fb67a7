/** admissionregistration.k8s.io/v1: webhooks, policies and their bindings. */
import type { Condition, KubeObject, LabelSelector } from '../object.js';

export interface WebhookConfiguration extends KubeObject {
  webhooks?: Webhook[];
}

export interface Webhook {
  name: string;
  clientConfig: WebhookClientConfig;
  rules?: AdmissionRule[];
  failurePolicy?: string;
  matchPolicy?: string;
  namespaceSelector?: LabelSelector;
  objectSelector?: LabelSelector;
  sideEffects?: string | null;
  timeoutSeconds?: number;
  admissionReviewVersions?: string[] | null;
  matchConditions?: MatchCondition[];
  reinvocationPolicy?: string;
}

export interface WebhookClientConfig {
  url?: string;
  service?: WebhookService;
  caBundle?: string;
}

export interface WebhookService {
  namespace: string;
  name: string;
  path?: string;
  port?: number;
}

export interface AdmissionRule {
  apiGroups?: string[];
  apiVersions?: string[];
  operations?: string[];
  resources?: string[];
  resourceNames?: string[];
  scope?: string;
}

export interface MatchCondition {
  name: string;
  expression: string;
}

export interface MatchResources {
  namespaceSelector?: LabelSelector;
  objectSelector?: LabelSelector;
  resourceRules?: AdmissionRule[];
  excludeResourceRules?: AdmissionRule[];
  matchPolicy?: string;
}

export interface ParamKind {
  apiVersion?: string;
  kind?: string;
}

/** What the two kinds of policies share. */
export interface AdmissionPolicySpec {
  paramKind?: ParamKind;
  matchConstraints?: MatchResources;
  matchConditions?: MatchCondition[];
  variables?: { name: string; expression: string }[];
  failurePolicy?: string;
}

export interface ValidatingAdmissionPolicy extends KubeObject {
  spec: AdmissionPolicySpec & {
    validations?: { expression: string; message?: string; reason?: string; messageExpression?: string }[];
    auditAnnotations?: { key: string; valueExpression: string }[];
  };
  status?: {
    observedGeneration?: number;
    typeChecking?: { expressionWarnings?: { fieldRef: string; warning: string }[] };
    conditions?: Condition[];
  };
}

export interface Mutation {
  patchType: string;
  applyConfiguration?: { expression?: string };
  jsonPatch?: { expression?: string };
}

export interface MutatingAdmissionPolicy extends KubeObject {
  spec: AdmissionPolicySpec & { mutations?: Mutation[]; reinvocationPolicy?: string };
}

export interface ParamRef {
  name?: string;
  namespace?: string;
  selector?: LabelSelector;
  parameterNotFoundAction?: string;
}

export interface AdmissionPolicyBinding extends KubeObject {
  spec: {
    policyName?: string;
    paramRef?: ParamRef;
    matchResources?: MatchResources;
    validationActions?: string[];
  };
}
