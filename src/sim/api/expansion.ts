/**
 * Replaces `$(NAME)` by a variable's value (k8s.io/kubernetes third_party/forked/golang/expansion): unknown names stay
 * as they are written, `$$` is a dollar sign.
 */
export function expandReferences(text: string, lookup: (name: string) => string | undefined): string {
  let result = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    const next = text.charAt(at + 1);
    if (char !== '$' || next === '') {
      result += char;
    } else if (next === '$') {
      result += '$';
      at += 1;
    } else if (next === '(') {
      const end = text.indexOf(')', at + 2);
      if (end < 0) {
        result += '$(';
        at += 1;
      } else {
        const name = text.slice(at + 2, end);
        result += lookup(name) ?? `$(${name})`;
        at = end;
      }
    } else {
      result += char + next;
      at += 1;
    }
  }
  return result;
}
