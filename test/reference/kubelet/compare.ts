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
  const texts = JSON.stringify([real.series, ours.series]);
  const isNear = JITTERS.test(texts) ? roughlyNear : near;
  return [
    ...each(real.series, ours.series, (some, others) => seriesApart(some, others, isNear)),
    ...each(real.events, ours.events, eventsApart, 'events of '),
    ...each(real.calls, ours.calls, callsApart, 'calls for '),
    ...lastApart(real.last, ours.last),
    ...plainApart(real.refusals, ours.refusals),
  ];
}

type Stages = readonly Stage[];

function each(
  real: Readonly<Record<string, Stages>>,
  ours: Readonly<Record<string, Stages>>,
  apart: (real: Stages, ours: Stages) => string[],
  title = '',
): string[] {
  return [...new Set([...Object.keys(real), ...Object.keys(ours)])].flatMap((key) => {
    const lines = apart(real[key] ?? [], ours[key] ?? []);
    return lines.length === 0 ? [] : [`${title}${key}:`, ...lines];
  });
}

/**
 * How often a status is written on the way depends on how fast everybody is: of two ways the one may leave out steps of
 * the other, but what both have comes in the same order and about the same time.
 */
function seriesApart(real: Stages, ours: Stages, isNear: typeof near): string[] {
  const [some, others] = [steps(real), steps(ours)];
  const within = isWithin(some, others, isNear) || isWithin(others, some, isNear);
  return within && some.at(-1)?.[1] === others.at(-1)?.[1] ? [] : both(real, ours);
}

/** After these a kubelet looks again when a pause is over that is up to half as long again. */
const JITTERS = /BackOff|Err[A-Z]|Error\b/;
/** That it waits is told when the kubelet looks again, and that is often when the waiting is over, or later. */
const WAITS = /waiting (?:CrashLoop|ImagePull)BackOff/;

/** Without what comes sooner or later, or not at all. */
function steps(stages: Stages): Stages {
  const kept = stages.filter(([, what]) => !WAITS.test(what));
  return kept.filter(([, what], at) => what !== kept[at - 1]?.[1]);
}

function isWithin(few: Stages, many: Stages, isNear: typeof near): boolean {
  let at = 0;
  for (const [when, what] of many) {
    const [wanted, text] = few[at] ?? [];
    if (what === text && isNear(when, wanted as number)) at += 1;
  }
  return at === few.length;
}

/** A real kubelet looks at its containers each second and tells at once, or when it looks again. */
function near(one: number, other: number): boolean {
  return Math.abs(one - other) <= 2.6 + 0.05 * Math.max(one, other);
}

function roughlyNear(one: number, other: number): boolean {
  return Math.abs(one - other) <= 2.6 + 0.5 * Math.max(one, other);
}

function eventsApart(real: Stages, ours: Stages): string[] {
  const plain = (stages: Stages): string[] => stages.map(([, what]) => what.replace(/ \(\d+ times\)$/, '')).sort();
  if (JSON.stringify(plain(real)) !== JSON.stringify(plain(ours))) return both(real, ours);
  const left = [...ours];
  for (const [, what] of real) {
    const at = left.findIndex(([, one]) => isAbout(one, what));
    if (at < 0) return both(real, ours);
    left.splice(at, 1);
  }
  return [];
}

/** The same event, come about as often: a look or two more or less do not count, as a change has a probe ask at once. */
function isAbout(one: string, other: string): boolean {
  const [a, b] = [counted(one), counted(other)];
  if (a.text === b.text && /BackOff/.test(a.text)) return true;
  return a.text === b.text && Math.abs(a.count - b.count) <= Math.max(2, 0.25 * Math.max(a.count, b.count));
}

function counted(what: string): { text: string; count: number } {
  const found = / \((\d+) times\)$/.exec(what);
  return found ? { text: what.slice(0, found.index), count: Number(found[1]) } : { text: what, count: 1 };
}

function callsApart(real: Stages, ours: Stages): string[] {
  const words = (stages: Stages): string => unordered(stages.map(([, what]) => what)).join('\n');
  return words(real) === words(ours) ? [] : both(real, ours);
}

/** Equal calls in a row are made side by side. Whose pod an image is pulled for, our runtime is not told. */
function unordered(calls: readonly string[]): string[] {
  const rows: string[][] = [];
  for (const call of calls.filter((one) => !one.startsWith('PullImage'))) {
    const before = rows.at(-1);
    if (before?.[0]?.split(' ')[0] === call.split(' ')[0]) before?.push(call);
    else rows.push([call]);
  }
  return rows.flatMap((row) => row.sort());
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
    const left = waits ? lines.filter((line) => !/Statuses\.\w+\.(?:state|lastState)\b/.test(line)) : lines;
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
