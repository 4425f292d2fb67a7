/** resource.k8s.io/v1 ResourceSlice. */
import { ageOf } from '../duration.js';
import { type FieldError, invalid, required } from '../field-error.js';
import { givenField } from '../given-empties.js';
import { goQuote } from '../go-text.js';
import { internalForm } from '../internal-form.js';
import { nameIsSubdomain } from '../names.js';
import type { CounterSet, ResourceSlice, ResourceSliceSpec } from '../types/devices.js';
import { validateCounters, validateDevice } from './device/device-rules.js';
import { validateUniqueItems } from './device/list-rules.js';
import { validateLabelName, validatePoolName } from './device/name-rules.js';
import { type ApiKind, column, countGeneration, defineKind, specChanged } from './kind.js';
import { immutable, validateMeta, validateMetaUpdate } from './meta.js';
import { validateNodeSelector } from './node-selector-rules.js';
import { validateDriverName } from './persistent-volume/source-rules.js';

const DEVICES_MAX = 128;
/** Of devices that have taints or use counters. */
const SPECIAL_DEVICES_MAX = 64;
const COUNTER_SETS_MAX = 8;
const ONE_PLACE = 'exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required';
/** Lists of values and resources of nodes are behind gates that are off. */
const GATED_ATTRIBUTES = ['ints', 'bools', 'strings', 'versions'] as const;

/** The strategy of resource slices. */
export const resourceSliceKind: ApiKind = defineKind({
  group: 'resource.k8s.io',
  version: 'v1',
  kind: 'ResourceSlice',
  plural: 'resourceslices',
  namespaced: false,
  returnsDeleted: true,
  prepareCreate: (object, { timestamp }) => {
    object.metadata.generation = 1;
    prepare(object as ResourceSlice, timestamp);
  },
  validateCreate: (object) => [...validateMeta(object, false), ...validateSpec((object as ResourceSlice).spec)],
  prepareUpdate: (object, old, { timestamp }) => {
    prepare(object as ResourceSlice, timestamp);
    countGeneration(object, old, specChanged(object, old));
  },
  validateUpdate: (object, old) => [
    ...validateMetaUpdate(object, old),
    ...validateSpec((object as ResourceSlice).spec, (old as ResourceSlice).spec),
  ],
  warnings: (object) => {
    const { driver } = (object as ResourceSlice).spec;
    if (driver === driver.toLowerCase()) return [];
    return [`spec.driver: driver names should be lowercase; ${goQuote(driver)} contains uppercase characters`];
  },
  fieldLabels: ['metadata.name', 'spec.nodeName', 'spec.driver'],
  fieldLabelError: (field) => `field label not supported for resource.k8s.io/v1, Kind=ResourceSlice: ${field}`,
  selectableFields: (object) => {
    const { metadata, spec } = object as ResourceSlice;
    return { 'metadata.name': metadata.name ?? '', 'spec.nodeName': spec.nodeName ?? '', 'spec.driver': spec.driver };
  },
  printer: {
    columns: [
      column('Name'),
      column('Node', 'string', 0, 'resource.v1.ResourceSliceSpec.nodeName'),
      column('Driver', 'string', 0, 'resource.v1.ResourceSliceSpec.driver'),
      column('Pool', 'string', 0, 'resource.v1.ResourcePool.name'),
      column('Age'),
    ],
    rows: (object, now) => {
      const { metadata, spec } = object as ResourceSlice;
      const age = ageOf(metadata.creationTimestamp, now);
      return [{ cells: [metadata.name, spec.nodeName ?? '', spec.driver, spec.pool?.name ?? '', age] }];
    },
  },
});

/** A taint is as old as the request that brings it. */
function prepare({ spec }: ResourceSlice, timestamp: string): void {
  for (const device of spec.devices ?? []) {
    for (const taint of device.taints ?? []) taint.timeAdded ??= timestamp;
    for (const attribute of Object.values(device.attributes ?? {})) {
      for (const list of GATED_ATTRIBUTES) delete attribute[list];
    }
    delete device.nodeAllocatableResourceMappings;
  }
}

