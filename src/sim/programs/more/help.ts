const RULE = `${'-'.repeat(79)}\n`;

/** What `more --help` says (util-linux 2.38.1). */
export const USAGE = `
Usage:
 more [options] <file>...

A file perusal filter for CRT viewing.

Options:
 -d, --silent          display help instead of ringing bell
 -f, --logical         count logical rather than screen lines
 -l, --no-pause        suppress pause after form feed
 -c, --print-over      do not scroll, display text and clean line ends
 -p, --clean-print     do not scroll, clean screen and display text
 -e, --exit-on-eof     exit on end-of-file
 -s, --squeeze         squeeze multiple blank lines into one
 -u, --plain           suppress underlining and bold
 -n, --lines <number>  the number of lines per screenful
 -<number>             same as --lines
 +<number>             display file beginning from line number
 +/<pattern>           display file beginning from pattern match

 -h, --help            display this help
 -V, --version         display version

For more details see more(1).
`;

/** What the key h shows; `editor` is what v starts. */
export function keyHelp(editor: string): string {
  const rows: readonly (readonly [keys: string, does: string])[] = [
    ['<space>', 'Display next k lines of text [current screen size]'],
    ['z', 'Display next k lines of text [current screen size]*'],
    ['<return>', 'Display next k lines of text [1]*'],
    ['d or ctrl-D', 'Scroll k lines [current scroll size, initially 11]*'],
    ['q or Q or <interrupt>', 'Exit from more'],
    ['s', 'Skip forward k lines of text [1]'],
    ['f', 'Skip forward k screenfuls of text [1]'],
    ['b or ctrl-B', 'Skip backwards k screenfuls of text [1]'],
    ["'", 'Go to place where previous search started'],
    ['=', 'Display current line number'],
    ['/<regular expression>', 'Search for kth occurrence of regular expression [1]'],
    ['n', 'Search for kth occurrence of last r.e [1]'],
    ['!<cmd> or :!<cmd>', 'Execute <cmd> in a subshell'],
    ['v', `Start up '${editor}' at current line`],
    ['ctrl-L', 'Redraw screen'],
    [':n', 'Go to kth next file [1]'],
    [':p', 'Go to kth previous file [1]'],
    [':f', 'Display current file name and line number'],
    ['.', 'Repeat previous command'],
  ];
  const head =
    'Most commands optionally preceded by integer argument k.  Defaults in brackets.\nStar (*) indicates argument becomes new default.\n';
  return `${head}${RULE}${rows.map(([keys, does]) => `${keys.padEnd(24)}${does}\n`).join('')}${RULE}`;
}
