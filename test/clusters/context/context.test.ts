import { existsSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { contextSource } from '../../../src/clusters/context/context-source.js';
import { thisProcess } from '../../../src/clusters/holder.js';
import { type ApiSide, openApiSide } from '../../../src/clusters/real/api-side.js';
import { namedObjects } from '../../../src/clusters/real/named-objects.js';
import type { OpenHow, RealCluster } from '../../../src/clusters/real/real-cluster.js';
import { runProgram } from '../../../src/clusters/real/run-program.js';
import type { Surroundings } from '../../../src/clusters/real/surroundings.js';
import { realClients } from '../../clients/real-kubectl.js';
import { type ServedWorld, serveWorld } from '../../clients/serve/served-world.js';
import { CONTRACT } from '../contract/cases.js';
import { missing } from '../contract/contract.js';
import { LAB } from './small-lab.js';
import { contextIn, surroundingsOf } from './surroundings-of.js';

const clients = realClients();
const WANTED = { base: 'three-node' };

describe.skipIf(clients.kubectl === undefined)(
  `somebody's own cluster (${clients.reason ?? 'served'})`,
  { timeout: 90_000 },
  () => {
    let world: ServedWorld;
    let surroundings: Surroundings;
    let side: ApiSide;
    const asked: string[] = [];
    const steps: string[] = [];
    const how = (answers: readonly boolean[] = [], more: Partial<OpenHow> = {}): OpenHow => {
      const left = [...answers];
      return {
        onStep: ({ says, number, of }) => void steps.push(`${number}/${of} ${says}`),
        async confirm(question) {
          asked.push(question);
          return left.shift() ?? false;
        },
        ...more,
      };
    };
    const source = (name = 'mine') => contextSource(name, surroundings);
    const status = async (path: string) => (await side.request({ method: 'GET', path })).status;
    const open = (more: Partial<OpenHow> = {}): Promise<RealCluster> => source().open(WANTED, how([true], more));
    const world1 = (text: string) => ({ base: 'three-node', steps: [{ manifests: text }] });

    beforeAll(async () => {
      world = await serveWorld('single-node', {}, 5);
      surroundings = surroundingsOf(world, clients.kubectl as string);
      const { environment } = surroundings;
      side = await openApiSide({ kubectl: clients.kubectl as string, kubeconfig: world.kubeconfig, environment });
    });
    afterAll(async () => {
      await side?.close();
      await world?.stop();
    });

    test('is looked at without a trace', async () => {
      expect([...(await source().capabilities(WANTED))].sort()).toEqual([
        'containers',
        'expendable',
        'policy-enforcement',
        'scripts',
      ]);
      const folder = join(surroundings.home, 'clusters');
      expect(existsSync(folder) && statSync(folder).nlink).toBe(2);
    });

    test('that is no context is told with those there are', async () => {
      const words = `There is no context other; there are: ${contextIn(world)?.name}, mine`;
      await expect(source('other').open(WANTED, how())).rejects.toThrow(words);
    });

    test.each([
      ['/nonexist', 'KUBECONFIG names /nonexist, which does not exist'],
      ['BROKEN', 'The kubeconfig cannot be read: '],
    ])('of kubeconfigs that are %s is not there', async (named, words) => {
      const broken = join(world.folder, 'broken');
      writeFileSync(broken, 'not: [yaml');
      const environment = { ...surroundings.environment, KUBECONFIG: named.replace('BROKEN', broken) };
      await expect(contextSource('mine', { ...surroundings, environment }).open(WANTED, how())).rejects.toThrow(words);
    });

    test('is not touched when what runs there is somebody else’s and nobody agrees', async () => {
      asked.length = 0;
      const path = '/apis/apps/v1/namespaces/default/deployments';
      const labels = { app: 'shop' };
      const template = { metadata: { labels }, spec: { containers: [{ name: 'shop', image: 'nginx' }] } };
      await side.request({
        method: 'POST',
        path,
        body: { metadata: { name: 'shop' }, spec: { selector: { matchLabels: labels }, template } },
      });
      await expect(source().open(WANTED, how([false]))).rejects.toThrow(
        'Context mine is left as it is: it was not agreed to',
      );
      expect(asked).toEqual([
        expect.stringMatching(
          /^The cluster of context mine \(https:\/\/127\.0\.0\.1:\d+\) runs what is not kubedrill's: 1 deployment in default\. The lab works only in namespaces of its own, which are deleted in the end\. Go on\?$/,
        ),
      ]);
    });

    test('holds a lab in its own namespaces, and nothing of it afterwards', async () => {
      steps.length = 0;
      const cluster = await open({
        attempt: 'a1',
        named: [
          { kind: 'Namespace', name: 'quay' },
          { kind: 'ClusterRoleBinding', name: 'sailors' },
        ],
      });
      const probes = '/api/v1/namespaces/kubedrill-probes-a1';
      await cluster.setUp(world1(LAB), how([], { named: namedObjects({ probe: { namespace: 'default' } }) }));
      expect(await status(probes)).toBe(200);
      expect(cluster.elsewhere).toBe('kubedrill-probes-a1');
      await cluster.restore(how());
      expect(await status(probes)).toBe(404);
      await cluster.close();
      expect(steps).toEqual([
        '1/4 reading the kubeconfig',
        '2/4 reaching the cluster',
        '3/4 looking at what it can do',
        '4/4 looking for what other attempts left',
        '1/1 making objects',
        '1/1 deleting what the attempt made',
      ]);
      expect(await status('/api/v1/namespaces/harbour')).toBe(404);
      expect(await status('/apis/rbac.authorization.k8s.io/v1/clusterroles/sailor')).toBe(404);
      expect(existsSync(join(surroundings.home, 'clusters', 'a1'))).toBe(false);
    });

    test('keeps what is not the lab’s from what the lab says', async () => {
      const named = [
        { kind: 'Namespace', name: 'quay' },
        { kind: 'ClusterRoleBinding', name: 'sailors' },
      ];
      const cluster = await open();
      asked.length = 0;
      await cluster.setUp(world1(LAB), how([true], { named }));
      expect(asked).toEqual([
        'The lab may give itself rights, or a say, in the whole cluster (clusterrolebindings sailors). Let it?',
      ]);
      const run = async (line: string): Promise<string> => {
        const { stdout, stderr } = await cluster.run('workstation', 'candidate', ['bash', '-c', line]);
        return `${stdout}${stderr}`.trim();
      };
      expect(
        await run(
          'kubectl -n harbour set data cm/settings 2>/dev/null; kubectl -n harbour get cm settings -o jsonpath={.data.colour}',
        ),
      ).toBe('blue');
      expect(
        await run('kubectl create ns quay; kubectl create clusterrolebinding sailors --clusterrole sailor --user eve'),
      ).toBe('namespace/quay created\nclusterrolebinding.rbac.authorization.k8s.io/sailors created');
      expect(await run('kubectl get deployments -o name')).toBe('deployment.apps/shop');
      expect(await run('kubectl delete deployment shop')).toBe(
        "Error from server (Forbidden): nothing is changed in namespace default: it is not the lab's",
      );
      expect(await run('kubectl -n kube-system get secrets')).toBe(
        "Error from server (Forbidden): Secrets in kube-system are not the lab's",
      );
      expect(await run('kubectl cordon controlplane')).toContain("nodes controlplane is not the lab's");
      expect(await run('kubectl create clusterrole other --verb get --resource pods')).toContain(
        "clusterroles other is not the lab's",
      );
      const pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'root', namespace: 'harbour' },
        spec: { containers: [{ name: 'c', image: 'nginx', securityContext: { privileged: true } }] },
      };
      expect(await run(`echo '${JSON.stringify(pod)}' | kubectl apply -f -`)).toContain(
        "what gets at the nodes' own was not agreed to",
      );
      expect(await cluster.restore(how())).toEqual([]);
      await cluster.close();
      expect(await status('/api/v1/namespaces/quay')).toBe(404);
      expect(await status('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/sailors')).toBe(404);
      expect(await status('/apis/apps/v1/namespaces/default/deployments/shop')).toBe(200);
    });

    test('makes nothing where it should not, nor what gets at nodes', async () => {
      const refused = [
        [
          'in a namespace where others are',
          'apiVersion: v1\nkind: Secret\nmetadata: {name: mine}',
          /^Namespace default holds what is not the lab's: Deployment shop\. The lab works in it\./,
        ],
        [
          'in a namespace of the cluster',
          'apiVersion: v1\nkind: Secret\nmetadata: {name: mine, namespace: kube-system}',
          /^Secret mine is to be made in kube-system, which is the cluster's own$/,
        ],
        [
          'in the place of what is there',
          'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: view}',
          /^ClusterRole view is there already, and it is not the lab's/,
        ],
        [
          'that gets at nodes',
          'apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: disk}\nspec: {hostPath: {path: /}}',
          /^The cluster is left as it is: what the lab does there was not agreed to$/,
        ],
      ] as const;
      const cluster = await open();
      steps.length = 0;
      for (const [where, text, words] of refused)
        await expect(cluster.setUp(world1(text), how()), where).rejects.toThrow(words);
      await cluster.restore(how());
      // Of what was never made nobody is told that it is deleted.
      expect(steps).toEqual([]);
      await cluster.close();
    });

    test('holds nothing of a set-up that failed, or was interrupted', async () => {
      const broken = `${LAB}---\napiVersion: v1\nkind: Pod\nmetadata: {name: bad, namespace: harbour}\nspec: {containers: []}\n`;
      const cluster = await open();
      await expect(cluster.setUp(world1(broken), how())).rejects.toThrow(/^manifests: Pod harbour\/bad: /);
      expect(await status('/api/v1/namespaces/harbour')).toBe(404);
      const stop = new AbortController();
      const interrupted = cluster.setUp(
        {
          base: 'three-node',
          steps: [{ manifests: LAB }, { settle: true }, { run: { host: 'controlplane', script: 'true' } }],
        },
        how([], { signal: stop.signal, onStep: ({ says }) => says.startsWith('waiting') && stop.abort() }),
      );
      await expect(interrupted).rejects.toThrow('it was interrupted');
      expect(await status('/api/v1/namespaces/harbour')).toBe(404);
      await cluster.close();
      const inScript = new AbortController();
      const another = await open();
      const script = 'kubectl -n harbour create cm begun; kubectl -n harbour wait cm/begun --for=delete --timeout=500s';
      const scripted = another.setUp(
        { base: 'three-node', steps: [{ manifests: LAB }, { run: { host: 'controlplane', script } }] },
        how([], { signal: inScript.signal }),
      );
      void vi
        .waitUntil(async () => (await status('/api/v1/namespaces/harbour/configmaps/begun')) === 200, {
          timeout: 60_000,
        })
        .then(() => inScript.abort());
      await expect(scripted).rejects.toThrow('it was interrupted');
      expect(await status('/api/v1/namespaces/harbour')).toBe(404);
      await another.close();
    });

    test('is taken up again, and cleaned of what was left there', async () => {
      const cluster = await open({ attempt: 'left' });
      await cluster.setUp(world1(LAB), how());
      const { KUBECONFIG = '' } = cluster.shell.environment;
      await runProgram(clients.kubectl as string, [
        ...['config', `--kubeconfig=${KUBECONFIG}`, 'set-context', '--current', '--namespace=harbour'],
      ]);
      writeFileSync(join(cluster.place.answers, 'cause'), 'oom\n');
      await cluster.close();
      const record = join(surroundings.home, 'clusters', 'left', 'made.json');
      const kept = readFileSync(record, 'utf8');
      writeFileSync(record, JSON.stringify({ ...JSON.parse(kept), cluster: 'of one that had the address before' }));
      expect(await source().takeUp?.('left', how())).toBeUndefined();
      writeFileSync(record, kept);
      const again = (await source().takeUp?.('left', how())) as RealCluster;
      expect(
        Buffer.from((await again.file('workstation', join(again.place.answers, 'cause')))?.content ?? []).toString(),
      ).toBe('oom\n');
      expect(
        (await again.run('workstation', 'candidate', ['kubectl', '-n', 'harbour', 'get', 'cm', '-o', 'name'])).stdout,
      ).toContain('configmap/settings');
      expect(readFileSync(KUBECONFIG, 'utf8')).toContain('"namespace":"harbour"');
      await again.close();
      const other = await source().open(WANTED, how([false, true]));
      await expect(other.setUp(world1(LAB), how())).rejects.toThrow(/harbour/);
      await expect(source().takeUp?.('left', how())).rejects.toThrow('Another kubedrill (process');
      await other.close();
      expect(await source().takeUp?.('nobody', how())).toBeUndefined();
      asked.length = 0;
      const next = await source().open(WANTED, how([true, true]));
      expect(asked[0]).toMatch(
        /^An attempt \(\S+ \S+ UTC\) that you can go on with was left on mine: namespace harbour; ClusterRole sailor\. Delete/,
      );
      expect(await status('/api/v1/namespaces/harbour')).toBe(404);
      await next.close();
    });

    test('is not cleaned of what another kubedrill works on', async () => {
      const cluster = await open({ attempt: 'running' });
      await cluster.setUp(world1(LAB), how());
      await expect(open({ attempt: 'next' })).rejects.toThrow(
        /^Another kubedrill \(process \d+\) works on context mine since \S+ \S+ UTC\. End that first, or use another cluster\.$/,
      );
      expect(await status('/api/v1/namespaces/harbour')).toBe(200);
      expect(existsSync(join(surroundings.home, 'clusters', 'next'))).toBe(false);
      await cluster.restore(how());
      await cluster.close();
      // Nor is it begun on when the other one began while the person was asked.
      const quicker: RealCluster[] = [];
      const confirm = async (): Promise<boolean> => quicker.push(await open()) > 0;
      await expect(open({ attempt: 'slower', confirm })).rejects.toThrow('Another kubedrill (process');
      expect(existsSync(join(surroundings.home, 'clusters', 'slower'))).toBe(false);
      await quicker[0]?.restore(how());
      await quicker[0]?.close();
    });

    test.each([
      [true, /^An attempt .* that you can go on with was left on mine: .* Delete that, with your work/, 'own-work'],
      [false, /^An earlier attempt .* left on mine: .* Delete that now\?$/, 'stray'],
    ])('asks about what a crash left as about work where one can go on with it: %s', async (lasting, words, about) => {
      const cluster = await open({ attempt: 'killed' });
      await cluster.setUp(world1(LAB), how([], { lasting }));
      await cluster.close();
      const path = join(surroundings.home, 'clusters', 'killed', 'made.json');
      const nobody = { ...thisProcess(), pid: 2 ** 30 };
      writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), holder: nobody }));
      const abouts: unknown[] = [];
      asked.length = 0;
      const confirm = async (question: string, of?: string) => {
        asked.push(question);
        abouts.push(of);
        return true;
      };
      await (await source().open(WANTED, { ...how(), confirm })).close();
      expect([asked[0], abouts[0]]).toEqual([expect.stringMatching(words), about]);
      expect(await status('/api/v1/namespaces/harbour')).toBe(404);
    });

    test('has an empty namespace used, and emptied again, only when the person agrees', async () => {
      await side.request({ method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name: 'empty' } } });
      const inEmpty = world1('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: lent, namespace: empty}');
      const cluster = await open({ attempt: 'lent' });
      asked.length = 0;
      await expect(cluster.setUp(inEmpty, how([false]))).rejects.toThrow('was not agreed to');
      expect(asked).toEqual([
        'The lab uses namespace empty, which is empty now, and deletes all that is in it in the end. Let it?',
      ]);
      await cluster.setUp(inEmpty, how([true]));
      await cluster.close();
      asked.length = 0;
      const refused = source().open(WANTED, how([false, false]));
      await expect(refused).rejects.toThrow('Context mine is left as it is');
      expect(asked[0]).toContain(
        'left on mine: in namespace empty ConfigMap empty/lent. Delete that, with your work and your answers?',
      );
      const again = (await source().takeUp?.('lent', how())) as RealCluster;
      expect(await again.restore(how())).toEqual([]);
      await again.close();
      expect(await status('/api/v1/namespaces/empty/configmaps/lent')).toBe(404);
      expect(await status('/api/v1/namespaces/empty')).toBe(200);
    });

    test('reads answers from their folder alone', async () => {
      const cluster = await open();
      const { answers } = cluster.place;
      writeFileSync(join(world.folder, 'private'), 'secret');
      symlinkSync(join(world.folder, 'private'), join(answers, 'link'));
      expect(await cluster.file('workstation', join(answers, 'link'))).toBeUndefined();
      const written = await cluster.run('workstation', 'candidate', [
        'bash',
        '-c',
        `echo x > ${answers}/link; cat ${answers}/link`,
      ]);
      expect(written.stdout).toBe('x\n');
      expect(readFileSync(join(world.folder, 'private'), 'utf8')).toBe('secret');
      await cluster.restore(how());
      await cluster.close();
    });

    test('gives the person’s own shell its kubeconfig', async () => {
      const cluster = await open();
      const { command, args, environment, folder } = cluster.shell;
      expect([command, args[0], args[2], folder]).toEqual([
        '/bin/bash',
        '--rcfile',
        '-i',
        dirname(cluster.place.answers),
      ]);
      const kubeconfig = environment['KUBECONFIG'] as string;
      expect(statSync(kubeconfig).mode & 0o777).toBe(0o600);
      expect(readFileSync(args[1] as string, 'utf8')).toContain(`export KUBECONFIG='${kubeconfig}'\nalias k=kubectl\n`);
      await cluster.restore(how());
      await cluster.close();
    });

    describe('keeps the contract:', () => {
      let cluster: RealCluster;
      beforeAll(async () => {
        cluster = await open();
        await cluster.setUp(world1('apiVersion: v1\nkind: Namespace\nmetadata: {name: contract}'), how());
      });
      test.each(CONTRACT.map((one) => [one.title, one] as const))('%s', async (_title, one) => {
        const host = { name: 'workstation', user: 'candidate', answers: cluster.place.answers };
        const contracted = { cluster, namespace: 'contract', host };
        expect(missing(one, contracted)).toBeUndefined();
        await one.run(contracted);
      });
      afterAll(() => rmSync(surroundings.home, { recursive: true, force: true }));
    });
  },
);
