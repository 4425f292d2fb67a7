import { print, printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { type Certificate, readCertificates } from './certificate.js';
import { PROBLEMS, type Purpose, type Step, type Verdict, type Verification, verifyChain } from './chain.js';
import { nameText } from './distinguished-name.js';
import { Failure, readInput, unreadable } from './failure.js';
import { nameCheck } from './names.js';
import { Misuse, type OptionKind, type Options, readOptions } from './options.js';
import { trustedOf, trustFile } from './trust.js';

const OPTIONS: Readonly<Record<string, OptionKind>> = {
  CAfile: 'value',
  'no-CAfile': 'flag',
  'no-CApath': 'flag',
  partial_chain: 'flag',
  purpose: 'value',
  show_chain: 'flag',
  trusted: 'value',
  untrusted: 'value',
  verbose: 'flag',
  verify_hostname: 'value',
  verify_ip: 'value',
};
const PURPOSES: Readonly<Record<string, Purpose | 'any'>> = { any: 'any', sslclient: 'client', sslserver: 'server' };
/** Problems after which the real program looks on. */
const CONTINUED = new Set([10, 18, 79]);

/** `openssl verify`: whether certificates come from an authority that is trusted. */
export function* verify(sys: Sys, words: readonly string[]): Waiting<number> {
  const options = readOptions(words, OPTIONS);
  const how = yield* verification(sys, options);
  let status = 0;
  for (const path of options.operands.length > 0 ? options.operands : [undefined]) {
    const leaf = yield* readLeaf(sys, path);
    if (leaf instanceof Failure) {
      yield* printError(sys, leaf.lines.map((line) => `${line}\n`).join(''));
      status = 2;
      continue;
    }
    const verdict = verifyChain(leaf, how);
    const problems = untilLast(verdict.steps);
    const name = path ?? 'stdin';
    if (problems.length === 0) {
      yield* print(sys, `${name}: OK\n${options.has('show_chain') ? chainText(verdict) : ''}`);
      continue;
    }
    status = 2;
    yield* printError(sys, `${problems.map(problemText).join('')}error ${name}: verification failed\n`);
  }
  return status;
}

function* verification(sys: Sys, options: Options): Waiting<Verification> {
  const [between, wanted, alone] = ['untrusted', 'purpose', 'trusted'].map((name) => options.value(name));
  const purpose = wanted === undefined ? undefined : PURPOSES[wanted];
  if (wanted !== undefined && !purpose) throw new Misuse(`the purpose ${wanted} is not at hand on these machines`);
  return {
    trusted: alone === undefined ? loadTrust(sys, options) : trustFile(sys, alone),
    untrusted: between === undefined ? [] : readCertificates(yield* readInput(sys, between, 'untrusted certificates')),
    now: sys.now(),
    purpose: purpose === 'any' ? undefined : purpose,
    partial: options.has('partial_chain'),
    misnamed: nameCheck(options),
  };
}

function loadTrust(sys: Sys, options: Options): Certificate[] {
  try {
    return trustedOf(sys, options);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure([`Error loading file ${options.value('CAfile')}`, ...error.lines]);
  }
}

/** The problems up to the first that ends the verification. */
function untilLast(steps: readonly Step[]): Step[] {
  const problems = steps.filter(({ code }) => code !== 0);
  const last = problems.findIndex(({ code }) => !CONTINUED.has(code));
  return last < 0 ? problems : problems.slice(0, last + 1);
}

function problemText({ code, depth, certificate }: Step): string {
  return `${nameText(certificate.subject)}\nerror ${code} at ${depth} depth lookup: ${PROBLEMS[code]}\n`;
}

function chainText({ chain, untrustedCount }: Verdict): string {
  const lines = chain.map(({ subject }, depth) => {
    const mark = depth < untrustedCount ? ' (untrusted)' : '';
    return `depth=${depth}: ${nameText(subject)}${mark}\n`;
  });
  return `Chain:\n${lines.join('')}`;
}

/** The certificate that is to be looked at; what is said where there is none does not keep others from being looked at. */
function* readLeaf(sys: Sys, path: string | undefined): Waiting<Certificate | Failure> {
  try {
    const [leaf] = readCertificates(yield* readInput(sys, path, 'certificate file'));
    return leaf ?? unreadable(path, 'certificate file');
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}
