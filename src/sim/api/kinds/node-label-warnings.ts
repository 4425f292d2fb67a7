/** Labels of nodes that other labels have replaced (pkg/api/node). */

import { labelValue } from '../names.js';
import type { LabelSelector } from '../object.js';
import type { NodeSelectorTerm } from '../types/scheduling.js';
import { sortedPairs } from './meta.js';

const DEPRECATED: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': 'deprecated since v1.14; use "kubernetes.io/arch" instead',
  'beta.kubernetes.io/os': 'deprecated since v1.14; use "kubernetes.io/os" instead',
  'failure-domain.beta.kubernetes.io/region': 'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  'failure-domain.beta.kubernetes.io/zone': 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  'beta.kubernetes.io/instance-type': 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
  'app.kubernetes.io/created-by': 'deprecated since v1.9',
  'scheduler.alpha.kubernetes.io/preferAvoidPods': 'deprecated since v1.22; use Taints and Tolerations instead',
  'node-role.kubernetes.io/master': 'use "node-role.kubernetes.io/control-plane" instead',
};

/** Why a node's label should not be used any more; undefined for one that may. */
export function deprecatedNodeLabel(key: string): string | undefined {
  return Object.hasOwn(DEPRECATED, key) ? DEPRECATED[key] : undefined;
}

/** Warnings about a term that chooses nodes. */
export function nodeTermWarnings(path: string, term: NodeSelectorTerm): string[] {
  return expressionWarnings(path, term.matchExpressions ?? []);
}

/** Warnings about a term that nodes should better fulfil: what no label can be is warned of as well. */
export function preferredTermWarnings(path: string, { matchExpressions = [] }: NodeSelectorTerm): string[] {
  return matchExpressions.flatMap((expression, index) => [
    ...keyWarnings(`${path}.matchExpressions[${index}]`, expression.key),
    ...(expression.values ?? []).flatMap((value, at) =>
      labelValue(value).map((why) => `${path}.matchExpressions[${index}].values[${at}]: ${value} is invalid, ${why}`),
    ),
  ]);
}

/** Warnings about a label selector that chooses nodes. */
export function nodeLabelSelectorWarnings(path: string, selector: LabelSelector | undefined): string[] {
  const labels = sortedPairs(selector?.matchLabels).flatMap(([key]) => {
    const why = deprecatedNodeLabel(key);
    return why ? [`${path}.matchLabels.${key}: ${why}`] : [];
  });
  return [...expressionWarnings(path, selector?.matchExpressions ?? []), ...labels];
}

function expressionWarnings(path: string, expressions: readonly { readonly key: string }[]): string[] {
  return expressions.flatMap(({ key }, index) => keyWarnings(`${path}.matchExpressions[${index}]`, key));
}

function keyWarnings(path: string, key: string): string[] {
  const why = deprecatedNodeLabel(key);
  return why ? [`${path}.key: ${key} is ${why}`] : [];
}
