import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import type { Outcome } from '../../sim/kubectl/machine.js';
import { accessOf, ClusterApi, withNamespace } from './cluster-api.js';
import type { Scene, Step } from './scene.js';

const PATIENCE_MS = 20_000;
const COMMAND_MS_MAX = 40_000;

/** A cluster, and kubectl with what it keeps between commands. */
export class Stage {
  readonly #kubeconfig: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'kubedrill-field-'));
  readonly #api: ClusterApi;

  constructor(kubectl: string, kubeconfig: string) {
    this.#kubeconfig = kubeconfig;
    this.#api = new ClusterApi(accessOf(kubeconfig));
    mkdirSync(join(this.#folder, 'bin'));
    symlinkSync(kubectl, join(this.#folder, 'bin', 'kubectl'));
  }

  /** Plays a scene and gives it back with what was said this time. `settled` is when nothing more will change. */
  async play(scene: Scene, settled: 'as expected' | 'when calm' = 'as expected'): Promise<Scene> {
    const name = nameOf(scene);
    let at = { namespace: '', count: 0 };
    const folder = join(this.#folder, name);
    mkdirSync(folder);
    const enter = async (): Promise<void> => {
      const count = at.count + 1;
      at = { namespace: count === 1 ? name : `${name}-${count}`, count };
      await this.#api.makeNamespace(at.namespace);
      writeFileSync(join(folder, '.kubeconfig'), withNamespace(this.#kubeconfig, at.namespace), { mode: 0o600 });
    };
    await enter();
    const steps: Step[] = [];
    for (const step of scene.steps) {
      if (step.kind === 'namespace') await enter();
      steps.push(await this.#step(step, folder, at.namespace, settled));
    }
    return { title: scene.title, steps };
  }

  close(): void {
    this.#api.close();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }

  async #step(step: Step, folder: string, namespace: string, settled: 'as expected' | 'when calm'): Promise<Step> {
    switch (step.kind) {
      case 'command':
        return { ...step, said: await this.#run(step.line, folder) };
      case 'prepare': {
        const { code, out, err } = await this.#run(step.line, folder);
        if (code !== 0) throw new Error(`${namespace}: ${step.line}\n${out}${err}`);
        return step;
      }
      case 'given':
        await this.#api.give(step.text, namespace);
        return step;
      case 'file':
        mkdirSync(dirname(join(folder, step.path)), { recursive: true });
        writeFileSync(join(folder, step.path), step.text);
        return step;
      case 'state':
        return { ...step, answer: await this.#state(step, namespace, settled) };
      default:
        return step;
    }
  }

  async #state(
    { question, answer, wait }: Extract<Step, { kind: 'state' }>,
    namespace: string,
    settled: 'as expected' | 'when calm',
  ): Promise<string> {
    if (!wait) return await this.#api.state(question, namespace);
    const end = Date.now() + PATIENCE_MS;
    let before = '';
    for (;;) {
      const now = await this.#api.state(question, namespace);
      const done = settled === 'as expected' ? now === answer : now === before;
      if (done || Date.now() > end) return now;
      before = now;
      await after(settled === 'as expected' ? 50 : 1500);
    }
  }

  #run(line: string, folder: string): Promise<Outcome> {
    const env = {
      PATH: `${join(this.#folder, 'bin')}:/usr/bin:/bin`,
      HOME: folder,
      KUBECONFIG: join(folder, '.kubeconfig'),
      KUBECACHEDIR: join(this.#folder, 'cache'),
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
            .replaceAll(this.#folder, '/home');
        resolve({ out: plain(said.out), err: plain(said.err), code: code ?? 128 });
      });
    });
  }
}

/** What a scene's namespace is called. */
function nameOf({ title }: Scene): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-|-$/g, '');
}
