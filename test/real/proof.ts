import { setTimeout as after } from 'node:timers/promises';
import { kubectl } from './kubectl.js';

/** Something that a cluster with running containers can do, shown with the official kubectl. */
interface Shown {
  readonly says: string;
  /** What is typed after `kubectl`, and what is given on standard input. */
  readonly words: string;
  readonly input?: object;
  /** What has to be printed; what kubectl says when it is refused counts, too. Tried until it is, for so long. */
  readonly prints: RegExp;
  readonly seconds?: number;
}

const RESTRICTED = {
  runAsUser: 1000,
  runAsNonRoot: true,
  readOnlyRootFilesystem: true,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
};

const OBJECTS = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'proof' } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { colour: 'blue' } },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', labels: { app: 'web' } },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          containers: [
            {
              name: 'nginx',
              image: 'nginx:1.27',
              readinessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 1 },
            },
          ],
        },
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { type: 'NodePort', selector: { app: 'web' }, ports: [{ port: 80, nodePort: 30080 }] },
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'box', labels: { app: 'box' } },
    spec: {
      securityContext: { fsGroup: 2000 },
      volumes: [
        { name: 'settings', configMap: { name: 'settings' } },
        { name: 'room', emptyDir: {} },
      ],
      containers: [
        {
          name: 'box',
          image: 'busybox:1.36',
          command: ['sh', '-c', 'echo begun; sleep 3600'],
          securityContext: RESTRICTED,
          volumeMounts: [
            { name: 'settings', mountPath: '/settings' },
            { name: 'room', mountPath: '/room' },
          ],
        },
      ],
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'stranger' },
    spec: { containers: [{ name: 'stranger', image: 'ghcr.io/nobody/nothing:1' }] },
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'hungry' },
    spec: {
      restartPolicy: 'Never',
      containers: [
        {
          name: 'hungry',
          image: 'busybox:1.36',
          command: ['sh', '-c', 'tail /dev/zero'],
          resources: { limits: { memory: '16Mi' } },
        },
      ],
    },
  },
].map((object) =>
  object.kind === 'Namespace' ? object : { ...object, metadata: { ...object.metadata, namespace: 'proof' } },
);

const DENIED = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'nobody', namespace: 'proof' },
  spec: { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress'] },
};

const FETCH = 'exec box -- wget -T 2 -qO- http://web.proof.svc.cluster.local';

const SHOWN: readonly Shown[] = [
  {
    says: 'objects are made',
    words: 'create -f -',
    input: { apiVersion: 'v1', kind: 'List', items: OBJECTS },
    prints: /pod\/box created/,
  },
  { says: 'a rollout ends', words: 'rollout status deployment/web --timeout=60s', prints: /successfully rolled out/ },
  { says: 'a pod is ready', words: 'wait --for=condition=Ready pod/box --timeout=60s', prints: /condition met/ },
  {
    says: 'a name of the cluster is resolved and the service behind it answers',
    words: FETCH,
    prints: /Welcome to nginx/,
  },
  { says: 'names end with the domain of the cluster', words: 'exec box -- nslookup web', prints: /Address: 10\.\d+/ },
  { says: 'a container prints', words: 'logs box', prints: /^begun$/m },
  { says: 'users and groups are as asked', words: 'exec box -- id', prints: /uid=1000.*groups=.*2000/ },
  { says: 'the root cannot be written', words: 'exec box -- touch /here', prints: /Read-only file system/ },
  {
    says: 'a volume of the group can be',
    words: 'exec box -- sh -c "touch /room/here && ls -ln /room"',
    prints: / 1000 +2000 /,
  },
  { says: 'capabilities are dropped', words: 'exec box -- grep CapBnd /proc/1/status', prints: /CapBnd:\s0{16}/ },
  { says: 'settings are files', words: 'exec box -- cat /settings/colour', prints: /^blue/ },
  {
    says: 'the API server is reached from a pod',
    words: 'exec deploy/web -- curl -sk https://kubernetes.default/version',
    prints: /v1\.36\.0/,
  },
  {
    says: 'whoever eats too much is killed',
    words: 'get pod hungry -o jsonpath={..terminated.reason}',
    prints: /OOMKilled/,
    seconds: 30,
  },
  {
    says: 'an image that nobody has is not pulled',
    words: 'describe pod stranger',
    prints: /failed to pull and unpack image "ghcr.io\/nobody\/nothing:1"/,
    seconds: 30,
  },
  { says: 'a policy is made', words: 'create -f -', input: DENIED, prints: /nobody created/ },
  { says: 'and keeps others out', words: FETCH, prints: /timed out|refused/, seconds: 20 },
];

/** Shows on a cluster that it does all of this; gives what it does not, a line each. */
export async function provenCluster(kubeconfig: string, tells: (line: string) => void): Promise<string[]> {
  const missing: string[] = [];
  for (const { says, words, input, prints, seconds = 5 } of SHOWN) {
    let printed = '';
    for (const began = Date.now(); ; await after(500)) {
      printed = await kubectl(kubeconfig, ['-n', 'proof', ...wordsOf(words)], input && JSON.stringify(input)).catch(
        String,
      );
      if (prints.test(printed) || Date.now() - began > seconds * 1000 || input) break;
    }
    const holds = prints.test(printed);
    tells(`${holds ? 'ok  ' : 'FAIL'} ${says}`);
    if (!holds) missing.push(`${says}: kubectl ${words}\n${printed}`);
  }
  await kubectl(kubeconfig, ['delete', 'namespace', 'proof', '--wait=false']);
  return missing;
}

/** As a shell would, as far as double quotes. */
function wordsOf(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|\S+/g)].map(([whole, quoted]) => quoted ?? whole);
}
