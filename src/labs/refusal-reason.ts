const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'you may not read it (its permissions or those of a folder above forbid it)',
  EISDIR: 'it is a folder, not a file',
  ELOOP: 'its symbolic links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is a file, not a folder',
  ENXIO: 'it is a device or socket that nobody serves',
  EPERM: 'you may not read it',
};

/** Why a file cannot be read, in a person's words: a clause that begins in lower case and has no full stop. */
export function refusalReason({ code = '', message }: NodeJS.ErrnoException): string {
  return REASONS[code] ?? message;
}
