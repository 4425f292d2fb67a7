/** Apache's configuration: directives, one a line, and sections between `<Name …>` and `</Name>`. */

/** One directive or section. */
export interface ApacheDirective {
  /** Lower case: Apache does not mind. */
  readonly name: string;
  readonly words: readonly string[];
  /** What stands in a section. */
  readonly inside: readonly ApacheDirective[] | undefined;
  readonly file: string;
  readonly line: number;
}

/** A mistake, in Apache's words as they follow its own name or number. */
export class ApacheConfigError extends Error {}

const KNOWN = new Set(
  (
    'accessfilename addcharset adddefaultcharset addencoding addhandler addoutputfilter addtype alias aliasmatch allowoverride allow deny order authname authtype ' +
    'authuserfile balancermember browsermatch customlog define directory directoryindex directorymatch documentroot enablemmap enablesendfile errordocument errorlog ' +
    'errorlogformat extendedstatus fallbackresource fileetag files filesmatch forcetype group header hostnamelookups if ifdefine ifmodule include includeoptional ' +
    'indexoptions keepalive keepalivetimeout limit limitexcept listen loadmodule location locationmatch logformat loglevel maxconnectionsperchild ' +
    'maxkeepaliverequests maxrequestworkers maxsparethreads mimemagicfile minsparethreads mutex options pidfile proxypass proxypassreverse proxypreservehost ' +
    'proxyrequests redirect redirectmatch requestheader require requireall requireany rewritebase rewritecond rewriteengine rewriterule scriptalias scriptsock ' +
    'serveradmin serveralias serverlimit servername serverroot serversignature servertokens setenv setenvif sethandler sslcertificatefile sslcertificatekeyfile ' +
    'sslciphersuite sslengine sslprotocol sslsessioncache startservers threadlimit threadsperchild timeout traceenable typesconfig usecanonicalname user virtualhost'
  ).split(' '),
);

/** Reads a configuration; `read` gives the text of a file that is included. Throws `ApacheConfigError`. */
export function readApacheConfig(
  file: string,
  text: string,
  read: (path: string) => string | undefined,
): ApacheDirective[] {
  const lines = text.replace(/\\\n/g, ' ').split('\n');
  const cursor = { at: 0 };
  return readSection(file, lines, cursor, undefined, read);
}

function readSection(
  file: string,
  lines: readonly string[],
  cursor: { at: number },
  section: { readonly name: string; readonly line: number } | undefined,
  read: (path: string) => string | undefined,
): ApacheDirective[] {
  const directives: ApacheDirective[] = [];
  while (cursor.at < lines.length) {
    cursor.at += 1;
    const line = cursor.at;
    const text = (lines[line - 1] ?? '').trim();
    if (text === '' || text.startsWith('#')) continue;
    const close = /^<\/(\w+)>$/.exec(text)?.[1];
    if (close !== undefined) {
      if (section?.name.toLowerCase() === close.toLowerCase()) return directives;
      throw new ApacheConfigError(
        `Syntax error on line ${line} of ${file}:\n</${close}> without matching <${close}> section`,
      );
    }
    const [, opened, rest = ''] = /^<(\w+)\s*(.*)>$/.exec(text) ?? [];
    const [name = '', ...words] = opened === undefined ? wordsOf(text) : [opened, ...wordsOf(rest)];
    if (!KNOWN.has(name.toLowerCase())) {
      const shown = opened === undefined ? name : `<${name}`;
      throw new ApacheConfigError(
        `Syntax error on line ${line} of ${file}:\nInvalid command '${shown}', perhaps misspelled or defined by a module not included in the server configuration`,
      );
    }
    const own = { name: name.toLowerCase(), words, file, line };
    if (opened !== undefined) {
      const inside = readSection(file, lines, cursor, { name, line }, read);
      // All modules that are asked for are there; what is for their absence is left out.
      if (own.name !== 'ifmodule') directives.push({ ...own, inside });
      else if (!words[0]?.startsWith('!')) directives.push(...inside);
    } else if (/^include(?:optional)?$/i.test(name)) directives.push(...included(own, read));
    else directives.push({ ...own, inside: undefined });
  }
  if (section)
    throw new ApacheConfigError(`Syntax error on line ${section.line} of ${file}:\n<${section.name}> was not closed.`);
  return directives;
}

function included(
  { name, words, file, line }: { name: string; words: readonly string[]; file: string; line: number },
  read: (path: string) => string | undefined,
): ApacheDirective[] {
  const [path = ''] = words;
  const text = path.includes('*') ? '' : read(path);
  if (text !== undefined) return readApacheConfig(path, text, read);
  if (name === 'includeoptional') return [];
  throw new ApacheConfigError(
    `Syntax error on line ${line} of ${file}:\nCould not open configuration file ${path}: No such file or directory`,
  );
}

function wordsOf(text: string): string[] {
  return [...text.matchAll(/"((?:\\.|[^"\\])*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double?.replace(/\\(.)/g, '$1') ?? single ?? plain ?? '',
  );
}
