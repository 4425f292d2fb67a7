/** What the server warns of in pods and templates that it takes all the same (api/pod warnings). */
import { goQuote } from '../../go-text.js';
import { parseQuantity, quantityMilliValue } from '../../quantity.js';
import type { Container, ContainerPort, PodSpec, PodTemplateSpec } from '../../types/pod.js';
import { sortedPairs } from '../meta.js';
import { deprecatedNodeLabel, nodeTermWarnings, preferredTermWarnings } from '../node-label-warnings.js';
import { containerProfileWarnings, podProfileWarnings } from './profile-annotations.js';
import { volumeWarnings } from './volume-warnings.js';

const SYSCTLS = 'non-functional in v1.11+; use the "sysctls" field instead';
/** Annotations that do nothing any more, in the order they are looked for. */
const DEAD_ANNOTATIONS: readonly (readonly [string, string])[] = [
  ['scheduler.alpha.kubernetes.io/critical-pod', 'non-functional in v1.16+; use the "priorityClassName" field instead'],
  ['security.alpha.kubernetes.io/sysctls', SYSCTLS],
  ['security.alpha.kubernetes.io/unsafe-sysctls', SYSCTLS],
];

/** Warnings about a pod or the template of one; `place` is the template's in its object, or '' for a pod itself. */
export function podTemplateWarnings(place: string, { metadata, spec }: PodTemplateSpec): string[] {
  const within = place === '' ? '' : `${place}.`;
  const path = `${within}spec`;
  const annotated = `${within}metadata`;
  const lists: [string, Container[]][] = [
    ['initContainers', spec.initContainers ?? []],
    ['containers', spec.containers ?? []],
  ];
  const warnings: string[] = [];
  const all = lists.flatMap(([list, items]) =>
    items.map((item, index): [string, Container] => [`${path}.${list}[${index}]`, item]),
  );
  warnings.push(...nodeLabelWarnings(path, spec));
  (spec.topologySpreadConstraints ?? []).forEach(({ labelSelector, topologyKey }, index) => {
    const old = deprecatedNodeLabel(topologyKey);
    if (old) warnings.push(`${path}.topologySpreadConstraints[${index}].topologyKey: ${topologyKey} is ${old}`);
    const at = `${path}.topologySpreadConstraints[${index}].labelSelector`;
    if (!labelSelector) warnings.push(`${at}: a null labelSelector results in matching no pod`);
  });
  for (const [key, why] of DEAD_ANNOTATIONS) {
    if (metadata?.annotations?.[key] !== undefined) warnings.push(`${annotated}.annotations[${key}]: ${why}`);
  }
  warnings.push(...volumeWarnings(`${path}.volumes`, spec.volumes ?? []));
  warnings.push(...hostAliasWarnings(path, spec), ...pullSecretWarnings(path, spec));
  warnings.push(...podProfileWarnings(annotated, metadata, spec));
  for (const [at, container] of all) {
    warnings.push(...containerProfileWarnings(annotated, metadata, spec, container));
    warnings.push(...amountWarnings(at, container), ...envWarnings(at, container));
  }
  warnings.push(...portWarnings(all));
  warnings.push(...affinityWarnings(path, spec));
  if ((spec.terminationGracePeriodSeconds ?? 0) < 0) {
    const words = 'must be >= 0; negative values are invalid and will be treated as 1';
    warnings.push(`${path}.terminationGracePeriodSeconds: ${words}`);
  }
  return warnings;
}

/** Labels by which nodes are chosen, and that other labels have replaced. */
function nodeLabelWarnings(path: string, { nodeSelector, affinity = {} }: PodSpec): string[] {
  const {
    requiredDuringSchedulingIgnoredDuringExecution: hard,
    preferredDuringSchedulingIgnoredDuringExecution: soft,
  } = affinity.nodeAffinity ?? {};
  const at = `${path}.affinity.nodeAffinity`;
  return [
    ...sortedPairs(nodeSelector).flatMap(([key]) => {
      const why = deprecatedNodeLabel(key);
      return why ? [`${path}.nodeSelector[${key}]: ${why}`] : [];
    }),
    ...(hard?.nodeSelectorTerms ?? []).flatMap((term, index) =>
      nodeTermWarnings(`${at}.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[${index}]`, term),
    ),
    ...(soft ?? []).flatMap(({ preference }, index) =>
      preferredTermWarnings(`${at}.preferredDuringSchedulingIgnoredDuringExecution[${index}].preference`, preference),
    ),
  ];
}

