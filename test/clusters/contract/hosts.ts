import { strict as assert } from 'node:assert';
import { ClusterError } from '../../../src/clusters/port.js';
import type { ContractCase, Contracted } from './contract.js';

type Host = NonNullable<Contracted['host']>;

/** Scripts, files of hosts, and answers. */
export const HOST_CASES: readonly ContractCase[] = [
  {
    title: 'a script on a host has its output, its exit code, and what it is told',
    needs: ['host'],
    async run({ cluster, host }) {
      const { name, user } = host as Host;
      const hosts = await cluster.hosts();
      assert.ok(
        hosts.some((one) => one.name === name),
        JSON.stringify(hosts),
      );
      assert.deepEqual(await cluster.run(name, user, ['bash', '-c', 'echo out; echo err >&2; exit 3']), {
        code: 3,
        stdout: 'out\n',
        stderr: 'err\n',
      });
      assert.deepEqual(await cluster.run(name, user, ['cat'], { stdin: 'told\n' }), {
        code: 0,
        stdout: 'told\n',
        stderr: '',
      });
      assert.equal((await cluster.run(name, user, ['whoami'])).stdout, `${user}\n`);
      assert.equal((await cluster.run(name, 'root', ['whoami'])).stdout, 'root\n');
      assert.equal((await cluster.run(name, user, ['sleep', '1000'], { timeoutSeconds: 1 })).code, 124);
    },
  },
  {
    title: 'kubectl on a host speaks to this very cluster',
    needs: ['host'],
    async run({ cluster, host, namespace }) {
      const { name, user } = host as Host;
      const made = await cluster.run(name, user, [
        'kubectl',
        '-n',
        namespace,
        'create',
        'configmap',
        'by-kubectl',
        '--from-literal=a=b',
      ]);
      assert.deepEqual(made, { code: 0, stdout: 'configmap/by-kubectl created\n', stderr: '' });
      const path = `/api/v1/namespaces/${namespace}/configmaps/by-kubectl`;
      assert.deepEqual((await cluster.request({ method: 'GET', path })).status, 200);
      assert.equal((await cluster.run(name, user, ['kubectl', '-n', namespace, 'delete', 'cm', 'by-kubectl'])).code, 0);
    },
  },
  {
    title: 'an answer that is left is read, and by scripts too',
    needs: ['host'],
    async run({ cluster, host }) {
      const { name, user, answers } = host as Host;
      assert.equal(await cluster.file(name, `${answers}/cause`), undefined);
      const left = await cluster.run(name, user, [
        'bash',
        '-c',
        `mkdir -p ${answers}/more && echo oom > ${answers}/cause && echo x > ${answers}/more/one`,
      ]);
      assert.deepEqual(left, { code: 0, stdout: '', stderr: '' });
      const file = await cluster.file(name, `${answers}/cause`);
      assert.deepEqual([file?.type, Buffer.from(file?.content ?? []).toString()], ['file', 'oom\n']);
      assert.deepEqual(await cluster.directory(name, answers), ['cause', 'more']);
      assert.equal(await cluster.directory(name, `${answers}/cause`), undefined);
      assert.equal((await cluster.run(name, user, ['cat', `${answers}/more/one`])).stdout, 'x\n');
      assert.equal(await cluster.file(name, `${answers}/../cause`), undefined);
    },
  },
  {
    title: 'a file of the host is read, as root sees it',
    needs: ['host'],
    async run({ cluster, host }) {
      const { name } = host as Host;
      await cluster.run(name, 'root', ['bash', '-c', 'echo secret > /root/contract; chmod 0600 /root/contract']);
      const file = await cluster.file(name, '/root/contract');
      assert.deepEqual(
        [file?.type, file?.mode, file?.owner, Buffer.from(file?.content ?? []).toString()],
        ['file', 0o600, 'root', 'secret\n'],
      );
      assert.equal(await cluster.file(name, '/root/nothing'), undefined);
      assert.equal((await cluster.file(name, '/root'))?.type, 'directory');
    },
  },
];

/** What is asked of a cluster that was closed. */
export const LAST_CASE: ContractCase = {
  title: 'a closed cluster says so',
  async run({ cluster }) {
    await cluster.close();
    await assert.rejects(() => cluster.request({ method: 'GET', path: '/version' }), ClusterError);
    await assert.rejects(() => cluster.exec({ namespace: 'default', name: 'web' }, ['true']), ClusterError);
  },
};
