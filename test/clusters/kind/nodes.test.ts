import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { kindConfig, MAPPED_PORTS } from '../../../src/clusters/kind/config.js';
import { BASELINE_SCRIPTS } from '../../../src/clusters/kind/node-baseline.js';
import { PROMPT_MARK } from '../../../src/clusters/kind/node-setup.js';
import { openNodeTerminal, playOnNode } from '../../../src/clusters/kind/node-terminal.js';
import { Nodes } from '../../../src/clusters/kind/nodes.js';
import { ownPrograms } from '../../../src/clusters/kind/programs.js';
import { hostsOf, shapeOf } from '../../../src/clusters/kind/shape.js';
import { sshShim } from '../../../src/clusters/kind/ssh-shim.js';

/** `docker exec` that runs on this computer. */
const ENGINE = (folder: string) =>
  `#!/bin/bash\nuntil test "$1" = env || test "$1" = timeout; do shift; done\nHOME=${folder} exec "$@"\n`;
const HOSTS = hostsOf('kd1', { workers: 2 });
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubedrill-node-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('kind is told of nodes by name, of loopback ports and of the answers’ folder', () => {
  const shape = shapeOf({ base: 'three-node', cni: 'none', dualStack: true }, 'node:v1.36.4');
  const config = JSON.parse(kindConfig({ cluster: 'kubedrill-kd1', hosts: HOSTS, shape, answers: '/a' }));
  expect(config.networking).toEqual({ apiServerAddress: '127.0.0.1', ipFamily: 'dual', disableDefaultCNI: true });
  const patches = config.nodes.map((node: { kubeadmConfigPatches: string[] }) =>
    JSON.parse(node.kubeadmConfigPatches[0] ?? ''),
  );
  expect(patches).toEqual([
    { kind: 'InitConfiguration', nodeRegistration: { name: 'kd1' } },
    { kind: 'JoinConfiguration', nodeRegistration: { name: 'kd1-node1' } },
    { kind: 'JoinConfiguration', nodeRegistration: { name: 'kd1-node2' } },
  ]);
  expect(config.nodes[0].extraPortMappings).toHaveLength(MAPPED_PORTS.length);
  expect(config.nodes[1].extraPortMappings).toBeUndefined();
  expect(() => shapeOf({ base: 'empty' }, 'x')).toThrow('The world empty cannot be a kind cluster');
});

describe.skipIf(process.platform !== 'linux')('a node is what it was', () => {
  const play = (script: string) =>
    spawnSync('/bin/bash', ['-s', '--', '/home/me/answers'], {
      input: script,
      env: { PATH: `${folder}/path:/usr/bin:/bin`, ROOT: `${folder}/root` },
      encoding: 'utf8',
    });
  const at = (path: string) => join(folder, 'root', path);

  test('changed files are put back, new ones go, answers stay', () => {
    mkdirSync(join(folder, 'path'));
    writeFileSync(join(folder, 'path', 'systemctl'), '#!/bin/sh\n', { mode: 0o755 });
    for (const path of ['etc/kubernetes', 'home/me/answers', 'srv', 'opt', 'usr/bin', 'var/lib/kubelet'])
      mkdirSync(at(path), { recursive: true });
    writeFileSync(at('etc/kubernetes/a b.yaml'), 'one');
    writeFileSync(at('var/lib/kubelet/config.yaml'), 'two', { mode: 0o600 });
    writeFileSync(at('usr/bin/kubelet'), 'program');
    expect(play(BASELINE_SCRIPTS.remember)).toMatchObject({ status: 0 });
    expect(play(BASELINE_SCRIPTS.putBack)).toMatchObject({ status: 0, stdout: '' });
    rmSync(at('etc/kubernetes/a b.yaml'));
    writeFileSync(at('var/lib/kubelet/config.yaml'), 'three');
    mkdirSync(at('var/lib/etcd-restored'));
    mkdirSync(at('srv/app/deep'), { recursive: true });
    writeFileSync(at('home/me/answers/keys'), '41');
    expect(play(BASELINE_SCRIPTS.putBack).stdout.split('\n')).toEqual([
      'removed /srv/app',
      'removed /var/lib/etcd-restored',
      'put back /etc/kubernetes/a b.yaml',
      'put back /var/lib/kubelet/config.yaml',
      '',
    ]);
    expect(readFileSync(at('var/lib/kubelet/config.yaml'), 'utf8')).toBe('two');
    expect(existsSync(at('home/me/answers/keys'))).toBe(true);
    rmSync(at('usr/bin/kubelet'));
    expect(play(BASELINE_SCRIPTS.putBack)).toMatchObject({
      status: 45,
      stderr: 'a program was changed: /usr/bin/kubelet\n',
    });
  });

  test('what is played waits for prompts, also of shells within shells', async () => {
    const engine = join(folder, 'engine');
    writeFileSync(engine, ENGINE(folder), { mode: 0o755 });
    writeFileSync(
      join(folder, '.bash_profile'),
      `PS1='$ '\nPROMPT_COMMAND='printf "\\033]777;kubedrill\\007"'\nexport PROMPT_COMMAND\n`,
    );
    const nodes = new Nodes(ownPrograms({}), { name: 'docker', path: engine }, HOSTS);
    let said = '';
    await playOnNode(nodes, process.env, {
      host: 'node01',
      user: 'candidate',
      texts: ['echo one$((1 + 1))\n', 'bash --norc\necho $((SHLVL > 1))inner\n', `echo kept > ${folder}/kept\n`],
      onOutput: (bytes) => {
        said += Buffer.from(bytes).toString();
      },
    });
    expect(said).toContain('one2');
    expect(said).toContain('1inner');
    expect(said).toContain(PROMPT_MARK);
    expect(readFileSync(join(folder, 'kept'), 'utf8')).toBe('kept\n');
  });
});

