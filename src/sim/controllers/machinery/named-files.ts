import type { ComponentFlags } from '../../client/component/flags.js';
import { authorityError, type SigningAuthority } from '../../client/pki/sign-request.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import { DEFAULT_OPTIONS } from './options.js';

/** A controller that could not be set up; the manager gives up. */
export class InitError extends Error {
  constructor(
    readonly controller: string,
    message: string,
  ) {
    super(message);
  }
}

const SIGNING = 'certificatesigningrequest-signing-controller';
/** Signers with the part of the flags that is their own, in the order they are set up. */
const SIGNERS: readonly (readonly [signer: string, flag: string])[] = [
  ['kubernetes.io/kubelet-serving', 'kubelet-serving'],
  ['kubernetes.io/kube-apiserver-client-kubelet', 'kubelet-client'],
  ['kubernetes.io/kube-apiserver-client', 'kube-apiserver-client'],
  ['kubernetes.io/legacy-unknown', 'legacy-unknown'],
];

/** What controllers take from files and flags about certificates and tokens. */
interface NamedFiles {
  readonly rootCa: string;
  readonly tokenKey: string;
  readonly signers: Readonly<Record<string, SigningAuthority>>;
  readonly signingDuration: number;
}

/** Reads the files controllers need from the start. Throws `InitError` for the first that cannot be read. */
export function readNamedFiles(sys: Pick<Sys, 'readFile'>, flags: ComponentFlags): NamedFiles {
  const tokens = 'serviceaccount-token-controller';
  const tokenKey = read(sys, flags.text('service-account-private-key-file'), tokens, () => {
    return 'error reading key for service account token controller';
  });
  const rootCa = read(sys, flags.text('root-ca-file'), tokens, (path) => `error parsing root-ca-file at ${path}`);
  return {
    rootCa,
    tokenKey,
    signers: readSigners(sys, flags),
    signingDuration: flags.duration('cluster-signing-duration', DEFAULT_OPTIONS.signingDuration),
  };
}

/** The authority of each signer: one for all, or those that have one of their own. */
function readSigners(sys: Pick<Sys, 'readFile'>, flags: ComponentFlags): Record<string, SigningAuthority> {
  const flagOf = (own: string, what: 'cert' | 'key') => flags.text(`cluster-signing-${own}${what}-file`);
  const filesOf = (own: string) => ({ cert: flagOf(own, 'cert'), key: flagOf(own, 'key') });
  const isGiven = ({ cert, key }: { cert: string; key: string }) => cert !== '' || key !== '';
  const common = filesOf('');
  const specific = SIGNERS.map(([, name]) => filesOf(`${name}-`));
  if (isGiven(common) && specific.some(isGiven)) {
    throw new InitError(SIGNING, 'cannot specify default and per controller certs at the same time');
  }
  const signers: Record<string, SigningAuthority> = {};
  SIGNERS.forEach(([signer], index) => {
    const files = isGiven(common) ? common : (specific[index] as { cert: string; key: string });
    if (isGiven(files)) signers[signer] = readAuthority(sys, signer, files);
  });
  return signers;
}

function readAuthority(
  sys: Pick<Sys, 'readFile'>,
  signer: string,
  files: { cert: string; key: string },
): SigningAuthority {
  const init = `failed to init ${signer} certificate controller`;
  const part = (what: 'cert' | 'key') =>
    read(sys, files[what], SIGNING, (path) => `${init}: error reading CA ${what} file "${path}"`);
  const authority = { certificate: part('cert'), key: part('key') };
  const wrong = authorityError(authority);
  if (wrong === undefined) return authority;
  throw new InitError(SIGNING, `${init}: error reading CA cert file "${files.cert}": ${wrong}`);
}

function read(sys: Pick<Sys, 'readFile'>, path: string, controller: string, words: (path: string) => string): string {
  if (path === '') return '';
  try {
    return decodeText(sys.readFile(path));
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new InitError(controller, `${words(path)}: open ${path}: ${error.message.toLowerCase()}`);
  }
}
