import { deepCopy } from '../../api/object.js';
import { formatTime, parseTime } from '../../api/time.js';
import type { ConfigMap } from '../../api/types/config.js';
import type { Waiting } from '../../kernel/wait.js';
import type { ServerParts } from '../parts.js';
import { findObject } from '../storage/get.js';
import { createAsServer, updateAsServer } from './system-request.js';

const NAMESPACE = 'kube-system';
const NAME = 'kube-apiserver-legacy-service-account-token-tracking';

/**
 * Writes down since when uses of tokens in Secrets are noted, where that is not known: who takes unused ones away has to
 * know (kube-apiserver's legacy_token_tracking_controller).
 */
export function* trackLegacyTokens(parts: ServerParts): Waiting<void> {
  const kind = parts.kinds.kind('v1', 'ConfigMap');
  if (!kind) return;
  const since = formatTime(parts.now()).slice(0, 10);
  const known = findObject(yield* parts.etcd.store('read'), kind, NAMESPACE, NAME) as ConfigMap | undefined;
  if (!known) {
    const metadata = { name: NAME, namespace: NAMESPACE };
    yield* createAsServer(parts, kind, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { since } } as ConfigMap);
    return;
  }
  if (isDate(known.data?.['since'])) return;
  const changed = deepCopy(known);
  changed.data = { ...changed.data, since };
  yield* updateAsServer(parts, kind, changed);
}

function isDate(text = ''): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && parseTime(`${text}T00:00:00Z`) !== undefined;
}
