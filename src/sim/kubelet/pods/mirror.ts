import { isAlreadyExists, isNotFound, StatusError } from '../../api/status.js';
import type { Pod } from '../../api/types/pod.js';
import { RESOURCES } from '../../client/resource-types.js';
import { isErrno } from '../../kernel/errno.js';
import { TlsError } from '../../kernel/network.js';
import type { Waiting } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { CONFIG_HASH, CONFIG_MIRROR } from './static-annotations.js';

/** The object that shows a static pod in the API. */
function mirrorOf(pod: Pod, nodeUid: string | undefined): Pod {
  const { uid, resourceVersion: _version, ...metadata } = pod.metadata;
  const annotations = { ...metadata.annotations, [CONFIG_MIRROR]: metadata.annotations?.[CONFIG_HASH] ?? uid ?? '' };
  const ownerReferences = nodeUid
    ? [{ apiVersion: 'v1', kind: 'Node', name: pod.spec.nodeName ?? '', uid: nodeUid, controller: true }]
    : [];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...metadata, annotations, ...(nodeUid ? { ownerReferences } : {}) },
    spec: pod.spec,
  };
}

/** Whether a mirror shows this static pod as it is now. */
export function isMirrorOf(mirror: Pod, pod: Pod): boolean {
  return (
    mirror.metadata.deletionTimestamp === undefined &&
    mirror.metadata.annotations?.[CONFIG_MIRROR] === pod.metadata.annotations?.[CONFIG_HASH]
  );
}

/** Makes the API show a static pod: an old mirror goes, a new one comes. False when it must be tried again. */
export function* ensureMirror(
  context: KubeletContext,
  pod: Pod,
  mirror: Pod | undefined,
  nodeUid: string | undefined,
): Waiting<boolean> {
  if (mirror && isMirrorOf(mirror, pod)) return true;
  try {
    if (mirror) yield* deleteMirror(context, mirror);
    yield* context.client.create(RESOURCES.pods, mirrorOf(pod, nodeUid));
    return true;
  } catch (error) {
    return refused(context, error, 'Failed creating a mirror pod', pod);
  }
}

/** Removes the mirror of a static pod that is no more. False when it must be tried again. */
export function* removeMirror(context: KubeletContext, mirror: Pod): Waiting<boolean> {
  try {
    yield* deleteMirror(context, mirror);
    return true;
  } catch (error) {
    return refused(context, error, 'Failed deleting a mirror pod', mirror);
  }
}

function* deleteMirror({ client }: KubeletContext, { metadata }: Pod): Waiting<void> {
  try {
    yield* client.delete(RESOURCES.pods, metadata.name ?? '', metadata.namespace, {
      gracePeriodSeconds: 0,
      ...(metadata.uid ? { preconditions: { uid: metadata.uid } } : {}),
    });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

function refused(context: KubeletContext, error: unknown, message: string, pod: Pod): boolean {
  if (isAlreadyExists(error)) return false;
  if (!(error instanceof StatusError) && !isErrno(error) && !(error instanceof TlsError)) throw error;
  context.log.error('mirror_client.go:139', error.message, message, {
    pod: `${pod.metadata.namespace}/${pod.metadata.name}`,
  });
  return false;
}
