/** core/v1 Endpoints, which EndpointSlices have replaced. */
import { ageOf } from '../duration.js';
import { type FieldError, invalid, required } from '../field-error.js';
import { dns1123Label, labelKey, nameIsSubdomain, portNumber } from '../names.js';
import { semanticEqual } from '../object.js';
import type { EndpointAddress, EndpointSubset, Endpoints } from '../types/endpoints.js';
import { validateEndpointIP, validateIP } from './ip-rules.js';
import { type ApiKind, column, defineKind } from './kind.js';
import { checkText, requiredOneOf, validateMeta, validateMetaUpdate } from './meta.js';

const SHOWN_MAX = 3;

/** The strategy of endpoints. */
export const endpointsKind: ApiKind = defineKind({
  group: '',
  version: 'v1',
  kind: 'Endpoints',
  plural: 'endpoints',
  singular: 'endpoints',
  namespaced: true,
  shortNames: ['ep'],
  storagePrefix: 'services/endpoints',
  createOnUpdate: true,
  deprecation: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  applyDefaults: (object) => {
    for (const subset of (object as Endpoints).subsets ?? []) {
      for (const port of subset.ports ?? []) port.protocol ||= 'TCP';
    }
  },
  validateCreate: (object) => [...validateMeta(object, true), ...validateSubsets((object as Endpoints).subsets ?? [])],
  validateUpdate: (object, old) => {
    const same = semanticEqual(object['subsets'], old['subsets']);
    return [
      ...validateMetaUpdate(object, old),
      ...validateMeta(object, true),
      ...(same ? [] : validateSubsets((object as Endpoints).subsets ?? [])),
    ];
  },
  printer: {
    columns: [column('Name'), column('Endpoints', 'string', 0, 'core.v1.Endpoints.subsets'), column('Age')],
    rows: (object, now) => {
      const { metadata, subsets = [] } = object as Endpoints;
      return [{ cells: [metadata.name, formatEndpoints(subsets), ageOf(metadata.creationTimestamp, now)] }];
    },
  },
});

function validateSubsets(subsets: readonly EndpointSubset[]): FieldError[] {
  return subsets.flatMap(({ addresses = [], notReadyAddresses = [], ports = [] }, index) => {
    const at = `subsets[${index}]`;
    const errors: FieldError[] = [];
    if (addresses.length + notReadyAddresses.length === 0) {
      errors.push(required(at, 'must specify `addresses` or `notReadyAddresses`'));
    }
    addresses.forEach((address, item) => {
      errors.push(...validateAddress(`${at}.addresses[${item}]`, address));
    });
    notReadyAddresses.forEach((address, item) => {
      errors.push(...validateAddress(`${at}.notReadyAddresses[${item}]`, address));
    });
    ports.forEach(({ name, port, protocol, appProtocol }, item) => {
      const path = `${at}.ports[${item}]`;
      if (ports.length > 1 && !name) errors.push(required(`${path}.name`));
      else if (name) errors.push(...checkText(`${path}.name`, name, dns1123Label));
      errors.push(...portNumber(port ?? 0).map((words) => invalid(`${path}.port`, port ?? 0, words)));
      errors.push(...requiredOneOf(`${path}.protocol`, protocol, ['SCTP', 'TCP', 'UDP']));
      if (appProtocol !== undefined) errors.push(...checkText(`${path}.appProtocol`, appProtocol, labelKey));
    });
    return errors;
  });
}

function validateAddress(path: string, { ip = '', hostname, nodeName }: EndpointAddress): FieldError[] {
  const errors = validateIP(`${path}.ip`, ip);
  if (hostname) errors.push(...checkText(`${path}.hostname`, hostname, dns1123Label));
  if (nodeName !== undefined) {
    errors.push(...nameIsSubdomain(nodeName, false).map((words) => invalid(`${path}.nodeName`, nodeName, words)));
  }
  return [...errors, ...validateEndpointIP(`${path}.ip`, ip)];
}

/** Addresses with ports, three of them and how many more, as kubectl shows them. */
function formatEndpoints(subsets: readonly EndpointSubset[]): string {
  if (subsets.length === 0) return '<none>';
  const all = subsets.flatMap(({ addresses = [], ports = [] }) =>
    ports.length === 0
      ? addresses.map(({ ip }) => ip)
      : ports.flatMap(({ port }) =>
          addresses.map(({ ip }) => (ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`)),
        ),
  );
  const shown = all.slice(0, SHOWN_MAX).join(',');
  return all.length > SHOWN_MAX ? `${shown} + ${all.length - SHOWN_MAX} more...` : shown;
}
