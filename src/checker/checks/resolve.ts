import type { Verdict } from '../condition.js';
import { needsOfAsking } from '../needs/source-needs.js';
import { lookUp, type Resolution } from '../network/nslookup.js';
import { untilGood } from '../network/run.js';
import { UndecidedError } from '../objects.js';
import { PLACES, type PodsRef, type Source, source } from '../places.js';
import { refName } from '../reference.js';
import { flag, list, map, type Schema, strings, text } from '../schema/words.js';
import type { CheckContext, CheckKind, Report } from '../subject.js';

/** What a name must resolve to: exactly these. */
type Target =
  | { readonly addresses: readonly string[] }
  /** A service's cluster addresses. */
  | { readonly service: { readonly namespace: string; readonly name: string } }
  | { readonly pods: PodsRef };

interface ResolveSubject {
  readonly resolve: {
    readonly from: Source;
    readonly names: readonly string[];
    readonly type?: 'A' | 'AAAA' | 'SRV' | 'PTR';
    /** False: a server must say that there are no such names. */
    readonly resolves?: boolean;
    readonly to?: Target;
    /** Texts that the answers must have, such as a port or a name. */
    readonly answers?: readonly string[];
  };
}

const place = (what: string, field: string): Schema =>
  map(
    { namespace: text(`The namespace of the ${what}.`), [field]: text(`Which ${what} it is, by its ${field}.`) },
    ['namespace', field],
    `The addresses of the ${what}.`,
  );

/** What names resolve to, and what does not. */
export const resolve: CheckKind<ResolveSubject> = {
  field: 'resolve',
  schema: map(
    {
      from: source,
      names: list({ type: 'string' }, 'Names that are all asked for; for PTR addresses.', { minItems: 1 }),
      type: { enum: ['A', 'AAAA', 'SRV', 'PTR'], description: 'Which records are asked for; A when left out.' },
      resolves: flag('False when a server must say that there are no such names.'),
      to: {
        description: 'What each of the names must resolve to, and to nothing else.',
        oneOf: [
          map({ addresses: strings('The addresses as they are written.') }, ['addresses'], 'These addresses exactly.'),
          map({ service: place('service', 'name') }, ['service'], 'The address of a service.'),
          map({ pods: place('pods', 'selector') }, ['pods'], 'The addresses of pods, all of them.'),
        ],
      },
      answers: strings('Texts that the answers must have, such as a name or a port.'),
    },
    ['from', 'names'],
    'What names resolve to, asked from somewhere.',
  ),
  touches: 'probes',
  needs: ({ resolve: { from } }) => needsOfAsking(from),
  // Each name is asked for with every domain of the search list, and a resolver that gets no answer asks again.
  waits: ({ resolve: { names } }) => names.length * PLACES * 5,
  lint,
  async judge({ resolve: subject }, context) {
    const { from, names, type = 'A', resolves = true } = subject;
    const wanted = subject.to && (await wantedAddresses(subject.to, context));
    const expected = expectation(subject, wanted);
    const probers = await context.probes.probers(from, context.host);
    if (probers.length === 0) return { passed: false, expected, found: 'no pods to ask from' };
    const isGood = (resolution: Resolution): boolean =>
      resolves ? fits(resolution, wanted, subject.answers) : isDenied(resolution);
    let last = '';
    for (const prober of probers) {
      for (const name of names) {
        const resolution = await untilGood(prober, () => lookUp(prober, name, type), isGood);
        last = `${prober.name}: ${name}: ${resolution.answers?.join(', ') ?? resolution.says}`;
        if (!isGood(resolution)) return { passed: false, expected, found: last } satisfies Verdict;
      }
    }
    return { passed: true, expected, found: last };
  },
};

function lint({ resolve: { resolves, to, answers } }: ResolveSubject, path: string, report: Report): void {
  if (resolves === false && to !== undefined)
    report(`${path}/resolve/to`, 'says what names resolve to that must not resolve');
  if (resolves === false && answers !== undefined)
    report(`${path}/resolve/answers`, 'says what is answered for names that must not resolve');
}

function expectation(
  { names, resolves = true, answers }: ResolveSubject['resolve'],
  wanted?: readonly string[],
): string {
  const verb = names.length === 1 ? 'resolves' : 'resolve';
  const which = names.join(', ');
  if (!resolves) return `${which} ${names.length === 1 ? 'does' : 'do'} not resolve`;
  const to = [...(wanted ?? []), ...(answers ?? [])];
  return `${which} ${verb}${to.length === 0 ? '' : ` to ${to.join(', ')}`}`;
}

/** The addresses that a target has. Throws `UndecidedError` where there are none: nothing could ever be right. */
async function wantedAddresses(to: Target, { objects }: CheckContext): Promise<readonly string[]> {
  if ('addresses' in to) return to.addresses;
  if ('service' in to) {
    const ref = { apiVersion: 'v1', kind: 'Service', ...to.service };
    const [service] = await objects.read(ref);
    const { clusterIP, clusterIPs = [clusterIP] } = (service?.['spec'] ?? {}) as {
      clusterIP?: string;
      clusterIPs?: (string | undefined)[];
    };
    const addresses = clusterIPs.filter((ip): ip is string => ip !== undefined && ip !== 'None');
    if (addresses.length === 0) throw new UndecidedError(`${refName(ref)} has no address to compare with`);
    return addresses;
  }
  const ref = { apiVersion: 'v1', kind: 'Pod', ...to.pods };
  const pods = await objects.read(ref);
  const addresses = pods.flatMap((pod) => (pod['status'] as { podIP?: string } | undefined)?.podIP ?? []);
  if (addresses.length === 0) throw new UndecidedError(`${refName(ref)}: none has an address to compare with`);
  return addresses;
}

function fits({ answers }: Resolution, wanted: readonly string[] | undefined, texts: readonly string[] = []): boolean {
  if (!answers) return false;
  if (wanted && [...wanted].sort().join() !== [...answers].sort().join()) return false;
  return texts.every((text) => answers.some((answer) => answer.includes(text)));
}

/** A server that is not there says nothing about a name. */
function isDenied(resolution: Resolution): boolean {
  return resolution.answers === undefined && resolution.denied;
}
