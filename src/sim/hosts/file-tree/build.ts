import type { Bytes } from '../../kernel/bytes.js';
import { encodeText } from '../../kernel/bytes.js';
import { Errno } from '../../kernel/errno.js';
import { createEntry, demandWritable, entriesOf, existingPlace, unlinkEntry } from './change.js';
import { PlainEntries } from './entries.js';
import { FileContent } from './file-content.js';
import type { Body, Inode } from './inode.js';
import type { Layer, Place } from './mounts.js';
import { ROOT } from './permissions.js';
import type { Found } from './resolve.js';
import { resolve, splitPath, trailPath } from './resolve.js';

/** Owner, group and permission bits of something that is put into a tree; root and the usual mode where left out. */
export interface Meta {
  readonly owner?: number;
  readonly group?: number;
  readonly mode?: number;
}

function applyMeta(inode: Inode, meta: Meta, modeDefault: number): void {
  inode.uid = meta.owner ?? 0;
  inode.gid = meta.group ?? 0;
  inode.mode = meta.mode ?? modeDefault;
}

/** Makes the directories above a path and finds the path itself, its last link not followed. */
function prepare(tree: Layer, path: string): Found {
  const above = splitPath(path).slice(0, -1);
  let at = '';
  for (const name of above) {
    at += `/${name}`;
    const found = resolve(tree.mountTable, at, ROOT, true);
    if (!found.place) createEntry(found, { type: 'directory', entries: new PlainEntries() }, 0o755, ROOT);
  }
  return resolve(tree.mountTable, path, ROOT, false);
}

/** Puts something into a tree in place of what was there, which must not be a directory. */
export function putNode(tree: Layer, path: string, body: Body, meta: Meta, modeDefault = 0o644): void {
  const found = prepare(tree, path);
  if (found.place) {
    unlinkEntry(tree, path, ROOT);
    applyMeta(createEntry(prepare(tree, path), body, 0, ROOT), meta, modeDefault);
  } else applyMeta(createEntry(found, body, 0, ROOT), meta, modeDefault);
}

/** Puts a file with this content into a tree. */
export function putFile(tree: Layer, path: string, content: string | Bytes, meta: Meta): void {
  const bytes = typeof content === 'string' ? encodeText(content) : content;
  const { mount } = (prepare(tree, path).directory ?? { mount: tree.mountTable.root }) as Place;
  putNode(tree, path, { type: 'file', content: FileContent.of(mount.tree.disk, bytes) }, meta);
}

/** Puts a file into a tree whose content is made when first looked at. */
export function putLazy(tree: Layer, path: string, make: () => Bytes, meta: Meta): void {
  const { mount } = prepare(tree, path).directory as Place;
  putNode(tree, path, { type: 'file', content: FileContent.lazy(mount.tree.disk, make) }, meta);
}

/** Puts a directory into a tree; an existing one only gets what `meta` names. */
export function putDirectory(tree: Layer, path: string, meta: Meta): void {
  const found = prepare(tree, path);
  if (!found.place) {
    applyMeta(createEntry(found, { type: 'directory', entries: new PlainEntries() }, 0, ROOT), meta, 0o755);
    return;
  }
  const { inode } = existingPlace(resolve(tree.mountTable, path, ROOT, true));
  entriesOf(inode);
  demandWritable(found.place);
  applyMeta(inode, { owner: inode.uid, group: inode.gid, mode: inode.mode, ...meta }, 0o755);
}

/** Mounts a tree, or the part of it that `subPath` names, over a directory or file, which is made when missing. */
export function mountTree(
  tree: Layer,
  path: string,
  mounted: Layer,
  options: { readOnly?: boolean; subPath?: string },
): void {
  const source = existingPlace(resolve(mounted.mountTable, `/${options.subPath ?? ''}`, ROOT, true));
  const found = prepare(tree, path);
  const isDirectory = source.inode.type === 'directory';
  if (!found.place) {
    if (isDirectory) putDirectory(tree, path, {});
    else putFile(tree, path, '', {});
  }
  const over = resolve(tree.mountTable, path, ROOT, true);
  const point = existingPlace(over);
  if ((point.inode.type === 'directory') !== isDirectory) throw new Errno('ENOTDIR');
  tree.mountTable.add(trailPath(over.trail), source.mount.tree, source.inode, point.inode, options.readOnly ?? false);
}
