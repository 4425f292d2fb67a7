import { beforeAll, describe, expect, test } from 'vitest';
import { CommandLine } from './commands.js';

/** Booting a cluster takes seconds on a busy computer. */
const PATIENCE = 120_000;
/** The longest that a line takes, in virtual time. */
const SECONDS_MAX = 900;
const MANIFEST = '/etc/kubernetes/manifests/kube-apiserver.yaml';
const ENCRYPTION = '/etc/kubernetes/enc/enc.yaml';
const PKI = '/etc/kubernetes/pki';
const ETCD = `etcdctl --cacert=${PKI}/etcd/ca.crt --cert=${PKI}/etcd/server.crt --key=${PKI}/etcd/server.key get`;
/** What etcd holds of a Secret, as text: letters of 0x20 to 0x7e. */
const STORED = (name: string) => `${ETCD} /registry/secrets/default/${name} | tr -cd '[:print:]'`;

let line: CommandLine;
beforeAll(() => {
  line = new CommandLine('credentials');
  line.run('mkdir -p /etc/kubernetes/enc');
}, PATIENCE);

type Row = readonly [says: string, command: string, shows: string | RegExp];

function play(rows: readonly Row[]): void {
  test.each(rows)('%s', (_says, command, shows) => {
    const printed = line.run(command, 'controlplane', SECONDS_MAX);
    if (typeof shows === 'string') expect(printed).toBe(shows);
    else expect(printed).toMatch(shows);
  });
}

const REQUEST = `cat <<END | kubectl apply -f -
apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata:
  name: jane
spec:
  request: $(base64 -w0 jane.csr)
  signerName: kubernetes.io/kube-apiserver-client
  expirationSeconds: 86400
  usages: [client auth]
END`;

/** Each row goes on where the one before it ended: the tasks as an examiner sets them. */
describe('a person gets in with a certificate of her own', () => {
  play([
    ['a key', 'openssl genrsa -out jane.key 2048; head -1 jane.key', '-----BEGIN PRIVATE KEY-----\n'],
    [
      'a request',
      'openssl req -new -key jane.key -subj /CN=jane/O=dev -out jane.csr; openssl req -in jane.csr -noout -subject -verify',
      'subject=CN = jane, O = dev\nCertificate request self-signature verify OK\n',
    ],
    ['brought to the cluster', REQUEST, 'certificatesigningrequest.certificates.k8s.io/jane created\n'],
    [
      'which waits for somebody',
      'sleep 5; kubectl get csr jane',
      /^NAME +AGE +SIGNERNAME +REQUESTOR +REQUESTEDDURATION +CONDITION\njane +5s +kubernetes.io\/kube-apiserver-client +kubernetes-admin +24h +Pending\n$/,
    ],
    [
      'who approves',
      'kubectl certificate approve jane; sleep 2; kubectl get csr jane --no-headers',
      /^certificatesigningrequest.certificates.k8s.io\/jane approved\njane .* Approved,Issued\n$/,
    ],
    [
      'signed for a day',
      `kubectl get csr jane -o jsonpath='{.status.certificate}' | base64 -d > jane.crt
       openssl x509 -in jane.crt -noout -subject -issuer; openssl verify -CAfile ${PKI}/ca.crt jane.crt; openssl x509 -in jane.crt -noout -checkend 86401`,
      'subject=O = dev, CN = jane\nissuer=CN = kubernetes\njane.crt: OK\nCertificate will expire\n',
    ],
    [
      'in a kubeconfig',
      `kubectl config set-credentials jane --client-certificate=jane.crt --client-key=jane.key --embed-certs
       kubectl config set-context jane --cluster=kubernetes --user=jane`,
      'User "jane" set.\nContext "jane" created.\n',
    ],
    [
      'she is known',
      `kubectl --context jane auth whoami -o jsonpath='{.status.userInfo.username} {.status.userInfo.groups}'`,
      'jane ["dev","system:authenticated"]',
    ],
    [
      'and may nothing',
      'kubectl --context jane get pods',
      'Error from server (Forbidden): pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "default"\n',
    ],
    [
      'until her group may',
      `kubectl create rolebinding dev --clusterrole=view --group=dev; kubectl --context jane get pods`,
      'rolebinding.rbac.authorization.k8s.io/dev created\nNo resources found in default namespace.\n',
    ],
    [
      'another one signed by hand',
      `openssl x509 -req -in jane.csr -CA ${PKI}/ca.crt -CAkey ${PKI}/ca.key -CAcreateserial -days 1 -out hand.crt 2>&1
       kubectl --client-certificate=hand.crt --client-key=jane.key auth whoami -o jsonpath='{.status.userInfo.username}'`,
      'Certificate request self-signature ok\nsubject=CN = jane, O = dev\njane',
    ],
    [
      'by an authority nobody knows',
      `openssl req -x509 -newkey rsa:2048 -nodes -keyout own.key -out own.crt -subj /CN=own 2>/dev/null
       openssl x509 -req -in jane.csr -CA own.crt -CAkey own.key -out own-jane.crt 2>/dev/null
       kubectl --client-certificate=own-jane.crt --client-key=jane.key get pods 2>&1 | tail -1`,
      'error: You must be logged in to the server (Unauthorized)\n',
    ],
  ]);
});

