import { askServer, candidateNames, resolveHost, resolverConfig } from '../../client/resolver.js';
import { print, printError } from '../../kernel/libc/streams.js';
import type { DnsAnswer, DnsQuestion } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { queryType, recordLines, reverseName, withoutDot } from './records.js';

interface Line {
  readonly host: string | undefined;
  readonly server: string | undefined;
  readonly type: DnsQuestion['type'] | undefined;
  readonly settings: Settings;
}

interface Settings {
  readonly port: number;
  readonly timeout: number;
  readonly tries: number;
}

/** The answer to a name, from the server that gave it, under the full name that was asked for. */
interface Answered {
  readonly answer: DnsAnswer;
  readonly server: string;
  readonly name: string;
}

/** nslookup as bind9-dnsutils has it, for one name from the command line or for each line of standard input. */
export function* bindNslookup(sys: Sys): Waiting<number> {
  const line = yield* parseLine(sys);
  if (line.host === undefined) {
    yield* print(sys, '> ');
    return 0;
  }
  const servers = yield* serversOf(sys, line);
  if (!servers) {
    yield* printError(sys, `nslookup: couldn't get address for '${line.server}': not found\n`);
    return 1;
  }
  const reverse = line.type === undefined ? reverseName(line.host) : undefined;
  if (reverse !== undefined) return yield* showReverse(sys, servers, line, reverse);
  const first = yield* askNames(sys, servers, line, line.host, line.type ?? 'A');
  if (!first) {
    yield* print(sys, ';; no servers could be reached\n\n');
    return 1;
  }
  yield* print(sys, `Server:\t\t${first.server}\nAddress:\t${first.server}#${line.settings.port}\n\n`);
  const { answer } = first;
  if (answer.code !== 'NOERROR') {
    yield* print(sys, `** server can't find ${withoutDot(line.host)}: ${answer.code}\n\n`);
    return 1;
  }
  yield* showRecords(sys, line, first);
  return 0;
}

function* parseLine(sys: Sys): Waiting<Line> {
  const operands: string[] = [];
  const settings = { port: 53, timeout: 5, tries: 3 };
  let type: DnsQuestion['type'] | undefined;
  for (const arg of sys.args.slice(1)) {
    const [, name = '', value = ''] = /^-([a-z0-9]+)(?:=(.*))?$/.exec(arg) ?? [];
    if (name === '') operands.push(arg);
    else if (/^(?:type|ty|querytype|query|qu|q)$/.test(name)) {
      type = queryType(value);
      if (!type) yield* print(sys, `unknown query type: ${value}\n`);
    } else if (/^(?:port|po)$/.test(name)) settings.port = Number(value);
    else if (/^(?:timeout|t)$/.test(name)) settings.timeout = Number(value);
    else if (/^(?:retry|ret)$/.test(name)) settings.tries = Number(value) + 1;
    else if (!/^(?:no)?(?:debug|d2|recurse|search|defname|vc|fail)$/.test(name)) {
      yield* print(sys, `*** Invalid option: ${arg.slice(1)}\n`);
    }
  }
  return { host: operands[0], server: operands[1], type, settings };
}

function* serversOf(sys: Sys, { server }: Line): Waiting<readonly string[] | undefined> {
  if (server === undefined) return resolverConfig(sys).servers;
  const found = yield* resolveHost(sys, server);
  return 'addresses' in found ? found.addresses.slice(0, 1) : undefined;
}

/** Asks for a name with the search list; the first that exists wins, else the last one's refusal is told. */
function* askNames(
  sys: Sys,
  servers: readonly string[],
  line: Line,
  host: string,
  type: DnsQuestion['type'],
): Waiting<Answered | undefined> {
  let last: Answered | undefined;
  for (const name of candidateNames(resolverConfig(sys), host)) {
    last = yield* askOne(sys, servers, line.settings, { name, type });
    if (last?.answer.code !== 'NXDOMAIN') return last;
  }
  return last;
}

function* askOne(
  sys: Sys,
  servers: readonly string[],
  settings: Settings,
  question: DnsQuestion,
): Waiting<Answered | undefined> {
  let failed: Answered | undefined;
  for (const server of servers) {
    for (let attempt = 0; attempt < settings.tries; attempt += 1) {
      const answer = yield* askServer(sys, server, settings.port, question, settings.timeout * SECOND);
      if (typeof answer === 'string') {
        const reason = answer === 'refused' ? 'connection refused' : 'timed out';
        yield* print(sys, `;; communications error to ${server}#${settings.port}: ${reason}\n`);
        continue;
      }
      if (answer.code !== 'SERVFAIL') return { answer, server, name: question.name };
      yield* print(sys, `;; Got SERVFAIL reply from ${server}\n`);
      failed = { answer, server, name: question.name };
      break;
    }
  }
  return failed;
}

/** The records found, and for a name without a given type its IPv6 addresses after them. */
function* showRecords(sys: Sys, line: Line, { answer, name, server }: Answered): Waiting<void> {
  const second =
    line.type === undefined ? yield* askOne(sys, [server], line.settings, { name, type: 'AAAA' }) : undefined;
  const more = second?.answer.code === 'NOERROR' ? second.answer.records.filter(({ type }) => type === 'AAAA') : [];
  const head = answer.authoritative ? '' : 'Non-authoritative answer:\n';
  if (answer.records.length + more.length === 0) {
    yield* print(sys, `*** Can't find ${withoutDot(line.host ?? '')}: No answer\n\n`);
    return;
  }
  yield* print(sys, `${head}${[...answer.records, ...more].map((record) => recordLines(record, true)).join('')}\n`);
}

function* showReverse(sys: Sys, servers: readonly string[], line: Line, name: string): Waiting<number> {
  const found = yield* askOne(sys, servers, line.settings, { name: `${name}.`, type: 'PTR' });
  if (!found) {
    yield* print(sys, ';; no servers could be reached\n\n');
    return 1;
  }
  if (found.answer.code !== 'NOERROR') {
    yield* print(sys, `** server can't find ${name}: ${found.answer.code}\n\n`);
    return 1;
  }
  yield* print(sys, `${found.answer.records.map((record) => recordLines(record, true)).join('')}\n`);
  return 0;
}
