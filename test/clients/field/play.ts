import type { Ground } from './ground.js';
import type { Scene, Step } from './scene.js';

const TRIES_MAX = 400;

/** Plays scenes on a ground. */
export class Stage {
  readonly #ground: Ground;
  #entered: string[] = [];

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** Plays a scene and gives it back with what was said this time. `settled` is when nothing more will change. */
  async play(scene: Scene, settled: 'as expected' | 'when calm' = 'as expected'): Promise<Scene> {
    const name = nameOf(scene);
    let at = { namespace: '', count: 0 };
    const folder = await this.#ground.folder(name);
    const enter = async (): Promise<void> => {
      const count = at.count + 1;
      at = { namespace: count === 1 ? name : `${name}-${count}`, count };
      await this.#ground.api.makeNamespace(at.namespace);
      this.#entered.push(at.namespace);
      await this.#ground.enter(folder, at.namespace);
    };
    await enter();
    const steps: Step[] = [];
    for (const step of scene.steps) {
      if (step.kind === 'namespace') await enter();
      steps.push(await this.#step(step, folder, at.namespace, settled));
    }
    return { title: scene.title, steps };
  }

  /** Takes away all namespaces that scenes were played in, with what they hold. */
  async clear(): Promise<void> {
    for (const namespace of this.#entered) await this.#ground.api.removeNamespace(namespace);
    this.#entered = [];
  }

  close(): void {
    this.#ground.close();
  }

  async #step(step: Step, folder: string, namespace: string, settled: 'as expected' | 'when calm'): Promise<Step> {
    const { api } = this.#ground;
    switch (step.kind) {
      case 'command':
        return { ...step, said: await this.#ground.run(step.line, folder) };
      case 'prepare': {
        const { code, out, err } = await this.#ground.run(step.line, folder);
        if (code !== 0) throw new Error(`${namespace}: ${step.line}\n${out}${err}`);
        return step;
      }
      case 'given':
        await api.give(step.text, namespace);
        return step;
      case 'file':
        await this.#ground.put(folder, step.path, step.text);
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
    const { api } = this.#ground;
    let before = await api.state(question, namespace);
    for (let tries = 0; wait && tries < TRIES_MAX; tries += 1) {
      if (settled === 'as expected' && before === answer) break;
      await api.pause(settled === 'as expected' ? 50 : 1500);
      const now = await api.state(question, namespace);
      if (settled === 'when calm' && now === before) break;
      before = now;
    }
    return before;
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
