import { keyPairProblem } from '../../../../client/tls/key-pair.js';
import { decodeText } from '../../../../kernel/bytes.js';
import { isErrno } from '../../../../kernel/errno.js';
import type { Command } from '../../../cobra/command.js';
import { CommandError } from '../../../errors.js';
import { generatorCommand } from '../../../generate/generator.js';
import type { Session } from '../../../session.js';

/** `kubectl create secret tls`. */
export const tls: Command = generatorCommand('create secret', {
  name: 'tls',
  short: 'Create a TLS secret',
  failing: 'failed to create secret ',
  build: function* ({ session, name }) {
    const { flags } = session;
    if (flags.text('key') === '' || flags.text('cert') === '') throw new CommandError('key and cert must be specified');
    const certificate = read(session, flags.text('cert'));
    const key = read(session, flags.text('key'));
    checkPair(certificate, key);
    const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
    return {
      kind: 'Secret',
      apiVersion: 'v1',
      metadata: { name },
      data: { 'tls.crt': base64(certificate), 'tls.key': base64(key) },
      type: 'kubernetes.io/tls',
    };
  },
});

function checkPair(certificate: string, key: string): void {
  const problem = keyPairProblem(certificate, key);
  if (problem !== undefined) throw new CommandError(problem);
}

function read(session: Session, path: string): string {
  try {
    return decodeText(session.sys.readFile(path));
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new CommandError(`Cannot read file ${path}, open ${path}: ${error.message.toLowerCase()}`);
  }
}
