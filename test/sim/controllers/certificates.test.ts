import { describe, expect, it } from 'vitest';
import { formatTime } from '../../../src/sim/api/time.js';
import type { CertificateSigningRequest } from '../../../src/sim/api/types/certificates.js';
import { Authority } from '../../../src/sim/client/pki/authority.js';
import { readCertificates } from '../../../src/sim/client/tls/certificates.js';
import { verifyCertificate } from '../../../src/sim/client/tls/verify.js';
import { CERTIFICATE_SIGNING_REQUESTS as REQUESTS } from '../../../src/sim/controllers/machinery/resource-types.js';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/sim/kernel/time.js';
import { type Asked, makeRequest } from '../client/pki/make-request.js';
import { simulateWithNodes } from './simulation.js';

const APPROVING = 'certificatesigningrequest-approving-controller';
const SIGNING = 'certificatesigningrequest-signing-controller';
const CLEANING = 'certificatesigningrequest-cleaner-controller';
const CLIENT = 'kubernetes.io/kube-apiserver-client';
const KUBELET = 'kubernetes.io/kube-apiserver-client-kubelet';
const SERVING = 'kubernetes.io/kubelet-serving';
const USAGES = ['digital signature', 'key encipherment', 'client auth'];
const EPOCH = Date.UTC(2026, 0, 1) * 1000;

const ca = new Authority('secret', 'ca', { commonName: 'kubernetes' }, EPOCH);
const authority = { certificate: ca.self.certificate(), key: ca.self.privateKey() };
const signers = Object.fromEntries([CLIENT, KUBELET, SERVING].map((name) => [name, authority]));
const jane: Asked = { commonName: 'jane', organizations: ['dev', 'ops'] };
const node: Asked = { commonName: 'system:node:a', organizations: ['system:nodes'] };

function request(
  name: string,
  asked: Asked,
  spec: Partial<CertificateSigningRequest['spec']> = {},
): CertificateSigningRequest {
  const pem = Buffer.from(makeRequest(name, asked)).toString('base64');
  return {
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: { name },
    spec: { request: pem, signerName: CLIENT, usages: ['client auth'], ...spec },
  };
}

function start(controllers: readonly string[], signingDuration = 365 * DAY) {
  const simulation = simulateWithNodes(controllers, [], { signers, signingDuration });
  const decide = (name: string, type: 'Approved' | 'Denied') =>
    simulation.change<CertificateSigningRequest>(
      REQUESTS,
      name,
      undefined,
      (object) => {
        const condition = { type, status: 'True', lastUpdateTime: formatTime(simulation.now()) };
        object.status = { ...object.status, conditions: [condition] };
      },
      'approval',
    );
  const ask = (name: string, asked: Asked, spec: Partial<CertificateSigningRequest['spec']> = {}) => {
    simulation.create(REQUESTS, request(name, asked, spec));
    simulation.advance(SECOND);
    return () => simulation.get<CertificateSigningRequest>(REQUESTS, name);
  };
  return { simulation, decide, ask };
}

function pemOf({ status }: CertificateSigningRequest): string {
  return Buffer.from(status?.certificate ?? '', 'base64').toString('latin1');
}

