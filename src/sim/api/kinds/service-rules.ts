/** Rules of services (core/validation validateService). */
import { duplicate, type FieldError, forbidden, invalid, notSupported, required } from '../field-error.js';
import { dns1123Label, dns1123Subdomain, labelKey, nameIsLabel, portNumber } from '../names.js';
import type { Service, ServicePort, ServiceSpec } from '../types/service.js';
import { parseIP, validateCIDR, validateEndpointIP, validateIP } from './ip-rules.js';
import { checkText, oneOf, requiredOneOf, validateLabels, validateMeta, validateMetaUpdate } from './meta.js';
import { portNumberOrName } from './pod/probe-rules.js';

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const AFFINITY_SECONDS_MAX = 86_400;

/** No address of its own: names resolve to the pods'. */
export function isHeadless(spec: ServiceSpec): boolean {
  return spec.clusterIPs?.length === 1 && spec.clusterIPs[0] === 'None';
}

/** Whether traffic from outside the cluster can come in. */
export function isExternallyAccessible(spec: ServiceSpec): boolean {
  if (spec.type === 'LoadBalancer' || spec.type === 'NodePort') return true;
  return spec.type === 'ClusterIP' && (spec.externalIPs ?? []).length > 0;
}

/** Whether the service has a port on every node. */
export function needsNodePort(spec: ServiceSpec): boolean {
  if (spec.type === 'NodePort') return true;
  return spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false;
}

/** Whether load balancers ask each node for local endpoints. */
export function needsHealthCheck(spec: ServiceSpec): boolean {
  return spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';
}

/** Rules of a new service. */
export function validateServiceCreate(service: Service): FieldError[] {
  return [...validateMeta(service, true, nameIsLabel), ...validateSpec(service.spec)];
}

/** Rules of a changed service. */
export function validateServiceUpdate(service: Service, old: Service): FieldError[] {
  const errors = [...validateMetaUpdate(service, old), ...validateClusterIPsUpdate(service.spec, old.spec)];
  const { spec } = service;
  if (old.spec.type === 'LoadBalancer' && spec.type === 'LoadBalancer') {
    if (old.spec.loadBalancerClass !== spec.loadBalancerClass) {
      errors.push(invalid('spec.loadBalancerClass', spec.loadBalancerClass ?? null, 'may not change once set'));
    }
  }
  if (needsHealthCheck(old.spec) && needsHealthCheck(spec)) {
    if (old.spec.healthCheckNodePort !== spec.healthCheckNodePort) {
      errors.push(forbidden('spec.healthCheckNodePort', 'field is immutable'));
    }
  }
  return [...errors, ...validateSpec(spec)];
}

function validateClusterIPsUpdate(spec: ServiceSpec, old: ServiceSpec): FieldError[] {
  if (spec.type === 'ExternalName' || old.type === 'ExternalName') return [];
  if (isHeadless(old) && isHeadless(spec)) return [];
  const path = 'spec.clusterIPs';
  const before = old.clusterIPs ?? [];
  const after = spec.clusterIPs ?? [];
  if (before.length === after.length) {
    return before.flatMap((address, index) =>
      address === after[index] ? [] : [invalid(`${path}[${index}]`, after, 'may not change once set')],
    );
  }
  const errors: FieldError[] = [];
  if (after.length === 0)
    errors.push(invalid(`${path}[0]`, spec.clusterIPs ?? null, 'primary clusterIP can not be unset'));
  else if (before.length > 0 && before[0] !== after[0]) {
    errors.push(invalid(`${path}[0]`, after, 'may not change once set'));
  }
  if (before.length > after.length && after.length === 1 && spec.ipFamilyPolicy !== 'SingleStack') {
    const words = "must be set to 'SingleStack' when releasing the secondary clusterIP";
    errors.push(invalid('spec.ipFamilyPolicy', spec.ipFamilyPolicy ?? null, words));
  }
  return errors;
}

