import { readFileSync } from 'node:fs';
import type { Stage, Told } from './story.js';

/** What the real kubelet did, by the title of the scenario, and which it was. */
export function readKubelet(): { server: string; told: ReadonlyMap<string, Told> } {
  const text = readFileSync(new URL('../recorded/kubelet.jsonl', import.meta.url), 'utf8');
  const [head, ...lines] = text.trim().split('\n');
  const all = lines.map((line) => JSON.parse(line) as Told);
  return {
    server: (JSON.parse(head as string) as { server: string }).server,
    told: new Map(all.map((one) => [one.title, one])),
  };
}

/** Where ours differs, line by line: `- ` what the real kubelet has, `+ ` what ours has. Empty when they agree. */
export function differencesOf(real: Told, ours: Told): string[] {
  const isNear = JITTERS.test(JSON.stringify([real.series, ours.series])) ? roughlyNear : near;
  return [
    ...each(real.series, ours.series, isNear, seriesApart),
    ...each(real.events, ours.events, isNear, eventsApart, 'events of '),
    ...each(real.calls, ours.calls, isNear, callsApart, 'calls for '),
    ...lastApart(real.last, ours.last),
    ...plainApart(real.refusals, ours.refusals),
  ];
}

type Stages = readonly Stage[];
type IsNear = (one: number, other: number) => boolean;

function each(
  real: Readonly<Record<string, Stages>>,
  ours: Readonly<Record<string, Stages>>,
  isNear: IsNear,
  apart: (real: Stages, ours: Stages, isNear: IsNear) => string[],
  title = '',
): string[] {
  return [...new Set([...Object.keys(real), ...Object.keys(ours)])].flatMap((key) => {
    const lines = apart(real[key] ?? [], ours[key] ?? [], isNear);
    return lines.length === 0 ? [] : [`${title}${key}:`, ...lines];
  });
}

/**
 * How often a status is written on the way depends on how fast everybody is: of two ways the one may leave out what the
 * other passes through at once, but what both have comes in the same order and about the same time.
 */
function seriesApart(real: Stages, ours: Stages, isNear: IsNear): string[] {
  return isWithin(real, ours, isNear) || isWithin(ours, real, isNear) ? [] : both(real, ours);
}

/** After these a kubelet looks again when a pause is over that is up to half as long again. */
const JITTERS = /BackOff|Err[A-Z]|Error\b/;
/** That it waits is told when the kubelet looks again, and that is often when the waiting is over, or later. */
const WAITS = /waiting (?:CrashLoop|ImagePull)BackOff/;
/** What is over within so many seconds may be missed: a kubelet looks at its containers each second. */
const BRIEF_SECONDS = 1.5;

function isWithin(few: Stages, many: Stages, isNear: IsNear): boolean {
  let at = 0;
  for (const [index, stage] of many.entries()) {
    const [when, what] = stage;
    const [wanted = Number.NaN, text] = few[at] ?? [];
    if (what === text && (isNear(when, wanted) || WAITS.test(what))) at += 1;
    else if (what !== few[at - 1]?.[1] && !mayBeMissed(stage, many[index + 1])) return false;
  }
  return at === few.length;
}

function mayBeMissed([when, what]: Stage, next: Stage | undefined): boolean {
  return WAITS.test(what) || (next !== undefined && next[0] - when <= BRIEF_SECONDS);
}

/** A real kubelet looks at its containers each second and tells at once, or when it looks again. */
function near(one: number, other: number): boolean {
  return Math.abs(one - other) <= 2.6 + 0.05 * Math.max(one, other);
}

function roughlyNear(one: number, other: number): boolean {
  return Math.abs(one - other) <= 2.6 + 0.3 * Math.max(one, other);
}

function eventsApart(real: Stages, ours: Stages, isNear: IsNear): string[] {
  const left = [...ours];
  for (const event of real) {
    const at = left.findIndex((one) => isAbout(one, event, isNear));
    if (at < 0) return both(real, ours);
    left.splice(at, 1);
  }
  return left.length === 0 ? [] : both(real, ours);
}

/** The same event, first at that time and as often: a look or two more or less do not count, as a change has a probe ask at once. */
function isAbout([at, one]: Stage, [otherAt, other]: Stage, isNear: IsNear): boolean {
  const [a, b] = [counted(one), counted(other)];
  const often = Math.abs(a.count - b.count) <= Math.max(2, 0.25 * Math.max(a.count, b.count));
  return a.text === b.text && often && isNear(at, otherAt);
}

function counted(what: string): { text: string; count: number } {
  const found = / \((\d+) times\)$/.exec(what);
  return found ? { text: what.slice(0, found.index), count: Number(found[1]) } : { text: what, count: 1 };
}

function callsApart(real: Stages, ours: Stages, isNear: IsNear): string[] {
  const [some, others] = [unordered(real), unordered(ours)];
  const isAlike = ([at, what]: Stage, index: number): boolean => {
    const [otherAt, other] = others[index] ?? [Number.NaN, ''];
    return what === other && isNear(at, otherAt);
  };
  return some.length === others.length && some.every(isAlike) ? [] : both(real, ours);
}

/** Equal calls in a row are made side by side. Whose pod an image is pulled for, our runtime is not told. */
function unordered(calls: Stages): Stages {
  const rows: Stage[][] = [];
  const verb = ([, what]: Stage): string => what.split(' ')[0] as string;
  for (const call of calls.filter(([, what]) => !what.startsWith('PullImage'))) {
    const before = rows.at(-1);
    if (before?.[0] && verb(before[0]) === verb(call)) before.push(call);
    else rows.push([call]);
  }
  return rows.flatMap((row) => row.sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

function both(real: Stages, ours: Stages): string[] {
  const lines = (sign: string, stages: Stages): string[] => stages.map(([at, what]) => `${sign} ${at} ${what}`);
  return [...lines('-', real), ...lines('+', ours)];
}

function lastApart(real: Told['last'], ours: Told['last']): string[] {
  return Object.entries(real).flatMap(([pod, status]) => {
    const other = ours[pod] ?? '';
    if (status === other) return [];
    if (!status.startsWith('{') || !other.startsWith('{'))
      return [`last status of ${pod}:`, `- ${status}`, `+ ${other}`];
    const lines = plainApart(leaves(JSON.parse(status), ''), leaves(JSON.parse(other), ''));
    const waits = /BackOff/.test(status + other);
    const left = waits ? lines.filter((line) => !/Statuses\.\w+\.state\.waiting\./.test(line)) : lines;
    return left.length === 0 ? [] : [`last status of ${pod}:`, ...left];
  });
}

/** Each value with its path. */
function leaves(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0)
    return [`${path} = ${JSON.stringify(value)}`];
  return Object.entries(value).flatMap(([name, one]) => leaves(one, `${path}.${keyOf(name, one)}`));
}

function keyOf(name: string, one: unknown): string {
  const { type, name: given } = (one ?? {}) as { type?: string; name?: string };
  return type ?? given ?? name;
}

function plainApart(real: readonly string[], ours: readonly string[]): string[] {
  return [
    ...real.filter((line) => !ours.includes(line)).map((line) => `- ${line}`),
    ...ours.filter((line) => !real.includes(line)).map((line) => `+ ${line}`),
  ];
}
