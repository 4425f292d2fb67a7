/** Rules of a pod's spec as a whole (core/validation ValidatePodSpec). */
import { duplicate, type FieldError, forbidden, invalid, required, tooLong } from '../../field-error.js';
import { utf8Length } from '../../go-text.js';
import {
  dns1123Label,
  dns1123Subdomain,
  dns1123SubdomainUnderscore,
  labelKey,
  nameIsSubdomain,
  rangeError,
} from '../../names.js';
import type { PodSpec, PodTemplateSpec } from '../../types/pod.js';
import { validateIP } from '../ip-rules.js';
import { checkText, requiredOneOf, validateAnnotations, validateLabels } from '../meta.js';
import { validatePodAnnotations } from './annotation-rules.js';
import { validateContainers } from './container-rules.js';
import { validateProfilesMatch } from './profile-annotations.js';
import { validateAmount } from './resource-rules.js';
import { validateAffinity, validateSpread, validateTolerations } from './scheduling-rules.js';
import { validateHostUsers, validatePodSecurity } from './security-rules.js';
import { validateVolumes } from './volume-rules.js';

const SECONDS_MAX = 2 ** 31 - 1;
const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
const NAMESERVERS_MAX = 3;
const SEARCHES_MAX = 32;
const SEARCH_CHARACTERS_MAX = 2048;

/** A pod's spec; `podName` is '' for templates. */
export function validatePodSpec(spec: PodSpec, path: string, podName: string, isPod: boolean): FieldError[] {
  const volumes = validateVolumes(`${path}.volumes`, spec.volumes ?? [], podName, isPod);
  return [
    ...(spec.terminationGracePeriodSeconds === undefined ? [required(`${path}.terminationGracePeriodSeconds`)] : []),
    ...volumes.errors,
    ...validateContainers(path, spec, volumes.known),
    ...validateHostPortsMatch(path, spec, isPod),
    ...requiredOneOf(`${path}.restartPolicy`, spec.restartPolicy, ['Always', 'OnFailure', 'Never']),
    ...requiredOneOf(`${path}.dnsPolicy`, spec.dnsPolicy, DNS_POLICIES),
    ...validateLabels(spec.nodeSelector, `${path}.nodeSelector`),
    ...validatePodSecurity(`${path}.securityContext`, spec),
    ...validateAffinity(`${path}.affinity`, spec.affinity),
    ...validateDns(`${path}.dnsConfig`, spec),
    ...validateGates(path, spec),
    ...validateSpread(`${path}.topologySpreadConstraints`, spec.topologySpreadConstraints ?? []),
    ...validateHostUsers(path, spec),
    ...validateNames(path, spec),
    ...validateTolerations(`${path}.tolerations`, spec.tolerations ?? []),
    ...validateHostAliases(`${path}.hostAliases`, spec.hostAliases ?? []),
    ...validateReferences(path, spec),
  ];
}

function validateHostPortsMatch(path: string, spec: PodSpec, isPod: boolean): FieldError[] {
  if (!spec.hostNetwork) return [];
  return (spec.containers ?? []).flatMap(({ ports = [] }, index) =>
    ports.flatMap(({ hostPort = 0, containerPort }, item) => {
      if ((!isPod && hostPort === 0) || hostPort === containerPort) return [];
      const at = `${path}.containers[${index}].ports[${item}].hostPort`;
      return [invalid(at, hostPort, 'must match `containerPort` when `hostNetwork` is true')];
    }),
  );
}

function validateDns(path: string, { dnsPolicy, dnsConfig }: PodSpec): FieldError[] {
  if (dnsPolicy === 'None') {
    if (!dnsConfig) return [required(path, 'must provide `dnsConfig` when `dnsPolicy` is None')];
    if (!dnsConfig.nameservers?.length) {
      const words = 'must provide at least one DNS nameserver when `dnsPolicy` is None';
      return [required(`${path}.nameservers`, words)];
    }
  }
  const { nameservers = [], searches = [], options = [] } = dnsConfig ?? {};
  const errors: FieldError[] = [];
  if (nameservers.length > NAMESERVERS_MAX) {
    const words = `must not have more than ${NAMESERVERS_MAX} nameservers`;
    errors.push(invalid(`${path}.nameservers`, nameservers, words));
  }
  nameservers.forEach((address, index) => {
    errors.push(...validateIP(`${path}.nameservers[${index}]`, address));
  });
  if (searches.length > SEARCHES_MAX) {
    errors.push(invalid(`${path}.searches`, searches, `must not have more than ${SEARCHES_MAX} search paths`));
  }
  if (utf8Length(searches.join(' ')) > SEARCH_CHARACTERS_MAX) {
    const words = `must not have more than ${SEARCH_CHARACTERS_MAX} characters (including spaces) in the search list`;
    errors.push(invalid(`${path}.searches`, searches, words));
  }
  searches.forEach((search, index) => {
    if (search === '.') return;
    errors.push(...checkText(`${path}.searches[${index}]`, search.replace(/\.$/, ''), dns1123SubdomainUnderscore));
  });
  options.forEach(({ name }, index) => {
    if (!name) errors.push(required(`${path}.options[${index}]`, 'must not be empty'));
  });
  return errors;
}

