import type { Sys } from '../../../kernel/sys.js';
import { type Certificate, timeText } from '../certificate.js';
import { PROBLEMS, type ProblemCode, type Step, verifyChain } from '../chain.js';
import { nameText } from '../distinguished-name.js';
import { nameCheck, peerName } from '../names.js';
import type { Options } from '../options.js';

/** What came of judging the server's certificate. */
export interface Judged {
  /** The last thing that was wrong. */
  readonly code: ProblemCode;
  /** The name that was asked for and found. */
  readonly peerName: string | undefined;
  /** What is told of it meanwhile. */
  readonly text: string;
  /** Whether that ended the handshake. */
  readonly isRefused: boolean;
}

/** Judges what a server shows as s_client does: it tells of everything and minds nothing unless told to. */
export function judge(
  sys: Sys,
  options: Options,
  trusted: readonly Certificate[],
  shown: readonly Certificate[],
): Judged {
  const [leaf, ...untrusted] = shown;
  if (!leaf) return { code: 0, peerName: undefined, text: '', isRefused: false };
  const { steps } = verifyChain(leaf, {
    trusted,
    untrusted,
    now: sys.now(),
    purpose: 'server',
    partial: options.has('partial_chain'),
    misnamed: nameCheck(options),
  });
  const isQuiet = options.has('brief') || options.has('verify_quiet');
  let code: ProblemCode = 0;
  let text = '';
  for (const step of steps) {
    if (step.code !== 0) code = step.code;
    const isRefused = step.code !== 0 && options.has('verify_return_error');
    text += stepText(step, code, isQuiet, isRefused);
    if (isRefused) return { code, peerName: undefined, text, isRefused };
  }
  const host = options.value('verify_hostname');
  const found = code === 0 && host !== undefined ? peerName(leaf, host) : undefined;
  return { code, peerName: found, text, isRefused: false };
}

/** `code`: what was wrong last, whose particulars are told again with every step after it. */
function stepText(step: Step, code: ProblemCode, isQuiet: boolean, isRefused: boolean): string {
  const { depth, certificate } = step;
  if (step.code === 0 && isQuiet) return '';
  const lines = [`depth=${depth} ${nameText(certificate.subject)}`];
  if (step.code !== 0) lines.push(`verify error:num=${step.code}:${PROBLEMS[step.code]}`);
  if (code === 2) lines.push(`issuer= ${nameText(certificate.issuer)}`);
  if (code === 9) lines.push(`notBefore=${timeText(certificate.notBefore)}`);
  if (code === 10) lines.push(`notAfter=${timeText(certificate.notAfter)}`);
  if (!isQuiet && !isRefused) lines.push('verify return:1');
  return lines.map((line) => `${line}\n`).join('');
}
