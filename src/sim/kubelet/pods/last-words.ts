import type { CriContainer } from '../../api/types/cri.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import { renderLog } from '../server/log-reader.js';

/** What a container may write as its last words, and what is taken of its log instead (kubecontainer). */
const MESSAGE_BYTES_MAX = 4096;
const LOG_BYTES_MAX = 2048;
const LOG_LINES_MAX = 80;
const PREFIX = 'io.kubernetes.container.terminationMessage';

/** How kubelet remembers with the runtime where a container's last words are. */
export function lastWordsAnnotations(container: {
  readonly terminationMessagePath?: string;
  readonly terminationMessagePolicy?: string;
}): Record<string, string> {
  return {
    [`${PREFIX}Path`]: container.terminationMessagePath ?? '',
    [`${PREFIX}Policy`]: container.terminationMessagePolicy ?? '',
  };
}

/** A container that ended with its last words added to what the runtime says of it (terminationMessagePath, -Policy). */
export function withLastWords(sys: Sys, container: CriContainer): CriContainer {
  const { config, exitCode, reason, message, logPath } = container;
  const path = config.annotations[`${PREFIX}Path`] ?? '';
  const fallBack =
    config.annotations[`${PREFIX}Policy`] === 'FallbackToLogsOnError' &&
    exitCode !== 0 &&
    reason !== 'ContainerCannotRun';
  const mount = path === '' ? undefined : config.mounts.find(({ containerPath }) => containerPath === path);
  const written = mount ? fromFile(sys, mount.hostPath) : '';
  const words = written === '' && fallBack ? fromLog(sys, logPath) : written;
  if (words === '') return container;
  return { ...container, message: message === '' ? words : `${message}: ${words}` };
}

function fromFile(sys: Sys, path: string): string {
  try {
    return decodeText(sys.readFile(path).slice(-MESSAGE_BYTES_MAX));
  } catch (error) {
    if (!isErrno(error)) throw error;
    return error.code === 'ENOENT' ? '' : `Error on reading termination log ${path}: open ${path}: ${error.message}`;
  }
}

function fromLog(sys: Sys, path: string): string {
  try {
    const options = { tailLines: LOG_LINES_MAX, since: undefined, timestamps: false, limitBytes: undefined };
    return decodeText(renderLog(decodeText(sys.readFile(path)), options).slice(-LOG_BYTES_MAX));
  } catch (error) {
    if (!isErrno(error)) throw error;
    return `Error on reading termination message from logs: failed to try resolving symlinks in path "${path}": lstat ${path}: no such file or directory`;
  }
}
