/** What policies of admission have in common (admissionregistration/validation). */
import { type FieldError, invalid, required } from '../../field-error.js';
import { dns1035Label, dns1123Subdomain } from '../../names.js';
import { semanticEqual } from '../../object.js';
import type { AdmissionPolicySpec, ParamKind } from '../../types/admission.js';
import { oneOf } from '../meta.js';
import { FAILURE_POLICIES, validateMatchConditions, validateMatchResources } from './match-rules.js';
import type { PolicyCompiler } from './policy-compiler.js';

const IDENTIFIER = /^[_a-zA-Z][_a-zA-Z0-9]*$/;
const RESERVED = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

/** Everything up to what a policy does. `old` is the policy before a change; the compiler gets to know the variables. */
export function validatePolicy(
  spec: AdmissionPolicySpec,
  old: AdmissionPolicySpec | undefined,
  compiler: PolicyCompiler,
): FieldError[] {
  const { paramKind, matchConstraints, matchConditions, variables = [] } = spec;
  const errors = oneOf('spec.failurePolicy', spec.failurePolicy, FAILURE_POLICIES);
  if (paramKind) errors.push(...validateParamKind('spec.paramKind', paramKind));
  const path = 'spec.matchConstraints';
  if (!matchConstraints) errors.push(required(path));
  else {
    errors.push(...validateMatchResources(path, matchConstraints));
    if (!matchConstraints.resourceRules?.length) errors.push(required(`${path}.resourceRules`));
  }
  const sameConditions =
    old && semanticEqual(paramKind, old.paramKind) && semanticEqual(matchConditions, old.matchConditions);
  if (!sameConditions)
    errors.push(...validateMatchConditions('spec.matchConditions', matchConditions, paramKind !== undefined));
  variables.forEach((variable, index) => {
    errors.push(...validateVariable(`spec.variables[${index}]`, variable, compiler, paramKind !== undefined));
  });
  return errors;
}

function validateVariable(
  path: string,
  { name, expression }: { name: string; expression: string },
  compiler: PolicyCompiler,
  params: boolean,
): FieldError[] {
  const errors: FieldError[] = [];
  if (name.trim() === '') errors.push(required(`${path}.name`, 'name is not specified'));
  else if (!IDENTIFIER.test(name) || RESERVED.has(name)) {
    errors.push(invalid(`${path}.name`, name, 'must be a valid CEL identifier'));
  }
  if (expression.trim() === '') {
    errors.push(required(`${path}.expression`, 'expression is not specified'));
    return errors;
  }
  const { error } = compiler.addVariable(name, expression, { params, authorizer: true });
  if (error !== undefined) errors.push(invalid(`${path}.expression`, expression, error));
  return errors;
}

function validateParamKind(path: string, { apiVersion = '', kind = '' }: ParamKind): FieldError[] {
  const errors = apiVersion === '' ? [required(`${path}.apiVersion`)] : validateVersion(path, apiVersion);
  if (kind === '') return [...errors, required(`${path}.kind`)];
  const wrong = dns1035Label(kind.toLowerCase());
  if (wrong.length === 0) return errors;
  const words = `may have mixed case, but should otherwise match: ${wrong.join(',')}`;
  return [...errors, invalid(`${path}.kind`, kind, words)];
}

function validateVersion(path: string, apiVersion: string): FieldError[] {
  const at = `${path}.apiVersion`;
  const parts = apiVersion === '/' ? [''] : apiVersion.split('/');
  if (parts.length > 2) return [invalid(at, apiVersion, `unexpected GroupVersion string: ${apiVersion}`)];
  const version = parts.at(-1) ?? '';
  const group = parts.length === 2 ? (parts[0] ?? '') : '';
  const wrongGroup = group === '' ? [] : dns1123Subdomain(group);
  const errors = wrongGroup.length > 0 ? [invalid(at, group, wrongGroup.join(','))] : [];
  if (version === '') return [...errors, invalid(at, apiVersion, 'version must be specified')];
  const wrong = dns1035Label(version);
  return wrong.length > 0 ? [...errors, invalid(at, version, wrong.join(','))] : errors;
}
