import { askServer, resolveHost, resolverConfig } from '../../client/resolver.js';
import { print, printError } from '../../kernel/libc/streams.js';
import type { DnsAnswer, DnsQuestion } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { queryType, recordLines, reverseName, withoutDot } from './records.js';

const USAGE = `BusyBox v1.36.1 (2023-05-18 22:34:17 UTC) multi-call binary.

Usage: nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]

Query DNS about HOST

QUERY_TYPE: soa,ns,a,aaaa,cname,mx,txt,ptr,srv,any
`;
const NO_SERVERS = ';; connection timed out; no servers could be reached\n\n';
const OPTIONS = ['type', 'querytype', 'port', 'retry', 'debug', 't', 'timeout'];

interface Line {
  readonly host: string;
  readonly server: string | undefined;
  readonly types: readonly DnsQuestion['type'][];
  readonly port: number;
  readonly retries: number;
  readonly seconds: number;
  readonly debug: boolean;
}

interface Query {
  readonly question: DnsQuestion;
  answered: boolean;
}

/** What one server had to say: how many queries it answered, or that it cannot be written to. */
type Round = { readonly replies: number } | 'gone';

/** nslookup as busybox has it: every name of the search list is asked for, and one that is missing makes it fail. */
export function* busyboxNslookup(sys: Sys): Waiting<number> {
  const line = parseLine(sys.args.slice(1));
  if (typeof line === 'string') {
    yield* printError(sys, line);
    return 1;
  }
  const servers = yield* serversOf(sys, line);
  if (!servers) {
    yield* printError(sys, `nslookup: bad address '${line.server}'\n`);
    return 1;
  }
  const queries = queriesOf(line, resolverConfig(sys).search);
  const shown = { failed: false };
  for (const server of servers) {
    const round = yield* askAll(sys, server, line, queries, shown);
    if (round === 'gone' || round.replies === 0) continue;
    const missing = queries.filter(({ answered }) => !answered);
    for (const { question } of missing) yield* print(sys, `*** Can't find ${question.name}: No answer\n`);
    if (missing.length > 0) yield* print(sys, '\n');
    return shown.failed ? 1 : 0;
  }
  yield* print(sys, NO_SERVERS);
  return 1;
}

function parseLine(args: readonly string[]): Line | string {
  const types: DnsQuestion['type'][] = [];
  const numbers: Record<string, number> = { port: 53, retry: 2, timeout: 5 };
  let debug = false;
  let at = 0;
  for (; args[at]?.startsWith('-'); at += 1) {
    const [given = '', value = ''] = (args[at] as string).slice(1).split('=');
    const name = OPTIONS.find((option) => option === given) ?? OPTIONS.find((option) => option.startsWith(given));
    if (name === undefined) return USAGE;
    if (name === 'type' || name === 'querytype') {
      const type = queryType(value);
      if (!type) return `nslookup: invalid query type "${value}"\n`;
      types.push(type);
    } else if (name === 'debug') debug = true;
    else if (/^\d+$/.test(value)) numbers[name === 't' ? 'timeout' : name] = Number(value);
    else return `nslookup: invalid number '${value}'\n`;
  }
  const [host, server, ...rest] = args.slice(at);
  if (host === undefined || rest.length > 0) return USAGE;
  const { port = 53, retry = 2, timeout = 5 } = numbers;
  return { host, server, types, port, retries: retry, seconds: timeout, debug };
}

function* serversOf(sys: Sys, { server }: Line): Waiting<readonly string[] | undefined> {
  if (server === undefined) return resolverConfig(sys).servers;
  const found = yield* resolveHost(sys, server);
  return 'addresses' in found ? found.addresses.slice(0, 1) : undefined;
}

/** A name with a dot anywhere is asked for as it is; ndots is not looked at. */
function queriesOf({ host, types }: Line, search: readonly string[]): Query[] {
  const reverse = types.length === 0 ? reverseName(host) : undefined;
  if (reverse !== undefined) return [{ question: { name: reverse, type: 'PTR' }, answered: false }];
  const wanted: readonly DnsQuestion['type'][] = types.length > 0 ? types : ['A', 'AAAA'];
  return wanted.flatMap((type) => {
    const searched = type !== 'PTR' && search.length > 0 && !host.includes('.');
    const names = searched ? search.map((domain) => `${host}.${withoutDot(domain)}`) : [host];
    return names.map((name) => ({ question: { name, type }, answered: false }));
  });
}

function* askAll(
  sys: Sys,
  server: string,
  line: Line,
  queries: readonly Query[],
  shown: { failed: boolean },
): Waiting<Round> {
  const began = sys.now();
  const end = began + line.seconds * SECOND;
  const interval = Math.floor((line.seconds * SECOND) / line.retries);
  let replies = 0;
  for (let attempt = 0; attempt < line.retries && sys.now() < end; attempt += 1) {
    const open = queries.filter(({ answered }) => !answered);
    for (const [at, query] of open.entries()) {
      // All queries leave at once, so those that are lost are waited for together.
      const until = Math.max(began + (attempt + 1) * interval - sys.now(), 1);
      const answer = yield* askServer(sys, server, line.port, absolute(query.question), until);
      if (answer === 'refused') {
        // The refusal of the first packet is told to the second write, or to the read when there is none.
        if (open.length > 1 || at > 0) {
          yield* printError(sys, `nslookup: write to '${server}': Connection refused\n`);
          return 'gone';
        }
        yield* printError(sys, 'nslookup: read: Connection refused\n');
        yield* sys.sleep(Math.max(began + (attempt + 1) * interval - sys.now(), 1));
        continue;
      }
      if (answer === 'timed-out') continue;
      if (replies === 0) yield* print(sys, `Server:\t\t${server}\nAddress:\t${server}:${line.port}\n\n`);
      replies += 1;
      query.answered = true;
      if (answer.code !== 'NOERROR') shown.failed = true;
      const count = line.debug ? `Query #${queries.indexOf(query)} completed in ${elapsed(sys, began)}ms:\n` : '';
      yield* print(sys, `${count}${answerLines(query.question.name, answer, line.debug)}\n`);
    }
    if (queries.every(({ answered }) => answered)) break;
  }
  return { replies };
}

function elapsed(sys: Sys, began: number): number {
  return Math.floor((sys.now() - began) / 1000);
}

function absolute({ name, type }: DnsQuestion): DnsQuestion {
  return { name: `${withoutDot(name)}.`, type };
}

function answerLines(name: string, answer: DnsAnswer, debug: boolean): string {
  if (answer.code !== 'NOERROR') return `** server can't find ${name}: ${answer.code}\n`;
  const head = answer.authoritative ? (debug ? 'authoritative answer:\n' : '') : 'Non-authoritative answer:\n';
  return head + answer.records.map((record) => recordLines(record, false)).join('');
}
