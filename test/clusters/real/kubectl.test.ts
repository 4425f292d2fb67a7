import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openApiSide } from '../../../src/clusters/real/api-side.js';
import { findKubectl, readVersion, skewNote } from '../../../src/clusters/real/kubectl.js';
import { servedResources } from '../../../src/clusters/real/resources.js';
import { runProgram } from '../../../src/clusters/real/run-program.js';
import { type StandIn, standInKubectl, tellsVersion } from './stand-in-kubectl.js';

let standIn: StandIn | undefined;
afterEach(() => standIn?.remove());

async function refusal(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => 'nothing was refused',
    (error: Error) => `${error.name}: ${error.message}`.replaceAll(standIn?.folder ?? '', 'FOLDER'),
  );
}

describe('kubectl', () => {
  test('is the one in PATH, with its version', async () => {
    standIn = standInKubectl(tellsVersion('v1.36.1'));
    const found = await findKubectl(standIn.environment);
    expect(found).toEqual({ path: standIn.kubectl, version: { text: 'v1.36.1', minor: 36 } });
  });

  test('or the one that is named', async () => {
    standIn = standInKubectl(tellsVersion('v1.35.0'));
    const found = await findKubectl({ PATH: '/nowhere', KUBEDRILL_KUBECTL: standIn.kubectl });
    expect(found.version.minor).toBe(35);
  });

  test.each([
    [
      'old',
      tellsVersion('v1.27.3'),
      0o755,
      'FOLDER/kubectl is v1.27.3, which is too old: kubectl v1.30 or newer is needed. Get it from https://kubernetes.io/docs/tasks/tools/',
    ],
    [
      'broken',
      'console.error("segmentation fault"); process.exit(139)',
      0o755,
      'FOLDER/kubectl does not tell its version: segmentation fault. Install kubectl anew: https://kubernetes.io/docs/tasks/tools/',
    ],
    [
      'something else',
      'console.log("hello")',
      0o755,
      'FOLDER/kubectl does not tell its version: hello. Install kubectl anew: https://kubernetes.io/docs/tasks/tools/',
    ],
    [
      'silent',
      '',
      0o755,
      'FOLDER/kubectl does not tell its version: status 0. Install kubectl anew: https://kubernetes.io/docs/tasks/tools/',
    ],
  ])('that is %s is refused', async (_what, script, mode, words) => {
    standIn = standInKubectl(script, mode);
    expect(await refusal(findKubectl(standIn.environment))).toBe(`ClusterError: ${words}`);
  });

  test('that cannot be executed is told apart from none', async () => {
    standIn = standInKubectl('', 0o644);
    expect(await refusal(findKubectl(standIn.environment))).toBe(
      'ClusterError: The kubectl in PATH cannot be executed. Make it executable (chmod +x), or install it anew: https://kubernetes.io/docs/tasks/tools/',
    );
    expect(await refusal(findKubectl({ PATH: '/nowhere' }))).toBe(
      'ClusterError: kubectl is needed and was not found in PATH. Install it (https://kubernetes.io/docs/tasks/tools/), or name one by KUBEDRILL_KUBECTL.',
    );
    expect(await refusal(findKubectl({ PATH: '', KUBEDRILL_KUBECTL: '/nowhere/kubectl' }))).toBe(
      'ClusterError: There is no program /nowhere/kubectl, which KUBEDRILL_KUBECTL names. Put that right, or unset it to use the one in PATH.',
    );
  });

  test.each([
    [36, 36, undefined],
    [35, 36, undefined],
    [
      32,
      36,
      'kubectl is v1.32.0 and the cluster v1.36.0: more than one minor version apart, some commands may not work as the task expects',
    ],
  ])('v1.%i at a cluster of v1.%i', (client, server, words) => {
    const version = (minor: number) => ({ text: `v1.${minor}.0`, minor });
    expect(skewNote({ path: 'kubectl', version: version(client) }, version(server))).toBe(words);
  });

  test('versions of vendors are read, what is none is not', () => {
    expect(readVersion('{"gitVersion":"v1.34.2-eks-1234"}')).toEqual({ text: 'v1.34.2-eks-1234', minor: 34 });
    expect(readVersion('{"gitVersion":"two"}')).toBeUndefined();
    expect(readVersion('nothing')).toBeUndefined();
  });
});

