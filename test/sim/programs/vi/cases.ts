import { motionsAndEdits } from './cases/motions-and-edits.js';
import { blocks, objects } from './cases/objects-and-blocks.js';
import { searchesAndCommands } from './cases/searches-and-commands.js';
import { commands, programs } from './cases/settings-and-language.js';
import { long, longText, scrolls, vimrcs, wide, wideKeys, yaml } from './cases/windows-and-settings.js';
import { type EditorCase, of } from './editor-case.js';

const POEM =
  'The quick brown fox\njumps over the lazy dog.\n\n  indented line here\n\ttabbed\tline\nfoo(bar, baz[1], {x: 1});\nlast line\n';
const YAML =
  'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels:\n    app: web\nspec:\n  containers:\n  - name: web\n    image: nginx:1.27\n    ports:\n    - containerPort: 80\n';
const NUMBERS = Array.from({ length: 60 }, (_, at) => `line ${at + 1}\n`).join('');
const QUOTED =
  'say "hello world" and \'bye now\' or `tick tock`\ncall(one, (two), three)\nmap {a: {b: c}, d} end\n<div><p>text here</p></div>\nlist[0][idx + 1] = x\n';
const CODE = 'if (a) {\n  one;\n  two;\n}\nelse {\n  three;\n}\n';
const COLUMNS = 'alpha  one\nbeta   two\ngamma  three\ndelta  four\nepsilon five\n';

/** Everything that is played at the real vim and at ours. */
export const VI_CASES: readonly EditorCase[] = [
  ...of('poem.txt', POEM, [...motionsAndEdits, ...searchesAndCommands]),
  ...of('quoted.txt', QUOTED, objects),
  ...of('columns.txt', COLUMNS, blocks),
  ...of('code.txt', CODE, ['jdi{', 'ji{', 'jvi{d', 'jva{d', 'gg=G', '%x', 'jci{X<Esc>', 'V%>', 'jya{Gp', '5jdi{']),
  ...of('pod.yaml', YAML, yaml),
  ...of('numbers.txt', NUMBERS, scrolls),
  ...of('long.txt', longText, long),
  ...of('wide.txt', wide, wideKeys),
  ...of('poem.txt', POEM, commands),
  ...[...vimrcs, ...programs].map(([settings, keys]) => ({ file: 'pod.yaml', content: YAML, keys, settings })),
  ...of('empty.txt', '', ['ihi<Esc>', 'x', 'dd', 'ohi<Esc>', 'p', ':w<CR>', 'j', ':%s/a/b/<CR>', 'yyp', 'ihi<Esc>u']),
  ...of('noeol.txt', 'one\ntwo', ['', 'Gx', 'Go3<Esc>', ':w<CR>']),
  ...of('dos.txt', 'one\r\ntwo\r\n', ['', 'x:w<CR>', 'Go3<Esc>:w<CR>']),
  ...(
    [
      [40, 10],
      [20, 5],
    ] as const
  ).flatMap((size) =>
    ['', 'ihello<Esc>', 'G', ':set nu<CR>', '3dd', '/line 4<CR>'].map((keys) => ({
      file: 'numbers.txt',
      content: NUMBERS,
      keys,
      size,
    })),
  ),
];
