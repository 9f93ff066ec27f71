import assert from 'node:assert/strict';
import { test } from 'node:test';
import { userFolder } from '../../src/io/user-folder.ts';

const FOLDERS = [
  ['linux', {}, '/home/me/.local/share/policylayer'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/data/policylayer'],
  ['linux', { XDG_DATA_HOME: 'relative' }, '/home/me/.local/share/policylayer'],
  ['darwin', { XDG_DATA_HOME: '/data' }, '/home/me/Library/Application Support/policylayer'],
  ['win32', { LOCALAPPDATA: 'C:\\Local' }, 'C:\\Local\\policylayer'],
  ['linux', { POLICYLAYER_HOME: '/own', XDG_DATA_HOME: '/data' }, '/own'],
] as const;

for (const [platform, env, folder] of FOLDERS)
  test(`what belongs to a user is kept in ${folder} on ${platform}`, () =>
    assert.equal(userFolder({ platform, env, home: '/home/me' }), folder));
