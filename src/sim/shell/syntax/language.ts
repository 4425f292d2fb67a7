/** What a dialect of the shell's language knows beside what POSIX asks for. */
export interface Language {
  /** Words that mean something where a command may begin. */
  readonly reserved: ReadonlySet<string>;
  /** Control and redirection operators, the longest first. */
  readonly operators: readonly string[];
  /** `name=( … )`, `name[…]=`, `name+=`. */
  readonly arrays: boolean;
  /** `<( )` and `>( )`. */
  readonly processSubstitution: boolean;
  /** `$'…'` and `$"…"`. */
  readonly dollarQuotes: boolean;
  /** `{a,b}`. */
  readonly braces: boolean;
  /** `(( ))` as a command, and in `for`. */
  readonly arithmeticCommands: boolean;
}

const POSIX_WORDS = ['!', 'case', 'do', 'done', 'elif', 'else', 'esac', 'fi', 'for', 'if', 'in'];
const POSIX_MORE = ['then', 'until', 'while', '{', '}'];
const POSIX_OPERATORS = ['<<-', '&&', '||', ';;', '<<', '>>', '<&', '>&', '<>', '>|', ...';&|()<>'];

/** bash's own. */
export const BASH_LANGUAGE: Language = {
  reserved: new Set([...POSIX_WORDS, ...POSIX_MORE, '[[', ']]', 'coproc', 'function', 'select', 'time']),
  operators: [
    '&>>',
    '<<<',
    '<<-',
    ';;&',
    '&&',
    '||',
    '|&',
    ';;',
    ';&',
    ...POSIX_OPERATORS.slice(4, 10),
    '&>',
    ...';&|()<>',
  ],
  arrays: true,
  processSubstitution: true,
  dollarQuotes: true,
  braces: true,
  arithmeticCommands: true,
};

/** dash: POSIX and little more. */
export const DASH_LANGUAGE: Language = {
  reserved: new Set([...POSIX_WORDS, ...POSIX_MORE]),
  operators: POSIX_OPERATORS,
  arrays: false,
  processSubstitution: false,
  dollarQuotes: false,
  braces: false,
  arithmeticCommands: false,
};

/** busybox's ash: dash with some of bash's comforts. */
export const ASH_LANGUAGE: Language = {
  ...DASH_LANGUAGE,
  reserved: new Set([...DASH_LANGUAGE.reserved, '[[', ']]', 'function']),
  operators: ['&>', ...POSIX_OPERATORS],
  processSubstitution: true,
  dollarQuotes: true,
};
