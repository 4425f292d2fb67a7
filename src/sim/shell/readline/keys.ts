/** What a key does while a line is edited. */
export type Action =
  | 'abort'
  | 'accept-line'
  | 'backward-char'
  | 'backward-delete-char'
  | 'backward-kill-word'
  | 'backward-word'
  | 'beginning-of-history'
  | 'beginning-of-line'
  | 'capitalize-word'
  | 'clear-screen'
  | 'complete'
  | 'delete-char'
  | 'delete-or-eof'
  | 'downcase-word'
  | 'end-of-history'
  | 'end-of-line'
  | 'forward-char'
  | 'forward-search-history'
  | 'forward-word'
  | 'history-search-backward'
  | 'history-search-forward'
  | 'insert-comment'
  | 'kill-line'
  | 'kill-word'
  | 'next-history'
  | 'operate-and-get-next'
  | 'paste'
  | 'possible-completions'
  | 'previous-history'
  | 'quoted-insert'
  | 'reverse-search-history'
  | 'revert-line'
  | 'transpose-chars'
  | 'transpose-words'
  | 'undo'
  | 'unix-line-discard'
  | 'unix-word-rubout'
  | 'upcase-word'
  | 'yank'
  | 'yank-last-arg'
  | 'yank-pop';

const ESCAPE = '\x1b';

/** Keys of emacs mode, as the bytes a terminal sends. */
export const KEYS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['\x01', 'beginning-of-line'],
  ['\x02', 'backward-char'],
  ['\x04', 'delete-or-eof'],
  ['\x05', 'end-of-line'],
  ['\x06', 'forward-char'],
  ['\x07', 'abort'],
  ['\x08', 'backward-delete-char'],
  ['\x09', 'complete'],
  ['\x0a', 'accept-line'],
  ['\x0b', 'kill-line'],
  ['\x0c', 'clear-screen'],
  ['\x0d', 'accept-line'],
  ['\x0e', 'next-history'],
  ['\x0f', 'operate-and-get-next'],
  ['\x10', 'previous-history'],
  ['\x12', 'reverse-search-history'],
  ['\x13', 'forward-search-history'],
  ['\x14', 'transpose-chars'],
  ['\x15', 'unix-line-discard'],
  ['\x16', 'quoted-insert'],
  ['\x17', 'unix-word-rubout'],
  ['\x18\x15', 'undo'],
  ['\x18\x08', 'backward-kill-word'],
  ['\x19', 'yank'],
  ['\x1f', 'undo'],
  ['\x7f', 'backward-delete-char'],
  [`${ESCAPE}\x07`, 'abort'],
  [`${ESCAPE}\x08`, 'backward-kill-word'],
  [`${ESCAPE}\x7f`, 'backward-kill-word'],
  [`${ESCAPE}#`, 'insert-comment'],
  [`${ESCAPE}.`, 'yank-last-arg'],
  [`${ESCAPE}<`, 'beginning-of-history'],
  [`${ESCAPE}=`, 'possible-completions'],
  [`${ESCAPE}>`, 'end-of-history'],
  [`${ESCAPE}?`, 'possible-completions'],
  [`${ESCAPE}_`, 'yank-last-arg'],
  [`${ESCAPE}b`, 'backward-word'],
  [`${ESCAPE}c`, 'capitalize-word'],
  [`${ESCAPE}d`, 'kill-word'],
  [`${ESCAPE}f`, 'forward-word'],
  [`${ESCAPE}l`, 'downcase-word'],
  [`${ESCAPE}n`, 'history-search-forward'],
  [`${ESCAPE}p`, 'history-search-backward'],
  [`${ESCAPE}r`, 'revert-line'],
  [`${ESCAPE}t`, 'transpose-words'],
  [`${ESCAPE}u`, 'upcase-word'],
  [`${ESCAPE}y`, 'yank-pop'],
  [`${ESCAPE}[1;3C`, 'forward-word'],
  [`${ESCAPE}[1;3D`, 'backward-word'],
  [`${ESCAPE}[1;5C`, 'forward-word'],
  [`${ESCAPE}[1;5D`, 'backward-word'],
  [`${ESCAPE}[1~`, 'beginning-of-line'],
  [`${ESCAPE}[200~`, 'paste'],
  [`${ESCAPE}[3;5~`, 'kill-word'],
  [`${ESCAPE}[3~`, 'delete-char'],
  [`${ESCAPE}[4~`, 'end-of-line'],
  [`${ESCAPE}[7~`, 'beginning-of-line'],
  [`${ESCAPE}[8~`, 'end-of-line'],
  [`${ESCAPE}[A`, 'previous-history'],
  [`${ESCAPE}[B`, 'next-history'],
  [`${ESCAPE}[C`, 'forward-char'],
  [`${ESCAPE}[D`, 'backward-char'],
  [`${ESCAPE}[F`, 'end-of-line'],
  [`${ESCAPE}[H`, 'beginning-of-line'],
  [`${ESCAPE}OA`, 'previous-history'],
  [`${ESCAPE}OB`, 'next-history'],
  [`${ESCAPE}OC`, 'forward-char'],
  [`${ESCAPE}OD`, 'backward-char'],
  [`${ESCAPE}OF`, 'end-of-line'],
  [`${ESCAPE}OH`, 'beginning-of-line'],
]);

/** Cuts typed text into keys: an escape sequence is one, and so is any other character. What is not whole yet stays. */
export function takeKey(typed: string): { key: string; rest: string } | undefined {
  const first = typed[0];
  if (first === undefined) return undefined;
  if (first === ESCAPE) {
    const sequence = /^\x1b(?:\[[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]|O[\s\S]|[^[O])/.exec(typed)?.[0];
    return sequence === undefined ? undefined : { key: sequence, rest: typed.slice(sequence.length) };
  }
  if (first === '\x18') return typed.length < 2 ? undefined : { key: typed.slice(0, 2), rest: typed.slice(2) };
  const key = String.fromCodePoint(typed.codePointAt(0) as number);
  return { key, rest: typed.slice(key.length) };
}
