/** What calls of Kubernetes' functions may cost: k8s.io/apiserver/pkg/cel/library's CostEstimator. */
import type { Estimate } from '../program.js';
import { PATTERN, TRAVERSAL } from '../run/call-costs.js';
import { sameType } from '../types.js';
import { fixed, MOST, plus, scaled, times } from './amounts.js';
import type { CallEstimate, Estimator, Part } from './parts.js';

interface Asked {
  readonly overload: string;
  readonly target: Part | undefined;
  readonly args: readonly Part[];
  readonly estimator: Estimator;
}

type Guess = (asked: Asked) => CallEstimate | undefined;

const ONE: Guess = () => ({ cost: fixed(1) });
/** What two addresses take in bytes. */
const ADDRESS: Estimate = { min: 4, max: 16 };
const NAME_PATTERN = 128;
const FORMAT_NAME = 64;

/** Goes through the first argument. */
const firstArg: Guess = ({ args: [arg], estimator }) => arg && { cost: scaled(estimator.sizeOf(arg), TRAVERSAL) };

const firstArgSized: Guess = ({ args: [arg], estimator }) => {
  if (!arg) return undefined;
  const size = estimator.sizeOf(arg);
  return { cost: scaled(size, TRAVERSAL), size };
};

const target: Guess = ({ target: of, estimator }) => {
  if (!of) return undefined;
  const size = estimator.sizeOf(of);
  return { cost: scaled(size, TRAVERSAL), size };
};

const selector: Guess = ({ args: [arg], estimator }) => {
  if (!arg) return undefined;
  const length = estimator.sizeOf(arg);
  const requirements = scaled(scaled(length, 0.5), 50);
  return { cost: plus(plus(fixed(10), scaled(length, TRAVERSAL)), requirements) };
};

const wholeList: Guess = ({ target: of, estimator }) => {
  if (!of) return undefined;
  const element = estimator.element(of);
  if (!element) return { cost: scaled(estimator.sizeOf(of), TRAVERSAL) };
  const isText = element.type.kind === 'string' || element.type.kind === 'bytes';
  const each = isText ? plus(fixed(1), scaled(element.size, TRAVERSAL)) : fixed(1);
  return { cost: times(estimator.sizeOf(of), each) };
};

const replace: Guess = ({ target: of, args: [old, by], estimator }) => {
  if (!of || !old || !by) return undefined;
  const size = estimator.sizeOf(of);
  const [oldSize, newSize] = [estimator.sizeOf(old), estimator.sizeOf(by)];
  const most = longest(size.max, oldSize, newSize);
  const least = shortest(size.min, oldSize, newSize);
  const count = { min: least.count, max: most.count };
  const kept = { min: least.kept, max: most.kept };
  return { cost: scaled(size, 2 * TRAVERSAL), size: plus(times(count, newSize), kept) };
};

function longest(size: number, old: Estimate, by: Estimate): { count: number; kept: number } {
  if (old.min === 0) return { count: size < MOST ? size + 1 : size, kept: size };
  if (by.max <= old.min) return { count: 0, kept: size };
  return { count: Math.ceil(size / old.min), kept: 0 };
}

function shortest(size: number, old: Estimate, by: Estimate): { count: number; kept: number } {
  if (old.max === 0) return { count: size < MOST ? size + 1 : size, kept: size };
  if (old.max <= by.min) return { count: 0, kept: size };
  return { count: Math.ceil(size / old.max), kept: 0 };
}

const split: Guess = ({ target: of, args: [, count], estimator }) => {
  if (!of) return undefined;
  const size = estimator.sizeOf(of);
  const given = count?.node.kind === 'literal' ? count.node.value : undefined;
  // A count below zero is taken for a very large one.
  const max = typeof given === 'bigint' ? (given < 0n ? MOST : Number(given)) : size.max;
  return { cost: scaled(size, 2 * TRAVERSAL), size: { min: 0, max } };
};

const join: Guess = ({ target: of, args: [separator], estimator }) => {
  if (!of) return undefined;
  const list = estimator.sizeOf(of);
  const element = estimator.element(of);
  let size: Estimate = element ? times(list, element.size) : fixed(0);
  if (separator) {
    const count = { min: Math.max(0, list.min - 1), max: list.max >= MOST ? MOST : Math.max(0, list.max - 1) };
    size = plus(size, times(estimator.sizeOf(separator), count));
  }
  return { cost: scaled(size, TRAVERSAL), size };
};

