/** flowcontrol.apiserver.k8s.io/v1 FlowSchema and PriorityLevelConfiguration. */
import type { KubeObject } from '../object.js';

export interface FlowSchema extends KubeObject {
  spec: FlowSchemaSpec;
  status?: { conditions?: FlowControlCondition[] };
}

export interface FlowControlCondition {
  type?: string;
  status?: string;
  lastTransitionTime?: string | null;
  reason?: string;
  message?: string;
}

export interface FlowSchemaSpec {
  priorityLevelConfiguration: { name: string };
  matchingPrecedence: number;
  distinguisherMethod?: { type: string };
  rules?: PolicyRulesWithSubjects[];
}

export interface PolicyRulesWithSubjects {
  subjects: FlowSubject[] | null;
  resourceRules?: ResourcePolicyRule[];
  nonResourceRules?: NonResourcePolicyRule[];
}

export interface FlowSubject {
  kind: string;
  user?: { name: string };
  group?: { name: string };
  serviceAccount?: { namespace: string; name: string };
}

export interface ResourcePolicyRule {
  verbs: string[] | null;
  apiGroups: string[] | null;
  resources: string[] | null;
  clusterScope?: boolean;
  namespaces: string[] | null;
}

export interface NonResourcePolicyRule {
  verbs: string[] | null;
  nonResourceURLs: string[] | null;
}

export interface PriorityLevelConfiguration extends KubeObject {
  spec: PriorityLevelConfigurationSpec;
  status?: { conditions?: FlowControlCondition[] };
}

export interface PriorityLevelConfigurationSpec {
  type: string;
  limited?: LimitedPriorityLevel;
  exempt?: { nominalConcurrencyShares?: number; lendablePercent?: number };
}

export interface LimitedPriorityLevel {
  nominalConcurrencyShares?: number | null;
  limitResponse: { type: string; queuing?: QueuingConfiguration };
  lendablePercent?: number;
  borrowingLimitPercent?: number;
}

export interface QueuingConfiguration {
  queues: number;
  handSize: number;
  queueLengthLimit: number;
}
