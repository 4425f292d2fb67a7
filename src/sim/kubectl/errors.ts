import { goQuote } from '../api/go-text.js';
import { type Status, StatusError } from '../api/status.js';
import { errorText } from '../client/go-errors.js';
import { KubeconfigError } from '../client/kubeconfig/types.js';

/** kubectl gives up with a message of its own; printed as `error: …`. */
export class CommandError extends Error {
  constructor(
    message: string,
    readonly code = 1,
  ) {
    super(message);
  }
}

/** The end of a run with a status and, on standard error, exactly this text. */
export class ExitError extends Error {
  constructor(
    readonly code: number,
    message = '',
  ) {
    super(message);
  }
}

/** A command that was used wrongly; a hint at its help follows the message. */
export class UsageError extends CommandError {
  constructor(path: string, message: string) {
    super(`${message}\nSee 'kubectl ${path} -h' for help and examples`);
  }
}

/** Several errors at once, each printed on a line. */
export class ManyErrors extends Error {
  constructor(readonly errors: readonly unknown[]) {
    const texts = [...new Set(errors.map(plainText))];
    super(texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`);
  }
}

/** A request that never got an answer, as Go's net/http wraps it. */
export class UrlError extends Error {
  constructor(
    readonly method: string,
    readonly url: string,
    override readonly cause: unknown,
  ) {
    super(`${method.charAt(0)}${method.slice(1).toLowerCase()} ${goQuote(url)}: ${errorText(cause)}`);
  }
}

/** Throws what was collected: nothing, the only error, or all of them. */
export function throwAll(errors: readonly unknown[]): void {
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new ManyErrors(errors);
}

/** Puts where an object came from before an error (AddSourceToErr). */
export function withSource(verb: string, source: string | undefined, error: unknown): unknown {
  if (!source) return error;
  const prefix = `error when ${verb} ${goQuote(source)}: `;
  if (error instanceof StatusError) return new StatusError({ ...error.status, message: prefix + error.message });
  return new CommandError(prefix + plainText(error));
}

/** What an error says, without a word on where it came from. */
export function plainText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What kubectl prints of an error and the status it ends with; undefined for errors that are none of kubectl's. */
export function failureOf(error: unknown): { text: string; code: number } | undefined {
  if (error instanceof ExitError) return { text: error.message, code: error.code };
  if (error instanceof ManyErrors) {
    return { text: error.errors.map((each) => `${messageFor(each)}\n`).join(''), code: 1 };
  }
  if (error instanceof StatusError && error.status.reason === 'Invalid')
    return { text: invalidText(error.status), code: 1 };
  if (error instanceof KubeconfigError && error.message.startsWith('invalid configuration: ')) {
    return { text: configurationText(error.message.slice('invalid configuration: '.length)), code: 1 };
  }
  const standard = standardMessage(error);
  if (standard !== undefined) return { text: standard, code: 1 };
  if (!(error instanceof Error)) return undefined;
  const code = error instanceof CommandError ? error.code : 1;
  return { text: error.message.startsWith('error: ') ? error.message : `error: ${error.message}`, code };
}

/** One error among others: as it is printed alone, but without `error: ` (messageForError). */
function messageFor(error: unknown): string {
  return standardMessage(error) ?? plainText(error);
}

function standardMessage(error: unknown): string | undefined {
  if (error instanceof StatusError) {
    const { reason } = error.status;
    if (reason === 'Unauthorized') return `error: You must be logged in to the server (${error.message})`;
    return reason ? `Error from server (${reason}): ${error.message}` : `Error from server: ${error.message}`;
  }
  if (!(error instanceof UrlError)) return undefined;
  const why = errorText(error.cause);
  if (!why.includes('connection refused')) return `Unable to connect to the server: ${why}`;
  const host = /^[a-z]+:\/\/([^/?]+)/.exec(error.url)?.[1] ?? error.url;
  return `The connection to the server ${host} was refused - did you specify the right host or port?`;
}

function invalidText(status: Status): string {
  const { details, message = '' } = status;
  if (!details) return message === '' ? 'The request is invalid' : `The request is invalid: ${message}`;
  const causes = [...new Set((details.causes ?? []).map((cause) => `${cause.field ?? ''}: ${cause.message ?? ''}`))];
  let text = 'The request is invalid';
  if (details.kind || details.name) text = `The ${details.kind ?? ''} ${goQuote(details.name ?? '')} is invalid`;
  else if (message !== '' && causes.length === 0) text += `: ${message}`;
  if (causes.length === 0) return text;
  if (causes.length === 1) return `${text}: ${causes[0]}\n`;
  return [`${text}: `, ...causes.map((cause) => `* ${cause}`)].join('\n');
}

function configurationText(problems: string): string {
  const list = /^\[(.*)\]$/s.exec(problems)?.[1];
  if (list === undefined) return `Error in configuration: ${problems}`;
  return ['Error in configuration: ', ...list.split(', ').map((problem) => `* ${problem}`)].join('\n');
}

/** A mistake in this program, which must not pass for one of kubectl's messages. */
export function isFault(error: unknown): boolean {
  return (
    error instanceof TypeError ||
    error instanceof RangeError ||
    error instanceof ReferenceError ||
    error instanceof SyntaxError
  );
}