function validateSpec(spec: ServiceSpec): FieldError[] {
  const errors: FieldError[] = [];
  const ports = spec.ports ?? [];
  if (ports.length === 0 && !isHeadless(spec) && spec.type !== 'ExternalName') errors.push(required('spec.ports'));
  errors.push(...validateType(spec));
  const names = new Set<string>();
  ports.forEach((port, index) => {
    errors.push(...validatePort(`spec.ports[${index}]`, port, ports.length > 1, names));
  });
  errors.push(...validateLabels(spec.selector, 'spec.selector'), ...validateAffinity(spec));
  errors.push(...validateClusterIPs(spec));
  (spec.externalIPs ?? []).forEach((address, index) => {
    const wrong = validateIP(`spec.externalIPs[${index}]`, address);
    errors.push(...(wrong.length > 0 ? wrong : validateEndpointIP(`spec.externalIPs[${index}]`, address)));
  });
  errors.push(...requiredOneOf('spec.type', spec.type, TYPES), ...validatePortsTogether(spec));
  return [...errors, ...validateLoadBalancer(spec), ...validateTraffic(spec)];
}

function validateType(spec: ServiceSpec): FieldError[] {
  if (spec.type === 'LoadBalancer' || spec.type === 'NodePort') {
    if (!isHeadless(spec)) return [];
    return [invalid('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${spec.type} services`)];
  }
  if (spec.type !== 'ExternalName') return [];
  const words = 'may not be set for ExternalName services';
  const errors: FieldError[] = [];
  if (spec.clusterIPs?.length) errors.push(forbidden('spec.clusterIPs', words));
  if (spec.ipFamilies?.length) errors.push(forbidden('spec.ipFamilies', words));
  if (spec.ipFamilyPolicy !== undefined) errors.push(forbidden('spec.ipFamilyPolicy', words));
  const name = (spec.externalName ?? '').replace(/\.$/, '');
  errors.push(...(name ? checkText('spec.externalName', name, dns1123Subdomain) : [required('spec.externalName')]));
  return errors;
}

function validatePort(path: string, port: ServicePort, needsName: boolean, names: Set<string>): FieldError[] {
  const { name, protocol, targetPort, appProtocol } = port;
  const number = port.port ?? 0;
  const errors: FieldError[] = [];
  if (needsName && !name) errors.push(required(`${path}.name`));
  else if (name) {
    errors.push(...checkText(`${path}.name`, name, dns1123Label));
    if (names.has(name)) errors.push(duplicate(`${path}.name`, name));
    names.add(name);
  }
  errors.push(...portNumber(number).map((words) => invalid(`${path}.port`, number, words)));
  errors.push(...requiredOneOf(`${path}.protocol`, protocol, ['SCTP', 'TCP', 'UDP']));
  errors.push(...portNumberOrName(`${path}.targetPort`, targetPort));
  if (appProtocol !== undefined) errors.push(...checkText(`${path}.appProtocol`, appProtocol, labelKey));
  return errors;
}

function validateAffinity(spec: ServiceSpec): FieldError[] {
  const errors = requiredOneOf('spec.sessionAffinity', spec.sessionAffinity, ['ClientIP', 'None']);
  const path = 'spec.sessionAffinityConfig';
  const config = spec.sessionAffinityConfig;
  if (spec.sessionAffinity === 'None' && config) {
    errors.push(forbidden(path, 'must not be set when session affinity is None'));
  }
  if (spec.sessionAffinity !== 'ClientIP') return errors;
  const words = 'when session affinity type is ClientIP';
  const seconds = config?.clientIP?.timeoutSeconds;
  if (!config) errors.push(required(path, words));
  else if (!config.clientIP) errors.push(required(`${path}.clientIP`, words));
  else if (seconds === undefined) errors.push(required(`${path}.clientIP.timeoutSeconds`, words));
  else if (seconds <= 0 || seconds > AFFINITY_SECONDS_MAX) {
    const range = `must be greater than 0 and less than ${AFFINITY_SECONDS_MAX}`;
    errors.push(invalid(`${path}.clientIP.timeoutSeconds`, seconds, range));
  }
  return errors;
}

/** The addresses of a service, and how they go with its families. */
export function validateClusterIPs(spec: ServiceSpec): FieldError[] {
  if (spec.type === 'ExternalName') return [];
  const path = 'spec.clusterIPs';
  const { clusterIP = '', clusterIPs = [], ipFamilies = [] } = spec;
  const errors: FieldError[] = [];
  if (clusterIP) {
    if (clusterIPs.length === 0) errors.push(required(path));
    else if (clusterIPs[0] !== clusterIP) errors.push(invalid(path, clusterIPs, 'first value must match `clusterIP`'));
  } else if (clusterIPs.length > 0) {
    errors.push(invalid(path, clusterIPs, 'must be empty when `clusterIP` is not specified'));
  }
  ipFamilies.forEach((family, index) => {
    errors.push(...oneOf(`spec.ipFamilies[${index}]`, family, ['IPv4', 'IPv6']));
    if (ipFamilies.indexOf(family) < index) errors.push(duplicate(`spec.ipFamilies[${index}]`, family));
  });
  const policies = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];
  errors.push(...oneOf('spec.ipFamilyPolicy', spec.ipFamilyPolicy, policies));
  if (clusterIPs[0] === 'None') {
    if (clusterIPs.length > 1) errors.push(invalid(path, clusterIPs, "'None' must be the first and only value"));
    return errors;
  }
  const wrong = clusterIPs.flatMap((address, index) => validateIP(`${path}[${index}]`, address));
  errors.push(...wrong);
  if (clusterIPs.length > 2) errors.push(invalid(path, clusterIPs, 'may only hold up to 2 values'));
  if (wrong.length > 0) return errors;
  const families = clusterIPs.map((address) => (address.includes(':') ? 'IPv6' : 'IPv4'));
  if (clusterIPs.length > 1 && new Set(families).size < 2) {
    errors.push(invalid(path, clusterIPs, 'may specify no more than one IP for each IP family'));
  }
  clusterIPs.forEach((address, index) => {
    const wanted = ipFamilies[index];
    if (wanted === families[index] || (wanted !== 'IPv4' && wanted !== 'IPv6')) return;
    const words = `expected an ${wanted} value as indicated by \`ipFamilies[${index}]\``;
    errors.push(invalid(`${path}[${index}]`, address, words));
  });
  return errors;
}

/** Node ports and pairs of port and protocol may occur once. */
function validatePortsTogether(spec: ServiceSpec): FieldError[] {
  const ports = spec.ports ?? [];
  const errors: FieldError[] = [];
  if (spec.type === 'ClusterIP') {
    ports.forEach(({ nodePort }, index) => {
      const words = "may not be used when `type` is 'ClusterIP'";
      if (nodePort) errors.push(forbidden(`spec.ports[${index}].nodePort`, words));
    });
  }
  const earlier = (index: number, same: (port: ServicePort) => boolean) => ports.slice(0, index).some(same);
  ports.forEach(({ nodePort, protocol }, index) => {
    const taken = nodePort && earlier(index, (item) => item.nodePort === nodePort && item.protocol === protocol);
    if (taken) errors.push(duplicate(`spec.ports[${index}].nodePort`, nodePort));
  });
  ports.forEach(({ port, protocol }, index) => {
    if (!earlier(index, (item) => item.port === port && item.protocol === protocol)) return;
    // The server prints its internal form of the port, whose fields have no JSON names.
    const key = { Name: '', Protocol: protocol, AppProtocol: null, Port: port, TargetPort: 0, NodePort: 0 };
    errors.push(duplicate(`spec.ports[${index}]`, key));
  });
  return errors;
}

function validateLoadBalancer(spec: ServiceSpec): FieldError[] {
  const only = "may only be used when `type` is 'LoadBalancer'";
  const balanced = spec.type === 'LoadBalancer';
  const errors: FieldError[] = [];
  const ranges = spec.loadBalancerSourceRanges ?? [];
  if (ranges.length > 0 && !balanced) errors.push(forbidden('spec.LoadBalancerSourceRanges', only));
  ranges.forEach((range, index) => {
    errors.push(...validateCIDR(`spec.LoadBalancerSourceRanges[${index}]`, range.trim()));
  });
  if (!balanced && spec.allocateLoadBalancerNodePorts !== undefined) {
    errors.push(forbidden('spec.allocateLoadBalancerNodePorts', only));
  }
  if (balanced && spec.allocateLoadBalancerNodePorts === undefined)
    errors.push(required('allocateLoadBalancerNodePorts'));
  if (spec.loadBalancerClass === undefined) return errors;
  if (!balanced) return [...errors, forbidden('spec.loadBalancerClass', only)];
  return [...errors, ...checkText('spec.loadBalancerClass', spec.loadBalancerClass, labelKey)];
}

function validateTraffic(spec: ServiceSpec): FieldError[] {
  const errors: FieldError[] = [];
  const { externalTrafficPolicy: external, healthCheckNodePort: health = 0 } = spec;
  if (isExternallyAccessible(spec)) {
    errors.push(...requiredOneOf('spec.externalTrafficPolicy', external, ['Cluster', 'Local']));
  } else if (external) {
    errors.push(invalid('spec.externalTrafficPolicy', external, 'may only be set for externally-accessible services'));
  }
  if (!needsHealthCheck(spec)) {
    const words = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
    if (health) errors.push(invalid('spec.healthCheckNodePort', health, words));
  } else if (!health) errors.push(required('spec.healthCheckNodePort'));
  else errors.push(...portNumber(health).map((words) => invalid('spec.healthCheckNodePort', health, words)));
  if (spec.internalTrafficPolicy === undefined) {
    if (spec.type !== 'ExternalName' && TYPES.includes(spec.type ?? ''))
      errors.push(required('spec.internalTrafficPolicy'));
  } else errors.push(...oneOf('spec.internalTrafficPolicy', spec.internalTrafficPolicy, ['Cluster', 'Local']));
  const distributions = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];
  return [...errors, ...oneOf('spec.trafficDistribution', spec.trafficDistribution, distributions)];
}

