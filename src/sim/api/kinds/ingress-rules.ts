/** What is wrong with an Ingress (networking/validation). */
import { type FieldError, invalid, required } from '../field-error.js';
import {
  dns1123Label,
  dns1123Subdomain,
  nameIsSubdomain,
  pathSegmentName,
  portName,
  portNumber,
  wildcardSubdomain,
} from '../names.js';
import type { Ingress, IngressBackend, IngressPath, IngressRule, IngressSpec } from '../types/networking.js';
import { parseIP, validateIP } from './ip-rules.js';
import { checkText, oneOf, validateMeta, validateMetaUpdate } from './meta.js';

/** The annotation that named an ingress' class before the field did. */
export const INGRESS_CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix'];
const FORBIDDEN_IN_PATHS = ['//', '/./', '/../', '%2f', '%2F'];
const FORBIDDEN_AT_END = ['/..', '/.'];

/** What older versions let in, and an update may therefore keep. */
interface Tolerated {
  readonly secretNames: boolean;
  readonly wildcardRules: boolean;
}

const NOTHING: Tolerated = { secretNames: false, wildcardRules: false };

/** All of a new ingress. */
export function validateIngressCreate(ingress: Ingress): FieldError[] {
  const errors = validateIngress(ingress, NOTHING);
  const annotated = ingress.metadata.annotations?.[INGRESS_CLASS_ANNOTATION];
  const { ingressClassName: name } = ingress.spec;
  if (annotated !== undefined && name !== undefined && annotated !== name) {
    const words = 'must match `ingressClassName` when both are specified';
    errors.push(invalid(`annotations.${INGRESS_CLASS_ANNOTATION}`, annotated, words));
  }
  return errors;
}

/** All of a changed ingress. */
export function validateIngressUpdate(ingress: Ingress, old: Ingress): FieldError[] {
  const { tls = [], rules = [] } = old.spec;
  const tolerated = {
    secretNames: tls.some(({ secretName }) => secretName && dns1123Subdomain(secretName).length > 0),
    wildcardRules: rules.some((rule) => rule.host?.includes('*') && validateRuleValue('', rule).length > 0),
  };
  return [...validateMetaUpdate(ingress, old), ...validateIngress(ingress, tolerated as Tolerated)];
}

/** The status of an ingress; addresses that are there already may stay. */
export function validateIngressStatus(ingress: Ingress, old: Ingress): FieldError[] {
  const known = (old.status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip || []);
  const errors = validateMetaUpdate(ingress, old);
  (ingress.status?.loadBalancer?.ingress ?? []).forEach(({ ip, hostname }, index) => {
    const at = `status.loadBalancer.ingress[${index}]`;
    if (ip && !known.includes(ip)) errors.push(...validateIP(`${at}.ip`, ip));
    if (!hostname) return;
    errors.push(...checkText(`${at}.hostname`, hostname, dns1123Subdomain));
    if (parseIP(hostname)) errors.push(invalid(`${at}.hostname`, hostname, 'must be a DNS name, not an IP address'));
  });
  return errors;
}

function validateIngress(ingress: Ingress, tolerated: Tolerated): FieldError[] {
  return [...validateMeta(ingress, true), ...validateSpec(ingress.spec, tolerated)];
}

function validateSpec(spec: IngressSpec, tolerated: Tolerated): FieldError[] {
  const { rules = [], defaultBackend, tls = [], ingressClassName } = spec;
  const errors: FieldError[] = [];
  if (rules.length === 0 && !defaultBackend) {
    errors.push(invalid('spec', spec.rules ?? null, 'either `defaultBackend` or `rules` must be specified'));
  }
  if (defaultBackend) errors.push(...validateBackend('spec.defaultBackend', defaultBackend));
  rules.forEach((rule, index) => {
    errors.push(...validateRule(`spec.rules[${index}]`, rule, tolerated));
  });
  tls.forEach(({ hosts = [], secretName }, index) => {
    hosts.forEach((host, item) => {
      errors.push(...validateHost(`spec.tls[${index}].hosts[${item}]`, host));
    });
    if (secretName && !tolerated.secretNames) {
      errors.push(...checkText(`spec.tls[${index}].secretName`, secretName, dns1123Subdomain));
    }
  });
  if (ingressClassName !== undefined) {
    errors.push(...checkText('spec.ingressClassName', ingressClassName, (name) => nameIsSubdomain(name, false)));
  }
  return errors;
}

