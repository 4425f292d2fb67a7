/** discovery.k8s.io/v1 EndpointSlice. */
import { ageOf } from '../duration.js';
import { duplicate, type FieldError, invalid, notSupported, required, tooMany } from '../field-error.js';
import { dns1123Label, dns1123Subdomain, labelKey, labelValue, nameIsSubdomain, type TextRule } from '../names.js';
import { semanticEqual } from '../object.js';
import type { Endpoint, EndpointPort, EndpointSlice } from '../types/endpoints.js';
import { parseIPv4, parseIPv6, validateEndpointIP, validateIP } from './ip-rules.js';
import { type ApiKind, column, countGeneration, defineKind } from './kind.js';
import { checkText, immutable, requiredOneOf, validateLabels, validateMeta } from './meta.js';

const ENDPOINTS_MAX = 1000;
const ADDRESSES_MAX = 100;
const PORTS_MAX = 20_000;
const SHOWN_MAX = 3;
const HINTS_MAX = 8;

type Hints = NonNullable<Endpoint['hints']>;
const ADDRESS_TYPES = ['FQDN', 'IPv4', 'IPv6'];

/** The strategy of endpoint slices. */
export const endpointSliceKind: ApiKind = defineKind({
  group: 'discovery.k8s.io',
  version: 'v1',
  kind: 'EndpointSlice',
  plural: 'endpointslices',
  namespaced: true,
  applyDefaults: (object) => {
    for (const port of (object as EndpointSlice).ports ?? []) {
      port.name ??= '';
      port.protocol ??= 'TCP';
    }
  },
  prepareCreate: ({ metadata }) => {
    metadata.generation = 1;
  },
  prepareUpdate: (object, old) => {
    const content = ({ metadata: { labels }, ...rest }: typeof object) => ({ ...rest, labels });
    countGeneration(object, old, !semanticEqual(content(object), content(old)));
  },
  validateCreate: (object) => validateSlice(object as EndpointSlice, undefined),
  validateUpdate: (object, old) => [
    ...validateSlice(object as EndpointSlice, old as EndpointSlice),
    ...immutable('addressType', object['addressType'], old['addressType']),
  ],
  warnings: (object) =>
    (object as EndpointSlice).addressType === 'FQDN' ? ['spec.addressType: FQDN endpoints are deprecated'] : [],
  printer: {
    columns: [
      column('Name'),
      column('AddressType', 'string', 0, 'discovery.v1.EndpointSlice.addressType'),
      column('Ports', 'string', 0, 'discovery.v1.EndpointSlice.ports'),
      column('Endpoints', 'string', 0, 'discovery.v1.EndpointSlice.endpoints'),
      column('Age'),
    ],
    rows: (object, now) => {
      const { metadata, addressType, ports, endpoints } = object as EndpointSlice;
      const addresses = (endpoints ?? []).flatMap((endpoint) => endpoint.addresses ?? []);
      const numbers = (ports ?? []).map(({ port, name }) => (port === undefined ? (name ?? '*') : String(port)));
      const age = ageOf(metadata.creationTimestamp, now);
      return [{ cells: [metadata.name, addressType, shorten(numbers), shorten(addresses), age] }];
    },
  },
});

function shorten(items: readonly string[]): string {
  const shown = items.slice(0, SHOWN_MAX).join(',');
  if (items.length > SHOWN_MAX) return `${shown} + ${items.length - SHOWN_MAX} more...`;
  return shown === '' ? '<unset>' : shown;
}

function validateSlice(slice: EndpointSlice, old: EndpointSlice | undefined): FieldError[] {
  const same = old !== undefined && semanticEqual(old.endpoints, slice.endpoints);
  return [
    ...validateMeta(slice, true),
    ...requiredOneOf('addressType', slice.addressType, ADDRESS_TYPES),
    ...validatePorts(slice.ports ?? []),
    ...(same ? [] : validateEndpoints(slice.endpoints ?? [], slice.addressType)),
  ];
}

