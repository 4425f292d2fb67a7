import type { InstalledProgram } from '../../kernel/installed-program.js';
import { print, printError } from '../../kernel/libc/streams.js';
import type { FilterChain, FilterTable } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { ruleColumns } from './rule-columns.js';

const VERSION = 'v1.8.10 (nf_tables)';
const BUILT_IN: Readonly<Record<string, readonly string[]>> = {
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  raw: ['PREROUTING', 'OUTPUT'],
};
const CHANGES = new Set(['A', 'I', 'D', 'R', 'F', 'Z', 'N', 'X', 'P', 'E', 'C']);

/** What a command line asks for. */
interface Line {
  table: string;
  command: string;
  chain: string | undefined;
  numeric: boolean;
  verbose: boolean;
  numbers: boolean;
  strange: string | undefined;
}

function readLine(args: readonly string[]): Line {
  const line: Line = {
    table: 'filter',
    command: '',
    chain: undefined,
    numeric: false,
    verbose: false,
    numbers: false,
    strange: undefined,
  };
  const names: Readonly<Record<string, string>> = {
    '--table': 't',
    '--list': 'L',
    '--list-rules': 'S',
    '--numeric': 'n',
    '--verbose': 'v',
    '--version': 'V',
  };
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] as string;
    if (word === '--line-numbers') {
      line.numbers = true;
      continue;
    }
    const letters = names[word] ?? (/^-[a-zA-Z]+$/.test(word) ? word.slice(1) : '');
    if (letters === '') {
      if (word.startsWith('-')) line.strange ??= word;
      else line.chain ??= word;
      continue;
    }
    for (const letter of letters) {
      if (letter === 't') {
        at += 1;
        line.table = args[at] ?? '';
      } else if (letter === 'n') line.numeric = true;
      else if (letter === 'v') line.verbose = true;
      else if (letter === 'L' || letter === 'S' || letter === 'V' || CHANGES.has(letter)) line.command ||= letter;
      else if (letter !== 'w' && letter !== 'x') line.strange ??= `-${letter}`;
    }
  }
  return line;
}

/** The tables of this network, those that nobody wrote to with nothing but the kernel's own chains. */
function tableOf(sys: Sys, name: string, family: 4 | 6): FilterTable | undefined {
  const own = BUILT_IN[name];
  if (!own) return undefined;
  const found = sys
    .network()
    .packetRules()
    ?.tables(family)
    .find((table) => table.name === name);
  const chains = own.map((chain) => ({ name: chain, policy: 'ACCEPT', rules: [] }));
  return found ?? { name: name as FilterTable['name'], chains };
}

function* run(sys: Sys, family: 4 | 6): Waiting<number> {
  const name = family === 4 ? 'iptables' : 'ip6tables';
  const line = readLine(sys.args.slice(1));
  if (line.command === 'V') {
    yield* print(sys, `${name} ${VERSION}\n`);
    return 0;
  }
  const fail = function* (words: string, status: number): Waiting<number> {
    yield* printError(sys, `${words}\n`);
    return status;
  };
  const more = `Try \`${name} -h' or '${name} --help' for more information.`;
  if (line.command === '') return yield* fail(`${name} ${VERSION}: no command specified\n${more}`, 2);
  if (sys.credentials.uid !== 0) {
    const why = 'Could not fetch rule set generation id: Permission denied (you must be root)';
    return yield* fail(`${name} ${VERSION}: ${why}`, 4);
  }
  if (CHANGES.has(line.command)) return yield* fail(`${name}: rules cannot be changed by hand here`, 4);
  if (line.strange !== undefined)
    return yield* fail(`${name} ${VERSION}: unknown option "${line.strange}"\n${more}`, 2);
  const table = tableOf(sys, line.table, family);
  if (!table) {
    const why = `can't initialize ${name} table \`${line.table}': Table does not exist (do you need to insmod?)`;
    return yield* fail(`${name} ${VERSION}: ${why}\nPerhaps ${name} or your kernel needs to be upgraded.`, 3);
  }
  const chains = table.chains.filter((chain) => line.chain === undefined || chain.name === line.chain);
  if (chains.length === 0) return yield* fail(`${name}: No chain/target/match by that name.`, 1);
  yield* print(sys, line.command === 'S' ? rulesText(chains) : listText(table, chains, line, family));
  return 0;
}

