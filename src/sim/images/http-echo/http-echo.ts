import { untilSignal } from '../../kernel/libc/until-signal.js';
import type { Program, Sys } from '../../kernel/sys.js';
import { type GoFlag, readGoFlags } from '../go/flags.js';
import { goLog, goStamp, say } from '../go/log.js';
import { type GoAnswer, type GoRequest, goListen } from '../go/server.js';

const FLAGS: readonly GoFlag[] = [
  { name: 'listen', kind: 'string', usage: 'address and port to listen', default: ':5678' },
  { name: 'status-code', kind: 'int', usage: 'http response code, e.g.: 200', default: '200' },
  { name: 'text', kind: 'string', usage: 'text to put on the webpage' },
  { name: 'version', kind: 'bool', usage: 'display version information' },
];
const MISUSE = 127;
/** It ends so when it is told to, because it was interrupted. */
const INTERRUPTED = 2;

/** hashicorp/http-echo: answers every request with one text. Images before 1.0 have no text of their own. */
export const httpEcho: Program = function* httpEcho(sys) {
  const own = sys.environment.get('PRODUCT_NAME') === 'http-echo';
  const version = own ? '1.0.0' : '0.2.3';
  const flags = readGoFlags(sys.args[0] ?? '/http-echo', sys.args.slice(1), FLAGS);
  if ('refused' in flags) {
    yield* sys.write(2, flags.refused);
    return flags.status;
  }
  const { values, rest } = flags;
  if (values.get('version') === 'true') {
    yield* sys.write(1, `http-echo v${version}\n`);
    return 0;
  }
  const text = values.get('text') || (own ? (sys.environment.get('ECHO_TEXT') ?? '') : '');
  const problem =
    text === ''
      ? `Missing -text option${own ? ' or ECHO_TEXT env var' : ''}!`
      : rest.length > 0
        ? 'Too many arguments!'
        : '';
  if (problem !== '') {
    yield* sys.write(2, `${problem}\n`);
    return MISUSE;
  }
  const listen = values.get('listen') ?? '';
  const status = Number(values.get('status-code'));
  const headers = { 'x-app-name': 'http-echo', 'x-app-version': version };
  const handle = (request: GoRequest): GoAnswer => {
    if (request.path === '/health') return { text: '{"status":"ok"}\n', headers };
    const answer = { status, text: `${text}\n`, headers };
    logRequest(sys, request, status, answer.text.length);
    return answer;
  };
  goLog(sys, `${own ? '[INFO] server' : 'Server'} is listening on ${listen}`);
  const port = Number(/:(\d+)$/.exec(listen)?.[1] ?? 80);
  const failure = goListen(sys, port, handle);
  if (failure !== undefined) {
    goLog(sys, `[ERR] server exited with: ${failure}`);
    return 1;
  }
  yield* untilSignal(sys);
  goLog(sys, own ? '[INFO] received interrupt, shutting down...' : 'Received interrupt, shutting down...');
  return INTERRUPTED;
};

function logRequest(sys: Sys, request: GoRequest, status: number, length: number): void {
  const { headers, remote, method, path } = request;
  const took = `${(8 + sys.random().below(40_000) / 1000).toFixed(3).replace(/\.?0+$/, '')}µs`;
  const line = `${goStamp(sys.now())} ${headers['host'] ?? ''} ${remote} "${method} ${path} HTTP/1.1" ${status} ${length} "${headers['user-agent'] ?? ''}" ${took}`;
  say(sys, 1, `${line}\n`);
}
