import { type CompiledExpression, compileExpression } from '../../../api/kinds/admission/compile-expression.js';
import { admissionEnvironment, type Variables as Named } from '../../../api/kinds/admission/environments.js';
import type { MatchCondition } from '../../../api/types/admission.js';
import { BOOL, MATCH_CONDITIONS_COST_BUDGET, type Variables } from '../../../cel/index.js';
import { Budget, BudgetExceeded } from '../expressions/evaluate.js';
import { aggregated } from '../refusal.js';

/** Match conditions that are ready to be run. */
export interface CompiledConditions {
  readonly conditions: readonly { readonly name: string; readonly compiled: CompiledExpression }[];
}

/** Compiles the conditions of a webhook, or of a policy with its own variables. */
export function compileConditions(
  conditions: readonly MatchCondition[],
  named: Named = { params: false, authorizer: true },
): CompiledConditions {
  const environment = admissionEnvironment(named);
  return {
    conditions: conditions.map(({ name, expression }) => ({
      name,
      compiled: compileExpression(expression, environment, [BOOL]),
    })),
  };
}

/**
 * Whether all conditions hold. One that is false says no, whatever became of the others; a failure says what went wrong, or
 * no where failures are ignored.
 */
export function holds(
  { conditions }: CompiledConditions,
  variables: Variables,
  failurePolicy: string | undefined,
): boolean | { readonly failed: string } {
  if (conditions.length === 0) return true;
  const budget = new Budget(MATCH_CONDITIONS_COST_BUDGET);
  const ignores = failurePolicy === 'Ignore';
  const errors: string[] = [];
  try {
    const outcomes = conditions.map(({ compiled }) => budget.evaluate(compiled, variables));
    for (const { value, error } of outcomes) {
      if (error !== undefined) errors.push(error);
      else if (value === false) return false;
    }
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error;
    return ignores ? false : { failed: error.message };
  }
  if (errors.length === 0) return true;
  return ignores ? false : { failed: aggregated(errors) };
}
