import { beforeEach, describe, expect, test } from 'vitest';
import { Disk } from '../../../../src/sim/hosts/file-tree/disk.js';
import { FileTree } from '../../../../src/sim/hosts/file-tree/file-tree.js';
import { encodeText } from '../../../../src/sim/kernel/bytes.js';
import type { Micros } from '../../../../src/sim/kernel/time.js';
import { ann, bob, outcome, read, root, write } from './machine.js';

let now: Micros;
let tree: FileTree;
const clock = () => now;

beforeEach(() => {
  now = 1_000_000;
  tree = new FileTree({ clock });
  tree.putDirectory('/tmp', { mode: 0o1777 });
  tree.putDirectory('/home/ann', { owner: 1000, group: 1000, mode: 0o750 });
  tree.put('/etc/motd', 'hello\n');
  tree.put('/etc/shadow', 'secret\n', { group: 42, mode: 0o640 });
  tree.put('/home/ann/note', 'mine\n', { owner: 1000, group: 1000 });
  tree.put('/tmp/bobs', 'x', { owner: 1001, group: 1001, mode: 0o666 });
});

describe('who may do what', () => {
  const rows: [string, () => unknown, unknown][] = [
    ['reads a public file', () => read(tree, '/etc/motd', ann), 'hello\n'],
    ['does not read a secret one', () => read(tree, '/etc/shadow', ann), 'EACCES'],
    ['reads it as a member of its group', () => read(tree, '/etc/shadow', { ...bob, groups: [42] }), 'secret\n'],
    ['root reads everything', () => read(tree, '/etc/shadow'), 'secret\n'],
    ['cannot search a closed home', () => read(tree, '/home/ann/note', bob), 'EACCES'],
    ['cannot create in a directory of root', () => write(tree, '/etc/x', '', ann), 'EACCES'],
    ['may in its own', () => write(tree, '/home/ann/x', '', ann), 'ok'],
    ['sticky: removes only its own', () => tree.unlink('/tmp/bobs', ann), 'EPERM'],
    ['sticky: the owner may', () => tree.unlink('/tmp/bobs', bob), 'ok'],
    ['sticky: no rename either', () => tree.rename('/tmp/bobs', '/tmp/other', ann), 'EPERM'],
    ['writes a file open to all', () => write(tree, '/tmp/bobs', 'y', ann, true), 'ok'],
    ['chmod of another one’s', () => tree.changeMode('/tmp/bobs', 0o600, ann), 'EPERM'],
    ['chown gives nothing away', () => tree.changeOwner('/home/ann/note', 1001, undefined, true, ann), 'EPERM'],
    ['chgrp to a group of one’s own', () => tree.changeOwner('/home/ann/note', undefined, 27, true, ann), 'ok'],
    ['chgrp to a foreign group', () => tree.changeOwner('/home/ann/note', undefined, 42, true, ann), 'EPERM'],
    ['execute needs a bit, even for root', () => tree.access('/etc/motd', { execute: true }, root), 'EACCES'],
    ['root searches any directory', () => tree.access('/home/ann', { execute: true }, root), 'ok'],
    ['hard link to a file one cannot write', () => tree.link('/etc/motd', '/tmp/motd', ann), 'EPERM'],
  ];
  test.each(rows)('%s', (_, action, expected) => expect(outcome(action)).toEqual(expected));
});

