import { nameDeclaration, type Schema, schemaDeclaration } from '../../../cel/index.js';
import type { ValidatingAdmissionPolicy } from '../../types/admission.js';
import { typedEnvironment, type Variables } from './environments.js';
import { PolicyCompiler } from './policy-compiler.js';

/** A kind that a policy is for, and what its objects look like. */
export interface CheckedKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly schema: Schema;
}

/** What a policy's status tells of an expression. */
export interface ExpressionWarning {
  readonly fieldRef: string;
  readonly warning: string;
}

/** What a policy is checked with. */
export interface TypeCheck {
  readonly kinds: readonly CheckedKind[];
  /** What the parameters look like; undefined where that is not known. */
  readonly params: CheckedKind | undefined;
  /** Stands behind the names of types, which differ each time. */
  readonly suffix: string;
}

/**
 * Holds a policy's validations and their messages against the types of the kinds that it is for (TypeChecker.Check of
 * apiserver's pkg/admission/plugin/policy/validating). Conditions and annotations are not looked at.
 */
export function checkPolicyTypes(spec: ValidatingAdmissionPolicy['spec'], check: TypeCheck): ExpressionWarning[] {
  const variables: Variables = { params: spec.paramKind !== undefined, authorizer: true };
  const compilers = check.kinds.map((kind) => ({ kind, compiler: compilerFor(spec, kind, check, variables) }));
  const warn = (fieldRef: string, expression: string): ExpressionWarning[] => {
    const told = compilers.flatMap(({ kind, compiler }) => {
      const issues = compiler.issuesOf(expression, variables);
      return issues === undefined ? [] : [`${describeKind(kind)}: ${issues}\n`];
    });
    return told.length === 0 ? [] : [{ fieldRef, warning: told.join('\n') }];
  };
  return (spec.validations ?? []).flatMap(({ expression, messageExpression }, index) => [
    ...warn(`spec.validations[${index}].expression`, expression),
    ...(messageExpression ? warn(`spec.validations[${index}].messageExpression`, messageExpression) : []),
  ]);
}

function compilerFor(
  spec: ValidatingAdmissionPolicy['spec'],
  kind: CheckedKind,
  { params, suffix }: TypeCheck,
  variables: Variables,
): PolicyCompiler {
  const object = declared(kind, suffix);
  const parameter = params && declared(params, suffix);
  const environment = typedEnvironment(object, variables.params, parameter);
  const compiler = new PolicyCompiler(true, () => environment);
  for (const { name, expression } of spec.variables ?? []) compiler.addVariable(name, expression, variables);
  return compiler;
}

function declared({ kind, schema }: CheckedKind, suffix: string) {
  const declaration = schemaDeclaration(schema);
  return declaration && nameDeclaration(declaration, `${kind}${suffix}`);
}

function describeKind({ group, version, kind }: CheckedKind): string {
  return `${group}/${version}, Kind=${kind}`;
}
