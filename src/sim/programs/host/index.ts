import { askServer, candidateNames, resolveHost, resolverConfig } from '../../client/resolver.js';
import type { InstalledProgram } from '../../kernel/installed-program.js';
import { print, printError } from '../../kernel/libc/streams.js';
import type { DnsAnswer, DnsRecord, DnsType } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { queryType, reverseName, withoutDot } from '../nslookup/records.js';
import { USAGE } from './usage.js';

interface Line {
  readonly name: string;
  readonly server: string | undefined;
  readonly type: DnsType | undefined;
  readonly port: number;
  readonly tries: number;
  readonly seconds: number;
  readonly tcp: boolean;
}

/** The numbers of response codes, as host writes them. */
const CODES = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'];

/** host, as bind 9.18 has it: a name's addresses and mail servers in sentences. */
function* run(sys: Sys): Waiting<number> {
  const line = readLine(sys.args.slice(1));
  if (typeof line === 'string') {
    yield* printError(sys, line);
    return 1;
  }
  const config = resolverConfig(sys);
  let { servers } = config;
  if (line.server !== undefined) {
    const found = yield* resolveHost(sys, line.server);
    if ('failure' in found) {
      yield* printError(sys, `host: couldn't get address for '${line.server}': not found\n`);
      return 1;
    }
    servers = found.addresses.slice(0, 1);
  }
  const reverse = line.type === undefined ? reverseName(line.name) : undefined;
  const names = reverse === undefined ? candidateNames(config, line.name) : [`${reverse}.`];
  const types: readonly DnsType[] = reverse === undefined ? (line.type ? [line.type] : ['A', 'AAAA', 'MX']) : ['PTR'];
  const [first = 'A', ...others] = types;
  let last: { answer: DnsAnswer; name: string; server: string } | undefined;
  for (const name of names) {
    last = yield* ask(sys, servers, line, name, first);
    if (last?.answer.code !== 'NXDOMAIN') break;
  }
  if (!last) {
    yield* print(sys, ';; no servers could be reached\n\n');
    return 1;
  }
  if (line.server !== undefined) {
    const own = `Name: ${line.server}\nAddress: ${last.server}#${line.port}\nAliases: \n\n`;
    yield* print(sys, `Using domain server:\n${own}`);
  }
  const { code } = last.answer;
  if (code !== 'NOERROR') {
    const asked = withoutDot(reverse === undefined ? line.name : `${reverse}.`);
    yield* print(sys, `Host ${asked}${reverse === undefined ? '' : '.'} not found: ${CODES.indexOf(code)}(${code})\n`);
    return 1;
  }
  yield* print(sys, sentences(last.answer, last.name, line.type));
  for (const type of others) {
    const more = yield* ask(sys, [last.server], line, aliasEnd(last.answer, last.name), type);
    if (more?.answer.code === 'NOERROR') {
      const own = more.answer.records.filter((record) => record.type === type);
      yield* print(sys, sentences({ ...more.answer, records: own }, more.name, undefined));
    }
  }
  return 0;
}

function* ask(
  sys: Sys,
  servers: readonly string[],
  { port, tries, seconds, tcp }: Line,
  name: string,
  type: DnsType,
): Waiting<{ answer: DnsAnswer; name: string; server: string } | undefined> {
  let protocol: 'udp' | 'tcp' = tcp ? 'tcp' : 'udp';
  for (let attempt = 0; attempt < tries; attempt += 1) {
    for (const server of servers) {
      let answer = yield* askServer(sys, server, port, { name, type }, seconds * SECOND, protocol);
      if (typeof answer !== 'string' && answer.truncated) {
        protocol = 'tcp';
        yield* print(sys, ';; Truncated, retrying in TCP mode.\n');
        answer = yield* askServer(sys, server, port, { name, type }, seconds * SECOND, protocol);
      }
      if (typeof answer !== 'string') return { answer, name, server };
      const reason = answer === 'refused' ? 'connection refused' : 'timed out';
      yield* print(sys, `;; communications error to ${server}#${port}: ${reason}\n`);
    }
  }
  return undefined;
}

/** The name that aliases lead to in the end. */
function aliasEnd({ records }: DnsAnswer, name: string): string {
  return records.reduce((at, { name: owner, type, data }) => (type === 'CNAME' && owner === at ? data : at), name);
}

function sentences({ records }: DnsAnswer, name: string, type: DnsType | undefined): string {
  if (records.length === 0) return type === undefined ? '' : `${withoutDot(name)} has no ${type} record\n`;
  return records.map((record) => `${sentence(record)}\n`).join('');
}

function sentence({ name, type, data }: DnsRecord): string {
  const owner = withoutDot(name);
  switch (type) {
    case 'A':
      return `${owner} has address ${data}`;
    case 'AAAA':
      return `${owner} has IPv6 address ${data}`;
    case 'CNAME':
      return `${owner} is an alias for ${data}`;
    case 'MX':
      return `${owner} mail is handled by ${data}`;
    case 'NS':
      return `${owner} name server ${data}`;
    case 'PTR':
      return `${owner} domain name pointer ${data}`;
    case 'TXT':
      return `${owner} descriptive text ${data}`;
    default:
      return `${owner} has ${type} record ${data}`;
  }
}

function readLine(args: readonly string[]): Line | string {
  const operands: string[] = [];
  const line = { type: undefined as DnsType | undefined, port: 53, tries: 2, seconds: 5, tcp: false };
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] as string;
    const [, letter = '', attached = ''] = /^-([a-zA-Z46])(.*)$/.exec(word) ?? [];
    if (letter === '') {
      operands.push(word);
      continue;
    }
    if ('aAdvlrTCUVws46i'.includes(letter)) {
      if (letter === 'a') line.type = 'ANY';
      if (letter === 'T') line.tcp = true;
      continue;
    }
    if (attached === '') at += 1;
    const value = attached === '' ? (args[at] ?? '') : attached;
    if (letter === 't') {
      line.type = queryType(value);
      if (!line.type) return `host: invalid type: ${value}\n\n`;
    } else if (letter === 'p') line.port = Number(value);
    else if (letter === 'R') line.tries = Number(value) + 1;
    else if (letter === 'W') line.seconds = Number(value);
    else if (!'cNm'.includes(letter)) return USAGE;
  }
  const [name, server] = operands;
  return name === undefined ? USAGE : { ...line, name, server };
}

/** host: looks a name up and says what it found in sentences. */
export const host: InstalledProgram = { name: 'host', paths: ['/usr/bin/host'], run };
