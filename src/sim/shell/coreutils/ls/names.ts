import type { FileStat } from '../../../kernel/files.js';
import { needsShellQuotes, quoteAlways, quoteAtNeed } from '../../format/quote.js';
import { textWidth } from '../character-width.js';
import type { Colors } from './colors.js';
import type { Entry } from './entry.js';
import type { Settings } from './settings.js';

/** Names as they are shown: quoted, coloured, with marks. */
export class Names {
  /** Some name is quoted: the others stand one column further, so that names line up. */
  private padded = false;

  constructor(
    private readonly settings: Settings,
    private readonly colors: Colors | undefined,
  ) {}

  /** Looks at all names of one listing first. */
  prepare(entries: readonly Entry[]): void {
    const { quoting, layout } = this.settings;
    this.padded =
      quoting === 'shell-escape' &&
      layout !== 'commas' &&
      layout !== 'one' &&
      entries.some(({ name }) => needsShellQuotes(name));
    if (layout === 'one' && quoting === 'shell-escape') this.padded = false;
  }

  /** The text of a name and the columns it takes. */
  show(entry: Entry): { text: string; width: number } {
    const plain = this.quoted(entry.name);
    const pad = this.padded && plain === entry.name ? ' ' : '';
    const mark = this.mark(entry.stat);
    const painted = this.colors ? this.colors.paint(entry, plain) : plain;
    return { text: pad + painted + mark, width: textWidth(pad + plain + mark) };
  }

  /** ` -> target` of a link in a long listing. */
  arrow(entry: Entry): string {
    if (entry.link === undefined) return '';
    const target: Entry = { name: entry.link, path: entry.link, stat: entry.target };
    const quoted = this.quoted(entry.link);
    const text = this.colors && entry.target ? this.colors.paint(target, quoted) : quoted;
    return ` -> ${text}${this.mark(entry.target)}`;
  }

  quoted(name: string): string {
    switch (this.settings.quoting) {
      case 'shell-escape':
        return quoteAtNeed(name);
      case 'shell-always':
        return quoteAlways(name);
      case 'c':
        return `"${name.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t')}"`;
      case 'escape':
        return name.replace(/[\\ ]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
      default:
        return this.settings.control ? name : name.replace(/[\x00-\x1f\x7f]/g, '?');
    }
  }

  private mark(stat: FileStat | undefined): string {
    const { indicators, layout } = this.settings;
    if (indicators === 'none' || !stat) return '';
    if (stat.type === 'directory') return '/';
    if (indicators === 'slash') return '';
    if (stat.type === 'symlink') return layout === 'long' ? '' : '@';
    if (stat.type === 'fifo') return '|';
    if (stat.type === 'socket') return '=';
    return indicators === 'classify' && stat.type === 'file' && stat.mode & 0o111 ? '*' : '';
  }
}
