import type { InstalledProgram } from '../kernel/installed-program.js';
import { getopt, OptionError } from '../kernel/libc/getopt.js';
import { print, printError } from '../kernel/libc/streams.js';
import type { Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';
import { connectTo, NoConnection } from './ssh/connect.js';
import { answerFiles } from './sshd/files.js';
import type { ClientMessage, FileAnswer, FileRequest, ServerMessage } from './sshd/protocol.js';
import { receive } from './sshd/protocol.js';

const USAGE = `usage: scp [-346ABCOpqRrsTv] [-c cipher] [-D sftp_server_path] [-F ssh_config]
           [-i identity_file] [-J destination] [-l limit] [-o ssh_option]
           [-P port] [-S program] [-X sftp_option] source ... target
`;

/** Files on this machine or another one, asked the same way. */
interface Side {
  readonly path: string;
  ask(request: FileRequest): Waiting<FileAnswer>;
}

class CopyFailed extends Error {}

function* sideOf(sys: Sys, text: string, options: ReadonlyMap<string, string>): Waiting<Side> {
  const [, host, path = ''] = /^([^/:]+):(.*)$/s.exec(text) ?? [];
  if (host === undefined) {
    return {
      path: text,
      *ask(request) {
        return answerFiles(sys, request);
      },
    };
  }
  const settings = new Map(options);
  const at = host.lastIndexOf('@');
  if (at >= 0) settings.set('user', host.slice(0, at));
  const { connection } = yield* connectTo(sys, host.slice(at + 1), settings);
  return {
    path: path === '' ? '.' : path.replace(/^~\//, ''),
    *ask(request) {
      connection.send({ kind: 'files', request } satisfies ClientMessage);
      const message = yield* receive<ServerMessage>(connection);
      if (message?.kind !== 'files') throw new CopyFailed('scp: Connection closed');
      return message.answer;
    },
  };
}

function baseName(path: string): string {
  return path.replace(/\/+$/, '').split('/').at(-1) ?? path;
}

class Copy {
  private readonly sys: Sys;
  private readonly recursive: boolean;
  private readonly quiet: boolean;
  status = 0;

  constructor(sys: Sys, recursive: boolean, quiet: boolean) {
    this.sys = sys;
    this.recursive = recursive;
    this.quiet = quiet || !sys.terminal(1);
  }

  *copy(from: Side, path: string, to: Side, target: string): Waiting<void> {
    const stat = yield* from.ask({ operation: 'stat', path });
    if ('error' in stat) return yield* this.complain(`scp: ${path}: ${stat.error}`);
    if (!('directory' in stat)) return;
    if (!stat.directory) return yield* this.copyFile(from, path, to, target);
    if (!this.recursive) return yield* this.complain(`scp: ${path}: not a regular file`);
    const made = yield* to.ask({ operation: 'make-directory', path: target, mode: stat.mode });
    if ('error' in made && made.error !== 'File exists') return yield* this.complain(`scp: ${target}: ${made.error}`);
    const list = yield* from.ask({ operation: 'list', path });
    if ('names' in list)
      for (const name of list.names) yield* this.copy(from, `${path}/${name}`, to, `${target}/${name}`);
  }

  private *copyFile(from: Side, path: string, to: Side, target: string): Waiting<void> {
    const content = yield* from.ask({ operation: 'read', path });
    if ('error' in content) return yield* this.complain(`scp: open "${path}": ${content.error}`);
    if (!('bytes' in content)) return;
    const written = yield* to.ask({ operation: 'write', path: target, bytes: content.bytes, mode: content.mode });
    if ('error' in written) return yield* this.complain(`scp: dest open "${target}": ${written.error}`);
    if (!this.quiet)
      yield* print(this.sys, progressLine(baseName(path), content.bytes.length, this.sys.windowSize(1)?.columns ?? 80));
  }

  private *complain(text: string): Waiting<void> {
    this.status = 1;
    yield* printError(this.sys, `${text}\n`);
  }
}

function progressLine(name: string, bytes: number, columns: number): string {
  const size = bytes < 10_000 ? `${bytes}` : `${Math.round(bytes / 1024)}KB`;
  const figures = ` 100% ${size.padStart(4)}     1.0MB/s   00:00    `;
  return `${name.slice(0, columns - figures.length).padEnd(columns - figures.length - 1)}${figures}\n`;
}

function* run(sys: Sys): Waiting<number> {
  const flags = Array.from('346ABCOpqRrsTv', (short) => ({ short }));
  const valued = Array.from('cDFiJloPSX', (short) => ({ short, argument: 'required' as const }));
  try {
    const { options, operands } = getopt(sys.args.slice(1), [...flags, ...valued]);
    if (operands.length < 2) {
      yield* printError(sys, USAGE);
      return 1;
    }
    const settings = new Map<string, string>();
    for (const { name, value = '' } of options) {
      if (name === 'P') settings.set('port', value);
      if (name === 'i') settings.set('identityfile', value);
    }
    const has = (name: string) => options.some((option) => option.name === name);
    return yield* copyAll(sys, operands, settings, new Copy(sys, has('r'), has('q')));
  } catch (error) {
    if (error instanceof OptionError) yield* printError(sys, `scp: ${error.message}\n${USAGE}`);
    else if (error instanceof NoConnection) yield* printError(sys, `${error.message}\nscp: Connection closed\n`);
    else if (error instanceof CopyFailed) yield* printError(sys, `${error.message}\n`);
    else throw error;
    return error instanceof NoConnection ? 255 : 1;
  }
}

function* copyAll(
  sys: Sys,
  operands: readonly string[],
  settings: ReadonlyMap<string, string>,
  copy: Copy,
): Waiting<number> {
  const to = yield* sideOf(sys, operands.at(-1) ?? '', settings);
  const target = yield* to.ask({ operation: 'stat', path: to.path });
  const intoDirectory = 'directory' in target && target.directory;
  const sources = operands.slice(0, -1);
  if (sources.length > 1 && !intoDirectory) {
    yield* printError(sys, `scp: ${to.path}: ${'error' in target ? target.error : 'Not a directory'}\n`);
    return 1;
  }
  for (const source of sources) {
    const from = yield* sideOf(sys, source, settings);
    yield* copy.copy(
      from,
      from.path,
      to,
      intoDirectory ? `${to.path.replace(/\/$/, '')}/${baseName(from.path)}` : to.path,
    );
  }
  return copy.status;
}

/** scp: copies files between machines. */
export const scp: InstalledProgram = { name: 'scp', paths: ['/usr/bin/scp'], run };
