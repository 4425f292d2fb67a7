/** Rules of containers: running, init and ephemeral ones. */
import { duplicate, type FieldError, forbidden, invalid, notFoundField, required, tooMany } from '../../field-error.js';
import { dns1123Label, portName, portNumber } from '../../names.js';
import type { Container, ContainerPort, PodSpec } from '../../types/pod.js';
import type { Volume } from '../../types/volume.js';
import { checkText, oneOf, requiredOneOf } from '../meta.js';
import { validateEnv, validateEnvFrom } from './env-rules.js';
import { validateDevices, validateMounts } from './mount-rules.js';
import { validateLifecycle, validateProbes } from './probe-rules.js';
import { validateResources } from './resource-rules.js';
import { validateContainerSecurity } from './security-rules.js';

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const RESTART_POLICIES = ['Always', 'Never', 'OnFailure'];
const RULE_ACTIONS = ['Restart', 'RestartAllContainers'];

/** What rules of one container must know of its pod. */
interface Surroundings {
  readonly spec: PodSpec;
  readonly volumes: ReadonlyMap<string, Volume>;
}

/** All three lists of a pod's containers; `path` is the spec's. */
export function validateContainers(path: string, spec: PodSpec, volumes: ReadonlyMap<string, Volume>): FieldError[] {
  const around = { spec, volumes };
  return [
    ...validateRunning(`${path}.containers`, around),
    ...validateInit(`${path}.initContainers`, around),
    ...validateEphemeral(`${path}.ephemeralContainers`, around),
  ];
}

function validateRunning(path: string, around: Surroundings): FieldError[] {
  const containers = around.spec.containers ?? [];
  if (containers.length === 0) return [required(path)];
  const names = new Set<string>();
  const errors = containers.flatMap((container, index) => {
    const at = `${path}[${index}]`;
    const own = validateCommon(at, container, around);
    if (names.has(container.name)) own.push(duplicate(`${at}.name`, container.name));
    names.add(container.name);
    const grace = around.spec.terminationGracePeriodSeconds;
    if (container.lifecycle) own.push(...validateLifecycle(`${at}.lifecycle`, container.lifecycle, grace));
    return [...own, ...validateProbes(at, container, grace), ...validateRestart(at, container)];
  });
  return [...errors, ...validateHostPorts(path, containers)];
}

function validateInit(path: string, around: Surroundings): FieldError[] {
  const names = new Set((around.spec.containers ?? []).map(({ name }) => name));
  return (around.spec.initContainers ?? []).flatMap((container, index) => {
    const at = `${path}[${index}]`;
    const own = [...validateCommon(at, container, around), ...validateRestart(at, container)];
    if (names.has(container.name)) own.push(duplicate(`${at}.name`, container.name));
    else if (container.name) names.add(container.name);
    own.push(...validateHostPorts(path, [container]));
    if (container.restartPolicy === 'Always') {
      const grace = around.spec.terminationGracePeriodSeconds;
      if (container.lifecycle) own.push(...validateLifecycle(`${at}.lifecycle`, container.lifecycle, grace));
      return [...own, ...validateProbes(at, container, grace)];
    }
    for (const field of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
      const words = 'may not be set for init containers without restartPolicy=Always';
      if (container[field]) own.push(forbidden(`${at}.${field}`, words));
    }
    return own;
  });
}

function validateEphemeral(path: string, around: Surroundings): FieldError[] {
  const { containers, initContainers, ephemeralContainers } = around.spec;
  const others = new Set([...(containers ?? []), ...(initContainers ?? [])].map(({ name }) => name));
  const names = new Set(others);
  return (ephemeralContainers ?? []).flatMap((container, index) => {
    const at = `${path}[${index}]`;
    const own = [...validateCommon(at, container, around), ...validateImageSpaces(at, container)];
    if (names.has(container.name)) own.push(duplicate(`${at}.name`, container.name));
    names.add(container.name);
    const target = container.targetContainerName;
    if (target && !others.has(target)) own.push(notFoundField(`${at}.targetContainerName`, target));
    own.push(...validateEphemeralFields(at, container));
    return own;
  });
}

/** What only containers that are relied upon may have; told in the order of the fields. */
const NOT_EPHEMERAL = [
  ...(['ports', 'resources', 'resizePolicy', 'restartPolicy', 'restartPolicyRules'] as const),
  ...(['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle'] as const),
];

function validateEphemeralFields(path: string, container: Container): FieldError[] {
  const words = 'cannot be set for an Ephemeral Container';
  const given = NOT_EPHEMERAL.filter((field) =>
    field === 'resources' ? Object.keys(container.resources ?? {}).length > 0 : container[field] !== undefined,
  );
  const errors = given.map((field) => forbidden(`${path}.${field}`, words));
  (container.volumeMounts ?? []).forEach(({ subPath, subPathExpr }, index) => {
    if (subPath) errors.push(forbidden(`${path}.volumeMounts[${index}].subPath`, words));
    if (subPathExpr) errors.push(forbidden(`${path}.volumeMounts[${index}].subPathExpr`, words));
  });
  return errors;
}

