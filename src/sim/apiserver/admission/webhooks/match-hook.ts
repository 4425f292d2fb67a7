import type { KubeObject } from '../../../api/object.js';
import { type Status, StatusError } from '../../../api/status.js';
import { Activation } from '../expressions/activation.js';
import type { Attributes, View } from '../matching/attributes.js';
import { holds } from '../matching/conditions.js';
import { matchesRule } from '../matching/rules.js';
import { matchesNamespace, matchesObject } from '../matching/selectors.js';
import { refusal } from '../refusal.js';
import type { Hook } from './hooks.js';

/**
 * How a webhook is to be asked about a request, undefined when it is not. `shown` gives the object as a view has it.
 * Throws StatusError where that could not be found out.
 */
export function matchHook(
  hook: Hook,
  attributes: Attributes,
  shown: (view: View) => KubeObject | undefined,
): View | undefined {
  const view = matchingView(hook, attributes);
  if (!view) return undefined;
  const inNamespace = matchesNamespace(hook.selectors, attributes);
  if (inNamespace === false) return undefined;
  if (!matchesObject(hook.selectors, attributes)) return undefined;
  if (inNamespace !== true) throw new StatusError(inNamespace as Status);
  if (!hook.webhook.matchConditions?.length) return view;
  const { variables } = new Activation(attributes, view, shown(view));
  const result = holds(hook.conditions(), variables, hook.webhook.failurePolicy);
  if (typeof result === 'boolean') return result ? view : undefined;
  throw refusal(attributes.request, result.failed);
}

/** The first rule that is for the request as it came, else the first that is for an equivalent one. */
function matchingView({ webhook }: Hook, attributes: Attributes): View | undefined {
  const rules = webhook.rules ?? [];
  if (rules.some((rule) => matchesRule(rule, attributes, attributes.own.resource))) return attributes.own;
  if (webhook.matchPolicy !== 'Equivalent') return undefined;
  for (const rule of rules) {
    const found = attributes.equivalents.find((view) => matchesRule(rule, attributes, view.resource));
    if (found) return found;
  }
  return undefined;
}
