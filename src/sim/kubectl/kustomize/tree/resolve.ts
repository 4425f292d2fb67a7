import { YamlError } from '../../../api/yaml/errors.js';
import { readYaml } from '../../../api/yaml/read.js';
import { type Resolved, resolve } from '../../../api/yaml/resolve.js';

const PREFIX = 'tag:yaml.org,2002:';

/** `!!int` for the full tag. */
export function shortTag(tag: string): string {
  return tag.startsWith(PREFIX) ? `!!${tag.slice(PREFIX.length)}` : tag;
}

const WORDS_OF_TRUTH = /^(?:true|True|TRUE|false|False|FALSE)$/;

/** What a plain word is to go-yaml v3: as to v2, but `yes`, `on` and the like are words. */
export function resolveText(text: string): Resolved {
  const found = resolve('', text);
  const tag = shortTag(found.tag);
  if (tag === '!!bool' && !WORDS_OF_TRUTH.test(text)) return { tag: '!!str', value: text };
  if (tag === '!!timestamp') return { tag, value: moment(text) };
  return { tag, value: found.value };
}

/** What a scalar with this tag is. Throws YamlError when its text cannot be that. */
export function resolveTagged(tag: string, text: string): Resolved['value'] {
  const found = resolveText(text);
  if (tag === found.tag) return found.value;
  if (tag === '!!float' && found.tag === '!!int') return Number(found.value);
  if (!['!!bool', '!!int', '!!float', '!!null', '!!timestamp'].includes(tag)) return text;
  throw new YamlError(`yaml: cannot decode ${found.tag} \`${text}\` as a ${tag}`);
}

/** A moment as Go's time.Time becomes JSON. */
function moment(text: string): string {
  const [, year = '', month = '', day = '', hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] =
    /^(\d+)-(\d+)-(\d+)(?:[Tt ]+(\d+):(\d+):(\d+)(?:[.,](\d+))?(.*))?$/s.exec(text) ?? [];
  const two = (digits: string): string => digits.padStart(2, '0');
  const rest = fraction.replace(/0+$/, '');
  const clock = `${two(hour)}:${two(minute)}:${two(second)}${rest === '' ? '' : `.${rest}`}`;
  return `${year}-${two(month)}-${two(day)}T${clock}${zone === '' || /^[+-]00:00$/.test(zone) ? 'Z' : zone}`;
}

/** Whether older readers (YAML 1.1) take this text for anything but a string. */
export function isOtherwiseRead(text: string): boolean {
  if (text === '' || text.includes('\n')) return false;
  try {
    return typeof readYaml(text) !== 'string';
  } catch (error) {
    if (error instanceof YamlError) return false;
    throw error;
  }
}
