import { Errno } from '../../kernel/errno.js';
import { goErrno } from '../go-errno.js';

const CREATE =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: ';

/** What starting a container says when runc could not run its command. */
export function runcStartError(cause: string): string {
  return `${CREATE}unable to start container process: error during container init: ${cause}: unknown`;
}

/** What `exec` says when the command could not be run in the container. */
export function runcExecError(execId: string, cause: string): string {
  return `failed to exec in container: failed to start exec "${execId}": OCI runtime exec failed: exec failed: unable to start container process: ${cause}: unknown`;
}

/** Why a command cannot be run, as Go's os/exec says it: `exec: "foo": executable file not found in $PATH`. */
export function execCause(command: string, error: unknown): string {
  if (!(error instanceof Errno)) throw error;
  if (error.code === 'ENOENT') {
    return command.includes('/')
      ? `exec: "${command}": stat ${command}: no such file or directory`
      : `exec: "${command}": executable file not found in $PATH`;
  }
  return `exec: "${command}": ${goErrno(error)}`;
}

/** What a container prints, and nothing else, when its file is no program for this machine. */
export function execFormatError(path: string, error: Errno): string {
  return `exec ${path}: ${goErrno(error)}\n`;
}

/** What mounting a host's path into a container says when the two do not fit. */
export function mountCause(hostPath: string, containerPath: string, error: Errno): string {
  const hint =
    error.code === 'ENOTDIR'
      ? ': Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type'
      : '';
  return `error mounting "${hostPath}" to rootfs at "${containerPath}": mount src=${hostPath}, dst=${containerPath}, dstFd=/proc/thread-self/fd/11, flags=MS_BIND|MS_REC: ${goErrno(error)}${hint}`;
}
