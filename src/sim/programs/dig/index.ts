import { askServer, candidateNames, resolveHost, resolverConfig } from '../../client/resolver.js';
import type { InstalledProgram } from '../../kernel/installed-program.js';
import { exists } from '../../kernel/libc/exists.js';
import { print, printError } from '../../kernel/libc/streams.js';
import type { DnsQuestion } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { type DigOptions, type DigQuery, DigUsage, readDigLine } from './options.js';
import { type Answered, showAnswer } from './show.js';

const NO_REPLY = 9;
const ALPINE = '9.20.13';
const DEBIAN = '9.18.49-1~deb12u3-Debian';

/** dig, as bind 9.18 has it: each question of its line, one after the other. */
function* run(sys: Sys): Waiting<number> {
  let line: ReturnType<typeof readDigLine>;
  try {
    line = readDigLine(sys.args.slice(1));
  } catch (error) {
    if (!(error instanceof DigUsage)) throw error;
    yield* printError(sys, error.message);
    return 1;
  }
  const version = exists(sys, '/etc/alpine-release') ? ALPINE : DEBIAN;
  if (line.version) {
    yield* printError(sys, `DiG ${version}\n`);
    return 0;
  }
  for (const warning of line.warnings) yield* print(sys, warning);
  let status = 0;
  for (const [at, query] of line.queries.entries()) {
    const title = at === 0 ? `; <<>> DiG ${version} <<>> ${sys.args.slice(1).join(' ')}` : undefined;
    const ended = yield* ask(sys, query, title);
    if (ended === 1) return 1;
    status = Math.max(status, ended);
  }
  return status;
}

function* ask(sys: Sys, { name, options }: DigQuery, title: string | undefined): Waiting<number> {
  const config = resolverConfig(sys);
  let { servers } = config;
  if (options.server !== undefined) {
    const found = yield* resolveHost(sys, options.server);
    if ('failure' in found) {
      yield* printError(sys, `dig: couldn't get address for '${options.server}': not found\n`);
      return 1;
    }
    servers = found.addresses.slice(0, 1);
  }
  const search = options.domain === undefined ? config.search : [options.domain];
  const absolute = name.endsWith('.') ? name : `${name}.`;
  const names = options.search ? candidateNames({ ...config, search }, name) : [absolute];
  const head = options.cmd && !options.short && title !== undefined ? greeting(title, options) : '';
  let last: Answered | undefined;
  for (const candidate of names) {
    last = yield* askServers(sys, servers, candidate, options);
    if (!last) {
      const told = options.short || options.comments || head !== '';
      yield* print(sys, head + (told ? ';; no servers could be reached\n' : ''));
      return NO_REPLY;
    }
    if (last.answer.code === 'NOERROR' && last.answer.records.length > 0) break;
    if (last.answer.code !== 'NOERROR' && last.answer.code !== 'NXDOMAIN') break;
  }
  if (last) yield* print(sys, head + showAnswer(last, options));
  return 0;
}

function greeting(title: string, { server }: DigOptions): string {
  const found = server === undefined ? '' : '; (1 server found)\n';
  return `\n${title}\n${found};; global options: +cmd\n`;
}

/** Asks the servers in turn as often as allowed; what was cut is asked for again by TCP. */
function* askServers(
  sys: Sys,
  servers: readonly string[],
  name: string,
  options: DigOptions,
): Waiting<Answered | undefined> {
  const question: DnsQuestion = {
    name,
    type: options.type,
    ...(options.edns ? { udpSize: options.udpSize, cookie: options.cookie } : {}),
  };
  let protocol: 'udp' | 'tcp' = options.tcp ? 'tcp' : 'udp';
  for (let attempt = 0; attempt < options.tries; attempt += 1) {
    for (const server of servers) {
      const began = sys.now();
      const answer = yield* askServer(sys, server, options.port, question, options.seconds * SECOND, protocol);
      if (typeof answer === 'string') {
        const reason = answer === 'refused' ? 'connection refused' : 'timed out';
        yield* print(sys, `;; communications error to ${server}#${options.port}: ${reason}\n`);
        continue;
      }
      if (answer.truncated && protocol === 'udp' && !options.ignoreTruncation) {
        if (options.comments) yield* print(sys, ';; Truncated, retrying in TCP mode.\n');
        protocol = 'tcp';
        attempt -= 1;
        break;
      }
      const random = sys.random();
      const cookie = Buffer.from(random.bytes(8)).toString('hex');
      const at = sys.now();
      return { question, answer, server, protocol, took: at - began, at, id: random.below(65_536), cookie };
    }
  }
  return undefined;
}

/** dig: asks name servers and shows the whole of what they say. */
export const dig: InstalledProgram = { name: 'dig', paths: ['/usr/bin/dig'], run };