describe('errors as open(2), rename(2) … have them', () => {
  const rows: [string, () => unknown, unknown][] = [
    ['missing', () => tree.stat('/nope', root), 'ENOENT'],
    ['empty path', () => tree.stat('', root), 'ENOENT'],
    ['a file is no directory', () => tree.stat('/etc/motd/x', root), 'ENOTDIR'],
    ['a slash after a file', () => tree.stat('/etc/motd/', root), 'ENOTDIR'],
    ['create with a slash', () => write(tree, '/etc/new/', ''), 'EISDIR'],
    ['write a directory', () => write(tree, '/etc', ''), 'EISDIR'],
    ['read a directory', () => read(tree, '/etc'), 'EISDIR'],
    ['a name too long', () => tree.stat(`/${'n'.repeat(256)}`, root), 'ENAMETOOLONG'],
    ['mkdir over something', () => tree.makeDirectory('/etc', 0o755, root), 'EEXIST'],
    ['mkdir below nothing', () => tree.makeDirectory('/no/way', 0o755, root), 'ENOENT'],
    ['mkdir with a slash', () => tree.makeDirectory('/srv/', 0o755, root), 'ok'],
    ['rmdir of a full one', () => tree.removeDirectory('/etc', root), 'ENOTEMPTY'],
    ['rmdir of a file', () => tree.removeDirectory('/etc/motd', root), 'ENOTDIR'],
    ['rmdir .', () => tree.removeDirectory('/etc/.', root), 'EINVAL'],
    ['rmdir /', () => tree.removeDirectory('/', root), 'EBUSY'],
    ['unlink of a directory', () => tree.unlink('/etc', root), 'EISDIR'],
    ['rename into itself', () => tree.rename('/etc', '/etc/sub', root), 'EINVAL'],
    ['rename over a full directory', () => tree.rename('/tmp', '/etc', root), 'ENOTEMPTY'],
    ['rename a file over a directory', () => tree.rename('/etc/motd', '/tmp', root), 'EISDIR'],
    ['rename a directory over a file', () => tree.rename('/tmp', '/etc/motd', root), 'ENOTDIR'],
    ['hard link to a directory', () => tree.link('/etc', '/etc2', root), 'EPERM'],
    ['readlink of a file', () => tree.readLink('/etc/motd', root), 'EINVAL'],
    ['exclusive on what is there', () => outcomeOfExclusive(), 'EEXIST'],
    [
      'no file where a directory is asked for',
      () => tree.open('/etc/motd', { read: true, directory: true }, 0, root),
      'ENOTDIR',
    ],
  ];
  const outcomeOfExclusive = () => tree.open('/etc/motd', { write: true, create: true, exclusive: true }, 0, root);
  test.each(rows)('%s', (_, action, expected) => expect(outcome(action)).toEqual(expected));
});

describe('symbolic links', () => {
  test('are followed in the middle and at the end, and created through', () => {
    tree.symlink('../etc', '/tmp/e', root);
    tree.symlink('/tmp/e/motd', '/tmp/m', root);
    tree.symlink('/tmp/later', '/tmp/dangling', root);
    expect(read(tree, '/tmp/m')).toBe('hello\n');
    expect(tree.realPath('/tmp/m', root)).toBe('/etc/motd');
    expect(tree.lstat('/tmp/m', root).type).toBe('symlink');
    write(tree, '/tmp/dangling', 'now');
    expect(read(tree, '/tmp/later')).toBe('now');
    expect(outcome(() => tree.makeDirectory('/tmp/dangling', 0o755, root))).toBe('EEXIST');
  });

  test('more than 40 are too many', () => {
    for (let index = 0; index < 41; index += 1) tree.symlink(`/tmp/l${index + 1}`, `/tmp/l${index}`, root);
    write(tree, '/tmp/l41', 'end');
    expect(read(tree, '/tmp/l1')).toBe('end');
    expect(outcome(() => read(tree, '/tmp/l0'))).toBe('ELOOP');
  });

  test('nothing escapes the root', () => {
    tree.symlink('/../../etc/motd', '/tmp/up', root);
    expect(read(tree, '/tmp/up')).toBe('hello\n');
    expect(read(tree, '/../../etc/motd')).toBe('hello\n');
  });
});

describe('content', () => {
  test('a hard link is the same file, its content lives until the last name and descriptor are gone', () => {
    tree.link('/etc/motd', '/etc/again', root);
    write(tree, '/etc/again', 'more\n', root, true);
    expect(read(tree, '/etc/motd')).toBe('hello\nmore\n');
    expect(tree.stat('/etc/motd', root).links).toBe(2);
    const before = tree.disk.used;
    const open = tree.open('/etc/motd', { read: true }, 0, root);
    tree.unlink('/etc/motd', root);
    tree.unlink('/etc/again', root);
    expect(new TextDecoder().decode(open.tryRead(100))).toBe('hello\nmore\n');
    open.release();
    expect(before - tree.disk.used).toBe(11 + 256);
  });

  test('what was read does not change when the file does', () => {
    write(tree, '/tmp/f', 'aaaa');
    const file = tree.open('/tmp/f', { read: true, write: true }, 0, root);
    const bytes = file.tryRead(4);
    file.seek(0, 'set');
    file.tryWrite(encodeText('bbbb'));
    expect(new TextDecoder().decode(bytes)).toBe('aaaa');
    expect(read(tree, '/tmp/f')).toBe('bbbb');
  });

  test('a gap and a cut leave zeros', () => {
    const file = tree.open('/tmp/g', { write: true, create: true }, 0o600, root);
    file.tryWrite(encodeText('abc'));
    file.truncate(1);
    file.seek(4, 'set');
    file.tryWrite(encodeText('z'));
    expect(read(tree, '/tmp/g')).toBe('a\0\0\0z');
  });

  test('many small appends stay cheap', () => {
    const file = tree.open('/tmp/log', { append: true, create: true }, 0o600, root);
    const line = encodeText('0123456789\n');
    for (let index = 0; index < 200_000; index += 1) file.tryWrite(line);
    expect(file.stat().size).toBe(2_200_000);
  }, 20_000);

  test('a full disk says so and gives space back', () => {
    const small = new FileTree({ clock, disk: new Disk(10_000) });
    expect(outcome(() => write(small, '/big', 'x'.repeat(20_000)))).toBe('ENOSPC');
    write(small, '/fits', 'x'.repeat(9_000));
    expect(outcome(() => write(small, '/more', 'x'.repeat(2_000)))).toBe('ENOSPC');
    small.unlink('/fits', root);
    expect(outcome(() => write(small, '/more', 'x'.repeat(2_000)))).toBe('ok');
  });

  test('lazy content is made once, when it is looked at', () => {
    let made = 0;
    tree.setLazyFile('/etc/lazy', () => {
      made += 1;
      return encodeText('slow');
    });
    expect(made).toBe(0);
    expect(read(tree, '/etc/lazy') + read(tree, '/etc/lazy')).toBe('slowslow');
    expect(made).toBe(1);
  });
});

