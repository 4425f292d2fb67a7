import { decodeText } from '../kernel/bytes.js';
import { isErrno } from '../kernel/errno.js';
import { exists } from '../kernel/libc/exists.js';
import { together } from '../kernel/libc/together.js';
import type { DnsAnswer, DnsQuestion, DnsRecord } from '../kernel/network.js';
import type { Sys } from '../kernel/sys.js';
import type { Micros } from '../kernel/time.js';
import { SECOND } from '../kernel/time.js';
import type { Waiting } from '../kernel/wait.js';
import { inOrder, type NameLibrary } from './address-selection.js';

/** What /etc/resolv.conf says (resolv.conf(5)). */
export interface ResolverConfig {
  readonly servers: readonly string[];
  readonly search: readonly string[];
  readonly ndots: number;
  readonly timeout: Micros;
  readonly attempts: number;
}

/** How looking up a name ended when there is no answer. */
export type LookupFailure = 'not-found' | 'no-data' | 'timed-out' | 'refused' | 'server-failure';

export type Lookup =
  | { readonly records: readonly DnsRecord[]; readonly server: string; readonly name: string }
  | { readonly failure: LookupFailure; readonly server: string; readonly name: string };

/** Reads /etc/resolv.conf; a missing file means the local host's own server. */
export function resolverConfig(sys: Sys): ResolverConfig {
  const servers: string[] = [];
  let search: string[] = [];
  let ndots = 1;
  let timeout = 5;
  let attempts = 2;
  for (const line of readText(sys, '/etc/resolv.conf').split('\n')) {
    const [word, ...rest] = line.trim().split(/\s+/);
    if (word === 'nameserver' && rest[0] !== undefined) servers.push(rest[0]);
    else if (word === 'search') search = rest;
    else if (word === 'domain' && rest[0] !== undefined) search = [rest[0]];
    else if (word === 'options') {
      for (const option of rest) {
        const [name, value] = option.split(':');
        if (name === 'ndots') ndots = Number(value);
        else if (name === 'timeout') timeout = Number(value);
        else if (name === 'attempts') attempts = Number(value);
      }
    }
  }
  return {
    servers: servers.length > 0 ? servers.slice(0, 3) : ['127.0.0.1'],
    search,
    ndots,
    timeout: timeout * SECOND,
    attempts,
  };
}

/** A host's addresses, and the name that it is found under in the end: behind aliases, with its domain. */
export interface ResolvedHost {
  readonly name: string;
  readonly addresses: readonly string[];
}

/** IPv4, or IPv6. */
export type AddressFamily = 4 | 6;

const ADDRESS_TYPES = { 4: 'A', 6: 'AAAA' } as const;

/** A name that has no address, why, and which server said so last (none where nobody was asked). */
export interface UnresolvedHost {
  readonly failure: LookupFailure;
  readonly server: string;
}

/**
 * The addresses of a name, as getaddrinfo(3) gives them: an address itself, lines of /etc/hosts, else what DNS says, of
 * both families unless told otherwise, those to be tried first in front. `library` is the C library of the file tree
 * when left out; programs in Go have their own.
 */
export function* resolveHost(
  sys: Sys,
  name: string,
  families: readonly AddressFamily[] = [4, 6],
  library: NameLibrary = cLibrary(sys),
): Waiting<ResolvedHost | UnresolvedHost> {
  if (/^\d+\.\d+\.\d+\.\d+$|^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(name)) return { name, addresses: [name] };
  const sorted = (found: ResolvedHost): ResolvedHost =>
    found.addresses.length < 2
      ? found
      : { ...found, addresses: inOrder(found.addresses, sys.network().addresses(), library) };
  const known = inHostsFile(sys, name.toLowerCase().replace(/\.$/, ''), families);
  if (known) return sorted(known);
  const types = families.map((family) => ADDRESS_TYPES[family]);
  const lookup = yield* lookupName(sys, resolverConfig(sys), name, types);
  if ('failure' in lookup) return { failure: lookup.failure, server: lookup.server };
  const answers = types.flatMap((wanted) => lookup.records.filter(({ type }) => type === wanted));
  const canonical = (answers[0]?.name ?? lookup.name).replace(/\.$/, '');
  if (answers.length === 0) return { failure: 'no-data', server: lookup.server };
  return sorted({ name: canonical, addresses: answers.map(({ data }) => data) });
}

function cLibrary(sys: Sys): NameLibrary {
  return exists(sys, '/etc/alpine-release') ? 'musl' : 'glibc';
}

/** A line of /etc/hosts: an address with its names, the first of which is the host's own. */
export interface HostsLine {
  readonly address: string;
  readonly names: readonly string[];
}

