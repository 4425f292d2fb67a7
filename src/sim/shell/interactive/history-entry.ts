/** Joins the lines of one command into one history entry, as bash's cmdhist does. */
export function joinHistory(parts: readonly { readonly line: string; readonly how: string }[]): string {
  let entry = '';
  parts.forEach(({ line, how }, index) => {
    entry += line;
    if (index === parts.length - 1) return;
    if (how === 'backslash') entry = entry.replace(/\\$/, '');
    else if (how === 'here-document' || how.includes('matching')) entry += how.includes("`)'") ? joiner(line) : '\n';
    else entry += joiner(line);
  });
  return entry;
}

/** What takes a newline's place: a semicolon where a command ended, a blank where it goes on. */
function joiner(line: string): string {
  return /(?:^|[\s;])(?:if|then|else|elif|do|while|until|in|\{)\s*$|[({|&;)]\s*$|\(\)\s*$/.test(line) ? ' ' : '; ';
}
