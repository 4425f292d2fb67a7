import type { KubeObject } from '../../api/object.js';
import { StatusError } from '../../api/status.js';
import type { Pod } from '../../api/types/pod.js';
import type { ResourceType } from '../../client/client.js';
import { isErrno } from '../../kernel/errno.js';
import { TlsError } from '../../kernel/network.js';
import type { Waiting } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { SandboxConfigError } from './sandbox-config-error.js';

const RUNTIME_CLASSES: ResourceType = {
  group: 'node.k8s.io',
  version: 'v1',
  resource: 'runtimeclasses',
  kind: 'RuntimeClass',
  namespaced: false,
};

/** Which of the runtime's handlers a pod's class asks for; the usual one without a class. Throws `CriError`. */
export function* runtimeHandlerOf({ client }: KubeletContext, { spec }: Pod): Waiting<string> {
  const { runtimeClassName: name } = spec;
  if (!name) return '';
  try {
    const found = yield* client.get<KubeObject & { handler: string }>(RUNTIME_CLASSES, name);
    return found.handler;
  } catch (error) {
    if (error instanceof StatusError) throw new SandboxConfigError(`runtimeclass.node.k8s.io "${name}" not found`);
    if (!isErrno(error) && !(error instanceof TlsError)) throw error;
    throw new SandboxConfigError(`failed to lookup RuntimeClass ${name}: ${error.message}`);
  }
}
