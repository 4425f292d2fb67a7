import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FarListener, FarRequest, FarServer } from '../../../src/clusters/workstation/far-server.js';
import { openWorkstation } from '../../../src/clusters/workstation/open-workstation.js';
import type { Workstation } from '../../../src/clusters/workstation/workstation.js';

const USER = 'candidate';

/** Answers what is asked for as it is told to. */
let answer: (request: FarRequest, hears: FarListener) => void = () => {};
const gone: string[] = [];
const far: FarServer = {
  exchange: (request, hears) => {
    answer(request, hears);
    return { frame: () => {}, disconnect: () => void gone.push(request.path) };
  },
};
/** As much of an API as a pod needs to be entered. */
const WEB: Readonly<Record<string, string>> = {
  '/api':
    '{"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","items":[{"metadata":{},"versions":[{"version":"v1","resources":[{"resource":"pods","responseKind":{"group":"","version":"","kind":"Pod"},"scope":"Namespaced","singularResource":"pod","verbs":["get"]}]}]}]}',
  '/apis': '{"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","items":[]}',
  '/api/v1/namespaces/default/pods/web':
    '{"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"default"},"spec":{"containers":[{"name":"web"}]},"status":{"phase":"Running"}}',
};
let workstation: Workstation;

beforeAll(async () => {
  workstation = await openWorkstation({ name: 'cka4711', far, thread: 'same' });
});
afterAll(() => workstation?.close());

const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString();

test("its clock is the computer's", async () => {
  const { stdout } = await workstation.run(USER, ['date', '+%s']);
  expect(Math.abs(Number(stdout) - Date.now() / 1000)).toBeLessThan(5);
});

test('what a command is given, and how it ends', async () => {
  expect(await workstation.run(USER, ['sh', '-c', 'cat; echo no >&2; exit 4'], { stdin: 'given' })).toEqual({
    code: 4,
    stdout: 'given',
    stderr: 'no\n',
  });
});

test('a command that takes too long is cut off, and its requests with it', async () => {
  answer = () => {};
  const result = await workstation.run(USER, ['kubectl', 'get', '--raw', '/never'], { timeoutSeconds: 0.3 });
  expect(result.code).toBe(124);
  await expect.poll(() => gone).toContain('/never');
});

test('a command that nobody wants any more is ended, and its requests with it', async () => {
  gone.length = 0;
  const stop = new AbortController();
  answer = () => stop.abort();
  const running = workstation.run(USER, ['kubectl', 'get', '--raw', '/never'], {
    timeoutSeconds: 600,
    signal: stop.signal,
  });
  await expect(running).rejects.toThrow('it was interrupted');
  await expect.poll(() => gone).toContain('/never');
  await expect(workstation.run(USER, ['true'], { signal: stop.signal })).rejects.toThrow('it was interrupted');
});

test('files are put and found with their folders, owners and modes', async () => {
  await workstation.putFile("/opt/course/3/it's.txt", Buffer.from('one\n'), {
    owner: 'candidate:candidate',
    mode: 0o640,
  });
  const facts = await workstation.file("/opt/course/3/it's.txt");
  expect([text(facts?.content), facts?.owner, facts?.mode]).toEqual(['one\n', 'candidate', 0o640]);
  expect(await workstation.directory('/opt/course/3')).toEqual(["it's.txt"]);
});

test('a folder is there and back as it was, and holds nothing else', async () => {
  const files = new Map([
    ['a.txt', Buffer.from('a')],
    ['deep/er/b.bin', Buffer.from([0, 255, 10, 13])],
    ['empty', Buffer.alloc(0)],
  ]);
  await workstation.putFolder('/opt/answers', new Map([['old', Buffer.from('x')]]));
  await workstation.putFolder('/opt/answers', files, { owner: USER });
  await workstation.run(USER, ['sh', '-c', 'echo more > /opt/answers/deep/er/c']);
  const back = await workstation.folder('/opt/answers');
  expect(Object.fromEntries([...(back ?? [])].map(([name, bytes]) => [name, text(bytes)]))).toEqual({
    'a.txt': 'a',
    'deep/er/b.bin': text(files.get('deep/er/b.bin')),
    'deep/er/c': 'more\n',
    empty: '',
  });
  expect(await workstation.folder('/opt/nothing')).toBeUndefined();
});

