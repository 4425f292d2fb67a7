import { conditionFields, lintCondition, type Verdict } from '../condition.js';
import {
  describeLine,
  type Line,
  type LineCondition,
  lineCondition,
  meets,
  readLine,
  valueInLine,
} from '../logs/line.js';
import { linesSince } from '../logs/since.js';
import { type LogSource, readTexts, sourceFields, sourceName, type Texts } from '../logs/sources.js';
import { needsOfFile } from '../needs/host-needs.js';
import { list, map, type Schema } from '../schema/words.js';
import type { CheckKind, Report } from '../subject.js';

interface LogSubject {
  readonly log: LogSource & {
    /** What a line must be to count; all of them. Every line when left out. */
    readonly lines?: readonly LineCondition[];
    /** `action`: only lines written since the check's own `before` began. */
    readonly since?: 'action';
  };
  /** How many lines; at least one when none of the three is there. */
  readonly equals?: number;
  readonly atLeast?: number;
  readonly atMost?: number;
}

const SOURCES = ['path', 'unit', 'pods'] as const;
const COUNTS = ['equals', 'atLeast', 'atMost'] as const;

/** Lines of a log, counted. */
export const log: CheckKind<LogSubject> = {
  field: 'log',
  schema: map(
    {
      ...sourceFields,
      lines: list(lineCondition, 'What a line must be to count: all of these.', { minItems: 1 }),
      since: { enum: ['action'], description: "Only lines written since the check's own before began." },
    },
    [],
    'Lines of a file on a host, of a unit, or of containers, counted by equals, atLeast or atMost; at least 1 when left out.',
  ),
  beside: Object.fromEntries(COUNTS.map((name) => [name, conditionFields[name] as Schema])),
  needs: ({ log: { pods, host = 'controlplane', path } }, place) =>
    pods ? ['containers'] : path === undefined ? ['nodes-root'] : needsOfFile(host, path, place),
  lint,
  async note({ log: subject }, context) {
    return subject.since === 'action' ? await readTexts(subject, context) : undefined;
  },
  async judge(subject, context) {
    const texts = await readTexts(subject.log, context);
    const expected = expectation(subject);
    // Nothing that must not be there is no merit of a log that is not kept.
    if (texts.size === 0) return { passed: false, expected, found: `there is no ${withoutArticle(subject.log)}` };
    const before = context.noted(subject as never) as Texts | undefined;
    if (subject.log.since === 'action' && before === undefined)
      return {
        passed: false,
        undecided: true,
        expected,
        found: 'the check does nothing since which lines could be counted',
      };
    return counted(subject, linesSince(texts, before).map(readLine), expected);
  },
};

function counted(subject: LogSubject, lines: readonly Line[], expected: string): Verdict {
  const conditions = subject.log.lines ?? [];
  const matching = lines.filter((line) => conditions.every((condition) => meets(line, condition)));
  const { min, max } = bounds(subject);
  const passed = matching.length >= min && matching.length <= max;
  const shown = matching.length < min ? nearest(lines, conditions) : matching[0] && `: ${matching[0].text}`;
  return { passed, expected, found: `${matching.length} of ${lines.length} lines${shown ?? ''}` };
}

/** How many lines there must be. */
function bounds({ equals, atLeast, atMost }: LogSubject): { readonly min: number; readonly max: number } {
  return {
    min: Number(equals ?? atLeast ?? (atMost === undefined ? 1 : 0)),
    max: Number(equals ?? atMost ?? Number.POSITIVE_INFINITY),
  };
}

/** What is wrong with the line that comes nearest: it meets most conditions, and the first it does not is told. */
function nearest(lines: readonly Line[], conditions: readonly LineCondition[]): string | undefined {
  let best: { readonly met: number; readonly says: string } = { met: 0, says: '' };
  for (const line of lines) {
    const missed = conditions.filter((condition) => !meets(line, condition));
    const met = conditions.length - missed.length;
    if (missed[0] && met > best.met) best = { met, says: valueInLine(line, missed[0]) };
  }
  return best.met === 0 ? undefined : `; the nearest has ${best.says}`;
}

function expectation(subject: LogSubject): string {
  const { equals, atLeast, atMost, log: source } = subject;
  const count =
    equals !== undefined
      ? Number(equals) === 0
        ? 'no line'
        : `exactly ${equals} ${plural(equals)}`
      : atMost !== undefined
        ? `at most ${atMost} ${plural(atMost)}`
        : `at least ${atLeast ?? 1} ${plural(atLeast ?? 1)}`;
  const conditions = (source.lines ?? []).map(describeLine).join(', ');
  return `${count} in ${sourceName(source)}${conditions ? ` with ${conditions}` : ''}`;
}

function plural(count: number): string {
  return Number(count) === 1 ? 'line' : 'lines';
}

function withoutArticle(source: LogSource): string {
  return sourceName(source).replace(/^the /, '');
}

function lint(subject: LogSubject, path: string, report: Report): void {
  const { log: source } = subject;
  const where = `${path}/log`;
  const given = SOURCES.filter((name) => name in source);
  if (given.length === 0) report(where, 'says no log: path or unit on a host, or pods');
  for (const name of given.slice(1)) report(`${where}/${name}`, `stands beside ${given[0]}; a check reads one log`);
  if (given[0] !== 'pods' && given.length > 0 && source.host === undefined)
    report(where, 'host is missing: whose log it is');
  for (const name of ['container', 'previous'] as const)
    if (name in source && !source.pods) report(`${where}/${name}`, 'belongs to pods');
  if (source.pods && !('name' in source.pods) && !('selector' in source.pods))
    report(`${where}/pods`, 'name or selector is missing: which pods');
  const counts = COUNTS.filter((name) => name in subject);
  for (const name of counts.slice(1)) report(`${path}/${name}`, `stands beside ${counts[0]}; lines are counted once`);
  // Only a check as a whole acts; a part of a group acts with it.
  if (source.since === 'action' && 'id' in subject && !('before' in subject))
    report(`${where}/since`, 'the check has no before, so there is no action since which lines count');
  for (const [index, condition] of (source.lines ?? []).entries())
    lintCondition(condition, `${where}/lines/${index}`, report);
}
