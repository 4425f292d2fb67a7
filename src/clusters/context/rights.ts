import { ClusterError } from '../port.js';
import type { Ask } from '../real/resources.js';

interface Right {
  readonly verb: string;
  readonly group?: string;
  readonly resource: string;
  readonly subresource?: string;
}

/** Without these no lab can be set up, and none cleaned up. */
const NEEDED: readonly Right[] = [
  { verb: 'create', resource: 'namespaces' },
  { verb: 'delete', resource: 'namespaces' },
  { verb: 'create', resource: 'pods' },
  { verb: 'create', resource: 'pods', subresource: 'exec' },
  { verb: 'create', resource: 'deployments', group: 'apps' },
  { verb: 'create', resource: 'rolebindings', group: 'rbac.authorization.k8s.io' },
  { verb: 'impersonate', resource: 'users' },
];

/** Asks whether the person may do what a lab needs. Throws `ClusterError` with what they may not. */
export async function checkRights(ask: Ask, context: string): Promise<void> {
  const answers = await Promise.all(NEEDED.map((right) => mayDo(ask, right)));
  const missing = NEEDED.filter((_, index) => !answers[index]).map(inWords);
  if (missing.length === 0) return;
  throw new ClusterError(
    `By context ${context} you may not ${missing.join(', ')}. Use a context with more rights (kubectl auth can-i --list), or another cluster.`,
  );
}

async function mayDo(ask: Ask, resourceAttributes: Right): Promise<boolean> {
  const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
  const { body } = await ask({ method: 'POST', path, body: { spec: { resourceAttributes } } });
  return (body as { status?: { allowed?: boolean } } | undefined)?.status?.allowed === true;
}

function inWords({ verb, resource, subresource }: Right): string {
  return `${verb} ${subresource ? `${resource}/${subresource}` : resource}`;
}