/** Serves on the socket that it is told, in every way badly. */
const serves = (answer: string): string => `
const socket = args.find((one) => one.startsWith('--unix-socket=')).slice('--unix-socket='.length);
require('node:http').createServer((request, response) => { ${answer} }).listen(socket, () => console.log('Starting to serve on ' + socket));
`;

test('a program whose time is over is not waited for, nor what it started and left behind', async () => {
  standIn = standInKubectl(
    `require('node:child_process').spawn('sleep', ['20'], { stdio: 'inherit', detached: true }).unref(); setTimeout(() => {}, 20000)`,
  );
  const began = performance.now();
  const { code } = await runProgram(standIn.kubectl, [], { variables: process.env, timeoutSeconds: 1 });
  expect(code).toBe(124);
  expect(performance.now() - began).toBeLessThan(10_000);
});

describe('the way to a cluster', () => {
  const usual = process.env['TMPDIR'];
  let temporary: string;
  beforeAll(() => {
    temporary = mkdtempSync(join(tmpdir(), 'kd-'));
    process.env['TMPDIR'] = temporary;
  });
  afterAll(() => {
    if (usual === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = usual;
    rmSync(temporary, { recursive: true });
  });
  /** What the way needs on this computer. */
  const folders = (): string[] => readdirSync(temporary).filter((name) => !name.includes('stand-in'));
  const open = (script: string) => {
    standIn = standInKubectl(script);
    return openApiSide({ kubectl: standIn.kubectl, kubeconfig: '/nowhere', environment: standIn.environment });
  };

  test('is told when it does not begin', async () => {
    const words = await refusal(open('console.error("error: context \\"nix\\" does not exist"); process.exit(1)'));
    expect(words).toBe('ClusterError: kubectl proxy did not start: context "nix" does not exist');
    expect(folders()).toEqual([]);
  });

  test('says in kubectl’s words that nobody answers', async () => {
    const side = await open(
      serves(
        `response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' }); response.end('dial tcp 127.0.0.1:6443: connect: connection refused\\n')`,
      ),
    );
    expect(await side.request({ method: 'GET', path: '/version' })).toEqual({
      status: 0,
      body: undefined,
      error: 'dial tcp 127.0.0.1:6443: connect: connection refused',
    });
    await expect(side.watch('/api/v1/pods', () => {})).rejects.toThrow('connection refused');
    // A cluster that does not answer is no empty one: nobody may take it for cleaned up.
    await expect(servedResources(side.request)).rejects.toThrow('connection refused');
    expect(await side.exec({ namespace: 'default', name: 'web' }, ['true'])).toEqual({
      code: 1,
      stdout: '',
      stderr: 'dial tcp 127.0.0.1:6443: connect: connection refused\n',
    });
    await side.close();
  });

  test('takes what is cut off for no answer', async () => {
    const side = await open(
      serves(
        `response.writeHead(200, { 'content-length': '100' }); response.write('{'); setTimeout(() => response.destroy(), 20)`,
      ),
    );
    expect(await side.request({ method: 'GET', path: '/version' })).toMatchObject({
      status: 0,
      error: 'unexpected EOF',
    });
    await side.close();
  });

  test('is told when it ends, and leaves nothing behind', async () => {
    const side = await open(
      serves(`if (request.url === '/end') { console.error('killed by somebody'); process.exit(1) } response.end('{}')`),
    );
    const told: string[] = [];
    const gone = new Promise<void>((resolve) => {
      side.onFailure((reason) => {
        told.push(reason);
        resolve();
      });
    });
    expect((await side.request({ method: 'GET', path: '/version' })).status).toBe(200);
    expect(folders()).toHaveLength(1);
    await side.request({ method: 'GET', path: '/end' }).catch(() => {});
    await gone;
    const words = 'The connection to the cluster is gone: kubectl proxy ended: killed by somebody';
    expect(told).toEqual([words]);
    expect(await refusal(side.request({ method: 'GET', path: '/version' }))).toBe(`ClusterError: ${words}`);
    await side.close();
    expect(folders()).toEqual([]);
  });

  test('has an end that nobody mistakes for a failure', async () => {
    const side = await open(serves("response.end('{}')"));
    const told: string[] = [];
    side.onFailure((reason) => told.push(reason));
    await side.close();
    expect(told).toEqual([]);
    expect(await refusal(side.request({ method: 'GET', path: '/version' }))).toBe(
      'ClusterError: The connection to the cluster was closed',
    );
  });
});
