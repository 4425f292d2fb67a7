import { strict as assert } from 'node:assert';
import type { Cluster } from '../../../src/clusters/port.js';
import type { ContractCase } from './contract.js';
import { make, remove, runningPod } from './made.js';

const BUSYBOX = { image: 'busybox:1.36', command: ['sh', '-c', 'echo one; echo two; sleep 3600'] };
const SERVER = {
  image: 'busybox:1.36',
  command: ['sh', '-c', 'mkdir /www; echo hello > /www/index.html; httpd -f -p 8080 -h /www'],
};
const NAME = 'contract';

/** Commands in containers, what they print, and who reaches whom. */
export const CONTAINER_CASES: readonly ContractCase[] = [
  {
    title: 'a command in a container has its output, its exit code, and what it is told',
    needs: ['containers'],
    async run({ cluster, namespace }) {
      await withPod(cluster, namespace, async (pod) => {
        assert.deepEqual(await cluster.exec(pod, ['sh', '-c', 'echo out; echo err >&2; exit 3']), {
          code: 3,
          stdout: 'out\n',
          stderr: 'err\n',
        });
        assert.deepEqual(await cluster.exec(pod, ['cat'], { stdin: 'some\ntext' }), {
          code: 0,
          stdout: 'some\ntext',
          stderr: '',
        });
        const words = ["it's", 'a "word"', '$HOME', '', 'ä\nb'];
        const echoed = await cluster.exec(pod, [
          'sh',
          '-c',
          'for word in "$@"; do printf "[%s]" "$word"; done',
          'sh',
          ...words,
        ]);
        assert.deepEqual(echoed, { code: 0, stdout: words.map((word) => `[${word}]`).join(''), stderr: '' });
        const long = 'x'.repeat(200_000);
        assert.equal((await cluster.exec(pod, ['wc', '-c'], { stdin: long })).stdout.trim(), `${long.length}`);
        assert.equal((await cluster.exec({ ...pod, container: 'main' }, ['true'])).code, 0);
      });
    },
  },
  {
    title: 'a command that cannot be run is a result',
    needs: ['containers'],
    async run({ cluster, namespace }) {
      await withPod(cluster, namespace, async (pod) => {
        const none = await cluster.exec(pod, ['no-such-program']);
        assert.notEqual(none.code, 0);
        assert.match(none.stderr, /executable file not found|no such file/);
        const container = await cluster.exec({ ...pod, container: 'other' }, ['true']);
        assert.deepEqual(container, { code: 1, stdout: '', stderr: `container other is not valid for pod ${NAME}\n` });
      });
      const gone = await cluster.exec({ namespace, name: 'nobody' }, ['true']);
      assert.deepEqual(gone, { code: 1, stdout: '', stderr: 'pods "nobody" not found\n' });
    },
  },
  {
    title: 'a command whose time is over is ended',
    needs: ['containers'],
    async run({ cluster, namespace }) {
      await withPod(cluster, namespace, async (pod) => {
        assert.deepEqual(await cluster.exec(pod, ['sleep', '4321'], { timeoutSeconds: 1 }), {
          code: 124,
          stdout: '',
          stderr: '',
        });
        const { stdout } = await cluster.exec(pod, ['ps']);
        assert.ok(!stdout.includes('sleep 4321'), stdout);
      });
    },
  },
  {
    title: 'and so is what it started',
    needs: ['containers', 'groups'],
    async run({ cluster, namespace }) {
      await withPod(cluster, namespace, async (pod) => {
        const late = await cluster.exec(pod, ['sh', '-c', 'echo begun; sleep 4321'], { timeoutSeconds: 1 });
        assert.deepEqual(late.code, 124);
        const { stdout } = await cluster.exec(pod, ['ps']);
        assert.ok(!stdout.includes('sleep 4321'), stdout);
        assert.match(stdout, /sleep 3600/);
      });
    },
  },
  {
    title: 'what containers print is read by the API',
    needs: ['containers'],
    async run({ cluster, namespace }) {
      await withPod(cluster, namespace, async () => {
        const path = `/api/v1/namespaces/${namespace}/pods/${NAME}/log`;
        const log = await cluster.request({ method: 'GET', path });
        assert.deepEqual([log.status, log.body], [200, 'one\ntwo\n']);
        assert.equal((await cluster.request({ method: 'GET', path: `${path}?tailLines=1` })).body, 'two\n');
        assert.equal((await cluster.request({ method: 'GET', path: `${path}?container=other` })).status, 400);
      });
    },
  },
  {
    title: 'a pod reaches another one, and no one that is not there',
    needs: ['containers'],
    async run({ cluster, namespace }) {
      await withPod(cluster, namespace, async (pod) => {
        const address = await runningPod(cluster, namespace, 'server', SERVER, { app: 'server' });
        const path = await make(cluster, namespace, 'services', {
          metadata: { name: 'server' },
          spec: { selector: { app: 'server' }, ports: [{ port: 80, targetPort: 8080 }] },
        });
        await reaches(cluster, pod, `http://${address}:8080/`);
        await reaches(cluster, pod, 'http://server/');
        const refused = await cluster.exec(pod, ['wget', '-T', '2', '-qO-', `http://${address}:8081/`]);
        assert.notEqual(refused.code, 0);
        await remove(cluster, path);
        await remove(cluster, `/api/v1/namespaces/${namespace}/pods/server`);
      });
    },
  },
];

async function withPod(
  cluster: Cluster,
  namespace: string,
  work: (pod: { namespace: string; name: string }) => Promise<void>,
): Promise<void> {
  await runningPod(cluster, namespace, NAME, BUSYBOX);
  try {
    await work({ namespace, name: NAME });
  } finally {
    await remove(cluster, `/api/v1/namespaces/${namespace}/pods/${NAME}`);
  }
}

/** Routes take a moment. */
async function reaches(cluster: Cluster, pod: { namespace: string; name: string }, url: string): Promise<void> {
  let last = '';
  for (let tried = 0; tried < 20; tried += 1) {
    const { stdout, stderr } = await cluster.exec(pod, ['wget', '-T', '2', '-qO-', url]);
    if (stdout === 'hello\n') return;
    last = stderr;
    await cluster.wait(0.5);
  }
  assert.fail(`${url} is not reached: ${last}`);
}
