import type { Micros } from '../../kernel/time.js';
import type { KubeObject } from '../object.js';
import type { ResourceAmounts } from '../pod-requests.js';
import type { ResourceQuota } from '../types/limits.js';

/** One scope that a quota, or the configuration of the plug-in, asks about. */
export interface ScopeRequirement {
  readonly scopeName: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

/** What is about to happen to an object, as far as evaluators care. */
export interface QuotaOperation {
  readonly operation: string;
  readonly subresource: string;
  readonly object: KubeObject | undefined;
  readonly old: KubeObject | undefined;
}

/** What evaluators have to know besides the object. */
export interface QuotaSurroundings {
  readonly now: Micros;
  /** Which extended resource a device class stands for, if any, and the other way round. */
  readonly extendedResourceOf: (deviceClass: string) => string | undefined;
  readonly hasDeviceClass: (extendedResource: string) => boolean;
}

/** Knows how much of what an object of one resource uses. */
export interface QuotaEvaluator {
  /** Whether such a request may change how much is used. */
  handles(operation: QuotaOperation): boolean;
  /** Those of the names that objects of this resource use. */
  matching(names: readonly string[], surroundings: QuotaSurroundings): string[];
  /** Whether the object is of a scope; undefined where the resource knows no scopes. */
  readonly matchesScope?: (scope: ScopeRequirement, object: KubeObject) => boolean;
  /** Why an object cannot be counted. */
  readonly constraint?: (required: readonly string[], object: KubeObject) => string | undefined;
  usage(object: KubeObject, surroundings: QuotaSurroundings): ResourceAmounts;
}

/** The scopes a quota asks about: those listed, then those of its selector. */
export function scopesOf({ spec }: ResourceQuota): ScopeRequirement[] {
  const listed = (spec.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists' }));
  return [...listed, ...(spec.scopeSelector?.matchExpressions ?? [])];
}

/** Whether a value, of which there may be none, is one that a requirement asks for. */
export function fitsRequirement({ operator, values = [] }: ScopeRequirement, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    default:
      return value === undefined;
  }
}