function rulesText(chains: readonly FilterChain[]): string {
  const heads = chains.map(({ name, policy }) => (policy ? `-P ${name} ${policy}\n` : `-N ${name}\n`));
  return [...heads, ...chains.flatMap(({ name, rules }) => rules.map((rule) => `-A ${name} ${rule}\n`))].join('');
}

function listText(table: FilterTable, chains: readonly FilterChain[], line: Line, family: 4 | 6): string {
  const references = new Map<string, number>();
  for (const { rules } of table.chains) {
    for (const rule of rules) {
      const target = / ?-j (\S+)/.exec(rule)?.[1];
      if (target) references.set(target, (references.get(target) ?? 0) + 1);
    }
  }
  const counters = line.verbose ? ' pkts bytes ' : '';
  const faces = line.verbose ? 'in     out     ' : '';
  const number = line.numbers ? 'num  ' : '';
  const head = `${number}${counters}target     prot opt ${faces}source               destination         \n`;
  const blocks = chains.map(({ name, policy, rules }) => {
    const packets = line.verbose ? ' 0 packets, 0 bytes' : '';
    const about = policy ? `policy ${policy}${packets}` : `${references.get(name) ?? 0} references`;
    const rows = rules.map((rule, index) => {
      const { target, protocol, inside, outside, source, destination, rest } = ruleColumns(rule, family);
      const counted = line.verbose ? '    0     0 ' : '';
      const through = line.verbose ? `${inside.padEnd(6)} ${outside.padEnd(6)}  ` : '';
      const at = line.numbers ? String(index + 1).padEnd(5) : '';
      const addresses = line.numeric ? [source, destination] : [source, destination].map(nameOf);
      const [from = '', to = ''] = addresses;
      return `${at}${counted}${target.padEnd(10)} ${protocol.padEnd(4)} --  ${through}${from.padEnd(20)} ${to.padEnd(20)} ${rest}\n`;
    });
    return `Chain ${name} (${about})\n${head}${rows.join('')}`;
  });
  return blocks.join('\n');
}

function nameOf(address: string): string {
  return address === '0.0.0.0/0' || address === '::/0' ? 'anywhere' : address;
}

function* save(sys: Sys, family: 4 | 6): Waiting<number> {
  const name = family === 4 ? 'iptables-save' : 'ip6tables-save';
  if (sys.credentials.uid !== 0) {
    const why = 'Could not fetch rule set generation id: Permission denied (you must be root)';
    yield* printError(sys, `${name} ${VERSION}: ${why}\n`);
    return 4;
  }
  const at = sys.args.indexOf('-t');
  const wanted = at < 0 ? undefined : sys.args[at + 1];
  const tables = sys.network().packetRules()?.tables(family) ?? [];
  const when = new Date(Math.floor(sys.now() / 1000)).toUTCString();
  const [day = '', date = '', month = '', year = '', clock = ''] = when.replace(',', '').split(' ');
  const stamp = `${day} ${month} ${date.replace(/^0/, ' ')} ${clock} ${year}`;
  for (const table of tables.filter((one) => wanted === undefined || one.name === wanted)) {
    const heads = table.chains.map((chain) => `:${chain.name} ${chain.policy ?? '-'} [0:0]\n`);
    const rules = table.chains.flatMap((chain) => chain.rules.map((rule) => `-A ${chain.name} ${rule}\n`));
    const begin = `# Generated by ${name} ${VERSION} on ${stamp}\n*${table.name}\n`;
    yield* print(sys, `${begin}${[...heads, ...rules].join('')}COMMIT\n# Completed on ${stamp}\n`);
  }
  return 0;
}

const at = (name: string) => [`/usr/sbin/${name}`];

/** iptables and its kin: the rules of this network, as kube-proxy and others made them. */
export const iptables: InstalledProgram = { name: 'iptables', paths: at('iptables'), run: (sys) => run(sys, 4) };
export const ip6tables: InstalledProgram = { name: 'ip6tables', paths: at('ip6tables'), run: (sys) => run(sys, 6) };
export const iptablesSave: InstalledProgram = {
  name: 'iptables-save',
  paths: at('iptables-save'),
  run: (sys) => save(sys, 4),
};
export const ip6tablesSave: InstalledProgram = {
  name: 'ip6tables-save',
  paths: at('ip6tables-save'),
  run: (sys) => save(sys, 6),
};
