import type { Prober } from '../probe-pods.js';
import { lastLine } from '../words.js';
import { hasNone, runThere } from './run.js';

/** What a DNS server said of a name. */
export type Resolution =
  | { readonly answers: readonly string[]; readonly says?: undefined }
  /** It said that there is no such name, or nobody said anything. */
  | { readonly answers?: undefined; readonly says: string; readonly denied: boolean };

const TIMEOUT_SECONDS = 30;
const DENIED = /NXDOMAIN|No answer/;

/**
 * Asks for a name from somewhere, as nslookup does there; where there is none, `getent` must do. busybox's nslookup leaves
 * out the search list for names with a dot, which a program's resolver does not: then its names are tried in order.
 */
export async function lookUp(prober: Prober, name: string, type: string): Promise<Resolution> {
  const first = await lookUpOnce(prober, name, type);
  if (first.answers || type === 'PTR' || !name.includes('.') || name.endsWith('.')) return first;
  for (const domain of await searchList(prober)) {
    const next = await lookUpOnce(prober, `${name}.${domain}.`, type);
    if (next.answers) return next;
  }
  return first;
}

async function searchList(prober: Prober): Promise<readonly string[]> {
  const { stdout } = (await runThere(prober, ['cat', '/etc/resolv.conf'], TIMEOUT_SECONDS)) ?? { stdout: '' };
  return /^search\s+(.*)$/m.exec(stdout)?.[1]?.trim().split(/\s+/) ?? [];
}

async function lookUpOnce(prober: Prober, name: string, type: string): Promise<Resolution> {
  const typed = type === 'A' || type === 'PTR' ? [] : [`-type=${type.toLowerCase()}`];
  const asked = await runThere(prober, ['nslookup', ...typed, name], TIMEOUT_SECONDS);
  if (asked) {
    const answers = answersIn(asked.stdout, type);
    if (answers.length > 0) return { answers };
    const words = `${asked.stdout}\n${asked.stderr}`;
    return { says: lastLine(words) || 'no answer', denied: DENIED.test(words) };
  }
  if (type !== 'A') throw hasNone(prober, 'nslookup');
  const found = await runThere(prober, ['getent', 'ahosts', name], TIMEOUT_SECONDS);
  if (!found) throw hasNone(prober, 'nslookup or getent');
  const answers = [...new Set(found.stdout.split('\n').flatMap((line) => line.split(/\s+/)[0] || []))];
  return answers.length > 0 ? { answers } : { says: `${name} not found`, denied: found.code === 2 };
}

/** The answers in nslookup's output, as bind and busybox write it; not the address of the server that was asked. */
function answersIn(output: string, type: string): string[] {
  const lines = output.split('\n');
  const after = lines.findIndex((line) => line.trim() === '');
  const body = lines.slice(after + 1);
  if (type === 'SRV') return captures(body, /service = (.+?)\.?$/);
  if (type === 'PTR') return captures(body, /name = (.+?)\.?$/);
  return captures(body, /^(?:Address(?: \d+)?:\s+|.*has AAAA address )([0-9a-fA-F.:]+)/);
}

function captures(lines: readonly string[], pattern: RegExp): string[] {
  return [...new Set(lines.flatMap((line) => pattern.exec(line.trim())?.[1] ?? []))];
}
