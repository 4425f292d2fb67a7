import { createMachine, type Machine, type MachineInput, type OutsideEvent } from '../../../src/sim/index.js';
import { SECOND } from '../../../src/sim/kernel/time.js';
import type { Outcome } from '../../sim/kubectl/machine.js';
import { accessOf, ClusterApi, type Connection, withNamespace } from './cluster-api.js';
import type { Ground } from './ground.js';

const HOST = 'controlplane';
const PATIENCE_SECONDS = 4000;
const ENVIRONMENT = 'export LC_ALL=C.UTF-8 TZ=UTC';

type Finished = Extract<OutsideEvent, { kind: 'finished' }>;
type Response = Extract<OutsideEvent, { kind: 'response' }>;

/** A host of a simulated cluster, with the simulated kubectl. */
export class ShellGround implements Ground {
  readonly api: ClusterApi;
  readonly #machine: Machine;
  readonly #kubeconfig: string;
  readonly #server: string;
  #last = 0;

  constructor(base: string, addons: readonly string[] = []) {
    const epoch = Date.UTC(2026, 0, 15) * 1000;
    this.#machine = createMachine({
      world: { base, ...(addons.length > 0 ? { addons } : {}) },
      seed: '1',
      salt: '',
      epoch,
      timing: 'brisk',
    });
    this.api = new ClusterApi(this.#connection());
    this.#kubeconfig = text(this.#machine.file(HOST, '/etc/kubernetes/admin.conf')?.content ?? new Uint8Array());
    this.#server = accessOf(this.#kubeconfig).server;
    // Every command would read them first, completions and all, and exec leaves nothing of that to it.
    this.#sure('rm -f /etc/profile .bash_profile .bash_login .profile');
  }

  async folder(name: string): Promise<string> {
    const folder = `/root/scenes/${name}`;
    this.#sure(`mkdir -p ${folder}`);
    return folder;
  }

  async enter(folder: string, namespace: string): Promise<void> {
    const file = `${folder}/.kubeconfig`;
    this.#sure(`cat > ${file}; chmod 600 ${file}`, withNamespace(this.#kubeconfig, namespace));
  }

  async put(folder: string, path: string, content: string): Promise<void> {
    this.#sure(`mkdir -p "$(dirname ${folder}/${path})"; cat > ${folder}/${path}`, content);
  }

  async run(line: string, folder: string): Promise<Outcome> {
    const { code, stdout, stderr } = this.#bash(
      `cd ${folder}; export HOME=${folder} KUBECONFIG=${folder}/.kubeconfig; ${ENVIRONMENT}\n${line}`,
    );
    const plain = (bytes: Uint8Array): string =>
      text(bytes).replaceAll(this.#server, 'https://SERVER').replaceAll(folder, '/home/me');
    return { out: plain(stdout), err: plain(stderr), code };
  }

  close(): void {
    // A machine holds nothing.
  }

  #sure(line: string, stdin = ''): void {
    const { code, stderr } = this.#bash(line, stdin);
    if (code !== 0) throw new Error(`${line}: ${text(stderr)}`);
  }

  #bash(line: string, stdin = ''): Finished {
    const id = this.#next();
    const argv = ['bash', '-c', line];
    return this.#until({ kind: 'run', id, host: HOST, user: 'root', argv, stdin: Buffer.from(stdin) }, 'finished');
  }

  #next(): number {
    this.#last += 1;
    return this.#last;
  }

  #until<K extends 'finished' | 'response'>(input: MachineInput & { id: number }, kind: K): Answer<K> {
    let found: OutsideEvent | undefined;
    this.#machine.input(input);
    this.#machine.advanceUntil(() => {
      found ??= this.#machine.takeEvents().find((event) => event.kind === kind && event.id === input.id);
      return found !== undefined;
    }, PATIENCE_SECONDS * SECOND);
    const crash = this.#machine.crashes()[0];
    if (crash) throw new Error(`${crash.command}: ${crash.message}`);
    if (!found) throw new Error(`no end within ${PATIENCE_SECONDS} s: ${JSON.stringify(input)}`);
    return found as Answer<K>;
  }

  #connection(): Connection {
    return {
      ask: async (method, target, body) => {
        const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
        const request = {
          method,
          target,
          headers: body === undefined ? {} : { 'content-type': type },
          ...(body === undefined ? {} : { body: Buffer.from(JSON.stringify(body)) }),
        };
        const input = { kind: 'request', id: this.#next(), request, administrator: true } as const;
        const { response } = this.#until(input, 'response');
        return { status: response.status, body: objectIn(response) };
      },
      pause: async (milliseconds) => this.#machine.advance(milliseconds * 1000),
      close: () => {},
    };
  }
}

type Answer<K> = K extends 'finished' ? Finished : Response;

function objectIn({ body }: Response['response']): unknown {
  return body === undefined ? undefined : JSON.parse(text(body));
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}
