/** Options that belong to one text. */
export interface LocalOptions {
  expandtab: boolean;
  shiftwidth: number;
  softtabstop: number;
  tabstop: number;
  autoindent: boolean;
  smartindent: boolean;
  textwidth: number;
  filetype: string;
  /** The indenting a file type brings with it. */
  indents: 'plain' | 'yaml';
  /** What begins a comment line, when Enter goes on with it. */
  comment: string;
}

/** Options of the whole editor. */
export interface GlobalOptions {
  backspace: string;
  cursorcolumn: boolean;
  cursorline: boolean;
  hidden: boolean;
  hlsearch: boolean;
  ignorecase: boolean;
  incsearch: boolean;
  lastline: 'none' | 'truncate';
  list: boolean;
  magic: boolean;
  modeline: boolean;
  mouse: string;
  number: boolean;
  numberwidth: number;
  paste: boolean;
  relativenumber: boolean;
  ruler: boolean;
  scrolloff: number;
  shiftround: boolean;
  showcmd: boolean;
  showmatch: boolean;
  showmode: boolean;
  smartcase: boolean;
  smarttab: boolean;
  startofline: boolean;
  undolevels: number;
  wildmenu: boolean;
  wrap: boolean;
  wrapscan: boolean;
}

type Value = boolean | number | string;

/** An option as `:set` knows it. */
export interface OptionFact {
  readonly name: string;
  readonly short?: string;
  readonly scope: 'global' | 'local';
  readonly type: 'boolean' | 'number' | 'string';
}

const BOOLEANS =
  'cursorcolumn:cuc cursorline:cul hidden:hid hlsearch:hls ignorecase:ic incsearch:is list magic modeline:ml number:nu paste ' +
  'relativenumber:rnu ruler:ru shiftround:sr showcmd:sc showmatch:sm showmode:smd smartcase:scs smarttab:sta ' +
  'startofline:sol wildmenu:wmnu wrap wrapscan:ws';

function facts(text: string, scope: 'global' | 'local', type: OptionFact['type']): OptionFact[] {
  return text.split(' ').map((each) => {
    const [name = '', short] = each.split(':');
    return { name, scope, type, ...(short ? { short } : {}) };
  });
}

/** Every option that `:set` takes. */
export const OPTION_FACTS: readonly OptionFact[] = [
  ...facts(BOOLEANS, 'global', 'boolean'),
  ...facts('numberwidth:nuw scrolloff:so undolevels:ul', 'global', 'number'),
  ...facts('backspace:bs mouse', 'global', 'string'),
  ...facts('autoindent:ai expandtab:et smartindent:si', 'local', 'boolean'),
  ...facts('shiftwidth:sw softtabstop:sts tabstop:ts textwidth:tw', 'local', 'number'),
  ...facts('filetype:ft', 'local', 'string'),
].sort((one, other) => (one.name < other.name ? -1 : 1));

/** Options that other editors' settings name and that change nothing here: taken without a word. */
export const IGNORED_OPTIONS = new Set(
  (
    'autoread ar background bg backup bk nobackup compatible cp encoding enc fileencodings fencs fileformats ffs history hi ' +
    'laststatus ls lazyredraw lz matchpairs mps nocompatible novisualbell pastetoggle pt shortmess shm swapfile swf syntax syn ' +
    'termguicolors tgc timeout to timeoutlen tm title ttimeout ttimeoutlen ttm ttyfast tf undofile udf visualbell vb ' +
    'wildmode wim writebackup wb foldmethod fdm foldenable fen clipboard cb listchars lcs fileencoding fenc t_Co updatetime ut ' +
    'errorbells eb whichwrap ww formatoptions fo cindent cin foldlevel fdl foldlevelstart fdls signcolumn scl splitright spr ' +
    'splitbelow sb display dy colorcolumn cc autochdir acd confirm cf'
  ).split(' '),
);

/** What an option is called, by its name or short name. */
export function optionFact(name: string): OptionFact | undefined {
  return OPTION_FACTS.find((fact) => fact.name === name || fact.short === name);
}

/** Options of vim without any settings file but the distribution's. */
export function bareOptions(): GlobalOptions {
  return {
    backspace: 'indent,eol,start',
    cursorcolumn: false,
    cursorline: false,
    hidden: false,
    hlsearch: false,
    ignorecase: false,
    incsearch: false,
    lastline: 'none',
    list: false,
    magic: true,
    modeline: false,
    mouse: '',
    number: false,
    numberwidth: 4,
    paste: false,
    relativenumber: false,
    ruler: true,
    scrolloff: 0,
    shiftround: false,
    showcmd: false,
    showmatch: false,
    showmode: true,
    smartcase: false,
    smarttab: false,
    startofline: true,
    undolevels: 1000,
    wildmenu: false,
    wrap: true,
    wrapscan: true,
  };
}

/** What defaults.vim sets, which is read when there is no ~/.vimrc. */
export const DEFAULTS_VIM: Partial<GlobalOptions> = {
  showcmd: true,
  wildmenu: true,
  scrolloff: 5,
  incsearch: true,
  lastline: 'truncate',
  mouse: 'a',
};

/** Options of a text before anything is set. */
export function bareLocalOptions(): LocalOptions {
  return {
    expandtab: false,
    shiftwidth: 8,
    softtabstop: 0,
    tabstop: 8,
    autoindent: false,
    smartindent: false,
    textwidth: 0,
    filetype: '',
    indents: 'plain',
    comment: '',
  };
}

/** One option's value. */
export function readOption(fact: OptionFact, global: GlobalOptions, local: LocalOptions): Value {
  const record = (fact.scope === 'global' ? global : local) as unknown as Record<string, Value>;
  return record[fact.name] ?? '';
}

/** Gives an option a value. */
export function writeOption(fact: OptionFact, value: Value, global: GlobalOptions, local: LocalOptions): void {
  const record = (fact.scope === 'global' ? global : local) as unknown as Record<string, Value>;
  record[fact.name] = value;
}

/** What `:set name?` answers. */
export function showOption(fact: OptionFact, global: GlobalOptions, local: LocalOptions): string {
  const value = readOption(fact, global, local);
  if (typeof value === 'boolean') return `${value ? '  ' : 'no'}${fact.name}`;
  return `  ${fact.name}=${value}`;
}