function validateGates(path: string, spec: PodSpec): FieldError[] {
  const errors = (spec.readinessGates ?? []).flatMap(({ conditionType }, index) =>
    checkText(`${path}.readinessGates[${index}].conditionType`, conditionType ?? '', labelKey),
  );
  const seen = new Set<string>();
  (spec.schedulingGates ?? []).forEach(({ name = '' }, index) => {
    const at = `${path}.schedulingGates[${index}]`;
    errors.push(...checkText(at, name, labelKey));
    if (seen.has(name)) errors.push(duplicate(at, name));
    seen.add(name);
  });
  return errors;
}

function validateNames(path: string, spec: PodSpec): FieldError[] {
  const { hostnameOverride: override, activeDeadlineSeconds: deadline } = spec;
  const errors: FieldError[] = [];
  if (override !== undefined) {
    const at = `${path}.hostnameOverride`;
    if (spec.setHostnameAsFQDN) errors.push(forbidden(at, 'may not be specified when setHostnameAsFQDN is true'));
    if (spec.hostNetwork) errors.push(forbidden(at, 'may not be specified when hostNetwork is true'));
    if (utf8Length(override) > 64) errors.push(tooLong(at, 64));
    errors.push(...checkText(at, override, dns1123Subdomain));
  }
  for (const field of ['serviceAccountName', 'nodeName'] as const) {
    const value = spec[field];
    if (value) errors.push(...nameIsSubdomain(value, false).map((words) => invalid(`${path}.${field}`, value, words)));
  }
  if (deadline !== undefined && (deadline < 1 || deadline > SECONDS_MAX)) {
    errors.push(invalid(`${path}.activeDeadlineSeconds`, deadline, rangeError(1, SECONDS_MAX)));
  }
  for (const field of ['hostname', 'subdomain'] as const) {
    const value = spec[field];
    if (value) errors.push(...checkText(`${path}.${field}`, value, dns1123Label));
  }
  return errors;
}

function validateHostAliases(path: string, aliases: readonly { ip: string; hostnames?: string[] }[]): FieldError[] {
  return aliases.flatMap(({ ip, hostnames = [] }, index) => [
    ...validateIP(`${path}[${index}].ip`, ip ?? ''),
    ...hostnames.flatMap((name, item) => checkText(`${path}[${index}].hostnames[${item}]`, name, dns1123Subdomain)),
  ]);
}

function validateReferences(path: string, spec: PodSpec): FieldError[] {
  const errors: FieldError[] = [];
  for (const field of ['priorityClassName', 'runtimeClassName'] as const) {
    const value = spec[field];
    if (value) errors.push(...nameIsSubdomain(value, false).map((words) => invalid(`${path}.${field}`, value, words)));
  }
  if (spec.preemptionPolicy !== undefined) {
    const policies = ['PreemptLowerPriority', 'Never'];
    errors.push(...requiredOneOf(`${path}.preemptionPolicy`, spec.preemptionPolicy, policies));
  }
  for (const [name, amount] of Object.entries(spec.overhead ?? {})) {
    errors.push(...validateAmount(`${path}.overhead.limits[${name}]`, name, amount));
  }
  if (spec.os)
    errors.push(...requiredOneOf(spec.os.name ? `${path}.os` : `${path}.os.name`, spec.os.name, ['linux', 'windows']));
  return errors;
}

/** The template pods are made from. */
export function validatePodTemplate(template: PodTemplateSpec, path: string): FieldError[] {
  const { metadata = {}, spec } = template;
  const errors = [
    ...validateLabels(metadata.labels, `${path}.labels`),
    ...validateAnnotations(metadata.annotations, `${path}.annotations`),
    ...validatePodAnnotations(`${path}.annotations`, metadata.annotations, spec),
    ...validatePodSpec(spec, `${path}.spec`, '', false),
    ...validateProfilesMatch(`${path}.spec`, metadata.annotations, spec),
  ];
  if (spec.ephemeralContainers?.length) {
    const words = 'ephemeral containers not allowed in pod template';
    errors.push(forbidden(`${path}.spec.ephemeralContainers`, words));
  }
  return errors;
}
