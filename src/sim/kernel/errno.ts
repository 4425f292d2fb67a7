/** What `strerror` of the GNU C library says for each error a system call can end in. */
const STRERROR = {
  E2BIG: 'Argument list too long',
  EACCES: 'Permission denied',
  EADDRINUSE: 'Address already in use',
  EADDRNOTAVAIL: 'Cannot assign requested address',
  EAGAIN: 'Resource temporarily unavailable',
  EBADF: 'Bad file descriptor',
  EBUSY: 'Device or resource busy',
  ECHILD: 'No child processes',
  ECONNREFUSED: 'Connection refused',
  ECONNRESET: 'Connection reset by peer',
  EEXIST: 'File exists',
  EFBIG: 'File too large',
  EHOSTUNREACH: 'No route to host',
  EINTR: 'Interrupted system call',
  EINVAL: 'Invalid argument',
  EIO: 'Input/output error',
  EISDIR: 'Is a directory',
  ELOOP: 'Too many levels of symbolic links',
  EMFILE: 'Too many open files',
  ENAMETOOLONG: 'File name too long',
  ENETUNREACH: 'Network is unreachable',
  ENOENT: 'No such file or directory',
  ENOEXEC: 'Exec format error',
  ENOSPC: 'No space left on device',
  ENOTCONN: 'Transport endpoint is not connected',
  ENOTDIR: 'Not a directory',
  ENOTEMPTY: 'Directory not empty',
  ENOTSUP: 'Operation not supported',
  ENOTTY: 'Inappropriate ioctl for device',
  ENXIO: 'No such device or address',
  EPERM: 'Operation not permitted',
  EPIPE: 'Broken pipe',
  EROFS: 'Read-only file system',
  ESPIPE: 'Illegal seek',
  ESRCH: 'No such process',
  ETIMEDOUT: 'Connection timed out',
  ETXTBSY: 'Text file busy',
  EXDEV: 'Invalid cross-device link',
} as const;

/** The name of an error that a system call can end in, such as `ENOENT`. */
export type ErrnoCode = keyof typeof STRERROR;

/** A refused system call. `message` is the words of strerror(3); programs put their own prefix before it. */
export class Errno extends Error {
  readonly code: ErrnoCode;

  constructor(code: ErrnoCode) {
    // A refused call is everyday life, and collecting a stack costs more than most calls.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(STRERROR[code]);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = 'Errno';
    this.code = code;
  }
}

/** Tells whether a caught value is a system call's error, optionally one of the given codes. */
export function isErrno(error: unknown, ...codes: ErrnoCode[]): error is Errno {
  return error instanceof Errno && (codes.length === 0 || codes.includes(error.code));
}