describe('times', () => {
  test('follow what happens', () => {
    const created = tree.stat('/etc/motd', root).modified;
    now += 5_000_000;
    tree.changeMode('/etc/motd', 0o600, root);
    expect(tree.stat('/etc/motd', root)).toMatchObject({ modified: created, changed: now });
    now += 5_000_000;
    write(tree, '/etc/motd', '!', root, true);
    expect(tree.stat('/etc/motd', root)).toMatchObject({ modified: now, changed: now });
    now += 5_000_000;
    tree.unlink('/etc/motd', root);
    expect(tree.stat('/etc', root).modified).toBe(now);
    tree.setTimes('/tmp/bobs', 7, 8, bob);
    expect(tree.stat('/tmp/bobs', root)).toMatchObject({ accessed: 7, modified: 8, changed: now });
  });
});

describe('mounts', () => {
  test('a mounted tree covers the directory; its part too; read-only is read-only', () => {
    const volume = new FileTree({ clock, type: 'tmpfs' });
    volume.put('/sub/deep/f', 'volume');
    tree.mount('/mnt', volume);
    tree.mount('/part', volume, { subPath: 'sub/deep', readOnly: true });
    tree.mount('/etc/one', volume, { subPath: 'sub/deep/f' });
    expect(read(tree, '/mnt/sub/deep/f')).toBe('volume');
    expect(read(tree, '/part/f')).toBe('volume');
    expect(read(tree, '/etc/one')).toBe('volume');
    expect(outcome(() => write(tree, '/part/f', ''))).toBe('EROFS');
    expect(outcome(() => write(tree, '/part/new', ''))).toBe('EROFS');
    // Linux says so before it asks for the directory's mode, but not before an existing file's.
    expect(outcome(() => write(tree, '/part/new', '', ann))).toBe('EROFS');
    expect(outcome(() => tree.makeDirectory('/part/new', 0o755, ann))).toBe('EROFS');
    expect(outcome(() => tree.unlink('/part/f', ann))).toBe('EROFS');
    expect(outcome(() => tree.rename('/part/f', '/part/g', ann))).toBe('EROFS');
    expect(outcome(() => tree.open('/part/f', { write: true }, 0, ann))).toBe('EACCES');
    expect(outcome(() => tree.rename('/mnt/sub', '/sub', root))).toBe('EXDEV');
    expect(outcome(() => tree.removeDirectory('/mnt', root))).toBe('EBUSY');
    expect(tree.realPath('/mnt/sub/../..', root)).toBe('/');
    expect(tree.stat('/mnt/sub', root).device).not.toBe(tree.stat('/etc', root).device);
    expect(tree.mounts().map(({ path, type }) => `${path} ${type}`)).toEqual([
      '/ ext4',
      '/mnt tmpfs',
      '/part tmpfs',
      '/etc/one tmpfs',
    ]);
    tree.unmount('/mnt');
    expect(outcome(() => tree.stat('/mnt/sub', root))).toBe('ENOENT');
    expect(outcome(() => tree.unmount('/mnt'))).toBe('EINVAL');
  });

  test('a part of the host seen in a container: links lead in the container, mounts of the host show', () => {
    const volume = new FileTree({ clock });
    volume.put('/v', 'in volume');
    tree.mount('/var/vol', volume);
    tree.symlink('/etc/motd', '/var/link', root);
    const container = new FileTree({ clock });
    container.put('/etc/motd', 'container\n');
    container.mount('/host', tree, { subPath: '/var' });
    expect(read(container, '/host/link')).toBe('container\n');
    expect(read(container, '/host/vol/v')).toBe('in volume');
  });
});

