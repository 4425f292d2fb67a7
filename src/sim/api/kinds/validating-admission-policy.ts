/** admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy. */
import { BOOL, type CelType, NULL, STRING } from '../../cel/index.js';
import { ageOf } from '../duration.js';
import { duplicate, type FieldError, invalid, required } from '../field-error.js';
import { utf8Length } from '../go-text.js';
import { labelKey } from '../names.js';
import type { ValidatingAdmissionPolicy } from '../types/admission.js';
import { defaultMatchResources } from './admission/match-rules.js';
import { paramKindText } from './admission/param-kind-text.js';
import { PolicyCompiler } from './admission/policy-compiler.js';
import { validatePolicy } from './admission/policy-rules.js';
import { staticNameWarnings } from './admission/static-names.js';
import { type ApiKind, column, countGeneration, defineKind, keepStatus, specChanged, withStatus } from './kind.js';
import { checkText, oneOf, validateMeta } from './meta.js';
import { keepMetadataToo } from './status-only.js';

const ABOUT = 'Validations indicates the number of validation rules defined in this configuration';
const ABOUT_PARAMETERS = 'ParamKind specifies the kind of resources used to parameterize this policy';
const REASONS = ['Forbidden', 'Invalid', 'RequestEntityTooLarge'];
const ANNOTATIONS_MAX = 20;
const ANNOTATION_BYTES_MAX = 5 * 1024;
const NOTHING_TO_DO = 'validations or auditAnnotations must contain at least one item';

interface Compiling {
  readonly compiler: PolicyCompiler;
  /** Whether there are parameters. */
  readonly params: boolean;
}

type Validation = NonNullable<ValidatingAdmissionPolicy['spec']['validations']>[number];

/** The strategy of policies that judge objects. */
export const validatingAdmissionPolicyKind: ApiKind = defineKind({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'ValidatingAdmissionPolicy',
  plural: 'validatingadmissionpolicies',
  namespaced: false,
  categories: ['api-extensions'],
  subresourceFacts: withStatus(),
  unconditionalUpdate: false,
  applyDefaults: (object) => {
    const { spec } = object as ValidatingAdmissionPolicy;
    spec.failurePolicy ??= 'Fail';
    defaultMatchResources(spec.matchConstraints);
  },
  prepareCreate: (object) => {
    object['status'] = {};
    object.metadata.generation = 1;
  },
  prepareUpdate: (object, old) => {
    keepStatus(object, old);
    countGeneration(object, old, specChanged(object, old));
  },
  prepareStatus: keepMetadataToo,
  validateCreate: (object) => validate(object as ValidatingAdmissionPolicy),
  validateUpdate: (object, old) => validate(object as ValidatingAdmissionPolicy, old as ValidatingAdmissionPolicy),
  validateStatus: (object) => validateStatus(object as ValidatingAdmissionPolicy),
  warnings: staticNameWarnings,
  printer: {
    columns: [
      column('Name'),
      column('Validations', 'integer', 0, ABOUT),
      column('ParamKind', 'string', 0, ABOUT_PARAMETERS),
      column('Age'),
    ],
    rows: (object, now) => {
      const { metadata, spec } = object as ValidatingAdmissionPolicy;
      const age = ageOf(metadata.creationTimestamp, now);
      return [{ cells: [metadata.name, spec.validations?.length ?? 0, paramKindText(spec.paramKind), age] }];
    },
  },
});

function validate(policy: ValidatingAdmissionPolicy, old?: ValidatingAdmissionPolicy): FieldError[] {
  const { validations = [], auditAnnotations = [], variables = [], paramKind } = policy.spec;
  const compiler = new PolicyCompiler(variables.length > 0);
  const compiling = { compiler, params: paramKind !== undefined };
  const errors = [...validateMeta(policy, false), ...validatePolicy(policy.spec, old?.spec, compiler)];
  if (validations.length === 0 && auditAnnotations.length === 0) {
    return [...errors, required('spec.validations', NOTHING_TO_DO), required('spec.auditAnnotations', NOTHING_TO_DO)];
  }
  validations.forEach((validation, index) => {
    errors.push(...validateValidation(`spec.validations[${index}]`, validation, compiling));
  });
  return [...errors, ...validateAnnotations(policy, compiling)];
}

function validateValidation(path: string, validation: Validation, { compiler, params }: Compiling): FieldError[] {
  const { expression, message = '', messageExpression = '', reason } = validation;
  const errors: FieldError[] = [];
  const compile = (field: string, text: string, authorizer: boolean, type: CelType) => {
    const { error } = compiler.compile(text, { params, authorizer }, [type]);
    if (error !== undefined) errors.push(invalid(`${path}.${field}`, text, error));
  };
  if (expression.trim() === '') errors.push(required(`${path}.expression`, 'expression is not specified'));
  else compile('expression', expression, true, BOOL);
  if (messageExpression !== '' && messageExpression.trim() === '') {
    errors.push(invalid(`${path}.messageExpression`, messageExpression, 'must be non-empty if specified'));
  } else if (messageExpression !== '') compile('messageExpression', messageExpression, false, STRING);
  const refuse = (words: string) => errors.push(invalid(`${path}.message`, message, words));
  if (message !== '' && message.trim() === '') refuse('must be non-empty if specified');
  else if (/[\n\r]/.test(message.trim())) refuse('must not contain line breaks');
  return [...errors, ...oneOf(`${path}.reason`, reason, REASONS)];
}

function validateAnnotations(
  { metadata, spec: { auditAnnotations = [] } }: ValidatingAdmissionPolicy,
  { compiler, params }: Compiling,
): FieldError[] {
  const path = 'spec.auditAnnotations';
  const errors: FieldError[] = [];
  if (auditAnnotations.length > ANNOTATIONS_MAX) {
    const words = `must not have more than ${ANNOTATIONS_MAX} auditAnnotations`;
    errors.push(invalid(path, auditAnnotations, words));
  }
  auditAnnotations.forEach(({ key, valueExpression }, index) => {
    const at = `${path}[${index}]`;
    if (metadata.name) errors.push(...checkText(`${at}.key`, `${metadata.name}/${key}`, labelKey));
    else errors.push(invalid(`${at}.key`, key, 'requires metadata.name be non-empty'));
    const expression = valueExpression.trim();
    if (expression === '') errors.push(required(`${at}.valueExpression`, 'valueExpression is not specified'));
    else if (utf8Length(expression) > ANNOTATION_BYTES_MAX) {
      errors.push(required(`${at}.valueExpression`, `must not exceed ${ANNOTATION_BYTES_MAX} bytes in length`));
    } else {
      const { error } = compiler.compile(expression, { params, authorizer: true }, [STRING, NULL]);
      if (error !== undefined) errors.push(invalid(`${at}.valueExpression`, valueExpression, error));
    }
    if (auditAnnotations.findIndex((one) => one.key === key) < index) errors.push(duplicate(`${at}.key`, key));
  });
  return errors;
}

function validateStatus({ status }: ValidatingAdmissionPolicy): FieldError[] {
  return (status?.typeChecking?.expressionWarnings ?? []).flatMap(({ fieldRef, warning }, index) => {
    const path = `status.typeChecking.expressionWarnings[${index}]`;
    const errors = warning === '' ? [required(`${path}.warning`)] : [];
    return fieldRef.trim() === '' ? [...errors, required(`${path}.fieldRef`)] : errors;
  });
}
