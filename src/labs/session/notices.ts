/** What a session itself says in a terminal, beside what the machine's programs do. */
const ENGLISH = {
  'new-shell': () => 'the shell has ended; here is a new one',
  'no-pseudo-terminal': () =>
    'no pseudo-terminal can be had here: Enter opens your shell in the whole window, and `exit` comes back',
  'no-shell': ({ shell = '', reason = '' }: NoticeValues) =>
    `your shell ${shell} cannot be started: ${reason}; a key tries again`,
  'own-editor': ({ path = '' }: NoticeValues) => `${path} is open in your own editor; time stands still`,
  'shell-ended-at-once': ({ status = '' }: NoticeValues) =>
    `your shell ended at once, with status ${status}; a key opens another`,
} as const;

export type Notice = keyof typeof ENGLISH;
export type NoticeValues = Readonly<Record<string, string>>;
export type SayNotice = (notice: Notice, values: NoticeValues) => string;

const inEnglish: SayNotice = (notice, values) => ENGLISH[notice](values);
let says = inEnglish;

/** Has notices said by somebody who knows the person's language; without one they are in English. */
export function sayNoticesBy(say: SayNotice = inEnglish): void {
  says = say;
}

/** A notice in a person's words. */
export function noticeText(notice: Notice, values: NoticeValues = {}): string {
  return says(notice, values);
}
