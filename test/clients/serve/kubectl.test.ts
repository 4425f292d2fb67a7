import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { realClients } from '../real-kubectl.js';
import { start } from './program.js';
import { type ServedWorld, serveWorld } from './served-world.js';

const clients = realClients();

/** What a program said and how it ended. */
interface Ended {
  readonly code: number;
  readonly out: string;
  readonly errors: string;
}

let world: ServedWorld;

function run(program: string, args: readonly string[], input = '', until?: (out: string) => boolean): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: world.folder,
      env: {
        ...process.env,
        PATH: `${dirname(clients.kubectl ?? '')}:${process.env['PATH']}`,
        KUBECONFIG: world.kubeconfig,
        HOME: world.folder,
        KUBE_EDITOR: 'sed -i s/replicas:.[0-9]*/replicas:\\ 2/',
      },
    });
    let out = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (until?.(out)) child.kill('SIGINT');
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, out, errors }));
    child.stdin.end(input);
  });
}

/** A command line without quotes; `{}` stands for the further words, one each. */
function kubectl(line: string, words: readonly string[] = [], input = ''): Promise<Ended> {
  const rest = [...words];
  const args = line.split(' ').map((word) => (word === '{}' ? (rest.shift() ?? '') : word));
  return run(clients.kubectl as string, args, input);
}

/** Runs and expects success without a word on stderr; gives what was printed. */
async function fine(line: string, words: readonly string[] = [], input = ''): Promise<string> {
  const { code, out, errors } = await kubectl(line, words, input);
  expect({ line, code, errors }).toEqual({ line, code: 0, errors: '' });
  return out;
}

/** What the first container of a pod asks for. */
const CPU = 'jsonpath={.spec.containers[0].resources.requests.cpu}';
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: applied
spec:
  replicas: 1
  selector: {matchLabels: {app: applied}}
  template:
    metadata: {labels: {app: applied}}
    spec:
      containers:
      - name: web
        image: nginx