describe('signing', () => {
  it('gives an approved request a certificate that the authority vouches for, and no other', () => {
    const { simulation, decide, ask } = start([SIGNING]);
    const read = ask('jane', jane);
    simulation.advance(MINUTE);
    expect(read().status?.certificate).toBeUndefined();
    decide('jane', 'Approved');
    simulation.advance(SECOND);
    const pem = pemOf(read());
    const [leaf] = readCertificates(pem);
    expect([leaf?.commonName, leaf?.organizations]).toEqual(['jane', ['dev', 'ops']]);
    const verify = (now: number) => verifyCertificate(pem, authority.certificate, 'client', undefined, now)?.kind;
    expect(verify(simulation.now())).toBeUndefined();
    expect(verify(simulation.now() + 365 * DAY)).toBe('expired');
    expect(verifyCertificate(pem, authority.certificate, 'server', undefined, simulation.now())?.kind).toBe('usage');
  });

  it.each([
    ['as long as the manager gives', undefined, 365 * DAY - 5 * MINUTE],
    ['shorter when asked', 3600, HOUR],
    ['a day less the five minutes it begins early', 86_400, DAY - 5 * MINUTE],
    ['never longer', 2 ** 31 - 1, 365 * DAY - 5 * MINUTE],
  ])('lives %s', (_, expirationSeconds, span) => {
    const { simulation, decide, ask } = start([SIGNING]);
    const read = ask('jane', jane, expirationSeconds === undefined ? {} : { expirationSeconds });
    decide('jane', 'Approved');
    const at = simulation.now();
    simulation.advance(SECOND);
    const [leaf] = readCertificates(pemOf(read()));
    const seconds = (micros: number) => Math.floor(micros / SECOND);
    expect(seconds(leaf?.notBefore as number)).toBeCloseTo(seconds(at - 5 * MINUTE), -1);
    expect(seconds(leaf?.notAfter as number)).toBeCloseTo(seconds(at + span), -1);
  });

  const failures: [string, string, Asked, readonly string[]][] = [
    ['invalid usage for client certificate: server auth', CLIENT, jane, ['client auth', 'server auth']],
    ['missing required usage for client certificate: client auth', CLIENT, jane, ['digital signature']],
    ['subject organization is not system:nodes', KUBELET, { ...node, organizations: ['a'] }, USAGES],
    ['DNS subjectAltNames are not allowed', KUBELET, { ...node, dns: ['a'] }, USAGES],
    ['Email subjectAltNames are not allowed', KUBELET, { ...node, emails: ['a@b'] }, USAGES],
    ['IP subjectAltNames are not allowed', KUBELET, { ...node, addresses: ['10.0.0.1'] }, USAGES],
    ['URI subjectAltNames are not allowed', KUBELET, { ...node, uris: ['spiffe://a'] }, USAGES],
    ['subject common name does not begin with system:node:', KUBELET, { ...node, commonName: 'a' }, USAGES],
    ['usages did not match [client auth digital signature key encipherment]', KUBELET, node, ['client auth']],
    ['DNS or IP subjectAltName is required', SERVING, node, USAGES],
    ['usages did not match [digital signature key encipherment server auth]', SERVING, { ...node, dns: ['a'] }, USAGES],
  ];

  it.each(failures)('fails a request: %s', (message, signerName, asked, usages) => {
    const { simulation, decide, ask } = start([SIGNING]);
    const read = ask('a', asked, { signerName, usages: [...usages] });
    decide('a', 'Approved');
    simulation.advance(SECOND);
    const { conditions, certificate } = read().status ?? {};
    expect(certificate).toBeUndefined();
    expect(conditions?.at(-1)).toMatchObject({
      type: 'Failed',
      status: 'True',
      reason: 'SignerValidationFailure',
      message,
    });
  });

  it('signs for kubelets what they serve with', () => {
    const { simulation, decide, ask } = start([SIGNING]);
    const asked = { ...node, dns: ['a'], addresses: ['10.0.0.1'] };
    const read = ask('a', asked, { signerName: SERVING, usages: ['digital signature', 'server auth'] });
    decide('a', 'Approved');
    simulation.advance(SECOND);
    const [leaf] = readCertificates(pemOf(read()));
    expect([leaf?.dnsNames, leaf?.addresses]).toEqual([['a'], ['10.0.0.1']]);
  });
});

describe('approving', () => {
  it("approves kubelets' requests alone", () => {
    const { ask } = start([APPROVING]);
    const conditions = (name: string, asked: Asked, spec: Partial<CertificateSigningRequest['spec']>) =>
      ask(name, asked, spec)().status?.conditions?.map(({ type, reason, message }) => [type, reason, message]);
    expect(conditions('a', node, { signerName: KUBELET, usages: USAGES })).toEqual([
      ['Approved', 'AutoApproved', 'Auto approving kubelet client certificate after SubjectAccessReview.'],
    ]);
    const self = { ...node, commonName: 'admin' };
    expect(conditions('admin', self, { signerName: KUBELET, usages: USAGES })).toBeUndefined();
    expect(conditions('jane', jane, {})).toBeUndefined();
  });
});

describe('cleaning', () => {
  it.each([
    ['an hour after it was denied', 'Denied', HOUR],
    ['an hour after it was signed', 'Approved', HOUR],
    ['a day after nobody decided', undefined, DAY],
  ] as const)('takes a request away %s', (_, type, span) => {
    const { simulation, decide, ask } = start([SIGNING, CLEANING]);
    ask('jane', jane);
    if (type) decide('jane', type);
    simulation.advance(span - MINUTE);
    expect(simulation.list(REQUESTS)).toHaveLength(1);
    simulation.advance(HOUR + 2 * MINUTE);
    expect(simulation.list(REQUESTS)).toHaveLength(0);
  });
});
