/** resource.k8s.io/v1 ResourceClaim. */
import { ageOf } from '../duration.js';
import { type FieldError, invalid } from '../field-error.js';
import { internalForm } from '../internal-form.js';
import { semanticEqual } from '../object.js';
import type { ResourceClaim } from '../types/devices.js';
import { defaultDeviceClaim, validateDeviceClaim } from './device/claim-rules.js';
import { dropDeallocated, validateClaimStatus } from './device/claim-status-rules.js';
import { type ApiKind, column, defineKind, keepStatus, withStatus } from './kind.js';
import { validateMeta, validateMetaUpdate } from './meta.js';
import { keepMetadataToo } from './status-only.js';

/** The strategy of resource claims. */
export const resourceClaimKind: ApiKind = defineKind({
  group: 'resource.k8s.io',
  version: 'v1',
  kind: 'ResourceClaim',
  plural: 'resourceclaims',
  namespaced: true,
  subresourceFacts: withStatus(),
  returnsDeleted: true,
  applyDefaults: (object) => {
    const { spec, status } = object as ResourceClaim;
    defaultDeviceClaim(spec.devices ?? {});
    for (const { tolerations = [] } of status?.allocation?.devices?.results ?? []) {
      for (const toleration of tolerations) toleration.operator ||= 'Equal';
    }
  },
  prepareCreate: (object) => {
    object['status'] = {};
  },
  validateCreate: (object) => [
    ...validateMeta(object, true),
    ...validateDeviceClaim('spec.devices', (object as ResourceClaim).spec.devices ?? {}),
  ],
  prepareUpdate: keepStatus,
  validateUpdate: (object, old) => [
    ...validateMeta(object, true),
    ...validateMetaUpdate(object, old),
    ...keepSpec(object as ResourceClaim, old as ResourceClaim),
  ],
  prepareStatus: (object, old) => {
    keepMetadataToo(object, old);
    const claim = object as ResourceClaim;
    if (claim.status) dropDeallocated(claim.status, (old as ResourceClaim).status ?? {});
  },
  validateStatus: (object, old) => [
    ...validateMetaUpdate(object, old),
    ...validateClaimStatus(object as ResourceClaim, old as ResourceClaim),
  ],
  printer: {
    columns: [
      column('Name'),
      column('State', 'string', 0, 'A summary of the current state (allocated, pending, reserved, etc.).'),
      column('Age'),
    ],
    rows: (object, now) => {
      const { metadata } = object;
      const age = ageOf(metadata.creationTimestamp, now);
      return [{ cells: [metadata.name, stateOf(object as ResourceClaim), age] }];
    },
  },
});

function stateOf({ metadata, status }: ResourceClaim): string {
  const states = metadata.deletionTimestamp ? ['deleted'] : [];
  if (status?.allocation) {
    states.push('allocated');
    if (status.reservedFor?.length) states.push('reserved');
  } else if (!metadata.deletionTimestamp) states.push('pending');
  return states.join(',');
}

function keepSpec({ spec }: ResourceClaim, old: ResourceClaim): FieldError[] {
  if (semanticEqual(spec, old.spec)) return [];
  return [invalid('spec', internalForm('resource.v1.ResourceClaimSpec', spec), 'field is immutable')];
}