`;

describe.skipIf(clients.kubectl === undefined)(
  `real kubectl (${clients.reason ?? 'here'})`,
  { timeout: 90_000 },
  () => {
    beforeAll(async () => {
      world = await serveWorld();
    });
    afterAll(async () => {
      await world.stop();
    });

    test('get, in every form', async () => {
      expect(await fine('get nodes --no-headers')).toMatch(
        /^controlplane\s+Ready\s+control-plane\s+\S+\s+v1\.36\.\d+\n/,
      );
      expect(await fine('get nodes -o name')).toBe('node/controlplane\nnode/node01\nnode/node02\n');
      expect(JSON.parse(await fine('get nodes -o json')).items).toHaveLength(3);
      expect(await fine('get node node01 -o yaml')).toContain('\n  name: node01\n');
      expect(await fine('get nodes -o {}', ['jsonpath={.items[*].metadata.name}'])).toBe('controlplane node01 node02');
      expect(await fine('get node node02 -o {}', ['go-template={{.metadata.name}}'])).toBe('node02');
      expect(await fine('get nodes -o custom-columns=N:.metadata.name')).toBe('N\ncontrolplane\nnode01\nnode02\n');
      expect(await fine('get pods -A -o wide')).not.toContain('<invalid>');
      expect((await kubectl('get pods nope')).errors).toBe('Error from server (NotFound): pods "nope" not found\n');
    });

    test('typed creates, whose bodies are protobuf', async () => {
      expect(await fine('create namespace made')).toBe('namespace/made created\n');
      expect(await fine('create configmap cm --from-literal=a=b')).toBe('configmap/cm created\n');
      expect(await fine('create secret generic se --from-literal=a=b')).toBe('secret/se created\n');
      expect(await fine('create deployment web --image=nginx --replicas=2 --port=80')).toBe(
        'deployment.apps/web created\n',
      );
      expect(await fine('create service clusterip web --tcp=80:80')).toBe('service/web created\n');
      expect(await fine('create serviceaccount sa')).toBe('serviceaccount/sa created\n');
      expect((await kubectl('create namespace made')).errors).toBe(
        'Error from server (AlreadyExists): namespaces "made" already exists\n',
      );
      expect(await fine('rollout status deployment/web --timeout=60s')).toContain('successfully rolled out');
      expect(await fine('get deployment web -o {}', ['jsonpath={.status.readyReplicas}'])).toBe('2');
      expect(await fine('describe service web')).toMatch(/Endpoints: +\d/);
    });

    test('apply: created, unchanged, configured, with no warning; unknown fields as the server words them', async () => {
      expect(await fine('apply -f -', [], DEPLOYMENT)).toBe('deployment.apps/applied created\n');
      expect(await fine('apply -f -', [], DEPLOYMENT)).toBe('deployment.apps/applied unchanged\n');
      const more = DEPLOYMENT.replace('replicas: 1', 'replicas: 3');
      expect(await fine('apply -f -', [], more)).toBe('deployment.apps/applied configured\n');
      const { code, errors } = await kubectl('apply -f -', [], `${DEPLOYMENT}        imgae: nginx\n`);
      expect([code, errors]).toEqual([
        1,
        expect.stringContaining('strict decoding error: unknown field "spec.template.spec.containers[0].imgae"'),
      ]);
    });

    test('patch in all ways, edit, scale, label, annotate, rollout', async () => {
      expect(await fine('patch deployment applied -p {}', ['{"spec":{"replicas":2}}'])).toBe(
        'deployment.apps/applied patched\n',
      );
      await fine('patch deployment applied --type=merge -p {}', ['{"metadata":{"labels":{"x":"y"}}}']);
      const operations = '[{"op":"replace","path":"/spec/replicas","value":1}]';
      await fine('patch deployment applied --type=json -p {}', [operations]);
      expect(await fine('get deployment applied -o {}', ['jsonpath={.spec.replicas}{.metadata.labels.x}'])).toBe('1y');
      expect(await fine('edit deployment applied')).toBe('deployment.apps/applied edited\n');
      expect(await fine('get deployment applied -o {}', ['jsonpath={.spec.replicas}'])).toBe('2');
      expect(await fine('scale deployment applied --replicas=1')).toBe('deployment.apps/applied scaled\n');
      expect(await fine('label deployment applied a=b')).toBe('deployment.apps/applied labeled\n');
      expect(await fine('annotate deployment applied a=b')).toBe('deployment.apps/applied annotated\n');
      expect(await fine('rollout restart deployment/applied')).toBe('deployment.apps/applied restarted\n');
      await fine('rollout status deployment/applied --timeout=60s');
      expect(await fine('rollout history deployment/applied')).toMatch(/\n1 .*\n2 /);
      expect(await fine('delete deployment applied')).toBe(
        'deployment.apps "applied" deleted from default namespace\n',
      );
    });

    test("a pod's resources, through its subresource resize", async () => {
      const resources = { requests: { cpu: '10m' } };
      const pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'sized' },
        spec: { containers: [{ name: 'main', image: 'nginx', resources }] },
      };
      await fine('create -f -', [], JSON.stringify(pod));
      const to = (cpu: string) =>
        JSON.stringify({ spec: { containers: [{ name: 'main', resources: { requests: { cpu } } }] } });
      expect(await fine('patch pod sized --subresource resize -p {}', [to('20m')])).toBe('pod/sized patched\n');
      expect(await fine('get pod sized --subresource=resize -o {}', [CPU])).toBe('20m');
      const refused = await kubectl('patch pod sized -p {}', [to('30m')]);
      expect(refused.errors).toContain('spec: Forbidden: pod updates may not change fields other than');
      expect(await fine('get pod sized -o {}', [CPU])).toBe('20m');
      await fine('delete pod sized --now');
    });

    test('run, wait, logs, exec, and what goes in', async () => {
      expect(await fine('run box --image=busybox --restart=Never -- sh -c {}', ['echo begun; sleep 100000'])).toBe(
        'pod/box created\n',
      );
      expect(await fine('wait --for=condition=Ready pod/box --timeout=60s')).toBe('pod/box condition met\n');
      expect(await fine('logs box')).toBe('begun\n');
      const followed = await run(clients.kubectl as string, ['logs', '-f', 'box'], '', (out) =>
        out.includes('begun\n'),
      );
      expect(followed.out).toBe('begun\n');
      expect(await fine('exec -i box -- sort', [], 'b\na\n')).toBe('a\nb\n');
      expect(await kubectl('exec box -- sh -c {}', ['echo out; echo err >&2; exit 3'])).toEqual({
        code: 3,
        out: 'out\n',
        errors: 'err\ncommand terminated with exit code 3\n',
      });
      const watch = ['get', 'pod', 'box', '-w', '-o', 'name'];
      const watched = await run(clients.kubectl as string, watch, '', (out) => out.endsWith('\n'));
      expect(watched.out).toBe('pod/box\n');
      expect((await kubectl('exec nobody -- ls')).errors).toBe(
        'Error from server (NotFound): pods "nobody" not found\n',
      );
    });

    test('get --watch goes on across a compaction; from before it nobody can start', async () => {
      await fine('create configmap kept');
      await fine('label configmap kept seen=yes');
      const watching = start(world, clients, ['get', 'configmaps', '-w', '-o', 'name', '-l', 'seen=yes']);
      await watching.until((out) => out === 'configmap/kept\n');
      // Its second line proves that the watch is open.
      await fine('label configmap kept more=yes');
      await watching.until((out) => out === 'configmap/kept\n'.repeat(2));
      const revision = await fine('create configmap later -o {}', ['jsonpath={.metadata.resourceVersion}']);
      const pki = '/etc/kubernetes/pki/etcd';
      const etcdctl = `etcdctl --cacert=${pki}/ca.crt --cert=${pki}/server.crt --key=${pki}/server.key`;
      expect(await fine(`exec -n kube-system etcd-controlplane -- ${etcdctl} compaction ${revision}`)).toBe(
        `compacted revision ${revision}\n`,
      );
      await fine('label configmap later seen=yes');
      await watching.until((out) => out.endsWith('configmap/later\n'));
      expect((await watching.stop()).errors).toBe('');
      const path = '/api/v1/namespaces/default/configmaps?watch=1&resourceVersion=1&timeoutSeconds=5';
      expect(await fine(`get --raw ${path}`)).toContain('"reason":"Expired","code":410');
    });

    test('cordon, drain, uncordon, taint', async () => {
      expect(await fine('cordon node02')).toBe('node/node02 cordoned\n');
      const drained = await kubectl('drain node02 --ignore-daemonsets --force --grace-period=0 --timeout=80s');
      expect([drained.code, drained.out]).toEqual([0, expect.stringMatching(/\nnode\/node02 drained\n$/)]);
      expect(await fine('get node node02 --no-headers')).toContain('Ready,SchedulingDisabled');
      expect(await fine('uncordon node02')).toBe('node/node02 uncordoned\n');
      expect(await fine('taint node node02 a=b:NoSchedule')).toBe('node/node02 tainted\n');
      expect(await fine('taint node node02 a-')).toBe('node/node02 untainted\n');
    });

    test('what the cluster is and what it knows', async () => {
      expect(JSON.parse(await fine('version -o json')).serverVersion.gitVersion).toMatch(/^v1\.36\./);
      expect(await fine('cluster-info')).toContain(`is running at ${world.server}`);
      expect(await fine('api-resources --api-group=apps -o name')).toContain('deployments.apps\n');
      expect((await kubectl('top nodes')).errors).toBe('error: Metrics API not available\n');
      expect(await fine('explain deployment.spec.strategy.type')).toMatch(/ENUM:\n {4}Recreate\n {4}RollingUpdate\n/);
    });

    test('auth: what one may do, what others may not, and who one is', async () => {
      expect(await fine('auth can-i create pods')).toBe('yes\n');
      expect(await kubectl('auth can-i create pods --as=bob')).toEqual({ code: 1, out: 'no\n', errors: '' });
      expect(await fine('auth can-i --list')).toMatch(/\n\*\.\* +\[\] +\[\] +\[\*\]\n/);
      expect(await fine('auth whoami -o {}', ['jsonpath={.status.userInfo.groups}'])).toBe(
        '["system:masters","system:authenticated"]',
      );
      expect((await kubectl('get pods --as=bob')).errors).toBe(
        'Error from server (Forbidden): pods is forbidden: User "bob" cannot list resource "pods" in API group "" in the namespace "default"\n',
      );
    });

    test('explain knows a custom kind as soon as it is there', async () => {
      const colour = { type: 'string', description: 'What it looks like.', enum: ['blue', 'red'] };
      const spec = { type: 'object', description: 'What is wanted.', required: ['colour'], properties: { colour } };
      const schema = { openAPIV3Schema: { type: 'object', description: 'A thing to sell.', properties: { spec } } };
      const definition = {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: 'widgets.explained.example.com' },
        spec: {
          group: 'explained.example.com',
          scope: 'Namespaced',
          names: { plural: 'widgets', singular: 'widget', kind: 'Widget' },
          versions: [{ name: 'v1', served: true, storage: true, schema }],
        },
      };
      await fine('create -f -', [], JSON.stringify(definition));
      await fine('wait --for=condition=Established crd/widgets.explained.example.com --timeout=30s');
      expect(await fine('explain widgets.spec')).toBe(
        'GROUP:      explained.example.com\nKIND:       Widget\nVERSION:    v1\n\nFIELD: spec <Object>\n\n\nDESCRIPTION:\n    What is wanted.\n    \nFIELDS:\n  colour\t<string> -required-\n  enum: blue, red\n    What it looks like.\n\n\n',
      );
      expect(await fine('explain widgets --recursive')).toMatch(
        /\n {2}spec\t<Object>\n {4}colour\t<string> -required-\n/,
      );
      await fine('delete crd widgets.explained.example.com');
    });

    test('explain knows every kind', async () => {
      for (const name of (await fine('api-resources --verbs=list -o name')).trim().split('\n')) {
        // kubectl takes `events` for the kind and the rest for fields, at a real server too.
        if (name === 'events.events.k8s.io') continue;
        const text = await fine(`explain ${name}`);
        expect(text, name).toMatch(/\nDESCRIPTION:\n {4}\w[\s\S]*\nFIELDS:\n[\s\S]*metadata\t<(?:ObjectMeta)>/);
      }
    });
  },
);
