import { YamlError } from '../../api/yaml/errors.js';
import { readYaml } from '../../api/yaml/read.js';
import { klogLine } from '../../client/klog.js';
import { decodeText, encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { untilSignal } from '../../kernel/libc/until-signal.js';
import type { HttpRequest, HttpResponse, Listener, Message } from '../../kernel/network.js';
import type { Program, Sys } from '../../kernel/sys.js';
import { MILLISECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { answerReview } from './answer.js';
import { readConversions } from './conversions.js';
import { answerConversion } from './convert.js';
import type { ReviewAnswer } from './review.js';
import { RuleError, readRules } from './rules.js';

const DEFAULTS = {
  port: '8443',
  'tls-cert-file': '/etc/webhook/certs/tls.crt',
  'tls-private-key-file': '/etc/webhook/certs/tls.key',
  rules: '/etc/webhook/rules.yaml',
};

type Option = keyof typeof DEFAULTS;

/**
 * A webhook that judges, changes and converts objects by rules: HTTPS with the certificate of a mounted Secret, rules of a
 * mounted ConfigMap, read again for each review, and a line in its log for each.
 */
export const admissionWebhook: Program = function* admissionWebhook(sys) {
  const options = readOptions(sys.args.slice(1));
  if (typeof options === 'string') {
    yield* sys.write(2, `Error: ${options}\n`);
    return 1;
  }
  for (const file of ['tls-cert-file', 'tls-private-key-file'] as const) {
    const problem = unreadable(sys, options[file]);
    if (problem === undefined) continue;
    yield* log(sys, 'F', 'main.go:31', `"Failed to load the serving certificate" err=${JSON.stringify(problem)}`);
    return 1;
  }
  const read = (file: Option) => decodeText(sys.readFile(options[file]));
  let listener: Listener;
  const port = Number(options.port);
  try {
    listener = sys.listen({
      port,
      application: 'http',
      tls: { certificate: () => read('tls-cert-file'), key: () => read('tls-private-key-file') },
      handler: (message) => serve(sys, options.rules, message),
    });
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* log(sys, 'F', 'main.go:40', `"Failed to listen" err="listen tcp :${port}: bind: ${error.message}"`);
    return 1;
  }
  yield* log(
    sys,
    'I',
    'main.go:44',
    `"Serving admission reviews" address=":${port}" rules=${JSON.stringify(options.rules)}`,
  );
  try {
    yield* untilSignal(sys);
    return 0;
  } finally {
    listener.close();
  }
};

function readOptions(args: readonly string[]): Record<Option, string> | string {
  const options: Record<Option, string> = { ...DEFAULTS };
  for (let at = 0; at < args.length; at += 1) {
    const [, name = '', given] = /^--?([^=]+)(?:=(.*))?$/.exec(args[at] ?? '') ?? [];
    if (!Object.hasOwn(DEFAULTS, name)) return `unknown flag: ${args[at]}`;
    if (given === undefined) at += 1;
    const value = given ?? args[at];
    if (value === undefined) return `flag needs an argument: ${args[at - 1]}`;
    options[name as Option] = value;
  }
  return /^\d+$/.test(options.port) ? options : `invalid argument ${JSON.stringify(options.port)} for "--port"`;
}

function unreadable(sys: Sys, path: string): string | undefined {
  try {
    sys.readFile(path);
    return undefined;
  } catch (error) {
    if (!isErrno(error)) throw error;
    return `open ${path}: ${error.message.toLowerCase()}`;
  }
}

function* log(sys: Sys, severity: 'I' | 'E' | 'F', where: string, text: string): Waiting<void> {
  yield* sys.write(2, klogLine(sys, severity, where, text));
}

function* serve(sys: Sys, rulesFile: string, message: Message): Waiting<Message> {
  if (message.kind !== 'http') return { kind: 'http-response', status: 400, headers: {} };
  return { kind: 'http-response', ...(yield* respond(sys, rulesFile, message)) };
}

function* respond(sys: Sys, rulesFile: string, request: HttpRequest): Waiting<HttpResponse> {
  const path = request.target.replace(/\?.*$/, '');
  if (request.method === 'GET' && ['/healthz', '/livez', '/readyz'].includes(path)) return plain(200, 'ok');
  if (request.method !== 'POST') return plain(405, 'only reviews are answered here\n');
  let answer: ReviewAnswer | undefined;
  try {
    answer = answerTo(readRulesFile(sys, rulesFile), path, bodyOf(request));
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    yield* log(sys, 'E', 'review.go:28', `"Rules cannot be read" err=${JSON.stringify(error.message)}`);
    return plain(500, `${error.message}\n`);
  }
  if (!answer) return plain(400, 'no AdmissionReview or ConversionReview with a request, and no ImageReview\n');
  if (answer.delayMillis > 0) yield* wait(sys, answer.delayMillis * MILLISECOND);
  yield* log(sys, 'I', 'review.go:47', answer.line);
  return { status: answer.status, headers: { 'content-type': answer.contentType }, body: encodeText(answer.body) };
}

/** Throws `RuleError`. */
function answerTo(file: unknown, path: string, body: unknown): ReviewAnswer | undefined {
  return answerConversion(readConversions(file), path, body) ?? answerReview(readRules(file), path, body);
}

/** A review is answered in the turn of whoever asks, so that it is their clock that is waited for. */
function* wait(sys: Sys, span: number): Waiting<void> {
  const until = sys.now() + span;
  while (sys.now() < until) yield { until };
}

/** What the file says, not yet looked at. Throws `RuleError`. */
function readRulesFile(sys: Sys, path: string): unknown {
  try {
    return readYaml(decodeText(sys.readFile(path)));
  } catch (error) {
    if (isErrno(error)) throw new RuleError(`open ${path}: ${error.message.toLowerCase()}`);
    if (error instanceof YamlError) throw new RuleError(error.message);
    throw error;
  }
}

function bodyOf(request: HttpRequest): unknown {
  if (request.object !== undefined) return request.object;
  try {
    return JSON.parse(decodeText(request.body ?? new Uint8Array()));
  } catch {
    return undefined;
  }
}

function plain(status: number, text: string): HttpResponse {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: encodeText(text) };
}
