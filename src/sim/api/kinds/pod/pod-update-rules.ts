/** What may change of a pod once it is there (core/validation ValidatePodUpdate). */
import { type FieldError, forbidden, invalid, required } from '../../field-error.js';
import { inFieldOrder } from '../../field-order.js';
import { rangeError } from '../../names.js';
import { deepCopy, deepEqual, isJsonObject, semanticEqual } from '../../object.js';
import { mayRestartAll, shouldRestart } from '../../restart-rules.js';
import type { Container, Pod, PodSpec, PodStatus, Toleration } from '../../types/pod.js';
import { immutable } from '../meta.js';
import { validateTolerations } from './scheduling-rules.js';
import { unifiedDiff } from './unified-diff.js';

const SECONDS_MAX = 2 ** 31 - 1;
const UPDATABLE = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',');

/** Rules of an update of a pod's spec. */
export function validatePodSpecUpdate(spec: PodSpec, old: PodSpec): FieldError[] {
  const errors: FieldError[] = [];
  for (const list of ['containers', 'initContainers'] as const) {
    const containers = spec[list] ?? [];
    if (containers.length !== (old[list] ?? []).length) {
      return [...errors, forbidden(`spec.${list}`, 'pod updates may not add or remove containers')];
    }
    errors.push(...containers.flatMap((container, index) => validateImage(`spec.${list}[${index}].image`, container)));
  }
  const deadline = validateDeadline(spec.activeDeadlineSeconds, old.activeDeadlineSeconds);
  errors.push(...deadline);
  if (deadline.length > 0 && spec.activeDeadlineSeconds !== undefined) return errors;
  errors.push(...validateOnlyAdded(spec.tolerations ?? [], old.tolerations ?? []));
  errors.push(...validateGates(spec, old));
  const kept = withUpdatableFieldsOf(spec, old);
  if (semanticEqual(kept, old)) return errors;
  const difference = unifiedDiff(prettyGoJson(old), prettyGoJson(kept));
  return [...errors, forbidden('spec', `pod updates may not change fields other than ${UPDATABLE}\n${difference}`)];
}

function validateImage(path: string, { image = '' }: Container): FieldError[] {
  if (!image) return [required(path)];
  return image.trim() === image ? [] : [invalid(path, image, 'must not have leading or trailing whitespace')];
}

function validateDeadline(deadline: number | undefined, old: number | undefined): FieldError[] {
  const path = 'spec.activeDeadlineSeconds';
  if (deadline === undefined) {
    if (old === undefined) return [];
    return [invalid(path, null, 'must not update from a positive integer to nil value')];
  }
  if (deadline < 0 || deadline > SECONDS_MAX) return [invalid(path, deadline, rangeError(0, SECONDS_MAX))];
  if (old === undefined || old >= deadline) return [];
  return [invalid(path, deadline, 'must be less than or equal to previous value')];
}

function validateOnlyAdded(tolerations: readonly Toleration[], old: readonly Toleration[]): FieldError[] {
  const path = 'spec.tolerations';
  const withoutSeconds = ({ tolerationSeconds: _, ...rest }: Toleration) => rest;
  const all = tolerations.map(withoutSeconds);
  const kept = old.every((toleration) => all.some((item) => deepEqual(item, withoutSeconds(toleration))));
  if (!kept) return [forbidden(path, 'existing toleration can not be modified except its tolerationSeconds')];
  return validateTolerations(path, tolerations);
}

function validateGates(spec: PodSpec, old: PodSpec): FieldError[] {
  const before = (old.schedulingGates ?? []).map(({ name }) => name);
  return (spec.schedulingGates ?? []).flatMap(({ name }, index) => {
    if (before.includes(name)) return [];
    const words = `only deletion is allowed, but found new scheduling gate '${name}'`;
    return [forbidden(`spec.schedulingGates[${index}].name`, words)];
  });
}

