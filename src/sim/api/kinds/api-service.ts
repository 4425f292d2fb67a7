/** apiregistration.k8s.io/v1 APIService. */
import { ageOf } from '../duration.js';
import { type FieldError, invalid, notSupported, required } from '../field-error.js';
import { goQuote } from '../go-text.js';
import { dns1035Label, dns1123Subdomain, pathSegmentName, portNumber } from '../names.js';
import type { APIService, APIServiceSpec } from '../types/api-service.js';
import { type ApiKind, column, defineKind, keepAllButStatus, keepStatus, withStatus } from './kind.js';
import { checkText, validateMeta, validateMetaUpdate } from './meta.js';

const PORT = 443;
const GROUP_PRIORITY_MAX = 20_000;
const VERSION_PRIORITY_MAX = 1000;
const STATUSES = ['True', 'False', 'Unknown'];

/** The strategy of the objects that say who serves a version of a group. */
export const apiServiceKind: ApiKind = defineKind({
  group: 'apiregistration.k8s.io',
  version: 'v1',
  kind: 'APIService',
  plural: 'apiservices',
  namespaced: false,
  categories: ['api-extensions'],
  storagePrefix: 'apiregistration.k8s.io/apiservices',
  subresourceFacts: withStatus(),
  unconditionalUpdate: false,
  applyDefaults: (object) => {
    const { service } = (object as APIService).spec;
    if (service) service.port ??= PORT;
  },
  prepareCreate: (object, context) => {
    const condition = {
      type: 'Available',
      status: 'True',
      lastTransitionTime: context.timestamp,
      reason: 'Local',
      message: 'Local APIServices are always available',
    };
    object['status'] = (object as APIService).spec.service ? {} : { conditions: [condition] };
  },
  prepareUpdate: keepStatus,
  prepareStatus: (object, old) => {
    keepAllButStatus(object, old);
    for (const field of ['labels', 'annotations', 'finalizers', 'ownerReferences'] as const) {
      const kept = old.metadata[field];
      if (kept === undefined) delete object.metadata[field];
      else Object.assign(object.metadata, { [field]: kept });
    }
  },
  validateCreate: (object) => validateService(object as APIService),
  validateUpdate: (object, old) => [...validateMetaUpdate(object, old), ...validateService(object as APIService)],
  validateStatus: (object, old) => [...validateMetaUpdate(object, old), ...validateConditions(object as APIService)],
  printer: {
    columns: [
      column('Name'),
      column('Service', 'string', 0, 'The reference to the service that hosts this API endpoint.'),
      column('Available', 'string', 0, 'Whether this service is available.'),
      column('Age'),
    ],
    rows: (object, now) => {
      const { metadata, spec } = object as APIService;
      const service = spec.service ? `${spec.service.namespace ?? ''}/${spec.service.name ?? ''}` : 'Local';
      const age = ageOf(metadata.creationTimestamp, now);
      return [{ cells: [metadata.name, service, availability(object as APIService), age] }];
    },
  },
});

function availability({ status }: APIService): string {
  const condition = status?.conditions?.find(({ type }) => type === 'Available');
  if (!condition) return 'Unknown';
  return condition.status === 'True' ? 'True' : `${condition.status} (${condition.reason ?? ''})`;
}

function validateService(object: APIService): FieldError[] {
  const { spec } = object;
  const { group = '', version = '' } = spec;
  const name = `${version}.${group}`;
  const errors = validateMeta(object, false, (given) => {
    const wrong = pathSegmentName(given);
    return wrong.length > 0 || given === name ? wrong : [`must be \`spec.version+"."+spec.group\`: ${goQuote(name)}`];
  });
  if (group === '' && version !== 'v1') {
    errors.push(required('spec.group', 'only v1 may have an empty group and it better be legacy kube'));
  }
  if (group !== '') errors.push(...checkText('spec.group', group, dns1123Subdomain));
  errors.push(...checkText('spec.version', version, dns1035Label));
  errors.push(...validatePriority('groupPriorityMinimum', spec.groupPriorityMinimum, GROUP_PRIORITY_MAX));
  errors.push(...validatePriority('versionPriority', spec.versionPriority, VERSION_PRIORITY_MAX));
  return [...errors, ...validateBackend(spec)];
}

function validatePriority(field: string, value: number, max: number): FieldError[] {
  if (value > 0 && value <= max) return [];
  return [invalid(`spec.${field}`, value, `must be positive and less than ${max}`)];
}

function validateBackend({ service, caBundle, insecureSkipTLSVerify: insecure }: APIServiceSpec): FieldError[] {
  const errors: FieldError[] = [];
  const skip = 'spec.insecureSkipTLSVerify';
  if (!service) {
    if (caBundle) {
      const size = `${Buffer.from(caBundle, 'base64').length} bytes`;
      errors.push(invalid('spec.caBundle', size, 'local APIServices may not have a caBundle'));
    }
    if (insecure) errors.push(invalid(skip, insecure, 'local APIServices may not have insecureSkipTLSVerify'));
    return errors;
  }
  for (const field of ['namespace', 'name'] as const) {
    if (!service[field]) errors.push(required(`spec.service.${field}`));
  }
  const port = service.port ?? 0;
  const wrong = portNumber(port);
  if (wrong.length > 0) errors.push(invalid('spec.service.port', port, `port is not valid: ${wrong.join(', ')}`));
  if (insecure && caBundle) errors.push(invalid(skip, insecure, 'may not be true if caBundle is present'));
  return errors;
}

function validateConditions({ status }: APIService): FieldError[] {
  return (status?.conditions ?? []).flatMap(({ status: value }, index) =>
    STATUSES.includes(value) ? [] : [notSupported(`status.conditions[${index}].status`, value, STATUSES)],
  );
}
