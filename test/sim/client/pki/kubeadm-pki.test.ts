import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { decodeToken, readPublicKey, signToken, verifyToken } from '../../../../src/sim/client/pki/jwt.js';
import { publicKeyPem } from '../../../../src/sim/client/pki/key.js';
import { createPki, kubeadmUsers } from '../../../../src/sim/client/pki/kubeadm-pki.js';

const NOW = Date.UTC(2026, 0, 1) * 1000;
const options = {
  secret: 'seed 7',
  now: NOW,
  controlPlaneName: 'controlplane',
  controlPlaneAddress: '172.30.1.2',
  serviceAddress: '10.96.0.1',
};

const read = (pki: ReturnType<typeof createPki>, path: string) => {
  const file = pki.files.find((one) => one.path === path);
  if (!file) throw new Error(`no ${path}`);
  return file.read();
};

test("the files are kubeadm's", () => {
  const pki = createPki(options);
  expect(pki.files.map((file) => file.path).sort()).toEqual([
    'apiserver-etcd-client.crt',
    'apiserver-etcd-client.key',
    'apiserver-kubelet-client.crt',
    'apiserver-kubelet-client.key',
    'apiserver.crt',
    'apiserver.key',
    'ca.crt',
    'ca.key',
    'etcd/ca.crt',
    'etcd/ca.key',
    'etcd/healthcheck-client.crt',
    'etcd/healthcheck-client.key',
    'etcd/peer.crt',
    'etcd/peer.key',
    'etcd/server.crt',
    'etcd/server.key',
    'front-proxy-ca.crt',
    'front-proxy-ca.key',
    'front-proxy-client.crt',
    'front-proxy-client.key',
    'sa.key',
    'sa.pub',
  ]);
});

test('certificates name what they are for, fit their keys and are signed', () => {
  const pki = createPki(options);
  const ca = new X509Certificate(read(pki, 'ca.crt'));
  expect(ca.subject).toBe('CN=kubernetes');
  expect(ca.ca).toBe(true);
  const apiserver = new X509Certificate(read(pki, 'apiserver.crt'));
  expect(apiserver.subjectAltName).toBe(
    'DNS:controlplane, DNS:kubernetes, DNS:kubernetes.default, DNS:kubernetes.default.svc, DNS:kubernetes.default.svc.cluster.local, IP Address:10.96.0.1, IP Address:172.30.1.2',
  );
  expect(apiserver.verify(ca.publicKey)).toBe(true);
  expect(apiserver.checkPrivateKey(createPrivateKey(read(pki, 'apiserver.key')))).toBe(true);
  expect(new X509Certificate(read(pki, 'etcd/server.crt')).verify(ca.publicKey)).toBe(false);
  expect(new X509Certificate(pki.kubeletClient('node01').certificate()).subject).toBe(
    'O=system:nodes\nCN=system:node:node01',
  );
  expect(createPublicKey(read(pki, 'sa.key')).export({ type: 'spki', format: 'pem' })).toBe(read(pki, 'sa.pub'));
  expect(kubeadmUsers(pki).map((user) => user.file)).toEqual([
    'admin.conf',
    'controller-manager.conf',
    'scheduler.conf',
    'super-admin.conf',
  ]);
});

test('the same secret makes the same bytes, another one others', () => {
  const again = createPki(options);
  const other = createPki({ ...options, secret: 'seed 8' });
  const first = createPki(options);
  for (const path of ['ca.crt', 'apiserver.crt', 'apiserver.key', 'sa.key']) {
    expect(read(again, path)).toBe(read(first, path));
    expect(read(other, path)).not.toBe(read(first, path));
  }
});

test('tokens are verified by the public key alone', () => {
  const { serviceAccountKey } = createPki(options);
  const token = signToken({ sub: 'system:serviceaccount:default:default', exp: 5 }, serviceAccountKey);
  const key = readPublicKey(publicKeyPem(serviceAccountKey));
  expect(verifyToken(token, [key])).toEqual({ sub: 'system:serviceaccount:default:default', exp: 5 });
  expect(decodeToken(token)).toEqual(verifyToken(token, [key]));
  const [header, , signature] = token.split('.');
  const forged = Buffer.from(JSON.stringify({ sub: 'system:admin' })).toString('base64url');
  expect(verifyToken(`${header}.${forged}.${signature}`, [key])).toBeUndefined();
  const other = createPki({ ...options, secret: 'other' }).serviceAccountKey;
  expect(verifyToken(token, [readPublicKey(publicKeyPem(other))])).toBeUndefined();
});
