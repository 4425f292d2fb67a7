import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { type Serving, startServing } from '../../../src/cli/serve/start-serving.js';
import { writeKubeconfig } from '../../../src/cli/serve/write-kubeconfig.js';
import type { MachineInput, MachineOptions } from '../../../src/clusters/sim/sim-cluster.js';
import { worldOptions } from '../../../src/labs/session/world.js';
import type { DoorLimits } from '../../../src/sim/http/limits.js';

/** An input as the journal would have it. */
export interface RecordedInput {
  readonly instant: number;
  readonly input: MachineInput;
}

/** A served cluster in this process, with all that came in through its door. */
export interface ServedWorld {
  readonly serving: Serving;
  readonly options: MachineOptions;
  /** A fresh folder, for homes and files of clients. */
  readonly folder: string;
  readonly kubeconfig: string;
  readonly server: string;
  /** Without a certificate of its own a client has the token. */
  readonly tls: { readonly ca: string; readonly cert?: string; readonly key?: string };
  readonly token: string | undefined;
  readonly inputs: readonly RecordedInput[];
  /** Stops everything; resolves with where the machine stood and the hash of its history. */
  stop(): Promise<{ instant: number; hash: string; inputs: readonly RecordedInput[] }>;
}

/** Serves a world on a free port until `stop`. With a `pace` its time goes so many times faster. */
export async function serveWorld(
  base = 'three-node',
  limits: Partial<DoorLimits> = {},
  pace = 1,
): Promise<ServedWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'kubedrill-serve-'));
  const options = worldOptions(base, '7', Date.now() * 1000);
  const inputs: RecordedInput[] = [];
  let stopped: { instant: number; hash: string; inputs: readonly RecordedInput[] } | undefined;
  const { serving, kubeconfig } = await startServing(options, 0, {
    thread: 'same',
    limits,
    clock: paced(pace),
    before: (instant, input) => inputs.push({ instant, input: structuredClone(input) }),
    onStopped: (instant, hash) => {
      stopped = { instant, hash, inputs: [...inputs] };
    },
  });
  const path = join(folder, 'kubeconfig');
  writeKubeconfig(path, kubeconfig);
  return {
    serving,
    options,
    folder,
    kubeconfig: path,
    ...credentials(kubeconfig),
    inputs,
    async stop() {
      if (!stopped) await serving.stop();
      rmSync(folder, { recursive: true, force: true });
      return stopped as NonNullable<typeof stopped>;
    },
  };
}

function paced(pace: number): { wall: () => number; stepMax?: number } {
  const began = Date.now();
  const wall = (): number => (began + (Date.now() - began) * pace) * 1000;
  return pace === 1 ? { wall } : { wall, stepMax: 1_000_000 };
}

interface Kubeconfig {
  clusters: { cluster: Record<string, string> }[];
  users: { user: Record<string, string> }[];
}

function credentials(kubeconfig: string): Pick<ServedWorld, 'server' | 'tls' | 'token'> {
  const { clusters, users } = load(kubeconfig) as Kubeconfig;
  const { cluster } = clusters[0] as Kubeconfig['clusters'][number];
  const { user } = users[0] as Kubeconfig['users'][number];
  const pem = (data = '') => Buffer.from(data, 'base64').toString();
  return {
    server: cluster['server'] as string,
    tls: {
      ca: pem(cluster['certificate-authority-data']),
      ...(user['client-key-data']
        ? { cert: pem(user['client-certificate-data']), key: pem(user['client-key-data']) }
        : {}),
    },
    token: user['token'],
  };
}
