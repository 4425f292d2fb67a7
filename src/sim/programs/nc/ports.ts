import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';

/** Services that /etc/services names on every Linux. */
const KNOWN: Readonly<Record<string, number>> = {
  domain: 53,
  ftp: 21,
  http: 80,
  'http-alt': 8080,
  https: 443,
  mysql: 3306,
  ntp: 123,
  postgresql: 5432,
  redis: 6379,
  smtp: 25,
  ssh: 22,
  telnet: 23,
};

/** The port a word means: a number or a service's name; undefined for neither. */
export function portOf(sys: Sys, word: string): number | undefined {
  if (/^\d+$/.test(word)) return Number(word) <= 65_535 ? Number(word) : undefined;
  return services(sys).get(word);
}

/** The service's name of a port, `*` without one. */
export function serviceOf(sys: Sys, port: number): string {
  for (const [name, number] of services(sys)) if (number === port) return name;
  return '*';
}

function services(sys: Sys): ReadonlyMap<string, number> {
  try {
    const lines = decodeText(sys.readFile('/etc/services')).split('\n');
    return new Map(
      lines.flatMap((line) => {
        const [, name, port] = /^([\w-]+)\s+(\d+)\/(?:tcp|udp)/.exec(line) ?? [];
        return name === undefined ? [] : [[name, Number(port)] as const];
      }),
    );
  } catch (error) {
    if (isErrno(error)) return new Map(Object.entries(KNOWN));
    throw error;
  }
}