function validatePorts(ports: readonly EndpointPort[]): FieldError[] {
  if (ports.length > PORTS_MAX) return [tooMany('ports', ports.length, PORTS_MAX)];
  const names = new Set<string>();
  return ports.flatMap(({ name = '', protocol, appProtocol }, index) => {
    const at = `ports[${index}]`;
    const errors = name ? checkText(`${at}.name`, name, dns1123Label) : [];
    if (names.has(name)) errors.push(duplicate(`${at}.name`, name));
    names.add(name);
    if (protocol === undefined) errors.push(required(`${at}.protocol`));
    else if (!['SCTP', 'TCP', 'UDP'].includes(protocol)) {
      errors.push(notSupported(`${at}.protocol`, protocol, ['SCTP', 'TCP', 'UDP']));
    }
    if (appProtocol !== undefined) errors.push(...checkText(`${at}.appProtocol`, appProtocol, labelKey));
    return errors;
  });
}

function validateEndpoints(endpoints: readonly Endpoint[], type: string): FieldError[] {
  if (endpoints.length > ENDPOINTS_MAX) return [tooMany('endpoints', endpoints.length, ENDPOINTS_MAX)];
  return endpoints.flatMap((endpoint, index) => {
    const at = `endpoints[${index}]`;
    const addresses = endpoint.addresses ?? [];
    const errors: FieldError[] = [];
    if (addresses.length === 0) errors.push(required(`${at}.addresses`, 'must contain at least 1 address'));
    else if (addresses.length > ADDRESSES_MAX) {
      errors.push(tooMany(`${at}.addresses`, addresses.length, ADDRESSES_MAX));
    }
    addresses.forEach((address, item) => {
      errors.push(...validateAddress(`${at}.addresses`, item, address, type));
    });
    const { nodeName, hostname, deprecatedTopology, hints } = endpoint;
    if (nodeName !== undefined) {
      errors.push(...nameIsSubdomain(nodeName, false).map((words) => invalid(`${at}.nodeName`, nodeName, words)));
    }
    errors.push(...validateLabels(deprecatedTopology, `${at}.deprecatedTopology`));
    if (hostname !== undefined) errors.push(...checkText(`${at}.hostname`, hostname, dns1123Label));
    if (hints) errors.push(...validateHints(`${at}.hints`, hints));
    return errors;
  });
}

function validateHints(path: string, { forZones = [], forNodes = [] }: Hints): FieldError[] {
  if (forZones.length > HINTS_MAX) return [tooMany(`${path}.forZones`, forZones.length, HINTS_MAX)];
  const errors = validateHintNames(`${path}.forZones`, forZones, labelValue);
  if (forNodes.length > HINTS_MAX) return [...errors, tooMany(`${path}.forNodes`, forNodes.length, HINTS_MAX)];
  return [...errors, ...validateHintNames(`${path}.forNodes`, forNodes, dns1123Subdomain)];
}

function validateHintNames(path: string, hints: readonly { name: string }[], rule: TextRule): FieldError[] {
  return hints.flatMap(({ name }, index) => {
    const at = `${path}[${index}].name`;
    const again = hints.findIndex((other) => other.name === name) < index;
    return [...(again ? [duplicate(at, name)] : []), ...checkText(at, name, rule)];
  });
}

function validateDomain(path: string, domain: string): FieldError[] {
  if (domain === '') return [required(path)];
  const name = domain.replace(/\.$/, '');
  const wrong = dns1123Subdomain(name);
  if (wrong.length > 0) return [invalid(path, name, wrong.join(','))];
  const labels = name.split('.');
  if (labels.length < 2) {
    return [invalid(path, name, 'should be a domain with at least two segments separated by dots')];
  }
  for (const label of labels) {
    const errors = dns1123Label(label);
    if (errors.length > 0) return [invalid(path, label, errors.join(','))];
  }
  return [];
}

function validateAddress(path: string, index: number, address: string, type: string): FieldError[] {
  const at = `${path}[${index}]`;
  if (type === 'FQDN') return validateDomain(at, address);
  if (type !== 'IPv4' && type !== 'IPv6') return [];
  const errors = validateIP(at, address);
  if (errors.length > 0) return errors;
  const fits = type === 'IPv4' ? parseIPv4(address) : parseIPv6(address);
  const family = fits ? [] : [invalid(path, address, `must be an ${type} address`)];
  return [...family, ...validateEndpointIP(at, address)];
}
