import { existsSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { contextSource } from '../../../src/clusters/context/context-source.js';
import type { ApiSide } from '../../../src/clusters/real/api-side.js';
import { namedObjects } from '../../../src/clusters/real/named-objects.js';
import type { RealCluster } from '../../../src/clusters/real/real-cluster.js';
import type { Surroundings } from '../../../src/clusters/real/surroundings.js';
import { realClients } from '../../clients/real-kubectl.js';
import type { ServedWorld } from '../../clients/serve/served-world.js';
import { CONTRACT } from '../contract/cases.js';
import { missing } from '../contract/contract.js';
import { LAB } from './small-lab.js';
import { runShop, somebodysOwn, WANTED, worldOf } from './stage.js';
import { contextIn } from './surroundings-of.js';

const clients = realClients();

describe.skipIf(clients.kubectl === undefined)(
  `somebody's own cluster (${clients.reason ?? 'served'})`,
  { timeout: 90_000 },
  () => {
    const { asked, steps, how, source, open, status, ...stage } = somebodysOwn(clients.kubectl as string);
    let world: ServedWorld;
    let surroundings: Surroundings;
    let side: ApiSide;
    beforeAll(() => {
      ({ world, surroundings, side } = stage.served());
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
      await runShop(side);
      await expect(source().open(WANTED, how([false]))).rejects.toThrow(
        'Context mine is left as it is: it was not agreed to',
      );
      expect(asked).toEqual([
        expect.stringMatching(
          /^The cluster of context mine \(https:\/\/127\.0\.0\.1:\d+\) runs what is not kubedrill's: 1 deployment in default\. Nothing of that is touched: what is made is in namespaces of its own, which are deleted in the end\. Go on\?$/,
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
      await cluster.setUp(worldOf(LAB), how([], { named: namedObjects({ probe: { namespace: 'default' } }) }));
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
      await cluster.setUp(worldOf(LAB), how([true], { named }));
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
        await expect(cluster.setUp(worldOf(text), how()), where).rejects.toThrow(words);
      await cluster.restore(how());
      // Of what was never made nobody is told that it is deleted.
      expect(steps).toEqual([]);
      await cluster.close();
    });

    test('holds nothing of a set-up that failed, or was interrupted', async () => {
      const broken = `${LAB}---\napiVersion: v1\nkind: Pod\nmetadata: {name: bad, namespace: harbour}\nspec: {containers: []}\n`;
      const cluster = await open();
      await expect(cluster.setUp(worldOf(broken), how())).rejects.toThrow(/^manifests: Pod harbour\/bad: /);
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

    test('has an empty namespace used, and emptied again, only when the person agrees', async () => {
      await side.request({ method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name: 'empty' } } });
      const inEmpty = worldOf('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: lent, namespace: empty}');
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
        await cluster.setUp(worldOf('apiVersion: v1\nkind: Namespace\nmetadata: {name: contract}'), how());
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
