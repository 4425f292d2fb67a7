/** storage.k8s.io/v1 CSIDriver. */
import { ageOf } from '../duration.js';
import { duplicate, type FieldError, invalid, notSupported, required } from '../field-error.js';
import { givenField } from '../given-empties.js';
import { semanticEqual } from '../object.js';
import type { CSIDriver, CSIDriverSpec } from '../types/storage.js';
import { type ApiKind, column, countGeneration, defineKind, specChanged } from './kind.js';
import { immutable, oneOf, validateMeta, validateMetaUpdate } from './meta.js';

const TOKEN_SECONDS_MIN = 600;
const TOKEN_SECONDS_MAX = 2 ** 32;
const PERIOD_SECONDS_MIN = 10;
const FS_GROUP_POLICIES = ['File', 'None', 'ReadWriteOnceWithFSType'];
const LIFECYCLE_MODES = ['Persistent', 'Ephemeral'];
const TOKENS_WARNING =
  'spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent possible logging of tokens in volume attributes';

/** The strategy of CSI drivers. */
export const csiDriverKind: ApiKind = defineKind({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'CSIDriver',
  plural: 'csidrivers',
  namespaced: false,
  unconditionalUpdate: false,
  returnsDeleted: true,
  applyDefaults: (object) => {
    const { spec } = object as CSIDriver;
    spec.attachRequired ??= true;
    spec.podInfoOnMount ??= false;
    spec.storageCapacity ??= false;
    spec.fsGroupPolicy ??= 'ReadWriteOnceWithFSType';
    if (!spec.volumeLifecycleModes?.length) spec.volumeLifecycleModes = ['Persistent'];
    spec.requiresRepublish ??= false;
    spec.seLinuxMount ??= false;
  },
  prepareCreate: (object) => {
    // VolumeLimitScaling is off.
    delete (object as CSIDriver).spec.preventPodSchedulingIfMissing;
  },
  validateCreate: (object) => [...validateMeta(object, false), ...validateSpec((object as CSIDriver).spec)],
  prepareUpdate: (object, old) => {
    const { spec } = object as CSIDriver;
    if ((old as CSIDriver).spec.preventPodSchedulingIfMissing === undefined) delete spec.preventPodSchedulingIfMissing;
    countGeneration(object, old, specChanged(object, old));
  },
  validateUpdate: (object, old) => {
    const { spec } = object as CSIDriver;
    const { spec: before } = old as CSIDriver;
    return [
      ...validateMetaUpdate(object, old),
      ...validateSpec(spec),
      ...immutable('spec.attachedRequired', spec.attachRequired, before.attachRequired),
      ...immutable('spec.volumeLifecycleModes', givenField(spec, 'volumeLifecycleModes'), before.volumeLifecycleModes),
    ];
  },
  warnings: (object, old) => {
    const { tokenRequests, serviceAccountTokenInSecrets } = (object as CSIDriver).spec;
    const same = old !== undefined && semanticEqual((old as CSIDriver).spec.tokenRequests, tokenRequests);
    return same || !tokenRequests?.length || serviceAccountTokenInSecrets !== undefined ? [] : [TOKENS_WARNING];
  },
  printer: {
    columns: [
      column('Name'),
      column('AttachRequired', 'boolean', 0, 'storage.v1.CSIDriverSpec.attachRequired'),
      column('PodInfoOnMount', 'boolean', 0, 'storage.v1.CSIDriverSpec.podInfoOnMount'),
      column('StorageCapacity', 'boolean', 0, 'storage.v1.CSIDriverSpec.storageCapacity'),
      column('TokenRequests', 'string', 0, 'storage.v1.CSIDriverSpec.tokenRequests'),
      column('RequiresRepublish', 'boolean', 0, 'storage.v1.CSIDriverSpec.requiresRepublish'),
      column('Modes', 'string', 0, 'storage.v1.CSIDriverSpec.volumeLifecycleModes'),
      column('Age'),
    ],
    rows: (object, now) => {
      const { metadata, spec } = object as CSIDriver;
      return [
        {
          cells: [
            metadata.name,
            spec.attachRequired ?? true,
            spec.podInfoOnMount ?? false,
            spec.storageCapacity ?? false,
            spec.tokenRequests?.map(({ audience }) => audience).join(',') ?? '<unset>',
            spec.requiresRepublish ?? false,
            spec.volumeLifecycleModes?.join(',') || '<none>',
            ageOf(metadata.creationTimestamp, now),
          ],
        },
      ];
    },
  },
});

function validateSpec(spec: CSIDriverSpec): FieldError[] {
  const errors: FieldError[] = [];
  if (spec.attachRequired === undefined) errors.push(required('spec.attachedRequired'));
  if (spec.podInfoOnMount === undefined) errors.push(required('spec.podInfoOnMount'));
  if (spec.storageCapacity === undefined) errors.push(required('spec.storageCapacity'));
  errors.push(...oneOf('spec.fsGroupPolicy', spec.fsGroupPolicy, FS_GROUP_POLICIES));
  errors.push(...validateTokenRequests(spec.tokenRequests ?? []));
  for (const mode of spec.volumeLifecycleModes ?? []) {
    if (!LIFECYCLE_MODES.includes(mode)) errors.push(notSupported('spec.volumeLifecycleModes', mode, LIFECYCLE_MODES));
  }
  if (spec.seLinuxMount === undefined) errors.push(required('spec.seLinuxMount'));
  const seconds = spec.nodeAllocatableUpdatePeriodSeconds;
  if (seconds !== undefined && seconds < PERIOD_SECONDS_MIN) {
    const words = `must be greater than or equal to ${PERIOD_SECONDS_MIN} seconds`;
    errors.push(invalid('spec.nodeAllocatableUpdatePeriodSeconds', seconds, words));
  }
  const inSecrets = spec.serviceAccountTokenInSecrets;
  if (inSecrets !== undefined && !spec.tokenRequests?.length) {
    const words = 'serviceAccountTokenInSecrets is set but no tokenRequests are specified';
    errors.push(invalid('spec.serviceAccountTokenInSecrets', inSecrets, words));
  }
  return errors;
}

/** Each token is for somebody else. */
function validateTokenRequests(requests: NonNullable<CSIDriverSpec['tokenRequests']>): FieldError[] {
  return requests.flatMap(({ audience, expirationSeconds: seconds }, index) => {
    const at = `spec.tokenRequests[${index}]`;
    const again = requests.slice(0, index).some((other) => other.audience === audience);
    if (again) return [duplicate(`${at}.audience`, audience)];
    if (seconds === undefined) return [];
    const errors: FieldError[] = [];
    const path = `${at}.expirationSeconds`;
    if (seconds < TOKEN_SECONDS_MIN) {
      errors.push(invalid(path, seconds, 'may not specify a duration less than 10 minutes'));
    }
    if (seconds > TOKEN_SECONDS_MAX) {
      errors.push(invalid(path, seconds, 'may not specify a duration larger than 2^32 seconds'));
    }
    return errors;
  });
}
