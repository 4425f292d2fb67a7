import type { Errno } from '../kernel/errno.js';

/** Go's words for a refused system call, which are Linux's beginning in lower case (package syscall, zerrors_linux). */
export function goErrno({ message }: Errno): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
