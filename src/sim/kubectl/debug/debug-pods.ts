import { deepCopy, type JsonObject, type KubeObject } from '../../api/object.js';
import { strategicPatch } from '../../api/patch/strategic-patch.js';
import type { Container, Pod } from '../../api/types/pod.js';
import type { Waiting } from '../../kernel/wait.js';
import { CommandError } from '../errors.js';
import type { DebugOptions } from './options.js';
import { applyProfile, type DebugStyle } from './profiles.js';

const SUFFIX_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const SUFFIX_LENGTH = 5;

/** A pod that is to be, or to be changed, and the name of its debugging container; '' when there is none to attach to. */
export interface DebugPod {
  readonly pod: Pod;
  readonly container: string;
}

/** The pod that lets somebody look around on a node: in its namespaces, with its files at /host. */
export function* nodeDebugPod(options: DebugOptions, node: KubeObject): Waiting<DebugPod> {
  const { session, container: given } = options;
  const name = given || 'debugger';
  const nodeName = node.metadata.name ?? '';
  const podName = `node-debugger-${nodeName}-${suffix(options)}`;
  if (!options.quiet)
    yield* session.out(`Creating debugging pod ${podName} with container ${name} on node ${nodeName}.\n`);
  const container = newContainer(options, name);
  const pod: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: podName, labels: { 'app.kubernetes.io/managed-by': 'kubectl-debug' } },
    spec: {
      containers: [container],
      nodeName,
      restartPolicy: 'Never',
      tolerations: [{ operator: 'Exists' }],
    },
    status: {},
  };
  finish(options, pod, container, 'node');
  return { pod, container: name };
}

/** A running pod with an ephemeral container more. */
export function* ephemeralDebugPod(options: DebugOptions, running: Pod): Waiting<DebugPod> {
  const name = yield* containerName(options, running);
  const pod = deepCopy(running);
  const container = newContainer(options, name);
  if (options.target !== '') container.targetContainerName = options.target;
  const before = pod.spec.ephemeralContainers ?? [];
  // One that has the name already is what the profile finds first; the server then has a word to say.
  const twin = before.find((each) => each.name === name);
  pod.spec.ephemeralContainers = twin ? before : [...before, container];
  finish(options, pod, twin ?? container, 'ephemeral');
  return { pod, container: name };
}

/** A copy of a pod with a container changed or added. */
export function* copiedDebugPod(options: DebugOptions, original: Pod): Waiting<DebugPod> {
  const { session, copyTo, images, image } = options;
  const { flags } = session;
  const { namespace = '', labels, annotations } = original.metadata;
  const { ephemeralContainers: _, ...spec } = deepCopy(original.spec);
  const pod: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: copyTo, namespace, ...(annotations ? { annotations } : {}), ...(labels ? { labels } : {}) },
    spec,
    status: {},
  };
  if (flags.has('share-processes')) spec.shareProcessNamespace = flags.bool('share-processes');
  if (!flags.bool('same-node')) delete spec.nodeName;
  for (const container of spec.containers) {
    const other = images.get(container.name) ?? images.get('*') ?? '';
    if (other !== '') container.image = other;
  }
  let name = options.container;
  let container = allOf(pod).find((each) => each.name === name);
  if (!container) {
    if (image === '' && images.size > 0) return { pod, container: '' };
    if (image === '') throw new CommandError('you must specify image when creating new container');
    name = yield* containerName(options, pod);
    container = { name, resources: {}, terminationMessagePolicy: 'File' };
    spec.containers.push(container);
  }
  changeContainer(options, container);
  finish(options, pod, container, 'copy');
  return { pod, container: name };
}

function newContainer(options: DebugOptions, name: string): Container {
  const { image, env, words, stdin, tty, pullPolicy } = options;
  return {
    name,
    image,
    ...(words.length === 0 ? {} : { [options.argumentsOnly ? 'args' : 'command']: [...words] }),
    ...(env.length > 0 ? { env: [...env] } : {}),
    resources: {},
    terminationMessagePolicy: 'File',
    ...(pullPolicy === '' ? {} : { imagePullPolicy: pullPolicy }),
    ...(stdin ? { stdin } : {}),
    ...(tty ? { tty } : {}),
  };
}

function changeContainer(
  { words, argumentsOnly, env, image, pullPolicy, stdin, tty }: DebugOptions,
  to: Container,
): void {
  if (words.length > 0 && argumentsOnly) to.args = [...words];
  else if (words.length > 0) {
    to.command = [...words];
    delete to.args;
  }
  if (env.length > 0) to.env = [...env];
  if (image !== '') to.image = image;
  if (pullPolicy !== '') to.imagePullPolicy = pullPolicy;
  to.stdin = stdin;
  to.tty = tty;
}

/** The profile, then what the person's own one says. */
function finish(options: DebugOptions, pod: Pod, container: Container, style: DebugStyle): void {
  applyProfile(options.profile, pod, container, style, options.session.flags);
  if (!options.custom) return;
  const wrap = (one: object): JsonObject =>
    ({ apiVersion: 'v1', kind: 'Pod', spec: { containers: [one] } }) as JsonObject;
  const patched = strategicPatch(wrap(container), wrap({ ...options.custom, name: container.name })) as unknown as Pod;
  const [changed] = patched.spec.containers;
  for (const field of Object.keys(container)) delete (container as unknown as JsonObject)[field];
  Object.assign(container, changed);
}

function* containerName(options: DebugOptions, pod: Pod): Waiting<string> {
  if (options.container !== '') return options.container;
  const taken = new Set(allOf(pod).map(({ name }) => name));
  let name: string;
  do name = `debugger-${suffix(options)}`;
  while (taken.has(name));
  if (!options.quiet) yield* options.session.out(`Defaulting debug container name to ${name}.\n`);
  return name;
}

function allOf({ spec }: Pod): Container[] {
  return [...spec.containers, ...(spec.initContainers ?? []), ...(spec.ephemeralContainers ?? [])];
}

function suffix({ session }: DebugOptions): string {
  const random = session.sys.random();
  const letter = (): string => SUFFIX_ALPHABET.charAt(random.below(SUFFIX_ALPHABET.length));
  return Array.from({ length: SUFFIX_LENGTH }, letter).join('');
}
