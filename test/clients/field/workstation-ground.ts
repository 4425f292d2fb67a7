import { openWorkstation } from '../../../src/clusters/workstation/open-workstation.js';
import type { Workstation } from '../../../src/clusters/workstation/workstation.js';
import { httpsFarServer } from '../../clusters/workstation/https-far-server.js';
import type { Outcome } from '../../sim/kubectl/machine.js';
import { accessOf, ClusterApi, HttpsConnection, withNamespace } from './cluster-api.js';
import type { Ground } from './ground.js';

const HOST = 'controlplane';
const COMMAND_SECONDS = 40;
const ENVIRONMENT = 'export LC_ALL=C.UTF-8 TZ=UTC';

/** A simulated workstation, with the simulated kubectl, before the cluster of a kubeconfig that has a token. */
export class WorkstationGround implements Ground {
  readonly api: ClusterApi;
  readonly #workstation: Workstation;
  readonly #kubeconfig: string;
  readonly #server: string;
  readonly #stop: () => void;

  private constructor(workstation: Workstation, kubeconfig: string, own: string, stop: () => void) {
    this.#workstation = workstation;
    this.#kubeconfig = own;
    this.#server = accessOf(own).server;
    this.#stop = stop;
    this.api = new ClusterApi(new HttpsConnection(accessOf(kubeconfig)));
  }

  static async open(kubeconfig: string): Promise<WorkstationGround> {
    const { server, token = '' } = accessOf(kubeconfig);
    const far = httpsFarServer(server, token);
    const workstation = await openWorkstation({ name: HOST, far, thread: 'same' });
    const own = Buffer.from((await workstation.file('/etc/kubernetes/admin.conf'))?.content ?? []).toString();
    const stop = (): void => {
      void workstation.close();
      far.stop();
    };
    const ground = new WorkstationGround(workstation, kubeconfig, own, stop);
    await ground.#sure('rm -f /etc/profile .bash_profile .bash_login .profile');
    return ground;
  }

  async folder(name: string): Promise<string> {
    const folder = `/root/scenes/${name}`;
    await this.#sure(`mkdir -p ${folder}`);
    return folder;
  }

  async enter(folder: string, namespace: string): Promise<void> {
    const file = `${folder}/.kubeconfig`;
    await this.#sure(`cat > ${file}; chmod 600 ${file}`, withNamespace(this.#kubeconfig, namespace));
  }

  async put(folder: string, path: string, content: string): Promise<void> {
    await this.#sure(`mkdir -p "$(dirname ${folder}/${path})"; cat > ${folder}/${path}`, content);
  }

  async run(line: string, folder: string): Promise<Outcome> {
    const { code, stdout, stderr } = await this.#bash(
      `cd ${folder}; export HOME=${folder} KUBECONFIG=${folder}/.kubeconfig; ${ENVIRONMENT}\n${line}`,
    );
    const plain = (text: string): string =>
      text.replaceAll(this.#server, 'https://SERVER').replaceAll(folder, '/home/me');
    return { out: plain(stdout), err: plain(stderr), code };
  }

  close(): void {
    this.api.close();
    this.#stop();
  }

  async #sure(line: string, stdin = ''): Promise<void> {
    const { code, stderr } = await this.#bash(line, stdin);
    if (code !== 0) throw new Error(`${line}: ${stderr}`);
  }

  #bash(line: string, stdin = '') {
    return this.#workstation.run('root', ['bash', '-c', line], { stdin, timeoutSeconds: COMMAND_SECONDS });
  }
}
