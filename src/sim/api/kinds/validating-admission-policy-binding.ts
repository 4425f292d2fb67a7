/** admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding. */
import { ageOf } from '../duration.js';
import { duplicate, type FieldError, invalid, required } from '../field-error.js';
import type { AdmissionPolicyBinding } from '../types/admission.js';
import { paramText, validateBinding } from './admission/binding-rules.js';
import { defaultMatchResources } from './admission/match-rules.js';
import { staticNameWarnings } from './admission/static-names.js';
import { type ApiKind, column, countGeneration, defineKind, specChanged } from './kind.js';
import { oneOf } from './meta.js';

const ABOUT_POLICY = 'PolicyName indicates the policy definition which the policy binding binded to';
const ABOUT_PARAMETERS = 'ParamRef indicates the param resource which sets the configuration param';
const ACTIONS = ['Audit', 'Deny', 'Warn'];
const REPEATED =
  'must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)';

/** The strategy of bindings of policies that judge objects. */
export const validatingAdmissionPolicyBindingKind: ApiKind = defineKind({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'ValidatingAdmissionPolicyBinding',
  plural: 'validatingadmissionpolicybindings',
  namespaced: false,
  categories: ['api-extensions'],
  unconditionalUpdate: false,
  applyDefaults: (object) => defaultMatchResources((object as AdmissionPolicyBinding).spec.matchResources),
  prepareCreate: ({ metadata }) => {
    metadata.generation = 1;
  },
  prepareUpdate: (object, old) => countGeneration(object, old, specChanged(object, old)),
  validateCreate: (object) => validate(object as AdmissionPolicyBinding),
  validateUpdate: (object) => validate(object as AdmissionPolicyBinding),
  warnings: staticNameWarnings,
  printer: {
    columns: [
      column('Name'),
      column('PolicyName', 'string', 0, ABOUT_POLICY),
      column('ParamRef', 'string', 0, ABOUT_PARAMETERS),
      column('Age'),
    ],
    rows: (object, now) => {
      const binding = object as AdmissionPolicyBinding;
      const age = ageOf(binding.metadata.creationTimestamp, now);
      return [{ cells: [binding.metadata.name, binding.spec.policyName ?? '', paramText(binding), age] }];
    },
  },
});

function validate(binding: AdmissionPolicyBinding): FieldError[] {
  return [...validateBinding(binding), ...validateActions(binding.spec.validationActions ?? [])];
}

function validateActions(actions: readonly string[]): FieldError[] {
  const path = 'spec.validationActions';
  if (actions.length === 0) return [required(path, 'at least one validation action is required')];
  const errors = actions.flatMap((action, index) => {
    const found = oneOf(`${path}[${index}]`, action, ACTIONS);
    return actions.indexOf(action) < index ? [...found, duplicate(`${path}[${index}]`, action)] : found;
  });
  return actions.includes('Deny') && actions.includes('Warn') ? [...errors, invalid(path, actions, REPEATED)] : errors;
}
