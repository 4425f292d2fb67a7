import { createHmac } from 'node:crypto';
import { deepCopy, deepEqual } from '../../api/object.js';
import { isConflict } from '../../api/status.js';
import type { ConfigMap, Secret } from '../../api/types/config.js';
import type { Waiting } from '../../kernel/wait.js';
import { BOOTSTRAP_NAMESPACE, isBootstrapToken, tokenField, tokenLife } from '../machinery/bootstrap-tokens.js';
import type { Controller, ControllerContext } from '../machinery/context.js';
import { CONFIG_MAPS, SECRETS } from '../machinery/resource-types.js';
import { retryWithBackoff, startWorker } from '../machinery/worker.js';

const NAMESPACE = 'kube-public';
const NAME = 'cluster-info';
const KUBECONFIG = 'kubeconfig';
const SIGNATURE_PREFIX = 'jws-kubeconfig-';

/** Signs what machines read before they join a cluster with each token that is for that. */
export const bootstrapSignerController: Controller = {
  name: 'bootstrap-signer-controller',
  alias: 'bootstrapsigner',
  start: (context) => {
    const queue = context.queue('bootstrap_signer_queue');
    const secrets = context.informer<Secret>(SECRETS);
    const maps = context.informer<ConfigMap>(CONFIG_MAPS);
    const onMap = ({ metadata }: ConfigMap) => {
      if (metadata.namespace === NAMESPACE && metadata.name === NAME) queue.add(NAME);
    };
    const onSecret = (secret: Secret) => {
      if (isBootstrapToken(secret)) queue.add(NAME);
    };
    maps.addHandlers({ added: onMap, updated: (_, after) => onMap(after) });
    secrets.addHandlers({ added: onSecret, updated: (_, after) => onSecret(after), deleted: onSecret });
    const sync = function* (): Waiting<void> {
      const map = maps.get(NAMESPACE, NAME);
      if (map) yield* signWith(context, map, secrets.list(BOOTSTRAP_NAMESPACE).filter(isBootstrapToken));
    };
    startWorker(context, queue, sync, retryWithBackoff(context, queue));
  },
};

function* signWith(context: ControllerContext, map: ConfigMap, tokens: readonly Secret[]): Waiting<void> {
  const content = map.data?.[KUBECONFIG];
  if (content === undefined) return;
  const data: Record<string, string> = {};
  for (const [key, value] of Object.entries(map.data ?? {})) {
    if (!key.startsWith(SIGNATURE_PREFIX)) data[key] = value;
  }
  for (const token of tokens) {
    if (tokenField(token, 'usage-bootstrap-signing') !== 'true') continue;
    const [id, secret] = [tokenField(token, 'token-id'), tokenField(token, 'token-secret')];
    if (id === '' || secret === '' || tokenLife(token, context.sys.now()) === 0) continue;
    data[`${SIGNATURE_PREFIX}${id}`] = detachedSignature(content, id, secret);
  }
  if (deepEqual(data, map.data)) return;
  try {
    yield* context.client.update(CONFIG_MAPS, { ...deepCopy(map), data });
  } catch (error) {
    if (!isConflict(error)) throw error;
  }
}

/** A web signature (HS256) without what it signs: that stands beside it. */
function detachedSignature(content: string, id: string, secret: string): string {
  const part = (text: string) => Buffer.from(text, 'utf8').toString('base64url');
  const header = part(JSON.stringify({ alg: 'HS256', kid: id }));
  const signature = createHmac('sha256', secret)
    .update(`${header}.${part(content)}`)
    .digest('base64url');
  return `${header}..${signature}`;
}