/** A term without a selector finds no pod. */
function affinityWarnings(path: string, { affinity = {} }: PodSpec): string[] {
  return (['podAffinity', 'podAntiAffinity'] as const).flatMap((kind) => {
    const hard = affinity[kind]?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
    const soft = affinity[kind]?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    const at = `${path}.affinity.${kind}`;
    const warn = (term: string) => `${term}.labelSelector: a null labelSelector results in matching no pod`;
    return [
      ...hard.flatMap(({ labelSelector }, index) =>
        labelSelector ? [] : [warn(`${at}.requiredDuringSchedulingIgnoredDuringExecution[${index}]`)],
      ),
      ...soft.flatMap(({ podAffinityTerm }, index) => {
        const term = `${at}.preferredDuringSchedulingIgnoredDuringExecution[${index}].podAffinityTerm`;
        return podAffinityTerm?.labelSelector ? [] : [warn(term)];
      }),
    ];
  });
}

function hostAliasWarnings(path: string, { hostAliases = [] }: PodSpec): string[] {
  return hostAliases.flatMap(({ ip = '' }, index) => {
    const again = hostAliases.slice(0, index).some((other) => (other.ip ?? '') === ip);
    return again ? [`${path}.hostAliases[${index}].ip: duplicate ip ${goQuote(ip)}`] : [];
  });
}

function pullSecretWarnings(path: string, { imagePullSecrets = [] }: PodSpec): string[] {
  return imagePullSecrets.flatMap(({ name = '' }, index) => {
    const at = `${path}.imagePullSecrets[${index}].name`;
    if (name === '') return [`${at}: invalid empty name ""`];
    const again = imagePullSecrets.slice(0, index).some((other) => other.name === name);
    return again ? [`${at}: duplicate name ${goQuote(name)}`] : [];
  });
}

/** Bytes come whole. */
function amountWarnings(at: string, { resources = {} }: Container): string[] {
  const warnings: string[] = [];
  for (const name of ['memory', 'ephemeral-storage']) {
    for (const list of ['limits', 'requests'] as const) {
      const amount = resources[list]?.[name];
      if (amount === undefined || quantityMilliValue(parseQuantity(amount)) % 1000 === 0) continue;
      const words = `fractional byte value ${goQuote(amount)} is invalid, must be an integer`;
      warnings.push(`${at}.resources.${list}[${name}]: ${words}`);
    }
  }
  return warnings;
}

function envWarnings(at: string, container: Container): string[] {
  const seen = new Set<string>();
  return (container.env ?? []).flatMap(({ name, value = '', valueFrom }, index) => {
    const again = seen.has(name);
    seen.add(name);
    const reference = `$(${name})`;
    if (!again || (!valueFrom && value !== reference && value.includes(reference))) return [];
    const words = `hides previous definition of ${goQuote(name)}, which may be dropped when using apply`;
    return [`${at}.env[${index}]: ${words}`];
  });
}

/** A port as Go prints a struct. */
function goPort({ name = '', hostPort = 0, containerPort, protocol, hostIP = '' }: ContainerPort): string {
  return `{Name:${name} HostPort:${hostPort} ContainerPort:${containerPort} Protocol:${protocol} HostIP:${hostIP}}`;
}

function portWarnings(containers: readonly [string, Container][]): string[] {
  const ports = containers.flatMap(([at, { ports: own = [] }]) =>
    own.map((port, index) => ({ at: `${at}.ports[${index}]`, port })),
  );
  const warnings: string[] = [];
  ports.forEach(({ at, port }, index) => {
    if (port.hostIP && !port.hostPort) warnings.push(`${at}: hostIP set without hostPort: ${goPort(port)}`);
    for (const { at: other, port: before } of ports.slice(0, index)) {
      if (port.containerPort !== before.containerPort || port.protocol !== before.protocol) continue;
      if (port.hostIP === before.hostIP && (port.hostPort ?? 0) === (before.hostPort ?? 0)) {
        warnings.push(`${at}: duplicate port definition with ${other}`);
      } else if (!port.hostPort || !before.hostPort) {
        warnings.push(`${at}: overlapping port definition with ${other}`);
      } else if (port.hostPort === before.hostPort && !port.hostIP !== !before.hostIP) {
        warnings.push(`${at}: dangerously ambiguous port definition with ${other}`);
      }
    }
  });
  ports.forEach(({ at, port }, index) => {
    const first = port.name ? ports.slice(0, index).find((item) => item.port.name === port.name) : undefined;
    if (!first) return;
    const words = `services and probes that select ports by name will use ${first.at}`;
    warnings.push(`${at}: duplicate port name ${goQuote(port.name ?? '')} with ${first.at}, ${words}`);
  });
  return warnings;
}
