import type { KubeObject } from '../../api/object.js';
import type { Pod } from '../../api/types/pod.js';
import type { Service } from '../../api/types/service.js';
import { CommandError } from '../errors.js';

/** A port of this machine and the pod's port it leads to. */
export interface ForwardedPort {
  readonly local: number;
  readonly remote: number;
}

/** The ports an object's arguments mean, as `local:remote` of the pod. Throws in kubectl's words. */
export function portsOfPod(words: readonly string[], object: KubeObject, pod: Pod): string[] {
  const isService = object.kind === 'Service' && object.apiVersion === 'v1';
  const service = object as unknown as Service;
  refuseUdp(words, isService ? service : pod, isService);
  return words.map((word) => (isService ? throughService(word, service, pod) : namedToNumber(word, pod)));
}

function split(word: string): [local: string, remote: string] {
  const parts = word.split(':');
  return parts.length === 2 ? [parts[0] as string, parts[1] as string] : [parts[0] as string, parts[0] as string];
}

/** A whole number as Go's Atoi reads it; undefined for other words. */
function numberOf(text: string): number | undefined {
  return /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}

function joined(local: string, remote: string): string {
  return local === remote ? remote : `${local}:${remote}`;
}

function throughService(word: string, service: Service, pod: Pod): string {
  let [local, remote] = split(word);
  let number = numberOf(remote);
  if (number === undefined) {
    number = servicePort(service, remote);
    if (local === remote) local = String(number);
  }
  remote = String(targetPort(service, pod, number));
  return joined(local, remote);
}

function namedToNumber(word: string, pod: Pod): string {
  const [local, remote] = split(word);
  if (remote === '') throw new CommandError('remote port cannot be empty');
  const number = numberOf(remote) === undefined ? String(podPort(pod, remote)) : remote;
  return local === remote ? number : `${local}:${number}`;
}

/** Where a service's port leads in a pod of it. */
function targetPort({ metadata, spec = {} }: Service, pod: Pod, number: number): number {
  const found = (spec.ports ?? []).find(({ port }) => port === number);
  if (!found) throw new CommandError(`Service ${metadata.name} does not have a service port ${number}`);
  if (spec.clusterIP === 'None') return number;
  const { targetPort: target } = found;
  if (typeof target === 'string') return podPort(pod, target);
  return target || number;
}

function servicePort({ metadata, spec }: Service, wanted: string): number {
  const found = (spec?.ports ?? []).find(({ name }) => name === wanted);
  if (!found) throw new CommandError(`Service '${metadata.name}' does not have a named port '${wanted}'`);
  return found.port;
}

function podPort({ metadata, spec }: Pod, wanted: string): number {
  const found = spec.containers.flatMap(({ ports = [] }) => ports).find(({ name }) => name === wanted);
  if (!found) throw new CommandError(`Pod '${metadata.name}' does not have a named port '${wanted}'`);
  return found.containerPort;
}

/** Only TCP is forwarded; a port that is there for UDP alone is refused. */
function refuseUdp(words: readonly string[], object: Pod | Service, isService: boolean): void {
  const ports = isService
    ? ((object as Service).spec?.ports ?? []).map(({ port, protocol }) => ({ port, protocol }))
    : (object as Pod).spec.containers.flatMap(({ ports: own = [] }) =>
        own.map(({ containerPort: port, protocol }) => ({ port, protocol })),
      );
  for (const word of words) {
    const [, remote] = split(word);
    const number =
      numberOf(remote) ?? (isService ? servicePort(object as Service, remote) : podPort(object as Pod, remote));
    const same = ports.filter(({ port }) => port === number).map(({ protocol }) => protocol);
    if (same.includes('UDP') && !same.includes('TCP'))
      throw new CommandError(`UDP protocol is not supported for ${remote}`);
  }
}

/** Reads `8080:80`, `80` and `:80`. Throws in the words of client-go. */
export function readPorts(words: readonly string[]): ForwardedPort[] {
  return words.map((word) => {
    const parts = word.split(':');
    if (parts.length > 2) throw new CommandError(`invalid port format '${word}'`);
    const [first = '', remote = first] = parts;
    const local = first === '' && parts.length === 2 ? '0' : first;
    const port = { local: readPort('local', local), remote: readPort('remote', remote) };
    if (port.remote === 0) throw new CommandError('remote port must be > 0');
    return port;
  });
}

function readPort(which: string, text: string): number {
  const problem = !/^\d+$/.test(text) ? 'invalid syntax' : Number(text) > 65_535 ? 'value out of range' : undefined;
  if (problem === undefined) return Number(text);
  throw new CommandError(
    `error parsing ${which} port '${text}': strconv.ParseUint: parsing ${JSON.stringify(text)}: ${problem}`,
  );
}
