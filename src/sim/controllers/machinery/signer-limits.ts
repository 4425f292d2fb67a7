import type { RequestContent } from '../../api/pki/request-content.js';

const CLIENT_USAGES = ['digital signature', 'key encipherment'];
const NODE_GROUP = 'system:nodes';
const NODE_PREFIX = 'system:node:';

/** Why a signer of Kubernetes' own gives no certificate for a request, in its words; undefined when it does. */
export function signerError(signer: string, request: RequestContent, usages: readonly string[]): string | undefined {
  switch (signer) {
    case 'kubernetes.io/kube-apiserver-client':
      return clientUsageError(usages);
    case 'kubernetes.io/kube-apiserver-client-kubelet':
      return kubeletClientError(request, usages);
    case 'kubernetes.io/kubelet-serving':
      return kubeletServingError(request, usages);
    default:
      return undefined;
  }
}

/** Why a request is none for a kubelet's client certificate. */
export function kubeletClientError(request: RequestContent, usages: readonly string[]): string | undefined {
  const { names, commonName } = request;
  if (!isOfNodes(request)) return 'subject organization is not system:nodes';
  if (names.dns > 0) return 'DNS subjectAltNames are not allowed';
  if (names.emails > 0) return 'Email subjectAltNames are not allowed';
  if (names.addresses > 0) return 'IP subjectAltNames are not allowed';
  if (names.uris > 0) return 'URI subjectAltNames are not allowed';
  if (!commonName.startsWith(NODE_PREFIX)) return 'subject common name does not begin with system:node:';
  return nodeUsageError(usages, 'client auth');
}

function kubeletServingError(request: RequestContent, usages: readonly string[]): string | undefined {
  const { names, commonName } = request;
  if (!isOfNodes(request)) return 'subject organization is not system:nodes';
  if (names.dns === 0 && names.addresses === 0) return 'DNS or IP subjectAltName is required';
  if (names.emails > 0) return 'Email subjectAltNames are not allowed';
  if (names.uris > 0) return 'URI subjectAltNames are not allowed';
  const wrong = nodeUsageError(usages, 'server auth');
  if (wrong !== undefined) return wrong;
  return commonName.startsWith(NODE_PREFIX) ? undefined : 'subject common name does not begin with system:node:';
}

function isOfNodes({ organizations }: RequestContent): boolean {
  return organizations.length === 1 && organizations[0] === NODE_GROUP;
}

/** Keys that are not RSA's encipher no keys. */
function nodeUsageError(usages: readonly string[], purpose: string): string | undefined {
  const given = new Set(usages);
  const isExactly = (wanted: readonly string[]) =>
    given.size === wanted.length && wanted.every((usage) => given.has(usage));
  const all = [...CLIENT_USAGES, purpose];
  if (isExactly(all) || isExactly(['digital signature', purpose])) return undefined;
  return `usages did not match [${all.sort().join(' ')}]`;
}

function clientUsageError(usages: readonly string[]): string | undefined {
  const other = usages.find((usage) => usage !== 'client auth' && !CLIENT_USAGES.includes(usage));
  if (other !== undefined) return `invalid usage for client certificate: ${other}`;
  return usages.includes('client auth') ? undefined : 'missing required usage for client certificate: client auth';
}