/** What /etc/hosts says, line by line. */
export function hostsLines(sys: Sys): HostsLine[] {
  return readText(sys, '/etc/hosts')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim().split(/\s+/))
    .filter((words) => words.length > 1)
    .map(([address = '', ...names]) => ({ address, names }));
}

function inHostsFile(sys: Sys, name: string, families: readonly AddressFamily[]): ResolvedHost | undefined {
  const lines = hostsLines(sys).filter(
    ({ address, names }) =>
      families.includes(address.includes(':') ? 6 : 4) && names.some((alias) => alias.toLowerCase() === name),
  );
  const [first] = lines;
  return first && { name: first.names[0] as string, addresses: lines.map(({ address }) => address) };
}

/** Looks a name up with the search list, in the order res_search(3) tries; the first name that answers wins. */
function* lookupName(
  sys: Sys,
  config: ResolverConfig,
  name: string,
  types: readonly DnsQuestion['type'][],
): Waiting<Lookup> {
  let failed: Lookup | undefined;
  for (const candidate of candidateNames(config, name)) {
    const asked = types.map((type) => () => askServers(sys, config, { name: candidate, type }));
    const outcome = combined(yield* together(sys, asked));
    if ('records' in outcome) return outcome;
    if (outcome.failure !== 'not-found' && outcome.failure !== 'no-data') return outcome;
    if (!failed || (outcome.failure === 'no-data' && 'failure' in failed && failed.failure === 'not-found'))
      failed = outcome;
  }
  return failed ?? { failure: 'not-found', server: config.servers[0] as string, name };
}

/** What is known when a name was asked for by several types: what any of them gave, else why not, the worst first. */
function combined(lookups: readonly Lookup[]): Lookup {
  const [first] = lookups as readonly [Lookup];
  const records = lookups.flatMap((lookup) => ('records' in lookup ? lookup.records : []));
  if (records.length > 0) return { records, server: first.server, name: first.name };
  const failures = lookups.map((lookup): LookupFailure => ('failure' in lookup ? lookup.failure : 'no-data'));
  const rank = (failure: LookupFailure) => (failure === 'not-found' ? 0 : failure === 'no-data' ? 1 : 2);
  const failure = failures.reduce((one, other) => (rank(other) > rank(one) ? other : one));
  return { failure, server: first.server, name: first.name };
}

/** The full names tried for a name, in order, each with its final dot. */
export function candidateNames({ search, ndots }: ResolverConfig, name: string): string[] {
  if (name.endsWith('.')) return [name];
  const searched = search.map((domain) => `${name}.${domain.replace(/\.$/, '')}.`);
  const dots = name.split('.').length - 1;
  return dots >= ndots ? [`${name}.`, ...searched] : [...searched, `${name}.`];
}

/** Asks the servers in turn, each so often, until one answers. */
function* askServers(sys: Sys, config: ResolverConfig, question: DnsQuestion): Waiting<Lookup> {
  const { name } = question;
  let failure: LookupFailure = 'timed-out';
  let last = config.servers[0] as string;
  for (let attempt = 0; attempt < config.attempts; attempt += 1) {
    for (const server of config.servers) {
      last = server;
      const answer = yield* askServer(sys, server, 53, question, config.timeout);
      if (typeof answer === 'string') {
        failure = answer;
        continue;
      }
      if (answer.code === 'NXDOMAIN') return { failure: 'not-found', server, name };
      if (answer.code === 'NOERROR') return { records: answer.records, server, name };
      failure = answer.code === 'REFUSED' ? 'refused' : 'server-failure';
    }
  }
  return { failure, server: last, name };
}

/** One question to one server, by UDP unless told otherwise. */
export function* askServer(
  sys: Sys,
  server: string,
  port: number,
  question: DnsQuestion,
  timeout: Micros,
  protocol: 'udp' | 'tcp' = 'udp',
): Waiting<DnsAnswer | 'timed-out' | 'refused'> {
  try {
    const connection = yield* sys.connect({ address: server, port, protocol }, timeout);
    const answer = yield* connection.request({ kind: 'dns', question });
    return answer.kind === 'dns-answer' ? answer : 'timed-out';
  } catch (error) {
    // A closed UDP port answers by ICMP, which the socket reports as ECONNREFUSED.
    if (isErrno(error, 'ECONNREFUSED')) return 'refused';
    if (isErrno(error, 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNRESET')) return 'timed-out';
    throw error;
  }
}

function readText(sys: Sys, path: string): string {
  try {
    return decodeText(sys.readFile(path));
  } catch (error) {
    if (isErrno(error)) return '';
    throw error;
  }
}
