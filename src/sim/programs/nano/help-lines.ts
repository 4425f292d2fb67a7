type Entry = readonly [key: string, says: string];

const MAIN: readonly Entry[] = [
  ['^G', 'Help'],
  ['^X', 'Exit'],
  ['^O', 'Write Out'],
  ['^R', 'Read File'],
  ['^W', 'Where Is'],
  ['^\\', 'Replace'],
  ['^K', 'Cut'],
  ['^U', 'Paste'],
  ['^T', 'Execute'],
  ['^J', 'Justify'],
  ['^C', 'Location'],
  ['^/', 'Go To Line'],
];

/** What the two lines at the bottom offer, by what is asked. */
const MENUS: Readonly<Record<string, readonly Entry[]>> = {
  main: MAIN,
  search: [
    ['^G', 'Help'],
    ['^C', 'Cancel'],
    ['M-C', 'Case Sens'],
    ['M-R', 'Reg.exp.'],
    ['M-B', 'Backwards'],
    ['^R', 'Replace'],
    ['^P', 'Older'],
    ['^N', 'Newer'],
    ['^T', 'Go To Line'],
  ],
  replace: [
    ['^G', 'Help'],
    ['^C', 'Cancel'],
    ['M-C', 'Case Sens'],
    ['M-R', 'Reg.exp.'],
    ['M-B', 'Backwards'],
    ['^R', 'No Replace'],
    ['^P', 'Older'],
    ['^N', 'Newer'],
  ],
  with: [
    ['^G', 'Help'],
    ['^C', 'Cancel'],
    ['^P', 'Older'],
    ['^N', 'Newer'],
  ],
  line: [
    ['^G', 'Help'],
    ['^C', 'Cancel'],
    ['^W', 'Begin of Paragr.'],
    ['^O', 'End of Paragraph'],
    ['^Y', 'First Line'],
    ['^V', 'Last Line'],
    ['^T', 'Go To Text'],
  ],
  write: [
    ['^G', 'Help'],
    ['^C', 'Cancel'],
    ['M-D', 'DOS Format'],
    ['M-M', 'Mac Format'],
    ['M-A', 'Append'],
    ['M-P', 'Prepend'],
    ['M-B', 'Backup File'],
    ['^T', 'Browse'],
  ],
  insert: [
    ['^G', 'Help'],
    ['^C', 'Cancel'],
    ['M-F', 'New Buffer'],
    ['M-N', 'No Conversion'],
    ['^X', 'Execute Command'],
    ['^T', 'Browse'],
  ],
  yesNo: [
    [' Y', 'Yes'],
    [' N', 'No'],
    ['^C', 'Cancel'],
  ],
  replaceYesNo: [
    [' Y', 'Yes'],
    [' N', 'No'],
    [' A', 'All'],
    ['^C', 'Cancel'],
  ],
};

/** The two help lines of a menu, keys in reverse; entries stand in columns, two and two. */
export function helpLines(menu: string, columns: number): [string, string] {
  const entries = MENUS[menu] ?? MAIN;
  if (menu === 'yesNo' || menu === 'replaceYesNo') return yesNoLines(entries, columns);
  const most = Math.max(1, Math.floor((columns + 40) / 20)) * 2;
  const shown = entries.slice(0, most);
  const width = Math.floor(columns / Math.ceil(shown.length / 2));
  const rows: [string, string] = ['', ''];
  for (const [at, entry] of shown.entries()) {
    const isLast = at >= shown.length - 2;
    rows[(at % 2) as 0 | 1] += cell(entry, isLast ? columns - width * Math.floor(at / 2) : width);
  }
  return rows;
}

function yesNoLines(entries: readonly Entry[], columns: number): [string, string] {
  const width = Math.min(16, Math.floor(columns / 2));
  const [yes, no, ...others] = entries as readonly [Entry, Entry, ...Entry[]];
  const cancel = others.at(-1) as Entry;
  const all = others.length > 1 ? cell(others[0] as Entry, width) : '';
  return [cell(yes, width) + all, cell(no, width) + cell(cancel, width)];
}

function cell([key, says]: Entry, width: number): string {
  const text = ` ${says}`.slice(0, Math.max(0, width - key.length));
  return `\x1b[7m${key}\x1b[m${text}${' '.repeat(Math.max(0, width - key.length - text.length))}`;
}
