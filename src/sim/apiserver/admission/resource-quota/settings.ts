import type { ScopeRequirement } from '../../../api/quota/evaluator.js';

/** A resource nobody may use where no quota covers it. */
export interface LimitedResource {
  readonly apiGroup?: string;
  readonly resource: string;
  /** Parts of names of what is limited. */
  readonly matchContains?: readonly string[];
  readonly matchScopes?: readonly ScopeRequirement[];
}

/** What a ResourceQuotaConfiguration says. */
export interface ResourceQuotaSettings {
  readonly limitedResources: readonly LimitedResource[];
}
