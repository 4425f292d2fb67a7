/** Rules of a schema, compiled where they stand (apiextensions schema/cel, Compile). */
import { followFieldPath } from '../../../api/custom/field-path.js';
import type { SchemaProps, ValidationRule } from '../../../api/types/custom-resource-definition.js';
import {
  BOOL,
  baseEnvironment,
  compile,
  type Declaration,
  type Environment,
  nameDeclaration,
  objectTypesOf,
  optionalType,
  type Program,
  REQUEST_BYTES_MAX,
  type Schema,
  STRING,
  sameType,
  schemaDeclaration,
  sizesOf,
} from '../../../cel/index.js';

/** One rule: its programs, or why there are none. */
export interface CompiledRule {
  readonly rule: ValidationRule;
  readonly program?: Program;
  readonly message?: Program;
  readonly usesOldSelf: boolean;
  /** What the rule's fieldPath appends, '' for none. */
  readonly path: string;
  readonly cost: number;
  readonly messageCost: number;
  readonly error?: string;
  readonly messageError?: string;
}

/** How often a value of at least this size can stand in one request. */
export function cardinalityOf(declaration: Declaration): number {
  return Math.trunc(REQUEST_BYTES_MAX / (declaration.minSize + 1));
}

/** The declaration of a schema as expressions see it. */
export function declarationFor(schema: SchemaProps, isRoot: boolean): Declaration | undefined {
  return schemaDeclaration(schema as Schema, isRoot || schema['x-kubernetes-embedded-resource'] === true);
}

/** Compiles the rules of one schema, not of what is inside of it. */
export function compileRules(schema: SchemaProps, declaration: Declaration): CompiledRule[] {
  const named = nameDeclaration(declaration, 'selfType');
  const base = baseEnvironment().extend({ objects: objectTypesOf(named), variables: { self: named.type } });
  const plain = base.extend({ variables: { oldSelf: named.type } });
  const optional = base.extend({ variables: { oldSelf: optionalType(named.type) } });
  return (schema['x-kubernetes-validations'] ?? []).map((rule) =>
    compileRule(rule, schema, rule.optionalOldSelf ? optional : plain, named),
  );
}

function compileRule(
  rule: ValidationRule,
  schema: SchemaProps,
  environment: Environment,
  named: Declaration,
): CompiledRule {
  const nothing = { rule, usesOldSelf: false, path: '', cost: 0, messageCost: 0 };
  if (rule.rule.trim() === '') return nothing;
  const { program, issues, failure } = compile(rule.rule, environment);
  if (!program) {
    return {
      ...nothing,
      error: issues === undefined ? `program instantiation failed: ${failure}` : `compilation failed: ${issues}`,
    };
  }
  if (!sameType(program.outputType, BOOL)) return { ...nothing, error: 'cel expression must evaluate to a bool' };
  const sizes = sizesOf(named);
  const found = rule.fieldPath ? followFieldPath(rule.fieldPath, schema) : undefined;
  const compiled: CompiledRule = {
    rule,
    program,
    usesOldSelf: program.references.has('oldSelf'),
    path: found && found.error === undefined ? found.text : '',
    cost: program.estimateCost(sizes).max,
    messageCost: 0,
  };
  return rule.messageExpression
    ? { ...compiled, ...compileMessage(rule.messageExpression, environment, named) }
    : compiled;
}

function compileMessage(text: string, environment: Environment, named: Declaration): Partial<CompiledRule> {
  const { program, issues, failure } = compile(text, environment);
  if (!program) {
    const why = issues === undefined ? `messageExpression instantiation failed: ${failure}` : undefined;
    return { messageError: why ?? `messageExpression compilation failed: ${issues}` };
  }
  if (!sameType(program.outputType, STRING)) return { messageError: 'messageExpression must evaluate to a string' };
  return { message: program, messageCost: program.estimateCost(sizesOf(named)).max };
}
