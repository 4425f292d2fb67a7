import { load } from 'js-yaml';
import { privateKeyPem } from '../../../src/sim/client/pki/key.js';
import { makeRequest, requestKey } from '../../sim/client/pki/make-request.js';
import { accessOf, type Connection, HttpsConnection } from './cluster-api.js';

const NAME = 'kubernetes-admin';
const REQUESTS = '/apis/certificates.k8s.io/v1/certificatesigningrequests';
const TRIES_MAX = 200;

/** The kubeconfig with a certificate such as kubeadm gives its administrator, asked for at the cluster itself. */
export async function asAdministrator(kubeconfig: string): Promise<string> {
  const connection = new HttpsConnection(accessOf(kubeconfig));
  try {
    const user = {
      'client-certificate-data': await issued(connection),
      'client-key-data': Buffer.from(privateKeyPem(requestKey(NAME))).toString('base64'),
    };
    return JSON.stringify({ ...(load(kubeconfig) as object), users: [{ name: 'admin', user }] });
  } finally {
    connection.close();
  }
}

/** What a request for a certificate is answered with, base64 of PEM. */
async function issued(connection: Connection): Promise<string> {
  const pem = makeRequest(NAME, { commonName: NAME, organizations: ['kubeadm:cluster-admins'] });
  const spec = {
    request: Buffer.from(pem).toString('base64'),
    signerName: 'kubernetes.io/kube-apiserver-client',
    usages: ['client auth'],
  };
  const made = await connection.ask('POST', REQUESTS, { metadata: { name: NAME }, spec });
  const conditions = [{ type: 'Approved', status: 'True', reason: 'Asked', message: 'for scenes' }];
  const approved = { ...(made.body as object), status: { conditions } };
  const { status, body } = await connection.ask('PUT', `${REQUESTS}/${NAME}/approval`, approved);
  if (status !== 200) throw new Error(JSON.stringify(body));
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const asked = await connection.ask('GET', `${REQUESTS}/${NAME}`);
    const { certificate } = (asked.body as { status: { certificate?: string } }).status;
    if (certificate) {
      await connection.ask('DELETE', `${REQUESTS}/${NAME}`);
      return certificate;
    }
    await connection.pause(50);
  }
  throw new Error(`no certificate for ${NAME}`);
}
