import { objectPath } from '../../client/paths.js';
import { RESOURCES } from '../../client/resource-types.js';
import { isErrno } from '../../kernel/errno.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Command } from '../cobra/command.js';
import { completeCopy } from '../completion/pods.js';
import { CommandError } from '../errors.js';
import { chooseContainer, objectOf, podOf } from '../pods/choose.js';
import type { Session } from '../session.js';
import { runRemote } from '../streams/remote.js';

/** `kubectl cp`, for single files: they go through `cat` in the container. */
export const cp: Command = {
  name: 'cp',
  short: 'Copy files and directories to and from containers',
  complete: completeCopy,
  joined: true,
  run: function* (session, _flags, args) {
    if (args.length !== 2) throw new CommandError('source and destination are required');
    const [source, target] = args.map(fileSpec) as [FileSpec, FileSpec];
    if (source.pod && target.pod) throw new CommandError('one of src or dest must be a local file specification');
    if (!source.pod && !target.pod) throw new CommandError('one of src or dest must be a remote file specification');
    if (source.path === '' || target.path === '') throw new CommandError('filepath can not be empty');
    if (source.pod) yield* copyFrom(session, source, target.path);
    else yield* copyTo(session, source.path, target);
  },
};

interface FileSpec {
  readonly namespace: string;
  readonly pod: string;
  readonly path: string;
}

function fileSpec(text: string): FileSpec {
  const colon = text.indexOf(':');
  if (colon === 0) throw new CommandError('filespec must match the canonical format: [[namespace/]pod:]file/path');
  if (colon < 0) return { namespace: '', pod: '', path: text };
  const parts = text.slice(0, colon).split('/');
  if (parts.length > 2) throw new CommandError('filespec must match the canonical format: [[namespace/]pod:]file/path');
  return {
    namespace: parts.length === 2 ? (parts[0] as string) : '',
    pod: parts.at(-1) as string,
    path: text.slice(colon + 1),
  };
}

function* execPath(
  session: Session,
  { namespace, pod: name }: FileSpec,
  command: readonly string[],
  stdin: boolean,
): Waiting<string> {
  if (namespace !== '') session.flags.add('namespace', namespace);
  const { pod } = yield* podOf(session, yield* objectOf(session, name), 'cannot attach to');
  const container = yield* chooseContainer(session, pod, session.flags.text('container'));
  const query = new URLSearchParams({ container, stdout: 'true', stderr: 'true', ...(stdin ? { stdin: 'true' } : {}) });
  for (const word of command) query.append('command', word);
  return `${objectPath(RESOURCES.pods, name, pod.metadata.namespace, 'exec')}?${query}`;
}

function* copyFrom(session: Session, source: FileSpec, target: string): Waiting<void> {
  const chunks: Uint8Array[] = [];
  const path = yield* execPath(session, source, ['cat', source.path], false);
  yield* runRemote(session, path, {
    stdin: false,
    tty: false,
    onOutput: function* (bytes) {
      chunks.push(bytes.slice());
    },
  });
  if (source.path.startsWith('/')) yield* session.err("tar: Removing leading `/' from member names\n");
  session.sys.writeFile(inDirectory(session, target, source.path), Buffer.concat(chunks));
}

function inDirectory({ sys }: Session, target: string, source: string): string {
  try {
    if (sys.stat(target).type === 'directory') return `${target.replace(/\/$/, '')}/${source.split('/').at(-1)}`;
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
  return target;
}

function* copyTo(session: Session, source: string, target: FileSpec): Waiting<void> {
  let input: Uint8Array;
  try {
    input = session.sys.readFile(source);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new CommandError(`${source} doesn't exist in local filesystem`);
  }
  const name = source.split('/').at(-1) ?? '';
  const script = 'if [ -d "$0" ]; then cat > "$0/$1"; else cat > "$0"; fi';
  const path = yield* execPath(session, target, ['sh', '-c', script, target.path, name], true);
  yield* runRemote(session, path, { stdin: true, tty: false, input });
}
