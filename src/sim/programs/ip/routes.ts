import { print, printError } from '../../kernel/libc/streams.js';
import type { Route } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import type { IpOptions } from './index.js';

/** `ip route`: the table, parts of it, or the way to one address. */
export function* routes(sys: Sys, words: readonly string[], options: IpOptions): Waiting<number> {
  const family = options.family ?? 4;
  const [command, ...rest] = words;
  if (command === 'get') return yield* wayTo(sys, rest[0] ?? '');
  if (command !== undefined && ['add', 'del', 'delete', 'replace', 'change', 'flush'].includes(command)) {
    yield* printError(sys, 'RTNETLINK answers: Operation not permitted\n');
    return 2;
  }
  const table = sys.network().routes(family);
  const chosen = words.filter((word) => !['show', 'list', 's', 'sh', 'ls'].includes(word));
  const at = chosen.indexOf('dev');
  const device = at < 0 ? undefined : chosen[at + 1];
  const [to] = at < 0 ? chosen : chosen.filter((_, index) => index !== at && index !== at + 1);
  const shown = table.filter(
    (route) => (device === undefined || route.device === device) && (to === undefined || route.to === to),
  );
  yield* print(sys, shown.map((route) => `${routeWords(route, device === undefined)}\n`).join(''));
  return 0;
}

function routeWords({ to, via, device, protocol, scope, source, onlink }: Route, withDevice: boolean): string {
  const words = [
    device === undefined ? `blackhole ${to}` : to,
    via === undefined ? '' : `via ${via}`,
    device === undefined || !withDevice ? '' : `dev ${device}`,
    protocol === undefined ? '' : `proto ${protocol}`,
    scope === undefined ? '' : `scope ${scope}`,
    source === undefined ? '' : `src ${source}`,
    onlink ? 'onlink' : '',
  ];
  return `${words.filter((word) => word !== '').join(' ')} `;
}

/** The way a packet to an address would take. */
function* wayTo(sys: Sys, to: string): Waiting<number> {
  const six = to.includes(':');
  if (!six && !/^\d+\.\d+\.\d+\.\d+$/.test(to)) {
    yield* printError(sys, `Error: any valid prefix is expected rather than "${to}".\n`);
    return 1;
  }
  const network = sys.network();
  const own = network.addresses().find((address) => address.includes(':') === six);
  const uid = sys.credentials.uid;
  if (network.addresses().includes(to) || to.startsWith('127.')) {
    yield* print(sys, `local ${to} dev lo src ${to} uid ${uid} \n    cache <local> \n`);
    return 0;
  }
  const route = network
    .routes(six ? 6 : 4)
    .filter((one) => holds(one.to, to))
    .sort(longest)[0];
  if (!route?.device || own === undefined) {
    yield* printError(sys, 'RTNETLINK answers: Network is unreachable\n');
    return 2;
  }
  const via = route.via === undefined ? '' : ` via ${route.via}`;
  const source = route.source ?? own;
  yield* print(sys, `${to}${via} dev ${route.device} src ${source} uid ${uid} \n    cache \n`);
  return 0;
}

function longest(one: Route, other: Route): number {
  return prefixOf(other.to) - prefixOf(one.to);
}

function prefixOf(range: string): number {
  if (range === 'default') return 0;
  return range.includes('/') ? Number(range.split('/')[1]) : 128;
}

function holds(range: string, address: string): boolean {
  if (range === 'default' || range === address) return true;
  if (!range.includes('/') || range.includes(':')) return false;
  const [base = '', prefix = ''] = range.split('/');
  const number = (text: string) => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(prefix));
  return Math.floor(number(base) / size) === Math.floor(number(address) / size);
}
