import type { ComponentFlags } from '../../client/component/flags.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';

/** A controller that could not be set up; the manager gives up. */
export class InitError extends Error {
  constructor(
    readonly controller: string,
    message: string,
  ) {
    super(message);
  }
}

/** Reads the files controllers need from the start. Throws `InitError` for the first that cannot be read. */
export function readNamedFiles(sys: Pick<Sys, 'readFile'>, flags: ComponentFlags): { rootCa: string } {
  const tokens = 'serviceaccount-token-controller';
  read(
    sys,
    flags,
    'service-account-private-key-file',
    tokens,
    () => 'error reading key for service account token controller',
  );
  const rootCa = read(sys, flags, 'root-ca-file', tokens, (path) => `error parsing root-ca-file at ${path}`);
  const signing = 'certificatesigningrequest-signing-controller';
  for (const [flag, what] of [
    ['cluster-signing-cert-file', 'cert'],
    ['cluster-signing-key-file', 'key'],
  ] as const) {
    const init = 'failed to init kubernetes.io/kubelet-serving certificate controller';
    read(sys, flags, flag, signing, (path) => `${init}: error reading CA ${what} file "${path}"`);
  }
  return { rootCa };
}

function read(
  sys: Pick<Sys, 'readFile'>,
  flags: ComponentFlags,
  flag: string,
  controller: string,
  words: (path: string) => string,
): string {
  const path = flags.text(flag);
  if (path === '') return '';
  try {
    return decodeText(sys.readFile(path));
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new InitError(controller, `${words(path)}: open ${path}: ${error.message.toLowerCase()}`);
  }
}
