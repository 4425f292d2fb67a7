/** A program and what is said to it before the file's name. */
export interface EditorCommand {
  readonly file: string;
  readonly args: readonly string[];
}

const WORD = /(?:"[^"]*"|'[^']*'|[^\s"'])+/g;

/**
 * The person's own editor, `$VISUAL` or else `$EDITOR`, in words as a shell would split it but without one: quotes keep
 * words together and nothing else is special. Undefined when neither is set.
 */
export function editorCommand(environment: NodeJS.ProcessEnv): EditorCommand | undefined {
  for (const text of [environment['VISUAL'], environment['EDITOR']]) {
    const [file, ...args] = (text?.match(WORD) ?? []).map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
    if (file) return { file, args };
  }
  return undefined;
}
