import type { LabRule } from '../rule.js';
import { proseOf, textsIn } from '../texts.js';

const CODE = /```[\s\S]*?```|`[^`]*`/g;
/** Elements that a browser would know; `<name>` as people write it for something to put in is none. */
const HTML =
  /<(?:!--|\/?(?:a|abbr|audio|b|base|body|br|button|canvas|details|div|em|embed|font|form|frame|h[1-6]|head|hr|html|i|iframe|img|input|kbd|li|link|math|meta|object|ol|p|pre|script|select|small|span|strong|style|sub|summary|sup|svg|table|td|template|textarea|th|title|tr|u|ul|video)\b[^<]*>?)/i;
const LINK = /(!?)\[[^\]]*\]\(\s*<?([^)\s>]*)|<([a-z][a-z0-9+.-]*:[^>\s]*)>|\b(javascript|vbscript|data|file):\S/gi;

const html: LabRule = {
  name: 'html-in-text',
  says: 'texts are Markdown without HTML',
  remedy: 'write it as Markdown, or as code between backticks',
  severity: 'error',
  check({ content }, report) {
    for (const { path, text } of proseOf(content)) {
      const found = HTML.exec(text.replace(CODE, ' '));
      if (found) report(path, `holds HTML (${found[0].slice(0, 40)})`);
    }
  },
};

const unsafeLink: LabRule = {
  name: 'unsafe-link',
  says: 'links in texts lead to https:// and show no pictures',
  remedy: 'link a page, or take it away',
  severity: 'error',
  check({ content }, report) {
    for (const { path, text } of proseOf(content)) {
      for (const [whole, picture, link, angled, scheme] of text.replace(CODE, ' ').matchAll(LINK)) {
        const address = link ?? angled ?? `${scheme}:`;
        if (picture === '!') report(path, `shows a picture (${whole.slice(0, 60)})`);
        else if (!address.startsWith('https://')) report(path, `links ${address.slice(0, 60)}`);
      }
    }
  },
};

const manyLines: LabRule = {
  name: 'many-lines',
  says: 'a title, and what a check, an alternative or a mistake says, is one line',
  remedy: 'say it in one line; because and explains have room',
  severity: 'error',
  check({ content }, report) {
    for (const { path, text, oneLine } of proseOf(content))
      if (oneLine && text.trimEnd().includes('\n')) report(path, 'is more than one line');
  },
};

const leftover: LabRule = {
  name: 'leftover-placeholder',
  says: 'each {{ is followed by one name and }}',
  remedy: 'write {{name}} or {{name.field}}',
  severity: 'error',
  check({ content }, report) {
    const names = [...Object.keys(content.spec.variants ?? {}), 'answers'].join('|');
    const single = new RegExp(`(?<![{$])\\{(?:${names})\\}(?!\\})`);
    for (const { path, text } of textsIn(content, '')) {
      const left = /\{\{(?!\s*[^{}\s]+\s*\}\}).{0,30}/.exec(text);
      if (left) report(path.slice(1), `${left[0].trim()} is put in nowhere`);
    }
    for (const { path, text } of proseOf(content)) {
      const found = single.exec(text);
      if (found) report(path, `${found[0]} is put in nowhere`);
    }
  },
};

/** How texts are written. */
export const markup: readonly LabRule[] = [html, unsafeLink, manyLines, leftover];
