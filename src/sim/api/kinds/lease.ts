/** coordination.k8s.io/v1 Lease. */
import { ageOf } from '../duration.js';
import { type FieldError, forbidden, invalid } from '../field-error.js';
import type { Lease } from '../types/config.js';
import { type ApiKind, column, defineKind } from './kind.js';
import { validateMeta, validateMetaUpdate } from './meta.js';

/** The strategy of leases. */
export const leaseKind: ApiKind = defineKind({
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  plural: 'leases',
  namespaced: true,
  createOnUpdate: true,
  unconditionalUpdate: false,
  validateCreate: (object) => [...validateMeta(object, true), ...validateSpec(object as Lease)],
  validateUpdate: (object, old) => [...validateMetaUpdate(object, old), ...validateSpec(object as Lease)],
  printer: {
    columns: [column('Name'), column('Holder', 'string', 0, 'coordination.v1.LeaseSpec.holderIdentity'), column('Age')],
    rows: (object, now) => {
      const { metadata, spec } = object as Lease;
      return [{ cells: [metadata.name, spec?.holderIdentity ?? '', ageOf(metadata.creationTimestamp, now)] }];
    },
  },
});

function validateSpec({ spec = {} }: Lease): FieldError[] {
  const errors: FieldError[] = [];
  const { leaseDurationSeconds: seconds, leaseTransitions: transitions } = spec;
  if (seconds !== undefined && seconds <= 0) {
    errors.push(invalid('spec.leaseDurationSeconds', seconds, 'must be greater than 0'));
  }
  if (transitions !== undefined && transitions < 0) {
    errors.push(invalid('spec.leaseTransitions', transitions, 'must be greater than or equal to 0'));
  }
  if (spec.preferredHolder && !spec.strategy) {
    errors.push(forbidden('spec.preferredHolder', 'may only be specified if `strategy` is defined'));
  }
  return errors;
}
