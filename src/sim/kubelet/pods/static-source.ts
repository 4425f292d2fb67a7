import { createHash } from 'node:crypto';
import { deepCopy, isJsonObject } from '../../api/object.js';
import { formatTime } from '../../api/time.js';
import type { Container, Pod, Probe } from '../../api/types/pod.js';
import { readYaml } from '../../api/yaml/read.js';
import { isErrno } from '../../kernel/errno.js';
import type { Waiting } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';

/** Annotations that tie a static pod to its file and its mirror. */
export const CONFIG_HASH = 'kubernetes.io/config.hash';
export const CONFIG_MIRROR = 'kubernetes.io/config.mirror';
const CONFIG_SEEN = 'kubernetes.io/config.seen';
const CONFIG_SOURCE = 'kubernetes.io/config.source';

/** Whether a pod comes from a manifest on this node. */
export function isStaticPod(pod: Pod): boolean {
  return pod.metadata.annotations?.[CONFIG_SOURCE] === 'file';
}

/** Whether an API object only shows a static pod of its node. */
export function isMirrorPod(pod: Pod): boolean {
  return pod.metadata.annotations?.[CONFIG_MIRROR] !== undefined;
}

/** A static pod from a manifest's text, with the defaults the API server would set. Throws an Error that says what is wrong. */
function parseStaticPod(text: string, path: string, nodeName: string, seen: string): Pod {
  const value = readYaml(text);
  if (!isJsonObject(value) || value['kind'] !== 'Pod' || value['apiVersion'] !== 'v1') throw new Error(notAPod(value));
  const pod = deepCopy(value) as unknown as Pod;
  const { metadata, spec } = pod;
  if (!metadata?.name) throw new Error('invalid pod: metadata.name: Required value: name or generateName is required');
  if (!Array.isArray(spec?.containers) || spec.containers.length === 0)
    throw new Error('invalid pod: spec.containers: Required value');
  const hash = createHash('md5').update(`host:${nodeName}file:${path}${text}`).digest('hex');
  metadata.uid ||= hash;
  metadata.name = `${metadata.name}-${nodeName.toLowerCase()}`;
  metadata.namespace ||= 'default';
  metadata.annotations = { ...metadata.annotations, [CONFIG_HASH]: hash, [CONFIG_SEEN]: seen, [CONFIG_SOURCE]: 'file' };
  spec.nodeName = nodeName;
  spec.tolerations = [...(spec.tolerations ?? []), { operator: 'Exists', effect: 'NoExecute' }];
  applyDefaults(pod);
  return pod;
}

function notAPod(value: unknown): string {
  if (!isJsonObject(value)) return "couldn't parse as pod(invalid pod: object is no mapping)";
  if (!value['kind']) return `couldn't parse as pod(Object 'Kind' is missing in '${JSON.stringify(value)}')`;
  return `couldn't parse as pod(invalid pod: ${JSON.stringify(value)})`;
}

function applyDefaults({ spec }: Pod): void {
  spec.restartPolicy ??= 'Always';
  spec.terminationGracePeriodSeconds ??= 30;
  spec.dnsPolicy ??= 'ClusterFirst';
  spec.securityContext ??= {};
  spec.schedulerName ??= 'default-scheduler';
  spec.enableServiceLinks ??= true;
  for (const container of [...spec.containers, ...(spec.initContainers ?? [])]) defaultContainer(container);
}

function defaultContainer(container: Container): void {
  container.imagePullPolicy ??=
    /[^/]:[^/]+$|@/.test(container.image ?? '') && !container.image?.endsWith(':latest') ? 'IfNotPresent' : 'Always';
  container.terminationMessagePath ??= '/dev/termination-log';
  container.terminationMessagePolicy ??= 'File';
  container.resources ??= {};
  for (const probe of [container.livenessProbe, container.readinessProbe, container.startupProbe])
    if (probe) defaultProbe(probe);
}

function defaultProbe(probe: Probe): void {
  probe.timeoutSeconds ??= 1;
  probe.periodSeconds ??= 10;
  probe.successThreshold ??= 1;
  probe.failureThreshold ??= 3;
  if (probe.httpGet) {
    probe.httpGet.path ??= '/';
    probe.httpGet.scheme ??= 'HTTP';
  }
}

/** Reads the manifest folder again and again: when something in it changes, and from time to time. */
export class StaticSource {
  private readonly context: KubeletContext;
  private readonly update: (pods: readonly Pod[]) => void;
  private readonly known = new Map<string, { readonly text: string; readonly pod: Pod | undefined }>();

  constructor(context: KubeletContext, update: (pods: readonly Pod[]) => void) {
    this.context = context;
    this.update = update;
  }

  *work(): Waiting<void> {
    const { sys, config, timing } = this.context;
    const folder = config.staticPodPath;
    if (folder === undefined) {
      this.update([]);
      return;
    }
    for (;;) {
      const pods = this.scan(folder);
      if (pods) this.update(pods);
      const until = sys.now() + timing.manifestRescan;
      const queue = this.watch(folder);
      yield queue ? { queues: [queue], until } : { queues: [], until };
    }
  }

  private watch(folder: string) {
    const { sys } = this.context;
    try {
      return sys.fileSystem().watch(folder, sys.credentials);
    } catch (error) {
      if (isErrno(error)) return undefined;
      throw error;
    }
  }

  private scan(folder: string): Pod[] | undefined {
    const { sys, log } = this.context;
    let names: string[];
    try {
      if (sys.stat(folder).type !== 'directory') names = [''];
      else names = sys.readDirectory(folder).map(({ name }) => name);
    } catch (error) {
      if (!isErrno(error)) throw error;
      log.error('file_linux.go:61', `path does not exist, ignoring`, 'Unable to read config path', { path: folder });
      return [];
    }
    const paths = names
      .filter((name) => !name.startsWith('.'))
      .sort()
      .map((name) => (name === '' ? folder : `${folder}/${name}`));
    for (const path of [...this.known.keys()]) if (!paths.includes(path)) this.known.delete(path);
    return paths.flatMap((path) => this.read(path) ?? []);
  }

  private read(path: string): Pod | undefined {
    const { sys, log, nodeName } = this.context;
    let text: string;
    try {
      if (sys.stat(path).type !== 'file') return undefined;
      text = Buffer.from(sys.readFile(path)).toString('utf8');
    } catch (error) {
      if (!isErrno(error)) throw error;
      return undefined;
    }
    const known = this.known.get(path);
    if (known?.text === text) return known.pod;
    let pod: Pod | undefined;
    try {
      pod = parseStaticPod(text, path, nodeName, formatTime(sys.now()).replace('Z', '.000000000Z'));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      log.error('file.go:187', `${path}: ${error.message}`, 'Could not process manifest file', { path });
    }
    this.known.set(path, { text, pod });
    return pod;
  }
}
