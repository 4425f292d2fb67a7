/** core/v1 LimitRange and ResourceQuota. */
import type { KubeObject } from '../object.js';

type ResourceList = Record<string, string>;

export interface LimitRange extends KubeObject {
  spec: { limits?: LimitRangeItem[] };
}

export interface LimitRangeItem {
  type: string;
  max?: ResourceList;
  min?: ResourceList;
  default?: ResourceList;
  defaultRequest?: ResourceList;
  maxLimitRequestRatio?: ResourceList;
}

export interface ResourceQuota extends KubeObject {
  spec: ResourceQuotaSpec;
  status?: { hard?: ResourceList; used?: ResourceList };
}

export interface ResourceQuotaSpec {
  hard?: ResourceList;
  scopes?: string[];
  scopeSelector?: ScopeSelector;
}

export interface ScopeSelector {
  matchExpressions?: { scopeName: string; operator: string; values?: string[] }[];
}