/** Rules of the addresses a load balancer reports. */
export function validateLoadBalancerStatus({ spec, status }: Service): FieldError[] {
  const path = 'status.loadBalancer.ingress';
  const ingress = status?.loadBalancer?.ingress ?? [];
  if (spec.type !== 'LoadBalancer') {
    return ingress.length > 0 ? [forbidden(path, "may only be used when `spec.type` is 'LoadBalancer'")] : [];
  }
  return ingress.flatMap(({ ip, hostname, ipMode }, index) => {
    const at = `${path}[${index}]`;
    const errors = ip ? validateIP(`${at}.ip`, ip) : [];
    if (ipMode === undefined) {
      if (ip) errors.push(required(`${at}.ipMode`, 'must be specified when `ip` is set'));
    } else if (!ip) errors.push(forbidden(`${at}.ipMode`, 'may not be specified when `ip` is not set'));
    else if (!['Proxy', 'VIP'].includes(ipMode)) errors.push(notSupported(`${at}.ipMode`, ipMode, ['Proxy', 'VIP']));
    if (hostname) {
      errors.push(...checkText(`${at}.hostname`, hostname, dns1123Subdomain));
      if (parseIP(hostname)) errors.push(invalid(`${at}.hostname`, hostname, 'must be a DNS name, not an IP address'));
    }
    return errors;
  });
}
