import { readPattern } from '../../../api/go-pattern.js';
import type { DnsAnswer, DnsRecord, DnsType } from '../../../kernel/network.js';
import { isIpv6, parseAddress, parseAddress6 } from '../../addresses.js';
import { longestZone, zoneName } from '../corefile/zone-name.js';
import { type DnsQuery, onlyCode, type PluginContext, type PluginSetup } from '../plugin.js';
import { findGroups, type Groups, namedGroups } from './pattern.js';
import { dnsCode, dnsType, Fallthrough, zonesOr } from './words.js';

type Section = 'answer' | 'authority' | 'additional';

interface Template {
  readonly class: string;
  readonly type: DnsType;
  readonly zones: readonly string[];
  readonly patterns: string[];
  readonly lines: Record<Section, string[]>;
  code: DnsAnswer['code'];
  readonly fall: Fallthrough;
}

/** The template plugin: answers made of the question by patterns. */
export const template: PluginSetup = (context) => {
  const templates: Template[] = [];
  while (context.words.next()) templates.push(readTemplate(context));
  const zones = templates.flatMap((one) => one.zones);
  return (next) =>
    function* answer(query) {
      const name = query.question.name.toLowerCase();
      if (longestZone(name, zones) === undefined) return yield* next(query);
      for (const one of templates) {
        const groups = match(one, query);
        if (groups === 'next') continue;
        if (groups === 'failed') return onlyCode('SERVFAIL');
        if (one.code === 'SERVFAIL') return onlyCode('SERVFAIL');
        const upstream = context.ask;
        const made: Record<Section, DnsRecord[]> = { answer: [], authority: [], additional: [] };
        for (const section of ['answer', 'additional', 'authority'] as const) {
          for (const line of one.lines[section]) {
            const record = readRecord(fill(line, query, one, groups));
            if (typeof record === 'string') return onlyCode('SERVFAIL', record);
            made[section].push(record);
            const { type } = query.question;
            if (section !== 'answer' || record.type !== 'CNAME' || (type !== 'A' && type !== 'AAAA')) continue;
            const found = yield* upstream({ ...query, question: { ...query.question, name: record.data } });
            made.answer.push(...found.records);
          }
        }
        return {
          code: one.code,
          authoritative: true,
          records: made.answer,
          ...(made.authority.length > 0 ? { authority: made.authority } : {}),
          ...(made.additional.length > 0 ? { additional: made.additional } : {}),
        };
      }
      return yield* next(query);
    };
};

function match(one: Template, { question }: DnsQuery): { groups: Groups; pattern: string } | 'next' | 'failed' {
  const name = question.name.toLowerCase();
  if (longestZone(name, one.zones) === undefined) return 'next';
  if (one.class !== 'ANY' && (question.class ?? 'IN') !== one.class) return 'next';
  if (one.type !== 'ANY' && question.type !== one.type) return 'next';
  for (const pattern of one.patterns) {
    const groups = findGroups(pattern, name);
    if (groups) return { groups, pattern };
  }
  return one.fall.through(name) ? 'next' : 'failed';
}

/** Puts the question's parts into `{{ .Name }}` and its like. */
function fill(
  text: string,
  { question, client }: DnsQuery,
  { zones }: Template,
  { groups, pattern }: { groups: Groups; pattern: string },
): string {
  const name = question.name.toLowerCase();
  const named = namedGroups(pattern, groups);
  const value = (expression: string): string => {
    const group = /^(?:index )?\.Group(?:\.(\w+)| "([^"]+)")$/.exec(expression);
    if (group) return named.get(group[1] ?? group[2] ?? '') ?? '';
    const numbered = /^index \.Match (\d+)$/.exec(expression);
    if (numbered) return groups[Number(numbered[1])] ?? '';
    switch (expression) {
      case '.Name':
        return question.name;
      case '.Type':
        return question.type;
      case '.Class':
        return question.class ?? 'IN';
      case '.Zone':
        return longestZone(name, zones) ?? '';
      case '.Remote':
        return client.address;
      default:
        return '';
    }
  };
  return text.replace(/\{\{-?\s*(.*?)\s*-?\}\}/g, (_, expression: string) => value(expression));
}

/** A record in the form of a zone file's line, or what CoreDNS says of one that it cannot read. */
function readRecord(text: string): DnsRecord | string {
  const words = text.trim().split(/\s+/);
  const [owner = '', ...rest] = words;
  let ttl = 3600;
  while (rest[0] !== undefined && (/^\d+$/.test(rest[0]) || /^(?:IN|CH|HS)$/i.test(rest[0]))) {
    const word = rest.shift() as string;
    if (/^\d+$/.test(word)) ttl = Number(word);
  }
  const type = dnsType((rest.shift() ?? '').toUpperCase());
  const data = type === 'TXT' ? text.slice(text.toUpperCase().indexOf('TXT') + 3).trim() : rest.join(' ');
  const at = `at line: 1:${text.length}`;
  if (!type) return `dns: not a TTL: "${words[1] ?? ''}" ${at}`;
  if (type === 'A' && parseAddress(data) === undefined) return `dns: bad A A: "${data}" ${at}`;
  if (type === 'AAAA' && (!isIpv6(data) || parseAddress6(data) === undefined))
    return `dns: bad AAAA AAAA: "${data}" ${at}`;
  const dotted = ['CNAME', 'NS', 'PTR', 'SRV', 'MX'].includes(type) ? zoneNameOf(data) : data;
  return { name: zoneName(owner), type, ttl, data: type === 'TXT' && !data.startsWith('"') ? `"${data}"` : dotted };
}

function zoneNameOf(data: string): string {
  return data.endsWith('.') ? data : `${data}.`;
}

function readTemplate({ words, zones }: PluginContext): Template {
  if (!words.nextArgument()) words.wrongCount();
  const kind = words.value;
  if (!['IN', 'CH', 'HS', 'ANY'].includes(kind)) words.fail(`invalid query class ${kind}`);
  if (!words.nextArgument()) words.wrongCount();
  const type = dnsType(words.value) ?? words.fail(`invalid RR class ${words.value}`);
  const own = zonesOr(words.remaining(), zones);
  const lines = { answer: [], authority: [], additional: [] } as Template['lines'];
  const read: Template = {
    class: kind,
    type,
    zones: own,
    patterns: [],
    lines,
    code: 'NOERROR',
    fall: new Fallthrough(),
  };
  while (words.nextInBlock()) readProperty(words, read);
  if (read.patterns.length === 0) read.patterns.push('.*');
  return read;
}

const PROPERTIES = new Set('match answer authority additional fallthrough upstream ederror'.split(' '));

function readProperty(words: PluginContext['words'], read: Template): void {
  const word = words.value;
  if (word === 'rcode') {
    if (!words.nextArgument()) words.wrongCount();
    read.code = dnsCode(words.value) ?? words.fail(`unknown rcode ${words.value}`);
    return;
  }
  if (!PROPERTIES.has(word)) words.wrongCount();
  const args = words.remaining();
  switch (word) {
    case 'match':
      if (args.length === 0) words.wrongCount();
      for (const pattern of args) {
        const problem = readPattern(pattern);
        if (typeof problem === 'string') words.fail(`could not parse regex: ${pattern}, ${problem}`);
        read.patterns.push(pattern);
      }
      return;
    case 'answer':
    case 'authority':
    case 'additional':
      if (args.length === 0) words.wrongCount();
      read.lines[word].push(...args);
      return;
    case 'fallthrough':
      read.fall.set(args);
      return;
    case 'upstream':
    case 'ederror':
      return;
  }
}
