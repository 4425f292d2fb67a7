import { type Asked, makeRequest } from '../../../sim/client/pki/make-request.js';
import type { Sequence, Step } from '../../by-hand/sequence.js';
import { patch } from '../../by-hand/steps.js';
import { as, certificate, get, post, put } from '../steps.js';

const PATH = '/apis/certificates.k8s.io/v1/certificatesigningrequests';
const CLIENT = 'kubernetes.io/kube-apiserver-client';
const KUBELET = 'kubernetes.io/kube-apiserver-client-kubelet';
const SERVING = 'kubernetes.io/kubelet-serving';
const OTHER = 'example.com/own';
const JANE: Asked = { commonName: 'jane', organizations: ['dev'] };
const NODE: Asked = { commonName: 'system:node:node-a', organizations: ['system:nodes'] };

const encode = (text: string) => Buffer.from(text, 'latin1').toString('base64');

function request(name: string, asked: Asked, spec: object = {}): object {
  return {
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: { name },
    spec: { request: encode(makeRequest(name, asked)), signerName: CLIENT, usages: ['client auth'], ...spec },
  };
}

const ask = (does: string, name: string, asked: Asked, spec: object = {}) =>
  post(does, PATH, request(name, asked, spec));

/** Writes the conditions of a request through one of its subresources. */
function conditions(does: string, name: string, subresource: string, list: readonly object[], more = {}): Step {
  const body = { ...request(name, JANE), status: { conditions: list, ...more } };
  return put(does, `${PATH}/${name}/${subresource}`, body);
}

const is = (type: string, more: object = {}) => ({ type, status: 'True', reason: 'Because', message: 'so', ...more });
const APPROVED = is('Approved');
const DENIED = is('Denied');
const FAILED = is('Failed');

/** What may be asked for, and by whom. */
export const CERTIFICATE_REQUESTS: Sequence = {
  name: 'certificate-requests',
  steps: [
    ask('jane for herself', 'jane', JANE),
    ask('a master', 'master', { commonName: 'eve', organizations: ['dev', 'system:masters'] }),
    ask(
      'a master at another signer',
      'other-master',
      { commonName: 'eve', organizations: ['system:masters'] },
      { signerName: OTHER },
    ),
    ask(
      "a master at kubelets' signer",
      'kubelet-master',
      { commonName: 'eve', organizations: ['system:masters'] },
      { signerName: KUBELET },
    ),
    ask('a forged one', 'forged', { ...JANE, forged: true }),
    ask('nobody', 'nobody', {}),
    ask('the legacy signer', 'legacy', JANE, { signerName: 'kubernetes.io/legacy-unknown' }),
    ask('an unknown signer of Kubernetes', 'unknown', JANE, { signerName: 'kubernetes.io/none' }),
    ask('no signer', 'no-signer', JANE, { signerName: '' }),
    ask('a signer without domain', 'plain-signer', JANE, { signerName: 'own' }),
    ask('no usages', 'no-usages', JANE, { usages: [] }),
    ask('unknown usages', 'unknown-usages', JANE, { usages: ['client auth', 'flying'] }),
    ask('the same usage twice', 'twice', JANE, { usages: ['client auth', 'client auth'] }),
    ...[0, 599, 600, 2 ** 31 - 1, 2 ** 31].map((seconds) =>
      ask(`${seconds} seconds`, `seconds-${seconds}`, JANE, { expirationSeconds: seconds }),
    ),
    ask('who asks is not what he says', 'liar', JANE, {
      username: 'other',
      groups: ['a'],
      uid: 'x',
      extra: { a: ['b'] },
    }),
    as(certificate('jane'), ask('by jane', 'by-jane', JANE)),
    as(certificate('uid'), ask('by one with a UID', 'by-una', JANE)),
    as(certificate('kim'), ask('by one who may not', 'by-kim', JANE)),
    ...['node-a', 'node-b', 'node-alone'].flatMap((who) => [
      as(certificate(who), ask(`client by ${who}`, `client-by-${who}`, NODE, { signerName: KUBELET })),
      as(
        certificate(who),
        ask(`serving by ${who}`, `serving-by-${who}`, { ...NODE, dns: ['a'] }, { signerName: SERVING }),
      ),
      as(certificate(who), ask(`other by ${who}`, `other-by-${who}`, NODE)),
    ]),
  ],
};

