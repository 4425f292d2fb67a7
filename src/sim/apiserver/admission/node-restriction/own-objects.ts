import { readRequestContent } from '../../../api/pki/request-content.js';
import type { CertificateSigningRequest } from '../../../api/types/certificates.js';
import type { AdmissionRequest } from '../admission.js';
import { refusal } from '../refusal.js';

const NODE_SIGNERS = ['kubernetes.io/kubelet-serving', 'kubernetes.io/kube-apiserver-client-kubelet'];

/** What is there once for each node bears its name. */
export function admitOwnName(node: string, request: AdmissionRequest, what: string): void {
  const name = request.operation === 'CREATE' ? request.object?.metadata.name : request.name;
  if (name === node) return;
  throw refusal(request, `can only access ${what} with the same name as the requesting node`);
}

/** A kubelet asks for certificates in its own node's name. */
export function admitRequest(node: string, request: AdmissionRequest): void {
  if (request.operation !== 'CREATE') return;
  const { spec } = request.object as CertificateSigningRequest;
  if (!NODE_SIGNERS.includes(spec.signerName)) return;
  const content = readRequestContent(Buffer.from(spec.request ?? '', 'base64').toString('latin1'));
  if (!content) throw refusal(request, 'unable to parse csr: PEM block type must be CERTIFICATE REQUEST');
  if (content.commonName === `system:node:${node}`) return;
  throw refusal(request, `can only create a node CSR with CN=system:node:${node}`);
}

/** A kubelet tells of its own node's devices. */
export function admitResourceSlice(node: string, request: AdmissionRequest): void {
  const { operation, object, old } = request;
  if (operation !== 'CREATE' && operation !== 'DELETE') return;
  const { nodeName } = ((operation === 'CREATE' ? object : old)?.['spec'] ?? {}) as { nodeName?: string };
  if (nodeName === node) return;
  const verb = operation.toLowerCase();
  throw refusal(request, `can only ${verb} ResourceSlice with the same NodeName as the requesting node`);
}
