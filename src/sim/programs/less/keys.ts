/** What a key makes less do. */
export type Action =
  | 'line-forward'
  | 'line-back'
  | 'line-forward-forced'
  | 'line-back-forced'
  | 'half-forward'
  | 'half-back'
  | 'screen-forward'
  | 'screen-back'
  | 'screen-forward-forced'
  | 'window-forward'
  | 'window-back'
  | 'follow'
  | 'follow-until-found'
  | 'reread'
  | 'repaint'
  | 'forget-highlight'
  | 'forget-search'
  | 'go-line'
  | 'go-end'
  | 'go-end-read'
  | 'go-percent'
  | 'go-byte'
  | 'left'
  | 'right'
  | 'left-most'
  | 'right-most'
  | 'digit'
  | 'state'
  | 'search'
  | 'search-back'
  | 'search-files'
  | 'search-back-files'
  | 'again'
  | 'again-files'
  | 'reverse'
  | 'reverse-files'
  | 'filter'
  | 'mark'
  | 'mark-bottom'
  | 'mark-clear'
  | 'go-mark'
  | 'examine'
  | 'next-file'
  | 'previous-file'
  | 'first-file'
  | 'remove-file'
  | 'toggle'
  | 'tell-option'
  | 'save'
  | 'pipe'
  | 'editor'
  | 'shell'
  | 'first-command'
  | 'help'
  | 'version'
  | 'quit';

/** Keys, several for one action separated by blanks: `^X` is with Ctrl, `ESC` Escape, `SPACE` the space bar. */
const TABLE: Readonly<Record<Exclude<Action, 'digit'>, string>> = {
  'line-forward': '^M ^J e j ^E ^N ESC[B ESCOB',
  'line-back': 'k y ^Y ^K ^P ESC[A ESCOA',
  'line-forward-forced': 'J',
  'line-back-forced': 'K Y',
  'half-forward': 'd ^D',
  'half-back': 'u ^U',
  'screen-forward': 'SPACE f ^F ^V ESC[6~',
  'screen-back': 'b ^B ESCv ESC[5~',
  'screen-forward-forced': 'ESCSPACE',
  'window-forward': 'z',
  'window-back': 'w',
  follow: 'F',
  'follow-until-found': 'ESCF',
  reread: 'R',
  repaint: 'r ^R ^L',
  'forget-highlight': 'ESCu',
  'forget-search': 'ESCU',
  'go-line': 'g < ESC< ESC[H ESCOH ESC[1~',
  'go-end': 'G > ESC> ESC[F ESCOF ESC[4~',
  'go-end-read': 'ESCG',
  'go-percent': 'p %',
  'go-byte': 'P',
  left: 'ESC( ESC[D ESCOD',
  right: 'ESC) ESC[C ESCOC',
  'left-most': 'ESC{ ESC[1;5D',
  'right-most': 'ESC} ESC[1;5C',
  state: '= ^G :f',
  search: '/',
  'search-back': '?',
  'search-files': 'ESC/',
  'search-back-files': 'ESC?',
  again: 'n',
  'again-files': 'ESCn',
  reverse: 'N',
  'reverse-files': 'ESCN',
  filter: '&',
  mark: 'm',
  'mark-bottom': 'M',
  'mark-clear': 'ESCm',
  'go-mark': "' ^X^X",
  examine: 'E :e ^X^V',
  'next-file': ':n',
  'previous-file': ':p',
  'first-file': ':x',
  'remove-file': ':d',
  toggle: '-',
  'tell-option': '_',
  save: 's',
  pipe: '|',
  editor: 'v',
  shell: '!',
  'first-command': '+',
  help: 'h H ESCOP',
  version: 'V',
  quit: 'q Q :q :Q ZZ',
};

const SEQUENCES = new Map<string, Action>();
for (const [action, keys] of Object.entries(TABLE)) {
  for (const key of keys.split(' ')) SEQUENCES.set(spelled(key), action as Action);
}
for (const digit of '0123456789') SEQUENCES.set(digit, 'digit');
const PREFIXES = new Set(
  [...SEQUENCES.keys()].flatMap((key) => Array.from(key, (_, at) => key.slice(0, at + 1)).slice(0, -1)),
);

function spelled(key: string): string {
  if (key === '^') return key;
  return key
    .replaceAll('ESC', '\x1b')
    .replaceAll('SPACE', ' ')
    .replace(/\^([A-Z])/g, (_, letter: string) => String.fromCharCode(letter.charCodeAt(0) - 64));
}

/** What keys mean: an action, the beginning of one, or nothing. */
export function actionOf(keys: string): Action | 'prefix' | undefined {
  return SEQUENCES.get(keys) ?? (PREFIXES.has(keys) ? 'prefix' : undefined);
}
