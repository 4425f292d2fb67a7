/** admissionregistration.k8s.io/v1 MutatingAdmissionPolicyBinding. */
import { ageOf } from '../duration.js';
import type { FieldError } from '../field-error.js';
import type { AdmissionPolicyBinding } from '../types/admission.js';
import { paramText, validateBinding } from './admission/binding-rules.js';
import { defaultMatchResources, validateMutatedOperations } from './admission/match-rules.js';
import { staticNameWarnings } from './admission/static-names.js';
import { type ApiKind, column, countGeneration, defineKind, specChanged } from './kind.js';

const ABOUT_POLICY = 'PolicyName indicates the policy definition which the policy binding binded to';
const ABOUT_PARAMETERS = 'ParamRef indicates the param resource which sets the configuration param';

/** The strategy of bindings of policies that change objects. */
export const mutatingAdmissionPolicyBindingKind: ApiKind = defineKind({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'MutatingAdmissionPolicyBinding',
  plural: 'mutatingadmissionpolicybindings',
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
  const { matchResources } = binding.spec;
  return [...validateBinding(binding), ...validateMutatedOperations('spec.matchResources', matchResources)];
}
