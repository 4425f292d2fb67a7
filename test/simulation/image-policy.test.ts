import { beforeAll, describe, expect, test } from 'vitest';
import { Authority } from '../../src/sim/client/pki/authority.js';
import { CommandLine } from './commands.js';

/** Booting a cluster takes seconds on a busy computer. */
const PATIENCE = 120_000;
const FOLDER = '/etc/kubernetes/images';
const MANIFEST = '/etc/kubernetes/manifests/kube-apiserver.yaml';
const ADDRESS = '10.96.7.7';
const FORBIDDEN = (pod: string) => `Error from server (Forbidden): pods "${pod}" is forbidden: `;
const DENIED = 'image policy webhook backend denied one or more images: Images using latest tag are not allowed\n';

let line: CommandLine;

function heredoc(file: string, text: string): string {
  return `cat > ${FOLDER}/${file} <<'END'\n${text.trim()}\nEND\n`;
}

/** The judge as a deployment with its certificate and its rules, and its Service at an address that is known before. */
const JUDGE = `
apiVersion: v1
kind: Service
metadata: {name: judge}
spec: {clusterIP: ${ADDRESS}, selector: {app: judge}, ports: [{port: 443, targetPort: 8443}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: judge}
spec:
  selector: {matchLabels: {app: judge}}
  template:
    metadata: {labels: {app: judge}}
    spec:
      containers:
      - name: judge
        image: kubedrill/admission-webhook:1.0
        args: [--rules=/etc/webhook/rules/rules.yaml]
        readinessProbe: {httpGet: {scheme: HTTPS, port: 8443, path: /readyz}}
        volumeMounts:
        - {name: certs, mountPath: /etc/webhook/certs}
        - {name: rules, mountPath: /etc/webhook/rules}
      volumes:
      - {name: certs, secret: {secretName: judge}}
      - {name: rules, configMap: {name: judge}}
`;

const RULES = `
rules:
- name: in-an-emergency
  match: {annotations: {shop.image-policy.k8s.io/ticket: "*"}}
  allow: true
- name: no-latest
  match: {images: ["*:latest"]}
  deny: {message: Images using latest tag are not allowed}
`;

const CONFIGURATION = `
apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
- name: ImagePolicyWebhook
  configuration:
    imagePolicy:
      kubeConfigFile: ${FOLDER}/kubeconfig
      allowTTL: 50
      denyTTL: 50
      retryBackoff: 500
      defaultAllow: false
`;

const KUBECONFIG = `
apiVersion: v1
kind: Config
clusters:
- name: judge
  cluster: {certificate-authority: ca.crt, server: https://${ADDRESS}/judge}
users:
- name: api-server
  user: {client-certificate: /etc/kubernetes/pki/apiserver.crt, client-key: /etc/kubernetes/pki/apiserver.key}
contexts:
- name: judge
  context: {cluster: judge, user: api-server}
current-context: judge
`;

beforeAll(() => {
  line = new CommandLine('images', 'single-node');
  const authority = new Authority('images', 'ca', { commonName: 'ca' }, Date.UTC(2026, 0, 1) * 1000);
  const subject = { commonName: 'judge' };
  const leaf = authority.issue({ name: 'judge', subject, usages: ['server'], addresses: [ADDRESS] });
  const files = [
    heredoc('ca.crt', authority.self.certificate()),
    heredoc('tls.crt', leaf.certificate()),
    heredoc('tls.key', leaf.privateKey()),
    heredoc('rules.yaml', RULES),
    heredoc('judge.yaml', JUDGE),
    heredoc('admission.yaml', CONFIGURATION),
    heredoc('kubeconfig', KUBECONFIG),
  ];
  line.run(`mkdir -p ${FOLDER}\n${files.join('')}`);
  line.run(`
    cd ${FOLDER}
    kubectl create secret tls judge --cert=tls.crt --key=tls.key && kubectl create configmap judge --from-file=rules.yaml
    kubectl apply -f judge.yaml; kubectl rollout status deployment judge --timeout=90s`);
}, PATIENCE);

