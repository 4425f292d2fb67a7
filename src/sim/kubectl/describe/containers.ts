import { compareText, goQuote } from '../../api/go-text.js';
import { canonicalQuantity } from '../../api/quantity.js';
import type {
  Container,
  ContainerPort,
  ContainerState,
  ContainerStatus,
  EnvVar,
  Probe,
  ResourceRequirements,
} from '../../api/types/pod.js';
import { joinHostPort } from '../../client/go-errors.js';
import { boolText, type DescribeWriter, longTime } from './writer.js';

/** What a reference to a field of the pod or of its resources comes to. */
export type Resolve = (variable: EnvVar, container: Container) => string;

/** A list of containers with what is known of each. `space` is two blanks inside a pod template. */
export function describeContainers(
  w: DescribeWriter,
  label: string,
  containers: readonly Container[],
  statuses: readonly ContainerStatus[],
  space: string,
  resolve: Resolve,
): void {
  w.write(0, `${space}${label}:${containers.length === 0 ? ' <none>' : ''}\n`);
  for (const container of containers) {
    const status = statuses.find(({ name }) => name === container.name);
    describeBasics(w, container, status, space);
    describeWords(w, 'Command', container.command);
    describeWords(w, 'Args', container.args);
    if (status) describeStates(w, status);
    describeResources(w, container.resources, 2);
    for (const [title, probe] of [
      ['Liveness', container.livenessProbe],
      ['Readiness', container.readinessProbe],
      ['Startup', container.startupProbe],
    ] as const) {
      if (probe) w.field(title, probeText(probe), 2);
    }
    describeEnvironment(w, container, resolve);
    describeMounts(w, container);
  }
}

function describeBasics(
  w: DescribeWriter,
  container: Container,
  status: ContainerStatus | undefined,
  space: string,
): void {
  w.write(1, `${space === '' ? '' : ' '}${container.name}:\n`);
  if (status) w.field('Container ID', status.containerID ?? '', 2);
  w.field('Image', container.image ?? '', 2);
  if (status) w.field('Image ID', status.imageID, 2);
  for (const [title, port] of [
    ['Port', 'containerPort'],
    ['Host Port', 'hostPort'],
  ] as const) {
    const text = portsText(container.ports ?? [], port);
    if (text.includes(',')) w.field(`${title}s`, text, 2);
    else w.field(title, text || '<none>', 2);
  }
  const profile = container.securityContext?.seccompProfile;
  if (!profile) return;
  w.field('SeccompProfile', profile.type, 2);
  if (profile.type === 'Localhost') w.field('LocalhostProfile', profile.localhostProfile ?? '', 3);
}

function portsText(ports: readonly ContainerPort[], which: 'containerPort' | 'hostPort'): string {
  return ports
    .map((port) => `${port[which] ?? 0}/${port.protocol ?? ''}${port.name ? ` (${port.name})` : ''}`)
    .join(', ');
}

function describeWords(w: DescribeWriter, title: string, words: readonly string[] | undefined): void {
  if (!words || words.length === 0) return;
  w.write(2, `${title}:\n`);
  for (const line of words.flatMap((word) => word.split('\n'))) w.write(3, `${line}\n`);
}

function describeStates(w: DescribeWriter, status: ContainerStatus): void {
  describeState(w, 'State', status.state ?? {});
  if (status.lastState?.terminated) describeState(w, 'Last State', status.lastState);
  w.field('Ready', boolText(status.ready), 2);
  w.field('Restart Count', status.restartCount, 2);
}

function describeState(w: DescribeWriter, title: string, { running, waiting, terminated }: ContainerState): void {
  if (running) {
    w.field(title, 'Running', 2);
    w.field('Started', longTime(running.startedAt), 3);
  } else if (terminated && !waiting) {
    w.field(title, 'Terminated', 2);
    if (terminated.reason) w.field('Reason', terminated.reason, 3);
    if (terminated.message) w.field('Message', terminated.message, 3);
    w.field('Exit Code', terminated.exitCode, 3);
    if (terminated.signal) w.field('Signal', terminated.signal, 3);
    w.field('Started', longTime(terminated.startedAt), 3);
    w.field('Finished', longTime(terminated.finishedAt), 3);
  } else {
    w.field(title, 'Waiting', 2);
    if (waiting?.reason) w.field('Reason', waiting.reason, 3);
  }
}