/** Images with spaces around them; templates may have them, pods not. */
export function validateImageSpaces(path: string, { image = '' }: Container): FieldError[] {
  if (image.trim() === image) return [];
  return [invalid(`${path}.image`, image, 'must not have leading or trailing whitespace')];
}

function validateCommon(path: string, container: Container, { spec, volumes }: Surroundings): FieldError[] {
  const claims = (spec.resourceClaims ?? []).map(({ name }) => name);
  const policies = ['File', 'FallbackToLogsOnError'];
  return [
    ...(container.name ? checkText(`${path}.name`, container.name, dns1123Label) : [required(`${path}.name`)]),
    ...(container.image ? [] : [required(`${path}.image`)]),
    ...requiredOneOf(`${path}.terminationMessagePolicy`, container.terminationMessagePolicy, policies),
    ...validatePorts(`${path}.ports`, container.ports ?? []),
    ...validateEnv(`${path}.env`, container.env ?? []),
    ...validateEnvFrom(`${path}.envFrom`, container.envFrom ?? []),
    ...validateMounts(`${path}.volumeMounts`, container, volumes),
    ...validateDevices(`${path}.volumeDevices`, container, volumes),
    ...requiredOneOf(`${path}.imagePullPolicy`, container.imagePullPolicy, PULL_POLICIES),
    ...validateResources(container.resources ?? {}, `${path}.resources`, claims),
    ...validateResizePolicy(`${path}.resizePolicy`, container, spec),
    ...validateContainerSecurity(`${path}.securityContext`, container.securityContext, spec.hostUsers ?? true),
  ];
}

function validatePorts(path: string, ports: readonly ContainerPort[]): FieldError[] {
  const names = new Set<string>();
  return ports.flatMap(({ name, containerPort, hostPort, protocol }, index) => {
    const at = `${path}[${index}]`;
    const errors: FieldError[] = [];
    if (name) {
      const wrong = checkText(`${at}.name`, name, portName);
      if (wrong.length > 0) errors.push(...wrong);
      else if (names.has(name)) errors.push(duplicate(`${at}.name`, name));
      names.add(name);
    }
    if (!containerPort) errors.push(required(`${at}.containerPort`));
    else errors.push(...portNumber(containerPort).map((words) => invalid(`${at}.containerPort`, containerPort, words)));
    if (hostPort) errors.push(...portNumber(hostPort).map((words) => invalid(`${at}.hostPort`, hostPort, words)));
    return [...errors, ...requiredOneOf(`${at}.protocol`, protocol, PROTOCOLS)];
  });
}

function validateHostPorts(path: string, containers: readonly Container[]): FieldError[] {
  const taken = new Set<string>();
  const errors: FieldError[] = [];
  containers.forEach(({ ports = [] }, index) => {
    ports.forEach(({ hostPort, hostIP = '', protocol }, item) => {
      if (!hostPort) return;
      const key = `${protocol}/${hostIP}/${hostPort}`;
      if (taken.has(key)) errors.push(duplicate(`${path}[${index}].ports[${item}].hostPort`, key));
      taken.add(key);
    });
  });
  return errors;
}

function validateResizePolicy(path: string, container: Container, spec: PodSpec): FieldError[] {
  const seen = new Set<string>();
  return (container.resizePolicy ?? []).flatMap(({ resourceName, restartPolicy }, index) => {
    const at = `${path}[${index}]`;
    const errors = seen.has(resourceName) ? [duplicate(at, resourceName)] : [];
    seen.add(resourceName);
    errors.push(...requiredOneOf(path, resourceName, ['cpu', 'memory']));
    errors.push(...requiredOneOf(path, restartPolicy, ['NotRequired', 'RestartContainer']));
    if (spec.restartPolicy === 'Never' && restartPolicy !== 'NotRequired') {
      errors.push(invalid(path, restartPolicy, "must be 'NotRequired' when pod `restartPolicy` is 'Never'"));
    }
    return errors;
  });
}

/** A container's own restart policy and the rules that go with it. */
function validateRestart(path: string, container: Container): FieldError[] {
  const { restartPolicy, restartPolicyRules: rules = [] } = container;
  const errors = oneOf(`${path}.restartPolicy`, restartPolicy, RESTART_POLICIES);
  if (restartPolicy === undefined && rules.length > 0) {
    errors.push(required(`${path}.restartPolicy`, 'must specify restartPolicy when restart rules are used'));
  }
  if (rules.length > 20) errors.push(tooMany(`${path}.restartPolicyRules`, rules.length, 20));
  rules.forEach(({ action, exitCodes }, index) => {
    const at = `${path}.restartPolicyRules[${index}]`;
    errors.push(...oneOf(`${at}.action`, action ?? '', RULE_ACTIONS));
    if (!exitCodes) errors.push(required(`${at}.exitCodes`, 'must be specified'));
    else {
      errors.push(...oneOf(`${at}.exitCodes.operator`, exitCodes.operator ?? '', ['In', 'NotIn']));
      const count = exitCodes.values?.length ?? 0;
      if (count > 255) errors.push(tooMany(`${at}.exitCodes.values`, count, 255));
    }
  });
  return errors;
}
