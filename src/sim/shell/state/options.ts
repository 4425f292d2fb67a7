/** The options of `set -o`, by name, with their letters. In the order `set -o` lists them. */
export const SET_OPTIONS = [
  ['allexport', 'a'],
  ['braceexpand', 'B'],
  ['emacs', ''],
  ['errexit', 'e'],
  ['errtrace', 'E'],
  ['functrace', 'T'],
  ['hashall', 'h'],
  ['histexpand', 'H'],
  ['history', ''],
  ['ignoreeof', ''],
  ['interactive-comments', ''],
  ['keyword', 'k'],
  ['monitor', 'm'],
  ['noclobber', 'C'],
  ['noexec', 'n'],
  ['noglob', 'f'],
  ['nolog', ''],
  ['notify', 'b'],
  ['nounset', 'u'],
  ['onecmd', 't'],
  ['physical', 'P'],
  ['pipefail', ''],
  ['posix', ''],
  ['privileged', 'p'],
  ['verbose', 'v'],
  ['vi', ''],
  ['xtrace', 'x'],
] as const;

export type SetOption = (typeof SET_OPTIONS)[number][0];

/** The options of `shopt`, and whether they are on in a shell that runs a script. */
export const SHOPT_OPTIONS = {
  autocd: false,
  assoc_expand_once: false,
  cdable_vars: false,
  cdspell: false,
  checkhash: false,
  checkjobs: false,
  checkwinsize: true,
  cmdhist: true,
  compat31: false,
  compat32: false,
  compat40: false,
  compat41: false,
  compat42: false,
  compat43: false,
  compat44: false,
  complete_fullquote: true,
  direxpand: false,
  dirspell: false,
  dotglob: false,
  execfail: false,
  expand_aliases: false,
  extdebug: false,
  extglob: false,
  extquote: true,
  failglob: false,
  force_fignore: true,
  globasciiranges: true,
  globskipdots: true,
  globstar: false,
  gnu_errfmt: false,
  histappend: false,
  histreedit: false,
  histverify: false,
  hostcomplete: true,
  huponexit: false,
  inherit_errexit: false,
  interactive_comments: true,
  lastpipe: false,
  lithist: false,
  localvar_inherit: false,
  localvar_unset: false,
  login_shell: false,
  mailwarn: false,
  no_empty_cmd_completion: false,
  nocaseglob: false,
  nocasematch: false,
  noexpand_translation: false,
  nullglob: false,
  patsub_replacement: true,
  progcomp: true,
  progcomp_alias: false,
  promptvars: true,
  restricted_shell: false,
  shift_verbose: false,
  sourcepath: true,
  varredir_close: false,
  xpg_echo: false,
};

export type ShoptOption = keyof typeof SHOPT_OPTIONS;

/** What `set -o` and `shopt` have switched on. */
export class Options {
  readonly set: Set<SetOption>;
  readonly shopt: Map<ShoptOption, boolean>;

  constructor(from?: Options) {
    this.set = new Set(from?.set ?? (['braceexpand', 'hashall', 'interactive-comments'] as SetOption[]));
    this.shopt = new Map(from?.shopt ?? (Object.entries(SHOPT_OPTIONS) as [ShoptOption, boolean][]));
  }

  has(name: SetOption): boolean {
    return this.set.has(name);
  }

  on(name: ShoptOption): boolean {
    return this.shopt.get(name) as boolean;
  }

  /** `$SHELLOPTS`. */
  names(): string {
    return SET_OPTIONS.map(([name]) => name)
      .filter((name) => this.set.has(name))
      .join(':');
  }
}

/** The option of a letter of `set`, or undefined. */
export function optionOfLetter(letter: string): SetOption | undefined {
  return SET_OPTIONS.find(([, own]) => own === letter)?.[0];
}