/** Who may decide, and what a decision may change. */
export const DECISIONS: Sequence = {
  name: 'decisions',
  steps: [
    ...['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => ask(`request ${name}`, name, JANE)),
    ask('request other', 'other', JANE, { signerName: OTHER }),
    ask('request kubelet', 'kubelet', NODE, { signerName: KUBELET }),
    conditions('approved', 'a', 'approval', [APPROVED]),
    conditions('approved again', 'a', 'approval', [APPROVED]),
    conditions('approved twice', 'a', 'approval', [APPROVED, APPROVED]),
    conditions('denied as well', 'a', 'approval', [APPROVED, DENIED]),
    conditions('denied instead', 'a', 'approval', [DENIED]),
    conditions('no longer approved', 'a', 'approval', []),
    conditions('no status', 'b', 'approval', [is('Approved', { status: '' })]),
    conditions('status false', 'b', 'approval', [is('Approved', { status: 'False' })]),
    conditions('status unknown', 'b', 'approval', [is('Denied', { status: 'Unknown' })]),
    conditions('no type', 'b', 'approval', [is('')]),
    conditions('a type of its own', 'b', 'approval', [is('Odd', { status: 'False' })]),
    conditions('failed by approval', 'b', 'approval', [is('Odd', { status: 'False' }), FAILED]),
    conditions('approved by status', 'c', 'status', [APPROVED]),
    conditions('failed by status', 'c', 'status', [FAILED]),
    conditions('no longer failed', 'c', 'status', []),
    conditions('denied', 'd', 'approval', [DENIED]),
    conditions('approved after all', 'd', 'approval', [DENIED, APPROVED]),
    conditions('a certificate by approval', 'e', 'approval', [APPROVED], { certificate: encode('x') }),
    conditions('a certificate that is none', 'e', 'status', [], { certificate: encode('x') }),
    conditions('a certificate of another kind', 'e', 'status', [], {
      certificate: encode('-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n'),
    }),
    conditions('a certificate by nobody who may', 'e', 'status', [], { certificate: encode('CERTIFICATE') }),
    put('a whole one', `${PATH}/f`, { ...request('f', JANE), status: { conditions: [APPROVED] } }),
    put('a label', `${PATH}/f`, { ...request('f', JANE), metadata: { name: 'f', labels: { a: 'b' } } }),
    put('another signer', `${PATH}/f`, request('f', JANE, { signerName: OTHER })),
    patch('merge', 'approved by a patch', `${PATH}/g/approval`, { status: { conditions: [APPROVED] } }),
    patch('merge', 'approved by a patch of the status', `${PATH}/h/status`, { status: { conditions: [APPROVED] } }),
    patch('merge', 'failed by a patch', `${PATH}/h/status`, { status: { conditions: [FAILED] } }),
    ...['jane', 'kim', 'node-a'].flatMap((who) =>
      ['b', 'other', 'kubelet'].flatMap((name) => [
        as(certificate(who), conditions(`${name} approved by ${who}`, name, 'approval', [APPROVED])),
        as(certificate(who), conditions(`${name} failed by ${who}`, name, 'status', [APPROVED, FAILED])),
        as(certificate(who), conditions(`${name} as it is by ${who}`, name, 'status', [])),
      ]),
    ),
    get('approval of a', `${PATH}/a/approval`),
    get('status of a', `${PATH}/a/status`),
    get('approval of none', `${PATH}/none/approval`),
    conditions('approval of none there', 'none', 'approval', [APPROVED]),
    post('posted approval', `${PATH}/a/approval`, request('a', JANE)),
  ],
};
