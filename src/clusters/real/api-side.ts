import { Agent } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import {
  type ApiRequest,
  type ApiResponse,
  ClusterError,
  type CommandOptions,
  type CommandResult,
  type WatchEvent,
} from '../port.js';
import type { FarServer } from '../workstation/far-server.js';
import { execInPod, type PodOfCommand } from './exec.js';
import { plainExchange } from './far-exchange.js';
import { type ProxyOptions, startProxy } from './kubectl-proxy.js';
import { askServer } from './request.js';
import { type SettleScope, settle } from './settle.js';
import { portsExchange, processExchange } from './upgraded-exchange.js';
import { followList } from './watch.js';

/** What is asked of an API. */
export interface ApiCalls {
  request(request: ApiRequest, options?: { readonly signal?: AbortSignal | undefined }): Promise<ApiResponse>;
  exec(pod: PodOfCommand, argv: readonly string[], options?: CommandOptions): Promise<CommandResult>;
  watch(path: string, hears: (event: WatchEvent) => void): Promise<() => void>;
}

/** The API of a real cluster, as whoever the kubeconfig says. All throws `ClusterError` once the way there is gone. */
export interface ApiSide extends ApiCalls {
  /** The same calls with something between: a server that refuses some of them, say. */
  over(far: FarServer): ApiCalls;
  /** The API server's clock, microseconds since the Unix epoch. */
  now(): Promise<number>;
  wait(seconds: number): Promise<void>;
  /** Waits until nothing but heartbeats changes any more; false when `secondsMax` passed first. */
  settle(secondsMax: number, scope?: SettleScope): Promise<boolean>;
  /** The same API for what runs in a simulated workstation. */
  readonly far: FarServer;
  /** Told once when the way to the cluster is gone by itself. */
  onFailure(listener: (reason: string) => void): void;
  close(): Promise<void>;
}

/** Opens the way to a cluster, by `kubectl proxy`, so that every way of signing in works. Throws `ClusterError`. */
export async function openApiSide(options: ProxyOptions): Promise<ApiSide> {
  const proxy = await startProxy(options);
  const agent = new Agent({ keepAlive: true });
  const served = { socket: proxy.socket, agent };
  let closed = false;
  const far: FarServer = {
    exchange(request, hears) {
      if (request.upgrade === 'process') return processExchange(served, request, hears);
      if (request.upgrade === 'ports') return portsExchange(served, request, hears);
      return plainExchange(served, request, hears);
    },
  };
  const check = (): void => {
    if (closed) throw new ClusterError('The connection to the cluster was closed');
    if (proxy.failure !== undefined) throw new ClusterError(gone(proxy.failure));
  };
  const checked = async <T>(work: () => Promise<T>): Promise<T> => {
    check();
    const result = await work();
    check();
    return result;
  };
  const over = (server: FarServer): ApiCalls => ({
    request: (request, { signal } = {}) => checked(() => askServer(server, request, signal)),
    exec: (pod, argv, how) => checked(() => execInPod(server, pod, argv, how)),
    watch: (path, hears) => checked(() => followList(server, path, hears)),
  });
  return {
    ...over(far),
    over,
    now: () => checked(() => serverTime(far)),
    wait: (seconds) => checked(() => after(seconds * 1000)),
    settle: (secondsMax, scope) => checked(() => settle(far, secondsMax, scope)),
    far,
    onFailure: (listener) => proxy.onFailure((reason) => listener(gone(reason))),
    async close() {
      closed = true;
      agent.destroy();
      await proxy.close();
    },
  };
}

function gone(reason: string): string {
  return `The connection to the cluster is gone: ${reason}`;
}

/** Who does not tell the time within this is not waited for. */
const CLOCK_SECONDS_MAX = 10;

/** The clock of whoever answers; it tells whole seconds, and half of one has passed since on average. */
async function serverTime(far: FarServer): Promise<number> {
  const date = await new Promise<string | undefined>((resolve) => {
    const timer = setTimeout(() => {
      resolve(undefined);
      exchange.disconnect();
    }, CLOCK_SECONDS_MAX * 1000);
    const done = (told?: string): void => {
      clearTimeout(timer);
      resolve(told);
    };
    const exchange = far.exchange(
      { method: 'GET', path: '/version', headers: { accept: 'application/json' } },
      {
        response({ headers }) {
          done(headers['date']);
          queueMicrotask(() => exchange.disconnect());
        },
        chunk() {},
        end: () => done(),
      },
    );
  });
  const told = date === undefined ? Number.NaN : Date.parse(date);
  const here = Date.now();
  // Clocks that agree to the second are as good as one, and ours tells more than seconds.
  return (Number.isNaN(told) || Math.abs(told + 500 - here) < 1500 ? here : told + 500) * 1000;
}
