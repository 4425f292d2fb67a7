import type { Verdict } from '../condition.js';
import { needsOfAsking } from '../needs/source-needs.js';
import { addressesOf } from '../network/addresses.js';
import { hasNone, runThere, untilGood } from '../network/run.js';
import { type Destination, destination, PLACES, type Source, source } from '../places.js';
import type { Prober } from '../probe-pods.js';
import { flag, map, orVariant } from '../schema/words.js';
import type { CheckKind, Report } from '../subject.js';

interface ConnectSubject {
  readonly connect: {
    readonly from: Source;
    readonly to: Destination;
    readonly protocol?: 'tcp' | 'udp';
    /** True: a connection is made. False: it is refused or dropped. */
    readonly reaches: boolean;
    /** In which way it must be impossible; any when left out. */
    readonly how?: 'refused' | 'timed out';
    readonly timeout_seconds?: number;
  };
}

const TIMEOUT_SECONDS = 3;

/** Who reaches what. From several sources to several targets, every pair must be as the check says. */
export const connect: CheckKind<ConnectSubject> = {
  field: 'connect',
  schema: map(
    {
      from: source,
      to: destination,
      protocol: { enum: ['tcp', 'udp'], default: 'tcp', description: 'The protocol that is tried; tcp when left out.' },
      reaches: orVariant(flag('Whether the connection must be possible or impossible.')),
      how: {
        enum: ['refused', 'timed out'],
        description: 'In which way it must be impossible; in any way when left out.',
      },
      timeout_seconds: {
        type: 'integer',
        minimum: 1,
        maximum: 60,
        default: 3,
        description: 'How long each connection is waited for; 3 when left out.',
      },
    },
    ['from', 'to', 'reaches'],
    'Who reaches what by a connection.',
  ),
  touches: 'probes',
  needs: ({ connect: { from, to } }) => needsOfAsking(from, to),
  waits: ({ connect: { timeout_seconds: seconds = TIMEOUT_SECONDS } }) => seconds * PLACES,
  lint({ connect: { reaches, how } }: ConnectSubject, path: string, report: Report) {
    if (reaches && how !== undefined)
      report(`${path}/connect/how`, 'stands beside reaches: true, which it contradicts');
  },
  async judge({ connect: subject }, context) {
    const { from, to, reaches, how, protocol, timeout_seconds: seconds = TIMEOUT_SECONDS } = subject;
    const expected = reaches ? 'reached' : (how ?? 'not reached');
    const probers = await context.probes.probers(from, context.host);
    if (probers.length === 0) return { passed: false, expected, found: 'no pods to try it from' };
    const targets = await addressesOf(to, context);
    if (targets.length === 0) return { passed: false, expected, found: 'no pods to reach' };
    const isGood = (outcome: string): boolean =>
      how === undefined || reaches ? (outcome === 'reached') === reaches : outcome === how;
    let first = '';
    for (const prober of probers) {
      for (const target of targets) {
        const outcome = await untilGood(prober, () => attempt(prober, target, to.port, protocol, seconds), isGood);
        const text = `${prober.name} → ${target}:${to.port}: ${outcome}`;
        if (!isGood(outcome)) return { passed: false, expected, found: text } satisfies Verdict;
        first ||= text;
      }
    }
    return { passed: true, expected, found: first };
  },
};

/** Tries a connection as somebody there would, with nc or else curl; what came of it in a word or two. */
async function attempt(
  prober: Prober,
  address: string,
  port: number,
  protocol: 'tcp' | 'udp' | undefined,
  seconds: number,
): Promise<string> {
  const argv = [
    'nc',
    ...(protocol === 'udp' ? ['-u'] : []),
    '-v',
    '-v',
    '-z',
    '-w',
    String(seconds),
    address,
    String(port),
  ];
  const tried = await runThere(prober, argv, seconds + 10);
  if (tried) return tried.code === 0 ? 'reached' : reasonIn(tried.stderr);
  if (protocol === 'udp') throw hasNone(prober, 'nc');
  const host = address.includes(':') ? `[${address}]` : address;
  const asked = await runThere(
    prober,
    [
      'curl',
      '-s',
      '-S',
      '-o',
      '/dev/null',
      '--connect-timeout',
      String(seconds),
      '-m',
      String(seconds + 1),
      `http://${host}:${port}`,
    ],
    seconds + 10,
  );
  if (!asked) throw hasNone(prober, 'nc or curl');
  // Whatever the server then says, or does not say within a second: the connection was made.
  const unconnected = asked.code === 6 || asked.code === 7 || /Connection timed out/.test(asked.stderr);
  return unconnected ? reasonIn(asked.code === 7 ? 'refused' : asked.stderr) : 'reached';
}

function reasonIn(words: string): string {
  if (/bad address|not known|resolve/i.test(words)) return 'its name does not resolve';
  return /refused/i.test(words) ? 'refused' : 'timed out';
}