function validateHost(path: string, host: string): FieldError[] {
  return checkText(path, host, host.includes('*') ? wildcardSubdomain : dns1123Subdomain);
}

function validateRule(path: string, rule: IngressRule, tolerated: Tolerated): FieldError[] {
  const { host } = rule;
  const errors: FieldError[] = [];
  if (host && parseIP(host)) errors.push(invalid(`${path}.host`, host, 'must be a DNS name, not an IP address'));
  if (host) errors.push(...validateHost(`${path}.host`, host));
  if (host?.includes('*') && tolerated.wildcardRules) return errors;
  return [...errors, ...validateRuleValue(path, rule)];
}

function validateRuleValue(path: string, { http }: IngressRule): FieldError[] {
  if (!http) return [];
  const paths = http.paths ?? [];
  if (paths.length === 0) return [required(`${path}.http.paths`)];
  return paths.flatMap((one, index) => validatePath(`${path}.http.paths[${index}]`, one));
}

function validatePath(path: string, { path: url = '', pathType, backend }: IngressPath): FieldError[] {
  if (pathType === undefined || pathType === null) return [required(`${path}.pathType`, 'pathType must be specified')];
  const errors: FieldError[] = [];
  const strict = pathType === 'Exact' || pathType === 'Prefix';
  const refuse = (words: string) => errors.push(invalid(`${path}.path`, url, words));
  if (!PATH_TYPES.includes(pathType)) errors.push(...oneOf(`${path}.pathType`, pathType, PATH_TYPES));
  else if (!url.startsWith('/') && (strict || url !== '')) refuse('must be an absolute path');
  if (strict) {
    for (const text of FORBIDDEN_IN_PATHS) if (url.includes(text)) refuse(`must not contain '${text}'`);
    for (const text of FORBIDDEN_AT_END) if (url.endsWith(text)) refuse(`cannot end with '${text}'`);
  }
  return [...errors, ...validateBackend(`${path}.backend`, backend)];
}

function validateBackend(path: string, { service, resource }: IngressBackend): FieldError[] {
  if (service && resource) return [invalid(path, '', 'cannot set both resource and service backends')];
  if (resource) {
    return [
      ...(typeof resource.apiGroup === 'string'
        ? checkText(`${path}.resource.apiGroup`, resource.apiGroup, dns1123Subdomain)
        : []),
      ...requiredSegment(`${path}.resource.kind`, resource.kind),
      ...requiredSegment(`${path}.resource.name`, resource.name),
    ];
  }
  if (!service) return [invalid(path, '', 'resource or service backend is required')];
  const { name, number } = service.port ?? {};
  const errors = service.name
    ? checkText(`${path}.service.name`, service.name, dns1123Label)
    : [required(`${path}.service.name`)];
  if (name && number) errors.push(invalid(path, '', 'cannot set both port name & port number'));
  else if (name) errors.push(...checkText(`${path}.service.port.name`, name, portName));
  else if (number) {
    errors.push(...portNumber(number).map((words) => invalid(`${path}.service.port.number`, number, words)));
  } else errors.push(required(path, 'port name or number is required'));
  return errors;
}

/** A text that has to be there and may become part of a path. */
export function requiredSegment(path: string, value: string | undefined): FieldError[] {
  return value ? checkText(path, value, pathSegmentName) : [required(path)];
}