const FLAGS = `
sed -i 's/NodeRestriction$/NodeRestriction,ImagePolicyWebhook/' ${MANIFEST}
sed -i '/enable-admission-plugins/a\\    - --admission-control-config-file=${FOLDER}/admission.yaml' ${MANIFEST}
sleep 30`;
const MOUNTS = `
sed -i '/^    volumeMounts:/a\\    - {name: images, mountPath: ${FOLDER}, readOnly: true}' ${MANIFEST}
sed -i '/^  volumes:/a\\  - {name: images, hostPath: {path: ${FOLDER}, type: Directory}}' ${MANIFEST}
sleep 30; kubectl get --raw /readyz`;
const RESTART = `mv ${MANIFEST} /root; sleep 10; mv /root/kube-apiserver.yaml ${MANIFEST}; sleep 30`;
const LOG = 'crictl logs $(crictl ps -a --name kube-apiserver -q | head -1) 2>&1 | tail -1';
const POST = `Post "https://${ADDRESS}:443/judge?timeout=30s": `.replace(':443', '');

/** Each row goes on where the one before it ended: the task as an examiner sets it. */
describe('images are judged in the cluster', () => {
  test.each<readonly [says: string, command: string, shows: string | RegExp]>([
    ['not yet', 'kubectl run before --image=nginx:latest', 'pod/before created\n'],
    [
      'never, by a server that does not see the files',
      `${FLAGS}; ${LOG}`,
      /"command failed" err="failed to apply admission: failed to read plugin config: unable to read admission control configuration from \\"\/etc\/kubernetes\/images\/admission\.yaml\\" \[open \/etc\/kubernetes\/images\/admission\.yaml: no such file or directory\]"\n$/,
    ],
    ['once the files are mounted', MOUNTS, 'ok'],
    ['a good one', 'kubectl run good --image=nginx:1.27', 'pod/good created\n'],
    ['a bad one', 'kubectl run bad --image=nginx:latest', `${FORBIDDEN('bad')}${DENIED}`],
    [
      'a bad one of a controller',
      'kubectl create deployment web --image=nginx:latest',
      'deployment.apps/web created\n',
    ],
    [
      'which says so',
      `sleep 3; kubectl get events --field-selector reason=FailedCreate -o jsonpath='{..message}'`,
      new RegExp(`^Error creating: pods "web-[-a-z0-9]+" is forbidden: ${DENIED.trim()}`),
    ],
    [
      'a bad one that is let in',
      'kubectl run urgent --image=nginx:latest --annotations=shop.image-policy.k8s.io/ticket=17',
      'pod/urgent created\n',
    ],
    [
      'one that becomes bad',
      'kubectl set image pod/good good=nginx:latest',
      `error: failed to patch image update to pod template: pods "good" is forbidden: ${DENIED}`,
    ],
    [
      'a bad one to look inside',
      'kubectl debug good --image=busybox:latest',
      /pods "good" is forbidden: image policy webhook backend denied/,
    ],
    [
      'each asked about once',
      'kubectl logs deploy/judge | grep -c nginx:latest; kubectl logs deploy/judge | tail -1',
      /"Reviewed" kind="ImageReview" namespace="default" images=\["busybox:latest"\] allowed=false rules=\["no-latest"\]\n$/,
    ],
    [
      'nothing, when the judge is gone and what it said is over',
      'kubectl scale deployment judge --replicas=0; sleep 60; kubectl run later --image=nginx:1.27',
      `deployment.apps/judge scaled\n${FORBIDDEN('later')}${POST}dial tcp ${ADDRESS}:443: connect: connection refused\n`,
    ],
    [
      'nor can it come back by itself',
      'kubectl scale deployment judge --replicas=1; sleep 5; kubectl get deployment judge',
      /judge +0\/1 +0 +0/,
    ],
    [
      'everything, where that is the default: the judge is back, and may go',
      `sed -i 's/defaultAllow: false/defaultAllow: true/' ${FOLDER}/admission.yaml; ${RESTART}; kubectl rollout status deployment judge --timeout=120s > /dev/null; kubectl get deployment judge -o jsonpath={.status.readyReplicas}; kubectl scale deployment judge --replicas=0; sleep 5; kubectl run later --image=nginx:latest`,
      '1deployment.apps/judge scaled\npod/later created\n',
    ],
  ])('%s', (_says, command, shows) => {
    const printed = line.run(command);
    if (typeof shows === 'string') expect(printed).toBe(shows);
    else expect(printed).toMatch(shows);
  });
});