test('texts are typed when whoever reads asks for them', async () => {
  let shown = '';
  await workstation.play({
    host: 'cka4711',
    user: USER,
    texts: [
      'read -p "name? " n\r',
      'jane\r',
      'sleep 0.2; echo hello $n\n',
      'cat > /tmp/typed <<E\n',
      'line\n',
      'E\n',
      'vi /tmp/typed\r',
      'Atyped\x1b',
      ':wq\r',
    ],
    onOutput: (bytes) => {
      shown += text(bytes);
    },
  });
  expect(shown).toMatch(/name\? jane[\s\S]*hello jane\r\n/);
  expect(text((await workstation.file('/tmp/typed'))?.content)).toBe('linetyped\n');
});

test('a line is not read by a command in a container that ends by itself', async () => {
  const entered: string[] = [];
  answer = ({ upgrade, path }, hears) => {
    const asked = path.split('?')[0] ?? '';
    if (!upgrade)
      return hears.response(
        { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(WEB[asked] ?? '{}') },
        false,
      );
    entered.push(asked);
    hears.response({ status: 101, headers: {} }, true);
    setTimeout(() => {
      hears.chunk(3, Buffer.from('{"metadata":{},"status":"Success"}'), true);
      hears.end();
    }, 200);
  };
  await workstation.play({
    host: 'cka4711',
    user: USER,
    texts: ['kubectl exec -i web -- sleep 1\n', 'echo mine > /tmp/mine\n'],
  });
  expect(entered).toEqual(['/api/v1/namespaces/default/pods/web/exec']);
  expect(text((await workstation.file('/tmp/mine'))?.content)).toBe('mine\n');
});

test('texts that nobody wants any more are not typed, and what they started is hung up', async () => {
  const stop = new AbortController();
  await workstation.play({
    host: 'cka4711',
    user: USER,
    texts: ['echo begun; sleep 1000\n', 'touch /tmp/typed-later\n'],
    signal: stop.signal,
    onOutput: (bytes) => text(bytes).includes('begun') && stop.abort(),
  });
  expect((await workstation.run(USER, ['sh', '-c', 'ps -ef | grep [s]leep; ls /tmp/typed-later'])).stdout).toBe('');
});

test("a terminal of one's own", async () => {
  const terminal = await workstation.openTerminal({ host: 'cka4711', user: USER, columns: 80, rows: 24 });
  let shown = '';
  const status = new Promise<number>((resolve) => terminal.onClose(resolve));
  terminal.onOutput((bytes) => {
    shown += text(bytes);
  });
  terminal.write(Buffer.from('stty size; k version --client | head -1; exit 3\r'));
  expect(await status).toBe(3);
  expect(shown).toMatch(/candidate@cka4711[\s\S]*24 80\r\n[\s\S]*Client Version: v1/);
});

test('a far server that is not there is told in its own words', async () => {
  answer = (_, hears) => hears.end('dial tcp 10.1.2.3:6443: connect: connection refused');
  const { stderr } = await workstation.run(USER, ['kubectl', 'get', 'pods']);
  expect(stderr).toContain('dial tcp 10.1.2.3:6443: connect: connection refused');
});

test('whoever waits hears when it is closed', async () => {
  const other = await openWorkstation({ name: 'other', far, thread: 'same' });
  const running = other.run(USER, ['sleep', '1000']);
  await other.close();
  await expect(running).rejects.toThrow('the simulated workstation was closed');
  await expect(other.run(USER, ['true'])).rejects.toThrow('the simulated workstation was closed');
});
