import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Outcome } from '../../sim/kubectl/machine.js';
import { accessOf, ClusterApi, HttpsConnection, withNamespace } from './cluster-api.js';

const COMMAND_MS_MAX = 40_000;

/** Where scenes are played: a computer with a kubectl, and the cluster that it speaks to. */
export interface Ground {
  readonly api: ClusterApi;
  /** A folder for a scene, by its name. */
  folder(name: string): Promise<string>;
  /** From here on kubectl in that folder works in that namespace. */
  enter(folder: string, namespace: string): Promise<void>;
  put(folder: string, path: string, text: string): Promise<void>;
  /** A line of bash in a folder, what it said rid of places. */
  run(line: string, folder: string): Promise<Outcome>;
  close(): void;
}

/** This computer, with the real kubectl and a cluster behind a kubeconfig. */
export class RealGround implements Ground {
  readonly api: ClusterApi;
  readonly #kubeconfig: string;
  readonly #root = mkdtempSync(join(tmpdir(), 'kubedrill-field-'));

  constructor(kubectl: string, kubeconfig: string) {
    this.#kubeconfig = kubeconfig;
    this.api = new ClusterApi(new HttpsConnection(accessOf(kubeconfig)));
    mkdirSync(join(this.#root, 'bin'));
    symlinkSync(kubectl, join(this.#root, 'bin', 'kubectl'));
  }

  async folder(name: string): Promise<string> {
    const folder = join(this.#root, name);
    mkdirSync(folder);
    return folder;
  }

  async enter(folder: string, namespace: string): Promise<void> {
    writeFileSync(join(folder, '.kubeconfig'), withNamespace(this.#kubeconfig, namespace), { mode: 0o600 });
  }

  async put(folder: string, path: string, text: string): Promise<void> {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  close(): void {
    this.api.close();
    rmSync(this.#root, { recursive: true, force: true, maxRetries: 3 });
  }

  run(line: string, folder: string): Promise<Outcome> {
    const env = {
      PATH: `${join(this.#root, 'bin')}:/usr/bin:/bin`,
      HOME: folder,
      KUBECONFIG: join(folder, '.kubeconfig'),
      KUBECACHEDIR: join(this.#root, 'cache'),
      // Short programs need no collection of garbage, and spare a third of their time without.
      GOGC: 'off',
      LC_ALL: 'C.UTF-8',
      TZ: 'UTC',
    };
    return new Promise((resolve, reject) => {
      const child = spawn('bash', ['-c', line], {
        cwd: folder,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: COMMAND_MS_MAX,
      });
      const said = { out: '', err: '' };
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        said.out += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said.err += text;
      });
      child.on('error', reject);
      child.on('close', (code) => {
        const plain = (text: string): string =>
          text
            .replaceAll(accessOf(this.#kubeconfig).server, 'https://SERVER')
            .replaceAll(folder, '/home/me')
            .replaceAll(this.#root, '/home');
        resolve({ out: plain(said.out), err: plain(said.err), code: code ?? 128 });
      });
    });
  }
}
