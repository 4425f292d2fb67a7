import ts from 'typescript';

/** One small wrong turn in a source file: what stands in the place of what. */
export interface Mutant {
  /** The function it is in and the change, in words that stay when lines move: `judge: a < b → a <= b`. */
  readonly key: string;
  readonly line: number;
  /** The expression that is evaluated another way, and its wrong text. */
  readonly at: ts.Expression;
  readonly wrong: string;
}

/** Operators and what is put for each. */
const OPERATORS = new Map<ts.SyntaxKind, readonly string[]>([
  [ts.SyntaxKind.LessThanToken, ['<=', '>=']],
  [ts.SyntaxKind.LessThanEqualsToken, ['<', '>']],
  [ts.SyntaxKind.GreaterThanToken, ['>=', '<=']],
  [ts.SyntaxKind.GreaterThanEqualsToken, ['>', '<']],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, ['!==']],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, ['===']],
  [ts.SyntaxKind.AmpersandAmpersandToken, ['||']],
  [ts.SyntaxKind.BarBarToken, ['&&']],
  [ts.SyntaxKind.PlusToken, ['-']],
  [ts.SyntaxKind.MinusToken, ['+']],
  [ts.SyntaxKind.AsteriskToken, ['/']],
  [ts.SyntaxKind.SlashToken, ['*']],
  [ts.SyntaxKind.PlusEqualsToken, ['-=']],
]);

/** Methods and what is called instead; nothing: the call is left out, and what it was called on stands for it. */
const METHODS: ReadonlyMap<string, string | undefined> = new Map([
  ['every', 'some'],
  ['some', 'every'],
  ['startsWith', 'endsWith'],
  ['endsWith', 'startsWith'],
  ['max', 'min'],
  ['min', 'max'],
  ['filter', undefined],
  ['slice', undefined],
  ['sort', undefined],
  ['toLowerCase', undefined],
  ['trim', undefined],
]);

/** A source file as it was read. */
export function readSource(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
}

/** Every mutant of a file's functions; what is worked out while the file is loaded is left alone. */
export function mutantsOf(file: ts.SourceFile): readonly Mutant[] {
  const mutants: Mutant[] = [];
  const visit = (node: ts.Node, inside: string | undefined): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    const name = ts.isFunctionLike(node) ? (nameOf(node) ?? inside ?? 'unnamed') : inside;
    if (inside !== undefined) for (const change of changesOf(node)) mutants.push(mutantFrom(file, inside, change));
    ts.forEachChild(node, (child) => visit(child, name));
  };
  visit(file, undefined);
  return mutants;
}

/** A stretch of the source and the text that is put for it; `node` is what the change is about. */
interface Change {
  readonly node: ts.Expression;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

function mutantFrom(file: ts.SourceFile, inside: string, { node, from, to, text }: Change): Mutant {
  const changed = (around: ts.Node): string => {
    const start = around.getStart(file);
    return file.text.slice(start, from) + text + file.text.slice(to, around.getEnd());
  };
  const at = wholeChain(node);
  const told = `${oneLine(node.getText(file))} → ${oneLine(changed(node))}`;
  const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
  return { key: `${inside}: ${told}`, line, at, wrong: changed(at) };
}

function changesOf(node: ts.Node): readonly Change[] {
  const put = (place: ts.Node, text: string, about = place as ts.Expression): Change => ({
    node: about,
    from: place.getStart(),
    to: place.getEnd(),
    text,
  });
  if (ts.isBinaryExpression(node)) {
    // Nothing is as good as false.
    if (node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken)
      return node.right.kind === ts.SyntaxKind.FalseKeyword ? [] : [put(node, node.left.getText())];
    if (
      node.operatorToken.kind === ts.SyntaxKind.InKeyword ||
      node.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword
    )
      return [put(node, `!(${node.getText()})`)];
    return (OPERATORS.get(node.operatorToken.kind) ?? []).map((text) => put(node.operatorToken, text, node));
  }
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return [put(node, node.operand.getText())];
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [put(node, 'false')];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [put(node, 'true')];
  if (ts.isConditionalExpression(node))
    return [put(node, node.whenTrue.getText()), put(node, node.whenFalse.getText())];
  if (ts.isIfStatement(node)) return [put(node.expression, 'true'), put(node.expression, 'false')];
  if (ts.isWhileStatement(node)) return [put(node.expression, 'false')];
  if (ts.isExpressionStatement(node)) return [put(node.expression, 'undefined')];
  // What a list's missing item stands for, the types ask for.
  if (ts.isBindingElement(node) && ts.isArrayBindingPattern(node.parent)) return [];
  if ((ts.isParameter(node) || ts.isBindingElement(node)) && node.initializer)
    return node.initializer.kind === ts.SyntaxKind.FalseKeyword ? [] : [put(node.initializer, 'undefined')];
  if (ts.isReturnStatement(node) && node.expression) return noText(node.expression, put);
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) return noText(node.body, put);
  if (ts.isCallExpression(node)) return otherCall(node, put);
  return [];
}

type Put = (place: ts.Node, text: string, about?: ts.Expression) => Change;

function noText(value: ts.Expression, put: Put): readonly Change[] {
  if (ts.isTemplateExpression(value) || (ts.isStringLiteral(value) && value.text !== '')) return [put(value, "''")];
  return [];
}

function otherCall(node: ts.CallExpression, put: Put): readonly Change[] {
  if (!ts.isPropertyAccessExpression(node.expression)) return [];
  const { name, expression: on } = node.expression;
  if (!METHODS.has(name.text)) return [];
  const other = METHODS.get(name.text);
  return [other === undefined ? put(node, on.getText()) : put(name, other, node)];
}

/** `a?.b.c()` is left out as a whole where `a` is nothing, so it can only be put in brackets as a whole. */
function wholeChain(node: ts.Expression): ts.Expression {
  let whole: ts.Expression = node;
  while (ts.isOptionalChain(whole.parent) && whole.parent.expression === whole) whole = whole.parent;
  return whole;
}

function nameOf(node: ts.SignatureDeclaration): string | undefined {
  if (node.name) return node.name.getText();
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) return parent.name.getText();
  return ts.isConstructorDeclaration(node) ? 'constructor' : undefined;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
