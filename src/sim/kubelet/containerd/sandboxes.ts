import type { PodSandboxConfig } from '../../api/types/cri.js';
import { isErrno } from '../../kernel/errno.js';
import type { ContainerContext, Program, Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import type { RuntimePort } from '../runtime-port.js';
import { makeCgroup } from './cgroups.js';
import { attach, readCni } from './cni.js';
import type { ImageStore } from './images.js';
import { demandRuntime } from './runtimes.js';
import type { RuntimeState, Sandbox } from './state.js';
import { newEnded } from './state.js';

/** Last of all in its pod (kubelet qos.PodInfraOOMAdj). */
const PAUSE_SCORE = -998;
/** The image whose only process keeps a sandbox's namespaces alive. */
export const PAUSE_IMAGE = 'registry.k8s.io/pause:3.10.2';

/** Pod sandboxes: namespaces and a shim that is the parent of everything in them. */
export class Sandboxes {
  private readonly sys: Sys;
  private readonly port: RuntimePort;
  private readonly state: RuntimeState;
  private readonly images: ImageStore;
  private readonly newId: () => string;

  constructor(sys: Sys, port: RuntimePort, state: RuntimeState, images: ImageStore, newId: () => string) {
    this.sys = sys;
    this.port = port;
    this.state = state;
    this.images = images;
    this.newId = newId;
  }

  /** Makes a pod's sandbox with one of the runtimes. Throws `CriError`. */
  *run(config: PodSandboxConfig, runtimeHandler: string): Waiting<string> {
    const id = this.newId();
    demandRuntime(this.sys, runtimeHandler, id);
    const pause = this.images.find(PAUSE_IMAGE) ?? (yield* this.images.pull(PAUSE_IMAGE));
    const addresses = config.hostNetwork ? [] : attach(this.sys, this.state, id, config);
    const [address, ...otherAddresses] = addresses;
    yield* this.sys.sleep(this.port.timing.sandbox);
    const network =
      address === undefined
        ? this.sys.network()
        : this.port.addNetwork(`${config.namespace}/${config.name}`, addresses);
    if (address !== undefined) this.plugIn(id, address, config);
    const cgroup = makeCgroup(this.port.cgroups, config.cgroupParent, config.resources);
    const sysctls = namespaceSettings(config);
    const sandbox: Sandbox = {
      cgroup,
      id,
      config,
      createdAt: this.sys.now(),
      address,
      otherAddresses,
      network,
      sysctls,
      state: 'SANDBOX_READY',
      shim: undefined,
      pid: undefined,
    };
    const processes = config.hostPid ? this.port.hostProcesses : id;
    const settings = { values: sysctls, writable: false };
    const files = this.port.buildRoot({
      containerId: id,
      image: pause,
      mounts: [],
      readOnly: true,
      processes,
      cgroup,
      settings,
    });
    const hostname = config.hostNetwork ? this.sys.hostname() : config.hostname;
    const own = makeCgroup(cgroup, `cri-containerd-${id}.scope`, { oomGroup: true });
    this.startShim(sandbox, {
      id,
      files,
      network,
      hostname,
      processes,
      sysctls,
      cgroup: own,
      oomScoreAdjust: PAUSE_SCORE,
    });
    this.state.sandboxes.set(id, sandbox);
    this.state.emit('STARTED', id, config.uid);
    return id;
  }

  /** What the plugins after the first do: ports of the host, where the list has portmap. */
  private plugIn(id: string, address: string, { portMappings }: PodSandboxConfig): void {
    const cni = readCni(this.sys);
    if (!cni) return;
    this.port.notePlugin(cni.type);
    if (cni.mapsPorts && portMappings.length > 0) this.port.openHostPorts(id, address, portMappings);
  }

  private startShim(sandbox: Sandbox, context: ContainerContext): void {
    const parked = newEnded();
    const title = `/usr/bin/containerd-shim-runc-v2 -namespace k8s.io -id ${sandbox.id} -address /run/containerd/containerd.sock`;
    const shim: Program = (sys) => {
      sandbox.shim = sys;
      return keepAlive(parked);
    };
    this.sys.fork(shim, { session: true, title, descriptors: new Map() });
    const own = sandbox.shim as unknown as Sys;
    const pid = own.spawn('/pause', ['/pause'], {
      container: context,
      session: true,
      environment: new Map([['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin']]),
      directory: '/',
    });
    sandbox.pid = pid;
    own.thread(() => this.watch(sandbox, own, pid));
  }

  /** The sandbox is over when its first process is. */
  private *watch(sandbox: Sandbox, shim: Sys, pid: number): Waiting<void> {
    yield* shim.wait(pid);
    sandbox.pid = undefined;
    sandbox.state = 'SANDBOX_NOTREADY';
    this.release(sandbox);
    this.state.emit('STOPPED', sandbox.id, sandbox.config.uid);
  }

  /** Ends the sandbox: its containers are stopped by the caller before. */
  *stop(id: string): Waiting<void> {
    const sandbox = this.state.sandboxes.get(id);
    if (!sandbox) return;
    if (sandbox.pid !== undefined) {
      this.sys.kill(sandbox.pid, 'KILL');
      while (sandbox.pid !== undefined) yield* this.sys.sleep(1_000);
    }
    sandbox.state = 'SANDBOX_NOTREADY';
    this.release(sandbox);
  }

  /** Forgets a sandbox with all that is left of its containers. */
  *remove(id: string): Waiting<void> {
    const sandbox = this.state.sandboxes.get(id);
    if (!sandbox) return;
    yield* this.stop(id);
    for (const container of [...this.state.containers.values()])
      if (container.sandbox === sandbox) this.state.containers.delete(container.id);
    this.state.sandboxes.delete(id);
    const shared = [...this.state.sandboxes.values()].some(({ cgroup }) => cgroup === sandbox.cgroup);
    if (!shared) sandbox.cgroup.remove();
    if (sandbox.shim) this.endShim(sandbox.shim.pid);
    sandbox.shim = undefined;
    this.state.emit('DELETED', id, sandbox.config.uid);
  }

  private endShim(pid: number): void {
    const { sys } = this;
    sys.kill(pid, 'KILL');
    sys.thread(function* () {
      try {
        yield* sys.wait(pid);
      } catch (error) {
        // One that an earlier containerd started is pid 1's to take.
        if (!isErrno(error, 'ECHILD')) throw error;
      }
    });
  }

  /** A host that was switched off has none of the processes it had before. */
  recover(): void {
    const alive = new Set(this.sys.processes().map(({ pid }) => pid));
    for (const sandbox of this.state.sandboxes.values()) {
      if (sandbox.shim && alive.has(sandbox.shim.pid) && sandbox.pid !== undefined && alive.has(sandbox.pid)) continue;
      sandbox.state = 'SANDBOX_NOTREADY';
      sandbox.shim = undefined;
      sandbox.pid = undefined;
      this.release(sandbox);
    }
  }

  private release(sandbox: Sandbox): void {
    if (sandbox.address === undefined || !this.state.leases.delete(sandbox.id)) return;
    this.port.openHostPorts(sandbox.id, sandbox.address, []);
    this.port.removeNetwork(sandbox.network);
  }
}

function* keepAlive(parked: ReturnType<typeof newEnded>): Generator<ReturnType<typeof newEnded>, number, void> {
  for (;;) yield parked;
}

/** What containerd sets in a new network namespace: every port is anybody's, and everybody may ping. */
const NETWORK_SETTINGS: Readonly<Record<string, string>> = {
  'net/ipv4/ip_unprivileged_port_start': '0',
  'net/ipv4/ping_group_range': '0\t2147483647',
};

/** The settings of a pod's own namespaces; those it shares with the host are the host's. */
function namespaceSettings({ hostNetwork, sysctls }: PodSandboxConfig): Map<string, string> {
  const own = Object.entries(sysctls).map(
    ([name, value]) => [name.replaceAll('.', '/'), value.trim().split(/\s+/).join('\t')] as const,
  );
  return new Map([...(hostNetwork ? [] : Object.entries(NETWORK_SETTINGS)), ...own]);
}