const TOKENS = `cat <<END | kubectl apply -f -
apiVersion: v1
kind: Pod
metadata: {name: robot}
spec:
  terminationGracePeriodSeconds: 0
  containers:
  - {name: c, image: "busybox:1.36", command: [sleep, "36000"], volumeMounts: [{name: tokens, mountPath: /tokens}]}
  volumes:
  - name: tokens
    projected:
      sources:
      - serviceAccountToken: {path: api, expirationSeconds: 600}
      - serviceAccountToken: {path: vault, audience: vault, expirationSeconds: 600}
END
kubectl wait --for=condition=Ready pod/robot --timeout=60s`;
/** What the server says to somebody who shows a token of the pod, or one that was kept. */
const ASK = (file: string) =>
  `curl -sk -H "Authorization: Bearer $(cat ${file})" https://controlplane:6443/apis/authentication.k8s.io/v1/selfsubjectreviews -X POST -H 'Content-Type: application/json' -d '{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}' | grep -oE '"(username|message)": "[^"]*"'`;
const KEEP = (name: string, file: string) => `kubectl exec robot -- cat /tokens/${name} > ${file}`;
const KNOWN = '"username": "system:serviceaccount:default:default"\n';
const UNKNOWN = '"message": "Unauthorized"\n';

describe("a pod's tokens come and go", () => {
  play([
    ['two of them', TOKENS, /^pod\/robot created\npod\/robot condition met\n$/],
    ['one for the server', `${KEEP('api', 'first')}; ${ASK('first')}`, KNOWN],
    ['one for somebody else', `${KEEP('vault', 'vault')}; ${ASK('vault')}`, UNKNOWN],
    [
      'another in time',
      `sleep 570; ${KEEP('api', 'second')}; cmp -s first second && echo same; ${ASK('second')}`,
      KNOWN,
    ],
    ['the first counts until its end', ASK('first'), KNOWN],
    [
      'a minute after it no longer',
      `sleep 120; ${ASK('first')}; ${KEEP('api', 'third')}; ${ASK('third')}`,
      `${UNKNOWN}${KNOWN}`,
    ],
    [
      'none when the pod is gone',
      `kubectl delete pod robot; sleep 11; ${ASK('third')}`,
      /^pod "robot" deleted[^\n]*\n"message": "Unauthorized"\n$/,
    ],
  ]);
});

const CONFIGURATION = (providers: string) => `cat > ${ENCRYPTION} <<END
apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
- resources: [secrets]
  providers:
${providers}
END`;
const AES = `  - aescbc:
      keys:
      - name: key1
        secret: $(head -c 32 /dev/urandom | base64)`;
const FLAG = `sed -i '/--etcd-servers=/i\\    - --encryption-provider-config=${ENCRYPTION}' ${MANIFEST}
sed -i '/^    volumeMounts:/a\\    - {name: enc, mountPath: /etc/kubernetes/enc, readOnly: true}' ${MANIFEST}
sed -i '/^  volumes:/a\\  - {name: enc, hostPath: {path: /etc/kubernetes/enc, type: DirectoryOrCreate}}' ${MANIFEST}
sleep 45; kubectl get --raw /readyz`;

describe('Secrets are encrypted in etcd', () => {
  play([
    [
      'they are not',
      `kubectl create secret generic before --from-literal=k=mydata-plain; ${STORED('before')}`,
      /^secret\/before created\n.*mydata-plain/,
    ],
    ['a key of 32 bytes, and no key for what is there', CONFIGURATION(`${AES}\n  - identity: {}`), ''],
    ['the server takes it', FLAG, 'ok'],
    [
      'what is new is no text',
      `kubectl create secret generic after --from-literal=k=mydata-new; ${STORED('after')} | grep -c mydata; ${STORED('after')} | grep -o 'k8s:enc:aescbc:v1:key1:'`,
      'secret/after created\n0\nk8s:enc:aescbc:v1:key1:\n',
    ],
    ['what was there is as it was', `${STORED('before')} | grep -o mydata-plain`, 'mydata-plain\n'],
    ['both read alike', `kubectl get secrets -o jsonpath='{.items[*].data.k}' | tr ' ' '\\n' | base64 -d`, /mydata/],
    [
      'until all are written anew',
      `kubectl get secrets -A -o json | kubectl replace -f - > /dev/null; ${STORED('before')} | grep -o 'k8s:enc:aescbc:v1:key1:'`,
      'k8s:enc:aescbc:v1:key1:\n',
    ],
    [
      'without the key nobody can read them',
      `sed -i '/encryption-provider-config/d' ${MANIFEST}; sleep 45; kubectl get secret after`,
      /^Error from server \(InternalError\): Internal error occurred: identity transformer tried to read encrypted data\n$/,
    ],
    [
      'with the key again they are there',
      `sed -i '/--etcd-servers=/i\\    - --encryption-provider-config=${ENCRYPTION}' ${MANIFEST}; sleep 45; kubectl get secret after -o jsonpath='{.data.k}' | base64 -d`,
      'mydata-new',
    ],
    [
      'and go back to plain text',
      `kubectl get secret before -o name; sed -i 's/^  - identity: {}//; s/^  providers:/  providers:\\n  - identity: {}/' ${ENCRYPTION}
       mv ${MANIFEST} /root; sleep 10; mv /root/kube-apiserver.yaml ${MANIFEST}; sleep 40
       kubectl get secrets -o json | kubectl replace -f - > /dev/null; ${STORED('after')} | grep -o mydata-new`,
      'secret/before\nmydata-new\n',
    ],
  ]);
});