test('a terminal on a node has the size that it is given, also later', async () => {
  if (process.platform !== 'linux') return;
  const engine = join(folder, 'engine');
  writeFileSync(engine, ENGINE(folder), { mode: 0o755 });
  writeFileSync(join(folder, '.bash_profile'), `PS1='$ '\n`);
  const nodes = new Nodes(ownPrograms(process.env), { name: 'docker', path: engine }, HOSTS);
  const place = { host: 'node01', user: 'root', columns: 91, rows: 17 };
  const terminal = openNodeTerminal(nodes, process.env, place);
  let said = '';
  terminal.onOutput((bytes) => {
    said += Buffer.from(bytes).toString();
  });
  const says = (words: string) => vi.waitFor(() => expect(said).toContain(words), { timeout: 20_000 });
  await says('$ ');
  terminal.write(Buffer.from(`stty size; trap 'echo now $(stty size)' WINCH\n`));
  await says('17 91');
  terminal.resize(120, 40);
  terminal.resize(121, 41);
  await says('now 41 121');
  terminal.close();
}, 30_000);

test.each([
  ['kd1', 'exec -i --user candidate', 'kubedrill-kd1-control-plane bash -l'],
  ['controlplane', 'exec -i --user candidate', 'kubedrill-kd1-control-plane bash -l'],
  ['root@kd1-node2 cat /etc/hosts', 'exec -i --user root', 'kubedrill-kd1-worker2 bash -l -c cat /etc/hosts'],
  ['-o StrictHostKeyChecking=no node01 id', 'exec -i --user candidate', 'kubedrill-kd1-worker bash -l -c id'],
  ['example.com uptime', 'the real ssh:', 'example.com uptime'],
  ['-V', 'the real ssh:', '-V'],
])('ssh %s', (words, begins, ends) => {
  const engine = join(folder, 'engine');
  writeFileSync(engine, '#!/bin/sh\necho "$@"\n', { mode: 0o755 });
  mkdirSync(join(folder, 'own'));
  writeFileSync(join(folder, 'own', 'ssh'), '#!/bin/sh\necho "the real ssh: $*"\n', { mode: 0o755 });
  const programs = sshShim(folder, { path: engine }, HOSTS);
  const env = { PATH: `${programs}:${folder}/own:/usr/bin:/bin` };
  const { stdout } = spawnSync(join(programs, 'ssh'), words.split(' '), { env, encoding: 'utf8' });
  expect(stdout.startsWith(begins)).toBe(true);
  expect(stdout.trim().endsWith(ends)).toBe(true);
});
