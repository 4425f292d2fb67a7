import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSimCluster, type SimCluster } from '../../../src/clusters/sim/sim-cluster.js';
import { openWorkstation } from '../../../src/clusters/workstation/open-workstation.js';
import type { Workstation } from '../../../src/clusters/workstation/workstation.js';
import { simulatedFarServer } from './simulated-far-server.js';

/** How much faster than real both machines live. */
const SPEED = 10;
const START = Date.UTC(2026, 5, 1) * 1000;

let cluster: SimCluster;
let far: ReturnType<typeof simulatedFarServer>;
let workstation: Workstation;

beforeAll(async () => {
  cluster = await openSimCluster(
    { world: { base: 'three-node' }, seed: 'far', salt: '', epoch: START, timing: 'brisk' },
    { thread: 'same' },
  );
  const began = performance.now();
  const wall = () => START + (performance.now() - began) * 1000 * SPEED;
  far = simulatedFarServer(cluster, wall);
  workstation = await openWorkstation({ name: 'cka4711', far, wall, thread: 'same' });
});

afterAll(async () => {
  far?.stop();
  await workstation?.close();
  await cluster?.close();
});

const bash = (script: string, user = 'candidate') => workstation.run(user, ['bash', '-c', script]);

test.each<[what: string, script: string, said: string | RegExp, code?: number]>([
  [
    'it is a host of its own',
    'hostname; whoami; sudo whoami; which kubectl helm kubelet',
    /^cka4711\ncandidate\nroot\n.*\/kubectl\n.*\/helm\n$/,
    1,
  ],
  ['nodes are listed as a table', 'kubectl get nodes --no-headers | cut -d" " -f1', 'controlplane\nnode01\nnode02\n'],
  ["its administrator is the cluster's", 'kubectl auth can-i "*" "*"', 'yes\n'],
  [
    'somebody else is impersonated',
    'kubectl auth can-i create pods --as system:serviceaccount:default:default',
    'no\n',
    1,
  ],
  [
    'something is created and waited for',
    'kubectl create deployment web --image=nginx:1.29 --replicas=2; kubectl wait --for=condition=Available deploy/web --timeout=60s',
    'deployment.apps/web created\ndeployment.apps/web condition met\n',
  ],
  [
    'a rollout is followed',
    'kubectl set image deploy/web nginx=nginx:1.28; kubectl rollout status deploy/web --timeout=60s',
    /^deployment.apps\/web image updated\n(?:Waiting for deployment "web" rollout to finish: .*\n)*deployment "web" successfully rolled out\n$/,
  ],
  [
    'a rollout is undone',
    "kubectl rollout undo deploy/web; kubectl get deploy web -o jsonpath='{..image}'; kubectl rollout history deploy/web --revision=2 | grep Image",
    /^deployment.apps\/web rolled back\nnginx:1.29 +Image:\s+nginx:1.28\n$/,
  ],
  [
    'manifests are applied twice',
    'M=\'{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"k":"v"}}\'; kubectl apply -f - <<< "$M"; kubectl apply -f - <<< "$M"; kubectl get cm a -o jsonpath={.data.k}',
    'configmap/a created\nconfigmap/a unchanged\nv',
  ],
  [
    'the server is asked what it would do',
    'kubectl create cm b --from-literal=x=y --dry-run=server; kubectl get cm b --ignore-not-found',
    'configmap/b created (server dry run)\n',
  ],
  ['a refusal is told', 'kubectl get pod nope 2>&1', 'Error from server (NotFound): pods "nope" not found\n', 1],
  [
    'a process in a container: its output, its status',
    'kubectl run box --image=busybox:1.37 --restart=Never -- sleep 3600 >/dev/null; kubectl wait --for=condition=Ready pod/box --timeout=60s >/dev/null; kubectl exec box -- sh -c "echo out; echo err >&2; exit 3" 2>&1',
    'out\nerr\ncommand terminated with exit code 3\n',
    3,
  ],
  ['what it is given', 'printf "one\\ntwo\\n" | kubectl exec -i box -- wc -l', '2\n'],
  [
    'files go there and back',
    'seq 1 20000 > /tmp/a; kubectl cp /tmp/a box:/tmp/b; kubectl cp box:/tmp/b /tmp/c; cmp /tmp/a /tmp/c && wc -l < /tmp/c',
    '20000\n',
  ],
  [
    'a log is followed until one stops',
    'kubectl run log --image=busybox:1.37 --restart=Never -- sh -c "echo first; sleep 2; echo second; sleep 3600" >/dev/null; kubectl wait --for=condition=Ready pod/log --timeout=60s >/dev/null; kubectl logs -f log > /tmp/l & until grep -q second /tmp/l; do sleep 0.5; done; kill %1; cat /tmp/l',
    'first\nsecond\n',
  ],
  [
    'a watch tells of changes',
    'kubectl get cm -w --no-headers -o custom-columns=N:.metadata.name,V:.data.v > /tmp/w & until [ -s /tmp/w ]; do sleep 0.5; done; sleep 2; kubectl create cm watched --from-literal=v=1 >/dev/null; kubectl patch cm watched -p \'{"data":{"v":"2"}}\' >/dev/null; until grep -q "watched *2" /tmp/w; do sleep 0.5; done; kill %1; grep watched /tmp/w',
    /^watched +1\nwatched +2\n$/,
  ],
  [
    'ports are forwarded',
    'kubectl port-forward deploy/web 8080:80 >/dev/null & until curl -s -o /dev/null localhost:8080; do sleep 0.5; done; curl -s localhost:8080 | grep -c "Welcome to nginx"; kill %1',
    /^[1-9]\n$/,
  ],
  ['fields are explained', 'kubectl explain pod.spec.nodeName | grep FIELD', 'FIELD: nodeName <string>\n'],
  [
    'charts are installed',
    'cd /tmp && helm create demo >/dev/null && helm install demo ./demo --wait --timeout 60s >/dev/null && helm list --short && helm uninstall demo',
    'demo\nrelease "demo" uninstalled\n',
  ],
  [
    'an account is who its token says',
    'kubectl --kubeconfig /dev/null --server https://cka4711:6443 --certificate-authority /etc/kubernetes/pki/ca.crt --token "$(kubectl create token default)" auth whoami -o jsonpath={.status.userInfo.username}',
    'system:serviceaccount:default:default',
  ],
  [
    'somebody whom the cluster signed for',
    'openssl genrsa -out /tmp/u.key 2048 2>/dev/null; openssl req -new -key /tmp/u.key -subj /CN=jane/O=dev -out /tmp/u.csr; printf \'{"apiVersion":"certificates.k8s.io/v1","kind":"CertificateSigningRequest","metadata":{"name":"jane"},"spec":{"request":"%s","signerName":"kubernetes.io/kube-apiserver-client","usages":["client auth"]}}\' "$(base64 -w0 /tmp/u.csr)" | kubectl create -f - >/dev/null; kubectl certificate approve jane >/dev/null; until kubectl get csr jane | grep -q Issued; do sleep 0.5; done; kubectl get csr jane -o jsonpath={.status.certificate} | base64 -d > /tmp/u.crt; kubectl --kubeconfig /dev/null --server https://cka4711:6443 --certificate-authority /etc/kubernetes/pki/ca.crt --client-certificate /tmp/u.crt --client-key /tmp/u.key auth whoami -o jsonpath="{.status.userInfo.username} {.status.userInfo.groups}"',
    'jane ["dev","system:authenticated"]',
  ],
  [
    'an account impersonates whom it may',
    `kubectl create clusterrole be-rita --verb=impersonate --resource=users --resource-name=rita >/dev/null; kubectl create clusterrolebinding be-rita --clusterrole=be-rita --serviceaccount=default:default >/dev/null; A="kubectl --kubeconfig /dev/null --server https://cka4711:6443 --insecure-skip-tls-verify --token $(kubectl create token default)"; $A auth whoami --as rita -o jsonpath='{.status.userInfo.username}{"\\n"}'; $A get pods --as rita --as-group system:masters 2>&1 | tail -1; $A get pods --as system:serviceaccount:a:b 2>&1 | tail -1`,
    'rita\nError from server (Forbidden): groups "system:masters" is forbidden: User "system:serviceaccount:default:default" cannot impersonate resource "groups" in API group "" at the cluster scope\nError from server (Forbidden): serviceaccounts "b" is forbidden: User "system:serviceaccount:default:default" cannot impersonate resource "serviceaccounts" in API group "" in the namespace "a"\n',
  ],
  [
    'nobody is anonymous',
    'curl -sk https://localhost:6443/api/v1/pods | grep -o "User .* cannot"',
    'User \\"system:anonymous\\" cannot\n',
  ],
  [
    'a bad token is one',
    'kubectl --kubeconfig /dev/null --server https://cka4711:6443 --certificate-authority /etc/kubernetes/pki/ca.crt --token nonsense get pods 2>&1 | tail -1',
    'error: You must be logged in to the server (Unauthorized)\n',
  ],
])('%s', async (_what, script, said, code = 0) => {
  const result = await bash(script);
  if (typeof said === 'string') expect(result.stdout, result.stderr).toBe(said);
  else expect(result.stdout, result.stderr).toMatch(said);
  expect(result.code, result.stderr).toBe(code);
});

test('what is typed for a shell in a container gets there', async () => {
  let shown = '';
  await workstation.play({
    host: 'cka4711',
    user: 'candidate',
    texts: ['kubectl exec -it box -- sh\n', 'hostname; echo $((6*7))\n', 'exit\n'],
    onOutput: (bytes) => {
      shown += Buffer.from(bytes).toString();
    },
  });
  expect(shown).toMatch(/\nbox\r\n42\r\n/);
});

test('nothing is left open at the far server by those that are gone', async () => {
  await bash('timeout 1 kubectl get pods -w; timeout 1 kubectl get --raw "/api/v1/pods?watch=true"');
  expect(far.open()).toBe(0);
});
