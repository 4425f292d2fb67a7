import { isErrno } from '../../../kernel/errno.js';
import { humanBytes } from '../../../kernel/libc/go-text.js';
import { durationMicros } from '../../../kernel/libc/pflag.js';
import { print, printError } from '../../../kernel/libc/streams.js';
import type { Waiting } from '../../../kernel/wait.js';
import { EtcdClient, took } from '../client.js';
import { CommandError, EXIT, zapLine } from '../settings.js';
import type { Call, Command } from './command.js';

const CALLER = 'snapshot/v3_snapshot.go';

/**
 * Downloads into a temporary file and renames it at the end. Without a time limit on the command line it waits for the
 * server for ever, leaving the empty temporary file when it is interrupted.
 */
function* runSave({ sys, settings, args }: Call): Waiting<number> {
  const [path] = args;
  if (path === undefined || args.length > 1)
    throw new CommandError(EXIT.badArguments, 'snapshot save expects one argument <filename>');
  const { endpoints } = settings;
  if (endpoints.length > 1) {
    throw new CommandError(
      EXIT.io,
      `snapshot must be requested to one selected node, not multiple [${endpoints.join(' ')}]`,
    );
  }
  const client = new EtcdClient(sys, settings);
  const part = `${path}.part`;
  const descriptor = openPart(sys, part);
  const log = (line: number, message: string, fields: Readonly<Record<string, unknown>>) =>
    printError(sys, zapLine(sys, 'info', `${CALLER}:${line}`, message, fields));
  const stream = (line: number, message: string) =>
    printError(sys, zapLine(sys, 'info', `v3@v3.6.8/maintenance.go:${line}`, message, {}, 'client'));
  yield* log(83, 'created temporary db file', { path: part });
  const began = sys.now();
  const timeout = settings.has('command-timeout') ? durationMicros(settings.text('command-timeout')) : undefined;
  const { bytes, version } = yield* client.call('snapshot', undefined, { timeout, logger: 'etcd-client' });
  yield* stream(236, 'opened snapshot stream; downloading');
  yield* log(96, 'fetching snapshot', { endpoint: endpoints[0] });
  yield* sys.write(descriptor, bytes);
  sys.close(descriptor);
  yield* stream(302, 'completed snapshot read; closing');
  const served = `${version.split('.').slice(0, 2).join('.')}.0`;
  const size = humanBytes(bytes.length);
  yield* log(111, 'fetched snapshot', { endpoint: endpoints[0], size, took: took(sys, began), 'etcd-version': served });
  try {
    sys.rename(part, path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new CommandError(
      EXIT.io,
      `could not rename ${part} to ${path} (rename ${part} ${path}: ${error.message.toLowerCase()})`,
    );
  }
  yield* log(121, 'saved', { path });
  yield* print(sys, `Snapshot saved at ${path}\nServer version ${served}\n`);
  return 0;
}

function openPart(sys: Call['sys'], part: string): number {
  try {
    return sys.open(part, { write: true, create: true, truncate: true }, 0o600);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new CommandError(EXIT.io, `could not open ${part} (open ${part}: ${error.message.toLowerCase()})`);
  }
}

export const SNAPSHOT_COMMANDS: readonly Command[] = [
  {
    name: 'snapshot save',
    summary: 'Stores an etcd node backend snapshot to a given file',
    usage: '<filename> [flags]',
    flags: [],
    run: runSave,
  },
];
