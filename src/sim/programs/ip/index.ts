import type { InstalledProgram } from '../../kernel/installed-program.js';
import { print, printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Interface } from './interfaces.js';
import { interfacesOf, networkOf } from './interfaces.js';

const USAGE = `Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }
       ip [ -force ] -batch filename
where  OBJECT := { address | link | neighbour | route | rule }
       OPTIONS := { -V[ersion] | -s[tatistics] | -d[etails] | -h[uman-readable] |
                    -4 | -6 | -br[ief] | -o[neline] | -c[olor] }
`;

/** An object or command by any beginning of its name, as ip takes it. */
function named(word: string, names: readonly string[]): string | undefined {
  return names.find((name) => name.startsWith(word));
}

function linkLine({ index, name, flags, mtu, queue, state, link, broadcast }: Interface, mode: string): string {
  return `${index}: ${name}: <${flags}> mtu ${mtu} qdisc ${queue} state ${state} ${mode}group default qlen 1000\n    link/${link} brd ${broadcast}\n`;
}

function addressLines({ name, addresses }: Interface): string {
  return addresses
    .map((address) => {
      const loopback = name === 'lo';
      const broadcast = loopback ? '' : ` brd ${networkOf(address).broadcast}`;
      return `    inet ${address}${broadcast} scope ${loopback ? 'host' : 'global'} ${name}\n       valid_lft forever preferred_lft forever\n`;
    })
    .join('');
}

function brief({ name, state, addresses, link, flags }: Interface, links: boolean): string {
  const rest = links ? `${(link.split(' ')[1] ?? '').padEnd(18)}<${flags}> ` : `${addresses.join(' ')} `;
  return `${name.padEnd(16)} ${state.padEnd(14)} ${rest}\n`;
}

function* showInterfaces(
  sys: Sys,
  words: readonly string[],
  options: ReadonlySet<string>,
  links: boolean,
): Waiting<number> {
  const rest = words.filter((word) => !['show', 'list', 'dev', 'sh', 's', 'ls'].includes(word));
  const [wanted] = rest;
  const all = interfacesOf(sys);
  const shown = wanted === undefined ? all : all.filter(({ name }) => name === wanted);
  if (shown.length === 0) {
    yield* printError(sys, `Device "${wanted}" does not exist.\n`);
    return 1;
  }
  const text = shown.map((each) => {
    if (options.has('br')) return brief(each, links);
    return links ? linkLine(each, 'mode DEFAULT ') : linkLine(each, '') + addressLines(each);
  });
  yield* print(sys, text.join(''));
  return 0;
}

function* routes(sys: Sys, words: readonly string[]): Waiting<number> {
  const ethernet = interfacesOf(sys).find(({ name }) => name !== 'lo');
  const own = ethernet?.addresses[0]?.split('/')[0];
  if (!ethernet || own === undefined) return 0;
  const { network, gateway } = networkOf(own);
  if (words[0] !== 'get') {
    yield* print(
      sys,
      `default via ${gateway} dev ${ethernet.name} \n${network} dev ${ethernet.name} proto kernel scope link src ${own} \n`,
    );
    return 0;
  }
  const [, to = ''] = words;
  if (!/^\d+\.\d+\.\d+\.\d+$/.test(to)) {
    yield* printError(sys, `Error: any valid prefix is expected rather than "${to}".\n`);
    return 1;
  }
  const local = sys.network().addresses().includes(to) || to.startsWith('127.');
  const near = networkOf(to).network === network;
  const way = local
    ? `local ${to} dev lo src ${to}`
    : `${to}${near ? '' : ` via ${gateway}`} dev ${ethernet.name} src ${own}`;
  yield* print(sys, `${way} uid ${sys.credentials.uid} \n    cache ${local ? '<local> ' : ''}\n`);
  return 0;
}

function* run(sys: Sys): Waiting<number> {
  const words = sys.args.slice(1);
  const options = new Set<string>();
  while (words[0]?.startsWith('-')) {
    const option = words.shift() as string;
    if (/^-V/.test(option)) {
      yield* print(sys, 'ip utility, iproute2-6.1.0, libbpf 1.3.0\n');
      return 0;
    }
    options.add(/^-br/.test(option) ? 'br' : option.slice(1));
  }
  const [object, ...rest] = words;
  if (object === undefined || object === 'help') {
    yield* printError(sys, USAGE);
    return 255;
  }
  switch (named(object, ['address', 'link', 'neighbour', 'route', 'rule'])) {
    case 'address':
      return yield* showInterfaces(sys, rest, options, false);
    case 'link':
      return yield* showInterfaces(sys, rest, options, true);
    case 'route':
      return yield* routes(sys, rest);
    case 'rule':
      yield* print(sys, '0:\tfrom all lookup local\n32766:\tfrom all lookup main\n32767:\tfrom all lookup default\n');
      return 0;
    case 'neighbour':
      return 0;
    default:
      yield* printError(sys, `Object "${object}" is unknown, try "ip help".\n`);
      return 1;
  }
}

/** ip: what network interfaces, addresses and routes there are. */
export const ip: InstalledProgram = { name: 'ip', paths: ['/usr/sbin/ip'], run };
