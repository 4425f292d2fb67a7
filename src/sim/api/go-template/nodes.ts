import type { NumberConstant } from './number.js';

/** A template that was read: its own text, and that of the whole source it stands in, where `at` points. */
export interface Template {
  readonly name: string;
  readonly source: TemplateText;
  readonly body: readonly Statement[];
}

/** A text with templates in it, and the name complaints give it. */
export interface TemplateText {
  readonly name: string;
  readonly text: string;
}

/** What a template is parsed into. `at` is where a node stands in the template, for complaints. */
export type Statement =
  | { readonly type: 'text'; readonly at: number; readonly text: string }
  | { readonly type: 'action'; readonly at: number; readonly pipe: Pipe }
  | BranchNode
  | { readonly type: 'break' | 'continue'; readonly at: number }
  | { readonly type: 'template'; readonly at: number; readonly name: string; readonly pipe: Pipe | undefined };

export interface BranchNode {
  readonly type: 'if' | 'range' | 'with';
  readonly at: number;
  readonly pipe: Pipe;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[] | undefined;
}

export interface Pipe {
  readonly type: 'pipe';
  readonly at: number;
  /** Names of variables set to the result, with their dollar sign. */
  readonly variables: readonly string[];
  readonly isAssignment: boolean;
  readonly commands: readonly Command[];
}

export interface Command {
  readonly at: number;
  readonly args: readonly [Operand, ...Operand[]];
}

export type Operand =
  | Pipe
  | { readonly type: 'chain'; readonly at: number; readonly base: Operand; readonly fields: readonly string[] }
  | { readonly type: 'field'; readonly at: number; readonly fields: readonly string[] }
  | { readonly type: 'variable'; readonly at: number; readonly name: string; readonly fields: readonly string[] }
  | { readonly type: 'identifier'; readonly at: number; readonly name: string }
  | { readonly type: 'dot' | 'nil'; readonly at: number }
  | { readonly type: 'bool'; readonly at: number; readonly value: boolean }
  | { readonly type: 'number'; readonly at: number; readonly text: string; readonly constant: NumberConstant }
  | { readonly type: 'string'; readonly at: number; readonly quoted: string; readonly value: string };

export type AnyNode = Statement | Operand;

/** A node written out again in the library's way, as it shows nodes in complaints. */
export function nodeText(node: AnyNode): string {
  switch (node.type) {
    case 'text':
      return node.text;
    case 'action':
      return `{{${nodeText(node.pipe)}}}`;
    case 'break':
    case 'continue':
      return `{{${node.type}}}`;
    case 'if':
    case 'range':
    case 'with':
      return branchText(node);
    case 'template':
      return `{{template ${JSON.stringify(node.name)}${node.pipe === undefined ? '' : ` ${nodeText(node.pipe)}`}}}`;
    default:
      return operandText(node);
  }
}

function branchText(node: BranchNode): string {
  const body = node.body.map(nodeText).join('');
  const otherwise = node.otherwise === undefined ? '' : `{{else}}${node.otherwise.map(nodeText).join('')}`;
  return `{{${node.type} ${nodeText(node.pipe)}}}${body}${otherwise}{{end}}`;
}

function operandText(node: Operand): string {
  switch (node.type) {
    case 'pipe':
      return pipeText(node);
    case 'chain':
      return (
        (node.base.type === 'pipe' ? `(${pipeText(node.base)})` : operandText(node.base)) +
        node.fields.map((field) => `.${field}`).join('')
      );
    case 'field':
      return node.fields.map((field) => `.${field}`).join('');
    case 'variable':
      return [node.name, ...node.fields].join('.');
    case 'identifier':
      return node.name;
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    case 'bool':
      return String(node.value);
    case 'number':
      return node.text;
    case 'string':
      return node.quoted;
  }
}

function pipeText(pipe: Pipe): string {
  const sign = pipe.isAssignment ? ' = ' : ' := ';
  const variables = pipe.variables.length === 0 ? '' : pipe.variables.join(', ') + sign;
  const wrap = (arg: Operand): string => (arg.type === 'pipe' ? `(${pipeText(arg)})` : operandText(arg));
  return variables + pipe.commands.map((command) => command.args.map(wrap).join(' ')).join(' | ');
}
