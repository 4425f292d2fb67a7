import type { FileSystem } from '../../kernel/files.js';

/** The mounts of a tree in the format of /proc/mounts and fstab(5); blanks in paths are octal escapes. */
export function mountLines(files: FileSystem): string {
  const escaped = (text: string) =>
    text.replace(/[ \t\n\\]/g, (c) => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`);
  return files
    .mounts()
    .map(({ path, readOnly, type, source }) => {
      const options = `${readOnly ? 'ro' : 'rw'},relatime`;
      return `${escaped(source)} ${escaped(path)} ${type} ${options} 0 0\n`;
    })
    .join('');
}
