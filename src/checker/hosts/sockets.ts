import type { Cluster } from '../../clusters/port.js';
import { UndecidedError } from '../objects.js';
import { lastLine } from '../words.js';

/** A socket of a host on which somebody listens. */
export interface ListeningSocket {
  readonly protocol: string;
  /** `*` for all addresses, however ss writes that. */
  readonly address: string;
  readonly port: number;
  /** Programs that hold it. */
  readonly programs: readonly string[];
}

/** The listening sockets of a host. Throws `UndecidedError` where they cannot be listed. */
export async function socketsOf(cluster: Cluster, host: string): Promise<readonly ListeningSocket[]> {
  const { code, stdout, stderr } = await cluster.run(host, 'root', ['ss', '-H', '-l', '-n', '-t', '-u', '-p']);
  if (code !== 0) throw new UndecidedError(`the sockets of ${host} cannot be listed: ${lastLine(stderr)}`);
  return [...stdout.matchAll(SOCKET)].map(([line, protocol = '', local = '', port]) => {
    const address = local.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '');
    return {
      protocol,
      address: ['*', '0.0.0.0', '::'].includes(address) ? '*' : address,
      port: Number(port),
      programs: [...new Set([...line.matchAll(/\("([^"]+)",pid=/g)].map(([, name = '']) => name))],
    };
  });
}

/** `tcp LISTEN 0 4096 127.0.0.1:10248 0.0.0.0:* users:(("kubelet",pid=6,fd=7))`. */
const SOCKET = /^(\S+) +(?:\S+ +){3}(\S+):(\d+) .*$/gm;
