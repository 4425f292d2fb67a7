import { encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { HttpResponse, Message } from '../../kernel/network.js';
import type { Program, Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';
import { httpDate } from '../web/http-date.js';

const FALLBACK_VERSION = '25.2.1';

const TEXT = String.raw`(?:'[^'\n]*'|"[^"\n]*"|\`[^\`$]*\`)`;
const LOG = new RegExp(
  String.raw`^console\.(log|error)\((${TEXT}|\d+|process\.version|process\.env\.\w+|os\.hostname\(\))?\)$`,
);
const TIMER = /^set(?:Interval|Timeout)\(\s*\(\)\s*=>\s*(?:\{([\s\S]*)\}|([\s\S]*?))\s*,\s*([\d_e]+)\s*\)$/;
const SERVER = new RegExp(
  String.raw`^(?:const \w+ = )?(?:require\(['"](?:node:)?http['"]\)|http)\.createServer\(\s*\(\s*\w+,\s*(\w+)\s*\)\s*=>\s*\{?\s*\1\.end\((${TEXT})\);?\s*\}?\s*\)\.listen\((\d+)\)$`,
);

/** node: programs that log, wait, and answer HTTP with one text. A program that needs more is refused as such. */
export const node: Program = function* node(sys) {
  const version = sys.environment.get('NODE_VERSION') ?? FALLBACK_VERSION;
  const words = sys.args.slice(1);
  const [first, second] = words;
  if (first === '-v' || first === '--version') {
    yield* sys.write(1, `v${version}\n`);
    return 0;
  }
  // Without a terminal the program is what standard input holds; a container's holds nothing.
  if (first === undefined) return 0;
  if (/^(?:-e|--eval|-p|--print)$/.test(first)) {
    const text = second ?? '';
    return yield* run(sys, version, /^-p|^--print/.test(first) ? `console.log(${text})` : text);
  }
  try {
    return yield* run(sys, version, Buffer.from(sys.readFile(first)).toString('utf8'));
  } catch (error) {
    if (!isErrno(error)) throw error;
    const shown = first.startsWith('/') ? first : `${sys.directory().replace(/\/$/, '')}/${first}`;
    yield* sys.write(2, moduleNotFound(shown, version));
    return 1;
  }
};

function moduleNotFound(file: string, version: string): string {
  return `node:internal/modules/cjs/loader\n  throw err;\n  ^\n\nError: Cannot find module '${file}' {\n  code: 'MODULE_NOT_FOUND',\n  requireStack: []\n}\n\nNode.js v${version}\n`;
}

/** Statements first, then what they left waiting: timers and servers. */
function* run(sys: Sys, version: string, text: string): Waiting<number> {
  let stays = false;
  for (const statement of statementsOf(text)) {
    if (/^(?:const|var|let) \w+ = require\(['"](?:node:)?(?:http|os)['"]\)$/.test(statement)) continue;
    const exit = /^process\.exit\((\d*)\)$/.exec(statement);
    if (exit) return Number(exit[1] ?? 0) & 255;
    const timer = TIMER.exec(statement);
    const server = SERVER.exec(statement);
    if (server) {
      const failure = listen(sys, Number(server[3]), (server[2] ?? '').slice(1, -1));
      if (failure !== undefined) {
        yield* sys.write(2, failure);
        return 1;
      }
      stays = true;
    } else if (timer) {
      const body = statementsOf(timer[1] ?? timer[2] ?? '');
      const wait = Math.round((Number((timer[3] ?? '').replace(/_/g, '')) / 1000) * SECOND);
      const again = statement.startsWith('setInterval');
      if (body.length > 0 || !again) sys.thread(() => tick(sys, version, body, wait, again));
      stays ||= again;
      if (!again) yield* sys.sleep(wait);
    } else if (!(yield* log(sys, version, statement))) {
      yield* sys.write(2, `node: not simulated: ${statement}\n`);
      return 1;
    }
  }
  // It catches no signal: what ends it is the system.
  while (stays) yield new WaitQueue();
  return 0;
}

/** Statements, as far as they stand apart by semicolons and lines outside of brackets. */
function statementsOf(text: string): string[] {
  const found = [''];
  let depth = 0;
  for (const part of text.match(new RegExp(`${TEXT}|[\\s\\S]`, 'g')) ?? []) {
    if (/^[({[]$/.test(part)) depth += 1;
    else if (/^[)}\]]$/.test(part)) depth -= 1;
    if (depth === 0 && /^[;\n]$/.test(part)) found.push('');
    else found[found.length - 1] += part;
  }
  return found.map((statement) => statement.trim()).filter((statement) => statement !== '');
}

function* tick(sys: Sys, version: string, body: readonly string[], wait: number, again: boolean): Waiting<void> {
  do {
    yield* sys.sleep(wait);
    for (const statement of body) yield* log(sys, version, statement);
  } while (again);
}

/** Whether it was a statement that logs. */
function* log(sys: Sys, version: string, statement: string): Waiting<boolean> {
  const match = LOG.exec(statement);
  if (!match) return false;
  const [, where, source = ''] = match;
  const name = /^process\.env\.(\w+)$/.exec(source)?.[1];
  const known: Readonly<Record<string, string>> = { 'process.version': `v${version}`, 'os.hostname()': sys.hostname() };
  const value =
    name === undefined
      ? (known[source] ?? source.replace(/^['"`]|['"`]$/g, ''))
      : (sys.environment.get(name) ?? 'undefined');
  yield* sys.write(where === 'error' ? 2 : 1, `${value.replace(/\\n/g, '\n')}\n`);
  return true;
}

/** Serves one text on a port; the words of what went wrong. */
function listen(sys: Sys, port: number, text: string): string | undefined {
  const body = encodeText(text.replace(/\\n/g, '\n'));
  try {
    sys.listen({ port, application: 'http', handler: (message) => answer(sys, message, body) });
    return undefined;
  } catch (error) {
    if (!isErrno(error)) throw error;
    return `Error: listen ${error.code}: ${error.message.toLowerCase()} 0.0.0.0:${port}\n`;
  }
}

function* answer(sys: Sys, message: Message, body: Uint8Array): Waiting<Message> {
  if (message.kind !== 'http') return { kind: 'http-response', status: 400, headers: {} };
  const headers = {
    date: httpDate(sys.now()),
    connection: 'keep-alive',
    'keep-alive': 'timeout=5',
    'content-length': String(body.length),
  };
  const response: HttpResponse = { status: 200, headers, ...(message.method === 'HEAD' ? {} : { body }) };
  return { kind: 'http-response', ...response };
}
