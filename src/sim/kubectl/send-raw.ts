import { decodeText } from '../kernel/bytes.js';
import type { Waiting } from '../kernel/wait.js';
import { copyAnswer } from './copy-answer.js';
import { CommandError, UsageError } from './errors.js';
import type { Session } from './session.js';

/** `--raw` of create and replace: one file, or standard input, is sent to a path as it is; the answer is printed so. */
export function* sendRaw(session: Session, verb: 'create' | 'replace'): Waiting<void> {
  const { flags, sys } = session;
  const files = flags.list('filename');
  if (files.length !== 1) throw new UsageError(verb, '--raw can only use a single local file or stdin');
  if (flags.bool('recursive')) throw new UsageError(verb, '--raw and --recursive are mutually exclusive');
  if (flags.text('output') !== '') throw new UsageError(verb, '--raw and --output are mutually exclusive');
  const name = files[0] as string;
  const text = name === '-' ? yield* session.input() : decodeText(sys.readFile(name));
  const path = flags.text('raw');
  if (!path.startsWith('/'))
    throw new CommandError(`--raw must be a valid URL path: parse ${JSON.stringify(path)}: invalid URI for request`);
  const method = verb === 'create' ? 'POST' : 'PUT';
  const answer = yield* session.rest().response({ method, path, text, accept: '*/*' });
  yield* copyAnswer(answer, (bytes) => session.sys.write(1, bytes));
}
