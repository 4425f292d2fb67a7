import type { CompiledExpression } from '../../../api/kinds/admission/compile-expression.js';
import { PolicyCompiler } from '../../../api/kinds/admission/policy-compiler.js';
import type { AdmissionPolicySpec } from '../../../api/types/admission.js';
import { BOOL } from '../../../cel/index.js';
import type { CompiledConditions } from '../matching/conditions.js';
import type { PolicyVariable } from './policy-activation.js';

/** What policies of both kinds are compiled to. */
export interface CompiledPolicy {
  readonly variables: readonly PolicyVariable[];
  readonly conditions: CompiledConditions;
  readonly compile: PolicyCompiler['compile'];
  /** Whether there are parameters. */
  readonly params: boolean;
}

/** Compiles a policy's variables and conditions; mistakes wait until somebody runs them. */
export function compilePolicy({ spec }: { readonly spec: AdmissionPolicySpec }): CompiledPolicy {
  const compiler = new PolicyCompiler();
  const params = spec.paramKind !== undefined;
  const variables = (spec.variables ?? []).map(({ name, expression }) => ({
    name,
    compiled: compiler.addVariable(name, expression, { params, authorizer: true }),
  }));
  const compile: PolicyCompiler['compile'] = (...given): CompiledExpression => compiler.compile(...given);
  const conditions = (spec.matchConditions ?? []).map(({ name, expression }) => ({
    name,
    compiled: compile(expression, { params, authorizer: true }, [BOOL]),
  }));
  return { variables, conditions: { conditions }, compile, params };
}
