import type { InstalledProgram } from '../kernel/installed-program.js';
import { print, printError } from '../kernel/libc/streams.js';
import type { SocketAddress } from '../kernel/network.js';
import type { Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';

const HEAD = `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn
`;

function where({ address, port }: SocketAddress): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

function* run(sys: Sys): Waiting<number> {
  if (sys.credentials.uid !== 0) {
    yield* printError(sys, "Can't initialize ipvs: Permission denied (you must be root)\n");
    return 1;
  }
  const letters = sys.args
    .slice(1)
    .filter((word) => word.startsWith('-'))
    .join('');
  if (letters !== '' && !/-(?:l|L|-list)/.test(letters)) {
    yield* printError(sys, 'ipvsadm: virtual servers cannot be changed by hand here\n');
    return 1;
  }
  const servers = sys.network().packetRules()?.virtualServers() ?? [];
  const text = servers.map((server) => {
    const kept = server.persistentSeconds === undefined ? '' : ` persistent ${server.persistentSeconds}`;
    const rows = server.servers.map((real) => `  -> ${where(real).padEnd(28)} Masq    1      0          0         \n`);
    return `${server.protocol.toUpperCase().padEnd(4)} ${where(server)} ${server.scheduler}${kept}\n${rows.join('')}`;
  });
  yield* print(sys, HEAD + text.join(''));
  return 0;
}

/** ipvsadm: the kernel's virtual servers, which kube-proxy makes in ipvs mode. */
export const ipvsadm: InstalledProgram = { name: 'ipvsadm', paths: ['/usr/sbin/ipvsadm'], run };
