import { filesUnder, textOf } from './tree.js';

/** A folder with one file (or folder) per thing, and the file that lists them all. */
export interface Register {
  /** The folder, from the top of the repository. */
  folder: string;
  /** The register, from the top of the repository; it may lie in the folder or beside it. */
  file: string;
  /** Names in the folder, without `.ts`, that are no things of this kind. */
  except?: readonly string[];
}

/** The things in a folder: its TypeScript files and subfolders by name, without register and exceptions. */
export function thingsIn({ folder, file, except = [] }: Register): string[] {
  const names = filesUnder(folder)
    .filter((path) => path !== file && /\.tsx?$/.test(path))
    .map((path) => path.slice(folder.length + 1).replace(/(?:\/.*|\.tsx?)$/, ''));
  return [...new Set(names)].filter((name) => !except.includes(name)).sort();
}

/** The things that a register's text imports from the folder, in the order it imports them. */
function thingsImported({ folder, file, except = [] }: Register, text: string): string[] {
  const depth = file.split('/').slice(0, -1).join('/');
  const prefix = depth === folder ? './' : `./${folder.slice(depth.length + 1)}/`;
  const specifiers = [...text.matchAll(/^(?:import|export)\b[^'"]*from '([^']+)';$/gm)].map((match) => match[1] ?? '');
  const names = specifiers
    .filter((specifier) => specifier.startsWith(prefix))
    .map((specifier) => specifier.slice(prefix.length).replace(/(?:\/.*|\.js)$/, ''));
  return [...new Set(names)].filter((name) => !except.includes(name));
}

/** What is wrong between a folder and its register, one line each; nothing when they agree. */
export function disagreements(register: Register, text = textOf(register.file) ?? ''): string[] {
  const things = thingsIn(register);
  const imported = thingsImported(register, text);
  const sorted = [...imported].sort();
  return [
    ...things.filter((name) => !imported.includes(name)).map((name) => `${register.file} does not list ${name}`),
    ...imported.filter((name) => !things.includes(name)).map((name) => `${register.file} lists ${name}: no such file`),
    ...(imported.join() === sorted.join() ? [] : [`${register.file} is not in alphabetical order`]),
  ];
}
