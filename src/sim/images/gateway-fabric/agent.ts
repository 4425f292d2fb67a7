import { formatTime } from '../../api/time.js';
import { resolveHost } from '../../client/resolver.js';
import { decodeText, encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { untilSignal } from '../../kernel/libc/until-signal.js';
import { TlsError } from '../../kernel/network.js';
import type { Program, Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { ConfigFiles } from './http-conf.js';

const CONF = '/etc/nginx/nginx.conf';
const AGENT = '/etc/nginx-agent/nginx-agent.conf';
const RETRY = 5 * SECOND;

/** What an agent says when it asks: whose configuration it wants, which it has, and why it could not be used. */
export interface AgentQuestion {
  readonly owner: string;
  readonly version: number;
  readonly error?: string;
}

/** What it is answered once there is another. */
export interface AgentAnswer {
  readonly version: number;
  readonly files: ConfigFiles;
}

/** The data plane's entrypoint: starts nginx, and an agent that asks the control plane for files and has nginx read them. */
export const gatewayAgent: Program = function* gatewayAgent(sys) {
  yield* sys.write(1, 'starting nginx ...\n');
  const nginx = sys.spawn('/usr/sbin/nginx', ['/usr/sbin/nginx', '-g', 'daemon off;']);
  yield* sys.write(1, 'starting nginx-agent ...\n');
  sys.thread(() => follow(sys, nginx));
  const signal = yield* untilSignal(sys, ['INT', 'QUIT', 'TERM']);
  try {
    sys.kill(nginx, signal === 'INT' ? 'INT' : 'QUIT');
    yield* sys.wait(nginx);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
  return 0;
};

function* follow(sys: Sys, nginx: number): Waiting<void> {
  const text = decodeText(sys.readFile(AGENT));
  const value = (key: string) => new RegExp(`^\\s*${key}: (\\S+)`, 'm').exec(text)?.[1] ?? '';
  const host = value('host');
  const owner = value('owner-name');
  let question: AgentQuestion = { owner, version: 0 };
  for (;;) {
    const answer = yield* ask(sys, host, Number(value('port')), question);
    if (typeof answer === 'string') {
      yield* log(sys, 'ERROR', `Failed to connect to command server: ${answer}`);
      yield* sys.sleep(RETRY);
      continue;
    }
    const error = yield* apply(sys, nginx, answer.files);
    if (error !== undefined) yield* log(sys, 'ERROR', `Failed to apply config: ${error}`);
    else yield* log(sys, 'INFO', 'Config apply successful');
    question = { owner, version: answer.version, ...(error === undefined ? {} : { error }) };
  }
}

/** Asks for the next configuration and waits until there is one. A text says why nobody answered. */
function* ask(sys: Sys, host: string, port: number, question: AgentQuestion): Waiting<AgentAnswer | string> {
  try {
    const found = yield* resolveHost(sys, host, undefined, 'go');
    const address = 'addresses' in found ? found.addresses[0] : undefined;
    if (address === undefined) return `dns: A record lookup error: lookup ${host}: no such host`;
    const connection = yield* sys.connect({ address, port, name: host }, 10 * SECOND);
    const authorities = decodeText(sys.readFile('/var/run/secrets/ngf/ca.crt'));
    yield* connection.startTls({ authorities, serverName: host });
    const answer = yield* connection.request({
      kind: 'http',
      method: 'POST',
      target: '/agent/subscribe',
      headers: { host },
      body: encodeText(JSON.stringify(question)),
    });
    connection.close();
    if (answer.kind !== 'http-response' || answer.status !== 200) return 'rpc error: code = Unavailable';
    return JSON.parse(decodeText(answer.body ?? new Uint8Array())) as AgentAnswer;
  } catch (error) {
    if (!isErrno(error) && !(error instanceof TlsError)) throw error;
    return `connection error: ${error.message.toLowerCase()}`;
  }
}

/** Puts files down and has nginx read them; what `nginx -t` has against them otherwise, and the files stay as they were. */
function* apply(sys: Sys, nginx: number, files: ConfigFiles): Waiting<string | undefined> {
  const before = new Map<string, string | undefined>();
  for (const [path, text] of Object.entries(files)) {
    before.set(path, textOf(sys, path));
    sys.writeFile(path, text, 0o640);
  }
  const failure = yield* test(sys);
  if (failure === undefined) {
    sys.kill(nginx, 'HUP');
    return undefined;
  }
  for (const [path, text] of before) if (text !== undefined) sys.writeFile(path, text, 0o640);
  return failure;
}

function textOf(sys: Sys, path: string): string | undefined {
  try {
    return decodeText(sys.readFile(path));
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}

function* test(sys: Sys): Waiting<string | undefined> {
  const { read, write } = sys.pipe();
  const descriptors = new Map([
    [0, 0],
    [1, write],
    [2, write],
  ]);
  const child = sys.spawn('/usr/sbin/nginx', ['/usr/sbin/nginx', '-c', CONF, '-t'], { descriptors });
  sys.close(write);
  let text = '';
  for (;;) {
    const bytes = yield* sys.read(read);
    if (bytes.length === 0) break;
    text += decodeText(bytes);
  }
  sys.close(read);
  const change = yield* sys.wait(child);
  const well = change?.kind === 'exited' && 'code' in change.status && change.status.code === 0;
  return well ? undefined : text.trim();
}

function* log(sys: Sys, level: string, message: string): Waiting<void> {
  yield* sys.write(2, `time=${formatTime(sys.now())} level=${level} msg=${JSON.stringify(message)}\n`);
}
