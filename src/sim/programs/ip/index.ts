import type { InstalledProgram } from '../../kernel/installed-program.js';
import { print, printError } from '../../kernel/libc/streams.js';
import type { Link } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { addressesOf, addressWords, fullName, linkWords } from './interfaces.js';
import { routes } from './routes.js';

const USAGE = `Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }
       ip [ -force ] -batch filename
where  OBJECT := { address | link | neighbour | route | rule }
       OPTIONS := { -V[ersion] | -s[tatistics] | -d[etails] | -h[uman-readable] |
                    -4 | -6 | -br[ief] | -o[neline] | -c[olor] }
`;
const SHOW = new Set(['show', 'list', 'sh', 's', 'ls', 'lst']);
const ADDRESS_TAIL = 'valid_lft forever preferred_lft forever';

/** What stands before the object. */
export interface IpOptions {
  readonly brief: boolean;
  readonly oneLine: boolean;
  readonly family: 4 | 6 | undefined;
}

/** An object or command by any beginning of its name, as ip takes it. */
function named(word: string, names: readonly string[]): string | undefined {
  return names.find((name) => name.startsWith(word));
}

function linkLines(link: Link, links: boolean, separator: string): string {
  const { index, mtu, master, hardware } = link;
  const { flags, queue, state, type, broadcast } = linkWords(link);
  const mode = links ? 'mode DEFAULT ' : '';
  const belongs = master === undefined ? '' : `master ${master} `;
  const peer = link.peer?.startsWith('if') ? ' link-netnsid 0' : '';
  return `${index}: ${fullName(link)}: <${flags}> mtu ${mtu} qdisc ${queue} ${belongs}state ${state} ${mode}group default qlen 1000${separator}    link/${type} ${hardware} brd ${broadcast}${peer}\n`;
}

function shownAddresses(link: Link, family: 4 | 6 | undefined): string[] {
  const six = (address: string) => address.includes(':');
  return addressesOf(link).filter((address) => family === undefined || six(address) === (family === 6));
}

function addressBlock(link: Link, { family, oneLine }: IpOptions): string {
  const addresses = shownAddresses(link, family);
  if (oneLine) {
    const start = `${link.index}: ${link.name.padEnd(7)} `;
    return addresses.map((address) => `${start}${addressWords(link, address)}\\       ${ADDRESS_TAIL}\n`).join('');
  }
  if (family !== undefined && addresses.length === 0) return '';
  const head =
    family === undefined ? linkLines(link, false, '\n') : linkLines(link, false, '\n').replace(/\n.*\n/, '\n');
  return `${head}${addresses.map((address) => `    ${addressWords(link, address)}\n       ${ADDRESS_TAIL}\n`).join('')}`;
}

function brief(link: Link, links: boolean, family: 4 | 6 | undefined): string {
  const { state, flags } = linkWords(link);
  const rest = links ? `${link.hardware.padEnd(18)}<${flags}> ` : `${shownAddresses(link, family).join(' ')} `;
  return `${fullName(link).padEnd(16)} ${state.padEnd(14)} ${rest}\n`;
}

function* showInterfaces(sys: Sys, words: readonly string[], options: IpOptions, links: boolean): Waiting<number> {
  const [command] = words;
  if (command !== undefined && ['set', 'add', 'del', 'delete', 'change', 'replace', 'flush'].includes(command)) {
    yield* printError(sys, 'RTNETLINK answers: Operation not permitted\n');
    return 2;
  }
  let shown = [...sys.network().links()];
  const rest = words.filter((word) => !SHOW.has(word));
  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at] as string;
    if (word === 'up' || word === 'scope' || word === 'global') continue;
    if (word === 'type') shown = shown.filter((link) => link.kind === rest[at + 1]);
    else if (word === 'master') shown = shown.filter((link) => link.master === rest[at + 1]);
    else {
      const name = word === 'dev' ? rest[at + 1] : word;
      const found = shown.filter((link) => link.name === name);
      if (found.length === 0) {
        yield* printError(sys, `Device "${name}" does not exist.\n`);
        return 1;
      }
      shown = found;
      if (word !== 'dev') continue;
    }
    at += 1;
  }
  const text = shown.map((link) => {
    if (options.brief) return brief(link, links, options.family);
    return links ? linkLines(link, true, options.oneLine ? '\\' : '\n') : addressBlock(link, options);
  });
  yield* print(sys, text.join(''));
  return 0;
}

/** Neighbours that were spoken with: the gateway and, on a host, the other end of its pods' pairs. */
function* neighbours(sys: Sys): Waiting<number> {
  const [gateway] = sys.network().routes(4);
  if (!gateway?.via || gateway.device === undefined) return 0;
  yield* print(sys, `${gateway.via} dev ${gateway.device} lladdr ee:ee:ee:ee:ee:ee REACHABLE \n`);
  return 0;
}

function* run(sys: Sys): Waiting<number> {
  const words = sys.args.slice(1);
  let options: IpOptions = { brief: false, oneLine: false, family: undefined };
  while (words[0]?.startsWith('-')) {
    const option = words.shift() as string;
    if (/^-V/.test(option)) {
      yield* print(sys, 'ip utility, iproute2-6.1.0, libbpf 1.3.0\n');
      return 0;
    }
    if (/^--?br/.test(option)) options = { ...options, brief: true };
    else if (/^--?o/.test(option)) options = { ...options, oneLine: true };
    else if (option === '-4' || option === '-6') options = { ...options, family: option === '-6' ? 6 : 4 };
    else if (!/^--?(?:s|d|c|h|j|p|r)/.test(option)) {
      yield* printError(sys, `Option "${option}" is unknown, try "ip -help".\n`);
      return 255;
    }
  }
  const [object, ...rest] = words;
  if (object === undefined || object === 'help') {
    yield* printError(sys, USAGE);
    return 255;
  }
  switch (named(object, ['address', 'link', 'neighbour', 'neighbor', 'route', 'rule'])) {
    case 'address':
      return yield* showInterfaces(sys, rest, options, false);
    case 'link':
      return yield* showInterfaces(sys, rest, options, true);
    case 'route':
      return yield* routes(sys, rest, options);
    case 'rule':
      yield* print(sys, '0:\tfrom all lookup local\n32766:\tfrom all lookup main\n32767:\tfrom all lookup default\n');
      return 0;
    case 'neighbour':
    case 'neighbor':
      return yield* neighbours(sys);
    default:
      yield* printError(sys, `Object "${object}" is unknown, try "ip help".\n`);
      return 1;
  }
}

/** ip: what network interfaces, addresses and routes there are. */
export const ip: InstalledProgram = { name: 'ip', paths: ['/usr/sbin/ip'], run };