const find: Guess = ({ target: of, args: [pattern], estimator }) => {
  if (!of || !pattern) return undefined;
  const size = estimator.sizeOf(of);
  const cost = times(scaled(plus(size, fixed(1)), TRAVERSAL), scaled(estimator.sizeOf(pattern), PATTERN));
  return { cost, size: { min: 0, max: size.max } };
};

const containsAddress: Guess = ({ args: [arg], overload, estimator }) => {
  if (!arg) return undefined;
  const compared = scaled(plus(ADDRESS, ADDRESS), TRAVERSAL);
  if (overload !== 'cidr_contains_ip_string') return { cost: compared };
  return { cost: plus(compared, scaled(estimator.sizeOf(arg), TRAVERSAL)) };
};

const containsBlock: Guess = ({ args: [arg], overload, estimator }) => {
  if (!arg) return undefined;
  const compared = plus(scaled(plus(ADDRESS, ADDRESS), TRAVERSAL), scaled(ADDRESS, TRAVERSAL));
  const whole = plus(compared, fixed(1));
  if (overload !== 'cidr_contains_cidr_string') return { cost: whole };
  return { cost: plus(whole, scaled(estimator.sizeOf(arg), TRAVERSAL)) };
};

const twiceFirst: Guess = ({ args: [arg], estimator }) => arg && { cost: scaled(estimator.sizeOf(arg), 2 * TRAVERSAL) };

const validate: Guess = ({ args: [arg], estimator }) =>
  arg && { cost: scaled(scaled(estimator.sizeOf(arg), TRAVERSAL), NAME_PATTERN * PATTERN) };

const EQUAL_AT_ONCE: ReadonlySet<string> = new Set([
  'net.IP',
  'net.CIDR',
  'kubernetes.Quantity',
  'kubernetes.Semver',
  'kubernetes.authorization.Authorizer',
  'kubernetes.authorization.Decision',
  'kubernetes.authorization.GroupCheck',
  'kubernetes.authorization.PathCheck',
  'kubernetes.authorization.ResourceCheck',
]);

const equals: Guess = ({ args: [left, right] }) => {
  if (!left || !right || !sameType(left.type, right.type)) return undefined;
  const { name } = left.type;
  if (EQUAL_AT_ONCE.has(name)) return { cost: fixed(1) };
  if (name === 'kubernetes.NamedFormat') return { cost: scaled({ min: 1, max: FORMAT_NAME }, TRAVERSAL) };
  if (name === 'kubernetes.URL') return { cost: scaled({ min: 1, max: right.size?.max ?? 1 }, TRAVERSAL) };
  return undefined;
};

function named(names: string, guess: Guess): [string, Guess][] {
  return names.split(' ').map((name) => [name, guess]);
}

const BY_NAME: ReadonlyMap<string, Guess> = new Map([
  ...named('check', () => ({ cost: fixed(350_000) })),
  ...named('serviceAccount path group resource subresource namespace name allowed reason error errored', ONE),
  ...named('fieldSelector labelSelector', selector),
  ...named('isSorted sum max min indexOf lastIndexOf', wholeList),
  ...named('url jsonpatch.escapeKey', firstArgSized),
  ...named('lowerAscii upperAscii substring trim', target),
  ...named('replace', replace),
  ...named('split', split),
  ...named('join', join),
  ...named('find findAll', find),
  ...named('cidr isIP isCIDR quantity isQuantity semver isSemver', firstArg),
  ...named('ip', (asked) => (asked.overload === 'cidr_ip' ? ONE(asked) : firstArg(asked))),
  ...named('ip.isCanonical', twiceFirst),
  ...named('masked prefixLength family isUnspecified isLoopback isLinkLocalMulticast isLinkLocalUnicast', ONE),
  ...named('isGlobalUnicast format.named sign asInteger isInteger asApproximateFloat isGreaterThan isLessThan', ONE),
  ...named('compareTo add sub major minor patch getScheme getHostname getHost getPort getEscapedPath getQuery', ONE),
  ...named('containsIP', containsAddress),
  ...named('containsCIDR', containsBlock),
  ...named('validate', validate),
  ...named('_==_', equals),
]);

/** What a call of a function may cost by Kubernetes' own count, undefined where the language's counts. */
export function guessCall(name: string, asked: Asked): CallEstimate | undefined {
  return BY_NAME.get(name)?.(asked);
}