/** Limits, then requests, names sorted. */
export function describeResources(w: DescribeWriter, resources: ResourceRequirements | undefined, level: number): void {
  for (const [title, amounts] of [
    ['Limits', resources?.limits],
    ['Requests', resources?.requests],
  ] as const) {
    const names = Object.keys(amounts ?? {}).sort(compareText);
    if (names.length > 0) w.write(level, `${title}:\n`);
    for (const name of names) w.field(name, canonicalQuantity(String(amounts?.[name])) ?? amounts?.[name], level + 1);
  }
}

function probeText(probe: Probe): string {
  const {
    initialDelaySeconds: delay = 0,
    timeoutSeconds = 0,
    periodSeconds = 0,
    successThreshold = 0,
    failureThreshold = 0,
  } = probe;
  const attributes = `delay=${delay}s timeout=${timeoutSeconds}s period=${periodSeconds}s #success=${successThreshold} #failure=${failureThreshold}`;
  if (probe.exec) return `exec [${(probe.exec.command ?? []).join(' ')}] ${attributes}`;
  if (probe.httpGet) {
    const { scheme = '', host = '', port, path = '' } = probe.httpGet;
    const address = `${host}:${port}`;
    return `http-get ${scheme.toLowerCase()}://${host.includes(':') ? joinHostPort(host, Number(port)) : address}${path.startsWith('/') || path === '' ? path : `/${path}`} ${attributes}`;
  }
  if (probe.tcpSocket) return `tcp-socket ${probe.tcpSocket.host ?? ''}:${probe.tcpSocket.port} ${attributes}`;
  if (probe.grpc) return `grpc <pod>:${probe.grpc.port} ${probe.grpc.service ?? ''} ${attributes}`;
  return `unknown ${attributes}`;
}

function describeEnvironment(w: DescribeWriter, container: Container, resolve: Resolve): void {
  if (container.envFrom?.length) {
    w.write(2, 'Environment Variables from:\n');
    for (const { configMapRef, secretRef, prefix } of container.envFrom) {
      const source = configMapRef ?? secretRef;
      const from = configMapRef ? 'ConfigMap' : secretRef ? 'Secret' : '';
      w.write(
        3,
        `${source?.name ?? ''}\t${from}${prefix ? ` with prefix '${prefix}'` : ''}\tOptional: ${source?.optional === true}\n`,
      );
    }
  }
  w.write(2, `Environment:${container.env?.length ? '' : '\t<none>'}\n`);
  for (const variable of container.env ?? []) describeVariable(w, variable, container, resolve);
}

function describeVariable(w: DescribeWriter, variable: EnvVar, container: Container, resolve: Resolve): void {
  const { name, value = '', valueFrom } = variable;
  if (!valueFrom) {
    value.split('\n').forEach((line, i) => {
      w.write(3, i === 0 ? `${name}:\t${line}\n` : `\t${line}\n`);
    });
    return;
  }
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = valueFrom;
  if (fieldRef)
    w.field(name, `${resolve(variable, container)} (${fieldRef.apiVersion ?? ''}:${fieldRef.fieldPath})`, 3);
  else if (resourceFieldRef) w.field(name, `${resolve(variable, container)} (${resourceFieldRef.resource})`, 3);
  else if (secretKeyRef) {
    w.field(
      name,
      `<set to the key '${secretKeyRef.key}' in secret '${secretKeyRef.name}'>\tOptional: ${secretKeyRef.optional === true}`,
      3,
    );
  } else if (configMapKeyRef) {
    w.field(
      name,
      `<set to the key '${configMapKeyRef.key}' of config map '${configMapKeyRef.name}'>\tOptional: ${configMapKeyRef.optional === true}`,
      3,
    );
  }
}

function describeMounts(w: DescribeWriter, container: Container): void {
  const mounts = [...(container.volumeMounts ?? [])].sort((a, b) => compareText(a.mountPath, b.mountPath));
  w.write(2, `Mounts:${mounts.length === 0 ? '\t<none>' : ''}\n`);
  for (const { mountPath, name, readOnly, subPath } of mounts) {
    w.write(3, `${mountPath} from ${name} (${readOnly ? 'ro' : 'rw'}${subPath ? `,path=${goQuote(subPath)}` : ''})\n`);
  }
  const devices = [...(container.volumeDevices ?? [])].sort((a, b) => compareText(a.devicePath, b.devicePath));
  if (devices.length > 0) w.write(2, `Devices:${mounts.length === 0 ? '\t<none>' : ''}\n`);
  for (const { devicePath, name } of devices) w.write(3, `${devicePath} from ${name}\n`);
}
