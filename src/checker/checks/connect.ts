import type { Verdict } from '../condition.js';
import { UndecidedError } from '../objects.js';
import { type Destination, destination, type Source, source } from '../places.js';
import type { Prober } from '../probe-pods.js';
import { flag, map, orVariant } from '../schema/words.js';
import type { CheckContext, CheckKind } from '../subject.js';

interface ConnectSubject {
  readonly connect: {
    readonly from: Source;
    readonly to: Destination;
    readonly protocol?: 'tcp' | 'udp';
    /** True: a connection is made. False: it is refused or dropped. */
    readonly reaches: boolean;
    readonly timeout_seconds?: number;
  };
}

const TIMEOUT_SECONDS = 3;
/** The command could not be started at all: that says nothing about the connection. */
const NEVER_RAN = 255;

/** Who reaches what. From several sources to several targets, every pair must be as the check says. */
export const connect: CheckKind<ConnectSubject> = {
  field: 'connect',
  schema: map(
    {
      from: source,
      to: destination,
      protocol: { enum: ['tcp', 'udp'], default: 'tcp', description: 'The protocol that is tried; tcp when left out.' },
      reaches: orVariant(flag('Whether a connection must come about, or must not.')),
      timeout_seconds: {
        type: 'integer',
        minimum: 1,
        maximum: 60,
        default: 3,
        description: 'How many seconds it is tried for; 3 when left out.',
      },
    },
    ['from', 'to', 'reaches'],
    'Who reaches what, and who must not.',
  ),
  touches: 'probes',
  async judge(
    { connect: { from, to, reaches, protocol = 'tcp', timeout_seconds: seconds = TIMEOUT_SECONDS } },
    context,
  ) {
    const expected = reaches ? 'reached' : 'not reached';
    const probers = await context.probes.probers(from, context.host);
    if (probers.length === 0) return { passed: false, expected, found: 'no pods to try it from' };
    const targets = await addressesOf(to, context);
    if (targets.length === 0) return { passed: false, expected, found: 'no pods to reach' };
    const tried: string[] = [];
    for (const prober of probers) {
      for (const target of targets) {
        const outcome = await attempt(prober, target, to.port, protocol, seconds);
        const text = `${prober.name} → ${target}:${to.port}: ${outcome}`;
        if ((outcome === 'reached') !== reaches) return { passed: false, expected, found: text } satisfies Verdict;
        tried.push(text);
      }
    }
    return { passed: true, expected, found: tried[0] as string };
  },
};

async function addressesOf(to: Destination, { objects }: CheckContext): Promise<readonly string[]> {
  if ('address' in to) return [to.address];
  if ('service' in to) return [`${to.service.name}.${to.service.namespace}.svc.cluster.local`];
  const pods = await objects.read({ apiVersion: 'v1', kind: 'Pod', ...to.pods });
  return pods.flatMap((pod) => (pod['status'] as { podIP?: string } | undefined)?.podIP ?? []);
}

/** Tries a connection as somebody with busybox would; what came of it in a word or two. */
async function attempt(
  prober: Prober,
  address: string,
  port: number,
  protocol: 'tcp' | 'udp',
  seconds: number,
): Promise<string> {
  const argv = ['nc', ...(protocol === 'udp' ? ['-u'] : []), '-z', '-w', String(seconds), address, String(port)];
  const { code, stderr } = await prober.run(argv, seconds + 10);
  if (code === 0) return 'reached';
  if (code === NEVER_RAN)
    throw new UndecidedError(`nothing could be tried from ${prober.name}: ${stderr.trim() || 'it does not answer'}`);
  if (code === 126 || code === 127) throw new UndecidedError(`${prober.name} has no nc to try it with`);
  if (/bad address|not known|resolve/i.test(stderr)) return 'its name does not resolve';
  if (/refused/i.test(stderr)) return 'refused';
  return 'timed out';
}
