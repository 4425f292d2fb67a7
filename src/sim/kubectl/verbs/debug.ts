import { goQuote } from '../../api/go-text.js';
import type { KubeObject } from '../../api/object.js';
import type { Container, Pod } from '../../api/types/pod.js';
import { RESOURCES } from '../../client/resource-types.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Command } from '../cobra/command.js';
import type { Flags } from '../cobra/flags.js';
import { completePods } from '../completion/pods.js';
import { copiedDebugPod, type DebugPod, ephemeralDebugPod, nodeDebugPod } from '../debug/debug-pods.js';
import { type DebugOptions, readDebugOptions } from '../debug/options.js';
import { joinContainer } from '../debug/watch-container.js';
import { CommandError } from '../errors.js';
import { fileOptions } from '../resource/files.js';
import type { Info } from '../resource/info.js';
import { apiVersionOf } from '../resource/mapper.js';
import { select } from '../resource/selection.js';
import type { Session } from '../session.js';

const STRATEGIC = 'application/strategic-merge-patch+json';
const NON_ROOT =
  'Warning: Non-root user is configured for the entire target Pod, and some capabilities granted by debug profile may not work. Please consider using "--custom" with a custom profile that specifies "securityContext.runAsUser: 0".\n';

/** `kubectl debug`. */
export const debug: Command = {
  name: 'debug',
  short: 'Create debugging sessions for troubleshooting workloads and nodes',
  complete: completePods(false),
  run: runDebug,
};

function* runDebug(session: Session, flags: Flags, args: readonly string[]): Waiting<void> {
  const options = yield* readDebugOptions(session, flags, args);
  const words = options.names.map((name) => (name.includes('/') ? name : `pods/${name}`));
  const selection = yield* select(session, { args: words, files: fileOptions(session) });
  yield* selection.visit(function* (info) {
    const { pod, container } = yield* make(options, info);
    if (options.attach && container !== '') yield* joinContainer(options, pod, container);
  });
}

function* make(options: DebugOptions, { object, mapping }: Info): Waiting<DebugPod> {
  if (mapping.group === '' && mapping.kind === 'Node') return yield* debugNode(options, object as KubeObject);
  if (mapping.group !== '' || mapping.kind !== 'Pod') {
    const kind = `${apiVersionOf(mapping)}, Kind=${mapping.kind}`;
    throw new CommandError(`${goQuote(mapping.group === '' ? `/${kind}` : kind)} not supported by debug`);
  }
  const pod = object as unknown as Pod;
  return options.copyTo === '' ? yield* debugWithin(options, pod) : yield* debugCopy(options, pod);
}

function* debugNode(options: DebugOptions, node: KubeObject): Waiting<DebugPod> {
  const { session } = options;
  const { pod, container } = yield* nodeDebugPod(options, node);
  const created = yield* session.rest().create(RESOURCES.pods, pod, session.namespace().name);
  return { pod: created as unknown as Pod, container };
}

/** Adds an ephemeral container to a pod, by what differs as a patch. */
function* debugWithin(options: DebugOptions, running: Pod): Waiting<DebugPod> {
  const { session } = options;
  const { pod, container } = yield* ephemeralDebugPod(options, running);
  const list = pod.spec.ephemeralContainers ?? [];
  const added = list.find(({ name }) => name === container) as Container;
  yield* warnOfUser(session, pod, added);
  const order = list.map(({ name }) => ({ name }));
  const body = { spec: { '$setElementOrder/ephemeralContainers': order, ephemeralContainers: [added] } };
  const { name = '', namespace } = running.metadata;
  const result = yield* session
    .rest()
    .patch(RESOURCES.pods, name, namespace, STRATEGIC, body, {}, 'ephemeralcontainers');
  return { pod: result as unknown as Pod, container };
}

function* debugCopy(options: DebugOptions, original: Pod): Waiting<DebugPod> {
  const { session } = options;
  const { pod, container } = yield* copiedDebugPod(options, original);
  yield* warnOfUser(
    session,
    pod,
    pod.spec.containers.find(({ name }) => name === container),
  );
  const created = yield* session.rest().create(RESOURCES.pods, pod, pod.metadata.namespace);
  if (session.flags.bool('replace')) {
    const { name = '', namespace } = original.metadata;
    yield* session.rest().delete(RESOURCES.pods, name, namespace, { gracePeriodSeconds: 0 });
  }
  return { pod: created as unknown as Pod, container };
}

/** Capabilities mean little to a container that is not root's. */
function* warnOfUser(session: Session, { spec }: Pod, container: Container | undefined): Waiting<void> {
  const own = container?.securityContext;
  if (!spec.securityContext?.runAsUser || !own || own.runAsUser === 0) return;
  if (own.privileged || (own.capabilities?.add ?? []).length > 0) yield* session.err(NON_ROOT);
}
