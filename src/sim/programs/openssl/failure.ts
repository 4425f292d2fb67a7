import type { Bytes } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { readAll } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';

/** Ends a subcommand with status 1 (or another) after these lines on standard error. */
export class Failure extends Error {
  constructor(
    readonly lines: readonly string[],
    readonly status = 1,
  ) {
    super(lines[0] ?? '');
  }
}

/** A line of OpenSSL's error queue; it begins with the thread's number. */
export function queued(sys: Sys, code: string, rest: string): string {
  const thread = (0x80000000 + sys.pid * 0x10000).toString(16).toUpperCase();
  return `${thread}F77F0000:error:${code}:${rest}`;
}

/** The lines of the queue about a file that cannot be opened; `mode` as fopen(3) takes it. */
export function unopened(sys: Sys, path: string, mode: 'r' | 'rb' | 'w', { message }: Error): string[] {
  const call = `system library:BIO_new_file:${message}:../crypto/bio/bss_file.c:67:calling fopen(${path}, ${mode})`;
  return [
    queued(sys, '80000002', call),
    queued(sys, '10000080', 'BIO routines:BIO_new_file:no such file:../crypto/bio/bss_file.c:75:'),
  ];
}

/** The line of the queue about an algorithm that nobody knows. */
export function unknownAlgorithm(sys: Sys, name: string): string {
  const place = 'digital envelope routines:inner_evp_generic_fetch:unsupported:../crypto/evp/evp_fetch.c:386';
  return queued(
    sys,
    '0308010C',
    `${place}:Global default library context, Algorithm (${name} : 0), Properties (<null>)`,
  );
}

/** The bytes of a file, or of standard input without one; `what` is what they should hold. */
export function* readInput(sys: Sys, path: string | undefined, what: string): Waiting<Bytes> {
  if (path === undefined) return yield* readAll(sys, 0);
  try {
    return sys.readFile(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    const missing = error.code === 'ENOENT';
    const call = missing
      ? `system library:file_open:${error.message}:../providers/implementations/storemgmt/file_store.c:266:calling stat(${path})`
      : `system library:BIO_new_file:${error.message}:../crypto/bio/bss_file.c:67:calling fopen(${path}, rb)`;
    throw new Failure([
      `Could not open file or uri for loading ${what} from ${path}`,
      queued(
        sys,
        '16000069',
        'STORE routines:ossl_store_get0_loader_int:unregistered scheme:../crypto/store/store_register.c:237:scheme=file',
      ),
      queued(sys, missing ? '80000002' : '8000000D', call),
      `Unable to load ${what}`,
    ]);
  }
}

/** What is said of a file that could be read and holds no such thing. */
export function unreadable(path: string | undefined, what: string): Failure {
  return new Failure([`Could not read ${what} from ${path ?? '<stdin>'}`, `Unable to load ${what}`]);
}
