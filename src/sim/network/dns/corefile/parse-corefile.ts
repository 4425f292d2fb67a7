import { DIRECTIVES } from './directives.js';
import { CorefileError, replaceEnvironment, type Token, tokenize } from './tokens.js';
import { normalizeZones } from './zone-name.js';

/** One server block: what it answers for, and the words of each of its directives. */
export interface ServerBlock {
  readonly zones: readonly { readonly zone: string; readonly port: number; readonly transport: string }[];
  readonly directives: ReadonlyMap<string, readonly Token[]>;
}

/** What a Corefile may use beside its text. */
export interface CorefileSurroundings {
  readonly environment: ReadonlyMap<string, string>;
  /** The files that a pattern names, with their texts; undefined for a pattern without wildcards that names none. */
  imported(pattern: string): readonly { readonly path: string; readonly text: string }[] | undefined;
}

const KNOWN: ReadonlySet<string> = new Set(DIRECTIVES);
/** The ports of other transports than plain DNS. */
const PORTS: Readonly<Record<string, number>> = { dns: 53, tls: 853, quic: 853, grpc: 443, https: 443, https3: 443 };

/**
 * Reads a Corefile as CoreDNS does (caddyfile, `InspectServerBlocks`). Throws `CorefileError` in their words; `path` is
 * the file's name in them.
 */
export function parseCorefile(text: string, path: string, surroundings: CorefileSurroundings): ServerBlock[] {
  return new CorefileParser(tokenize(text, path), path, surroundings).parse();
}

class CorefileParser {
  private at = 0;
  private tokens: Token[];
  private readonly path: string;
  private readonly surroundings: CorefileSurroundings;
  private readonly snippets = new Map<string, Token[]>();

  constructor(tokens: Token[], path: string, surroundings: CorefileSurroundings) {
    this.tokens = tokens;
    this.path = path;
    this.surroundings = surroundings;
  }

  parse(): ServerBlock[] {
    const blocks: ServerBlock[] = [];
    while (this.at < this.tokens.length) {
      const keys = this.keys();
      const snippet = /^\((.*)\)$/.exec(keys[0] ?? '')?.[1];
      if (snippet !== undefined && keys.length === 1) this.snippets.set(snippet, this.snippetTokens());
      else if (keys.length > 0) blocks.push({ zones: this.zonesOf(keys), directives: this.body() });
    }
    return blocks;
  }

  /** The addresses before the brace; a comma says that more follow on the next line. */
  private keys(): string[] {
    const keys: string[] = [];
    let more = false;
    for (; ; this.at += 1) {
      const token = this.tokens[this.at];
      if (!token) {
        if (more) this.fail('Unexpected EOF');
        return keys;
      }
      if (token.text === 'import' && this.isNewLine()) {
        this.import();
        this.at -= 1;
        continue;
      }
      if (token.text === '{') {
        if (more) this.fail(`Expected another address but had '{' - check for extra comma`);
        return keys;
      }
      if (keys.length > 0 && !more && this.isNewLine()) return keys;
      const key = this.replaced(token.text);
      more = key.endsWith(',');
      const bare = more ? key.slice(0, -1) : key;
      if (bare !== '') keys.push(bare);
    }
  }

  private snippetTokens(): Token[] {
    if (this.tokens[this.at]?.text !== '{') this.syntaxError('{');
    const found: Token[] = [];
    let depth = 1;
    for (this.at += 1; this.at < this.tokens.length; this.at += 1) {
      const token = this.tokens[this.at] as Token;
      if (token.text === '{') depth += 1;
      if (token.text === '}') depth -= 1;
      if (depth === 0) {
        this.at += 1;
        return found;
      }
      found.push(token);
    }
    return this.syntaxError('}');
  }