describe('layers', () => {
  test('what changes above leaves the base as it was', () => {
    tree.link('/etc/motd', '/etc/motd2', root);
    const [one, two] = [FileTree.overlay(tree, { clock }), FileTree.overlay(tree, { clock })];
    write(one, '/etc/motd', 'one\n', root, true);
    one.unlink('/etc/shadow', root);
    one.put('/etc/new', 'n');
    one.changeMode('/tmp/bobs', 0o600, root);
    one.rename('/home', '/houses', root);
    expect(read(one, '/etc/motd2')).toBe('hello\none\n');
    expect(one.readDirectory('/etc', root).map(({ name }) => name)).toEqual(['motd', 'motd2', 'new']);
    expect(read(one, '/houses/ann/note')).toBe('mine\n');
    expect(read(two, '/etc/motd')).toBe('hello\n');
    expect(two.readDirectory('/etc', root).map(({ name }) => name)).toEqual(['motd', 'shadow', 'motd2']);
    expect(two.stat('/tmp/bobs', root).mode).toBe(0o666);
    expect(outcome(() => write(tree, '/etc/motd', 'no'))).toBe('EROFS');
  });

  test('a removed directory made again is empty', () => {
    const layer = FileTree.overlay(tree, { clock });
    layer.unlink('/home/ann/note', root);
    layer.removeDirectory('/home/ann', root);
    layer.makeDirectory('/home/ann', 0o755, root);
    expect(layer.readDirectory('/home/ann', root)).toEqual([]);
  });
});

describe('attachments and watches', () => {
  test('an attachment moves with its directory and goes with it', () => {
    tree.putDirectory('/var/lib/etcd/member');
    tree.attach('/var/lib/etcd/member', 'store');
    tree.rename('/var/lib/etcd', '/var/lib/etcd.old', root);
    expect(tree.attachment('/var/lib/etcd.old/member')).toBe('store');
    expect(tree.attachment('/var/lib/etcd/member')).toBeUndefined();
    tree.removeDirectory('/var/lib/etcd.old/member', root);
    tree.makeDirectory('/var/lib/etcd.old/member', 0o700, root);
    expect(tree.attachment('/var/lib/etcd.old/member')).toBeUndefined();
  });

  test('writing a file loses what was attached to it', () => {
    tree.attach('/etc/motd', 1);
    write(tree, '/etc/motd', 'x', root, true);
    expect(tree.attachment('/etc/motd')).toBeUndefined();
  });

  const changes: [string, () => void, boolean][] = [
    ['creating below', () => write(tree, '/etc/kubernetes/manifests/a.yaml', ''), true],
    ['writing below', () => write(tree, '/etc/kubernetes/manifests/old.yaml', 'new'), true],
    ['moving away', () => tree.rename('/etc/kubernetes/manifests/old.yaml', '/tmp/old', root), true],
    ['moving in', () => tree.rename('/etc/motd', '/etc/kubernetes/manifests/motd', root), true],
    ['changing the mode', () => tree.changeMode('/etc/kubernetes/manifests/old.yaml', 0, root), true],
    ['something beside', () => write(tree, '/etc/kubernetes/admin.conf', ''), false],
  ];
  test.each(changes)('%s', (_, action, woken) => {
    tree.put('/etc/kubernetes/manifests/old.yaml', 'old');
    let wakes = 0;
    tree.watch('/etc/kubernetes/manifests', root).add({ wake: () => (wakes += 1) });
    action();
    expect(wakes > 0).toBe(woken);
  });
});

describe('fifo', () => {
  test('carries bytes from writer to reader and ends when the writer goes', () => {
    tree.makeFifo('/tmp/p', 0o644, ann);
    const reader = tree.open('/tmp/p', { read: true }, 0, ann);
    expect(reader.tryRead(10)).toBeUndefined();
    const writer = tree.open('/tmp/p', { write: true }, 0, ann);
    writer.tryWrite(encodeText('hi'));
    expect(new TextDecoder().decode(reader.tryRead(10))).toBe('hi');
    expect(reader.tryRead(10)).toBeUndefined();
    writer.release();
    expect(reader.tryRead(10)).toEqual(new Uint8Array(0));
  });
});
