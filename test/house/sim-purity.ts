import ts from 'typescript';

/** Names of the outside world: whoever uses one without declaring it in the same file reaches out of the simulator. */
const outsideNames = new Set([
  ...['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate', 'queueMicrotask'],
  ...['process', 'Promise', 'fetch', 'performance', 'require', 'globalThis', 'Worker', 'WebSocket', 'console', 'Intl'],
]);

/** Members of built-in objects that read a clock, chance, or the computer's locale and time zone. */
const outsideMembers = new Set([
  ...['randomBytes', 'randomUUID', 'randomInt', 'randomFillSync', 'getRandomValues', 'generateKeyPairSync'],
  ...['localeCompare', 'toLocaleString', 'toLocaleDateString', 'toLocaleTimeString', 'toLocaleLowerCase'],
  ...[
    'toLocaleUpperCase',
    'getTimezoneOffset',
    'getFullYear',
    'getMonth',
    'getDate',
    'getDay',
    'getHours',
    'getMinutes',
  ],
]);

/** A text without any of these words takes nothing from outside, so its syntax tree, which is dear, is not made. */
const suspicious = new RegExp(
  `\\b(?:${[...outsideNames, ...outsideMembers, 'Date', 'random', 'async', 'await'].join('|')}|import\\s*\\()`,
);

/** Whether the identifier stands for a value or type of that name, rather than for a member or a label. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  if (ts.isPropertyAssignment(parent) || ts.isEnumMember(parent)) return parent.initializer === node;
  return !(
    ts.isPropertySignature(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isGetAccessor(parent) ||
    ts.isBindingElement(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isExportSpecifier(parent) ||
    ts.isLiteralTypeNode(parent) ||
    ts.isNamedTupleMember(parent)
  );
}

/** Every name that the file itself declares, in whatever scope. */
function declaredNames(file: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    const named = node as ts.Node & { name?: ts.Node };
    const declares =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isBindingElement(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isClassDeclaration(node) ||
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node) ||
      ts.isImportSpecifier(node) ||
      ts.isImportClause(node);
    if (declares && named.name !== undefined && ts.isIdentifier(named.name)) names.add(named.name.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

/** What a node takes from outside the simulator, in words, or undefined. */
function outsideUse(node: ts.Node, declared: ReadonlySet<string>): string | undefined {
  if (ts.isIdentifier(node)) {
    return outsideNames.has(node.text) && !declared.has(node.text) && isReference(node) ? node.text : undefined;
  }
  if (ts.isPropertyAccessExpression(node)) {
    const member = node.name.text;
    const whole = `${node.expression.getText()}.${member}`;
    if (whole === 'Date.now' || whole === 'Math.random') return whole;
    return outsideMembers.has(member) ? `.${member}` : undefined;
  }
  if (ts.isImportSpecifier(node)) {
    const name = (node.propertyName ?? node.name).text;
    return outsideMembers.has(name) ? `import of ${name}` : undefined;
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments?.length ?? 0) === 0) {
    return 'new Date()';
  }
  if (ts.isCallExpression(node)) {
    if (node.expression.kind === ts.SyntaxKind.ImportKeyword) return 'import()';
    if (ts.isIdentifier(node.expression) && node.expression.text === 'Date') return 'Date()';
  }
  if (node.kind === ts.SyntaxKind.AsyncKeyword) return 'async';
  return ts.isAwaitExpression(node) ? 'await' : undefined;
}

/** What a file of the simulator takes from the world outside: a line such as `12: Date.now` for each use. */
export function outsideUses(path: string, text: string): string[] {
  if (!suspicious.test(text)) return [];
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true, kind);
  const declared = declaredNames(file);
  const uses: string[] = [];
  const visit = (node: ts.Node): void => {
    const use = outsideUse(node, declared);
    if (use !== undefined) uses.push(`${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${use}`);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return uses;
}
