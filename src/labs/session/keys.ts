const NAMED: Readonly<Record<string, string>> = {
  enter: '\r',
  esc: '\x1b',
  tab: '\t',
  space: ' ',
  bs: '\x7f',
  del: '\x1b[3~',
  lt: '<',
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
  home: '\x1b[H',
  end: '\x1b[F',
  pageup: '\x1b[5~',
  pagedown: '\x1b[6~',
};

/** Keys as scripts write them, `iabc<Esc>:wq<Enter>` or `<C-c>`, as the bytes a terminal sends. Unknown names stay text. */
export function keyBytes(text: string): string {
  return text.replace(/<([A-Za-z]+|[Cc]-[A-Za-z[\]\\_])>/g, (match, name: string) => {
    const control = /^[Cc]-(.)$/.exec(name);
    if (control) return String.fromCharCode((control[1] as string).toUpperCase().charCodeAt(0) & 0x1f);
    return NAMED[name.toLowerCase()] ?? match;
  });
}

const KEYS = /^keys:\s?/;

/** Whether a line of a script holds keys, not a command. */
export function holdsKeys(line: string): boolean {
  return KEYS.test(line);
}

/** What a terminal sends when a script's line is typed: keys by their names, or the line with Enter. */
export function lineBytes(line: string): string {
  return holdsKeys(line) ? keyBytes(line.replace(KEYS, '')) : `${line}\r`;
}
