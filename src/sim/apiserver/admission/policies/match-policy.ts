import type { Status } from '../../../api/status.js';
import type { AdmissionRule } from '../../../api/types/admission.js';
import type { Attributes, View } from '../matching/attributes.js';
import { matchesRule } from '../matching/rules.js';
import { matchesNamespace, matchesObject } from '../matching/selectors.js';
import type { Constraints } from './bound-policies.js';

/** How a policy or binding sees a request; undefined when it is not for it. Throws `Error` where nobody can tell. */
export function matchConstraints({ match, selectors }: Constraints, attributes: Attributes): View | undefined {
  const { resourceRules = [], excludeResourceRules = [], matchPolicy } = match;
  if (excludeResourceRules.length > 0 && matchRules(excludeResourceRules, matchPolicy, attributes)) return undefined;
  const view = resourceRules.length === 0 ? attributes.own : matchRules(resourceRules, matchPolicy, attributes);
  if (!view) return undefined;
  const inNamespace = matchesNamespace(selectors, attributes);
  if (inNamespace === false || !matchesObject(selectors, attributes)) return undefined;
  if (inNamespace !== true) throw new Error((inNamespace as Status).message);
  return view;
}

/** The first rule that is for the request as it came, else the first that is for an equivalent one. */
function matchRules(
  rules: readonly AdmissionRule[],
  matchPolicy: string | undefined,
  attributes: Attributes,
): View | undefined {
  const fits = (rule: AdmissionRule, view: View) =>
    matchesRule(rule, attributes, view.resource) && namesObject(rule, attributes.name);
  if (rules.some((rule) => fits(rule, attributes.own))) return attributes.own;
  if (matchPolicy !== 'Equivalent') return undefined;
  for (const rule of rules) {
    const found = attributes.equivalents.find((view) => fits(rule, view));
    if (found) return found;
  }
  return undefined;
}

function namesObject({ resourceNames = [] }: AdmissionRule, name: string): boolean {
  return resourceNames.length === 0 || resourceNames.includes(name);
}
