import type { Outcome } from '../sql/session.js';

/** How psql shows rows. */
export interface TableOptions {
  readonly flags: ReadonlySet<string>;
  readonly separator: string;
}

/** What psql prints of an answer: rows, or what was done. */
export function outcomeText(outcome: Outcome, { flags, separator }: TableOptions): string {
  const { columns, rows, tag, listing } = outcome;
  const quiet = flags.has('q');
  if (!columns || !rows) return quiet || (flags.has('t') && tag === '') ? '' : `${tag}\n`;
  const done = /^(?:INSERT|UPDATE|DELETE)/.test(tag) && !quiet ? `${tag}\n` : '';
  const plain = flags.has('t');
  if (flags.has('A') || flags.has('csv')) {
    const sign = flags.has('csv') ? ',' : separator;
    const lines = rows.map((row) => row.map((value) => value ?? '').join(sign));
    const head = plain ? [] : [columns.map(({ name }) => name).join(sign)];
    const foot = plain || flags.has('csv') ? [] : [`(${rows.length} row${rows.length === 1 ? '' : 's'})`];
    return [...head, ...lines, ...foot].map((line) => `${line}\n`).join('') + done;
  }
  const text = flags.has('x') ? expanded(outcome) : aligned(outcome, plain);
  const footer = listing ? listing.footer : `(${rows.length} row${rows.length === 1 ? '' : 's'})`;
  return `${text}${plain ? '\n' : footer === '' ? '\n' : `${footer}\n\n`}${done}`;
}

function aligned({ columns = [], rows = [], listing }: Outcome, plain: boolean): string {
  const cells = rows.map((row) => row.map((value) => (value ?? '').split('\n')));
  const widths = columns.map(({ name }, at) =>
    Math.max(name.length, ...cells.flatMap((row) => (row[at] ?? []).map((line) => line.length))),
  );
  const last = columns.length - 1;
  const lines = cells.flatMap((row) => {
    const height = Math.max(...row.map((each) => each.length));
    return Array.from({ length: height }, (_, line) =>
      row
        .map((each, at) => {
          const text = each[line] ?? '';
          const more = line + 1 < each.length ? '+' : ' ';
          const width = widths[at] ?? 0;
          const padded = columns[at]?.numeric
            ? text.padStart(width)
            : at === last && more === ' '
              ? text
              : text.padEnd(width);
          return ` ${padded}${at === last && more === ' ' ? '' : more}`;
        })
        .join('|'),
    );
  });
  const head = columns.map(({ name }, at) => centred(name, (widths[at] ?? 0) + 2)).join('|');
  const rule = widths.map((width) => '-'.repeat(width + 2)).join('+');
  const title = listing?.title ? `${centred(listing.title, rule.length).trimEnd()}\n` : '';
  return (plain ? '' : `${title}${head}\n${rule}\n`) + lines.map((line) => `${line}\n`).join('');
}

function centred(text: string, width: number): string {
  const before = Math.max(Math.floor((width - text.length) / 2), 0);
  return `${' '.repeat(before)}${text}${' '.repeat(Math.max(width - text.length - before, 0))}`;
}

function expanded({ columns = [], rows = [] }: Outcome): string {
  const width = Math.max(...columns.map(({ name }) => name.length));
  return rows
    .map(
      (row, at) =>
        `-[ RECORD ${at + 1} ]${'-'.repeat(Math.max(width - 8, 0))}\n${columns.map(({ name }, place) => `${name.padEnd(width)} | ${row[place] ?? ''}\n`).join('')}`,
    )
    .join('');
}