function validateSpec(spec: ResourceSliceSpec, old?: ResourceSliceSpec): FieldError[] {
  const { devices, pool } = spec;
  const special = (devices ?? []).some((device) => device.taints?.length || device.consumesCounters?.length);
  const fixed = old
    ? [
        ...immutable('spec.pool.name', pool.name, old.pool.name),
        ...immutable('spec.driver', spec.driver, old.driver),
        ...immutable('spec.nodeName', spec.nodeName, old.nodeName),
      ]
    : [];
  const perDevice = spec.perDeviceNodeSelection === true;
  const both = givenField(spec, 'sharedCounters') !== undefined && givenField(spec, 'devices') !== undefined;
  return [
    ...validateDriverName('spec.driver', spec.driver),
    ...validatePool(pool),
    ...fixed,
    ...validatePlace(spec),
    ...(both ? [invalid('spec', '', 'only one of `sharedCounters` or `devices` is allowed')] : []),
    ...validateUniqueItems(
      'spec.devices',
      devices,
      special ? SPECIAL_DEVICES_MAX : DEVICES_MAX,
      (path, device) =>
        validateDevice(
          path,
          device,
          old?.devices?.find(({ name }) => name === device.name),
          perDevice,
        ),
      ({ name }) => name,
    ),
    ...validateUniqueItems(
      'spec.sharedCounters',
      spec.sharedCounters,
      COUNTER_SETS_MAX,
      validateCounterSet,
      ({ name }) => name,
    ),
  ];
}

function validateCounterSet(path: string, { name, counters }: CounterSet): FieldError[] {
  const wrongName = name ? validateLabelName(`${path}.name`, name) : [required(`${path}.name`)];
  return [...wrongName, ...validateCounters(`${path}.counters`, counters)];
}

function validatePool({ name, resourceSliceCount: count, generation }: ResourceSliceSpec['pool']): FieldError[] {
  const errors = validatePoolName('spec.pool.name', name ?? '');
  if ((count ?? 0) <= 0) errors.push(invalid('spec.pool.resourceSliceCount', count ?? 0, 'must be greater than zero'));
  if ((generation ?? 0) < 0) {
    errors.push(invalid('spec.pool.generation', generation, 'must be greater than or equal to zero'));
  }
  return errors;
}

/** Which nodes have the devices is said once. */
function validatePlace({ nodeName, nodeSelector, allNodes, perDeviceNodeSelection }: ResourceSliceSpec): FieldError[] {
  const set: string[] = [];
  const errors: FieldError[] = [];
  if (nodeName) {
    set.push('`nodeName`');
    errors.push(...nameIsSubdomain(nodeName, false).map((words) => invalid('spec.nodeName', nodeName, words)));
  } else if (nodeName === '') {
    errors.push(invalid('spec.nodeName', nodeName, 'must be either unset or set to a non-empty string'));
  }
  if (nodeSelector) {
    set.push('`nodeSelector`');
    errors.push(...validateNodeSelector('spec.nodeSelector', nodeSelector));
    const terms = nodeSelector.nodeSelectorTerms ?? [];
    if (terms.length !== 1) {
      const shown = terms.map((term) => internalForm('core.v1.NodeSelectorTerm', term));
      const at = 'spec.nodeSelector.nodeSelectorTerms';
      errors.push(invalid(at, terms.length === 0 ? null : shown, 'must have exactly one node selector term'));
    }
  }
  for (const [field, value] of Object.entries({ allNodes, perDeviceNodeSelection })) {
    if (value) set.push(`\`${field}\``);
    else if (value === false) errors.push(invalid(`spec.${field}`, value, 'must be either unset or set to true'));
  }
  if (set.length === 0) errors.push(required('spec', ONE_PLACE));
  if (set.length > 1) errors.push(invalid('spec', `{${set.join(', ')}}`, `${ONE_PLACE}, but multiple fields are set`));
  return errors;
}
