/** Bindings of policies (admissionregistration/validation). */
import { type FieldError, forbidden, notSupported, required } from '../../field-error.js';
import { formatSelectorGo } from '../../labels-go.js';
import { dns1123Subdomain, pathSegmentName } from '../../names.js';
import type { AdmissionPolicyBinding, ParamRef } from '../../types/admission.js';
import { checkText, validateLabelSelector, validateMeta } from '../meta.js';
import { validateMatchResources } from './match-rules.js';

const EXCLUSIVE = 'name and selector are mutually exclusive';
const ACTIONS = ['Deny', 'Allow'];

/** All that bindings of both kinds of policies have. */
export function validateBinding(binding: AdmissionPolicyBinding): FieldError[] {
  const { policyName, paramRef, matchResources } = binding.spec;
  const errors = validateMeta(binding, false);
  if (policyName) errors.push(...checkText('spec.policyName', policyName, dns1123Subdomain));
  else errors.push(required('spec.policyName'));
  if (paramRef) errors.push(...validateParamRef('spec.paramRef', paramRef));
  return [...errors, ...validateMatchResources('spec.matchResources', matchResources)];
}

function validateParamRef(path: string, { name, selector, parameterNotFoundAction: action }: ParamRef): FieldError[] {
  const errors: FieldError[] = [];
  if (name) errors.push(...checkText(`${path}.name`, name, pathSegmentName));
  if (name && selector) errors.push(forbidden(`${path}.name`, EXCLUSIVE));
  errors.push(...validateLabelSelector(selector, `${path}.selector`));
  if (name && selector) errors.push(forbidden(`${path}.selector`, EXCLUSIVE));
  if (!name && !selector) errors.push(required(path, 'one of name or selector must be specified'));
  const at = `${path}.parameterNotFoundAction`;
  if (!action) errors.push(required(at));
  else if (!ACTIONS.includes(action)) errors.push(notSupported(at, action, ACTIONS));
  return errors;
}

/** What a binding's parameters are shown as. */
export function paramText({ spec: { paramRef } }: AdmissionPolicyBinding): string {
  if (paramRef?.name) return `${paramRef.namespace || '*'}/${paramRef.name}`;
  return paramRef?.selector ? formatSelectorGo(paramRef.selector) : '<unset>';
}
