/** admissionregistration.k8s.io/v1 MutatingAdmissionPolicy. */
import { ageOf } from '../duration.js';
import { type FieldError, invalid, required } from '../field-error.js';
import type { MutatingAdmissionPolicy, Mutation } from '../types/admission.js';
import { defaultMatchResources, REINVOCATION_POLICIES, validateMutatedOperations } from './admission/match-rules.js';
import { paramKindText } from './admission/param-kind-text.js';
import { APPLY_TYPE, JSON_PATCHES_TYPE } from './admission/patch-types.js';
import { PolicyCompiler } from './admission/policy-compiler.js';
import { validatePolicy } from './admission/policy-rules.js';
import { staticNameWarnings } from './admission/static-names.js';
import { type ApiKind, column, countGeneration, defineKind, specChanged } from './kind.js';
import { requiredOneOf, validateMeta } from './meta.js';

const ABOUT = 'Mutation indicates the number of mutations rules defined in this configuration';
const ABOUT_PARAMETERS = 'ParamKind specifies the kind of resources used to parameterize this policy';
const PATCH_TYPES = ['ApplyConfiguration', 'JSONPatch'];
/** What the expressions must evaluate to. */
const PATCH_TYPE = { applyConfiguration: APPLY_TYPE, jsonPatch: JSON_PATCHES_TYPE } as const;

/** The strategy of policies that change objects. */
export const mutatingAdmissionPolicyKind: ApiKind = defineKind({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'MutatingAdmissionPolicy',
  plural: 'mutatingadmissionpolicies',
  namespaced: false,
  categories: ['api-extensions'],
  unconditionalUpdate: false,
  applyDefaults: (object) => {
    const { spec } = object as MutatingAdmissionPolicy;
    spec.failurePolicy ??= 'Fail';
    defaultMatchResources(spec.matchConstraints);
  },
  prepareCreate: ({ metadata }) => {
    metadata.generation = 1;
  },
  prepareUpdate: (object, old) => countGeneration(object, old, specChanged(object, old)),
  validateCreate: (object) => validate(object as MutatingAdmissionPolicy),
  validateUpdate: (object, old) => validate(object as MutatingAdmissionPolicy, old as MutatingAdmissionPolicy),
  warnings: staticNameWarnings,
  printer: {
    columns: [
      column('Name'),
      column('Mutations', 'integer', 0, ABOUT),
      column('ParamKind', 'string', 0, ABOUT_PARAMETERS),
      column('Age'),
    ],
    rows: (object, now) => {
      const { metadata, spec } = object as MutatingAdmissionPolicy;
      const age = ageOf(metadata.creationTimestamp, now);
      return [{ cells: [metadata.name, spec.mutations?.length ?? 0, paramKindText(spec.paramKind), age] }];
    },
  },
});

function validate(policy: MutatingAdmissionPolicy, old?: MutatingAdmissionPolicy): FieldError[] {
  const { matchConstraints, mutations = [], reinvocationPolicy, paramKind } = policy.spec;
  const compiler = new PolicyCompiler();
  const errors = [...validateMeta(policy, false), ...validatePolicy(policy.spec, old?.spec, compiler)];
  errors.push(...validateMutatedOperations('spec.matchConstraints', matchConstraints));
  if (mutations.length === 0) errors.push(required('spec.mutations', 'mutations must contain at least one item'));
  mutations.forEach((mutation, index) => {
    errors.push(...validateMutation(`spec.mutations[${index}]`, mutation, compiler, paramKind !== undefined));
  });
  return [...errors, ...requiredOneOf('spec.reinvocationPolicy', reinvocationPolicy, REINVOCATION_POLICIES)];
}

function validateMutation(path: string, mutation: Mutation, compiler: PolicyCompiler, params: boolean): FieldError[] {
  const { patchType } = mutation;
  const errors = requiredOneOf(`${path}.patchType`, patchType, PATCH_TYPES);
  if (errors.length > 0) return errors;
  const [own, other] =
    patchType === 'JSONPatch'
      ? (['jsonPatch', 'applyConfiguration'] as const)
      : (['applyConfiguration', 'jsonPatch'] as const);
  const given = mutation[own];
  if (!given) errors.push(required(`${path}.${own}`, `must be specified when patchType is ${patchType}`));
  else {
    const expression = (given.expression ?? '').trim();
    const at = `${path}.${own}.expression`;
    if (expression === '') errors.push(required(at));
    else {
      const { error } = compiler.compile(expression, { params, authorizer: true, patchTypes: true }, [PATCH_TYPE[own]]);
      if (error !== undefined) errors.push(invalid(at, expression, error));
    }
  }
  if (mutation[other]) {
    errors.push(invalid(`${path}.${other}`, `{${other}}`, `must not be specified when patchType is ${patchType}`));
  }
  return errors;
}
