/** networking.k8s.io/v1 IPAddress. */
import { ageOf } from '../duration.js';
import { type FieldError, invalid, required } from '../field-error.js';
import { internalForm } from '../internal-form.js';
import { dns1123Subdomain, pathSegmentName } from '../names.js';
import { semanticEqual } from '../object.js';
import type { IPAddress } from '../types/networking.js';
import { requiredSegment } from './ingress-rules.js';
import { canonicalIP } from './ip-rules.js';
import { type ApiKind, column, defineKind } from './kind.js';
import { checkText, validateMeta, validateMetaUpdate } from './meta.js';

/** The strategy of the objects by which addresses of services are taken. */
export const ipAddressKind: ApiKind = defineKind({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'IPAddress',
  plural: 'ipaddresses',
  namespaced: false,
  shortNames: ['ip'],
  validateCreate: (object) => validateAddress(object as IPAddress),
  validateUpdate: (object, old) => [
    ...validateAddress(object as IPAddress),
    ...validateMetaUpdate(object, old),
    ...validateSameParent(object as IPAddress, old as IPAddress),
  ],
  printer: {
    columns: [column('Name'), column('ParentRef', 'string', 0, 'networking.v1.IPAddressSpec.parentRef')],
    // A cell more than there are columns, as the real server has it.
    rows: (object, now) => {
      const { metadata } = object;
      return [{ cells: [metadata.name, parentOf(object as IPAddress), ageOf(metadata.creationTimestamp, now)] }];
    },
  },
});

function parentOf({ spec: { parentRef } }: IPAddress): string {
  if (!parentRef) return '<none>';
  const { group, resource = '', namespace, name = '' } = parentRef;
  const kind = (group ? `${resource}.${group}` : resource).toLowerCase();
  return [kind, ...(namespace ? [namespace] : []), name].join('/');
}

function validateAddress(object: IPAddress): FieldError[] {
  const errors = validateMeta(object, false, (name) => canonicalIP(name));
  const { parentRef } = object.spec;
  const path = 'spec.parentRef';
  if (!parentRef) return [...errors, required(path)];
  const { group, resource, name, namespace } = parentRef;
  if (group) errors.push(...checkText(`${path}.group`, group, dns1123Subdomain));
  errors.push(...requiredSegment(`${path}.resource`, resource), ...requiredSegment(`${path}.name`, name));
  if (namespace) errors.push(...checkText(`${path}.namespace`, namespace, pathSegmentName));
  return errors;
}

function validateSameParent({ spec }: IPAddress, { spec: old }: IPAddress): FieldError[] {
  if (semanticEqual(spec.parentRef, old.parentRef)) return [];
  const shown = spec.parentRef ? internalForm('networking.v1.ParentReference', spec.parentRef) : null;
  return [invalid('spec.parentRef', shown, 'field is immutable')];
}