/** The new spec with everything that may change put back as it was. */
function withUpdatableFieldsOf(spec: PodSpec, old: PodSpec): PodSpec {
  const kept = deepCopy(spec);
  for (const list of ['containers', 'initContainers'] as const) {
    (kept[list] ?? []).forEach((container, index) => {
      const image = old[list]?.[index]?.image;
      if (image !== undefined) container.image = image;
    });
  }
  copy(kept, old, 'activeDeadlineSeconds');
  copy(kept, old, 'schedulingGates');
  copy(kept, old, 'tolerations');
  const grace = old.terminationGracePeriodSeconds;
  if (grace !== undefined && grace < 0 && kept.terminationGracePeriodSeconds === 1) {
    kept.terminationGracePeriodSeconds = grace;
  }
  if (old.schedulingGates?.length) {
    // A gated pod may still be told where to run.
    copy(kept, old, 'nodeSelector');
    copy(kept, old, 'affinity');
  }
  return kept;
}

function copy(target: PodSpec, source: PodSpec, field: keyof PodSpec): void {
  if (source[field] === undefined) delete target[field];
  else (target as unknown as Record<string, unknown>)[field] = source[field];
}

/**
 * A spec as the server dumps it into that message: JSON with the field names of Go. The server prints fields without a
 * value as null, and a few others under older names; those lines are only context here and are left out.
 */
function prettyGoJson(spec: PodSpec): string {
  // A spec that came in a patch or a body has its fields in the client's order; the server's are Go structs.
  const { spec: ordered } = inFieldOrder({ apiVersion: 'v1', kind: 'Pod', spec });
  return JSON.stringify(withGoNames(ordered), null, 1);
}

const GO_NAMES: Record<string, string> = {
  dnsPolicy: 'DNSPolicy',
  dnsConfig: 'DNSConfig',
  tty: 'TTY',
  tcpSocket: 'TCPSocket',
  httpGet: 'HTTPGet',
};

/** Maps, whose keys are data and not names of fields. */
const MAPS: ReadonlySet<string> = new Set(['limits', 'requests', 'nodeSelector', 'matchLabels', 'overhead']);

function withGoNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withGoNames);
  if (!isJsonObject(value)) return value;
  const named: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const name = GO_NAMES[key] ?? `${key.charAt(0).toUpperCase()}${key.slice(1)}`;
    named[name] = MAPS.has(key) ? value[key] : withGoNames(value[key]);
  }
  return named;
}

/** Rules of a pod's status. */
export function validatePodStatusUpdate(pod: Pod, old: Pod): FieldError[] {
  const status: PodStatus = pod.status ?? {};
  const before: PodStatus = old.status ?? {};
  const errors = immutable('status.qosClass', status.qosClass, before.qosClass);
  for (const list of ['containerStatuses', 'initContainerStatuses'] as const) {
    (before[list] ?? []).forEach((was, index) => {
      const ended = was.state?.terminated;
      if (!ended) return;
      const is = (status[list] ?? []).find(({ name }) => name === was.name);
      if (!is || is.state?.terminated) return;
      const specs = (list === 'containerStatuses' ? old.spec.containers : old.spec.initContainers) ?? [];
      const spec = specs.find(({ name }) => name === was.name);
      if (mayRestartAll(old.spec) || (spec && shouldRestart(spec, old.spec, ended.exitCode))) return;
      errors.push(forbidden(`status.${list}[${index}].state`, 'may not be transitioned to non-terminated state'));
    });
  }
  errors.push(...validateEphemeralStatus(status, before));
  if (status.nominatedNodeName && old.spec.nodeName && status.nominatedNodeName !== before.nominatedNodeName) {
    const words = 'may not be set on pods that are already bound to a node';
    errors.push(forbidden('status.nominatedNodeName', words));
  }
  return errors;
}

/** An ephemeral container that is over stays so. */
function validateEphemeralStatus(status: PodStatus, before: PodStatus): FieldError[] {
  return (before.ephemeralContainerStatuses ?? []).flatMap((was, index) => {
    if (!was.state?.terminated) return [];
    const again = (status.ephemeralContainerStatuses ?? []).filter(
      ({ name, state }) => name === was.name && !state?.terminated,
    );
    const path = `status.ephemeralContainerStatuses[${index}].state`;
    return again.map(() => forbidden(path, 'may not be transitioned to non-terminated state'));
  });
}
