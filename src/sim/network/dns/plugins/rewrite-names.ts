import type { DnsRecord } from '../../../kernel/network.js';
import { CorefileError } from '../corefile/tokens.js';
import { zoneName } from '../corefile/zone-name.js';
import { findGroups, groupCount, putGroups } from './pattern.js';

/** Changes a name. */
type NameChange = (name: string) => string;

/** What is done to the records of an answer whose question was rewritten. */
export interface AnswerChange {
  readonly about: 'name' | 'value';
  readonly change: NameChange;
}

/** How a rule rewrites a name, and what that does to the answer; undefined where it does not fit. */
export type NameRule = (
  name: string,
) => { readonly name: string; readonly answers: readonly AnswerChange[] } | undefined;

/** The record with its name or the name in its data changed. */
export function changeRecord(record: DnsRecord, { about, change }: AnswerChange): DnsRecord {
  if (about === 'name') return { ...record, name: change(record.name) };
  const words = record.data.split(' ');
  const at = { CNAME: 0, NS: 0, PTR: 0, MX: 1, SRV: 3, NAPTR: 5, SOA: 0 }[record.type as 'CNAME'];
  if (at === undefined || words[at] === undefined) return record;
  words[at] = change(words[at]);
  return { ...record, data: words.join(' ') };
}

/** Reads the words after `rewrite name`. Throws `CorefileError`. */
export function readNameRule(args: readonly string[]): NameRule {
  if (args.length < 2) throw new CorefileError('too few arguments for a name rule');
  const [kind, from, to] = args.length === 2 ? ['exact', ...args] : [args[0]?.toLowerCase(), ...args.slice(1)];
  const source = kind === 'regex' ? (from as string) : zoneName(from as string);
  const target = zoneName(to as string);
  const { auto, answers } = args.length > 3 ? readAnswers(kind as string, args.slice(3)) : { auto: false, answers: [] };
  const rule = (change: (name: string) => string | undefined, always: readonly AnswerChange[] = []): NameRule => {
    return (name) => {
      const changed = change(name);
      if (changed === undefined) return undefined;
      const back = always.length === 0 && (auto || kind === 'exact') ? remapBack(changed, name) : always;
      return { name: changed, answers: [...back, ...answers] };
    };
  };
  switch (kind) {
    case 'exact':
      checkGroups(source, target);
      return rule((name) => (name === source ? target : undefined));
    // Every word becomes a whole name first, so that these two match whole labels only.
    case 'prefix':
      return rule((name) => (name.startsWith(source) ? target + name.slice(source.length) : undefined));
    case 'suffix':
      return rule(
        (name) => (name.endsWith(source) ? name.slice(0, -source.length) + target : undefined),
        auto ? both((name) => (name.endsWith(target) ? name.slice(0, -target.length) + source : name)) : [],
      );
    case 'substring':
      return rule((name) => (name.includes(source) ? name.replaceAll(source, () => target) : undefined));
    case 'regex':
      checkGroups(source, to as string);
      return rule((name) => {
        const groups = findGroups(source, name);
        return groups && putGroups(target, groups);
      });
    default:
      throw new CorefileError(
        `name rule supports only exact, prefix, suffix, substring, and regex name matching, received: ${kind}`,
      );
  }
}

function both(change: NameChange): AnswerChange[] {
  return [
    { about: 'name', change },
    { about: 'value', change },
  ];
}

/** Names that were made by rewriting become again what was asked; so do names below them. */
function remapBack(made: string, asked: string): AnswerChange[] {
  return both((name) =>
    name === made ? asked : name.endsWith(`.${made}`) ? name.slice(0, -made.length) + asked : name,
  );
}

function readAnswers(kind: string, args: readonly string[]): { auto: boolean; answers: AnswerChange[] } {
  if (args.length < 2) throw new CorefileError(`invalid arguments for ${kind} rule`);
  const answers: AnswerChange[] = [];
  let auto = false;
  let last = '';
  for (let at = 0; at < args.length; ) {
    if (args[at] === 'answer') at += 1;
    else if (last === '')
      throw new CorefileError(`exceeded the number of arguments for a non-answer rule argument for ${kind} rule`);
    else throw new CorefileError(`exceeded the number of arguments for ${last} answer rule for ${kind} rule`);
    const type = args[at];
    if (type === undefined) throw new CorefileError(`type missing for answer rule for ${kind} rule`);
    last = type;
    at += 1;
    if (type === 'auto') {
      auto = true;
      continue;
    }
    if (type !== 'name' && type !== 'value')
      throw new CorefileError(`invalid type ${JSON.stringify(type)} for answer rule for ${kind} rule`);
    const [from, to] = args.slice(at, at + 2);
    if (from === undefined || to === undefined)
      throw new CorefileError(`${type} answer rule for ${kind} rule: 2 arguments required`);
    try {
      checkGroups(from, to);
    } catch (error) {
      throw new CorefileError(`${type} answer rule for ${kind} rule: ${(error as Error).message}`);
    }
    answers.push({ about: type, change: byPattern(from, zoneName(to)) });
    at += 2;
  }
  if (auto && answers.some(({ about }) => about === 'name'))
    throw new CorefileError('auto name answer rule cannot be combined with explicit name anwer rules');
  return { auto, answers };
}

function byPattern(from: string, to: string): NameChange {
  return (name) => {
    const groups = findGroups(from, name);
    return groups ? putGroups(to, groups) : name;
  };
}

function checkGroups(from: string, to: string): void {
  const known = groupCount(from);
  if (known === undefined) throw new CorefileError(`invalid regex matching pattern: ${from}`);
  const used = new Set([...to.matchAll(/\{(\d{1,3})\}/g)].map(([, number]) => Number(number)));
  if (used.size > known)
    throw new CorefileError(
      `the rewrite regex pattern (${to}) uses more subexpressions than its corresponding matching regex pattern (${from})`,
    );
}
