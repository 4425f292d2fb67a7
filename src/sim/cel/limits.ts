/** Limits of k8s.io/apiserver/pkg/apis/cel and of CustomResourceDefinitions, in units of cost or bytes. */

/** What one call of an expression may cost. */
export const PER_CALL_LIMIT = 1_000_000;
/** What all expressions of a custom resource, or of a policy's binding, may cost for one request. */
export const RUNTIME_COST_BUDGET = 10_000_000;
/** What all match conditions of a webhook or policy may cost for one request. */
export const MATCH_CONDITIONS_COST_BUDGET = 2_500_000;
/** How large a request may be. */
export const REQUEST_BYTES_MAX = 3 * 1024 * 1024;
/** How long a text of a messageExpression may be. */
export const MESSAGE_BYTES_MAX = 5 * 1024;
/** What one rule of a CustomResourceDefinition may cost by its estimate. */
export const RULE_COST_MAX = 10_000_000;
/** What all rules of a CustomResourceDefinition may cost by their estimates. */
export const RULES_COST_MAX = 100_000_000;
