import type { Mark } from './cursor.js';
import { parserError } from './errors.js';
import type { Token } from './token.js';

export const TAG_PREFIX = 'tag:yaml.org,2002:';

/** What `!`, `!!` and the handles a document declares stand for. */
export class TagHandles {
  private readonly declared = new Map<string, string>();
  private versionSeen = false;

  seeVersion(directive: Token): void {
    if (this.versionSeen) throw parserError('found duplicate %YAML directive', directive.start);
    if (directive.value !== '1.1') throw parserError('found incompatible YAML document', directive.start);
    this.versionSeen = true;
  }

  add(directive: Token): void {
    if (this.declared.has(directive.value)) throw parserError('found duplicate %TAG directive', directive.start);
    this.declared.set(directive.value, directive.suffix);
  }

  /** The full tag a tag token stands for; `start` is where its node begins. */
  expand(tag: Token, start: Mark): string {
    if (tag.value === '') return tag.suffix;
    const defaults: Readonly<Record<string, string>> = { '!': '!', '!!': TAG_PREFIX };
    const prefix = this.declared.get(tag.value) ?? defaults[tag.value];
    if (prefix === undefined) throw parserError('found undefined tag handle', tag.start, start);
    return prefix + tag.suffix;
  }
}
