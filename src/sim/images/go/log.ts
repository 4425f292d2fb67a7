import { formatTime } from '../../api/time.js';
import { encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';

/** `2026/11/21 01:02:03`, as Go's log begins its lines. */
export function goStamp(now: number): string {
  return formatTime(now).slice(0, 19).replace(/-/g, '/').replace('T', ' ');
}

/** Go's log.Printf: a line on standard error. What nobody can take is lost. */
export function goLog(sys: Sys, text: string): void {
  say(sys, 2, `${goStamp(sys.now())} ${text}${text.endsWith('\n') ? '' : '\n'}`);
}

/** Writes at once to a stream; what nobody can take is lost. */
export function say(sys: Sys, descriptor: number, text: string): void {
  try {
    sys.openFile(descriptor).tryWrite(encodeText(text));
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}