  private body(): Map<string, Token[]> {
    const directives = new Map<string, Token[]>();
    const braced = this.tokens[this.at]?.text === '{';
    if (braced) this.at += 1;
    for (;;) {
      const token = this.tokens[this.at];
      if (!token) {
        // A brace that closed something else just before the end is taken for the missing one.
        if (braced && this.tokens.at(-1)?.text !== '}') this.syntaxError('}');
        return directives;
      }
      if (token.text === '}') {
        this.at += 1;
        return directives;
      }
      if (token.text === 'import') this.import();
      else this.directive(token, directives);
    }
  }

  private directive(first: Token, directives: Map<string, Token[]>): void {
    const name = this.replaced(first.text);
    if (!KNOWN.has(name)) this.fail(`Unknown directive '${name}'`);
    const own = directives.get(name) ?? [];
    directives.set(name, own);
    own.push(first);
    let nesting = 0;
    for (this.at += 1; this.at < this.tokens.length; this.at += 1) {
      const token = this.tokens[this.at] as Token;
      if (token.text === '{') nesting += 1;
      else if (this.isNewLine() && nesting === 0) return;
      else if (token.text === '}') {
        if (nesting === 0) this.fail("Unexpected '}' because no matching opening brace");
        nesting -= 1;
      } else if (token.text === 'import' && this.isNewLine()) {
        this.import();
        this.at -= 1;
        continue;
      }
      own.push({ ...token, text: this.replaced(token.text) });
    }
    if (nesting > 0) this.fail('Unexpected EOF');
  }

  /** Puts the words of a snippet or of files in the place of `import` and its argument. */
  private import(): void {
    const start = this.at;
    const argument = this.tokens[start + 1];
    if (!argument || argument.line !== this.tokens[start]?.line) {
      this.fail("Wrong argument count or unexpected line ending after 'import'");
    }
    this.at += 1;
    const pattern = this.replaced(argument.text);
    if (pattern === '') this.fail('Import requires a non-empty filepath');
    const third = this.tokens[start + 2];
    if (third && third.line === argument.line && third.file === argument.file) {
      this.at += 1;
      this.fail('Import takes only one argument (glob pattern or file)');
    }
    const files = this.snippets.get(pattern) ?? this.surroundings.imported(pattern);
    if (!files) this.fail(`File to import not found: ${pattern}`);
    const words = files.flatMap((file) => ('path' in file ? tokenize(file.text, file.path) : [file]));
    this.tokens = [...this.tokens.slice(0, start), ...words, ...this.tokens.slice(start + 2)];
    this.at = start;
  }

  /** Every zone with its port; a range of addresses stands for the zones of its reverse names. */
  private zonesOf(keys: readonly string[]): ServerBlock['zones'] {
    return keys.flatMap((key) => {
      const [, scheme, rest = ''] = /^(?:([a-z0-9]+):\/\/)?(.*)$/.exec(key) ?? [];
      const transport = scheme ?? 'dns';
      const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(rest) ?? [];
      if (/:[^\d/]/.test(host) && !host.includes('::')) throw new CorefileError(`dns: bad port: ${rest}`);
      return normalizeZones(host === '' ? '.' : host).map((zone) => ({
        zone,
        port: port === undefined ? (PORTS[transport] ?? 53) : Number(port),
        transport,
      }));
    });
  }

  private isNewLine(): boolean {
    const [before, here] = [this.tokens[this.at - 1], this.tokens[this.at]];
    if (!before || !here) return before === undefined;
    return before.file !== here.file || before.line + before.text.split('\n').length - 1 < here.line;
  }

  private replaced(text: string): string {
    return replaceEnvironment(text, this.surroundings.environment);
  }

  private place(): Pick<Token, 'file' | 'line' | 'text'> {
    return this.tokens[this.at] ?? this.tokens.at(-1) ?? { file: this.path, line: 0, text: '' };
  }

  private fail(message: string): never {
    const { file, line } = this.place();
    throw new CorefileError(`${file}:${line} - Error during parsing: ${message}`);
  }

  private syntaxError(expected: string): never {
    const { file, line, text } = this.place();
    throw new CorefileError(`${file}:${line} - Syntax error: Unexpected token '${text}', expecting '${expected}'`);
  }
}
