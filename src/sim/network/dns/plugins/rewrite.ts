import { zoneName } from '../corefile.js';
import type { PluginSetup } from '../plugin.js';

/** How one `rewrite name` rule changes a name; undefined when it does not fit. */
type Rule = (name: string) => string | undefined;

/** The rewrite plugin for names: exact, prefix, suffix, substring and regex; the answer keeps the name that was asked. */
export const rewrite: PluginSetup = ({ directive, fail }) => {
  const words =
    directive.args[0] === 'stop' || directive.args[0] === 'continue' ? directive.args.slice(1) : directive.args;
  if (words[0] !== 'name')
    return words[0] === 'type' ||
      words[0] === 'class' ||
      words[0] === 'edns0' ||
      words[0] === 'ttl' ||
      words[0] === 'cname'
      ? (next) => next
      : fail(`invalid rule type "${words[0] ?? ''}"`);
  const rule = nameRule(words.slice(1), fail);
  return (next) =>
    function* answer(question) {
      const name = rule(question.name.toLowerCase());
      if (name === undefined) return yield* next(question);
      const result = yield* next({ ...question, name });
      return {
        ...result,
        records: result.records.map((record) => (record.name === name ? { ...record, name: question.name } : record)),
      };
    };
};

function nameRule(words: readonly string[], fail: (message: string) => never): Rule {
  const kinds = ['exact', 'prefix', 'suffix', 'substring', 'regex'];
  const [kind, from, to] = kinds.includes(words[0] ?? '') ? words : ['exact', ...words];
  if (from === undefined || to === undefined) fail('few arguments provided for a name rule');
  const source = from as string;
  const target = to as string;
  switch (kind) {
    case 'prefix':
      return (name) => (name.startsWith(source) ? target + name.slice(source.length) : undefined);
    case 'suffix': {
      const tail = zoneName(source);
      return (name) => (name.endsWith(tail) ? name.slice(0, -tail.length) + zoneName(target) : undefined);
    }
    case 'substring':
      return (name) => (name.includes(source) ? name.replace(source, () => target) : undefined);
    case 'regex': {
      const pattern = new RegExp(source);
      return (name) => {
        const match = pattern.exec(name);
        return match
          ? zoneName(target.replace(/\{(\d+)\}/g, (_, group: string) => match[Number(group)] ?? ''))
          : undefined;
      };
    }
    default:
      return (name) => (name === zoneName(source) ? zoneName(target) : undefined);
  }
}
